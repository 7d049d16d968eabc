"""What was found in a filled form: entries, values with their places, and troubles."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple


class Place(NamedTuple):
    """Where something stands in a file; rows, columns and paragraphs count from 1.

    ``part`` is the sheet's name, or "" in a Word or PDF file; ``table`` counts tables there.
    """

    part: str = ""
    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None


# as Place(…) with all its parts in their order: a long list has hundreds of thousands
_Stands = tuple[str, int | None, int | None, int | None, int | None]
new_place: Callable[[_Stands], Place] = partial(tuple.__new__, Place)


class Value(NamedTuple):
    """One value: what was understood, and what stood in the file.

    ``understood`` is canonical: a key of the four fields, "collective", "individual", a code of a
    level, an ISO date, or the text itself in NFC without doubled blanks.
    """

    understood: str
    found: str
    place: Place


@dataclass(frozen=True)
class Trouble:
    """A value that could not be understood; ``code`` is put into words by whoever shows it.

    ``key`` names the item of the registration; ``details`` holds what the words need.
    """

    code: str
    key: str
    found: str
    place: Place
    details: Mapping[str, str] = field(default_factory=dict)


class Entry(NamedTuple):
    """One registration as a form proposes it: its items by key, in the words of the form."""

    place: Place
    values: Mapping[str, Value]
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ColumnMatch:
    """A column of a table and the item it was taken for; ``key`` is None when nothing fits."""

    table: int
    part: str
    column: int
    title: str
    key: str | None
    certain: bool


@dataclass(frozen=True, kw_only=True)
class ReadForm:
    """One form found in a file; a file may hold several, on sheets or one after the other.

    ``layout`` is M1, M2, M3, M4, S0 or S1, or None where no form was recognised. ``stamp`` is the
    hidden key of a form that this system gave out.
    """

    layout: str | None
    certain: bool
    place: Place
    unit: Value | None
    year: Value | None
    stamp: str | None
    columns: tuple[ColumnMatch, ...]
    entries: tuple[Entry, ...]
    troubles: tuple[Trouble, ...] = ()
