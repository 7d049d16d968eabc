"""What a blank form is filled with: the columns a round asks for, and last year's models."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.exemplars.queries.forms import form_specs
from kheo.exemplars.queries.labels import field_labels, levels_on
from kheo.intake.queries.units import fillable_parts
from kheo.organisations.models import Level, Seat, Succession
from kheo.rounds.enums import LayoutKind
from kheo.rounds.models import Audience, Participation, Round
from kheo.rounds.queries.specs import FormSpec, ListSpec, parse_spec

CHUNK = 100


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an audience is asked for: its forms, and the order of columns of its list."""

    specs: dict[str, FormSpec]
    list_spec: ListSpec | None
    levels: Sequence[Level]
    labels: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Blank:
    """All from which the blank forms of one unit are made."""

    part: Participation
    asked: Asked
    earlier: Sequence[Registration]


def blank_parts(seat: Seat | None, round: Round) -> QuerySet[Participation]:
    """Return the units whose blank forms a seat may take: its own, or all below its reach.

    :param seat: None for whoever runs the machine, who takes them all.
    """
    parts = round.participations.all() if seat is None else fillable_parts(seat, round)
    return parts.select_related(
        "round",
        "round__organiser",
        "round__period",
        "round__governing_document",
        "audience",
        "organisation__kind",
        "organisation__parent",
    ).order_by("sort_key", "pk")


def blanks(parts: Iterable[Participation]) -> Iterator[Blank]:
    """Yield what the forms of units are made from, a hundred units at a time.

    :param parts: of one round, with what :func:`blank_parts` fetches.
    """
    known: dict[int, Asked] = {}
    chunk: list[Participation] = []
    for part in parts:
        chunk.append(part)
        if len(chunk) == CHUNK:
            yield from _filled(chunk, known)
            chunk = []
    if chunk:
        yield from _filled(chunk, known)


def _filled(parts: Sequence[Participation], known: dict[int, Asked]) -> Iterator[Blank]:
    earlier = _earlier(parts)
    for part in parts:
        if part.audience_id not in known:
            known[part.audience_id] = _asked(part.audience, part.round)
        yield Blank(part=part, asked=known[part.audience_id], earlier=earlier.get(part.pk, ()))


def _asked(audience: Audience, round: Round) -> Asked:
    specs = form_specs(audience)
    layout = audience.layouts.filter(kind=LayoutKind.LIST).order_by("code", "pk").last()
    spec = parse_spec(layout.spec) if layout else None
    return Asked(
        specs=specs,
        list_spec=spec if isinstance(spec, ListSpec) else None,
        levels=levels_on(round.opens_on),
        labels={form: field_labels(round, one) for form, one in specs.items()},
    )


def _earlier(parts: Sequence[Participation]) -> dict[int, list[Registration]]:
    """Return last year's entries of each unit and of those it followed, not entered again yet."""
    round = parts[0].round
    owners = {part.organisation_id: [part.organisation_id] for part in parts}
    followed = Succession.objects.filter(successor__in=list(owners), predecessor__isnull=False)
    for successor, predecessor in followed.values_list("successor_id", "predecessor_id"):
        owners[successor].append(predecessor)
    entered = Registration.objects.filter(round=round).exclude(state=State.WITHDRAWN)
    rows = (
        Registration.objects.registered()
        .exclude(state=State.DECLINED)
        .filter(
            year=round.year - 1,
            organisation__in={key for keys in owners.values() for key in keys},
        )
        .exclude(exemplar__in=entered.values("exemplar"))
        .select_related("level", "replicated_from")
        .order_by("path", "order", "pk")
    )
    found: dict[int, list[Registration]] = {}
    for row in rows:
        found.setdefault(row.organisation_id, []).append(row)
    return {
        part.pk: [row for key in owners[part.organisation_id] for row in found.get(key, ())]
        for part in parts
    }
