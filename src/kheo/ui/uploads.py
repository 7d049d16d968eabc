"""Files that people attach: looked into, measured, and stopped while they arrive if too large."""

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.utils.translation import gettext as _

from kheo.lib.files.kinds import FileKind, sniff
from kheo.lib.text.folding import normalise

MIB = 1024 * 1024


class AttachmentError(Exception):
    """The file cannot be taken; the message says why and what to do."""


def judge_attachment(file: "File[bytes]") -> FileKind:
    """Return what an attached file is.

    :raises AttachmentError: when it is empty, too large, or of a kind that is not taken.
    """
    name = str(file.name or "")
    if not file.size:
        raise AttachmentError(_("“%s” is empty.") % name[:120])
    if file.size > settings.EVIDENCE_LIMIT_MIB * MIB:
        raise AttachmentError(too_large_words(name))
    if (found := sniff(file)) is None:
        raise AttachmentError(
            _(
                "“%s” is of a kind that is not taken. Attach PDF, Word, Excel, pictures or"
                " video (MP4)."
            )
            % name[:120]
        )
    return found


def attachment_name(name: str, kind: FileKind) -> str:
    """Return the name to keep a file under: its ending says what it is, not what it was called."""
    stem = normalise(PurePath(name.replace("\\", "/")).stem)[:200]
    return f"{stem or 'minh-chung'}.{kind.ending}"


def too_large_words(name: str) -> str:
    """Return what is said of a file beyond the limit."""
    return _("“%(name)s” is larger than %(limit)s MiB. Make it smaller or attach a part of it.") % {
        "name": name[:120],
        "limit": settings.EVIDENCE_LIMIT_MIB,
    }


class SizeLimit(FileUploadHandler):
    """Stops an upload once it is larger than evidence may be; the rest is read and dropped."""

    chunk_size = 256 * 1024

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count."""
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        """Count, and stop at the limit."""
        self.received += len(raw_data)
        if self.received > settings.EVIDENCE_LIMIT_MIB * MIB:
            self.request.upload_too_large = self.file_name or ""  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that keep it."""
