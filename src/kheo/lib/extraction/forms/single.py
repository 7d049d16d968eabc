"""Reads forms for one registration each, M1 and M2: labels with what is written behind them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kheo.lib.extraction.blocks.parts import Cell, Line
from kheo.lib.extraction.forms.cells import Row, put_text, read_canonical
from kheo.lib.extraction.forms.choices import read_choice
from kheo.lib.extraction.forms.found import Entry, Place, ReadForm, Trouble, Value
from kheo.lib.extraction.forms.heads import Heading, is_title, place_of, read_heading
from kheo.lib.extraction.forms.labels import Label, label_of, without_hint
from kheo.lib.extraction.forms.values import is_blank, times, without_dots
from kheo.lib.extraction.forms.vocabulary import vocabulary
from kheo.lib.text.folding import fold, normalise

_FEWEST_LABELS = 3
_UNNUMBERED = frozenset({"address", "full_name", "position", "workplace"})
_OPENING = frozenset({"name", "full_name"})
_CHOICES = frozenset({"field", "level"})
_WORDS = frozenset({"nature", "continuity", "intended_level"})
_LEAD_IN = ("nhu sau", "dang ky xay dung mo hinh", "thuc hien huong dan", "thuc hien ke hoach")
Answer = tuple[Line, tuple[Cell, ...]]


@dataclass
class _Form:
    """One form while it is gathered: where it begins, its labels and what follows each."""

    begins: int
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    labels: dict[str, tuple[Label, Line]] = field(default_factory=dict)
    ends: int = 0
    last_number: int = 0
    closed: bool = False

    @property
    def is_one(self) -> bool:
        """Tell whether enough labels stand there for a form."""
        return len(self.labels) >= _FEWEST_LABELS and "name" in self.labels


def read_singles(lines: Sequence[Line], part: str, stamp: str | None) -> tuple[list[ReadForm], int]:
    """Return the forms for one registration among lines, and where the last of them ends."""
    forms = _gathered(lines)
    found: list[ReadForm] = []
    start = 0
    for form in forms:
        above = lines[start : form.begins]
        # what precedes the first label, and what stands between labels and the lead-in
        found.append(_read(form, read_heading(above, part), part, stamp))
        start = form.ends
    return found, start


def _gathered(lines: Sequence[Line]) -> list[_Form]:
    forms: list[_Form] = []
    current: _Form | None = None
    for place, line in enumerate(lines):
        label = label_of(line)
        if current and label and _begins_anew(label, current):
            current = None
        if label and _belongs(label, current):
            if current is None:
                current = _Form(place)
                forms.append(current)
            current.labels[label.key] = (label, line)
            current.answers[label.key] = [_first_answer(label, line)]
            current.last_number = label.number or current.last_number
            current.ends = place + 1
        elif current:
            if is_title(line):
                current = None
            elif not current.closed:
                _go_on(current, line, place)
    return [form for form in forms if form.is_one]


def _belongs(label: Label, form: _Form | None) -> bool:
    """Tell whether a label is the form's own, not words of an answer that look like one."""
    if form is None or "name" not in form.labels:
        return form is None or label.key not in form.labels
    if label.key in form.labels or form.closed:
        return False
    if label.in_cell or not form.labels["name"][0].number:
        return True
    return label.number > form.last_number


def _begins_anew(label: Label, form: _Form) -> bool:
    if label.key not in form.labels or not form.is_one:
        return False
    return label.key in _OPENING | _UNNUMBERED and (
        form.closed or label.number == form.labels[label.key][0].number
    )


def _first_answer(label: Label, line: Line) -> Answer:
    first = line.cells[0]
    own = Cell(label.rest, first.column, first.span) if label.rest.strip() else None
    return line, (*([own] if own else []), *line.cells[1:])


def _go_on(form: _Form, line: Line, place: int) -> None:
    """Add a line to the last answer, unless it is the lead-in or the place to sign."""
    key = next(reversed(form.answers))
    if _is_closing(line):
        form.closed = True
    elif not (key in _UNNUMBERED and fold(line.text).startswith(_LEAD_IN)):
        form.answers[key].append((line, line.cells))
        form.ends = place + 1


def _is_closing(line: Line) -> bool:
    words = vocabulary().lines["closing"]
    texts = [fold(row) for cell in line.cells for row in cell.text.split("\n")]
    return any(
        text in words or (len(text) < 60 and any(text.startswith(f"{word} ") for word in words))
        for text in texts[:3]
    )


def _read(form: _Form, heading: Heading, part: str, stamp: str | None) -> ReadForm:
    row = Row()
    for key, answers in form.answers.items():
        _answer(row, key, answers, part, heading)
    layout, certain = _layout(form, heading)
    place = place_of(form.labels[next(iter(form.labels))][1], part)
    kind = "individual" if layout == "M2" else "collective"
    row.values["form"] = Value(kind, heading.first[:200], heading.place)
    troubles: tuple[Trouble, ...] = ()
    if other := heading.other_movement:
        troubles = (Trouble("other_movement", "", other, heading.place),)
    entry = Entry(place=place, values=row.values, troubles=tuple(row.troubles))
    return ReadForm(
        layout=None if troubles else layout,
        certain=certain and all(label.certain for label, _ in form.labels.values()),
        place=place,
        unit=heading.unit,
        year=heading.year,
        stamp=stamp,
        columns=(),
        entries=(entry,) if row.values.keys() - {"form"} and not troubles else (),
        troubles=troubles,
    )


def _layout(form: _Form, heading: Heading) -> tuple[str, bool]:
    if "full_name" in form.labels or "dang ky cua ca nhan" in heading.whole:
        return "M2", heading.names_movement
    return "M1", heading.names_movement


def _answer(row: Row, key: str, answers: list[Answer], part: str, heading: Heading) -> None:
    first = answers[0]
    if key in _CHOICES:
        _choice(row, key, answers, part)
        return
    texts = [without_hint(_joined(cells)) for _, cells in answers]
    kept = [text for text in texts if not is_blank(text)]
    text = without_dots("\n".join(kept))
    if not text:
        return
    filled = next(one for one, told in zip(answers, texts, strict=True) if not is_blank(told))
    place = place_of(filled[0], part, filled[1][-1])
    if key == "period":
        _period(row, text, heading, place_of(first[0], part))
    elif key in _WORDS:
        read_canonical(row, key, text, place)
    else:
        put_text(row, key, text, place)


def _joined(cells: tuple[Cell, ...]) -> str:
    return " ".join(cell.text for cell in cells)


def _period(row: Row, text: str, heading: Heading, place: Place) -> None:
    year = int(heading.year.understood) if heading.year else None
    read = times(text, year)
    row.put("starts", read.starts, text, place)
    row.put("ends", read.ends, text, place)
    if not read.known:
        row.doubt("period_unknown", "starts", text, place)


def _choice(row: Row, key: str, answers: list[Answer], part: str) -> None:
    cleaned = [
        (line, tuple(Cell(without_hint(c.text), c.column, c.span, c.depth) for c in cells))
        for line, cells in answers
    ]
    choice = read_choice(key, cleaned)
    if choice.line is None or choice.cell is None:
        return
    place = place_of(choice.line, part, choice.cell)
    found = choice.told or choice.line.text
    if len(choice.values) == 1:
        row.put(key, choice.values[0], normalise(found), place)
    elif not is_blank(without_dots(found)):
        code = f"{key}_several" if choice.values else f"{key}_unknown"
        row.doubt(code, key, normalise(found), place)
