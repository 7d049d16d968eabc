"""The minutes of a survey visit (biên bản khảo sát), in the form of the body that set the team up.

Who was present, what was seen of each model, what the unit says, conclusions, recommendations,
and the places to sign of the unit, the secretary and the head of the team.
"""

from collections.abc import Iterable, Iterator
from datetime import time

from kheo.lib.papers.measures import profile_for
from kheo.lib.papers.nodes import (
    Block,
    Closing,
    Column,
    Heading,
    Letterhead,
    Paper,
    Paragraph,
    Row,
    Signer,
    Table,
    Title,
    bold,
    rich,
)
from kheo.lib.text.dates import official_date
from kheo.lib.text.documents import format_number_line
from kheo.lib.text.numbers import format_number, two_digits
from kheo.organisations.papers.letterheads import place_and_date
from kheo.visits.enums import Found, Side
from kheo.visits.models import Finding, Participant, Visit, VisitSheet
from kheo.visits.queries.minutes import Minutes

KIND = "BB"
FOUND = {Found.MET: "Đạt", Found.PARTLY: "Đạt một phần", Found.UNMET: "Chưa đạt"}
NOBODY = "…………………………………"
PRESENT = (
    (Side.TEAM, "Đoàn khảo sát"),
    (Side.UNIT, "Đại diện đơn vị được khảo sát"),
    (Side.GUEST, "Thành phần khác"),
)


def minutes_paper(minutes: Minutes) -> Paper:
    """Return the minutes of a visit as a tree of parts."""
    visit = minutes.visit
    profile = profile_for(minutes.issuer.profile_kind, visit.held_on)
    subject = f"khảo sát thực hiện mô hình “Dân vận khéo” tại {visit.unit_name}"
    return Paper(
        profile=profile.key,
        title=f"Biên bản {subject}"[:200],
        author=minutes.issuer.name,
        dated=visit.held_on,
        head=_head(minutes),
        body=(Title("BIÊN BẢN", subject), *_body(minutes), _closing(minutes)),
    )


def _head(minutes: Minutes) -> Letterhead:
    visit = minutes.visit
    dated = place_and_date(minutes.issuer, visit.held_on, visit.held_on.year)
    plain = minutes.issuer.letterhead("full", dated)
    return Letterhead(
        issuers=plain.issuers,
        superiors=plain.superiors,
        number=format_number_line(minutes.speaker.symbol(KIND)),
        place_and_date=plain.place_and_date,
    )


def _body(minutes: Minutes) -> Iterator[Block]:
    yield Paragraph(_opening(minutes.visit))
    yield Heading("Thành phần")
    shown = [(side, label) for side, label in PRESENT if minutes.people[side] or side != Side.GUEST]
    for number, (side, label) in enumerate(shown, start=1):
        yield from _present(f"{number}. {label}", minutes.people[side])
    yield Heading("Nội dung khảo sát")
    if minutes.visit.purpose:
        yield from _paragraphs(minutes.visit.purpose)
    for number, sheet in enumerate(minutes.sheets, start=1):
        yield from _sheet(number, sheet)
    yield Heading("Ý kiến của đơn vị được khảo sát")
    yield from _paragraphs(minutes.visit.remark or "Đơn vị không có ý kiến khác.")
    yield Heading("Kết luận")
    yield from _paragraphs(minutes.visit.conclusions or NOBODY)
    yield Heading("Kiến nghị")
    yield from _advice(minutes)
    yield Paragraph(_end(minutes.visit))


def _opening(visit: Visit) -> str:
    when = official_date(visit.held_on)
    hour = f"Hồi {_hour(visit.starts)}, {when}" if visit.starts else f"Hôm nay, {when}"
    where = f", tại {visit.place}" if visit.place else ""
    basis = f" (thành lập theo {visit.team.basis})" if visit.team.basis else ""
    return (
        f"{hour}{where}, {visit.team.name}{basis} tiến hành khảo sát việc thực hiện mô hình “Dân "
        f"vận khéo” tại {visit.unit_name}."
    )


