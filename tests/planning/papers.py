"""Papers in the manner of S4, S1 and S0, with what was read and accepted of them; all invented."""

import re
from datetime import date
from pathlib import Path

from tests.factories.accounts import START
from tests.factories.directives import DocumentFactory, ReadingFactory

from kheo.directives.enums import FindingState
from kheo.directives.models import Document, Finding, Reading

HERE = Path(__file__).parent / "data"
THEME = "Xây dựng các mô hình, điển hình về phát triển kinh tế và văn hóa - xã hội"
AGENCIES = (
    "các chi bộ trực thuộc Huyện ủy; Đảng bộ Công an huyện; Đảng bộ Trung tâm Y tế huyện; các cơ"
    " quan, đơn vị thuộc Huyện ủy, UBND huyện; Ủy ban MTTQ và các tổ chức chính trị - xã hội huyện"
)
ROUND_LETTER = (HERE / "round-letter.txt").read_text()
REGISTER = {"every": None, "role": "register", "except": []}
# field, the words (the which of the same, from 0), value
ROUND_FINDINGS = [
    ("subject", "triển khai Phong trào thi đua “Dân vận khéo” năm 2024", 0, None),
    (
        "reference",
        "Kế hoạch số 62-KH/HU",
        0,
        {
            "symbol": "62-KH/HU",
            "kind": "KH",
            "issued_on": "2021-11-01",
            "issuer": "Ban Thường vụ Huyện ủy",
            "relation": "implements",
        },
    ),
    (
        "reference",
        "Hướng dẫn số 09-HD/HU",
        0,
        {
            "symbol": "09-HD/HU",
            "kind": "HD",
            "issued_on": "2022-08-17",
            "issuer": "Ban Thường vụ Huyện ủy",
            "relation": "implements",
        },
    ),
    ("deadline", "chậm nhất ngày 27/02/2024", 0, REGISTER | {"on": "2024-02-27"}),
    ("theme", THEME, 0, THEME),
    (
        "quota",
        "từ 1-2 nội dung cấp tỉnh",
        0,
        {
            "audience": "mỗi đơn vị",
            "level": "tỉnh",
            "min": 1,
            "max": 2,
            "per": None,
            "what": "register",
        },
    ),
    (
        "quota",
        "từ 4-5 nội dung cấp huyện",
        0,
        {
            "audience": "mỗi đơn vị",
            "level": "huyện",
            "min": 4,
            "max": 5,
            "per": None,
            "what": "register",
        },
    ),
    ("form", "M4", 0, "M4"),
    ("form", "M1", 0, "M1"),
    ("form", "M2", 0, "M2"),
    (
        "deadline",
        "chậm nhất ngày 27/02/2024",
        1,
        REGISTER | {"on": "2024-02-27", "audience": AGENCIES},
    ),
    ("form", "M3", 0, "M3"),
    (
        "quota",
        "ít nhất 01 nội dung cấp tỉnh",
        0,
        {
            "audience": "các xã, thị trấn",
            "level": "tỉnh",
            "min": 1,
            "max": None,
            "per": None,
            "what": "register",
        },
    ),
    (
        "quota",
        "từ 4-5 nội dung đăng ký cấp huyện",
        0,
        {
            "audience": "các xã, thị trấn",
            "level": "huyện",
            "min": 4,
            "max": 5,
            "per": None,
            "what": "register",
        },
    ),
    ("form", "M1", 1, "M1"),
    ("form", "M2", 1, "M2"),
    (
        "deadline",
        "chậm nhất ngày 27/02/2024",
        2,
        REGISTER | {"on": "2024-02-27", "audience": "các xã, thị trấn"},
    ),
    (
        "quota",
        "không quá 05 nội dung",
        0,
        {
            "audience": None,
            "level": "tỉnh",
            "min": None,
            "max": 5,
            "per": None,
            "what": "nominate",
        },
    ),
    ("deadline", "ngày 01/3/2024", 0, REGISTER | {"on": "2024-03-01", "role": "meeting"}),
]

