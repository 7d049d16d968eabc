"""The papers of a council: minutes of its session and the table of scores, in official form."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kheo.councils.enums import Facet, MemberRole, Result
from kheo.councils.models import Ballot, Council, CouncilFile, CouncilMember, Outcome
from kheo.councils.rules.judging import is_out
from kheo.criteria.rules.totals import said
from kheo.lib.papers.measures import profile_for
from kheo.lib.papers.nodes import (
    AnnexHead,
    Block,
    Closing,
    Column,
    Heading,
    Letterhead,
    Paper,
    Paragraph,
    Row,
    SectionRow,
    Signer,
    Table,
    TableRow,
    Title,
)
from kheo.organisations.papers.letterheads import Issuer, place_and_date

BODY = "HỘI ĐỒNG THẨM ĐỊNH"
ROLES = {
    MemberRole.CHAIR: "Chủ tịch Hội đồng",
    MemberRole.SECRETARY: "Thư ký Hội đồng",
    MemberRole.MEMBER: "Ủy viên Hội đồng",
}
RESULTS = {
    Result.PUT_FORWARD: "Đề nghị công nhận",
    Result.NOT_PUT_FORWARD: "Không đề nghị",
    Result.DISQUALIFIED: "Không đủ điều kiện",
}
FIELDS = {
    "economy": "Lĩnh vực kinh tế",
    "culture_society": "Lĩnh vực văn hóa - xã hội",
    "defence_security": "Lĩnh vực quốc phòng - an ninh",
    "political_system": "Lĩnh vực xây dựng hệ thống chính trị",
}
# more columns of single members do not fit beside the rest
MOST_MEMBERS = 7
# longer lists stand in the score table alone, which goes with the minutes
MOST_ROWS = 300
# of more files in one sentence only the number is told
MOST_NAMED = 12
DOTS = "……………"


@dataclass(frozen=True, kw_only=True)
class PaperFile:
    """A file as the papers tell of it."""

    file: CouncilFile
    outcome: Outcome | None
    ballot: Ballot | None
    # by key of the member
    totals: dict[int, Decimal]
    # members who keep out of it
    kept_out: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CouncilPaper:
    """All that a paper of a council is made of."""

    council: Council
    issuer: Issuer
    members: Sequence[CouncilMember]
    files: Sequence[PaperFile]

    @property
    def dated(self) -> date | None:
        """Return the day of the session."""
        return self.council.held_on

    @property
    def day(self) -> date:
        """Return the day whose rules of form hold; a blank one means the council's year."""
        return self.dated or date(self.council.year, 12, 1)


def minutes_paper(wish: CouncilPaper) -> Paper:
    """Return the minutes of the session."""
    council = wish.council
    body: list[Block] = [
        Title("BIÊN BẢN", f"họp {council.name}"),
        Paragraph(f"Thời gian: {_when(council)}"),
        Paragraph(f"Địa điểm: {council.place or DOTS}"),
        *_people(wish),
        Heading("NỘI DUNG"),
        *_lines(council.agenda),
        Heading("KẾT QUẢ THẨM ĐỊNH"),
        *_results(wish),
        *_remarks(wish),
    ]
    if council.discussion.strip():
        body += [Heading("Ý KIẾN THẢO LUẬN"), *_lines(council.discussion)]
    body += [Heading("KẾT LUẬN"), *_lines(council.conclusion or DOTS)]
    ends = council.ends or DOTS
    body.append(
        Paragraph(
            f"Phiên họp kết thúc vào hồi {ends} cùng ngày. Biên bản đã được đọc lại để các"
            " thành viên dự họp cùng nghe và thống nhất thông qua."
        )
    )
    body.append(Closing(signers=_signers(wish.members)))
    return _paper(wish, "Biên bản họp hội đồng", tuple(body), "portrait", full=True)


def scores_paper(wish: CouncilPaper) -> Paper:
    """Return the table of scores, by field, best first."""
    council = wish.council
    scorers = [one for one in wish.members if one.is_scoring]
    shown = scorers if len(scorers) <= MOST_MEMBERS else []
    attached = f"Kèm theo Biên bản họp {council.name}"
    if wish.dated:
        attached += f", ngày {wish.dated:%d/%m/%Y}"
    body: tuple[Block, ...] = (
        AnnexHead(f"BẢNG TỔNG HỢP ĐIỂM THẨM ĐỊNH NĂM {council.year}", attached),
        Table(_score_columns(shown), _score_rows(wish, shown), numbering=True),
        Closing(
            signers=_signers(wish.members),
            place_and_date=place_and_date(wish.issuer, wish.dated, council.year),
        ),
    )
    return _paper(wish, "Bảng tổng hợp điểm thẩm định", body, "landscape", full=False)


