"""Turns what is pasted out of Word, Excel or a page into the marks of ``lib.text.prose``."""

import re
from html.parser import HTMLParser

from kheo.lib.text.folding import normalise

# a tag that such programs write; "số hộ < 5" is none
_MARKUP = re.compile(
    r"</?(?:p|div|span|br|table|tbody|tr|td|th|ul|ol|li|b|i|strong|em|u|font|h[1-6]|html|body|head"
    r"|style|script|meta|img|a|o:p|w:\w+|sup|sub)\b[^<>]{0,2000}/?>|<!--",
    re.IGNORECASE,
)
_DASHES = re.compile(
    r"^\s*[\u2022\u00b7\u25aa\u25cf\u25a0\uf0b7\uf02d\u2013\u2014*\u2212][ \t\u00a0]+", re.M
)
_PLUSES = re.compile(r"^\s*(?:o\t|[\u25e6\u25cb]\s+)", re.M)
_SILENT = frozenset({"script", "style", "head", "title", "template", "svg", "object", "xml"})
_ENDS_LINE = frozenset(
    {"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "ul", "ol"}
)
_FACES = {"b": "**", "strong": "**", "i": "*", "em": "*"}


def clean_prose(text: str) -> str:
    """Return a text as it is kept: in the marks, its letters composed, without rubbish.

    Markup becomes marks (tables, lists, bold and italics), scripts, styles and pictures go; bullets
    become "- "; cells between tabs, as Excel gives them, become rows of a table.
    """
    if _MARKUP.search(text):
        text = _out_of_markup(text)
    text = _PLUSES.sub("+ ", _DASHES.sub("- ", text))
    return normalise(_with_rows(text), keep_lines=True)


def _with_rows(text: str) -> str:
    """Turn neighbouring lines of cells between tabs into rows; a lone tab is a space."""
    if "\t" not in text:
        return text
    lines = text.splitlines()
    tabbed = ["\t" in line.strip() for line in lines]
    for place, line in enumerate(lines):
        neighbours = tabbed[max(place - 1, 0) : place + 2]
        if tabbed[place] and sum(neighbours) > 1:
            cells = (cell.strip().replace("|", "/") for cell in line.strip("\r\n ").split("\t"))
            lines[place] = f"| {' | '.join(cells)} |"
        else:
            lines[place] = line.replace("\t", " ")
    return "\n".join(lines)


def _out_of_markup(text: str) -> str:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    # something silent that never ends would swallow all that follows: keep it, without tags
    return _MARKUP.sub(" ", text) if reader.is_cut_off else reader.told()


class _Reader(HTMLParser):
    """Collects the words of markup as lines in marks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._silent = 0
        self._depth = 0
        # the cells of the row that is being read; None outside of tables
        self._cells: list[list[str]] | None = None
        # where the faces that are open began
        self._faces: list[tuple[list[str], int]] = []

    @property
    def is_cut_off(self) -> bool:
        """Tell whether the markup ends in the middle of a script, a style or a head."""
        return self._silent > 0

    def told(self) -> str:
        """Return all that was read."""
        self._end_row()
        return "".join(self._lines)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 the parser's form
        """Begin a line, an item, a row or a face."""
        if tag in _SILENT:
            self._silent += 1
        elif tag in {"ul", "ol"}:
            self._depth += 1
        elif tag == "li":
            self._say("\n" + ("+ " if self._depth > 1 else "- "))
        elif tag == "tr":
            self._end_row()
            self._cells = []
        elif tag in {"td", "th"} and self._cells is not None:
            self._cells.append([])
        elif tag in _FACES:
            self._faces.append((self._place(), len(self._place())))
        elif tag in _ENDS_LINE:
            self._say("\n")

    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in {"ul", "ol"}:
            self._depth = max(self._depth - 1, 0)
            self._say("\n")
        elif tag == "tr":
            self._end_row()
        elif tag in _FACES and self._faces:
            self._dress(*self._faces.pop(), _FACES[tag])
        elif tag in _ENDS_LINE:
            self._say("\n")

    def handle_data(self, data: str) -> None:
        """Take words; breaks of lines in markup mean nothing, tabs neither."""
        self._say(" ".join(re.split(r"[\t\r\n]+", data)))

    def _place(self) -> list[str]:
        """Return where words go: into the cell that is open, or into the lines."""
        return self._cells[-1] if self._cells else self._lines

    def _say(self, words: str) -> None:
        if self._silent or self._cells == []:
            return
        if self._cells:
            words = words.replace("|", "/").replace("\n", " ")
        self._place().append(words)

    def _dress(self, place: list[str], since: int, mark: str) -> None:
        """Put marks around what was said since; they stand close to the words, in one line."""
        words = "".join(place[since:])
        if not (inner := words.strip()) or "\n" in words:
            return
        before, after = words.split(inner, 1)
        place[since:] = [before, mark, inner, mark, after]

    def _end_row(self) -> None:
        cells, self._cells = self._cells, None
        if cells:
            # several paragraphs in a cell are one line of a row
            told = (" ".join("".join(cell).split()) for cell in cells)
            self._lines.append(f"\n| {' | '.join(told)} |\n")