PLAN_BODIES = (
    "các cơ quan chuyên trách tham mưu, giúp việc Tỉnh ủy; các sở, ban, ngành; Mặt trận Tổ quốc,"
    " các tổ chức chính trị - xã hội tỉnh; các huyện, thị, thành ủy trực thuộc Tỉnh ủy"
)
_TASK = """{number}. {content}
- Cơ quan chỉ đạo: Ban Thường vụ Tỉnh ủy.
- Cơ quan thực hiện: {executing}.
- Thời gian thực hiện: {time}.
"""
TASKS = [
    ("Tiếp tục quán triệt sâu sắc quan điểm của Đảng về công tác dân vận", "Thường xuyên"),
    ("Chú trọng công tác tuyên truyền, vận động", "Năm 2021 và những năm tiếp theo"),
    ("Tổ chức Hội thi “Dân vận khéo”", "trước ngày 15/10/2021"),
]
EXECUTING = ("các sở, ban, ngành", "các huyện, thị, thành ủy trực thuộc Tỉnh ủy", "Báo tỉnh")
PLAN = (
    "KẾ HOẠCH thực hiện phong trào thi đua “Dân vận khéo”, giai đoạn 2021 - 2025\n"
    + "".join(
        _TASK.format(number=number, content=content, executing="; ".join(EXECUTING), time=time)
        for number, (content, time) in enumerate(TASKS, start=1)
    )
    + "Từ nay đến năm 2025, mỗi cơ quan, đơn vị, tổ chức từ tỉnh đến cơ sở xây dựng, nhân rộng ít"
    " nhất từ 01 đến 02 mô hình/năm.\n"
    f"1. {PLAN_BODIES[0].upper()}{PLAN_BODIES[1:]}\n"
    "- Đăng ký xây dựng mới và nhân rộng mô hình hàng năm gửi Ban Thường vụ Tỉnh ủy (qua Ban Dân"
    " vận Tỉnh ủy) trước ngày 31/3. Riêng năm 2021, đăng ký trước ngày 01/5/2021.\n"
    "SỐ MÔ HÌNH, ĐIỂN HÌNH “DÂN VẬN KHÉO” ĐĂNG KÝ XÂY DỰNG, NHÂN RỘNG\n"
)
PLAN_FINDINGS = [
    *(
        (
            "assignment",
            content,
            0,
            {
                "ordinal": number,
                "content": content,
                "directing": ["Ban Thường vụ Tỉnh ủy"],
                "executing": list(EXECUTING),
                "cooperating": [],
                "time": time,
            },
        )
        for number, (content, time) in enumerate(TASKS, start=1)
    ),
    (
        "quota",
        "ít nhất từ 01 đến 02 mô hình/năm",
        0,
        {
            "audience": "mỗi cơ quan, đơn vị, tổ chức từ tỉnh đến cơ sở",
            "level": None,
            "min": 1,
            "max": 2,
            "per": "year",
            "what": "register",
        },
    ),
    (
        "deadline",
        "trước ngày 31/3",
        0,
        {
            "on": "--03-31",
            "every": "year",
            "role": "register",
            "audience": PLAN_BODIES,
            "except": [{"year": 2021, "on": "2021-05-01"}],
        },
    ),
]

REVIEW_LETTER = (HERE / "review-letter.txt").read_text()
OUTLINE = [
    ("I", "Tình hình chung", 1),
    ("II", "Kết quả triển khai", 1),
    ("1", "Công tác lãnh đạo", 2),
    ("2", "Kết quả thực hiện", 2),
    ("2.1", "Trên các lĩnh vực", 3),
    ("2.1.1", "Lĩnh vực kinh tế", 4),
    ("III", "Đánh giá chung", 1),
]
REVIEW_FINDINGS = [
    (
        "reference",
        "Chỉ thị số 22-CT/TU",
        0,
        {
            "symbol": "22-CT/TU",
            "kind": "CT",
            "issued_on": "2017-04-03",
            "issuer": "Ban Thường vụ Tỉnh ủy",
            "relation": "cites",
        },
    ),
    (
        "deadline",
        "trước ngày 10/4/2020",
        0,
        {
            "on": "2020-04-10",
            "every": None,
            "role": "report",
            "audience": "ban thường vụ các huyện, thị, thành ủy",
        },
    ),
    (
        "deadline",
        "trước ngày 20/4/2020",
        0,
        {
            "on": "2020-04-20",
            "every": None,
            "role": "report",
            "audience": "Ban Dân vận Tỉnh ủy",
        },
    ),
    *(
        ("outline", f"{number}. {title}", 0, {"number": number, "title": title, "depth": depth})
        for number, title, depth in OUTLINE
    ),
]


def read_paper(document: Document, text: str, rows, *, state=FindingState.ACCEPTED) -> Reading:
    """A reading of a document with findings at their places; a None value is the words."""
    reading = ReadingFactory(document=document, text=text)
    for ordinal, (field, words, which, value) in enumerate(rows):
        start = [found.start() for found in re.finditer(re.escape(words), text)][which]
        kept = words if value is None else value
        Finding.objects.create(
            reading=reading,
            ordinal=ordinal,
            field=field,
            start=start,
            end=start + len(words),
            text=words,
            rule="test",
            confidence="certain",
            value=kept,
            proposed=kept,
            state=state,
        )
    return reading


def round_letter(owner) -> Document:
    """The letter in the manner of S4, kept by the committee of the district."""
    document = DocumentFactory(
        owner=owner,
        kind="CV",
        number=None,
        symbol="",
        issued_on=None,
        issuer=owner,
        issuer_name="Huyện ủy Tân Yên",
        subject="triển khai Phong trào thi đua “Dân vận khéo” năm 2024",
        created_at=START,
    )
    read_paper(document, ROUND_LETTER, ROUND_FINDINGS)
    return document


def plan(owner) -> Document:
    """The plan in the manner of S1, kept by the committee of the province."""
    document = DocumentFactory(
        owner=owner,
        kind="KH",
        number=31,
        symbol="31-KH/TU",
        issued_on=date(2021, 3, 16),
        issuer=owner,
        issuer_name="Ban Thường vụ Tỉnh ủy",
        subject="thực hiện phong trào thi đua “Dân vận khéo”, giai đoạn 2021 - 2025",
    )
    read_paper(document, PLAN, PLAN_FINDINGS)
    return document


def review_letter(owner) -> Document:
    """The letter in the manner of S0, kept by the committee of the province."""
    document = DocumentFactory(
        owner=owner,
        kind="CV",
        number=4266,
        symbol="4266-CV/TU",
        issued_on=date(2020, 3, 5),
        issuer=owner,
        issuer_name="Ban Thường vụ Tỉnh ủy",
        subject="Sơ kết 03 năm thực hiện Chỉ thị số 22-CT/TU ngày 03/4/2017 của Ban Thường vụ"
        " Tỉnh ủy",
    )
    read_paper(document, REVIEW_LETTER, REVIEW_FINDINGS)
    return document
