"""Makes documents, their files and what was read in them for tests."""

import io
from datetime import date

import docx
import factory
from tests.factories.accounts import START

from kheo.directives.enums import Confidence, DocumentKind, FindingField, Relation
from kheo.directives.models import (
    Arrival,
    Document,
    DocumentFile,
    DocumentLink,
    Finding,
    Origin,
    Reading,
)


class DocumentFactory(factory.django.DjangoModelFactory):
    """A governing document, kept by the organisation that must be given as ``owner``."""

    class Meta:
        model = Document

    kind = DocumentKind.HD
    number = 9
    symbol = "09-HD/HU"
    issued_on = date(2022, 8, 17)
    issuer_name = "Ban Thường vụ Huyện ủy"
    subject = (
        "hướng dẫn xây dựng và biểu dương mô hình, điển hình “Dân vận khéo” giai đoạn 2022-2025"
    )
    owner_path = factory.LazyAttribute(lambda made: made.owner.path)
    created_at = START
    search_key = "09 hd hu"


class DocumentFileFactory(factory.django.DjangoModelFactory):
    """A file of a document that must be given."""

    class Meta:
        model = DocumentFile

    file = factory.django.FileField(filename="van-ban.txt", data=b"Van ban")
    name = "van-ban.txt"
    content_type = "text/plain"
    size = 7
    sha256 = factory.Sequence(lambda number: f"{number:064x}")
    is_main = True
    added_at = START


class ArrivalFactory(factory.django.DjangoModelFactory):
    """A file handed in by a ``seat`` that must be given, not entered yet."""

    class Meta:
        model = Arrival

    organisation = factory.SelfAttribute("seat.organisation")
    file = factory.django.FileField(filename="van-ban.txt", data=b"Van ban")
    name = "van-ban.txt"
    content_type = "text/plain"
    size = 7
    sha256 = factory.Sequence(lambda number: f"{number:064x}")
    arrived_at = START


class DocumentLinkFactory(factory.django.DjangoModelFactory):
    """A document named by another, which must be given."""

    class Meta:
        model = DocumentLink

    relation = Relation.IMPLEMENTS
    kind = DocumentKind.CT
    symbol = "11-CT/TU"
    issued_on = "2021-09-28"
    issuer = "Ban Thường vụ Tỉnh ủy"


class ReadingFactory(factory.django.DjangoModelFactory):
    """A reading of a document that must be given."""

    class Meta:
        model = Reading

    text = "Gửi về Ban Dân vận Huyện ủy chậm nhất ngày 27/02/2024."
    reader = "1"
    read_at = START


class FindingFactory(factory.django.DjangoModelFactory):
    """A deadline found in a reading that must be given or is made for a given ``document``."""

    class Meta:
        model = Finding
        exclude = ("document",)

    document = None
    reading = factory.LazyAttribute(lambda made: ReadingFactory(document=made.document))
    ordinal = factory.Sequence(int)
    field = FindingField.DEADLINE
    start = 28
    end = 53
    text = "chậm nhất ngày 27/02/2024"
    rule = "deadline.day"
    confidence = Confidence.CERTAIN
    value = {"on": "2024-02-27", "every": None, "role": "register"}
    proposed = factory.LazyAttribute(lambda made: made.value)


class OriginFactory(factory.django.DjangoModelFactory):
    """A round made out of a finding that must be given."""

    class Meta:
        model = Origin

    subject = "rounds.round"
    subject_id = 1
    made_at = START


def paper_text(**changes: str) -> str:
    """The text of a district's plan in due form, as one copies it out of Word."""
    told = {
        "issuer": "HUYỆN ỦY TÂN YÊN",
        "number": "Số 62-KH/HU",
        "place": "Tân Yên, ngày 01 tháng 11 năm 2021",
        "kind": "KẾ HOẠCH",
        "subject": "thực hiện phong trào thi đua “Dân vận khéo” giai đoạn 2021 - 2025",
        "basis": "Thực hiện Chỉ thị số 11-CT/TU ngày 28/9/2021 của Ban Thường vụ Tỉnh ủy về nâng"
        " cao hiệu quả phong trào thi đua “Dân vận khéo”, Ban Thường vụ Huyện ủy ban hành kế hoạch"
        " như sau:",
        "mark": "",
    } | changes
    return f"""ĐẢNG BỘ TỈNH BẮC GIANG
{told["issuer"]}
*
{told["number"]}
{told["mark"]}
ĐẢNG CỘNG SẢN VIỆT NAM
{told["place"]}

{told["kind"]}
{told["subject"]}

{told["basis"]}

1. Các chi bộ, đảng bộ trực thuộc đăng ký mô hình trước ngày 31/3 hằng năm.

Nơi nhận:
- Như trên,
- Lưu Văn phòng Huyện ủy.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ

Trần Văn Mẫu
"""


def word_file(text: str) -> bytes:
    """A Word file with one paragraph a line."""
    paper = docx.Document()
    for line in text.splitlines():
        paper.add_paragraph(line)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()
