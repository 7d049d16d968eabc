"""Keeps the photos and files of updates: judged first, and none kept when one is refused."""

from collections.abc import Sequence
from functools import partial

from django.core.files.base import File
from django.utils.translation import gettext as _

from kheo.progress.models import Update, UpdateFile
from kheo.progress.rules.course import ProgressError
from kheo.ui.actions import keep_attachments

MOST_FILES = 20


def keep_files(update: Update, files: Sequence["File[bytes]"]) -> list[UpdateFile]:
    """Keep the files of an update; when one is refused none stays on the disk.

    :raises AttachmentError: when one is empty, too large, or of a kind that is not taken.
    :raises ProgressError: when there are too many.
    """
    if len(files) > MOST_FILES:
        raise ProgressError(_("At most %s files go with one update.") % MOST_FILES)
    return keep_attachments(files, partial(UpdateFile, update=update))


def drop_files(kept: Sequence[UpdateFile]) -> None:
    """Take files off the disk whose deed was not done after all."""
    for one in kept:
        one.file.storage.delete(str(one.file.name))
