"""The proposal (tờ trình) with which a list goes up, and its annex: the models by rank."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kheo.directives.models.documents import written_day
from kheo.lib.papers.measures import profile_for
from kheo.lib.papers.nodes import (
    Addressees,
    AnnexHead,
    Block,
    Closing,
    Column,
    Letterhead,
    PageBreak,
    Paper,
    Paragraph,
    Rich,
    Row,
    Table,
    Title,
    italic,
    rich,
)
from kheo.lib.text.documents import Symbol, format_number_line
from kheo.lib.text.numbers import two_digits
from kheo.organisations.papers.letterheads import BLANK_DATE, Issuer, place_and_date
from kheo.organisations.papers.speakers import Speaker
from kheo.rounds.enums import Form

MOVEMENT = "Dân vận khéo"
KIND = "TTr"
FORMS = {Form.COLLECTIVE.value: "Tập thể", Form.INDIVIDUAL.value: "Cá nhân"}
COLUMNS = (
    Column("TT", 9, "center"),
    Column("Tên mô hình, điển hình", 58, "left"),
    Column("Lĩnh vực", 32, "left"),
    Column("Tập thể, cá nhân", 26, "center"),
    Column("Đơn vị thực hiện", 40, "left"),
    Column("Tóm tắt nội dung, dự kiến kết quả", 82, "left"),
    Column("Cấp đăng ký", 20, "center"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedModel:
    """A model as the annex lists it, by rank."""

    name: str
    field: str
    form: str
    person: str = ""
    unit: str
    summary: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """All that a proposal is made of."""

    issuer: Issuer
    speaker: Speaker
    year: int
    to: str
    basis: str = ""
    grounds: tuple[str, ...] = ()
    number: int | None = None
    dated: date | None = None
    position: str = ""
    signatory: str = ""
    recipients: tuple[str, ...] = ()
    models: Sequence[ProposedModel] = ()

    @property
    def subject(self) -> str:
        """Return what the proposal is about."""
        return f"về việc giới thiệu mô hình, điển hình “{MOVEMENT}” năm {self.year}"


def proposal_paper(wish: Proposal) -> Paper:
    """Return the proposal with its annex, in the form of its issuer and day."""
    return Paper(
        profile=_profile(wish),
        title=f"Tờ trình {wish.subject}",
        author=wish.issuer.name,
        dated=wish.dated,
        head=_head(wish),
        body=(
            Title("TỜ TRÌNH", _dressed(wish.subject)),
            Addressees((wish.to,)),
            *_text(wish),
            Closing(
                signers=(wish.speaker.signer(wish.position, wish.signatory),),
                recipients=wish.recipients,
            ),
            PageBreak("landscape"),
            *_annex(wish),
        ),
    )


def nomination_list_paper(wish: Proposal) -> Paper:
    """Return the annex by itself, for a workbook."""
    head = Letterhead(issuers=(wish.issuer.name.upper(),), motto=False, mark=False)
    return Paper(
        profile=_profile(wish),
        title=f"Danh sách giới thiệu mô hình, điển hình “{MOVEMENT}” năm {wish.year}",
        author=wish.issuer.name,
        dated=wish.dated,
        head=head,
        orientation="landscape",
        body=tuple(_annex(wish)),
    )


def _profile(wish: Proposal) -> str:
    profile = profile_for(wish.issuer.profile_kind, wish.dated or date(wish.year, 1, 1))
    return profile.key


def _head(wish: Proposal) -> Letterhead:
    plain = wish.issuer.letterhead("full", place_and_date(wish.issuer, wish.dated, wish.year))
    return Letterhead(
        issuers=plain.issuers,
        superiors=plain.superiors,
        number=format_number_line(_symbol(wish)),
        place_and_date=plain.place_and_date,
    )


def _text(wish: Proposal) -> Iterator[Block]:
    for line in wish.grounds:
        yield Paragraph(_dressed(line))
    who, to = wish.speaker.name, wish.to
    count = two_digits(len(wish.models))
    basis = f"Thực hiện {wish.basis}; trên" if wish.basis and not wish.grounds else "Trên"
    yield Paragraph(
        _dressed(
            f"{basis} cơ sở kết quả đăng ký của các địa phương, đơn vị, {who} đã xem xét, lựa chọn "
            f"và giới thiệu {count} mô hình, điển hình “{MOVEMENT}” năm {wish.year}, xếp theo thứ "
            "tự ưu tiên, cụ thể:"
        )
    )
    for label, counted in (
        ("Theo lĩnh vực", Counter(model.field for model in wish.models)),
        ("Theo hình thức", Counter(FORMS[model.form].lower() for model in wish.models)),
    ):
        said = "; ".join(f"{name}: {two_digits(number)}" for name, number in counted.items())
        if said:
            yield Paragraph(f"- {label}: {said}.")
    yield Paragraph(rich(italic("(Có danh sách kèm theo)")))
    yield Paragraph(f"{who} kính trình {to} xem xét, quyết định./.")


def _annex(wish: Proposal) -> Iterator[Block]:
    title = f"DANH SÁCH\nGIỚI THIỆU MÔ HÌNH, ĐIỂN HÌNH “DÂN VẬN KHÉO” NĂM {wish.year}"
    yield AnnexHead(title, f"Kèm theo {_reference(wish)}")
    yield Table(COLUMNS, [_row(place, model) for place, model in enumerate(wish.models, start=1)])


def _reference(wish: Proposal) -> str:
    number = f"số {_symbol(wish)}" if wish.number else f"số …{_symbol(wish)}"
    day = (
        f"ngày {written_day(wish.dated.isoformat())}"
        if wish.dated
        else BLANK_DATE.format(year=wish.year)
    )
    return f"Tờ trình {number} {day} của {wish.speaker.name}"


def _symbol(wish: Proposal) -> Symbol:
    return replace(wish.speaker.symbol(KIND), number=wish.number)


def _row(place: int, model: ProposedModel) -> Row:
    form = FORMS[model.form]
    if model.person:
        form = f"{form}: {model.person}"
    return Row((str(place), model.name, model.field, form, model.unit, model.summary, model.level))


def _dressed(text: str) -> Rich:
    """Set the name of the movement in italics, as the papers do."""
    parts = text.split(MOVEMENT)
    if len(parts) == 1:
        return text
    return rich(parts[0], *(piece for part in parts[1:] for piece in (italic(MOVEMENT), part)))
