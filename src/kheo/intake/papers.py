"""Blank forms as they are given out: a list to fill in, and the round's own M1 and M2."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.exemplars.papers import CONTINUITIES, NATURES, item_text, registration_paper
from kheo.intake.queries.blanks import Blank
from kheo.intake.queries.stamps import stamp_text
from kheo.lib.papers.nodes import Paper
from kheo.lib.papers.render import render
from kheo.lib.sheets.blanks import BlankColumn, BlankSheet, write_blank
from kheo.rounds.enums import Form

# blank forms are official papers: Vietnamese whatever the language of the screen
FIELDS = {
    "economy": "Kinh tế",
    "culture_society": "Văn hóa - xã hội",
    "defence_security": "Quốc phòng - an ninh",
    "political_system": "Xây dựng hệ thống chính trị",
}
LIST = "Danh sách đăng ký"
NAMES = {Form.COLLECTIVE.value: "Mẫu M1 tập thể", Form.INDIVIDUAL.value: "Mẫu M2 cá nhân"}
FORMS = {"collective": "Tập thể", "individual": "Cá nhân"}
WHEN = "Ghi tháng hoặc quý, năm: tháng 3/2024, quý II/2024."
GUIDANCE = (
    "Mỗi dòng là một mô hình, điển hình; ô có mũi tên thì chọn trong danh sách. "
    "Các dòng đã ghi sẵn là của năm trước: giữ lại để tiếp tục duy trì, xóa đi nếu thôi."
)
# by item: heading, width in letters, what is said when the cell is entered
COLUMNS: dict[str, tuple[str, float, str]] = {
    "address": ("Địa chỉ xây dựng mô hình", 26, ""),
    "name": ("Tên mô hình, điển hình", 34, ""),
    "form": ("Tập thể/cá nhân", 11, ""),
    "field": ("Lĩnh vực", 18, ""),
    "level": ("Cấp đăng ký", 11, ""),
    "continuity": ("Mới/duy trì/nhân rộng", 13, ""),
    "nature": ("Mô hình/điển hình", 11, ""),
    "content": ("Nội dung thực hiện", 44, "Nêu ngắn gọn trong 3 đến 5 dòng."),
    "starts": ("Thời gian bắt đầu", 13, WHEN),
    "ends": ("Thời gian hoàn thành", 13, WHEN),
    "scope": ("Phạm vi thực hiện", 24, ""),
    "expected_results": ("Kết quả dự kiến", 34, "Nêu ngắn gọn trong 1 đến 3 dòng."),
    "full_name": ("Họ và tên", 20, "Chỉ ghi khi đăng ký cho cá nhân."),
    "position": ("Chức vụ", 20, "Chỉ ghi khi đăng ký cho cá nhân."),
    "workplace": ("Đơn vị công tác", 24, "Chỉ ghi khi đăng ký cho cá nhân."),
    "intended_level": ("Dự kiến được nhân rộng ở cấp", 14, ""),
    "problem": ("Vấn đề cần giải quyết", 30, ""),
    "goals": ("Mục tiêu", 30, ""),
    "leads": ("Tổ chức, cá nhân thực hiện", 24, ""),
    "resources": ("Nguồn lực thực hiện", 24, ""),
    "beneficiaries": ("Đối tượng thụ hưởng", 24, ""),
}
# what the columns of the round's list ask for, as items
ITEMS_OF = {
    "numbered_name": ("name",),
    "summary": ("content",),
    "kept": ("continuity",),
    "new": ("continuity",),
    "replicated": ("continuity", "intended_level"),
    "collective": ("form",),
    "individual": ("form",),
    "period": ("starts", "ends"),
    "starts": ("starts", "ends"),
    "ends": ("starts", "ends"),
}
ALWAYS = ("name", "form", "field", "level", "continuity", "nature")
PERSONAL = ("full_name", "position", "workplace")


def blank_list(blank: Blank, at: datetime) -> BlankSheet:
    """Return the list of a unit: last year's models in it, room for more, and its stamp."""
    round, keys = blank.part.round, _keys(blank)
    head = (
        blank.part.unit_name,
        f"DANH SÁCH ĐĂNG KÝ XÂY DỰNG MÔ HÌNH, ĐIỂN HÌNH “DÂN VẬN KHÉO” NĂM {round.year}",
        f"{round.title}. Gửi {round.organiser.name} chậm nhất ngày {blank.part.due_on:%d/%m/%Y}.",
        GUIDANCE,
    )
    return BlankSheet(
        name=f"Đăng ký {round.year}",
        head=head,
        columns=(BlankColumn(title="STT", width=5), *(_column(key, blank) for key in keys)),
        rows=tuple(
            (str(number), *(_text(row, key, blank) for key in keys))
            for number, row in enumerate(blank.earlier, start=1)
        ),
        stamp=stamp_text(blank.part),
        author=round.organiser.name,
        dated=timezone.localdate(at),
    )


