"""Certificates: one sheet each whatever the length of its texts, the same bytes, no markup."""

from datetime import date

import pypdfium2
import pytest

from kheo.lib.papers.certificates import Certificate, CertificateForm, certificates_to_pdf

FORM = CertificateForm(
    motto=("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    issuer=("CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN TÂN YÊN",),
    deed="TẶNG",
    kind="Giấy khen",
    decision="Quyết định số 1127/QĐ-UBND ngày 12/10/2024",
    place_and_date="Tân Yên, ngày 12 tháng 10 năm 2024",
    position="CHỦ TỊCH",
    signatory="Nguyễn Văn Mẫu",
    author="Ủy ban nhân dân huyện Tân Yên",
    dated=date(2024, 10, 12),
)


def pages(*sheets: Certificate, form: CertificateForm = FORM) -> list[str]:
    with pypdfium2.PdfDocument(certificates_to_pdf(form, sheets)) as document:
        assert all(page.get_size() == pytest.approx((841.9, 595.3), abs=0.1) for page in document)
        return [page.get_textpage().get_text_range() for page in document]


def test_a_certificate_says_all_it_must():
    sheet = Certificate(
        name="Ngọ Thị Mẫu",
        place="Bí thư chi bộ thôn Nguyễn",
        achievement="Đã có thành tích xuất sắc",
        book_number="Số vào sổ: 07/2024",
        valid_until="Có giá trị đến hết ngày 31/12/2027",
    )
    (page,) = pages(sheet)
    said = (*FORM.motto, *FORM.issuer, "TẶNG", "GIẤY KHEN", FORM.decision, FORM.place_and_date)
    signed = (FORM.position, FORM.signatory)
    own = (sheet.name, sheet.place, sheet.achievement, sheet.book_number, sheet.valid_until)
    assert [words for words in (*said, *signed, *own) if words not in page] == []


def test_long_texts_stay_on_one_sheet_each():
    long = Certificate(
        name="Nhân dân và cán bộ mô hình hiến đất, hiến công xây dựng nông thôn mới " * 4,
        place="Xã An Dương, huyện Tân Yên, tỉnh Bắc Giang",
        achievement="Đã vận động nhân dân hiến đất làm đường. " * 17,
        book_number="Số vào sổ: 08/2024",
    )
    short = Certificate(name="x" * 300)
    found = pages(long, short, long)
    assert len(found) == 3
    assert all(FORM.signatory in page for page in found)


def test_texts_are_never_markup_and_bytes_are_the_same():
    sheet = Certificate(name="#panic() *không đậm* $x$", achievement="\x00 _nghiêng_ @ai")
    (page,) = pages(sheet)
    assert "#panic() *không đậm* $x$" in page
    assert certificates_to_pdf(FORM, [sheet]) == certificates_to_pdf(FORM, [sheet])
    with pytest.raises(ValueError, match="no certificate"):
        certificates_to_pdf(FORM, [])
