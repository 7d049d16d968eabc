"""Finds registrations that are alike: by stored keys first, then by comparing the few found."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from django.db import connection
from django.db.models import Q, QuerySet

from kheo.exemplars.enums import Likeness, State
from kheo.exemplars.models import LikenessKey, LikenessPair, Registration
from kheo.exemplars.rules.likeness import GONE, shared_path, suggested_likeness
from kheo.lib.text.likeness import THRESHOLD, Subject, compare, prepare
from kheo.lib.text.likeness import Likeness as Measure
from kheo.lib.text.likeness_keys import likeness_keys
from kheo.organisations.models import Organisation, Seat, below
from kheo.organisations.rules import reach_of
from kheo.rounds.enums import Form

# of one key, in one part of the tree: what thousands share says nothing
MOST_OF_KEY = 25
# so many share the most keys, the nearest units first, and are compared: a millisecond each
MOST_COMPARED = 12
SHOWN = 5
SHORTEST_NAME = 6
FACTS = (
    "exemplar",
    "organisation_id",
    "unit_name",
    "path",
    "year",
    "form",
    "name",
    "content",
    "continuity",
    "replicated_from",
    "state",
    "round",
)


@dataclass(frozen=True)
class Alike:
    """A registration that is like the one asked about, how much, and what it probably is to it."""

    registration: Registration
    measure: Measure
    suggestion: Likeness

    @property
    def percent(self) -> int:
        """Return the likeness from 0 to 100."""
        return round(self.measure.score * 100)

    @property
    def reasons(self) -> list[str]:
        """Return on what the likeness rests, the strongest first."""
        return reasons_of(self.measure.name, self.measure.text, same_place=self.measure.same_place)


def subject_of(row: Registration) -> Subject:
    """Return a registration as it is compared."""
    return prepare(row.name, row.content, row.unit_name)


def reasons_of(name: float, text: float | None, *, same_place: bool) -> list[str]:
    """Return "name", "text" and "place" as far as a likeness rests on them."""
    found = [("name", name), ("text", text or 0.0)]
    found = [pair for pair in found if pair[1] >= 0.4]
    reasons = [reason for reason, _share in sorted(found, key=lambda pair: -pair[1])]
    return [*(reasons or ["words"]), *(["place"] if same_place else [])]


def texts_digest(one: Registration, other: Registration) -> str:
    """Return what stands for both texts: a decision holds while it stays."""
    texts = f"{one.name}\x00{one.content}\x00{other.name}\x00{other.content}"
    return blake2b(texts.encode(), digest_size=16).hexdigest()


def like_registrations(
    row: Registration, *, paths: Iterable[str], seen: Q | None = None, most: int = SHOWN
) -> list[Alike]:
    """Return what is like a registration, most like first, with two statements.

    :param row: saved or not, with what is typed on it.
    :param paths: in which parts of the tree it is looked for.
    :param seen: what of it may be shown; None for everything.
    """
    subject = subject_of(row)
    if len(row.name) < SHORTEST_NAME:
        return []
    keys = _candidates(likeness_keys(subject), list(dict.fromkeys(paths)), row)
    found = _comparable(row).filter(pk__in=keys)
    rows = found.filter(seen) if seen is not None else found
    return _most_alike(row, subject, rows.only(*FACTS), most)


def hints_for(seat: Seat, draft: Registration) -> list[Alike]:
    """Return what a person who writes a draft is told of: see docs/adr/0011-likeness.md.

    In the own reach everything registered; elsewhere in the province what collectives registered
    and what was not returned, by the name of model and unit. What the unit called different is
    left out until a text changes.
    """
    reach = reach_of(seat)
    public = Q(form=Form.COLLECTIVE, state__in=(State.SUBMITTED, State.ACCEPTED))
    found = like_registrations(
        draft, paths=(reach, province_path(draft)), seen=below(reach) | public
    )
    settled = _settled_by_unit(draft)
    return [
        one
        for one in found
        if settled.get(one.registration.pk) != texts_digest(*in_order(one.registration, draft))
    ]


def province_path(draft: Registration) -> str:
    """Return the path of the province above a unit; the organiser's where there is none."""
    keys = [int(part) for part in draft.path.strip(".").split(".")]
    above = Organisation.objects.filter(pk__in=keys, level__code="province")
    province = above.values_list("pk", flat=True).first()
    if province is None:
        return draft.round.organiser_path
    return f".{'.'.join(str(key) for key in keys[: keys.index(province) + 1])}."


