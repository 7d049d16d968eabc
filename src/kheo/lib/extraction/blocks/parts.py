"""What every file becomes: parts of lines, lines of cells, each knowing where it stands."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple


class Cell(NamedTuple):
    """A text and where it stands in its line.

    ``column`` counts from 1; ``span`` and ``depth`` tell how many columns and rows it takes;
    ``day`` is the ISO date of a date cell; ``covered`` marks a text repeated from a merged cell
    above; ``paragraph`` tells where it stands outside tables.
    """

    text: str
    column: int = 1
    span: int = 1
    depth: int = 1
    day: str = ""
    covered: bool = False


class Line(NamedTuple):
    """A row of a table or a paragraph: its cells that are not empty, from left to right.

    ``table`` counts tables of a Word or PDF file and is None for paragraphs and for sheets, whose
    tables are told apart only when their heads are recognised.
    """

    cells: tuple[Cell, ...]
    row: int | None = None
    table: int | None = None
    paragraph: int | None = None

    @property
    def text(self) -> str:
        """Return all its texts, parted by blanks."""
        if len(self.cells) == 1:
            return self.cells[0].text
        return " ".join(cell.text for cell in self.cells)


class Part(NamedTuple):
    """A sheet, or the whole of a Word, PDF or text file."""

    name: str
    lines: tuple[Line, ...]


class Document(NamedTuple):
    """A file in its parts, with the hidden stamp of a form that the system gave out."""

    parts: tuple[Part, ...]
    stamp: str | None = None


# as Cell(…) with all its parts in their order, for the hundreds of thousands of a long list
new_cell: Callable[[tuple[str, int, int, int, str, bool]], Cell] = partial(tuple.__new__, Cell)
