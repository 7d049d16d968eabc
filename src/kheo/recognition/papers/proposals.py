"""The proposal (tờ trình) with its list."""

from collections.abc import Iterator

from kheo.lib.papers.nodes import (
    Addressees,
    AnnexHead,
    Block,
    PageBreak,
    Paper,
    Paragraph,
    Title,
)
from kheo.recognition.enums import Act
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


def proposal_paper(content: HonourContent) -> Paper:
    """Return the proposal as a paper, in the form of the body that proposes."""
    return Paper(
        profile=profile_of(content).key,
        title=f"Tờ trình {content.subject}"[:200],
        author=content.issuer.name,
        dated=content.dated,
        head=head_of(content),
        body=tuple(_body(content)),
    )


def _body(content: HonourContent) -> Iterator[Block]:
    yield Title("TỜ TRÌNH", dressed(f"về việc đề nghị {content.subject}"))
    yield Addressees((content.addressee,))
    opening = (
        f"Căn cứ kết quả thực hiện phong trào thi đua “{MOVEMENT}” năm {content.year} và kết quả "
        f"xét chọn mô hình, điển hình, {content.proposer} kính trình {content.deciding} xem xét, "
        "quyết định nội dung sau:"
    )
    yield Paragraph(dressed(opening))
    deed = DEEDS[Act(content.act)]
    asked = f"{deed} {content.form} cho {counted(content)} (có danh sách kèm theo)."
    yield Paragraph(dressed(asked))
    if content.valid_until:
        yield Paragraph(f"{content.form} có giá trị đến hết ngày {content.valid_until:%d/%m/%Y}.")
    yield Paragraph(
        f"{content.proposer} kính trình {content.deciding} xem xét, quyết định{full_stop(content)}"
    )
    yield closing_of(content, ("Như trên", f"Lưu {content.speaker.office}"))
    yield PageBreak()
    yield AnnexHead(f"DANH SÁCH\nđề nghị {content.subject}", _attached(content))
    yield list_of(content.lines)


def _attached(content: HonourContent) -> str:
    number = content.number_line.removeprefix("Số:").removeprefix("Số").strip()
    known = number[:1].isdigit()
    day = f" ngày {content.dated:%d/%m/%Y}" if content.dated else " ngày ……/……/………"
    said = f" số {number}" if known else " số ………"
    return f"Kèm theo Tờ trình{said}{day} của {content.proposer}"
