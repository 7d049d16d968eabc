"""Keeps the photos and files of updates: judged first, and none kept when one is refused."""

import secrets
from collections.abc import Sequence

from django.core.files.base import File
from django.utils.translation import gettext as _

from kheo.lib.files.kinds import sha256_of
from kheo.progress.models import Update, UpdateFile
from kheo.progress.rules.course import ProgressError
from kheo.ui.uploads import attachment_name, judge_attachment

MOST_FILES = 20


def keep_files(update: Update, files: Sequence["File[bytes]"]) -> list[UpdateFile]:
    """Keep the files of an update; when one is refused none stays on the disk.

    :raises AttachmentError: when one is empty, too large, or of a kind that is not taken.
    :raises ProgressError: when there are too many.
    """
    if len(files) > MOST_FILES:
        raise ProgressError(_("At most %s files go with one update.") % MOST_FILES)
    kinds = [judge_attachment(file) for file in files]
    kept: list[UpdateFile] = []
    try:
        for file, kind in zip(files, kinds, strict=True):
            one = UpdateFile(
                update=update,
                name=attachment_name(file.name or "", kind),
                media_type=kind.media_type,
                size=file.size,
                checksum=sha256_of(file),
            )
            # the name on the disk tells nothing and cannot collide
            one.file.save(f"{secrets.token_hex(16)}.{kind.ending}", file, save=False)
            kept.append(one)
            one.save()
    except BaseException:
        drop_files(kept)
        raise
    return kept


def drop_files(kept: Sequence[UpdateFile]) -> None:
    """Take files off the disk whose deed was not done after all."""
    for one in kept:
        one.file.storage.delete(str(one.file.name))