def _paper(
    wish: CouncilPaper, title: str, body: tuple[Block, ...], orientation: str, *, full: bool
) -> Paper:
    issuer = wish.issuer
    dated = place_and_date(issuer, wish.dated, wish.council.year)
    head = Letterhead(
        superiors=(issuer.name.upper(),),
        issuers=(BODY,),
        place_and_date=dated if full else "",
        motto=full,
        mark=full,
    )
    return Paper(
        profile=profile_for(issuer.profile_kind, wish.day).key,
        title=title,
        body=body,
        head=head,
        orientation="landscape" if orientation == "landscape" else "portrait",
        author=issuer.name,
        dated=wish.dated,
    )


def _when(council: Council) -> str:
    held = council.held_on
    day = f"ngày {held:%d/%m/%Y}" if held else f"ngày {DOTS}"
    return f"{council.starts or DOTS}, {day}"


def _people(wish: CouncilPaper) -> Iterable[Block]:
    council = wish.council
    yield Heading("THÀNH PHẦN")
    if council.decision_number:
        day = f", ngày {council.decision_on:%d/%m/%Y}" if council.decision_on else ""
        yield Paragraph(
            f"Hội đồng được thành lập theo Quyết định số {council.decision_number}{day} của"
            f" {wish.issuer.name}."
        )
    present = [one for one in wish.members if one.is_present]
    yield Paragraph(f"Có mặt: {len(present)}/{len(wish.members)} thành viên Hội đồng:")
    for one in present:
        chairing = ", chủ trì" if one.role == MemberRole.CHAIR else ""
        end = "." if one is present[-1] else ";"
        yield Paragraph(
            f"- Đồng chí {one.name}, {_post(one)}, {ROLES[MemberRole(one.role)]}{chairing}{end}"
        )
    absent = [one for one in wish.members if one.is_present is False]
    if absent:
        yield Paragraph(f"Vắng mặt: {len(absent)} thành viên:")
    for one in absent:
        why = f" ({one.absence})" if one.absence else ""
        end = "." if one is absent[-1] else ";"
        yield Paragraph(f"- Đồng chí {one.name}, {_post(one)}{why}{end}")
    if council.guests.strip():
        yield Paragraph("Dự họp còn có:")
        yield from _lines(council.guests)


def _post(member: CouncilMember) -> str:
    return member.post.replace(" – ", ", ")


def _lines(text: str) -> list[Block]:
    return [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]


def _results(wish: CouncilPaper) -> Iterable[Block]:
    counts = dict.fromkeys(Result, 0)
    for one in wish.files:
        if one.outcome:
            counts[Result(one.outcome.result)] += 1
    words = "; ".join(
        f"{RESULTS[result].lower()}: {_number(count)}" for result, count in counts.items() if count
    )
    yield Paragraph(
        f"Hội đồng thẩm định {_number(len(wish.files))} hồ sơ{f' ({words})' if words else ''}."
    )
    if len(wish.files) > MOST_ROWS:
        yield Paragraph("Kết quả từng hồ sơ tại Bảng tổng hợp điểm kèm theo Biên bản này.")
        return
    voted = any(one.ballot for one in wish.files)
    yield Table(_result_columns(voted=voted), _result_rows(wish.files, voted=voted))


def _remarks(wish: CouncilPaper) -> Iterable[Block]:
    """Say how it was voted, whom the chair placed before whom and why, and who kept out of what."""
    votes = [one.ballot.vote for one in wish.files if one.ballot]
    if votes:
        how = "bỏ phiếu kín" if votes[0].is_secret else "bỏ phiếu công khai"
        yield Paragraph(f"Hội đồng biểu quyết bằng hình thức {how}.")
    placed: dict[str, list[str]] = defaultdict(list)
    kept: dict[str, list[str]] = defaultdict(list)
    for one in wish.files:
        name = f"“{one.file.file.name}”"
        if one.file.chair_order and one.outcome:
            placed[one.file.chair_reason].append(f"{name} xếp hạng {one.outcome.place}")
        for member in one.kept_out:
            kept[member].append(name)
    for reason, names in placed.items():
        told = f"{_listed(names)}. Lý do: {reason.rstrip('.')}."
        yield Paragraph(f"Hồ sơ bằng điểm, Chủ tịch Hội đồng quyết định thứ tự: {told}")
    if kept:
        told = "; ".join(f"đồng chí {name} ({_listed(files)})" for name, files in kept.items())
        yield Paragraph(f"Không chấm hồ sơ của đơn vị mình hoặc có liên quan: {told}.")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= MOST_NAMED else f"{_number(len(names))} hồ sơ"


