"""A letter in the manner of S4, invented, with what a reader would find in it."""

from datetime import date

from tests.factories.directives import DocumentFactory, FindingFactory, ReadingFactory

from kheo.directives.models import Finding, Reading

SENTENCE = (
    "1. Mỗi đơn vị đăng ký từ 4-5 nội dung cấp huyện, gửi về Ban Dân vận Huyện ủy"
    " chậm nhất ngày 27/02/2024."
)
TEXT = f"""HUYỆN ỦY TÂN YÊN
Số 45-CV/HU
Tân Yên, ngày 19 tháng 02 năm 2024
Kính gửi: Ủy ban MTTQ huyện
{SENTENCE}
2. Đối với các xã, thị trấn: đăng ký ít nhất 01 nội dung cấp tỉnh trước ngày 31/4/2024.
STT\tTên mô hình\tGhi chú
1\tHiến đất làm đường\tmới
T/M BAN THƯỜNG VỤ
Nguyễn Văn Mẫu"""

ROWS = (
    ("issuer", "HUYỆN ỦY TÂN YÊN", "Huyện ủy Tân Yên", "certain", []),
    ("symbol", "45-CV/HU", "45-CV/HU", "certain", []),
    ("issued_on", "ngày 19 tháng 02 năm 2024", "2024-02-19", "certain", []),
    ("addressee", "Ủy ban MTTQ huyện", "Ủy ban MTTQ huyện", "likely", []),
    (
        "quota",
        "từ 4-5 nội dung cấp huyện",
        {
            "audience": "mỗi đơn vị",
            "level": "huyện",
            "min": 4,
            "max": 5,
            "per": None,
            "what": "register",
        },
        "certain",
        [],
    ),
    (
        "deadline",
        "chậm nhất ngày 27/02/2024",
        {
            "on": "2024-02-27",
            "every": None,
            "task": "gửi về Ban Dân vận Huyện ủy",
            "audience": "mỗi đơn vị",
            "role": "register",
            "except": [],
        },
        "certain",
        [],
    ),
    (
        "assignment",
        SENTENCE,
        {
            "ordinal": 1,
            "content": "Mỗi đơn vị đăng ký từ 4-5 nội dung cấp huyện",
            "directing": ["Ban Thường vụ Huyện ủy"],
            "executing": ["các xã, thị trấn"],
            "cooperating": ["Ban Dân vận Huyện ủy, Hội Làm vườn huyện"],
            "time": "Thường xuyên",
        },
        "unsure",
        [],
    ),
    (
        "deadline",
        "trước ngày 31/4/2024",
        {
            "on": "2024-04-31",
            "every": None,
            "task": "đăng ký",
            "audience": "các xã, thị trấn",
            "role": "register",
            "except": [],
        },
        "certain",
        ["no-such-date"],
    ),
    ("form", "Hiến đất làm đường", "M3", "likely", []),
)


def make_reading(owner, **changes) -> Reading:
    """A document of the owner with its reading and the findings above."""
    facts = {
        "owner": owner,
        "kind": "CV",
        "symbol": "45-CV/HU",
        "number": 45,
        "issued_on": date(2024, 2, 19),
        "issuer_name": "Huyện ủy Tân Yên",
        "subject": "triển khai phong trào thi đua “Dân vận khéo” năm 2024",
    }
    document = DocumentFactory(**(facts | changes))
    reading = ReadingFactory(document=document, text=TEXT)
    for ordinal, (field, words, value, confidence, flags) in enumerate(ROWS, start=1):
        start = TEXT.index(words)
        FindingFactory(
            reading=reading,
            ordinal=ordinal,
            field=field,
            start=start,
            end=start + len(words),
            text=words,
            rule=f"{field}.example",
            confidence=confidence,
            value=value,
            flags=flags,
        )
    return reading


def found(reading: Reading, field: str, number: int = 0) -> Finding:
    """The finding of a field as it stands now."""
    return Finding.objects.filter(reading=reading, field=field).order_by("ordinal")[number]
