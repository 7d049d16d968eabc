"""`kheo documents read` tells what a directive says, on a machine without a database."""

import json
from pathlib import Path

import pytest

LETTER = """HUYỆN ỦY SƠN THANH
*
Số 812 - CV/HU
V/v đăng ký mô hình “Dân vận khéo” năm 2025

ĐẢNG CỘNG SẢN VIỆT NAM

Sơn Thanh, ngày 06 tháng 02 năm 2025

Kính gửi: Các chi bộ, đảng bộ trực thuộc Huyện ủy.

1. Mỗi xã đăng ký từ 01 đến 02 mô hình cấp huyện theo mẫu M1, gửi về trước ngày 28/2.

2. Báo cáo kết quả trước ngày 31/4/2025.

Nơi nhận:
- Như trên,
- Lưu Văn phòng Huyện ủy.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ

Lương Thị Hải Vân
"""


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "cong-van.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


def test_a_letter_is_told_in_words(kheo, letter, data):
    done = kheo("documents", "read", str(letter))
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "Số và ký hiệu: 812-CV/HU" in lines
    assert "Ngày ban hành: 06/02/2025" in lines
    assert "Chỉ tiêu: đăng ký 1 – 2 cấp huyện: xã" in lines
    assert "Người ký: T/M Ban Thường vụ, Phó Bí thư, Lương Thị Hải Vân" in lines
    # what a person must look at stands beside the day
    assert any("28/02/2025" in line and "năm do phần mềm suy ra" in line for line in lines)
    assert any("không có ngày này" in line for line in lines)
    assert not (data / "kheo.sqlite3").exists()


def test_findings_stand_where_they_say_in_the_printed_text(kheo, letter):
    text = kheo("documents", "read", str(letter), "--text").stdout.rstrip("\n")
    facts = json.loads(kheo("documents", "read", str(letter), "--json").stdout)
    assert facts["symbol"] == "812-CV/HU"
    assert [row["on"] for row in facts["deadlines"]] == ["2025-02-28"]
    assert facts["findings"]
    for one in facts["findings"]:
        assert text[one["start"] : one["end"]] == one["text"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rong.txt", b"", "Tệp rỗng"),
        ("trang.txt", b" \n\n", "Tệp rỗng"),
        ("mat.txt", f"MẬT\n{LETTER}".encode(), "độ mật"),
        ("anh.docx", b"\x89PNG\r\n", "Word"),
    ],
)
def test_a_file_that_is_refused_says_why(kheo, tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    done = kheo("documents", "read", str(path), "--json")
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr


def test_a_file_that_is_not_there_is_told(kheo, tmp_path):
    done = kheo("documents", "read", str(tmp_path / "khong-co.docx"))
    assert done.returncode == 2
    assert "Không có tệp này" in done.stderr


def test_what_is_no_directive_is_read_with_a_warning(kheo, tmp_path):
    path = tmp_path / "bao.txt"
    path.write_text("Sáng nay bà con thôn Nà Rì vui mừng khánh thành con đường mới rộng rãi.\n")
    done = kheo("documents", "read", str(path))
    assert done.returncode == 0
    assert "không phải văn bản chỉ đạo" in done.stderr
    assert "Không tìm thấy nội dung nào" in done.stdout
