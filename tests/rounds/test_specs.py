"""Layouts as values: the shipped ones say what the seeds say, and wrong ones are refused."""

import copy

import pytest

from kheo.rounds.actions.reference import load_official_layouts
from kheo.rounds.models import FieldLabel, FieldScheme, Layout
from kheo.rounds.queries.specs import FormSpec, ListSpec, SpecError, parse_spec, spec_json

pytestmark = pytest.mark.django_db


def shipped(code):
    return parse_spec(Layout.objects.get(code=code, is_shipped=True).spec)


def labels(code):
    rows = FieldLabel.objects.filter(scheme__code=code, scheme__issuer=None)
    return list(rows.values_list("label", flat=True))


def test_all_six_official_layouts_are_there_once_however_often_loaded():
    load_official_layouts()
    load_official_layouts()
    rows = Layout.objects.filter(is_shipped=True).values_list("code", "version")
    assert sorted(rows) == [(code, 1) for code in ("M1", "M2", "M3", "M4", "S0", "S1")]
    assert FieldScheme.objects.count() == 3


def test_a_changed_official_text_is_renewed_in_place():
    layout = Layout.objects.get(code="M3", is_shipped=True)
    Layout.objects.filter(pk=layout.pk).update(spec=layout.spec | {"title": "Cũ"})
    load_official_layouts()
    renewed = Layout.objects.get(pk=layout.pk)
    assert renewed.spec == layout.spec
    assert renewed.version == 2


def test_m1_asks_in_the_order_and_words_of_the_seed():
    spec = shipped("M1")
    assert isinstance(spec, FormSpec)
    assert [(field.label, field.numbered) for field in spec.printed] == [
        ("Địa chỉ", False),
        ("Tên mô hình đăng ký", True),
        ("Thuộc lĩnh vực", True),
        ("Đăng ký mô hình, điển hình ở cấp", True),
        ("Nội dung thực hiện", True),
        ("Thời gian thực hiện", True),
        ("Địa chỉ, phạm vi thực hiện", True),
        ("Kết quả dự kiến", True),
    ]
    lines = {field.key: (field.min_lines, field.max_lines) for field in spec.fields}
    assert (lines["content"], lines["expected_results"]) == ((3, 5), (1, 3))


def test_m2_asks_for_the_person_first():
    spec = shipped("M2")
    keys = [field.key for field in spec.printed if not field.numbered]
    assert keys == ["full_name", "position", "workplace", "address"]
    assert [one.position for one in spec.signatures] == [
        "Lãnh đạo tổ chức, cơ quan, đơn vị",
        "Cá nhân đăng ký",
    ]


@pytest.mark.parametrize(("code", "grouped"), [("M3", "field"), ("M4", "")])
def test_m3_and_m4_have_eight_columns_with_the_time_in_two(code, grouped):
    spec = shipped(code)
    assert isinstance(spec, ListSpec)
    assert [column.heading for column in spec.shown][:4] == [
        "STT",
        "Địa chỉ xây dựng mô hình",
        "Tên mô hình",
        "Tập thể hoặc cá nhân",
    ]
    times = [c for c in spec.shown if c.group_heading == "Thời gian triển khai"]
    assert [column.key for column in times] == ["kept", "new"]
    assert (len(spec.shown), spec.group_by) == (8, grouped)


@pytest.mark.parametrize("code", ["S0", "S1"])
def test_s0_and_s1_have_seven_columns_and_a_row_of_numbers(code):
    spec = shipped(code)
    assert [column.group_heading for column in spec.shown] == [
        "",
        "HÌNH THỨC",
        "HÌNH THỨC",
        "",
        "",
        "TRONG ĐÓ",
        "TRONG ĐÓ",
    ]
    assert spec.numbering_row
    assert spec.orientation == "landscape"
    assert spec.signatures[0].position == "THỦ TRƯỞNG ĐƠN VỊ"


@pytest.mark.parametrize("code", ["M1", "M2", "M3", "M4", "S0", "S1"])
def test_no_year_stands_in_an_official_layout(code):
    content = str(Layout.objects.get(code=code, is_shipped=True).spec)
    assert not [year for year in range(2000, 2030) if str(year) in content]


def test_schemes_have_the_labels_and_orders_of_the_seeds():
    assert labels("s4-m1-m2") == [
        "Xây dựng Đảng và hệ thống chính trị",
        "Phát triển kinh tế, bảo vệ môi trường",
        "Văn hóa - xã hội",
        "Quốc phòng - an ninh",
    ]
    assert labels("s0-s1")[0] == "KINH TẾ"
    assert labels("s4-m3")[3] == "Lĩnh vực xây dựng hệ thống chính trị"


@pytest.mark.parametrize("code", ["M1", "M2", "M3", "M4", "S0", "S1"])
def test_a_layout_survives_being_written_and_read(code):
    spec = shipped(code)
    assert parse_spec(spec_json(spec)) == spec


def spoilt(code, **changes):
    content = copy.deepcopy(Layout.objects.get(code=code, is_shipped=True).spec)
    for path, value in changes.items():
        target = content
        *way, last = path.split("__")
        for step in way:
            target = target[int(step) if step.isdigit() else step]
        key = int(last) if last.isdigit() else last
        if value is None:
            del target[key]
        else:
            target[key] = value
    return content


@pytest.mark.parametrize(
    ("code", "change", "words"),
    [
        ("M3", {"title": " "}, "tiêu đề"),
        ("M3", {"title": "Năm {nam}"}, "{nam}"),
        ("M3", {"section": "{year}"}, "{year}"),
        ("M3", {"kind": "tờ trình"}, "tờ trình"),
        ("M3", {"columns__0__width_mm": 4}, "STT"),
        ("M3", {"columns__0__width_mm": "rộng"}, "width_mm"),
        ("M3", {"columns__0__key": "bí mật"}, "bí mật"),
        ("M3", {"columns__0__key": "name"}, "name"),
        ("M3", {"columns__0__align": "justify"}, "align"),
        ("M3", {"columns__0__heading": ""}, "ordinal"),
        ("M3", {"columns__0__colour": "đỏ"}, "colour"),
        ("M3", {"columns": []}, "một cột"),
        ("M3", {"columns": "STT"}, "columns"),
        ("M3", {"columns__0": "STT"}, "columns[0]"),
        ("M3", {"columns__0__heading": None}, "heading"),
        ("M1", {"fields__1__on": False}, "name"),
        ("M1", {"fields__1__key": "y-khác"}, "y-khác"),
        ("M1", {"fields__4__min_lines": 9}, "dòng"),
        ("M1", {"form": "đoàn thể"}, "form"),
        ("M1", {"fields__0__label": " "}, "address"),
    ],
)
def test_what_no_paper_can_be_made_of_is_refused_and_says_where(code, change, words):
    with pytest.raises(SpecError) as caught:
        parse_spec(spoilt(code, **change))
    assert words in str(caught.value)


@pytest.mark.parametrize("content", [None, [], "M1", {}])
def test_what_is_no_layout_at_all_is_refused(content):
    with pytest.raises(SpecError):
        parse_spec(content)
