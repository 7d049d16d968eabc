"""A person's own matching of columns, hidden stamps, and words that are recognised."""

import io
import tomllib
import zipfile
from pathlib import Path

import openpyxl
import pytest

from kheo.lib.extraction.forms.reading import read_forms
from kheo.lib.extraction.forms.values import is_blank, is_tick, times, understood
from kheo.lib.extraction.forms.vocabulary import heading_key, vocabulary

FILES = Path(__file__).parent / "files"
DATA = Path(__file__).parents[3] / "src/kheo/lib/extraction/forms/data"
STAMP = 'kheo:1:{"round": 7, "unit": "Xã \\"Thử\\""}'


def test_what_a_person_chose_for_columns_goes_before_what_is_recognised() -> None:
    content = (FILES / "m4-renamed-columns.xlsx").read_bytes()
    chosen = {("DS", 1, 5): "extra.beneficiaries", ("DS", 1, 4): "scope", ("DS", 1, 8): None}
    (form,) = read_forms(content, "a.xlsx", chosen=chosen)
    first = {key: value.understood for key, value in form.entries[0].values.items()}
    assert first["extra.beneficiaries"] == "45"
    assert first["scope"] == "Thôn Bãi"
    assert "address" not in first
    assert "ends" not in first
    assert [column.key for column in form.columns][3:5] == ["scope", "extra.beneficiaries"]
    assert all(form.columns[place].certain for place in (3, 4, 7))


def test_a_column_chosen_for_the_level_takes_the_level_of_its_heading() -> None:
    told = "DANH SÁCH ĐĂNG KÝ;;;\nSTT;Tên mô hình;Địa chỉ;Của xã;Huyện\n1;Nhà sạch;Thôn 1;x;\n"
    told += "2;Vườn mẫu;Thôn 2;;x\n3;Đường hoa;Thôn 3;;cấp tỉnh\n"
    chosen = {("", 1, 5): "level"}
    (form,) = read_forms(told.encode(), "a.csv", chosen=chosen)
    levels = [entry.values.get("level") for entry in form.entries]
    assert [level and level.understood for level in levels] == [None, "district", "province"]


def test_another_column_can_be_chosen_for_the_name() -> None:
    content = (FILES / "m4-misspelt.xlsx").read_bytes()
    chosen = {("Sheet1", 1, 2): "content", ("Sheet1", 1, 3): "name"}
    (form,) = read_forms(content, "a.xlsx", chosen=chosen)
    assert form.entries[0].values["name"].understood == "Trường Tiểu học"
    assert form.entries[0].values["content"].understood == "Trường học hạnh phúc"


def test_the_kind_of_an_entry_is_its_name_where_no_column_holds_names() -> None:
    told = "DANH SÁCH ĐĂNG KÝ;;;\nSTT;Mô hình, điển hình;Địa chỉ;Cấp\n1;Nhà sạch;Thôn 1;Huyện\n"
    (form,) = read_forms(told.encode(), "a.csv")
    assert [(c.key, c.certain) for c in form.columns][1] == ("name", False)
    told = told.replace("STT", "Tên mô hình").replace("\n1;Nhà sạch", "\nNhà sạch;Điển hình")
    (form,) = read_forms(told.encode(), "a.csv")
    assert form.entries[0].values["nature"].understood == "exemplary"


CONSOLIDATED = (
    "DANH SÁCH ĐĂNG KÝ XÂY DỰNG MÔ HÌNH, ĐIỂN HÌNH “DÂN VẬN KHÉO” NĂM 2024\n"
    "STT;Đơn vị;Tên mô hình;Địa chỉ\n"
    "1;Xã An Dương;Nhà sạch;Thôn 1\n2;;Vườn mẫu;Thôn 2\n"
    "3;Xã Cao Xá;Đường hoa;Thôn 3\n4;Xã An Dương;Ao sạch;Thôn 4\n"
)


def test_a_list_with_a_column_of_units_is_one_form_a_unit() -> None:
    forms = read_forms(CONSOLIDATED.encode(), "a.csv")
    names = {
        form.unit and form.unit.understood: [e.values["name"].understood for e in form.entries]
        for form in forms
    }
    # the second row names no unit: it belongs to the one above
    expected = {"Xã An Dương": ["Nhà sạch", "Vườn mẫu", "Ao sạch"], "Xã Cao Xá": ["Đường hoa"]}
    assert names == expected
    assert [form.entries[-1].place.row for form in forms] == [6, 5]


def test_a_list_by_units_stays_as_many_forms_whatever_its_columns_are_taken_for() -> None:
    for number, key in ((2, "address"), (2, None), (4, "unit"), (3, "content")):
        assert len(read_forms(CONSOLIDATED.encode(), "a.csv", chosen={("", 1, number): key})) == 2


def test_a_column_of_units_that_is_empty_parts_nothing() -> None:
    told = CONSOLIDATED.replace("Xã An Dương", "").replace("Xã Cao Xá", "")
    (form,) = read_forms(told.encode(), "a.csv")
    assert form.unit is None
    assert len(form.entries) == 4


