"""The report of a body as an official paper: by the outline, with footnotes and annexes."""

from collections.abc import Iterator
from typing import Literal, cast

from kheo.lib.papers.nodes import (
    AnnexHead,
    Block,
    Heading,
    Hint,
    PageBreak,
    Paper,
    Paragraph,
    Title,
)
from kheo.reviews.models import Report
from kheo.reviews.papers.heading import REPORT, Sender, dressed, lowered, sender_of
from kheo.reviews.papers.prose import blocks_of
from kheo.reviews.queries.figures import words_of_report
from kheo.reviews.queries.reviews import outline_of
from kheo.reviews.queries.tables import AnnexTable, annex_tables

NAME = "Báo cáo"
DEEPEST = 4
# columns of a table that still stands upright
MOST_UPRIGHT = 5
MOST_NAMED = 5

Level = Literal[1, 2, 3, 4]


def report_paper(report: Report) -> Paper:
    """Return a report as a tree of parts; what is frozen is told as it was handed in.

    The report comes with its review and document, its organisation, and its parent with the
    organisation. The same data gives the same paper.
    """
    sender = sender_of(report)
    subject = subject_of(report)
    return Paper(
        profile=sender.profile.key,
        title=f"{NAME} {subject}"[:200],
        author=sender.issuer.name,
        dated=report.dated,
        head=sender.head(REPORT),
        body=(*_body(report, sender, subject), sender.closing(), *_annexes(report, sender)),
    )


def subject_of(report: Report) -> str:
    """Return what the report is about, as it goes on after its name."""
    title = report.review.title.strip().rstrip(".")
    for start in ("báo cáo ", "về "):
        if title.casefold().startswith(start):
            title = title[len(start) :]
    return lowered(title)


def opening_of(report: Report, speaker: str) -> str:
    """Return the first sentence: which document is carried out, and who reports (S3)."""
    document = report.review.document
    start = f"Thực hiện {document.citation}; " if document else ""
    middle = "kết quả thực hiện" if document else f"kết quả {subject_of(report)}"
    return f"{start}{speaker} báo cáo {middle} như sau:"


def _body(report: Report, sender: Sender, subject: str) -> Iterator[Block]:
    words = words_of_report(report)
    bodies = dict(report.answers.values_list("heading_id", "body"))
    yield Title("BÁO CÁO", dressed(subject))
    yield Paragraph(dressed(opening_of(report, sender.speaker.name)))
    for line in outline_of(report.review):
        title = line.heading.title.strip().rstrip(".")
        yield Heading(dressed(title), cast("Level", min(line.depth, DEEPEST)))
        yield from blocks_of(bodies.get(line.heading.pk, ""), words)
    yield Paragraph(dressed(f"Trên đây là {lowered(NAME)} {subject} của {sender.speaker.name}./."))


def _annexes(report: Report, sender: Sender) -> Iterator[Block]:
    tables = annex_tables(report)
    attached = sender.attached_to(REPORT, NAME)
    for number, table in enumerate(tables, start=1):
        label = f"Phụ lục {number}" if len(tables) > 1 else "Phụ lục"
        yield PageBreak("landscape" if _is_wide(table) else "portrait")
        yield AnnexHead(table.title, attached, label)
        if table.is_provisional:
            yield Hint(_provisional(table))
        yield table.table
        if table.note:
            yield Hint(table.note)


def _is_wide(table: AnnexTable) -> bool:
    """Tell whether a table goes on a sheet laid sideways: a list of models needs room for words."""
    return table.is_wide or len(table.columns) > MOST_UPRIGHT


def _provisional(table: AnnexTable) -> str:
    missing = len(table.missing)
    named = ", ".join(table.missing[:MOST_NAMED]) + (", …" if missing > MOST_NAMED else "")
    return f"Số liệu tạm tính: còn {missing} đơn vị chưa đăng ký hoặc chưa gửi báo cáo ({named})"
