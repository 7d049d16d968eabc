"""Files as they are handed in: one by one, or many in a zip, never more than the limits."""

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings

ZIP = b"PK\x03\x04"
MIB = 1 << 20
# parts by which a zipped office file tells itself from an archive of files
OFFICE_PARTS = frozenset({"[Content_Types].xml", "mimetype"})
UTF8_NAME = 0x800
ENCRYPTED = 0x1
NAME_LENGTH = 255


@dataclass(frozen=True, kw_only=True)
class Handed:
    """One file; ``refusal`` says why it is not even looked into, with the limit it passed."""

    name: str
    content: bytes
    refusal: str = ""
    limit: int | None = None


def handed_files(name: str, content: bytes) -> Iterator[Handed]:
    """Return the file itself, or the files of an archive, in their order.

    Directories, hidden files and what macOS adds are passed over.
    """
    clean = clean_name(name)
    if len(content) > settings.IMPORT_LIMIT_MIB * MIB and not content.startswith(ZIP):
        yield Handed(name=clean, content=b"", refusal="too_large", limit=settings.IMPORT_LIMIT_MIB)
        return
    archive = _archive(content)
    if archive is None:
        yield Handed(name=clean, content=content)
        return
    with archive:
        yield from _unpacked(archive, clean)


def clean_name(name: str) -> str:
    """Return a file's own name, without folders and in NFC."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(letter for letter in unicodedata.normalize("NFC", last) if letter.isprintable())
    return plain[-NAME_LENGTH:] or "-"


def _archive(content: bytes) -> zipfile.ZipFile | None:
    if not content.startswith(ZIP):
        return None
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError):
        return None
    return None if OFFICE_PARTS & set(archive.namelist()) else archive


def _unpacked(archive: zipfile.ZipFile, name: str) -> Iterator[Handed]:
    members = [info for info in archive.infolist() if not _is_passed_over(info)]
    if len(members) > settings.INTAKE_MOST_FILES:
        limit = settings.INTAKE_MOST_FILES
        yield Handed(name=name, content=b"", refusal="too_many_files", limit=limit)
        return
    if not members:
        yield Handed(name=name, content=b"", refusal="empty")
    room = settings.INTAKE_UNPACKED_MIB * MIB
    for info in members:
        handed = _member(archive, info, min(room, settings.IMPORT_LIMIT_MIB * MIB))
        room -= len(handed.content)
        yield handed


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> Handed:
    name = clean_name(_member_name(info))
    if info.flag_bits & ENCRYPTED:
        return Handed(name=name, content=b"", refusal="password")
    try:
        with archive.open(info) as part:
            # the size an archive tells may lie: one byte beyond the room shows it
            content = part.read(room + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        return Handed(name=name, content=b"", refusal="corrupt")
    if len(content) > room:
        limit = settings.IMPORT_LIMIT_MIB
        return Handed(name=name, content=b"", refusal="too_large", limit=limit)
    return Handed(name=name, content=content)


def _member_name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & UTF8_NAME:
        return info.filename
    try:
        # many programs write UTF-8 without saying so
        return info.filename.encode("cp437").decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return info.filename


def _is_passed_over(info: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(info.filename)
    return info.is_dir() or path.name.startswith((".", "~$")) or "__MACOSX" in path.parts