def test_the_stamp_of_a_workbook_is_read_from_its_hidden_sheet() -> None:
    book = openpyxl.load_workbook(FILES / "m4-misspelt.xlsx")
    hidden = book.create_sheet("_kheo")
    hidden["A1"] = STAMP
    hidden.sheet_state = "veryHidden"
    out = io.BytesIO()
    book.save(out)
    (form,) = read_forms(out.getvalue(), "a.xlsx")
    assert form.stamp == STAMP
    assert form.layout == "M4"


def test_the_stamp_of_a_workbook_is_read_from_a_defined_name() -> None:
    book = openpyxl.load_workbook(FILES / "m4-misspelt.xlsx")
    name = openpyxl.workbook.defined_name.DefinedName("_kheo", attr_text='"kheo:1:12"', hidden=True)
    book.defined_names["_kheo"] = name
    out = io.BytesIO()
    book.save(out)
    (form,) = read_forms(out.getvalue(), "a.xlsx")
    assert form.stamp == "kheo:1:12"


def test_the_stamp_of_a_word_form_is_read_from_its_property() -> None:
    told = STAMP.replace('"', "&quot;")
    custom = (
        '<?xml version="1.0"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/'
        '2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/'
        'docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" '
        f'name="kheo"><vt:lpwstr>{told}</vt:lpwstr></property></Properties>'
    )
    copy = io.BytesIO((FILES / "m1-controls.docx").read_bytes())
    with zipfile.ZipFile(copy, "a") as archive:
        archive.writestr("docProps/custom.xml", custom)
    (form,) = read_forms(copy.getvalue(), "a.docx")
    assert form.stamp == STAMP


def test_files_that_the_system_did_not_give_out_have_no_stamp() -> None:
    for name in ("m4-misspelt.xlsx", "m1-controls.docx", "s0-merged.ods"):
        assert read_forms((FILES / name).read_bytes(), name)[0].stamp is None


def test_every_heading_means_one_item() -> None:
    items = tomllib.loads((DATA / "headings.toml").read_text("utf-8"))["item"]
    for item in items:
        for heading in item["headings"]:
            assert vocabulary().headings[heading_key(heading)] == item["key"], heading


@pytest.mark.parametrize("key", ["field", "level", "form", "continuity", "nature"])
def test_every_word_for_a_value_is_understood_as_it(key: str) -> None:
    words = tomllib.loads((DATA / "words.toml").read_text("utf-8"))[key]
    for value, told in words.items():
        for word in told["whole"]:
            assert understood(key, word) == [value], word


@pytest.mark.parametrize(
    ("key", "text", "values"),
    [
        ("field", "Lĩnh vực Văn hóa – xã hội", ["culture_society"]),
        ("field", "VĂN HOÁ XÃ HỘI", ["culture_society"]),
        ("field", "Kinh tế, văn hóa", ["economy", "culture_society"]),
        ("field", "Quốc phong an nịnh", ["defence_security"]),
        ("field", "thể thao", []),
        ("level", "Cấp Huyện", ["district"]),
        ("level", "huyện/tỉnh", ["district", "province"]),
        ("level", "thành phố", []),
        ("form", "TẬP THỂ", ["collective"]),
        ("continuity", "nhân rộng từ xã bên", ["replicated"]),
    ],
)
def test_words_are_understood(key: str, text: str, values: list[str]) -> None:
    assert sorted(understood(key, text)) == sorted(values)


@pytest.mark.parametrize("text", ["x", " X ", "☒", "✓", "■", "√", "[x]", "1"])
def test_crosses_are_ticks(text: str) -> None:
    assert is_tick(text) is True


@pytest.mark.parametrize("text", ["", "☐", "không", "...", "-"])
def test_what_is_left_open_is_no_tick(text: str) -> None:
    assert is_tick(text) is False


def test_other_words_are_neither() -> None:
    assert is_tick("tháng 3/2024") is None


@pytest.mark.parametrize("text", ["1.....", "2.", "…", "...", "  ", "3) ____", "-"])
def test_what_a_template_leaves_open_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["1. A", "x", "10 hộ", "2024"])
def test_what_says_something_is_not_blank(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("tháng 3 – tháng 12", "tháng 3", "tháng 12"),
        ("từ tháng 3 đến tháng 12 năm 2024", "tháng 3", "tháng 12 năm 2024"),
        ("tháng 3 đến 12", "tháng 3", "tháng 12"),
        ("quý I - III", "quý I", "quý III"),
        ("3/2024-10/2024", "3/2024", "10/2024"),
        ("2024-2025", "2024", "2025"),
        ("01/3/2024 - 30/11/2024", "01/3/2024", "30/11/2024"),
        ("quý II/2024", "quý II/2024", "quý II/2024"),
        ("cả năm", "cả năm", "cả năm"),
    ],
)
def test_periods_are_parted_in_the_words_written(text: str, starts: str, ends: str) -> None:
    told = times(text, 2024)
    assert (told.starts, told.ends, told.known) == (starts, ends, True)


def test_what_is_no_period_is_kept_and_said_to_be_none() -> None:
    told = times("khi có kinh phí", 2024)
    assert (told.starts, told.known) == ("khi có kinh phí", False)
