"""Reads the forms that people filled in, whatever file they stand in."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from kheo.lib.extraction.blocks.old_fonts import with_modern_letters
from kheo.lib.extraction.blocks.opening import open_document
from kheo.lib.extraction.blocks.parts import Line, Part
from kheo.lib.extraction.forms.found import Entry, Place, ReadForm, Trouble, Value
from kheo.lib.extraction.forms.headings import Head, find_head, with_chosen
from kheo.lib.extraction.forms.heads import Heading, read_heading
from kheo.lib.extraction.forms.lists import ListRows, ends_table, read_rows
from kheo.lib.extraction.forms.sections import section_of
from kheo.lib.extraction.forms.single import read_singles
from kheo.lib.files.refusals import Limits, UnreadableFileError

__all__ = ["DEFAULT_LIMITS", "Chosen", "Limits", "UnreadableFileError", "read_forms", "uncollected"]

DEFAULT_LIMITS = Limits()
Chosen = Mapping[tuple[str, int, int], str | None]
"""What a person chose for columns: (part, table, column) → key of an item, None for no item."""

_FEWEST_CELLS = 3
_BOXED = frozenset({"numbered_name", "collective", "individual", "replicated"})


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector from searching long lists again and again while they are read.

    What is read holds no circles, so nothing waits for it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_forms(
    content: bytes, name: str, *, chosen: Chosen | None = None, limits: Limits = DEFAULT_LIMITS
) -> tuple[ReadForm, ...]:
    """Find the forms in a file: M1 to M4, the lists of S0 and S1, filled in by hand or machine.

    Where none is recognised, one form without a layout says so. Troubles of a form: form_unknown,
    other_movement, section_unknown, row_unknown; of an entry: no_name, field_unknown,
    field_several, level_unknown, level_several, form_unknown, form_several, continuity_unknown,
    continuity_several, nature_unknown, nature_several, period_unknown.

    :param name: the file's name; only text is told by its ending, all else by its content.
    :param chosen: a person's own matching of columns, which goes before what is recognised.
    :raises UnreadableFileError: when the file as a whole is refused; its ``code`` says why.
    """
    with uncollected():
        document = with_modern_letters(open_document(content, name, limits))
        found = [
            form
            for part in document.parts
            for form in _Reading(part, document.stamp, chosen).forms()
        ]
    if found:
        return tuple(found)
    return (_nothing(document.parts, document.stamp),)


class _Reading:
    """Goes through one part of a file, from form to form."""

    def __init__(self, part: Part, stamp: str | None, chosen: Chosen | None) -> None:
        self.part = part
        self.lines = part.lines
        self.stamp = stamp
        self.chosen = chosen or {}
        self.tables = 0

    def forms(self) -> list[ReadForm]:
        """Return the forms of the part in their order."""
        found: list[ReadForm] = []
        start = place = 0
        while place < len(self.lines):
            head = find_head(self.lines, place)
            if head is None:
                place += 1
                continue
            singles, used = read_singles(self.lines[start:place], self.part.name, self.stamp)
            heading = read_heading(self.lines[start + used : place], self.part.name)
            form, units, place = self._list(head, place, heading)
            found += [*singles, *_by_unit(form, units)]
            start = place
        return [*found, *read_singles(self.lines[start:], self.part.name, self.stamp)[0]]

    def _list(
        self, head: Head, place: int, heading: Heading
    ) -> tuple[ReadForm, list[Value | None], int]:
        self.tables += 1
        line = self.lines[place]
        table = line.table or self.tables
        # as recognised: a person's matching of columns leaves the forms of a file as many
        units = frozenset(number for number, key in _keys(head).items() if key == "unit")
        head = with_chosen(head, self.part.name, table, self.chosen)
        year = int(heading.year.understood) if heading.year else None
        rows = ListRows(self.part.name, table, head, year, unit_columns=units)
        stop = place + head.lines
        while True:
            rows = read_rows(self.lines, stop, rows)
            stop = rows.stopped_at
            further = self._goes_on(stop, head)
            if not further:
                break
            stop += further - 1
        return _list_form(rows, heading, line, self.stamp), rows.units, stop

    def _goes_on(self, place: int, head: Head) -> int:
        """Return how many lines to pass where the table goes on: 1 and its repeated head, or 0."""
        if place >= len(self.lines):
            return 0
        line, before = self.lines[place], self.lines[place - 1]
        again = find_head(self.lines, place)
        if again is not None:
            same = _keys(again) == _keys(head)
            return again.lines + 1 if same else 0
        if line.table is None or before.table is None or line.table == before.table:
            return 0
        # Word parts a long table into several; the further ones have no head
        heads_section = section_of(line, head) is not None
        return int((heads_section or len(line.cells) >= _FEWEST_CELLS) and not ends_table(line))


def _keys(head: Head) -> dict[int, str | None]:
    return {number: column.key for number, column in head.columns.items()}


def _list_form(rows: ListRows, heading: Heading, line: Line, stamp: str | None) -> ReadForm:
    troubles = list(rows.troubles)
    layout, certain = _list_layout(rows, heading)
    if other := heading.other_movement:
        troubles.insert(0, Trouble("other_movement", "", other, heading.place))
    return ReadForm(
        layout=None if heading.other_movement else layout,
        certain=certain,
        place=Place(part=rows.part, table=rows.table, row=line.row),
        unit=heading.unit,
        year=heading.year,
        stamp=stamp,
        columns=rows.head.matches(rows.part, rows.table),
        entries=() if heading.other_movement else tuple(rows.entries),
        troubles=tuple(troubles),
    )


def _by_unit(form: ReadForm, units: Sequence[Value | None]) -> list[ReadForm]:
    """Part a list that has a column for units into one form a unit, in order of appearance."""
    owners = {unit.understood: unit for unit in units if unit}
    if not owners or len(units) != len(form.entries):
        return [form]
    rows: dict[str | None, list[Entry]] = {}
    for entry, unit in zip(form.entries, units, strict=True):
        rows.setdefault(unit.understood if unit else None, []).append(entry)
    return [
        replace(form, unit=owners[name] if name else form.unit, entries=tuple(entries))
        for name, entries in rows.items()
    ]


def _list_layout(rows: ListRows, heading: Heading) -> tuple[str, bool]:
    """Tell the lists apart: S0 and S1 by their boxes, M3 from M4 by its sections."""
    keys = rows.head.keys
    if len(keys & _BOXED) >= 2:
        titled = "so mo hinh dien hinh" in heading.folded
        asks_level = any(
            "o cap nao" in column.title.lower() or "ở cấp nào" in column.title.lower()
            for column in rows.head.columns.values()
        )
        layout = "S0" if "trong nam" in heading.folded or asks_level else "S1"
        return layout, titled and heading.names_movement
    titled = "danh sach dang ky" in heading.folded
    return "M3" if rows.has_fields else "M4", titled and heading.names_movement


def _nothing(parts: tuple[Part, ...], stamp: str | None) -> ReadForm:
    place = Place(part=parts[0].name if parts else "")
    lines = parts[0].lines if parts else ()
    heading = read_heading(lines[:30], place.part)
    other = heading.other_movement if heading.title else ""
    trouble = Trouble("other_movement" if other else "form_unknown", "", other, place)
    empty = ReadForm(
        layout=None,
        certain=False,
        place=place,
        unit=heading.unit,
        year=heading.year,
        stamp=stamp,
        columns=(),
        entries=(),
    )
    return replace(empty, troubles=(trouble,))