def pairs_of_round(seat: Seat, round_id: int) -> QuerySet[LikenessPair]:
    """Return a round's like pairs of which both lie in the seat's reach, the most alike first."""
    rows = LikenessPair.objects.filter(below(reach_of(seat)), round=round_id)
    return rows.select_related(
        "first__round",
        "first__organisation",
        "first__level",
        "second__round",
        "second__organisation",
        "second__level",
        "decided_by__user",
    ).order_by("-score", "pk")


def waiting_of_round(seat: Seat, round_id: int) -> QuerySet[LikenessKey]:
    """Return what was sent in a round and is not compared yet."""
    return LikenessKey.objects.filter(
        below(reach_of(seat)), key=LikenessKey.WAITS, registration__round=round_id
    )


def in_order(one: Registration, other: Registration) -> tuple[Registration, Registration]:
    """Return two registrations as a pair keeps them: the earlier one first."""
    first, second = sorted((one, other), key=lambda row: (row.year, row.pk))
    return first, second


def answered_by_unit(draft: Registration) -> list[LikenessPair]:
    """Return what a unit said of its draft and others, as long as no officer has decided."""
    pairs = LikenessPair.objects.filter(Q(first=draft) | Q(second=draft), decision="")
    return list(pairs.exclude(claim="").select_related("first", "second").order_by("pk"))


def _settled_by_unit(draft: Registration) -> dict[int, str]:
    pairs = LikenessPair.objects.filter(
        Q(first=draft) | Q(second=draft), claim=Likeness.DIFFERENT
    ).values_list("first_id", "second_id", "digest")
    return {first if second == draft.pk else second: digest for first, second, digest in pairs}


def _comparable(row: Registration) -> QuerySet[Registration]:
    # entries of one model are known to be that; so is what says of which model it is a replica
    rows = Registration.objects.filter(is_registered=True, form=row.form)
    rows = rows.exclude(state__in=GONE).exclude(exemplar=row.exemplar_id)
    if row.replicated_from_id:
        rows = rows.exclude(exemplar=row.replicated_from_id)
    return rows.exclude(replicated_from=row.exemplar_id, replicated_from__isnull=False)


def _candidates(keys: Sequence[int], paths: Sequence[str], row: Registration) -> list[int]:
    """Return what shares the most keys, near units first; each part of the statement is a range."""
    if not keys or not paths:
        return []
    table = LikenessKey._meta.db_table
    part = (
        f"SELECT registration_id, path FROM (SELECT registration_id, path FROM {table} "  # noqa: S608
        f"WHERE key = %s AND path >= %s AND path < %s LIMIT {MOST_OF_KEY}) AS found"
    )
    ranges = [(key, path, f"{path[:-1]}/") for key in keys for path in paths]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join([part] * len(ranges)), [value for one in ranges for value in one]
        )
        shared = Counter((pk, path) for pk, path in cursor.fetchall() if pk != row.pk)
    nearest = sorted(
        shared,
        key=lambda found: (-shared[found], -len(shared_path(found[1], row.path)), found[0]),
    )
    return [pk for pk, _path in nearest[:MOST_COMPARED]]


def _most_alike(
    row: Registration, subject: Subject, rows: Iterable[Registration], most: int
) -> list[Alike]:
    found = sorted(_alike(row, subject, rows), key=lambda one: (-one.measure.score, -one.percent))
    return found[:most]


def _alike(row: Registration, subject: Subject, rows: Iterable[Registration]) -> Iterator[Alike]:
    for other in rows:
        measure = compare(subject, subject_of(other))
        if measure.score >= THRESHOLD:
            same_place = measure.same_place
            suggestion = suggested_likeness(other, row, same_place=same_place)
            yield Alike(other, measure, suggestion)
