"""Turns the cells of one row of a list into the values of a registration."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

from kheo.lib.extraction.blocks.parts import Cell, Line
from kheo.lib.extraction.forms.found import Entry, Place, Trouble, Value, new_place
from kheo.lib.extraction.forms.headings import Column, Head
from kheo.lib.extraction.forms.values import (
    Times,
    is_blank,
    is_tick,
    is_time,
    times,
    understood,
    without_dots,
    without_number,
)
from kheo.lib.extraction.forms.vocabulary import vocabulary
from kheo.lib.text.folding import fold, normalise

_MANY_LINES = frozenset({"content", "expected_results"})
_IGNORED = frozenset({"ordinal", "note", "state", "numbered_name", "unit"})
_CANONICAL = frozenset({"field", "level", "intended_level", "nature", "continuity"})
_MARKS = {
    "collective": ("form", "collective"),
    "individual": ("form", "individual"),
    "new": ("continuity", "new"),
    "kept": ("continuity", "kept"),
    "replicated": ("continuity", "replicated"),
}
_MARKED = {
    "form": ("form:collective", "form:individual"),
    "continuity": ("continuity:new", "continuity:kept", "continuity:replicated"),
}
_SHORT = 120
_PERSON = re.compile(r"^\s*(?:cá nhân|tập thể)\s*[:(–-]\s*(.+?)\)?\s*$", re.IGNORECASE | re.DOTALL)


class Row:
    """The values and troubles of one row while they are gathered."""

    def __init__(self) -> None:
        """Begin without any."""
        self.values: dict[str, Value] = {}
        self.troubles: list[Trouble] = []
        self.has_marks = False

    def put(self, key: str, understood: str, found: str, place: Place) -> None:
        """Keep a value; what was kept first stays."""
        self.values.setdefault(key, Value(understood, found, place))

    def doubt(self, code: str, key: str, found: str, place: Place) -> None:
        """Keep a trouble with an item."""
        self.troubles.append(Trouble(code, key, found, place))


class RowReader:
    """Reads rows of one table by its head; how each column is read is settled once."""

    def __init__(self, part: str, table: int, head: Head, year: int | None) -> None:
        """Begin with the head of a table, and the year of the form where it tells one."""
        self.part, self.table, self.head, self.year = part, table, head, year
        self._ways = {number: _way(column) for number, column in head.columns.items()}
        self._names = [
            number for number, one in head.columns.items() if one.key in {"name", "numbered_name"}
        ]
        self._begins = [
            number
            for number, one in head.columns.items()
            if one.key in {"ordinal", "name", "numbered_name"}
        ]

    def name_cell(self, cells: Mapping[int, Cell]) -> Cell | None:
        """Return the cell that names the model, if the row has one that is filled."""
        for number in self._names:
            if (cell := cells.get(number)) is not None:
                return None if is_blank(cell.text) else cell
        return None

    def goes_on(self, cells: Mapping[int, Cell]) -> bool:
        """Tell whether a row goes on with the one above: it has neither a number nor a name."""
        return all(number not in cells or cells[number].covered for number in self._begins)

    def entry(
        self,
        line: Line,
        cells: Mapping[int, Cell],
        name: Cell | None,
        sections: Mapping[str, Value],
    ) -> Entry:
        """Return the registration that a row proposes, with what its section says."""
        row = Row()
        if name is None:
            row.doubt("no_name", "name", "", self._place(line, line.cells[0].column))
        else:
            numbered = self.head.columns[name.column].key == "numbered_name"
            text = without_number(name.text) if numbered else name.text
            row.put("name", normalise(text), name.text, self._place(line, name.column))
        table, number, year = line.table or self.table, line.row, self.year
        for place, cell in cells.items():
            if (way := self._ways[place]) is not None:
                way(row, cell, new_place((self.part, table, number, place, None)), year)
        if row.has_marks:
            _settle_marks(row)
        for key, value in sections.items():
            if key not in row.values and not any(t.key == key for t in row.troubles):
                row.values[key] = value
        stands = new_place((self.part, table, number, None, None))
        return Entry(stands, row.values, tuple(row.troubles))

    def continued(self, entry: Entry, line: Line, cells: Mapping[int, Cell]) -> Entry:
        """Add the texts of a row that goes on with the one above."""
        more = Row()
        for number, cell in cells.items():
            key, place = self.head.columns[number].key, self._place(line, number)
            if cell.covered:
                continue
            if key == "summary":
                read_summary(more, cell.text, place, _last_part(entry, number))
            elif (way := self._ways[number]) is not None:
                way(more, cell, place, self.year)
        values = dict(entry.values)
        for key, value in more.values.items():
            held = values.get(key)
            if held is None:
                values[key] = value
            elif held.understood != value.understood and key not in _CANONICAL:
                both = f"{held.understood}\n{value.understood}"
                values[key] = Value(both, f"{held.found}\n{value.found}", held.place)
        return Entry(entry.place, values, (*entry.troubles, *more.troubles))

    def _place(self, line: Line, column: int) -> Place:
        return Place(part=self.part, table=line.table or self.table, row=line.row, column=column)


# reads a cell into a row: the row, the cell, where it stands, the year of the form
Way = Callable[[Row, Cell, Place, int | None], None]


def _way(column: Column) -> Way | None:
    """Return how the cells of a column are read; None where nobody asks for them."""
    key = column.key
    if key is None or key in _IGNORED or key == "name":
        return None
    if column.option:
        return partial(_read_option, column)
    if key in _MARKS:
        return partial(_read_mark, column)
    return partial(_READERS.get(key, _read_text), key)


def _read_text(key: str, row: Row, cell: Cell, place: Place, _year: int | None) -> None:
    put_text(row, key, cell.text, place)


def _read_word(key: str, row: Row, cell: Cell, place: Place, _year: int | None) -> None:
    read_canonical(row, key, cell.text, place)


def _read_told(_key: str, row: Row, cell: Cell, place: Place, _year: int | None) -> None:
    read_summary(row, cell.text, place)


def put_text(row: Row, key: str, text: str, place: Place) -> None:
    """Keep a text as it stands, its lines only where the item has lines."""
    lines = key in _MANY_LINES or key.startswith("extra.")
    # what is short comes again and again: places, scopes, times
    kept = (_kept_short if len(text) <= _SHORT else _kept)(text, keep_lines=lines)
    if kept:
        row.put(key, kept, text, place)


def _kept(text: str, *, keep_lines: bool) -> str:
    kept = normalise(without_dots(text), keep_lines=keep_lines)
    return "" if is_blank(kept) else kept


_kept_short = lru_cache(maxsize=4096)(_kept)


def read_canonical(row: Row, key: str, text: str, place: Place) -> None:
    """Keep the one value a text names, or the trouble with it."""
    bare = without_dots(text)
    if is_blank(bare):
        return
    kind = "level" if key == "intended_level" else key
    values = understood(kind, bare)
    if len(values) == 1:
        row.put(key, values[0], text, place)
    else:
        row.doubt(f"{kind}_{'several' if values else 'unknown'}", key, text, place)


def _read_option(column: Column, row: Row, cell: Cell, place: Place, _year: int | None) -> None:
    key, text = column.key or "", cell.text
    tick = is_tick(text)
    if tick is None:
        read_canonical(row, key, text, place)
    elif tick and key in row.values:
        del row.values[key]
        row.doubt(f"{key}_several", key, text, place)
    elif tick:
        row.put(key, column.option, text, place)


def _read_form(_key: str, row: Row, cell: Cell, place: Place, _year: int | None) -> None:
    text = cell.text
    values, person = _form_told(text)
    if len(values) != 1:
        if not is_blank(text):
            row.doubt(f"form_{'several' if values else 'unknown'}", "form", text, place)
        return
    row.put("form", values[0], text, place)
    if person and values[0] == "individual":
        row.put("full_name", person, text, place)


@lru_cache(maxsize=1024)
def _form_told(text: str) -> tuple[Sequence[str], str]:
    """Return which forms a text names, and the person behind "Cá nhân: …"."""
    person = _PERSON.match(normalise(text))
    return understood("form", text), person[1] if person else ""


def _read_mark(column: Column, row: Row, cell: Cell, place: Place, year: int | None) -> None:
    """Read a box that is ticked, or filled with what there is to say instead of a tick."""
    row.has_marks = True
    key, value = _MARKS[column.key or ""]
    text = cell.text
    tick = is_tick(text)
    if tick is False:
        return
    if tick or (told := understood(key, text)) == [value]:
        row.put(f"{key}:{value}", value, text, place)
        return
    if key == "continuity" and len(told) == 1:
        # a list without a column for it says "Duy trì" in another
        row.put(f"{key}:{told[0]}", told[0], text, place)
        return
    row.put(f"{key}:{value}", value, text, place)
    if value == "replicated":
        read_canonical(row, "intended_level", text, place)
    elif key == "continuity":
        _read_time("starts", row, cell, place, year)
    else:
        put_text(row, "full_name" if value == "individual" else "extra.leads", text, place)


def _settle_marks(row: Row) -> None:
    """Keep the form and continuity that one box told; two boxes contradict each other."""
    for key, names in _MARKED.items():
        marked = [name for name in names if name in row.values]
        found = [row.values.pop(name) for name in marked]
        if len(found) == 1:
            row.values.setdefault(key, found[0])
        elif found:
            texts = ", ".join(one.found for one in found)
            row.doubt(f"{key}_several", key, texts, found[-1].place)


def _read_time(key: str, row: Row, cell: Cell, place: Place, year: int | None) -> None:
    if cell.day:
        for end in ("starts", "ends") if key == "period" else (key,):
            row.put(end, cell.day, cell.text, place)
        return
    told = _time_told(cell.text, year)
    if told is None:
        return
    normal, read, is_clear = told
    if key == "period" or (key == "starts" and read.known and read.starts != read.ends):
        row.put("starts", read.starts, cell.text, place)
        row.put("ends", read.ends, cell.text, place)
    else:
        row.put(key, normal, cell.text, place)
    if not is_clear:
        row.doubt("period_unknown", "starts" if key == "period" else key, cell.text, place)


@lru_cache(maxsize=4096)
def _time_told(text: str, year: int | None) -> tuple[str, Times, bool] | None:
    """Return a time as it is kept, its ends, and whether it is clear; None for a blank."""
    bare = without_dots(text)
    if is_blank(bare):
        return None
    read = times(bare, year)
    return normalise(bare), read, read.known and is_time(bare, year)


_READERS: Mapping[str, Callable[[str, Row, Cell, Place, int | None], None]] = {
    **dict.fromkeys(_CANONICAL, _read_word),
    **dict.fromkeys(("starts", "ends", "period"), _read_time),
    "form": _read_form,
    "summary": _read_told,
}


def _last_part(entry: Entry, column: int) -> str:
    """Return the item with which a summary ended, to go on with in the next row."""
    parts = ("expected_results", "extra.leads", "full_name")
    held = [key for key in parts if key in entry.values]
    return next((key for key in held if entry.values[key].place.column == column), "content")


def read_summary(row: Row, text: str, place: Place, key: str = "content") -> None:
    """Part a summary into what is done, who does it and what is expected of it."""
    told: dict[str, list[str]] = {key: []}
    words = vocabulary().lines
    bare = normalise(without_dots(text), keep_lines=True)
    for line in vocabulary().parts.sub("\n", bare).split("\n"):
        label, colon, rest = line.partition(":")
        folded = fold(label) if colon else ""
        if folded in words["carried_out_by"]:
            key = "extra.leads"
        elif folded in words["results"]:
            key = "expected_results"
        else:
            rest = line
        told.setdefault(key, []).append(rest.strip())
    individual = "form:individual" in row.values
    for name, lines in told.items():
        whole = "\n".join(lines).strip()
        if name == "extra.leads" and individual and "full_name" not in row.values:
            name = "full_name"  # noqa: PLW2901 -- a person carries out what a person registers
        if whole and not is_blank(whole):
            row.put(name, whole, text, place)
