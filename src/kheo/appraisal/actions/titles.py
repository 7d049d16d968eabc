"""Units enter for a title of the year, which opens their file at once, and may withdraw."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.appraisal.actions.journal import locked_file, note_file, stored, tell_appraiser
from kheo.appraisal.actions.opening import refuse_unfit_set
from kheo.appraisal.enums import FileState, TitleState
from kheo.appraisal.models import AppraisalFile, TitleEntry
from kheo.appraisal.rules.scoring import ScoreError, first_state
from kheo.appraisal.rules.transitions import can_enter_for_title, can_withdraw_entry
from kheo.audit.actions import Deed, record
from kheo.criteria.enums import Subject
from kheo.criteria.models import CriteriaSet
from kheo.criteria.rules.tree import leaves_of
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Level, Organisation, Seat
from kheo.organisations.rules import demand


@transaction.atomic
def enter_for_title(
    *,
    organisation: Organisation,
    criteria_set: CriteriaSet,
    year: int,
    level: Level | None = None,
    by: Seat,
    at: datetime,
) -> AppraisalFile:
    """Enter a unit for the title that a set judges; its file is opened for the self-score.

    Who issued the set appraises; by an example the unit's own superior does.

    :raises NotAllowedError: when the seat does not write for the unit.
    :raises ScoreError: when the set does not fit, or the unit has entered already.
    """
    demand(can_enter_for_title(by, organisation))
    owner = criteria_set.issuer or organisation.parent or organisation
    refuse_unfit_set(criteria_set, Subject.TITLE, organisation)
    _refuse_year(year, at)
    _refuse_second(organisation, criteria_set.title, year)
    entry = TitleEntry.objects.create(
        organisation=organisation,
        unit_name=organisation.name,
        path=organisation.path,
        year=year,
        title=criteria_set.title,
        level=level or owner.level,
        registered_by=by,
        registered_at=at,
    )
    file = _opened(entry, criteria_set, owner, at)
    after = {"title": entry.title, "year": entry.year, "criteria_set": str(criteria_set)}
    deed = Deed(verb="title.enter", record=entry, scope=entry.path, after=after)
    record(deed=deed, by=by, at=at)
    note_file("appraisal.open", file, by, at, after={"state": file.state})
    tell_appraiser(file, _("Entered for a unit title: %s") % file.name, at)
    return file


@transaction.atomic
def withdraw_title_entry(
    *, file: AppraisalFile, reason: str, seen_version: int | None = None, by: Seat, at: datetime
) -> AppraisalFile:
    """Withdraw the entry of a unit with a reason; file and scores stay for the history.

    :raises NotAllowedError: when the seat may not, or the superior has scored it already.
    :raises StaleFileError: when somebody else changed it since ``seen_version``.
    :raises ScoreError: when no reason is given.
    """
    row = locked_file(file, seen_version)
    demand(can_withdraw_entry(by, row))
    if not normalise(reason):
        raise ScoreError(_("Say why: the reason is kept in the history."))
    entry = TitleEntry.objects.select_for_update(of=("self",)).get(files=row)
    entry.state, entry.version = TitleState.WITHDRAWN, entry.version + 1
    entry.save(update_fields=["state", "version"])
    row.state, row.title_entry = FileState.WITHDRAWN, entry
    stored(row, "state")
    note_file(
        "appraisal.withdraw", row, by, at, after={"state": row.state}, reason=normalise(reason)
    )
    tell_appraiser(row, _("Entry for a unit title withdrawn: %s") % row.name, at)
    return row


def _refuse_year(year: int, at: datetime) -> None:
    this = timezone.localdate(at).year
    if not this - 1 <= year <= this + 1:
        words = _("A title is entered for the years %(first)s to %(last)s.")
        raise ScoreError(words % {"first": this - 1, "last": this + 1})


def _refuse_second(organisation: Organisation, title: str, year: int) -> None:
    # two who enter the unit at once wait for each other here
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    entries = TitleEntry.objects.filter(organisation=organisation, year=year, title=title)
    if entries.exclude(state=TitleState.WITHDRAWN).exists():
        words = _("Your unit has entered for “%(title)s” of the year %(year)s already.")
        raise ScoreError(words % {"title": title, "year": year})


def _opened(
    entry: TitleEntry, criteria_set: CriteriaSet, owner: Organisation, at: datetime
) -> AppraisalFile:
    return AppraisalFile.objects.create(
        title_entry=entry,
        owner=owner,
        owner_path=owner.path,
        organisation=entry.organisation,
        unit_name=entry.unit_name,
        path=entry.path,
        year=entry.year,
        level=entry.level,
        name=f"{entry.title} – {entry.unit_name}"[:300],
        criteria_set=criteria_set,
        state=first_state(leaves_of(criteria_set.criteria.all())),
        opened_at=at,
    )
