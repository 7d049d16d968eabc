"""Lists of registrations as papers, by the layout that says what they show (M3, M4, S0, S1)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kheo.exemplars.enums import Continuity, Nature, State
from kheo.lib.papers.measures import profile_for
from kheo.lib.papers.nodes import (
    AnnexHead,
    Block,
    Closing,
    Column,
    Letterhead,
    Paper,
    Row,
    SectionRow,
    Signer,
    Table,
    TableRow,
    Title,
)
from kheo.lib.text.numbers import roman
from kheo.organisations.papers.letterheads import Issuer, place_and_date
from kheo.reporting.papers.texts import filled
from kheo.reporting.queries.lists import FieldSection, ListRow
from kheo.rounds.enums import Form
from kheo.rounds.queries.specs import ListColumn, ListSpec

FORMS = {Form.COLLECTIVE.value: "Tập thể", Form.INDIVIDUAL.value: "Cá nhân"}
NATURES = {Nature.MODEL.value: "Mô hình", Nature.EXEMPLARY.value: "Điển hình"}
STATES = {
    State.SUBMITTED.value: "Đã gửi",
    State.RETURNED.value: "Trả lại",
    State.ACCEPTED.value: "Chấp nhận",
    State.DECLINED.value: "Không chấp nhận",
}
MARK = "x"
KEPT_UP = "Duy trì"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPaper:
    """All that a list is made of: layout, texts, who issues it, and the rows."""

    spec: ListSpec
    texts: Mapping[str, str]
    issuer: Issuer
    dated: date | None
    sections: Sequence[FieldSection]
    levels: Mapping[int, str]
    # a list of several units names the unit of each row
    names_units: bool = False

    @property
    def year(self) -> int:
        """Return the year of the round."""
        return int(self.texts["year"])


def list_paper(wish: ListPaper, rows: Iterable[ListRow]) -> Paper:
    """Return the whole paper: head, title, table and the place to sign."""
    spec = wish.spec
    title = filled(spec.title, wish.texts)
    # papers follow the rules of the day they are issued; a blank date means the round's year
    profile = profile_for(wish.issuer.profile_kind, wish.dated or date(wish.year, 1, 1))
    return Paper(
        profile=profile.key,
        title=" ".join(title.split()),
        body=_body(wish, title, rows),
        head=_head(wish),
        orientation=spec.orientation,
        author=wish.issuer.name,
        dated=wish.dated,
    )


def _head(wish: ListPaper) -> Letterhead | None:
    form = wish.spec.letterhead
    if form != "none":
        return wish.issuer.letterhead(form, place_and_date(wish.issuer, wish.dated, wish.year))
    if not wish.spec.unit_line:
        return None
    line = filled(wish.spec.unit_line, wish.texts)
    return Letterhead(issuers=(line,), motto=False, mark=False)


def _body(wish: ListPaper, title: str, rows: Iterable[ListRow]) -> tuple[Block, ...]:
    spec = wish.spec
    attached = filled(spec.attached_to, wish.texts)
    head: Block = AnnexHead(title, attached) if attached else Title(title)
    columns = tuple(
        Column(
            filled(column.heading, wish.texts),
            column.width_mm,
            column.align,
            filled(column.group_heading, wish.texts),
            filled(column.note, wish.texts),
        )
        for column in spec.shown
    )
    table = Table(columns, _table_rows(wish, rows), numbering=spec.numbering_row)
    signers = tuple(Signer(position=one.position, note=one.note) for one in spec.signatures)
    if not signers:
        return head, table
    # a full letterhead has the place and date already
    dated = "" if spec.letterhead == "full" else place_and_date(wish.issuer, wish.dated, wish.year)
    return head, table, Closing(signers=signers, place_and_date=dated)


def _table_rows(wish: ListPaper, rows: Iterable[ListRow]) -> Iterable[TableRow]:
    writers = [_writer(column, wish) for column in wish.spec.shown]
    if wish.spec.group_by != "field":
        for number, row in enumerate(rows, start=1):
            yield Row(tuple(write(number, row) for write in writers))
        return
    by_field: dict[str, list[ListRow]] = {section.field: [] for section in wish.sections}
    for row in rows:
        by_field[row.field].append(row)
    for place, section in enumerate(wish.sections, start=1):
        words = {"number": roman(place), "label": section.label}
        yield SectionRow(filled(wish.spec.section, words), section.topics)
        for number, row in enumerate(by_field[section.field], start=1):
            yield Row(tuple(write(number, row) for write in writers))


Writer = Callable[[int, ListRow], str]


def _writer(column: ListColumn, wish: ListPaper) -> Writer:
    """Return what writes the cells of a column."""
    key = column.key
    if key in PLAIN:
        attribute = PLAIN[key]
        return lambda _number, row: str(getattr(row, attribute))
    if key in {"new", "kept", "replicated"}:
        return _continuity_writer(column, wish)
    if key == "address":
        return _address_with_unit if wish.names_units else _address
    labels = {section.field: section.label for section in wish.sections}
    named: dict[str, Writer] = {
        "level": lambda _number, row: wish.levels.get(row.level_id or 0, ""),
        "field": lambda _number, row: labels.get(row.field, ""),
    }
    own: Writer = lambda _number, row: str(row.extra.get(key, ""))  # noqa: E731 -- typed so
    return (named | WRITERS).get(key, own)


def _continuity_writer(column: ListColumn, wish: ListPaper) -> Writer:
    shown = {other.key for other in wish.spec.shown}
    # under "Thời gian triển khai" (M3, M4) stands the time, elsewhere a mark
    is_time = "thời gian" in f"{column.group_heading} {column.heading}".casefold()

    def mark(row: ListRow) -> str:
        return row.starts or MARK if is_time else MARK

    def kept(_number: int, row: ListRow) -> str:
        return mark(row) if row.continuity == Continuity.KEPT else ""

    def new(_number: int, row: ListRow) -> str:
        if row.continuity == Continuity.NEW:
            return mark(row)
        if row.continuity == Continuity.REPLICATED and "replicated" not in shown:
            return mark(row)
        # a list without a column for it says so in words
        return KEPT_UP if row.continuity == Continuity.KEPT and "kept" not in shown else ""

    def replicated(_number: int, row: ListRow) -> str:
        if row.continuity != Continuity.REPLICATED:
            return ""
        return wish.levels.get(row.intended_level_id or 0, MARK)

    return {"kept": kept, "new": new, "replicated": replicated}[column.key]


def _address(_number: int, row: ListRow) -> str:
    return row.address or row.scope or row.unit_name


def _address_with_unit(_number: int, row: ListRow) -> str:
    place = row.address or row.scope
    if not place or row.unit_name.casefold() in place.casefold():
        return place or row.unit_name
    return f"{row.unit_name}\n{place}"


def _form(_number: int, row: ListRow) -> str:
    name = f": {row.full_name}" if row.form == Form.INDIVIDUAL and row.full_name else ""
    return f"{FORMS[row.form]}{name}"


def _period(_number: int, row: ListRow) -> str:
    if row.starts and row.ends:
        return f"{row.starts} - {row.ends}"
    return row.starts or row.ends


def _summary(_number: int, row: ListRow) -> str:
    """Write what S0 asks for: the problem, who carries it out, the expected results."""
    carriers = row.extra.get("leads") or (row.full_name if row.form == Form.INDIVIDUAL else "")
    parts = (
        row.extra.get("problem") or row.content,
        f"Thực hiện: {carriers}" if carriers else "",
        f"Dự kiến kết quả: {row.expected_results}" if row.expected_results else "",
    )
    return "\n".join(str(part).strip() for part in parts if part)


# key of a column → attribute of a row
PLAIN = {
    "name": "name",
    "unit": "unit_name",
    "full_name": "full_name",
    "position": "position",
    "workplace": "workplace",
    "content": "content",
    "scope": "scope",
    "starts": "starts",
    "ends": "ends",
    "expected_results": "expected_results",
}
WRITERS: dict[str, Writer] = {
    "ordinal": lambda number, _row: str(number),
    "numbered_name": lambda number, row: f"{number}. {row.name}",
    "form": _form,
    "collective": lambda _number, row: MARK if row.form == Form.COLLECTIVE else "",
    "individual": lambda _number, row: MARK if row.form == Form.INDIVIDUAL else "",
    "nature": lambda _number, row: NATURES[row.nature],
    "summary": _summary,
    "period": _period,
    "goals": lambda _number, row: str(row.extra.get("goals") or row.expected_results),
    "state": lambda _number, row: STATES.get(row.state, ""),
    "note": lambda _number, _row: "",
}