def _named(name: str, unit: str) -> str:
    # a file for a unit title is called by its unit
    return name if name.endswith(unit) else f"{name}\n{unit}"


def _result_columns(*, voted: bool) -> tuple[Column, ...]:
    columns = [
        Column("TT", 9, "center"),
        Column("Hồ sơ, đơn vị", 62, "left"),
        Column("Điểm", 15, "center"),
        Column("Xếp loại", 20, "center"),
        Column("Xếp hạng", 16, "center"),
    ]
    if voted:
        columns.append(Column("Phiếu đồng ý", 18, "center"))
    return (*columns, Column("Kết quả", 28, "center"))


def _result_rows(files: Sequence[PaperFile], *, voted: bool) -> Iterable[TableRow]:
    for number, one in enumerate(files, start=1):
        file, outcome, ballot = one.file.file, one.outcome, one.ballot
        votes = f"{ballot.in_favour}/{ballot.entitled}" if ballot else ""
        yield Row(
            (
                str(number),
                _named(file.name, file.unit_name),
                _points(one.file.total),
                outcome.grade.name if outcome and outcome.grade else "",
                str(outcome.place or "") if outcome else "",
                *([votes] if voted else []),
                RESULTS[Result(outcome.result)] if outcome else "",
            )
        )


def _score_columns(shown: Sequence[CouncilMember]) -> tuple[Column, ...]:
    group = "Điểm của thành viên" if len(shown) > 1 else ""
    return (
        Column("TT", 9, "center"),
        Column("Hồ sơ", 52, "left"),
        Column("Đơn vị", 38, "left"),
        Column("Tự chấm", 15, "center"),
        Column("Cấp trên chấm", 16, "center"),
        *(Column(one.name, 17, "center", group) for one in shown),
        Column("Điểm Hội đồng", 17, "center"),
        Column("Chênh lệch", 16, "center"),
        Column("Xếp loại", 18, "center"),
        Column("Xếp hạng", 14, "center"),
    )


def _score_rows(wish: CouncilPaper, shown: Sequence[CouncilMember]) -> Iterable[TableRow]:
    fields = [one.file.file.field for one in wish.files]
    sections = Facet.FIELD in wish.council.ranked_by and len(set(fields)) > 1
    for place, one in enumerate(wish.files):
        if sections and (place == 0 or fields[place] != fields[place - 1]):
            yield SectionRow(FIELDS.get(fields[place], "Danh hiệu đơn vị").upper())
        yield Row(_score_cells(place + 1, one, shown))


def _score_cells(number: int, one: PaperFile, shown: Sequence[CouncilMember]) -> tuple[str, ...]:
    file, outcome = one.file.file, one.outcome
    below = file.self_total if file.superior_total is None else file.superior_total
    gap = None if below is None or one.file.total is None else one.file.total - below
    return (
        str(number),
        file.name,
        file.unit_name,
        _points(file.self_total),
        _points(file.superior_total),
        *(_points(one.totals.get(member.pk)) for member in shown),
        _points(one.file.total),
        "" if gap is None else f"{'+' if gap > 0 else '-' if gap < 0 else ''}{said(abs(gap))}",
        "Không xét"
        if is_out(one.file)
        else outcome.grade.name
        if outcome and outcome.grade
        else "",
        str(outcome.place or "") if outcome else "",
    )


def _signers(members: Sequence[CouncilMember]) -> tuple[Signer, ...]:
    names = {member.role: member.name for member in members}
    chair = Signer(position="CHỦ TỊCH HỘI ĐỒNG", name=names.get(MemberRole.CHAIR, ""))
    if MemberRole.SECRETARY not in names:
        return (chair,)
    return (Signer(position="THƯ KÝ", name=names[MemberRole.SECRETARY]), chair)


def _points(value: Decimal | None) -> str:
    return "" if value is None else said(value)


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
