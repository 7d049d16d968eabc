"""The few marks in which reports are written: items, tables, emphasis, footnotes and figures."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

# one answer under one heading; a report of 60 pages has some 150,000 letters in all
LONGEST = 200_000

_FIGURE = r"\{(?P<words>[^{}#\n]{0,300})#(?P<number>\d{1,6})\}"
_NOTE = r"\[\[(?P<note>[^\n]{1,3000}?)\]\]"
_BOLD = r"\*\*(?P<bold>[^\s*](?:[^\n]{0,2000}?[^\s*])?)\*\*"
_ITALIC = r"(?<!\*)\*(?P<italic>[^\s*](?:[^*\n]{0,2000}?[^\s*])?)\*(?!\*)"
_FIGURES = re.compile(_FIGURE)
_NOTES = re.compile(_NOTE)
_MARKS = re.compile(f"{_FIGURE}|{_NOTE}|{_BOLD}|{_ITALIC}")
_ITEM = re.compile(r"(?P<mark>[-+])\s+(?P<text>\S.*)")
_ROW = re.compile(r"\|(?P<cells>.+)\|")
_RULE_OF_TABLE = re.compile(r"\|[\s|:-]+\|")


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of text in one face."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class FigureMark:
    """A place where a figure of the report stands; `words` are what was last shown there."""

    number: int
    words: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, told at the place where its number stands."""

    spans: tuple["Text | FigureMark", ...]


Span = Text | FigureMark | Note
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: one line of what was written."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a list: depth 1 begins with "-", depth 2 with "+"."""

    spans: Spans
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first row is its head, and all rows have the same number of cells."""

    rows: tuple[tuple[Spans, ...], ...]


Block = Paragraph | Item | Grid


def parse(text: str) -> tuple[Block, ...]:
    """Return what a text in these marks consists of.

    Each line is a paragraph; "- " and "+ " begin items; lines between bars are rows of a table.
    `**bold**`, `*italic*`, `[[footnote]]` and `{386 mô hình #3}` stand inside a line. A mark that
    is not closed is text like any other: nothing that was typed is lost.
    """
    return tuple(_blocks(text))


def figure_numbers(text: str) -> list[int]:
    """Return the numbers of the figures in a text, each once, in the order of reading."""
    return list(dict.fromkeys(int(found["number"]) for found in _FIGURES.finditer(text)))


def figure_mark(number: int, words: str) -> str:
    """Return how a figure is written into a text."""
    kept = " ".join(re.sub(r"[{}#]", " ", words).split())
    return f"{{{kept} #{number}}}"


def with_figures(text: str, words: Mapping[int, str]) -> str:
    """Return the text with the words of each figure made new; figures not given stay."""

    def renewed(found: re.Match[str]) -> str:
        told = words.get(int(found["number"]))
        return found[0] if told is None else figure_mark(int(found["number"]), told)

    return _FIGURES.sub(renewed, text)


def told_figures(text: str, words: Mapping[int, str]) -> str:
    """Return the text with each figure as plain words; its other marks stay.

    :param words: what each figure says; of those not given the words last shown.
    """
    return _FIGURES.sub(lambda found: words.get(int(found["number"]), found["words"].strip()), text)


def plain_prose(text: str, words: Mapping[int, str] | None = None) -> str:
    """Return a text without its marks and footnotes, a line for each paragraph, item and row.

    :param words: what each figure says now; of those not given the words last shown.
    """
    return "\n".join(_plain_lines(parse(text), words or {}))


def without_notes(text: str) -> str:
    """Return a text without its footnotes."""
    return _NOTES.sub("", text)


def plain_spans(spans: Spans, words: Mapping[int, str] | None = None) -> str:
    """Return the words of a line without its footnotes.

    :param words: what each figure says now; of those not given the words last shown.
    """
    told = words or {}
    return "".join(
        span.text if isinstance(span, Text) else told.get(span.number, span.words)
        for span in spans
        if not isinstance(span, Note)
    )


def _plain_lines(blocks: tuple[Block, ...], words: Mapping[int, str]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                yield " | ".join(plain_spans(cell, words) for cell in row)
        else:
            yield plain_spans(block.spans, words)


def _blocks(text: str) -> Iterator[Block]:
    rows: list[tuple[Spans, ...]] = []
    for line in text.splitlines():
        line = line.strip()  # noqa: PLW2901 what stands around a line says nothing
        if row := _row(line):
            rows.append(row)
            continue
        if rows and not _RULE_OF_TABLE.fullmatch(line):
            yield _grid(rows)
            rows = []
        if line and not _RULE_OF_TABLE.fullmatch(line):
            yield _line(line)
    if rows:
        yield _grid(rows)


def _row(line: str) -> tuple[Spans, ...] | None:
    """Return the cells of a row, or None when the line is none."""
    found = _ROW.fullmatch(line)
    if found is None or _RULE_OF_TABLE.fullmatch(line):
        return None
    return tuple(_spans(cell.strip()) for cell in found["cells"].split("|"))


def _grid(rows: list[tuple[Spans, ...]]) -> Grid:
    width = max(len(row) for row in rows)
    return Grid(tuple(row + ((),) * (width - len(row)) for row in rows))


def _line(line: str) -> Block:
    if found := _ITEM.fullmatch(line):
        return Item(_spans(found["text"]), depth=1 if found["mark"] == "-" else 2)
    return Paragraph(_spans(line))


def _spans(line: str) -> Spans:
    return tuple(_pieces(line, Text("")))


def _pieces(line: str, face: Text) -> Iterator[Span]:
    """Yield the spans of a line; `face` says whether it stands in bold or italics already."""
    done = 0
    for found in _MARKS.finditer(line):
        if found.start() > done:
            yield replace(face, text=line[done : found.start()])
        yield from _marked(found, face)
        done = found.end()
    if done < len(line):
        yield replace(face, text=line[done:])


def _marked(found: re.Match[str], face: Text) -> Iterator[Span]:
    if found["number"]:
        yield FigureMark(int(found["number"]), found["words"].strip(), face.bold, face.italic)
    elif (note := found["note"]) is not None:
        # a note within a note has no place at the foot of a page: its brackets stay
        yield Note(tuple(span for span in _spans(note) if not isinstance(span, Note)))
    elif (inner := found["bold"]) is not None:
        yield from _pieces(inner, replace(face, bold=True))
    else:
        yield from _pieces(found["italic"], replace(face, italic=True))
