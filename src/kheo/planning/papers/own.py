"""A unit's own plan or official letter, made from what a superior's paper asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kheo.directives.models import Document
from kheo.lib.papers.measures import profile_for
from kheo.lib.papers.nodes import (
    Addressees,
    Block,
    Closing,
    Heading,
    Letterhead,
    Paper,
    Paragraph,
    Rich,
    Title,
    bold,
    italic,
    rich,
)
from kheo.lib.text.documents import format_number_line
from kheo.lib.text.numbers import two_digits
from kheo.organisations.papers.letterheads import Issuer, place_and_date
from kheo.organisations.papers.speakers import Speaker
from kheo.planning.rules import Moved

MOVEMENT = "Dân vận khéo"
BLANK_DAY = "ngày ……/……/………"
LETTER, PLAN = "CV", "KH"
Kind = Literal["CV", "KH"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTask:
    """A task taken over: content, who directs, carries out and cooperates, and when."""

    content: str
    directing: str = ""
    executing: str = ""
    cooperating: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDemand:
    """What a group of units is asked: how many at which level, on which forms, until when."""

    audience: str
    quotas: tuple[tuple[str, int | None, int | None], ...] = ()
    forms: tuple[str, ...] = ()
    due: Moved | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReport:
    """What is to be reported until when."""

    what: str
    due: Moved


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPaper:
    """All that an own paper says; the basis is the superior's document."""

    kind: Kind
    basis: Document
    issuer: Issuer
    speaker: Speaker
    subject: str
    year: int
    dated: date | None = None
    theme: str = ""
    receiver: str = ""
    superior_demands: tuple[OwnDemand, ...] = ()
    demands: tuple[OwnDemand, ...] = ()
    reports: tuple[OwnReport, ...] = ()
    tasks: tuple[OwnTask, ...] = ()
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    position: str = ""
    signatory: str = ""


def own_paper(wish: OwnPaper) -> Paper:
    """Return the paper as a tree of parts, in the form of its issuer and day."""
    day = wish.dated or date(wish.year, 1, 1)
    profile = profile_for("party" if wish.speaker.is_party else "state", day)
    return Paper(
        profile=profile.key,
        title=f"{'Kế hoạch' if wish.kind == PLAN else 'Công văn'} {wish.subject}"[:200],
        author=wish.issuer.name,
        dated=wish.dated,
        head=_head(wish),
        body=(*(_plan(wish) if wish.kind == PLAN else _letter(wish)), _closing(wish)),
    )


def demand_sentence(demand: OwnDemand, receiver: str) -> str:
    """Write what a group is asked: "đăng ký ít nhất 01 nội dung cấp tỉnh; … chậm nhất ngày …"."""
    counts = "; ".join(_count(*quota) for quota in demand.quotas)
    asked = f"đăng ký {counts}" if counts else "đăng ký xây dựng mô hình, điển hình"
    forms = f" theo mẫu {', '.join(demand.forms)}" if demand.forms else ""
    where = f", gửi về {receiver}" if receiver else ", gửi về cơ quan cấp trên"
    until = f" chậm nhất {_on(demand.due)}" if demand.due else ""
    return f"{asked}{forms}{where}{until}"


def _head(wish: OwnPaper) -> Letterhead:
    plain = wish.issuer.letterhead("full", place_and_date(wish.issuer, wish.dated, wish.year))
    return Letterhead(
        issuers=plain.issuers,
        superiors=plain.superiors,
        number=format_number_line(wish.speaker.symbol(wish.kind)),
        about=f"V/v {wish.subject}" if wish.kind == LETTER else "",
        place_and_date=plain.place_and_date,
    )


def _plan(wish: OwnPaper) -> Iterator[Block]:
    yield Title("KẾ HOẠCH", _dressed(wish.subject))
    opening = f"Thực hiện {wish.basis.citation}, {wish.speaker.name} ban hành kế hoạch như sau:"
    yield Paragraph(_dressed(opening))
    yield Heading("Mục đích, yêu cầu")
    yield Paragraph(
        _dressed(
            f"1. Quán triệt, triển khai thực hiện đầy đủ, kịp thời {wish.basis.reference} của "
            f"{wish.basis.issuer_name}; nâng cao chất lượng phong trào thi đua “{MOVEMENT}” tại "
            "địa phương, đơn vị."
        )
    )
    yield Paragraph(
        "2. Việc triển khai phải thiết thực, hiệu quả, phù hợp với tình hình thực tế; phân công rõ "
        "trách nhiệm, thời gian hoàn thành; tránh phô trương, hình thức."
    )
    if wish.tasks:
        yield Heading("Nhiệm vụ")
        for number, task in enumerate(wish.tasks, start=1):
            yield from _task(number, task)
    if wish.theme or wish.superior_demands or wish.demands:
        yield Heading("Chỉ tiêu, thời hạn đăng ký")
        yield from _registering(wish)
    yield Heading("Tổ chức thực hiện")
    yield from _carrying_out(wish)


