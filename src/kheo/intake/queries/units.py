"""Whose a form is: the parts of a round a seat may fill, and which of them a file names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class NamedParts:
    """The parts of a round by what files call their units."""

    parts: Sequence[Participation]
    by_name: dict[str, list[Participation]]
    by_place: dict[str, list[Participation]]

    def named(self, text: str) -> Participation | None:
        """Return the one part a name means, or None when there is none or more than one."""
        folded = fold(text)
        for names, name in ((self.by_name, folded), (self.by_place, _place(folded))):
            found = names.get(name, [])
            if len(found) == 1:
                return found[0]
        return None


def named_parts(parts: Iterable[Participation]) -> NamedParts:
    """Prepare the parts of a round for finding them by name; the organisation is at hand."""
    known = list(parts)
    by_name: dict[str, list[Participation]] = {}
    by_place: dict[str, list[Participation]] = {}
    for part in known:
        organisation = part.organisation
        names = {fold(part.unit_name), fold(organisation.name), fold(organisation.short_name)}
        for name in names - {""}:
            by_name.setdefault(name, []).append(part)
        by_place.setdefault(_place(fold(part.unit_name)), []).append(part)
    return NamedParts(known, by_name, by_place)


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
