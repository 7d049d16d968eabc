"""The score sheet of a file: criteria, most points, and what unit, superior and council gave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kheo.appraisal.models import FileScore
from kheo.appraisal.queries.sides import SideBySide, SideLine
from kheo.criteria.enums import CriterionKind, Side
from kheo.criteria.models import Criterion
from kheo.criteria.rules.totals import Total, said
from kheo.lib.papers.measures import profile_for
from kheo.lib.papers.nodes import (
    Closing,
    Column,
    FieldLine,
    Paper,
    Row,
    Table,
    Title,
    bold,
    rich,
)
from kheo.organisations.papers.letterheads import Issuer, place_and_date
from kheo.organisations.papers.speakers import Speaker

COLUMNS = (
    Column("TT", 11, "center"),
    Column("Nội dung tiêu chí", 86, "left"),
    Column("Điểm tối đa", 17, "center"),
    Column("Đơn vị tự chấm", 17, "center"),
    Column("Cấp trên chấm", 17, "center"),
    Column("Hội đồng chấm", 17, "center"),
    Column("Giải trình, lý do thay đổi, minh chứng", 82, "left"),
)


@dataclass(frozen=True, kw_only=True)
class SheetWish:
    """Who hands the sheet in, who signs it, and on what day."""

    issuer: Issuer
    speaker: Speaker
    dated: date | None
    year: int


def score_sheet(seen: SideBySide, wish: SheetWish) -> Paper:
    """Return the sheet of a file, in the form of the unit that scores itself."""
    file = seen.file
    day = wish.dated or date(wish.year, 12, 31)
    profile = profile_for(wish.issuer.profile_kind, day)
    dated = place_and_date(wish.issuer, wish.dated, wish.year)
    subject = file.title_entry.title if file.title_entry else "mô hình, điển hình “Dân vận khéo”"
    return Paper(
        profile=profile.key,
        title=f"Bảng điểm {file.name}"[:120],
        body=(
            Title("BẢNG ĐIỂM", f"{subject} năm {file.year}"),
            FieldLine("Đơn vị", file.unit_name),
            *([] if file.is_title else [FieldLine("Mô hình, điển hình", file.name)]),
            FieldLine("Chấm theo", _set_words(seen)),
            Table(COLUMNS, tuple(_rows(seen))),
            FieldLine("Xếp loại", _grade_words(seen), dots=True),
            Closing(signers=(wish.speaker.signer("", ""),)),
        ),
        head=wish.issuer.letterhead("full", dated),
        orientation="landscape",
        author=file.unit_name,
        dated=day,
    )


def _set_words(seen: SideBySide) -> str:
    criteria_set = seen.shape.criteria_set
    if criteria_set.document:
        return f"{criteria_set.name} ({criteria_set.document.reference})"
    return criteria_set.name


def _rows(seen: SideBySide) -> Iterable[Row]:
    for line in seen.lines:
        yield _heading(line) if line.node.is_heading else _scored(line)
    totals = [seen.total(side) for side in Side]
    council = totals[2].total if totals[2] else seen.file.council_total
    sums = [_sum(totals[0]), _sum(totals[1]), "" if council is None else said(council)]
    cells = ("", rich(bold("Tổng điểm")), rich(bold(said(seen.shape.criteria_set.total))))
    yield Row((*cells, *(rich(bold(text)) for text in sums), _bonus_words(seen)))


def _heading(line: SideLine) -> Row:
    points = said(line.node.points) if line.node.points else ""
    cells = (line.criterion.number, line.criterion.text, points)
    return Row((*(rich(bold(text)) for text in cells), "", "", "", ""))


def _scored(line: SideLine) -> Row:
    one = line.criterion
    scores = (line.self_score, line.superior_score, line.council_score)
    given = (_given(one, score) for score in scores)
    return Row((one.number, one.text, _most(one), *given, "\n".join(_remarks(line))))


def _remarks(line: SideLine) -> list[str]:
    sides = (
        ("Đơn vị", line.self_score),
        ("Cấp trên", line.superior_score),
        ("Hội đồng", line.council_score),
    )
    words = [f"{name}: {score.note}" for name, score in sides if score and score.note]
    if line.evidence:
        words.append(f"Minh chứng: {'; '.join(one.name for one in line.evidence)}")
    return words


def _most(one: Criterion) -> str:
    if one.kind == CriterionKind.DISQUALIFYING:
        return ""
    sign = {CriterionKind.BONUS: "+", CriterionKind.DEDUCTION: "−"}.get(CriterionKind(one.kind), "")
    return f"{sign}{said(one.points)}"


def _given(one: Criterion, score: FileScore | None) -> str:
    if score is None:
        return ""
    if one.kind == CriterionKind.DISQUALIFYING:
        return "Có" if score.points else "Không"
    sign = "−" if one.kind == CriterionKind.DEDUCTION and score.points else ""
    return f"{sign}{said(score.points)}"


def _sum(total: Total | None) -> str:
    return "" if total is None else said(total.total)


def _bonus_words(seen: SideBySide) -> str:
    cap: Decimal | None = seen.shape.criteria_set.bonus_cap
    has_bonus = any(one.kind == CriterionKind.BONUS for one in seen.shape.leaves)
    if not has_bonus or cap is None:
        return ""
    return f"Điểm thưởng được tính tối đa {said(cap)} điểm."


def _grade_words(seen: SideBySide) -> str:
    file = seen.file
    if file.is_disqualified:
        reason = f": {file.disqualified_reason}" if file.disqualified_reason else ""
        return f"Không đủ điều kiện xếp loại{reason}"
    return file.grade.name if file.grade else ""