def _letter(wish: OwnPaper) -> Iterator[Block]:
    yield Addressees(wish.addressees)
    yield Paragraph(
        _dressed(
            f"Thực hiện {wish.basis.citation}, {wish.speaker.name} đề nghị các cơ quan, đơn vị "
            "thực hiện một số nội dung sau:"
        )
    )
    items = [text for task in wish.tasks for text in _as_item(task)]
    items += [paragraph.text for paragraph in _registering(wish)]
    items += [
        rich(f"{report.what}, gửi báo cáo ", bold(f"trước {_on(report.due)}"), ".")
        for report in wish.reports
    ]
    for number, text in enumerate(items, start=1):
        yield Paragraph(_joined(f"{number}. ", text))
    yield Paragraph(
        "Đề nghị các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.",
    )


def _task(number: int, task: OwnTask) -> Iterator[Block]:
    # a task is a whole paragraph (S1 II), not a heading
    yield Paragraph(_joined(f"{number}. ", _dressed(f"{task.content.rstrip('. ')}.")))
    for label, text in _roles(task):
        yield Paragraph(rich("- ", italic(label), f": {text}."))


def _as_item(task: OwnTask) -> Iterator[Rich]:
    said = "; ".join(f"{label.lower()}: {text}" for label, text in _roles(task))
    content = task.content.rstrip(". ")
    yield _dressed(f"{content} ({said})." if said else f"{content}.")


def _roles(task: OwnTask) -> Iterator[tuple[str, str]]:
    rows = (
        ("Cơ quan chỉ đạo", task.directing),
        ("Cơ quan thực hiện", task.executing),
        ("Cơ quan phối hợp", task.cooperating),
        ("Thời gian thực hiện", task.time),
    )
    return ((label, text.rstrip(". ")) for label, text in rows if text.strip())


def _registering(wish: OwnPaper) -> Iterator[Paragraph]:
    if wish.theme:
        yield Paragraph(
            _dressed(
                f"Tập trung xây dựng mô hình, điển hình “{MOVEMENT}” năm {wish.year} theo chủ đề "
                f"“{wish.theme}”."
            )
        )
    for demand in wish.superior_demands:
        counts = "; ".join(_count(*quota) for quota in demand.quotas)
        if counts:
            yield Paragraph(_dressed(f"Phấn đấu năm {wish.year} đăng ký với cấp trên {counts}."))
    for demand in wish.demands:
        sentence = demand_sentence(demand, wish.receiver)
        yield Paragraph(_dressed(f"Đối với {_lowered(demand.audience)}: {sentence}."))


def _carrying_out(wish: OwnPaper) -> Iterator[Block]:
    units = wish.demands[0].audience if len(wish.demands) == 1 else "các cơ quan, đơn vị"
    first = (
        f"{_raised(units)} căn cứ kế hoạch này xây dựng kế hoạch cụ thể, tổ chức thực hiện phù "
        "hợp với tình hình thực tế."
    )
    lines = [first]
    lines += [f"{report.what}; gửi báo cáo trước {_on(report.due)}." for report in wish.reports]
    receiver = wish.receiver or wish.speaker.office
    lines.append(
        f"{_raised(receiver)} theo dõi, đôn đốc, kiểm tra việc thực hiện kế hoạch; tổng hợp kết "
        f"quả, báo cáo {wish.speaker.name} và cấp trên theo quy định."
    )
    for number, line in enumerate(lines, start=1):
        yield Paragraph(_dressed(f"{number}. {line}"))


def _closing(wish: OwnPaper) -> Closing:
    signer = wish.speaker.signer(wish.position, wish.signatory)
    return Closing(signers=(signer,), recipients=wish.recipients)


def _count(level: str, least: int | None, most: int | None) -> str:
    where = f" cấp {level}" if level else ""
    if least is not None and most is not None:
        span = two_digits(least) if least == most else f"{two_digits(least)} đến {two_digits(most)}"
        words = span if least == most else f"từ {span}"
    elif least is not None:
        words = f"ít nhất {two_digits(least)}"
    else:
        words = f"không quá {two_digits(most or 0)}"
    return f"{words} mô hình, điển hình{where}"


def _on(due: Moved) -> str:
    return f"ngày {due.own:%d/%m/%Y}" if due.own else BLANK_DAY


def _dressed(text: str) -> Rich:
    """Set the name of the movement in italics, as the papers do."""
    parts = text.split(MOVEMENT)
    if len(parts) == 1:
        return text
    runs = [parts[0], *(piece for part in parts[1:] for piece in (italic(MOVEMENT), part))]
    return rich(*runs)


def _joined(start: str, text: Rich) -> Rich:
    return f"{start}{text}" if isinstance(text, str) else rich(start, *text)


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _raised(words: str) -> str:
    return words[:1].upper() + words[1:]
