"""Which files a seat sees, which wait for it, and of what files can be opened."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kheo.appraisal.models import AppraisalFile, ScoreEvidence, TitleEntry
from kheo.appraisal.rules.scoring import EMPTY_STATES
from kheo.appraisal.rules.transitions import UNIT_ROLES, WITH_SUPERIOR
from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.organisations.enums import Role
from kheo.organisations.models import Level, Organisation, Seat, below
from kheo.organisations.rules import reach_of
from kheo.rounds.models import Round


@dataclass(frozen=True, kw_only=True)
class FileFilter:
    """What a list of files is narrowed to."""

    q: str = ""
    year: int | None = None
    kind: str = ""
    state: str = ""


def appraisal_files_visible_to(seat: Seat | None) -> QuerySet[AppraisalFile]:
    """Return the files of the seat's own unit and of what lies below its reach."""
    if seat is None:
        return AppraisalFile.objects.none()
    return AppraisalFile.objects.filter(_inside(seat))


def files_waiting_for(seat: Seat | None) -> QuerySet[AppraisalFile]:
    """Return the files in which a seat has something to do: its own unit's, or below it."""
    files = appraisal_files_visible_to(seat)
    if seat is None:
        return files
    if seat.role in UNIT_ROLES:
        return files.filter(organisation=seat.organisation_id, state__in=EMPTY_STATES)
    if seat.role != Role.OFFICER:
        return files.none()
    ancestors = seat.organisation.ancestor_ids
    own = Q(path=reach_of(seat)) & ~Q(path=F("owner_path"))
    return files.filter(owner__in=ancestors, state__in=WITH_SUPERIOR).exclude(own)


def narrowed_files(files: QuerySet[AppraisalFile], chosen: FileFilter) -> QuerySet[AppraisalFile]:
    """Narrow a list of files, newest year first, by unit."""
    if chosen.q:
        files = files.filter(Q(name__icontains=chosen.q) | Q(unit_name__icontains=chosen.q))
    if chosen.year:
        files = files.filter(year=chosen.year)
    if chosen.kind:
        files = files.filter(title_entry__isnull=chosen.kind == "model")
    if chosen.state:
        files = files.filter(state=chosen.state)
    return files.select_related("grade", "level").order_by("-year", "path", "pk")


def title_entries_visible_to(seat: Seat | None) -> QuerySet[TitleEntry]:
    """Return the entries for unit titles of the seat's own unit and below its reach."""
    if seat is None:
        return TitleEntry.objects.none()
    rows = TitleEntry.objects.filter(_inside(seat)).select_related("level")
    return rows.prefetch_related("files").order_by("-year", "path", "pk")


def score_evidence_visible_to(seat: Seat | None) -> QuerySet[ScoreEvidence]:
    """Return the evidence of the files that a seat sees; what was taken off stays readable."""
    rows = ScoreEvidence.objects.select_related("file", "chosen")
    return rows.filter(file__in=appraisal_files_visible_to(seat))


def registrations_to_open(
    owner: Organisation, round: Round, *, level: Level | None = None, stage: int | None = None
) -> QuerySet[Registration]:
    """Return the accepted registrations of a round of which a body has opened no file yet.

    :param stage: only those that reached this stage (``exemplars.enums.Stage``).
    """
    opened = AppraisalFile.objects.filter(owner=owner, registration=OuterRef("pk"))
    rows = Registration.objects.filter(below(owner.path), round=round, state=State.ACCEPTED)
    if level is not None:
        rows = rows.filter(level=level)
    if stage is not None:
        rows = rows.annotate(reached=F("stages").bitand(stage)).filter(reached=stage)
    return rows.filter(~Exists(opened)).order_by("pk")


def _inside(seat: Seat) -> Q:
    inside = below(reach_of(seat))
    if seat.role in UNIT_ROLES:
        inside |= Q(organisation=seat.organisation_id)
    return inside
