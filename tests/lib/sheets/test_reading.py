"""Reading tables from workbooks and text files."""

import datetime as dt
import io
import struct
import time
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from kheo.lib.sheets.columns import Column
from kheo.lib.sheets.reading import CellError, Limits, Row, UnreadableFileError, read_table

FILES = Path(__file__).parent / "files"
COLUMNS = (
    Column("name", "Tên mô hình", required=True),
    Column("start", "Ngày bắt đầu", kind="date", aliases=("Bắt đầu", "Từ ngày")),
    Column("households", "Số hộ", kind="integer"),
    Column("cost", "Kinh phí (triệu đồng)", kind="number"),
)
Cells = list[list[object]]


def workbook(rows: Cells, *, sheet: str = "Biểu", blank_rows: int = 0) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        frame = book.add_format({"border": 1})
        for number in range(len(rows), len(rows) + blank_rows):
            page.write_blank(number, 1, None, frame)
    return out.getvalue()


def spreadsheet(content: str, manifest: str = "<manifest/>") -> bytes:
    """Return an .ods file with one table."""
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": manifest,
        "content.xml": (
            "<office:document-content"
            ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="S">{content}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>"
        ),
    }
    return zipped(parts)


def zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def refusal(data: bytes, filename: str = "a.xlsx", limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFileError) as refused:
        read_table(data, filename, columns=COLUMNS, limits=limits or Limits())
    return refused.value.code


def test_read_table_finds_the_header_below_titles_and_in_any_order() -> None:
    data = workbook(
        [
            ["DANH SÁCH MÔ HÌNH"],
            [],
            ["STT", "SỐ HỘ", "Từ ngày", "Ghi chú", "tên  mô hình (*)"],
            [1, 24, dt.date(2024, 2, 5), "bỏ qua", "  Đường hoa  “thôn Uỷ” "],
            [],
            ["", "1.200", "16/3/2024", "", "Camera an ninh"],
        ]
    )
    table = read_table(data, "danh sach.xlsx", columns=COLUMNS)
    assert table.errors == []
    assert table.columns == ("name", "start", "households")
    assert table.rows == [
        Row(
            "Biểu",
            4,
            {"name": "Đường hoa “thôn Ủy”", "start": dt.date(2024, 2, 5), "households": 24},
        ),
        Row(
            "Biểu",
            6,
            {"name": "Camera an ninh", "start": dt.date(2024, 3, 16), "households": 1200},
        ),
    ]


@pytest.mark.parametrize("name", ["models.ods", "models.xls"])
def test_read_table_reads_other_workbooks(name: str) -> None:
    table = read_table((FILES / name).read_bytes(), name, columns=COLUMNS)
    assert table.errors == []
    assert [(row.number, *row.values.values()) for row in table.rows] == [
        (4, "Đường hoa nông thôn mới", dt.date(2024, 2, 5), 1234),
        (5, "Camera an ninh", dt.date(2024, 3, 16), 24),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_read_table_reads_text_files(delimiter: str, encoding: str) -> None:
    lines = [["Tên mô hình", "Bắt đầu"], ['"Hai\r\ndòng"', "5/2/2024"]]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    table = read_table(text.encode(encoding), "a.CSV", columns=COLUMNS)
    assert [row.values for row in table.rows] == [
        {"name": "Hai\ndòng", "start": dt.date(2024, 2, 5)}
    ]


def test_read_table_tells_where_each_problem_is() -> None:
    data = workbook(
        [
            ["Tên mô hình", "Ngày bắt đầu", "Số hộ", "Kinh phí (triệu đồng)"],
            ["", "31/2/2024", "hai mươi", 241.653],
            ["Đường hoa", "tháng 3", 2.5, "1.5"],
        ]
    )
    table = read_table(data, "a.xlsx", columns=COLUMNS)
    assert table.errors == [
        CellError("blank", "Biểu", 2, "Tên mô hình", "Tên mô hình"),
        CellError("no_such_day", "Biểu", 2, "Ngày bắt đầu", "dd/mm/yyyy", "31/2/2024"),
        CellError("not_a_number", "Biểu", 2, "Số hộ", "1.234,5", "hai mươi"),
        CellError("not_a_date", "Biểu", 3, "Ngày bắt đầu", "dd/mm/yyyy", "tháng 3"),
        CellError("not_an_integer", "Biểu", 3, "Số hộ", "1.234", "2,5"),
        CellError("not_a_number", "Biểu", 3, "Kinh phí (triệu đồng)", "1.234,5", "1.5"),
    ]
    assert [row.values["cost"] for row in table.rows] == [Decimal("241.653"), None]


def test_read_table_tells_when_a_column_is_missing_or_stands_twice() -> None:
    data = workbook([["Bắt đầu", "Số hộ", "Từ ngày"], ["5/2/2024", 3, ""]])
    table = read_table(data, "a.xlsx", columns=COLUMNS)
    assert table.errors == [
        CellError("column_missing", "Biểu", 1, "Tên mô hình", "Tên mô hình"),
        CellError("column_twice", "Biểu", 1, "Ngày bắt đầu"),
    ]


def test_read_table_tells_when_no_sheet_has_the_header() -> None:
    table = read_table(workbook([["Họ và tên", "Tuổi"]]), "a.xlsx", columns=COLUMNS)
    (error,) = table.errors
    assert (error.code, error.sheet, error.row) == ("header_missing", "Biểu", None)
    assert error.expected.startswith("Tên mô hình; Ngày bắt đầu")
    assert table.rows == []


def test_read_table_looks_on_later_sheets_but_not_on_hidden_ones() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Hướng dẫn").write_row(0, 0, ["Ghi đúng mẫu"])
        hidden, shown = book.add_worksheet("Ẩn"), book.add_worksheet("Số liệu")
        hidden.hide()
        for page, name in ((hidden, "giấu"), (shown, "thấy")):
            page.write_row(0, 0, ["Tên mô hình", "Số hộ"])
            page.write_row(1, 0, [name, 1])
    table = read_table(out.getvalue(), "a.xlsx", columns=COLUMNS)
    assert [(row.sheet, row.values["name"]) for row in table.rows] == [("Số liệu", "thấy")]


def test_read_table_is_not_troubled_by_empty_formatted_rows() -> None:
    data = workbook([["Tên mô hình", "Số hộ"], ["Đường hoa", 1]], blank_rows=100_000)
    began = time.process_time()
    table = read_table(data, "a.xlsx", columns=COLUMNS)
    assert len(table.rows) == 1
    assert time.process_time() - began < 10


def test_read_table_keeps_numbers_and_dates_in_text_columns_readable() -> None:
    columns = (Column("code", "Mã"), Column("when", "Thời gian"))
    data = workbook([["Mã", "Thời gian"], [25222, dt.date(2024, 3, 1)], [2.5, True]])
    table = read_table(data, "a.xlsx", columns=columns)
    assert [tuple(row.values.values()) for row in table.rows] == [
        ("25222", "01/03/2024"),
        ("2,5", "x"),
    ]


def test_read_table_gives_markup_as_plain_text() -> None:
    data = workbook([["Tên mô hình", "Số hộ"], ["<b>&amp;</b>" + "ả" * 300, 1]])
    (row,) = read_table(data, "a.xlsx", columns=COLUMNS).rows
    assert row.values["name"] == "<b>&amp;</b>" + "ả" * 300


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "a.xlsx", "empty"),
        (b"%PDF-1.7 ...", "a.xlsx", "unknown_type"),
        (b"<html><table></table></html>", "a.xls", "unknown_type"),
        (zipped({"word/document.xml": "<w/>"}), "a.xlsx", "unknown_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", "unknown_type"),
        (zipped({"xl/workbook.xml": "<broken"}), "a.xlsx", "corrupt"),
        (workbook([["Tên mô hình"]])[:-200], "a.xlsx", "corrupt"),
        (workbook([["x" * 999]])[:300], "a.xlsx", "corrupt"),
        ("Tên mô hình".encode("cp1258", "replace") + b"\xff", "a.csv", "encoding"),
        (b"a\0b,c", "a.csv", "unknown_type"),
        (b'a,"' + b"x" * 200_000, "a.csv", "corrupt"),
    ],
)
def test_read_table_refuses_what_is_no_table(data: bytes, filename: str, code: str) -> None:
    assert refusal(data, filename) == code


