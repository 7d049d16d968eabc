"""Tells what an attached file is by what it begins with, whatever its name says."""

import hashlib
import zipfile
from dataclasses import dataclass
from typing import IO, Any, Protocol

HEAD = 32
CHUNK = 256 * 1024
# what a file begins with, whatever its name says; (offset, bytes) → (ending, media type)
SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"%PDF-", "pdf", "application/pdf"),
    (0, b"\xff\xd8\xff", "jpg", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (8, b"WEBP", "webp", "image/webp"),
    (4, b"ftyp", "mp4", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "webm", "video/webm"),
    (0, b"ID3", "mp3", "audio/mpeg"),
)
OFFICE = (
    (
        "word/document.xml",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (
        "xl/workbook.xml",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (
        "ppt/presentation.xml",
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
)


class Attached(Protocol):
    """A file that can be read again from its start."""

    def read(self, size: int = ..., /) -> bytes:
        """Read bytes."""

    def seek(self, offset: int, /) -> Any:
        """Go to a place."""


@dataclass(frozen=True)
class FileKind:
    """The ending a file deserves, and its media type."""

    ending: str
    media_type: str


def sniff(file: Attached) -> FileKind | None:
    """Return what a file is; None for kinds that are not taken, and for Office files with macros.

    The file is left at its start.
    """
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    for offset, mark, ending, media_type in SIGNATURES:
        if head[offset : offset + len(mark)] == mark:
            return FileKind(ending, media_type)
    return _sniff_office(file) if head[:4] == b"PK\x03\x04" else None


def sha256_of(file: Attached) -> str:
    """Return the checksum of a file in hexadecimal digits, and leave it at its start."""
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _sniff_office(file: Any) -> FileKind | None:
    stream: IO[bytes] = file
    try:
        names = set(zipfile.ZipFile(stream).namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    finally:
        stream.seek(0)
    macros = any(name.endswith("vbaProject.bin") for name in names)
    for part, ending, media_type in OFFICE:
        if part in names and not macros:
            return FileKind(ending, media_type)
    return None
