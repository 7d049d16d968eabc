"""Reads addressees, recipients and the signature of a paper."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kheo.lib.extraction.directives.casing import in_ordinary_letters
from kheo.lib.extraction.directives.found import CERTAIN, LIKELY, Finding
from kheo.lib.extraction.directives.paper import Paper, Span
from kheo.lib.extraction.directives.rules import rule, table
from kheo.lib.text.folding import fold, normalise

_DASHES = "-–—+*•·"
_MOST_ITEMS = 60
_REACH = 30
_LONGEST_ITEM = 160


@dataclass
class Ends:
    """Where the end of a paper begins, and where what is annexed to it begins."""

    start: int
    end: int
    findings: tuple[Finding, ...] = ()


@dataclass
class _Block:
    """The lines of signing as they are gathered."""

    authority: str | None
    body: str | None
    positions: list[str]
    name: str | None = None

    def take(self, text: str) -> bool:
        """Take a line below the mark; tell whether it is of the block."""
        if signed := rule("ends", "signature.name").pattern.match(text):
            self.name = signed["name"]
            return True
        if not text.isupper():
            return False
        if rule("ends", "signature.mark").pattern.match(text):
            return True
        if _is_position(text):
            self.positions.append(text)
        elif self.positions:
            self.positions[-1] = f"{self.positions[-1]} {text}"
        elif self.body:
            self.body = f"{self.body} {text}"
        return True

    def value(self) -> dict[str, str | None]:
        """Return what is told of the block, in ordinary letters."""
        position = self.positions[-1].strip() if self.positions else None
        return {
            "authority": self.authority,
            "body": in_ordinary_letters(self.body.strip()) if self.body else None,
            "position": in_ordinary_letters(position) if position else None,
            "name": normalise(self.name) if self.name else None,
        }


def addressee_findings(paper: Paper, start: int) -> Iterator[Finding]:
    """Tell to whom a letter goes; ``start`` is where its head ends."""
    for number, line in enumerate(paper.lines):
        if line.start < start:
            continue
        if line.start > start + 3000:
            return
        cells = paper.cells(line)
        label = _label(paper, cells)
        if label:
            cells = [cell for cell in cells if cell.start > label.start()]
            cells.insert(0, Span(label.end(), label.endpos))
            for below in paper.lines[number + 1 : number + _MOST_ITEMS]:
                cells += paper.cells(below)
            yield from _items(paper, cells, "addressee", "addressees.label")
            return


def _label(paper: Paper, cells: list[Span]) -> re.Match[str] | None:
    pattern = rule("ends", "addressees.label").pattern
    found = (pattern.match(paper.folded, cell.start, cell.end) for cell in cells)
    return next((label for label in found if label), None)


def read_ends(paper: Paper, start: int) -> Ends:
    """Find recipients and signature below the paper's own text."""
    recipients = _first_line(paper, "recipients.label", start)
    signature = _signature(paper, start, recipients)
    listed = list(_recipients(paper, recipients)) if recipients else []
    found = [*listed, *([signature] if signature else [])]
    if not found and recipients is None:
        return Ends(len(paper.text), len(paper.text))
    begin = min([one.start for one in found] + ([recipients.start] if recipients else []))
    last = max([one.end for one in found] + ([recipients.end] if recipients else []))
    return Ends(begin, last, tuple(found))


def _first_line(paper: Paper, name: str, start: int) -> Span | None:
    pattern = rule("ends", name).pattern
    for line in paper.lines:
        if line.start < start:
            continue
        for cell in paper.cells(line):
            if pattern.match(paper.folded, cell.start, cell.end):
                return cell
    return None


def _recipients(paper: Paper, label: Span) -> Iterator[Finding]:
    found = rule("ends", "recipients.label").pattern.match(paper.folded, label.start, label.end)
    cells = [Span(found.end() if found else label.end, label.end, label.column)]
    below = [line for line in paper.lines if line.start > label.end][:_MOST_ITEMS]
    for line in below:
        cells += [cell for cell in paper.cells(line) if cell.column == label.column]
    yield from _items(paper, cells, "recipient", "recipients.label")


