"""Reads filled workbooks and Word forms, beside the bare libraries that only open them.

Run by hand: python -m bench.reading
"""

import io
import time
from collections.abc import Callable

import docx
import openpyxl
from python_calamine import load_workbook

from kheo.lib.extraction.forms.reading import read_forms
from kheo.lib.papers.nodes import Column, FieldLine, Paper, Paragraph, Row, SectionRow, Table, Title
from kheo.lib.papers.to_docx import to_docx
from kheo.lib.papers.to_pdf import to_pdf
from kheo.lib.papers.to_xlsx import to_xlsx

WORKBOOKS = 200
FORMS = 50
LONG = 20_000
FIELDS = (
    "I- Lĩnh vực kinh tế",
    "II- Lĩnh vực văn hóa – xã hội",
    "III- Lĩnh vực Quốc phòng – an ninh",
    "IV- Lĩnh vực xây dựng hệ thống chính trị",
)
COLUMNS = (
    Column("STT", 12),
    Column("Địa chỉ xây dựng mô hình", 38),
    Column("Tên mô hình", 52),
    Column("Tập thể hoặc cá nhân", 20),
    Column("Mô hình tiếp tục duy trì", 30, "center", "Thời gian triển khai"),
    Column("Mô hình đăng ký xây dựng mới trong năm 2024", 30, "center", "Thời gian triển khai"),
    Column("Dự kiến thời gian hoàn thành", 25),
    Column("Mục tiêu đề ra", 47),
)
ITEMS = (
    ("Địa chỉ", "Thôn Đồng, xã Mẫu"),
    ("1. Tên mô hình đăng ký", "Vận động nhân dân hiến đất mở rộng đường"),
    ("2. Thuộc lĩnh vực", "Phát triển kinh tế"),
    ("3. Đăng ký mô hình, điển hình ở cấp", "Huyện"),
    ("4. Nội dung thực hiện", "Họp dân bàn cách làm.\nMỗi hộ góp ba ngày công."),
    ("5. Thời gian thực hiện", "Từ tháng 3/2024 đến tháng 11/2024"),
    ("6. Địa chỉ, phạm vi thực hiện", "Toàn xã"),
    ("7. Kết quả dự kiến", "Mở rộng 1,5 km đường"),
)
MOVEMENT = "Xây dựng mô hình, điển hình “Dân vận khéo” năm 2024"


def _row(number: int) -> Row:
    name = f"Vận động nhân dân hiến đất mở rộng đường liên thôn số {number}"
    goals = "Mở rộng 1,5 km đường bê tông, 40 hộ tham gia"
    ends = "tháng 11/2024"
    return Row((str(number), "Thôn Đồng", name, "Tập thể", "", "tháng 3/2024", ends, goals))


def list_of(rows: int, book: int) -> Paper:
    """Return a list M3 of so many rows in four sections."""
    body: list[Row | SectionRow] = []
    for place, section in enumerate(FIELDS):
        body.append(SectionRow(section))
        body += [_row(book * rows + number) for number in range(place, rows, len(FIELDS))]
    title = Title("DANH SÁCH ĐĂNG KÝ XÂY DỰNG", MOVEMENT.removeprefix("Xây dựng "))
    return Paper(
        profile="party-2018",
        title="M3",
        body=(title, Table(COLUMNS, body)),
        orientation="landscape",
    )


def form_of(number: int) -> Paper:
    """Return a form M1 with its items."""
    items = [FieldLine(label, value) for label, value in ITEMS]
    body = (Title("BẢN ĐĂNG KÝ", MOVEMENT), Paragraph(f"Số {number}"), *items)
    return Paper(profile="party-2018", title="M1", body=body)


def cpu(work: Callable[[], object], rounds: int = 3) -> float:
    """Return the seconds of processor time that a piece of work takes, the best of some rounds."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def bare_calamine(files: list[bytes]) -> int:
    """Read all cells of workbooks and make nothing of them."""
    cells = 0
    for content in files:
        book = load_workbook(io.BytesIO(content))
        for name in book.sheet_names:
            cells += sum(map(len, book.get_sheet_by_name(name).to_python()))
    return cells


def bare_openpyxl(files: list[bytes]) -> int:
    """Read all cells of workbooks with the plain script that people write."""
    cells = 0
    for content in files:
        for sheet in openpyxl.load_workbook(io.BytesIO(content), data_only=True):
            cells += sum(len(row) for row in sheet.iter_rows(values_only=True))
    return cells


def bare_docx(files: list[bytes]) -> int:
    """Read all paragraphs of Word files and make nothing of them."""
    return sum(
        len(paragraph.text)
        for content in files
        for paragraph in docx.Document(io.BytesIO(content)).paragraphs
    )


def ours(files: list[bytes], name: str, entries: int) -> None:
    """Read forms; what is found must be complete."""
    found = sum(len(form.entries) for one in files for form in read_forms(one, name))
    if found != entries:
        msg = f"{found} entries read of {entries}"
        raise SystemExit(msg)


def main() -> None:
    """Print the processor time of each reading, and its ratio to the bare libraries."""
    books = [to_xlsx(list_of(20, number)) for number in range(WORKBOOKS)]
    forms = [to_docx(form_of(number)) for number in range(FORMS)]
    prints = [to_pdf(list_of(20, number)) for number in range(10)]
    long = [to_xlsx(list_of(LONG, 0))]
    ours(books[:1], "a.xlsx", 20)
    read = cpu(lambda: ours(books, "a.xlsx", WORKBOOKS * 20))
    print(f"{WORKBOOKS} workbooks of 20 rows   {read:6.2f} s")
    for name, bare in (("calamine", bare_calamine), ("openpyxl", bare_openpyxl)):
        seconds = cpu(lambda bare=bare: bare(books))  # type: ignore[misc]
        print(f"  bare {name}            {seconds:6.2f} s   ratio {read / seconds:.2f}")
    read = cpu(lambda: ours(forms, "a.docx", FORMS))
    seconds = cpu(lambda: bare_docx(forms))
    print(f"{FORMS} Word forms M1          {read:6.2f} s")
    print(f"  bare python-docx         {seconds:6.2f} s   ratio {read / seconds:.2f}")
    print(f"10 PDF lists of 20 rows    {cpu(lambda: ours(prints, 'a.pdf', 200)):6.2f} s")
    print(f"a list of {LONG} rows      {cpu(lambda: ours(long, 'a.xlsx', LONG), 1):6.2f} s")


if __name__ == "__main__":
    main()
