"""The decision (quyết định) with its list as annex, conferring honours or taking them back."""

from collections.abc import Iterator

from kheo.lib.papers.nodes import (
    AnnexHead,
    Block,
    Closing,
    PageBreak,
    Paper,
    Paragraph,
    Run,
    Title,
    bold,
    rich,
)
from kheo.recognition.enums import Act, Track
from kheo.recognition.papers.parts import (
    DEEDS,
    MOVEMENT,
    closing_of,
    counted,
    dressed,
    full_stop,
    head_of,
    list_of,
    profile_of,
)
from kheo.recognition.queries.contents import HonourContent

LAW = "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"


def decision_paper(content: HonourContent) -> Paper:
    """Return the decision as a paper, in the form of its issuer and day."""
    return Paper(
        profile=profile_of(content).key,
        title=f"Quyết định {content.subject}"[:200],
        author=content.issuer.name,
        dated=content.dated,
        head=head_of(content),
        body=(*_body(content), *_annex(content)),
    )


def list_paper_of(content: HonourContent) -> Paper:
    """Return the list alone, for a table calculation."""
    return Paper(
        profile=profile_of(content).key,
        title=f"Danh sách {content.subject}"[:200],
        author=content.issuer.name,
        dated=content.dated,
        body=(_annex_head(content), list_of(content.lines, revoked=content.revokes)),
    )


def grounds_of(content: HonourContent) -> list[str]:
    """Return the grounds: as they were typed, else what the track and the proposal say."""
    if content.grounds:
        return list(content.grounds)
    party = content.track == Track.PARTY
    first = f"Căn cứ Quy chế làm việc của {content.deciding}" if party else LAW
    result = f"kết quả thực hiện phong trào thi đua “{MOVEMENT}” năm {content.year}"
    if content.revokes:
        result = "kết quả kiểm tra, xác minh việc công nhận, khen thưởng"
    lines = [first, f"Căn cứ {result}"]
    if content.proposal:
        by = f"đề nghị của {content.proposer} tại " if content.proposer else ""
        lines.append(f"Xét {by}{content.proposal}")
    return lines


def _body(content: HonourContent) -> Iterator[Block]:
    yield Title("QUYẾT ĐỊNH", dressed(f"về việc {content.subject}"))
    party = content.issuer.is_party
    if party:
        yield from _grounds(content, dash="- ", last=",")
        yield _centred(f"{content.deciding.upper()} QUYẾT ĐỊNH")
    else:
        yield _centred(content.deciding.upper())
        yield from _grounds(content, dash="", last=".")
        yield _centred("QUYẾT ĐỊNH:")
    yield _article(1, _first(content))
    if content.reason and content.revokes:
        yield Paragraph(f"Lý do: {content.reason.rstrip('. ')}.")
    if content.valid_until:
        yield Paragraph(f"{content.form} có giá trị đến hết ngày {content.valid_until:%d/%m/%Y}.")
    who = "Văn phòng, các cơ quan, đơn vị có liên quan và tập thể, cá nhân có tên tại Điều 1"
    yield _article(2, f"{who} chịu trách nhiệm thi hành Quyết định này.")
    yield _article(3, f"Quyết định này có hiệu lực kể từ ngày ký{full_stop(content)}")
    yield _closing(content)


def _first(content: HonourContent) -> str:
    if content.revokes:
        return (
            f"Thu hồi, hủy bỏ hiệu lực {content.form} đã trao cho {counted(content)} "
            "(có danh sách kèm theo)."
        )
    deed = DEEDS[Act(content.act)]
    merit = (
        f" đã có thành tích xuất sắc trong phong trào thi đua “{MOVEMENT}” năm {content.year}"
        if content.act == Act.COMMEND
        else f" trong phong trào thi đua “{MOVEMENT}” năm {content.year}"
    )
    return f"{deed} {content.form} cho {counted(content)}{merit} (có danh sách kèm theo)."


def _grounds(content: HonourContent, *, dash: str, last: str) -> Iterator[Block]:
    lines = grounds_of(content)
    for place, line in enumerate(lines, start=1):
        end = last if place == len(lines) else ";"
        text = f"{dash}{line.rstrip('.,; ')}{end}"
        yield Paragraph(rich(Run(text, italic=True)) if not dash else dressed(text))


def _article(number: int, text: str) -> Paragraph:
    said = dressed(text)
    runs = (said,) if isinstance(said, str) else said
    return Paragraph(rich(bold(f"Điều {number}."), " ", *runs))


def _centred(text: str) -> Paragraph:
    return Paragraph(rich(bold(text)), "center", indent=False)


def _closing(content: HonourContent) -> Closing:
    proposer = (content.proposer,) if content.proposer else ()
    return closing_of(content, ("Như Điều 2", *proposer, f"Lưu {content.speaker.office}"))


def _annex(content: HonourContent) -> Iterator[Block]:
    yield PageBreak()
    yield _annex_head(content)
    yield list_of(content.lines, revoked=content.revokes)


def _annex_head(content: HonourContent) -> AnnexHead:
    number = content.reference
    if number == "Quyết định (dự thảo)":
        number = "Quyết định số ……… ngày ……/……/………"
    return AnnexHead(f"DANH SÁCH\n{content.subject}", f"Kèm theo {number} của {content.deciding}")