def _items(paper: Paper, cells: list[Span], field: str, name: str) -> Iterator[Finding]:
    """Yield the items of a list that follows its label: by dashes, or a line each."""
    items: list[Span] = []
    for cell in (paper.trimmed(one.start, one.end) for one in cells):
        text = paper.of(cell)
        if not text:
            continue
        dashed = text[0] in _DASHES
        gap = bool(items) and "\n\n" in paper.text[items[-1].end : cell.start]
        if items and not dashed and _closes(paper, items[-1], text, gap=gap):
            break
        begins = cell.start + 1 if dashed else cell.start
        if items and not dashed and _runs_on(paper, items[-1], text):
            items[-1] = Span(items[-1].start, cell.end)
        else:
            items.append(paper.trimmed(begins, cell.end))
        if field == "recipient" and fold(paper.of(items[-1])).startswith("luu") and _full(text):
            break
    for item in items:
        yield from _parts(paper, item, field, name)


def _parts(paper: Paper, item: Span, field: str, name: str) -> Iterator[Finding]:
    value = normalise(" ".join(paper.of(item).split())).strip(" ,;.:/")
    if value:
        yield paper.finding(field, (item.start, item.end), value, name, CERTAIN)


def _closes(paper: Paper, item: Span, text: str, *, gap: bool) -> bool:
    """Tell whether a line without a dash is no longer of the list."""
    above = paper.of(item).rstrip()
    if _is_signing(text):
        return True
    if len(text) > _LONGEST_ITEM or above.endswith((".", "!")):
        return True
    # paragraphs of a Word file stand apart even where they are items of one list
    return gap and not above.endswith((",", ";"))


def _runs_on(paper: Paper, item: Span, text: str) -> bool:
    above = paper.of(item).rstrip()
    return text[:1].islower() or not above.endswith((",", ";", "."))


def _full(text: str) -> bool:
    return text.rstrip().endswith((".", "./"))


def _is_signing(text: str) -> bool:
    if rule("ends", "signature.mark").pattern.match(text):
        return True
    return text.isupper() and _is_position(text)


def _is_position(text: str) -> bool:
    folded = fold(text)
    return any(folded == one or folded.startswith(f"{one} ") for one in table("positions")["heads"])


def _signature(paper: Paper, start: int, recipients: Span | None) -> Finding | None:
    lines = [line for line in paper.lines if line.start >= start]
    for number, line in enumerate(lines):
        near = recipients is not None and -600 < line.start - recipients.start < 4000
        for cell in paper.cells(line):
            text = paper.of(cell)
            marked = rule("ends", "signature.mark").pattern.match(text)
            if marked or (near and text.isupper() and _is_position(text)):
                found = _signed(paper, cell, lines[number + 1 : number + _REACH])
                if found:
                    return found
    return None


def _signed(paper: Paper, first: Span, below: list[Span]) -> Finding | None:
    """Read a block of signing from its first line: mark, body, position, name."""
    marked = rule("ends", "signature.mark").pattern.match(paper.of(first))
    block = _Block(
        authority=marked["mark"].replace(" ", "") if marked else None,
        body=marked["body"] if marked else None,
        positions=[] if marked else [paper.of(first)],
    )
    last = first
    for cell in _column(paper, below, first.column):
        if block.take(paper.of(cell).strip("* ")):
            last = cell
        if block.name:
            break
    if block.name is None and not block.positions:
        return None
    sure = CERTAIN if marked and block.name else LIKELY
    return paper.finding(
        "signature", (first.start, last.end), block.value(), "signature.mark", sure
    )


def _column(paper: Paper, lines: list[Span], column: int) -> Iterator[Span]:
    """Yield the cells of a column, and lines of one cell that are no item of the list beside."""
    for line in lines:
        cells = paper.cells(line)
        for cell in cells:
            alone = len(cells) == 1 and paper.text[cell.start] not in _DASHES
            if cell.column == column or alone:
                yield cell
