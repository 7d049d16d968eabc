"""Files are locked before they change, what changed goes to the audit, and units are told."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Unpack

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from kheo.accounts.models import User
from kheo.appraisal.models import AppraisalFile
from kheo.appraisal.rules.scoring import StaleFileError
from kheo.audit.actions import Deed, Told, note_deed, record_many
from kheo.notices.actions import Telling, notify, notify_each
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat

# SQLite takes a limited number of parameters in one statement
PIECE = 500
RELATED = ("criteria_set", "owner", "organisation", "registration", "title_entry", "grade")


def locked_file(file: AppraisalFile, seen_version: int | None = None) -> AppraisalFile:
    """Return a file locked until the deed is done.

    :raises StaleFileError: when somebody else changed it since ``seen_version``.
    """
    rows = AppraisalFile.objects.select_for_update(of=("self",))
    row = rows.select_related(*RELATED).get(pk=file.pk)
    if seen_version is not None and seen_version != row.version:
        raise StaleFileError
    return row


def locked_files(keys: Collection[int]) -> list[AppraisalFile]:
    """Return many files locked until the deed is done, in the order of their keys."""
    rows = AppraisalFile.objects.select_for_update(of=("self",))
    found: list[AppraisalFile] = []
    for piece in pieces(sorted(set(keys))):
        found.extend(rows.filter(pk__in=piece).select_related("criteria_set").order_by("pk"))
    return found


def pieces(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut a long list of keys into statements' lengths."""
    for start in range(0, len(keys), PIECE):
        yield keys[start : start + PIECE]


def stored(row: AppraisalFile, *fields: str) -> AppraisalFile:
    """Store fields of a locked file with its next version number."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    return row


def note_file(
    verb: str,
    row: AppraisalFile,
    by: Seat,
    at: datetime,
    **told: Unpack[Told],
) -> None:
    """Record a deed on a file, in the scope of its unit."""
    note_deed(verb, row, row.path, by, at, **told)


def note_files(
    verb: str, rows: Iterable[AppraisalFile], by: Seat, at: datetime, reason: str = ""
) -> None:
    """Record one deed on many files, each with the state it came to."""
    deeds = [
        Deed(verb=verb, record=row, scope=row.path, after={"state": row.state}, reason=reason)
        for row in rows
    ]
    record_many(deeds=deeds, by=by, at=at)


def tell_file_unit(row: AppraisalFile, subject: str, at: datetime, body: str = "") -> None:
    """Tell the unit of a file something about it."""
    telling = Telling(
        organisation_id=row.organisation_id,
        subject=subject,
        body=body,
        link=reverse("appraisal:detail", args=[row.pk]),
    )
    notify_each(tellings=[telling], at=at)


def tell_appraiser(row: AppraisalFile, subject: str, at: datetime) -> None:
    """Tell the body that appraises something about a file: who writes for it, and its officers.

    The officers of its advisory body do the work of the committee.
    """
    writing = Q(organisation=row.owner_id, role__in=[Role.CLERK, Role.HEAD])
    advising = Q(organisation__parent=row.owner_id, organisation__kind__advises=True)
    handling = Q(organisation=row.owner_id) | advising
    seats = Seat.objects.held(timezone.localdate(at)).filter(
        writing | Q(handling, role=Role.OFFICER)
    )
    notify(
        organisation=row.owner,
        subject=subject,
        body=row.unit_name,
        users=User.objects.filter(pk__in=seats.values("user"), is_active=True).order_by("pk"),
        link=reverse("appraisal:detail", args=[row.pk]),
        at=at,
    )


def tell_file_units(
    rows: Sequence[AppraisalFile], subject: str | Promise, body: str | Promise, at: datetime
) -> None:
    """Tell each unit once of all its files; one file is linked, of several the list."""
    counts = Counter(row.organisation_id for row in rows)
    last = {row.organisation_id: row for row in rows}
    tellings = [
        Telling(
            organisation_id=unit,
            subject=str(subject) % {"count": count},
            body=str(body) % {"count": count},
            link=reverse("appraisal:detail", args=[last[unit].pk])
            if count == 1
            else reverse("appraisal:list"),
        )
        for unit, count in counts.items()
    ]
    notify_each(tellings=tellings, at=at)
