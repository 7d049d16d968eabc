"""What a paper is made of: frozen parts, in the order in which they stand on the sheet."""

from collections.abc import Iterable
from dataclasses import InitVar, dataclass, field
from datetime import date
from typing import Literal

Align = Literal["left", "center", "right", "justify"]
Orientation = Literal["portrait", "landscape"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face; line feeds in it are line breaks.

    `note` is a footnote whose mark stands after the text; `mark` is its number, which is given when
    the paper is rendered.
    """

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    note: str = ""
    mark: int = 0


Rich = str | tuple[Run, ...]


def rich(*parts: str | Run) -> tuple[Run, ...]:
    """Join plain and dressed pieces into one text.

    :param parts: plain strings and runs, in order of reading.
    """
    return tuple(part if isinstance(part, Run) else Run(part) for part in parts)


def italic(text: str) -> Run:
    """Dress a text in italics, as the papers do with “Dân vận khéo”."""
    return Run(text, italic=True)


def bold(text: str) -> Run:
    """Dress a text in bold, as the papers do with deadlines."""
    return Run(text, bold=True)


def footnote(text: str) -> Run:
    """Put the mark of a footnote at a place of a text.

    :param text: what stands at the foot of the page.
    """
    return Run("", note=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The head of a paper; leave number, date and motto out for the lighter head of a form.

    `superiors` and `issuers` are printed as given (capitals are the caller's choice). `motto` asks
    for the party's name or the state's motto at the right; `mark` for the asterisk or the short
    rule under the issuer. `about` is the subject of an official letter, under its number.
    """

    issuers: tuple[str, ...]
    superiors: tuple[str, ...] = ()
    number: str = ""
    about: str = ""
    place_and_date: str = ""
    motto: bool = True
    mark: bool = True


@dataclass(frozen=True, slots=True)
class Title:
    """The name of the type in bold capitals, and below it what the paper is about."""

    kind: str
    subject: Rich = ""


@dataclass(frozen=True, slots=True)
class Addressees:
    """Kính gửi: one body on the line, or several as a list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that numbers itself: I. / 1. / 1.1. / 1.1.1. by level 1 to 4."""

    text: Rich
    level: Literal[1, 2, 3, 4] = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `indent` asks for the first line set in, as the body of a paper has it."""

    text: Rich
    align: Align = "justify"
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Hint:
    """A remark of the form in small italics, brackets put around it when it has none."""

    text: str


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One item of a form, "1. Tên mô hình đăng ký: …"; dots stand where no value is given.

    `label` carries its number but no colon. A value of several lines keeps its lines. `hint`
    follows on the same line, in italics and brackets. `dots` is off where boxes follow instead.
    """

    label: str
    value: str = ""
    hint: str = ""
    dots: bool = True


@dataclass(frozen=True, slots=True)
class CheckBox:
    """One choice and whether it carries the x."""

    label: str
    checked: bool = False


@dataclass(frozen=True, slots=True)
class CheckBoxes:
    """Choices one below the other, each with its box."""

    options: tuple[CheckBox, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    `width` is a weight (write millimetres if you like): columns share the width of the page in
    this proportion. Neighbours with the same `group` stand under one common heading. `note`
    follows the heading in plain italics.
    """

    heading: str
    width: float = 10
    align: Align = "left"
    group: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An ordinary row: as many texts as there are columns."""

    cells: tuple[Rich, ...]


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A row across all columns, "I. LĨNH VỰC KINH TẾ", with an optional remark not in bold."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A bold row; `label` spans the columns before the given cells."""

    label: str
    cells: tuple[Rich, ...] = ()


TableRow = Row | SectionRow | TotalRow


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table whose head is repeated on every page and whose rows stay on one page.

    Rows may come from any iterable; they are kept in `body`. `numbering` adds the row 1 2 3 …
    under the heads.
    """

    columns: tuple[Column, ...]
    rows: InitVar[Iterable[TableRow]]
    numbering: bool = False
    body: tuple[TableRow, ...] = field(init=False)

    def __post_init__(self, rows: Iterable[TableRow]) -> None:
        """Keep the rows.

        :raises ValueError: when a row has more or fewer cells than there are columns.
        """
        body = tuple(rows)
        width = len(self.columns)
        for place, row in enumerate(body, start=1):
            if isinstance(row, Row) and len(row.cells) != width:
                msg = f"row {place} has {len(row.cells)} cells, the table {width} columns"
                raise ValueError(msg)
            if isinstance(row, TotalRow) and len(row.cells) >= width:
                msg = f"total row {place} leaves no column for its label"
                raise ValueError(msg)
        object.__setattr__(self, "body", body)


@dataclass(frozen=True, slots=True)
class AnnexHead:
    """The head of an annex: title, and which document it came with, "(Kèm theo … )"."""

    title: str
    attached_to: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """One place to sign: authority "T/M BAN THƯỜNG VỤ", position, remark in brackets, name."""

    position: str
    authority: str = ""
    note: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The end of a paper: recipients at the left, one signature at the right, or several abreast.

    `place_and_date` stands in italics above the last signature, for papers without a dated head.
    """

    signers: tuple[Signer, ...]
    recipients: tuple[str, ...] = ()
    place_and_date: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a new page, turned if `orientation` says so."""

    orientation: Orientation | None = None


Block = (
    Title
    | Addressees
    | Heading
    | Paragraph
    | Hint
    | FieldLine
    | CheckBoxes
    | Table
    | AnnexHead
    | Closing
    | PageBreak
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper.

    `profile` is a key of `measures.PROFILES`; `title` and `author` go into the properties of the
    file, `dated` too (no clock is read). `label` stands at the top right ("Mẫu M1"). `stamp` is
    kept in the properties of a Word file, where nobody sees it, and comes back as it is.
    """

    profile: str
    title: str
    body: tuple[Block, ...]
    head: Letterhead | None = None
    orientation: Orientation = "portrait"
    label: str = ""
    author: str = ""
    dated: date | None = None
    stamp: str = ""
