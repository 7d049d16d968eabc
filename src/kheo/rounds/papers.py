"""A layout as a sheet with invented entries, so that one sees what one changes."""

from kheo.lib.papers.nodes import (
    AnnexHead,
    Block,
    Closing,
    Column,
    FieldLine,
    Hint,
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
from kheo.lib.text.numbers import roman
from kheo.rounds.queries.specs import FormSpec, ListSpec, Spec

PROFILE = "party-2018"
UNIT = "Đảng ủy xã Mẫu"
SAMPLES: list[dict[str, str]] = [
    {
        "name": "Vận động nhân dân hiến đất mở rộng đường liên thôn",
        "form": "Tập thể",
        "collective": "x",
        "new": "x",
        "unit": UNIT,
        "address": "Thôn Đồng, xã Mẫu",
        "starts": "tháng 3/2024",
        "ends": "tháng 11/2024",
        "period": "tháng 3 – tháng 11/2024",
        "goals": "Mở rộng 1,5 km đường",
        "expected_results": "Mở rộng 1,5 km đường",
        "summary": "Đường hẹp, đi lại khó khăn; chi bộ thôn thực hiện; mở rộng 1,5 km đường",
        "content": "Tuyên truyền, vận động 40 hộ hiến đất",
        "level": "tỉnh",
        "field": "Kinh tế",
        "nature": "Mô hình",
    },
    {
        "name": "Câu lạc bộ dân ca của thôn",
        "form": "Cá nhân",
        "individual": "x",
        "kept": "x",
        "full_name": "Trần Thị Thử",
        "unit": UNIT,
        "address": "Thôn Hạ, xã Mẫu",
        "ends": "tháng 12/2024",
        "goals": "30 hội viên, 12 buổi sinh hoạt",
        "expected_results": "12 buổi sinh hoạt",
        "summary": "Giữ gìn dân ca; nghệ nhân và hội người cao tuổi; 12 buổi sinh hoạt",
        "level": "huyện",
        "field": "Văn hóa - xã hội",
        "nature": "Điển hình",
    },
]


def sample_paper(spec: Spec, labels: list[tuple[str, str]], year: int) -> Paper:
    """Return a layout filled with invented entries.

    :param labels: label and sub-topics of each field, in order.
    """
    values = {
        "year": str(year),
        "previous_year": str(year - 1),
        "unit": UNIT,
        "period": f"{year - 2} – {year + 2}",
        "governing_document": "Hướng dẫn số 01-HD/HU của Ban Thường vụ Huyện ủy",
        "governing_reference": "Hướng dẫn số 01-HD/HU của Ban Thường vụ Huyện ủy",
    }
    is_form = isinstance(spec, FormSpec)
    body = _form_body(spec, values) if is_form else _list_body(spec, labels, values)  # type: ignore[arg-type]
    return Paper(
        profile=PROFILE,
        title=spec.name or spec.title,
        body=body,
        head=_head(spec, values),
        orientation=spec.orientation,
        label=spec.label if isinstance(spec, FormSpec) else "",
    )


def _head(spec: Spec, values: dict[str, str]) -> Letterhead | None:
    if spec.letterhead == "none":
        line = spec.unit_line if isinstance(spec, ListSpec) else ""
        return Letterhead(issuers=(_fill(line, values),), motto=False, mark=False) if line else None
    full = spec.letterhead == "full"
    return Letterhead(
        superiors=("HUYỆN ỦY MẪU",),
        issuers=(UNIT.upper(),),
        motto=full,
        number="Số       -BC/ĐU" if full else "",
        place_and_date=f"Mẫu, ngày    tháng    năm {values['year']}" if full else "",
    )


def _form_body(spec: FormSpec, values: dict[str, str]) -> tuple[Block, ...]:
    before: list[Block] = []
    after: list[Block] = []
    number = 0
    for item in spec.printed:
        number += item.numbered
        label = f"{number}. {item.label}" if item.numbered else item.label
        line = FieldLine(label, SAMPLES[0].get(item.key, ""), item.hint)
        (after if item.numbered else before).append(line)
    lead_in: list[Block] = [
        Paragraph(line) for line in _fill(spec.lead_in, values).split("\n") if line
    ]
    if spec.lead_in_hint:
        lead_in.append(Hint(spec.lead_in_hint))
    opening = [Paragraph(line) for line in _fill(spec.basis, values).split("\n") if line]
    title = Title(_fill(spec.title, values), _fill(spec.subject, values))
    return (title, *opening, *before, *lead_in, *after, *_closing(spec))


def _list_body(
    spec: ListSpec, labels: list[tuple[str, str]], values: dict[str, str]
) -> tuple[Block, ...]:
    title = _fill(spec.title, values)
    attached = _fill(spec.attached_to, values)
    columns = tuple(
        Column(
            _fill(column.heading, values),
            column.width_mm,
            column.align,
            _fill(column.group_heading, values),
            _fill(column.note, values),
        )
        for column in spec.shown
    )
    table = Table(columns, _rows(spec, labels), numbering=spec.numbering_row)
    head: Block = AnnexHead(title, attached) if attached else Title(title)
    return (head, table, *_closing(spec))


def _rows(spec: ListSpec, labels: list[tuple[str, str]]) -> list[TableRow]:
    if spec.group_by != "field":
        return [_row(spec, place, sample) for place, sample in enumerate(SAMPLES, start=1)]
    rows: list[TableRow] = []
    for place, (label, topics) in enumerate(labels, start=1):
        section = _fill(spec.section, {"number": roman(place), "label": label})
        rows.append(SectionRow(section, topics))
        if place <= len(SAMPLES):
            rows.append(_row(spec, 1, SAMPLES[place - 1]))
    return rows


def _row(spec: ListSpec, number: int, sample: dict[str, str]) -> Row:
    own = {"ordinal": str(number), "numbered_name": f"{number}. {sample['name']}"}
    return Row(tuple((sample | own).get(column.key, "") for column in spec.shown))


def _closing(spec: Spec) -> tuple[Block, ...]:
    signers = tuple(Signer(position=one.position, note=one.note) for one in spec.signatures)
    return (Closing(signers=signers),) if signers else ()


def _fill(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
