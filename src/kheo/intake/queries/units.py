"""Whose a form is: the parts of a round a seat may fill, and which of them a file names."""

from collections.abc import Iterable
from functools import cached_property

from django.db.models import QuerySet

from kheo.intake.models import Intake, IntakeFile
from kheo.intake.rules import UNIT_ROLES
from kheo.lib.text.folding import fold
from kheo.organisations.models import Seat, below
from kheo.organisations.rules import reach_of
from kheo.rounds.enums import RoundState
from kheo.rounds.models import Participation, Round
from kheo.rounds.queries.visible import rounds_visible_to

# what stands before the name of the place in the names of units, longest first
_PREFIXES = (
    "ban chap hanh dang bo",
    "uy ban nhan dan",
    "uy ban mat tran to quoc viet nam",
    "uy ban mttq viet nam",
    "uy ban mttq",
    "hoi lien hiep phu nu",
    "dang uy",
    "dang bo",
    "ubnd",
    "mttq",
)
_TYPES = ("thi tran", "xa", "phuong", "dac khu")


def fillable_parts(seat: Seat, round: Round) -> QuerySet[Participation]:
    """Return the parts a seat may enter drafts for: its own, or all below its reach."""
    parts = round.participations.select_related("round", "audience", "organisation")
    if seat.role in UNIT_ROLES:
        return parts.filter(organisation=seat.organisation_id)
    return parts.filter(below(reach_of(seat), "path")).order_by("sort_key", "pk")


def intake_rounds(seat: Seat) -> QuerySet[Round]:
    """Return the open rounds into which the seat may find something to import, newest first."""
    return rounds_visible_to(seat).filter(state=RoundState.OPEN).order_by("-year", "-pk")


def intakes_visible_to(seat: Seat) -> QuerySet[Intake]:
    """Return the imports of the seat's own unit or committee, and of what is below its reach."""
    return Intake.objects.filter(below(reach_of(seat), "path")).select_related(
        "round__organiser", "organisation__kind", "seat__user"
    )


def files_visible_to(seat: Seat) -> QuerySet[IntakeFile]:
    """Return the files of the imports a seat may see."""
    return IntakeFile.objects.filter(intake__in=intakes_visible_to(seat)).select_related(
        "intake__round__organiser", "intake__organisation__kind", "intake__seat__user"
    )


class NamedParts:
    """The parts of a round that a seat may fill, by their keys and by what files call their units.

    Only those that files name are fetched; names are looked at when a file has no stamp.
    """

    def __init__(self, parts: QuerySet[Participation]) -> None:
        """Begin with the parts, none of them fetched."""
        self._parts = parts
        self._fetched: dict[int, Participation] = {}

    def fetch(self, keys: Iterable[int]) -> None:
        """Have parts at hand, with one statement for all that are not yet."""
        if missing := set(keys) - self._fetched.keys():
            # the round and the audience are the same for most: they are fetched when asked for
            self._fetched |= self._parts.select_related(None).filter(pk__in=missing).in_bulk()

    def at(self, key: int | None) -> Participation | None:
        """Return the part of a key among those fetched."""
        return self._fetched.get(key) if key is not None else None

    def named(self, text: str) -> int | None:
        """Return the key of the one part a name means, or None for none or more than one."""
        folded = fold(text)
        for names, name in zip(self._names, (folded, _place(folded)), strict=True):
            found = names.get(name, set())
            if len(found) == 1:
                return next(iter(found))
        return None

    @cached_property
    def only(self) -> int | None:
        """Return the key of the part, where there is only one."""
        keys = list(self._parts.order_by().values_list("pk", flat=True)[:2])
        return keys[0] if len(keys) == 1 else None

    @cached_property
    def _names(self) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
        """Return the keys of parts by the folded names of their units, and by their places."""
        by_name: dict[str, set[int]] = {}
        by_place: dict[str, set[int]] = {}
        names = ("pk", "unit_name", "organisation__name", "organisation__short_name")
        for key, *called in self._parts.order_by().values_list(*names):
            folded = [fold(name) for name in called]
            for name in {*folded} - {""}:
                by_name.setdefault(name, set()).add(key)
            by_place.setdefault(_place(folded[0]), set()).add(key)
        return by_name, by_place


def _place(folded: str) -> str:
    """Return a unit's name without its kind: "xa an duong" of "dang uy xa an duong"."""
    for prefix in _PREFIXES:
        if folded.startswith(f"{prefix} "):
            folded = folded[len(prefix) + 1 :]
            break
    words = f"{folded} "
    if any(words.startswith(f"{kind} ") for kind in _TYPES):
        # "xã An Dương, huyện Tân Yên" names the same unit
        for stop in (" huyen ", " thanh pho ", " thi xa ", " tinh "):
            words = words.partition(stop)[0] + " "
    return words.strip()
