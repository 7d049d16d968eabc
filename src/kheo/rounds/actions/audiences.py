"""Deeds on the audiences of a round that is being prepared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kheo.lib.text.folding import normalise
from kheo.organisations.actions import By
from kheo.organisations.models import Kind, Level, Organisation, Seat
from kheo.rounds.actions.journal import demand_of, lock_round, note, step_version
from kheo.rounds.enums import LayoutKind, RoundState
from kheo.rounds.models import Audience, Layout, Quota, Round
from kheo.rounds.queries.asked import audiences_of
from kheo.rounds.rules import RoundError, can_prepare_round


@dataclass(frozen=True, kw_only=True)
class QuotaTerms:
    """At least and at most how many at a level; no level means all levels together."""

    level: Level | None = None
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, kw_only=True)
class AudienceTerms:
    """Whom an audience describes, and what they are asked."""

    name: str
    due_on: date
    kinds: tuple[Kind, ...] = ()
    levels: tuple[Level, ...] = ()
    listed: tuple[Organisation, ...] = ()
    layouts: tuple[Layout, ...] = ()
    quotas: tuple[QuotaTerms, ...] = ()


@transaction.atomic
def add_audience(
    *, round: Round, terms: AudienceTerms, seen_version: int | None = None, by: By, at: datetime
) -> Audience:
    """Ask one more group of units in a round; groups before it take their units first.

    :raises NotAllowedError: when the seat may not, or the round is published.
    :raises StaleError: when somebody else changed the round since ``seen_version``.
    :raises RoundError: when the terms cannot be.
    """
    locked = _lock_for(round, by, seen_version)
    _refuse_impossible(locked, terms)
    last = locked.audiences.aggregate(last=Max("order"))["last"] or 0
    audience = write_audience(Audience(round=locked, order=last + 1), terms)
    _finish("audience.add", locked, audience, by, at, after=facts_of_terms(terms))
    return audience


@transaction.atomic
def edit_audience(
    *,
    audience: Audience,
    terms: AudienceTerms,
    seen_version: int | None = None,
    by: By,
    at: datetime,
) -> Audience:
    """Change whom an audience describes or what it is asked.

    :raises NotAllowedError: when the seat may not, or the round is published.
    :raises StaleError: when somebody else changed the round since ``seen_version``.
    :raises RoundError: when the terms cannot be, or the audience was removed.
    """
    locked = _lock_for(audience.round, by, seen_version)
    _refuse_impossible(locked, terms)
    current = _called(locked, audience)
    before = facts_of_terms(terms_of(current))
    write_audience(current, terms)
    _finish("audience.edit", locked, current, by, at, before=before, after=facts_of_terms(terms))
    return current


@transaction.atomic
def remove_audience(
    *, audience: Audience, seen_version: int | None = None, by: By, at: datetime
) -> None:
    """Ask a group no more.

    :raises NotAllowedError: when the seat may not, or the round is published.
    :raises StaleError: when somebody else changed the round since ``seen_version``.
    """
    locked = _lock_for(audience.round, by, seen_version)
    current = _called(locked, audience)
    before = facts_of_terms(terms_of(current))
    _finish("audience.remove", locked, current, by, at, before=before)
    current.delete()


@transaction.atomic
def move_audience(
    *, audience: Audience, up: bool, seen_version: int | None = None, by: By, at: datetime
) -> None:
    """Move an audience one place up or down: the first that describes a unit takes it.

    :raises NotAllowedError: when the seat may not, or the round is published.
    :raises StaleError: when somebody else changed the round since ``seen_version``.
    """
    locked = _lock_for(audience.round, by, seen_version)
    rows = list(locked.audiences.all())
    place = rows.index(_called(locked, audience))
    goal = max(0, min(len(rows) - 1, place + (-1 if up else 1)))
    rows.insert(goal, rows.pop(place))
    for order, row in enumerate(rows, start=1):
        row.order = order
    Audience.objects.bulk_update(rows, ["order"])
    _finish("audience.move", locked, rows[goal], by, at, {"order": place + 1}, {"order": goal + 1})


@transaction.atomic
def set_audiences(
    *, round: Round, audiences: Sequence[AudienceTerms], by: By, at: datetime
) -> list[Audience]:
    """Replace all audiences of a round, in the given order.

    :raises NotAllowedError: when the seat may not, or the round is published.
    :raises RoundError: when one of the terms cannot be.
    """
    locked = _lock_for(round, by, None)
    for terms in audiences:
        _refuse_impossible(locked, terms)
    before = [facts_of_terms(terms_of(audience)) for audience in audiences_of(locked)]
    locked.audiences.all().delete()
    made = [
        write_audience(Audience(round=locked, order=order), terms)
        for order, terms in enumerate(audiences, start=1)
    ]
    after = [facts_of_terms(terms) for terms in audiences]
    step_version(locked)
    note(
        "round.audiences",
        locked,
        scope=locked.organiser_path,
        by=by,
        at=at,
        before={"audiences": [facts["name"] for facts in before]},
        after={"audiences": [facts["name"] for facts in after]},
    )
    return made


def write_audience(audience: Audience, terms: AudienceTerms) -> Audience:
    """Save an audience with all it says; part of the deeds on rounds."""
    audience.name = normalise(terms.name)
    audience.due_on = terms.due_on
    audience.save()
    audience.kinds.set(terms.kinds)
    audience.levels.set(terms.levels)
    audience.listed.set(terms.listed)
    audience.layouts.set(terms.layouts)
    audience.quotas.all().delete()
    Quota.objects.bulk_create(
        Quota(audience=audience, level=line.level, minimum=line.minimum, maximum=line.maximum)
        for line in terms.quotas
        if line.minimum is not None or line.maximum is not None
    )
    return audience


def terms_of(audience: Audience) -> AudienceTerms:
    """Return what an audience says now."""
    return AudienceTerms(
        name=audience.name,
        due_on=audience.due_on,
        kinds=tuple(audience.kinds.all()),
        levels=tuple(audience.levels.all()),
        listed=tuple(audience.listed.all()),
        layouts=tuple(audience.layouts.all()),
        quotas=tuple(
            QuotaTerms(level=line.level, minimum=line.minimum, maximum=line.maximum)
            for line in audience.quotas.all()
        ),
    )


def facts_of_terms(terms: AudienceTerms) -> dict[str, object]:
    """Return what the audit keeps of an audience."""
    return {
        "name": terms.name,
        "due_on": terms.due_on,
        "kinds": [str(kind) for kind in terms.kinds],
        "levels": [str(level) for level in terms.levels],
        "listed": [str(unit) for unit in terms.listed],
        "layouts": [str(layout) for layout in terms.layouts],
        "quotas": [
            f"{line.level or '*'}: {line.minimum or 0}–{line.maximum or '∞'}"
            for line in terms.quotas
        ],
    }


def _lock_for(round: Round, by: By, seen_version: int | None) -> Round:
    locked = lock_round(round, seen_version)
    if isinstance(by, Seat):
        demand_of(by, can_prepare_round(by, locked))
    elif locked.state != RoundState.DRAFT:
        raise RoundError(_("The round is published already."))
    return locked


def _called(round: Round, audience: Audience) -> Audience:
    found = round.audiences.filter(pk=audience.pk).first()
    if found is None:
        raise RoundError(_("This audience was removed in the meantime."))
    return found


def _refuse_impossible(round: Round, terms: AudienceTerms) -> None:
    reasons = [*_missing(round, terms), *_wrong_quotas(terms.quotas)]
    reasons += [
        _("“%s” does not stand below the organiser.") % unit
        for unit in terms.listed
        if not unit.path.startswith(round.organiser_path) or unit.pk == round.organiser_id
    ]
    if reasons:
        raise RoundError(*reasons)


def _missing(round: Round, terms: AudienceTerms) -> list[str]:
    described = bool(terms.kinds or terms.levels or terms.listed)
    has_form = any(layout.kind == LayoutKind.FORM for layout in terms.layouts)
    tests = [
        (bool(normalise(terms.name)), _("The audience needs a name.")),
        (described, _("Choose kinds, levels or single units: nobody is described yet.")),
        (
            terms.due_on >= round.opens_on,
            _("The deadline lies before the day the round opens."),
        ),
        (has_form, _("Choose at least one form to register on (M1 or M2).")),
    ]
    return [reason for fulfilled, reason in tests if not fulfilled]


def _wrong_quotas(lines: Sequence[QuotaTerms]) -> list[str]:
    levels = [line.level for line in lines]
    reasons = []
    if len(set(levels)) != len(levels):
        reasons.append(_("A level stands there twice among the quotas."))
    if any(
        line.minimum is not None and line.maximum is not None and line.maximum < line.minimum
        for line in lines
    ):
        reasons.append(_("“At most” is less than “at least”."))
    return reasons


def _finish(  # noqa: PLR0913, PLR0917 -- the arguments of a deed, in its order
    verb: str,
    round: Round,
    audience: Audience,
    by: By,
    at: datetime,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    step_version(round)
    scope = round.organiser_path
    note(verb, audience, scope=scope, by=by, at=at, before=before, after=after)
