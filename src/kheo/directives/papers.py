"""The annex "Tổng hợp văn bản triển khai" of S0 as a paper."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kheo.directives.enums import DocumentKind
from kheo.directives.models import VIETNAMESE_NAMES, written_day
from kheo.directives.queries.summary import SummaryRow
from kheo.lib.papers.measures import profile_for
from kheo.lib.papers.nodes import AnnexHead, Column, Letterhead, Paper, Row, Table, TableRow

TITLE = "TỔNG HỢP VĂN BẢN TRIỂN KHAI CHỈ ĐẠO, THỰC HIỆN"
GROUP = "Văn bản chỉ đạo, triển khai, hướng dẫn"
# S0: year, then number and date, content and issuer under one heading, then remarks
COLUMNS = (
    Column("Năm", 14, "center"),
    Column("Số, ngày, tháng, năm", 42, "left", GROUP),
    Column("Nội dung", 96, "left", GROUP),
    Column("Cơ quan ban hành văn bản", 50, "left", GROUP),
    Column("Ghi chú", 40, "left"),
)


@dataclass(frozen=True, kw_only=True)
class SummaryPaper:
    """What the annex is made of besides its lines.

    ``attached_to`` names the paper it comes with, "Kèm theo Báo cáo số …"; dots where unknown.
    """

    unit_name: str
    is_party: bool
    year_from: int
    year_to: int
    dated: date
    attached_to: str = ""


def summary_paper(wish: SummaryPaper, rows: Iterable[SummaryRow]) -> Paper:
    """Return the annex; a year without documents stands in it with an empty line, as S0 asks."""
    profile = profile_for("party" if wish.is_party else "state", wish.dated)
    return Paper(
        profile=profile.key,
        title=TITLE.capitalize(),
        body=(AnnexHead(TITLE, wish.attached_to), Table(COLUMNS, _lines(wish, rows))),
        head=Letterhead(issuers=(wish.unit_name.upper(),), motto=False, mark=False),
        orientation="landscape",
        author=wish.unit_name,
        dated=wish.dated,
    )


def _lines(wish: SummaryPaper, rows: Iterable[SummaryRow]) -> Iterator[TableRow]:
    year = wish.year_from
    last = None
    for row in rows:
        # years are told once each, also those in which nothing was issued
        while year < row.issued_on.year:
            if last != year:
                yield Row((str(year), "", "", "", ""))
            year += 1
        shown = "" if last == year else str(year)
        last = year
        yield Row((shown, number_and_date(row), _content(row), row.issuer, row.note))
    while year <= wish.year_to:
        if last != year:
            yield Row((str(year), "", "", "", ""))
        year += 1


def number_and_date(row: SummaryRow) -> str:
    """Write "Số 31-KH/TU", and "ngày 16/3/2021" below it."""
    day = f"ngày {written_day(row.issued_on.isoformat())}"
    return f"Số {row.symbol}\n{day}" if row.symbol else day


def _content(row: SummaryRow) -> str:
    return f"{VIETNAMESE_NAMES[DocumentKind(row.kind)]} {row.subject}"
