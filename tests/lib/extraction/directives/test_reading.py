"""What a directive says is found where it says it, however the paper is written or spaced."""

import json
import re
import time
import unicodedata
from pathlib import Path

import pytest
from bench.scoring import differences
from hypothesis import given, settings
from hypothesis import strategies as st

from kheo.lib.extraction.directives.found import FIELDS
from kheo.lib.extraction.directives.reading import read_document, read_text

SHARED = Path(__file__).parents[5] / "shared"
SAMPLES = Path(__file__).parent / "samples/open"
GOLD = sorted((SHARED / "design/gold").glob("*.json"))
HEAD = """HUYỆN ỦY SƠN THANH
*
Số 81-CV/HU
V/v đăng ký mô hình “Dân vận khéo” năm 2025

ĐẢNG CỘNG SẢN VIỆT NAM

Sơn Thanh, ngày 06 tháng 02 năm 2025

Kính gửi: Các chi bộ, đảng bộ trực thuộc Huyện ủy.

"""
TAIL = """

Nơi nhận:
- Như trên,
- Lưu Văn phòng Huyện ủy.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ

Lương Thị Hải Vân
"""


def said(body, field):
    return [one for one in read_text(f"{HEAD}{body}{TAIL}").findings if one.field == field]


def days(body):
    return [one.value["on"] for one in said(body, "deadline")]


@pytest.mark.skipif(not GOLD, reason="the papers that set the measure are not here")
@pytest.mark.parametrize("gold", GOLD, ids=[path.stem[:3] for path in GOLD])
def test_the_papers_that_set_the_measure_are_read_without_a_fault(gold):
    paper = SHARED / "seeds" / f"{gold.stem}.txt"
    wanted = json.loads(gold.read_text(encoding="utf-8"))
    read = read_document(paper.read_bytes(), paper.name).as_json()
    assert differences(wanted, json.loads(json.dumps(read))) == ({}, {})


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("Báo cáo gửi trước ngày 10/4.", ["2025-04-10"]),
        ("Báo cáo chậm nhất cuối quý I.", ["2025-03-31"]),
        ("Hoàn thành trong tháng 4/2025.", ["2025-04-30"]),
        ("Báo cáo gửi trước ngày 10/01.", ["2026-01-10"]),
        (
            "Gửi báo cáo trước các ngày 10/9, 5/10 và 15/10.",
            ["2025-09-10", "2025-10-05", "2025-10-15"],
        ),
        ("Đăng ký trước ngày 31/3 hằng năm.", ["--03-31"]),
        ("Báo cáo tại Hội nghị giao ban ngày 01/3/2025.", ["2025-03-01"]),
        ("Thời gian đăng ký: từ ngày 15/02/2025 đến hết ngày 10/3/2025.", ["2025-03-10"]),
        # nothing is demanded by these days
        ("Biểu dương nhân kỷ niệm Ngày truyền thống (15/10/1930 - 15/10/2025).", []),
        ("Số liệu tính từ ngày 15/11/2024 đến ngày 15/11/2025.", []),
        ("Các mô hình được công nhận trước ngày 01/01/2025 không phải đăng ký lại.", []),
        ("Cuối năm tổ chức đánh giá, công nhận.", []),
        ("Ba xã đăng ký chậm so với thời hạn ngày 28/02/2025.", []),
    ],
)
def test_days_are_demanded_in_many_ways(body, wanted):
    assert days(body) == wanted


def test_a_year_told_apart_stands_beside_the_yearly_day():
    body = "Đăng ký gửi trước ngày 31/3 hằng năm. Riêng năm 2025, đăng ký trước ngày 01/5/2025."
    yearly, once = said(body, "deadline")
    assert (yearly.value["every"], once.value["every"]) == ("year", None)
    assert yearly.value["except"] == [{"year": 2025, "on": "2025-05-01"}]


def test_what_is_doubtful_about_a_day_is_flagged():
    (missing,) = said("Báo cáo trước ngày 31/4/2025.", "deadline")
    assert (missing.value["on"], missing.flags) == (None, ("no-such-date",))
    (early,) = said("Đăng ký gửi trước ngày 01/01/2025.", "deadline")
    assert "before-the-document" in early.flags
    (supposed,) = said("Đăng ký gửi trước ngày 10/4.", "deadline")
    assert (supposed.flags, supposed.confidence) == (("year-assumed",), "likely")
    assert read_text(f"{HEAD}Báo cáo trước ngày 31/4/2025.{TAIL}").as_json()["deadlines"] == []