def test_read_table_refuses_protected_files() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    assert refusal(ole + bytes(504) + "EncryptedPackage".encode("utf-16-le")) == "password"
    manifest = "<manifest:encryption-data/>"
    assert refusal(spreadsheet("<table:table-row/>", manifest), "a.ods") == "password"
    data = bytearray(workbook([["Tên mô hình"]]))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag of an encrypted part
    assert refusal(bytes(data)) == "password"


def test_read_table_refuses_what_is_too_large() -> None:
    data = workbook([["Tên mô hình", "Số hộ"], *[["a", 1]] * 30])
    assert refusal(data, limits=Limits(size=1000)) == "too_large"
    assert refusal(data, limits=Limits(rows=30)) == "too_many_rows"
    assert refusal(data, limits=Limits(unpacked=2000)) == "unpacks_too_large"
    assert len(read_table(data, "a.xlsx", columns=COLUMNS, limits=Limits(rows=31)).rows) == 30


def test_read_table_unpacks_no_bomb() -> None:
    bomb = zipped({"xl/workbook.xml": "<w/>", "xl/media/a.xml": "0" * 30_000_000})
    assert len(bomb) < 100_000
    assert refusal(bomb, limits=Limits(unpacked=20_000_000)) == "unpacks_too_large"


def test_read_table_believes_no_size_told_in_the_archive() -> None:
    honest = zipped({"xl/workbook.xml": "0" * 5_000_000})
    lying = honest.replace(struct.pack("<L", 5_000_000), struct.pack("<L", 10))
    assert lying != honest
    assert refusal(lying, limits=Limits(unpacked=1_000_000)) == "corrupt"
    assert refusal(lying) == "corrupt"


CELL = '<table:table-cell{} office:value-type="string"><text:p>a</text:p></table:table-cell>'


def test_read_table_refuses_cells_spread_over_a_huge_sheet() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write(0, 0, "Tên mô hình")
        page.write(1_048_575, 16_383, "xa")
    assert refusal(out.getvalue()) == "too_spread"
    many = CELL.format(' table:number-columns-repeated="90"')
    rows = f'<table:table-row table:number-rows-repeated="1048576">{many}</table:table-row>'
    began = time.process_time()
    assert refusal(spreadsheet(rows), "a.ods") == "too_spread"
    assert time.process_time() - began < 2  # before the parser makes room for 94 million cells


def test_read_table_accepts_the_empty_end_that_spreadsheets_repeat() -> None:
    titles = CELL.format("").replace(">a<", ">Tên mô hình<") + CELL.format("").replace(
        ">a<", ">Số hộ<"
    )
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    data = spreadsheet(
        f"<table:table-row>{titles}{empty}</table:table-row>"
        f"<table:table-row>{CELL.format('')}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="1048570">{empty}</table:table-row>'
    )
    table = read_table(data, "a.ods", columns=COLUMNS)
    assert [row.values["name"] for row in table.rows] == ["a"]
