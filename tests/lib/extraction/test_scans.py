"""Scanned pages are drawn and handed to an engine; whatever it says is never certain."""

from pathlib import Path

import pytest
from tests.factories.scans import engine_that_reads, scan

from kheo.lib.extraction.blocks.scans import MOST_PAGES, recognised
from kheo.lib.extraction.directives.reading import read_scan
from kheo.lib.files.refusals import UnreadableFileError

FILES = Path(__file__).parent / "files"
LETTER = (
    "HUYỆN ỦY TÂN HÒA\n*\nSố 12-CV/HU\nV/v đăng ký mô hình năm 2025\n\n"
    "ĐẢNG CỘNG SẢN VIỆT NAM\nTân Hòa, ngày 05 tháng 02 năm 2025\n\n"
    "Kính gửi: Đảng ủy các xã, thị trấn\n\n"
    "Đề nghị các xã đăng ký ít nhất 02 mô hình cấp huyện trước ngày 28/02/2025.\n\n"
    "Nơi nhận:\n- Như trên,\n- Lưu Văn phòng Huyện ủy.\n\n"
    "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nLê Văn An\n"
)


def refusal(content: bytes, engine: str) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as told:
        recognised(content, engine)
    return told.value


def test_every_page_is_handed_to_the_engine(tmp_path: Path) -> None:
    engine = engine_that_reads(tmp_path, "trang này\n")
    assert recognised(scan(pages=2), engine) == "trang này\n\ntrang này"


def test_a_pdf_with_text_is_no_scan() -> None:
    assert recognised((FILES / "m1-printed.pdf").read_bytes(), "/no/engine") == ""


def test_what_cannot_be_recognised_is_refused(tmp_path: Path) -> None:
    assert refusal(scan(), "/no/engine").code == "no_engine"
    assert refusal(b"%PDF-1.4 broken", "/no/engine").code == "corrupt"
    broken = engine_that_reads(tmp_path, "x")
    Path(broken).write_text("#!/bin/sh\nexit 3\n")
    assert refusal(scan(), broken).code == "no_engine"
    many = refusal(scan(pages=MOST_PAGES + 1), engine_that_reads(tmp_path, "x"))
    assert (many.code, many.limit) == ("too_many_pages", MOST_PAGES)


def test_nothing_read_in_a_scan_is_certain() -> None:
    read = read_scan(LETTER)
    found = {one.field: one for one in read.findings}
    assert found["symbol"].value == "12-CV/HU"
    assert found["deadline"].value["on"] == "2025-02-28"
    assert {one.confidence for one in read.findings} == {"unsure"}
    assert "scanned" in read.warnings


def test_a_secret_scan_is_secret_all_the_same() -> None:
    assert read_scan(f"MẬT\n{LETTER}").warnings == ("secret",)
