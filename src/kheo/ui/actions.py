"""Keeps attached files on the disk for a room's deed: named by chance, none left when it fails."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from django.core.files.base import File
from django.db.models.fields.files import FieldFile

from kheo.lib.files.kinds import FileKind, sha256_of
from kheo.ui.uploads import attachment_name, judge_attachment


class Attached(Protocol):
    """A row that holds a file."""

    file: Any

    def save(self) -> None:
        """Store the row."""


Row = TypeVar("Row", bound=Attached)


@contextmanager
def kept_only_if_done() -> Iterator[list[FieldFile]]:
    """Give a list for the files that a deed writes; when it fails they are taken away again."""
    kept: list[FieldFile] = []
    try:
        yield kept
    except BaseException:
        for one in kept:
            one.storage.delete(str(one.name))
        raise


def put_on_disk(field: FieldFile, file: "File[bytes]", kind: FileKind) -> None:
    """Write a file under a name that tells nothing and cannot collide."""
    field.save(f"{secrets.token_hex(16)}.{kind.ending}", file, save=False)


def keep_attachments(files: Sequence["File[bytes]"], make: Callable[..., Row]) -> list[Row]:
    """Judge all files, then keep each with a row; when one fails none stays on the disk.

    :param make: makes an unsaved row of name, media_type, size (bytes) and checksum (SHA-256).
    :raises AttachmentError: when one is empty, too large, or of a kind that is not taken.
    """
    kinds = [judge_attachment(file) for file in files]
    rows: list[Row] = []
    with kept_only_if_done() as kept:
        for file, kind in zip(files, kinds, strict=True):
            row = make(
                name=attachment_name(file.name or "", kind),
                media_type=kind.media_type,
                size=file.size,
                checksum=sha256_of(file),
            )
            put_on_disk(row.file, file, kind)
            kept.append(row.file)
            row.save()
            rows.append(row)
    return rows