def test_a_cascade_names_who_must_do_what_by_when():
    body = (
        "Các xã, thị trấn báo cáo trước ngày 10/9; Ban Dân vận Huyện ủy tổng hợp trước ngày 05/10; "
        "Ban Thường vụ Huyện ủy báo cáo Tỉnh ủy trước ngày 15/10."
    )
    told = [(one.value["audience"], one.value["on"]) for one in said(body, "deadline")]
    assert told == [
        ("Các xã, thị trấn", "2025-09-10"),
        ("Ban Dân vận Huyện ủy", "2025-10-05"),
        ("Ban Thường vụ Huyện ủy", "2025-10-15"),
    ]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("Mỗi xã đăng ký từ 01 đến 02 mô hình cấp huyện.", [("huyện", 1, 2, "register")]),
        ("Mỗi xã đăng ký ít nhất một mô hình cấp tỉnh.", [("tỉnh", 1, None, "register")]),
        ("Mỗi xã đăng ký 03 (ba) mô hình.", [(None, 3, 3, "register")]),
        ("Ban Dân vận giới thiệu không quá 05 nội dung cấp tỉnh.", [("tỉnh", None, 5, "nominate")]),
        (
            "Số lượng: cấp tỉnh không quá 02 mô hình, cấp huyện không quá 05 mô hình.",
            [("tỉnh", None, 2, "register"), ("huyện", None, 5, "register")],
        ),
        ("Mỗi cơ quan cấp tỉnh xây dựng ít nhât 01 mô hình.", [(None, 1, None, "register")]),
        # these ask nothing
        ("Năm 2024, toàn huyện đã xây dựng 45 mô hình cấp huyện.", []),
        ("Khảo sát ít nhất 03 mô hình mỗi xã.", []),
        ("Nêu tóm tắt nội dung từ 03 đến 05 dòng.", []),
    ],
)
def test_numbers_are_asked_for_in_many_ways(body, wanted):
    names = ("level", "min", "max", "what")
    told = [tuple(one.value[name] for name in names) for one in said(body, "quota")]
    assert told == wanted


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("Thực hiện Kế hoạch số 31 - KH/TU, ngày 16/3/2021 của Tỉnh uỷ, đề nghị:", "implements"),
        ("Công văn này thay thế Công văn số 31-CV/HU ngày 16/3/2021.", "replaces"),
        ("Sửa đổi, bổ sung một số nội dung của Hướng dẫn số 31-HD/HU ngày 16/3/2021.", "amends"),
        ("Đã ban hành Kế hoạch số 31-KH/HU ngày 16/3/2021.", "cites"),
    ],
)
def test_how_a_named_paper_stands_to_this_one_follows_from_the_words_before(body, wanted):
    (found,) = said(body, "reference")
    assert found.value["relation"] == wanted
    assert found.value["issued_on"] == "2021-03-16"


def test_a_paper_is_named_once_and_tells_issuers_apart():
    body = (
        "Kế hoạch số 31-KH/TU ngày 16/3/2021 của Tỉnh uỷ; Kế hoạch số 31-KH/TU ngày 20/5/2021 của "
        "Thị ủy; theo Kế hoạch số 31-KH/TU ngày 16/3/2021; Hướng dẫn số  -HD/HU ngày / /2022."
    )
    told = [(one.value["symbol"], one.value["issuer"]) for one in said(body, "reference")]
    assert told == [("31-KH/TU", "Tỉnh ủy"), ("31-KH/TU", "Thị ủy")]


def test_of_a_secret_paper_nothing_is_kept():
    reading = read_text(f"MẬT\n{HEAD}{TAIL}")
    assert (reading.text, reading.findings, reading.warnings) == ("", (), ("secret",))
    assert "secret" not in read_text(f"{HEAD}Mật trận và các đoàn thể.{TAIL}").warnings


def outline(reading):
    return [(one.field, json.dumps(one.value, ensure_ascii=False)) for one in reading.findings]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt"))[:8], ids=lambda path: path.name)
def test_decomposed_letters_and_wider_blanks_change_nothing(path):
    text = path.read_text(encoding="utf-8")
    reading = read_text(text)
    assert read_text(unicodedata.normalize("NFD", text)) == reading
    assert read_text(re.sub(r"(?<=\w\w) (?=\w\w)", "  ", text)) == reading
    assert read_text(text.replace("\n", " \r\n")) == reading
    assert outline(read_text(text.replace(" ", "\u00a0"))) == outline(reading)


PIECES = st.sampled_from(
    [
        *("Số 31-KH/TU", "trước ngày 10/4", "từ 1-2 mô hình", "mỗi xã", "các xã đề nghị", "31/4"),
        *("T/M BAN THƯỜNG VỤ", "Nơi nhận:", "Kính gửi:", "ĐỀ CƯƠNG", "I. Kết quả", "MẬT"),
        *("trong đó: a 1; b 2", "- a", "\n", "\t", "*", "(", ")", "“", "1", " "),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=25))
def test_every_finding_indexes_the_text(pieces):
    reading = read_text(" ".join(pieces))
    assert unicodedata.is_normalized("NFC", reading.text)
    for one in reading.findings:
        assert one.field in FIELDS
        assert reading.text[one.start : one.end] == one.text
        assert one.text
    json.dumps(reading.as_json())


@pytest.mark.parametrize("unit", ["trước ngày 1/", "\t1", "mỗi xã 1 ", " \t"])
def test_a_hostile_line_is_answered_in_time(unit):
    text = "Ủy ban nhân dân các xã đề nghị thực hiện kế hoạch của Tỉnh ủy.\n\n"
    text += unit * (1_000_000 // len(unit)) + "x"
    begun = time.process_time()
    read_text(text)
    assert time.process_time() - begun < 15


def test_a_letter_that_is_addressed_to_nobody_has_a_body_all_the_same() -> None:
    told = (
        "HUYỆN ỦY TÂN HÒA\n*\nSố 12-CV/HU\nV/v đăng ký mô hình năm 2025\n\n"
        "ĐẢNG CỘNG SẢN VIỆT NAM\nTân Hòa, ngày 05 tháng 02 năm 2025\n\n"
        "Đề nghị các xã đăng ký ít nhất 02 mô hình cấp huyện trước ngày 28/02/2025.\n"
    )
    found = {one.field: one.value for one in read_text(told).findings}
    assert found["subject"] == "đăng ký mô hình năm 2025"
    assert found["deadline"]["on"] == "2025-02-28"
    assert (found["quota"]["level"], found["quota"]["min"]) == ("huyện", 2)
