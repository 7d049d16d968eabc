"""Photos of a sheet: taken once however often they are sent, and taken away with a trace."""

from datetime import datetime
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from kheo.lib.files.kinds import FileKind, sha256_of
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.ui.actions import kept_only_if_done, put_on_disk
from kheo.ui.uploads import AttachmentError, attachment_name, judge_attachment
from kheo.visits.actions.journal import note_sheet
from kheo.visits.actions.locking import locked_sheet
from kheo.visits.enums import VisitDeed
from kheo.visits.models import SheetPhoto, VisitSheet
from kheo.visits.queries.standing import parts_in
from kheo.visits.rules.deeds import VisitError, can_do_visit

MOST_PHOTOS = 30
PICTURES = frozenset({"jpg", "png", "webp"})


@transaction.atomic
def add_sheet_photo(
    *,
    sheet: VisitSheet,
    client_key: UUID,
    file: "File[bytes]",
    caption: str,
    by: Seat,
    at: datetime,
) -> SheetPhoto:
    """Keep a photo; one whose key came before is the same photo, and nothing changes.

    :raises NotAllowedError: when the seat may not write, or the visit is not open for it.
    :raises AttachmentError: when the file is no picture, empty or too large.
    :raises VisitError: when the sheet has as many photos as it takes, or the key is another's.
    """
    locked = locked_sheet(sheet)
    demand(can_do_visit(VisitDeed.FILL, by, locked.visit, parts_in(by, locked.visit.team)))
    if known := SheetPhoto.objects.filter(client_key=client_key).first():
        if known.sheet_id != locked.pk:
            raise VisitError(_("This entry belongs to another sheet."))
        return known
    kind = _judge_photo(locked, file)
    photo = SheetPhoto(
        sheet=locked,
        client_key=client_key,
        name=attachment_name(file.name or "", kind),
        media_type=kind.media_type,
        size=file.size,
        checksum=sha256_of(file),
        caption=normalise(caption)[:300],
        added_by=by,
        added_at=at,
    )
    with kept_only_if_done() as kept:
        put_on_disk(photo.file, file, kind)
        kept.append(photo.file)
        photo.save()
        after = {"name": photo.name, "checksum": photo.checksum}
        note_sheet("visit-sheet.add-photo", locked, by, at, after=after)
    return photo


@transaction.atomic
def remove_sheet_photo(*, photo: SheetPhoto, by: Seat, at: datetime) -> SheetPhoto:
    """Take a photo out of its sheet; the file stays on record.

    :raises NotAllowedError: when the seat may not write, or the visit is not open for it.
    """
    sheet = locked_sheet(photo.sheet)
    demand(can_do_visit(VisitDeed.FILL, by, sheet.visit, parts_in(by, sheet.visit.team)))
    row = SheetPhoto.objects.select_for_update().get(pk=photo.pk)
    if row.removed_at is None:
        row.removed_at = at
        row.save(update_fields=["removed_at"])
        note_sheet("visit-sheet.remove-photo", sheet, by, at, before={"name": row.name})
    return row


def _judge_photo(sheet: VisitSheet, file: "File[bytes]") -> FileKind:
    if sheet.photos.filter(removed_at__isnull=True).count() >= MOST_PHOTOS:
        raise VisitError(_("A sheet takes at most %s photos.") % MOST_PHOTOS)
    kind = judge_attachment(file)
    if kind.ending not in PICTURES:
        words = _("“%s” is no picture. Send a photo as JPEG, PNG or WebP.")
        raise AttachmentError(words % str(file.name or "")[:120])
    return kind
