"""Holds how large a file may be that is read in, and the refusal of a file as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The most a file may hold, in bytes, bytes unpacked, cells a sheet spans, rows and such."""

    size: int = 20 << 20
    unpacked: int = 120 << 20
    cells: int = 4_000_000
    rows: int = 50_000
    columns: int = 300
    pages: int = 300


class UnreadableFileError(Exception):
    """A file is refused as a whole; the caller puts `code` into words.

    Codes: empty, too_large, unknown_type, corrupt, password, encoding (a CSV file that is not in
    UTF-8), unpacks_too_large, too_spread (a few cells very far apart), too_many_rows; and for forms
    also macros, old_word (a .doc), image_only (a PDF without text), too_many_pages, no_engine (a
    scan that could not be recognised). `limit` tells the limit that was passed, if any.
    """

    def __init__(self, code: str, limit: int | None = None) -> None:
        """Keep the code and the limit that was passed."""
        super().__init__(code if limit is None else f"{code}: {limit}")
        self.code = code
        self.limit = limit

    @property
    def details(self) -> Mapping[str, str]:
        """Return what the words for the code need: the limit, where one was passed."""
        return {} if self.limit is None else {"limit": str(self.limit)}