def blank_form(blank: Blank, form: Form | str, at: datetime) -> Paper:
    """Return M1 or M2 of the round with the unit's name and address, and its stamp.

    :raises LookupError: when the round does not ask the unit for this form.
    """
    part = blank.part
    spec = blank.asked.specs.get(Form(form).value)
    if spec is None:
        raise LookupError(form)
    known = next((row.address for row in blank.earlier if row.address), "")
    row = Registration(
        form=Form(form).value,
        round=part.round,
        participation=part,
        organisation=part.organisation,
        unit_name=part.unit_name,
        path=part.path,
        year=part.round.year,
        address=known if form == Form.COLLECTIVE else "",
        state=State.DRAFT,
        created_at=at,
    )
    paper = registration_paper(row, spec, blank.asked.labels[spec.form.value])
    return replace(paper, stamp=stamp_text(part))


def file_name(blank: Blank, kind: str) -> str:
    """Return what a form's file is called: its kind and the unit, as every system takes it."""
    unit = re.sub(r'[\\/:*?"<>|\s]+', " ", blank.part.unit_name).strip(" .")[:100]
    return f"{kind} {unit or blank.part.pk}"


def blank_files(found: Iterable[Blank], at: datetime) -> Iterator[tuple[str, bytes]]:
    """Yield the files of units, by name, each unit's in a folder of its own."""
    for number, blank in enumerate(found, start=1):
        folder = f"{number:04d} {file_name(blank, '').strip()}"
        yield f"{folder}/{LIST}.xlsx", write_blank(blank_list(blank, at))
        for form in blank.asked.specs:
            yield f"{folder}/{NAMES[form]}.docx", render(blank_form(blank, form, at), "docx")


def _keys(blank: Blank) -> list[str]:
    specs = blank.asked.specs.values()
    asked = {item.key for spec in specs for item in spec.shown}
    asked |= {"starts", "ends"} if "period" in asked else set()
    listed = blank.asked.list_spec.shown if blank.asked.list_spec else ()
    order = [key for column in listed for key in ITEMS_OF.get(column.key, (column.key,))]
    if not specs:
        asked |= set(order)
    if Form.INDIVIDUAL in blank.asked.specs or not specs:
        asked |= set(PERSONAL)
    wanted = {*ALWAYS, *order, *asked}
    # the name stands first: it stays in view while the others move
    first = [key for key in dict.fromkeys(["name", *order]) if key in COLUMNS]
    return first + [key for key in COLUMNS if key in wanted and key not in first]


def _column(key: str, blank: Blank) -> BlankColumn:
    title, width, hint = COLUMNS[key]
    levels = tuple(level.name.capitalize() for level in blank.asked.levels)
    choices = {
        "form": tuple(FORMS[form] for form in blank.asked.specs or FORMS),
        "field": tuple(FIELDS.values()),
        "level": levels,
        "intended_level": levels,
        "continuity": tuple(CONTINUITIES.values()),
        "nature": tuple(NATURES.values()),
    }
    return BlankColumn(title=title, width=width, hint=hint, choices=choices.get(key, ()))


def _text(row: Registration, key: str, blank: Blank) -> str:
    match key:
        case "form":
            return FORMS[str(row.form)]
        case "field":
            return FIELDS.get(str(row.field), "")
        case "continuity":
            return CONTINUITIES["kept"]
        case "starts" | "ends":
            # a time that is over is asked anew
            lasting = row.ends_on is not None and row.ends_on.year >= blank.part.round.year
            return str(getattr(row, key)) if lasting else ""
        case "level" | "intended_level":
            level = getattr(row, key)
            # a level that was abolished since is chosen anew
            return str(level.name).capitalize() if level in blank.asked.levels else ""
    return item_text(row, key)
