"""What the pages of a council show: its files, its members and how far each has come."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from kheo.councils.enums import AllotmentState, ConflictKind
from kheo.councils.models import Allotment, Conflict, Council, CouncilFile, CouncilMember
from kheo.organisations.models import Seat


@dataclass(frozen=True, kw_only=True)
class FileFilter:
    """What a council's list of files is narrowed to."""

    field: str = ""
    form: str = ""
    level: int | None = None
    which: str = ""


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """A file of a council with who scores it and who keeps out."""

    row: CouncilFile
    allotments: list[Allotment]
    conflicts: list[Conflict]


WHICH = {
    "bare": Q(wanted=0),
    "waiting": Q(scored__lt=1),
    "apart": Q(has_outliers=True),
    "unreasoned": Q(unreasoned__gt=0),
}


def files_of(council: Council, chosen: FileFilter) -> QuerySet[CouncilFile]:
    """Return the files of a council in their order."""
    asked = {"file__field": chosen.field, "file__form": chosen.form, "file__level": chosen.level}
    rows = CouncilFile.objects.filter(
        council=council, **{name: value for name, value in asked.items() if value}
    )
    if chosen.which in WHICH:
        rows = rows.filter(WHICH[chosen.which])
    return rows.select_related("file__level").order_by("order", "pk")


def file_lines(rows: Iterable[CouncilFile]) -> list[FileLine]:
    """Return one page of files with their scorers and conflicts, with two statements."""
    files = list(rows)
    keys = [row.pk for row in files]
    held: dict[int, list[Allotment]] = {key: [] for key in keys}
    for one in Allotment.objects.filter(file__in=keys).select_related("member").order_by("member"):
        held[one.file_id].append(one)
    out: dict[int, list[Conflict]] = {key: [] for key in keys}
    for clash in Conflict.objects.filter(file__in=keys).select_related("member"):
        out[clash.file_id].append(clash)
    return [FileLine(row=row, allotments=held[row.pk], conflicts=out[row.pk]) for row in files]


def member_loads(council: Council) -> list[CouncilMember]:
    """Return the members with how many files each has, has scored and keeps out of."""
    done = Count("allotments", filter=Q(allotments__state=AllotmentState.DONE), distinct=True)
    rows = council.members.annotate(
        given=Count("allotments", distinct=True),
        done=done,
        kept_out=Count("conflicts", distinct=True),
    )
    order = {"chair": 0, "secretary": 1, "member": 2}
    return sorted(rows, key=lambda row: (order[row.role], row.pk))


def conflict_words(clash: Conflict) -> str:
    """Say why a member keeps out of a file."""
    label = str(clash.get_kind_display())
    return f"{label}: {clash.reason}" if clash.kind == ConflictKind.DECLARED else label


def member_in(council: Council, seat: Seat) -> CouncilMember | None:
    """Return the seat's own row in a council."""
    return council.members.filter(seat=seat).first()
