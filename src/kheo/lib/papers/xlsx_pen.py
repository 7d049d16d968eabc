"""A pen that writes a worksheet downwards: cells, merged lines, faces, heights of rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kheo.lib.papers.layout import lines_needed
from kheo.lib.papers.measures import Profile
from kheo.lib.papers.nodes import Rich, Run
from kheo.lib.papers.runs import as_runs, plain

Face = dict[str, object]
"""Properties of a cell format, by XlsxWriter's names."""

CELL_LIMIT = 32_767
"""Letters a cell can hold in this format."""

_PIXELS_PER_MM = 96 / 25.4


@dataclass(slots=True)
class Pen:
    """Where the next row goes, on which sheet, with which faces; `widths` are millimetres."""

    book: Any
    sheet: Any
    profile: Profile
    widths: list[float]
    row: int = 0
    _faces: dict[tuple[object, ...], Any] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """Number of the last column."""
        return len(self.widths) - 1

    def set_widths(self) -> None:
        """Give the columns of the worksheet their widths."""
        for column, width in enumerate(self.widths):
            self.sheet.set_column_pixels(column, column, int(width * _PIXELS_PER_MM))

    def groups(self, count: int) -> list[tuple[int, int]]:
        """Part the columns into neighbours of about the same width: first and last of each."""
        whole = sum(self.widths)
        ends: list[int] = []
        for part in range(1, count):
            wanted = whole * part / count
            sums = [abs(sum(self.widths[:n]) - wanted) for n in range(len(self.widths) + 1)]
            low, high = (ends[-1] if ends else 0) + 1, len(self.widths) - count + part
            ends.append(min(range(low, high + 1), key=sums.__getitem__))
        starts = [0, *ends]
        return [(a, b - 1) for a, b in zip(starts, [*ends, len(self.widths)], strict=True)]

    def face(self, size: float, **more: object) -> Any:
        """Return a cell format, the same object for the same wishes."""
        key = (size, *sorted(more.items()))
        if key not in self._faces:
            font = {"font_name": self.profile.font, "font_size": size}
            base = {"text_wrap": True, "valign": "top"}
            self._faces[key] = self.book.add_format(font | base | more)
        return self._faces[key]

    def cell(self, column: int, text: Rich, size: float, **more: object) -> None:
        """Write one cell; nothing in the text is taken for a formula."""
        runs = as_runs(text)
        if not runs:
            self.sheet.write_blank(self.row, column, None, self.face(size, **more))
            return
        if len(runs) == 1:
            face = self.face(size, **(more | _dress(runs[0])))
            self.sheet.write_string(self.row, column, runs[0].text[:CELL_LIMIT], face)
            return
        bits: list[object] = []
        for run in runs:
            bits += [self.face(size, **(more | _dress(run))), run.text]
        self.sheet.write_rich_string(self.row, column, *bits, self.face(size, **more))

    def span(self, columns: tuple[int, int], text: Rich, size: float, **more: object) -> None:
        """Write a text across columns, merging them."""
        first, last = columns
        if last > first:
            self.sheet.merge_range(self.row, first, self.row, last, "", self.face(size, **more))
        self.cell(first, text, size, **more)

    def height(self, columns: tuple[int, int], text: Rich, size: float) -> float:
        """Estimate the height in points of a text across columns; nobody fits merged rows."""
        width = sum(self.widths[columns[0] : columns[1] + 1])
        return lines_needed(text, width, size) * size * 1.3 + 3

    def fit(self, texts: Iterable[str], size: float) -> None:
        """Give the row the height its fullest cell takes, one text for each column."""
        lines = 1
        for text, width in zip(texts, self.widths, strict=False):
            # most cells are short: three letters to a point's worth of millimetres always fit
            if len(text) * size > width * 4 or "\n" in text:
                lines = max(lines, lines_needed(text, width - 2, size))
        self.sheet.set_row(self.row, lines * size * 1.25 + 2)

    def line(self, text: Rich, size: float, **more: object) -> None:
        """Write a text across the whole sheet and go on to the next row."""
        if not plain(text):
            return
        whole = (0, self.last)
        self.sheet.set_row(self.row, self.height(whole, text, size))
        self.span(whole, text, size, **more)
        self.row += 1


def _dress(run: Run) -> Face:
    wishes = {"bold": run.bold, "italic": run.italic, "underline": run.underline}
    return {name: True for name, wanted in wishes.items() if wanted}
