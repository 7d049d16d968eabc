"""Keeping files on the disk: named by chance, and none left behind when the deed fails."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.base import File
from django.db.models.fields.files import FieldFile

from kheo.lib.files.kinds import FileKind


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