def _present(label: str, people: Iterable[Participant]) -> Iterator[Block]:
    yield Paragraph(rich(bold(f"{label}:")))
    lines = [f"- Đồng chí {one.name}{_of(one)}" for one in people] or [f"- {NOBODY}"]
    for place, line in enumerate(lines, start=1):
        yield Paragraph(f"{line}{'.' if place == len(lines) else ';'}")


def _of(person: Participant) -> str:
    return f", {person.position}" if person.position else ""


def _sheet(number: int, sheet: VisitSheet) -> Iterator[Block]:
    yield Paragraph(rich(bold(f"{number}. Mô hình “{sheet.registration.name}”")))
    place = sheet.place or sheet.registration.scope
    if place:
        yield Paragraph(f"- Địa điểm: {place}{_coordinates(sheet)}.")
    yield from _labelled("Kết quả ghi nhận", sheet.seen)
    findings = [one for one in sheet.findings.all() if one.version]
    if findings:
        yield Paragraph("- Kết quả theo từng tiêu chí:")
        yield _table(findings)
    yield from _labelled("Nhận xét, đánh giá", sheet.assessment)
    photos = [one for one in sheet.photos.all() if one.removed_at is None]
    if photos:
        yield Paragraph(f"- Kèm theo {two_digits(len(photos))} ảnh chụp tại nơi khảo sát.")
    if not (sheet.seen or sheet.assessment or findings):
        yield Paragraph(f"- {NOBODY}")


def _table(findings: Iterable[Finding]) -> Table:
    columns = (
        Column("TT", 10, "center"),
        Column("Tiêu chí, nội dung", 62),
        Column("Kết quả", 26, "center"),
        Column("Điểm", 16, "center"),
        Column("Ghi chú", 51),
    )
    rows = (
        Row(
            (
                str(number),
                one.item,
                FOUND.get(Found(one.found), "") if one.found else "",
                format_number(one.points) if one.points is not None else "",
                one.words,
            )
        )
        for number, one in enumerate(findings, start=1)
    )
    return Table(columns, rows)


def _advice(minutes: Minutes) -> Iterator[Block]:
    if not minutes.advice:
        yield Paragraph("Không có kiến nghị.")
    for number, one in enumerate(minutes.advice, start=1):
        until = f" Thời hạn thực hiện: trước ngày {one.due_on:%d/%m/%Y}." if one.due_on else ""
        text = one.text.rstrip(". ")
        yield Paragraph(f"{number}. Đối với {one.unit_name}: {text}.{until}")


def _labelled(label: str, text: str) -> Iterator[Block]:
    lines = [line for line in text.splitlines() if line.strip()]
    if lines:
        yield Paragraph(f"- {label}: {lines[0]}")
    for line in lines[1:]:
        yield Paragraph(line)


def _paragraphs(text: str) -> Iterator[Block]:
    for line in text.splitlines():
        if line.strip():
            yield Paragraph(line)


def _coordinates(sheet: VisitSheet) -> str:
    if sheet.latitude is None or sheet.longitude is None:
        return ""
    found = [f"{one:f}".rstrip("0").replace(".", ",") for one in (sheet.latitude, sheet.longitude)]
    return f" (tọa độ {found[0]}; {found[1]})"


def _end(visit: Visit) -> str:
    ended = f"Biên bản kết thúc hồi {_hour(visit.ends)} cùng ngày, " if visit.ends else "Biên bản "
    return (
        f"{ended}được lập thành 02 bản, đã đọc lại cho những người có mặt cùng nghe, thống nhất và "
        "ký tên; Đoàn khảo sát giữ 01 bản, đơn vị được khảo sát giữ 01 bản./."
    )


def _hour(moment: time) -> str:
    return f"{moment.hour:02} giờ {moment.minute:02} phút"


def _closing(minutes: Minutes) -> Closing:
    secretary, head = minutes.secretary, minutes.head
    return Closing(
        signers=(
            Signer(position="ĐẠI DIỆN ĐƠN VỊ"),
            Signer(position="THƯ KÝ", name=secretary.name if secretary else ""),
            Signer(position="TRƯỞNG ĐOÀN", name=head.name if head else ""),
        ),
        recipients=(
            minutes.visit.team.organisation.name,
            minutes.visit.unit_name,
            "Lưu hồ sơ Đoàn khảo sát",
        ),
    )
