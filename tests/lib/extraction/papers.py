"""Papers as the system writes them, made from the shipped layouts and invented records."""

import json
from pathlib import Path

from kheo.lib.papers.nodes import (
    AnnexHead,
    Block,
    CheckBox,
    CheckBoxes,
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
    italic,
    rich,
)
from kheo.lib.text.numbers import roman

LAYOUTS = Path(__file__).parents[3] / "src/kheo/rounds/data"
LEVELS = {"province": "tỉnh", "district": "huyện", "commune": "cơ sở", "central": "trung ương"}
FIELDS = ("economy", "culture_society", "defence_security", "political_system")
UNIT = "Đảng ủy xã Đồng Mẫu"
Record = dict[str, str]


def layout(code: str) -> dict:
    return json.loads((LAYOUTS / f"{code}.json").read_text("utf-8"))


def scheme(code: str) -> list[dict]:
    schemes = json.loads((LAYOUTS / "field_schemes.json").read_text("utf-8"))
    return next(one["labels"] for one in schemes if one["code"] == code)


def form_paper(code: str, record: Record, *, year: int = 2024, unit: str = UNIT) -> Paper:
    """Return M1 or M2 as exemplars.papers does."""
    spec = layout(code)
    words = {
        "year": str(year),
        "unit": unit,
        "governing_document": "Hướng dẫn số 09-HD/HU ngày 17/8/2022 của Ban Thường vụ Huyện ủy",
    }
    before: list[Block] = []
    after: list[Block] = []
    number = 0
    for item in spec["fields"]:
        if not (item.get("on", True) and item.get("printed", True)):
            continue
        numbered = item.get("numbered", True)
        number += numbered
        label = f"{number}. {item['label']}" if numbered else item["label"]
        (after if numbered else before).extend(_item(item, label, record, spec, numbered=numbered))
    lead_in = [
        Paragraph(line) for line in _fill(spec.get("lead_in", ""), words).split("\n") if line
    ]
    hint = [Hint(spec["lead_in_hint"])] if spec.get("lead_in_hint") else []
    signers = tuple(
        Signer(position=one["position"], note=one.get("note", ""), name="Trần Văn Thử")
        for one in spec["signatures"]
    )
    return Paper(
        profile="party-2018",
        title=f"{spec['name']}: {record.get('name', '')}"[:200],
        label=spec["label"],
        head=Letterhead(issuers=(unit.upper(),), motto=False),
        body=(
            Title(spec["title"], _dressed(_fill(spec["subject"], words))),
            Paragraph(_dressed(_fill(spec["basis"], words))),
            *before,
            *lead_in,
            *hint,
            *after,
            Closing(signers=signers),
        ),
    )


def _dressed(text: str):
    head, _, rest = text.partition("Dân vận khéo")
    return rich(head, italic("Dân vận khéo"), rest)


def _item(item: dict, label: str, record: Record, spec: dict, *, numbered: bool) -> list[Block]:
    key = item["key"]
    if key == "field":
        boxes = tuple(
            CheckBox(one["label"], one["field"] == record.get("field"))
            for one in scheme(spec["field_scheme_code"])
        )
        return [FieldLine(label, dots=False), CheckBoxes(boxes), Hint(item["hint"])]
    if key == "level":
        value = LEVELS.get(record.get("level", ""), "").capitalize()
    elif key == "period":
        value = period_words(record.get("starts", ""), record.get("ends", ""))
    else:
        value = record.get(key, "")
    if not numbered:
        return [FieldLine(label, value, "" if value else item["hint"])]
    return [FieldLine(label, value), *([Hint(item["hint"])] if item["hint"] and not value else [])]


def period_words(starts: str, ends: str) -> str:
    if not (starts and ends) or starts == ends:
        return ends or starts
    return f"Từ {starts[:1].lower()}{starts[1:]} đến {ends[:1].lower()}{ends[1:]}"


def list_paper(code: str, records: list[Record], *, year: int = 2024, unit: str = UNIT) -> Paper:
    """Return M3, M4, S0 or S1 as reporting.papers.lists does."""
    spec = layout(code)
    words = {
        "year": str(year),
        "previous_year": str(year - 1),
        "unit": unit,
        "governing_reference": "Kế hoạch số 31-KH/TU, ngày 16/3/2021 của Ban Thường vụ Tỉnh ủy",
    }
    columns = tuple(
        Column(
            _fill(one["heading"], words),
            one["width_mm"],
            one["align"],
            _fill(one["group_heading"], words),
            _fill(one["note"], words),
        )
        for one in spec["columns"]
    )
    keys = [one["key"] for one in spec["columns"]]
    table = Table(columns, _rows(spec, keys, records), numbering=spec["numbering_row"])
    title = _fill(spec["title"], words)
    attached = _fill(spec.get("attached_to", ""), words)
    head = Letterhead(
        superiors=("HUYỆN ỦY MẪU",),
        issuers=(unit.upper(),),
        number="Số 05-DS/ĐU",
        place_and_date=f"Đồng Mẫu, ngày 20 tháng 02 năm {year}",
    )
    if spec["letterhead"] == "none":
        head = Letterhead(issuers=(_fill(spec["unit_line"], words),), motto=False, mark=False)
    signers = tuple(
        Signer(position=one["position"], note=one["note"]) for one in spec["signatures"]
    )
    return Paper(
        profile="party-2018",
        title=" ".join(title.split()),
        orientation="landscape",
        head=head,
        body=(
            AnnexHead(title, attached) if attached else Title(title),
            table,
            Closing(signers=signers),
        ),
    )


def _rows(spec: dict, keys: list[str], records: list[Record]) -> list[TableRow]:
    if spec["group_by"] != "field":
        return [_row(keys, number, one) for number, one in enumerate(records, 1)]
    rows: list[TableRow] = []
    for place, section in enumerate(scheme(spec["field_scheme_code"]), 1):
        words = {"number": roman(place), "label": section["label"]}
        rows.append(SectionRow(_fill(spec["section"], words), section["topics"]))
        own = [one for one in records if one["field"] == section["field"]]
        rows += [_row(keys, number, one) for number, one in enumerate(own, 1)]
    return rows


def _row(keys: list[str], number: int, one: Record) -> Row:
    person = f": {one['full_name']}" if one.get("full_name") else ""
    summary = (
        one.get("content", ""),
        f"Thực hiện: {one['leads']}" if one.get("leads") else "",
        f"Dự kiến kết quả: {one['expected_results']}" if one.get("expected_results") else "",
    )
    continuity = one.get("continuity", "")
    timed = "kept" in keys
    mark = (one.get("starts") or "x") if timed else "x"
    cells = {
        "ordinal": str(number),
        "numbered_name": f"{number}. {one.get('name', '')}",
        "name": one.get("name", ""),
        "form": ("Cá nhân" + person) if one["form"] == "individual" else "Tập thể",
        "collective": "x" if one["form"] == "collective" else "",
        "individual": "x" if one["form"] == "individual" else "",
        "address": one.get("address", ""),
        "ends": one.get("ends", ""),
        "goals": one.get("goals", ""),
        "summary": "\n".join(part for part in summary if part),
        "kept": mark if continuity == "kept" else "",
        "new": mark if continuity == "new" else "",
        "replicated": LEVELS.get(one.get("intended_level", ""), "x")
        if continuity == "replicated"
        else "",
    }
    return Row(tuple(cells[key] for key in keys))


def _fill(text: str, words: dict[str, str]) -> str:
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", value)
    return text
