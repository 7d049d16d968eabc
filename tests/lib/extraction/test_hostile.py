"""Files that are damaged, locked, dangerous or absurdly large are refused or read, no more."""

import io
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from kheo.lib.extraction.forms.reading import (
    DEFAULT_LIMITS,
    Limits,
    UnreadableFileError,
    read_forms,
)

FILES = Path(__file__).parent / "files"
ZIPPED = ["m4-misspelt.xlsx", "m1-controls.docx", "s0-merged.ods"]


def refusal(content: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as caught:
        read_forms(content, name, limits=limits)
    return caught.value


def changed(name: str, change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    """Return an archive with its members changed, and others added."""
    copy = io.BytesIO()
    with (
        zipfile.ZipFile(FILES / name) as old,
        zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
        for member, content in added.items():
            new.writestr(member, content)
    return copy.getvalue()


def unchanged(_name: str, content: bytes) -> bytes:
    return content


@pytest.mark.parametrize("name", [*ZIPPED, "m3-vni.xls", "m1-printed.pdf"])
def test_a_truncated_file_is_told_to_be_damaged(name: str) -> None:
    content = (FILES / name).read_bytes()
    # of an old workbook it may be just the names of its parts that are missing
    codes = {"corrupt", "unknown_type"} if name.endswith(".xls") else {"corrupt"}
    assert refusal(content[: len(content) // 2], name).code in codes


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx", "a.pdf", "a.xls"])
def test_a_program_that_calls_itself_a_document_is_no_document(name: str) -> None:
    assert refusal(b"MZ\x90\x00" + bytes(4000), name).code == "unknown_type"


def test_binary_that_calls_itself_text_is_no_text() -> None:
    assert refusal(b"STT;T\x00\x00\x01", "a.csv").code == "unknown_type"


def test_an_empty_file_and_one_too_large_are_told_apart() -> None:
    assert refusal(b"", "a.docx").code == "empty"
    error = refusal(bytes(2000), "a.docx", Limits(size=1000))
    assert (error.code, error.details) == ("too_large", {"limit": "1000"})


@pytest.mark.parametrize("name", ZIPPED)
def test_an_archive_that_unpacks_endlessly_is_refused_early(name: str) -> None:
    bomb = changed(name, unchanged, **{"media/image1.png": bytes(30 << 20)})
    assert len(bomb) < 200_000
    started = time.process_time()
    assert refusal(bomb, name, Limits(unpacked=10 << 20)).code == "unpacks_too_large"
    assert time.process_time() - started < 2


def test_entities_that_unfold_into_each_other_are_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    content = changed(
        "m1-controls.docx",
        lambda name, data: (
            data.replace(b"?>", b"?>" + laughs, 1) if name == "word/document.xml" else data
        ),
    )
    assert refusal(content, "a.docx").code == "corrupt"


@pytest.mark.parametrize(
    ("name", "member"),
    [("m4-misspelt.xlsx", "xl/vbaProject.bin"), ("m1-controls.docx", "word/vbaProject.bin")],
)
def test_macros_are_refused(name: str, member: str) -> None:
    assert refusal(changed(name, unchanged, **{member: b"x"}), name).code == "macros"


def test_macros_in_an_old_workbook_are_refused() -> None:
    content = (FILES / "m3-vni.xls").read_bytes() + "_VBA_PROJECT_CUR".encode("utf-16-le")
    assert refusal(content, "a.xls").code == "macros"


def test_a_locked_document_asks_for_one_without_a_password() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    assert refusal(ole + "EncryptedPackage".encode("utf-16-le"), "a.docx").code == "password"
    assert refusal((FILES / "locked.pdf").read_bytes(), "a.pdf").code == "password"


def test_an_old_word_file_is_told_from_an_unknown_one() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    assert refusal(ole + "WordDocument".encode("utf-16-le"), "a.doc").code == "old_word"
    assert refusal(ole, "a.msg").code == "unknown_type"


def test_a_pdf_without_text_is_a_picture() -> None:
    pdf = pdfium.PdfDocument.new()
    pdf.new_page(595, 842)
    out = io.BytesIO()
    pdf.save(out)
    assert refusal(out.getvalue(), "scan.pdf").code == "image_only"


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    content = (FILES / "m1-printed.pdf").read_bytes()
    assert refusal(content, "a.pdf", Limits(pages=0)).code == "too_many_pages"


@pytest.mark.parametrize("name", ["m3-plain.xlsx", "m3-parted-table.docx", "m1-plain.txt"])
def test_a_file_of_too_many_rows_is_refused(name: str) -> None:
    assert refusal((FILES / name).read_bytes(), name, Limits(rows=5)).code == "too_many_rows"


def test_a_sheet_of_200_columns_is_read() -> None:
    more = "".join(
        f'<c r="{letters(n)}1" t="inlineStr"><is><t>Cột {n}</t></is></c>' for n in range(7, 200)
    )

    def widen(name: str, data: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return data
        text = data.decode().replace('r="3"', 'r="3"', 1)
        cells = more.replace('1" t=', '3" t=')
        return re.sub(r'(<row r="3".*?)</row>', rf"\1{cells}</row>", text, flags=re.DOTALL).encode()

    (form,) = read_forms(changed("m4-misspelt.xlsx", widen), "wide.xlsx")
    assert len(form.columns) == 199
    assert [entry.values["name"].understood for entry in form.entries] == ["Trường học hạnh phúc"]


def letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def test_100_000_empty_formatted_rows_are_passed_over() -> None:
    empty = "".join(
        f'<row r="{n}"><c r="A{n}" s="1"/><c r="H{n}" s="1"/></row>' for n in range(50, 100_050)
    )

    def lengthen(name: str, data: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return data
        return data.replace(b"</sheetData>", empty.encode() + b"</sheetData>")

    content = changed("m3-plain.xlsx", lengthen)
    started = time.process_time()
    (form,) = read_forms(content, "long.xlsx")
    assert len(form.entries) == 4
    assert time.process_time() - started < 5


def test_cells_far_apart_are_refused_before_room_is_made_for_all_between() -> None:
    far = (
        b'<row r="1000000"><c r="XFD1000000" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    )
    content = changed("m3-plain.xlsx", lambda _name, data: data.replace(b"</sheetData>", far))
    assert refusal(content, "far.xlsx").code == "too_spread"


def test_a_file_without_a_form_says_so() -> None:
    (form,) = read_forms("Kính gửi các đồng chí\nMời dự họp".encode(), "thu-moi.txt")
    assert (form.layout, form.entries) == (None, ())
    assert [trouble.code for trouble in form.troubles] == ["form_unknown"]
