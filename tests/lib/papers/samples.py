"""Six papers of invented units and persons, one of each shape the seeds show."""

from collections.abc import Iterable
from datetime import date

from kheo.lib.papers.nodes import (
    Addressees,
    AnnexHead,
    CheckBox,
    CheckBoxes,
    Closing,
    Column,
    FieldLine,
    Heading,
    Hint,
    Letterhead,
    PageBreak,
    Paper,
    Paragraph,
    Row,
    SectionRow,
    Signer,
    Table,
    TableRow,
    Title,
    TotalRow,
    italic,
    rich,
)

MOVEMENT = italic("Dân vận khéo")
FIELDS = (
    "Xây dựng Đảng và hệ thống chính trị",
    "Phát triển kinh tế, bảo vệ môi trường",
    "Văn hóa - xã hội",
    "Quốc phòng - an ninh",
)
SECTIONS = (
    ("I. LĨNH VỰC KINH TẾ", "I- Lĩnh vực kinh tế", "Xây dựng nông thôn mới"),
    ("II. LĨNH VỰC VĂN HÓA - XÃ HỘI", "II- Lĩnh vực văn hóa - xã hội", "Bảo vệ môi trường"),
    ("III. LĨNH VỰC QUỐC PHÒNG - AN NINH", "III- Lĩnh vực quốc phòng - an ninh", ""),
    (
        "IV. LĨNH VỰC XÂY DỰNG HỆ THỐNG CHÍNH TRỊ",
        "IV- Lĩnh vực xây dựng hệ thống chính trị",
        "Xây dựng khối đại đoàn kết toàn dân",
    ),
)
LONG_NAME = (
    "Vận động Nhân dân hiến đất, tháo dỡ tường rào, góp ngày công mở rộng đường liên thôn gắn với "
    "xây dựng tuyến đường “Sáng - xanh - sạch - đẹp - an toàn” tại các thôn Đồng Khuyến, Ngưỡng "
    "Quế, Trại Ổi"
)
NASTY = "<b>A & B</b> #let *x* _y_ $z$ @ref \\n \"q\" 'r' [k] {v} // `c` ~ =h -- /* .. => ${e}"


def form_items(name: str, number_word: str = "mô hình") -> tuple[object, ...]:
    return (
        FieldLine(f"1. Tên {number_word} đăng ký", name),
        Hint("Tên mô hình ngắn gọn, thể hiện khái quát được nội dung của mô hình"),
        FieldLine("2. Thuộc lĩnh vực", dots=False),
        CheckBoxes(tuple(CheckBox(label, place == 1) for place, label in enumerate(FIELDS))),
        Hint("Mô hình, điển hình thuộc lĩnh vực nào tích dấu x vào ô tương ứng"),
        FieldLine("3. Đăng ký mô hình, điển hình ở cấp", "Huyện"),
        FieldLine(
            "4. Nội dung thực hiện",
            "Họp dân, thống nhất mức hiến đất.\nTổ chức ra quân vào thứ Bảy hằng tuần.\n"
            "Công khai thu chi tại nhà văn hóa thôn.",
        ),
        FieldLine("5. Thời gian thực hiện", "Từ tháng 3/2024 đến tháng 11/2024"),
        FieldLine("6. Địa chỉ, phạm vi thực hiện", "Xã Tân Lập"),
        FieldLine("7. Kết quả dự kiến"),
        Hint("Tùy theo nội dung của mô hình, điển hình để đưa ra dự kiến kết quả"),
    )


def m1(name: str = LONG_NAME) -> Paper:
    return Paper(
        profile="party-2018",
        title="Bản đăng ký của tập thể",
        dated=date(2024, 2, 20),
        label="MẪU ĐĂNG KÝ CỦA TẬP THỂ",
        head=Letterhead(issuers=("ĐẢNG ỦY XÃ TÂN LẬP",)),
        body=(
            Title("BẢN ĐĂNG KÝ", "Xây dựng mô hình, điển hình “Dân vận khéo” năm 2024"),
            Paragraph(
                rich(
                    "Thực hiện Hướng dẫn số 09-HD/HU ngày 17/8/2022 của Ban Thường vụ Huyện ủy về "
                    "xây dựng mô hình, điển hình “",
                    MOVEMENT,
                    "” giai đoạn 2022 - 2025; Đảng ủy xã Tân Lập đã tổ chức họp và thống nhất đăng "
                    "ký xây dựng mô hình, điển hình “",
                    MOVEMENT,
                    "” năm 2024 như sau:",
                )
            ),
            FieldLine("Địa chỉ", "", "ghi theo địa chỉ của tổ chức, cơ quan, đơn vị"),
            *form_items(name),
            Closing(
                signers=(
                    Signer(
                        position="Lãnh đạo tổ chức, cơ quan, đơn vị",
                        note="Ký tên, đóng dấu (nếu có)",
                        name="Hoàng Văn Thử",
                    ),
                )
            ),
        ),
    )


def m2(name: str = "Nguyễn Thị Thử Nghiệm") -> Paper:
    return Paper(
        profile="party-2018",
        title="Bản đăng ký của cá nhân",
        dated=date(2024, 2, 20),
        label="MẪU ĐĂNG KÝ CỦA CÁ NHÂN",
        head=Letterhead(issuers=("TRƯỜNG THCS TÂN LẬP",), motto=False),
        body=(
            Title("BẢN ĐĂNG KÝ", "Xây dựng mô hình, điển hình “Dân vận khéo” năm 2024"),
            FieldLine("Tên cá nhân", name, "ghi rõ họ và tên"),
            FieldLine("Chức vụ", "Giáo viên"),
            *form_items("Đôi bạn cùng tiến", "nội dung"),
            Closing(
                place_and_date="Tân Lập, ngày 20 tháng 02 năm 2024",
                signers=(
                    Signer(position="Lãnh đạo tổ chức, cơ quan, đơn vị", note="(Ký tên, đóng dấu)"),
                    Signer(position="Cá nhân đăng ký", name=name),
                ),
            ),
        ),
    )


M_COLUMNS = (
    Column("STT", 12, "center"),
    Column("Địa chỉ xây dựng mô hình", 30),
    Column("Tên mô hình", 55),
    Column("Tập thể hoặc cá nhân", 26),
    Column(
        "Mô hình đã và đang hoạt động tiếp tục đăng ký để duy trì thực hiện năm 2023",
        34,
        "center",
        "Thời gian triển khai",
    ),
    Column("Mô hình đăng ký xây dựng mới trong năm 2024", 28, "center", "Thời gian triển khai"),
    Column("Dự kiến thời gian hoàn thành", 25, "center"),
    Column("Mục tiêu đề ra", 42, note="nêu dự kiến kế hoạch xây dựng"),
)


def m_row(number: int, name: str) -> Row:
    return Row(
        (
            str(number),
            f"Thôn {number}, xã Tân Lập",
            name,
            "Tập thể",
            "",
            "Tháng 3/2024",
            "Tháng 11/2024",
            "100% hộ dân đồng thuận; 1,2 km đường được mở rộng",
        )
    )


def m_list(rows: Iterable[TableRow], author: str = "") -> Paper:
    return Paper(
        profile="party-2018",
        title="Danh sách đăng ký năm 2024",
        author=author,
        orientation="landscape",
        dated=date(2024, 2, 27),
        head=Letterhead(
            superiors=("HUYỆN ỦY TÂN YÊN",),
            issuers=("ĐẢNG ỦY XÃ TÂN LẬP",),
            place_and_date="Tân Lập, ngày 27 tháng 02 năm 2024",
        ),
        body=(
            Title("DANH SÁCH ĐĂNG KÝ XÂY DỰNG\nMÔ HÌNH, ĐIỂN HÌNH “DÂN VẬN KHÉO” NĂM 2024"),
            Table(M_COLUMNS, rows),
            Closing(
                recipients=("Ban Dân vận Huyện ủy,", "Lưu Văn phòng Đảng ủy."),
                signers=(
                    Signer(
                        authority="T/M ĐẢNG ỦY", position="PHÓ BÍ THƯ", name="Trần Thị Giả Định"
                    ),
                ),
            ),
        ),
    )


def m3(per_section: int = 3) -> Paper:
    rows: list[TableRow] = []
    number = 0
    for _, section, note in SECTIONS:
        rows.append(SectionRow(section, note))
        for _ in range(per_section):
            number += 1
            rows.append(m_row(number, LONG_NAME if number % 4 == 1 else "Tuyến đường hoa"))
    return m_list(rows)


def m4(count: int = 5) -> Paper:
    return m_list(m_row(n, "Công sở thân thiện") for n in range(1, count + 1))


def one_row(name: str) -> Paper:
    return m_list([m_row(1, name)])


S_COLUMNS = (
    Column("LĨNH VỰC/TÊN MÔ HÌNH, ĐIỂN HÌNH", 62),
    Column("Mô hình tập thể", 20, "center", "HÌNH THỨC"),
    Column("Mô hình cá nhân", 20, "center", "HÌNH THỨC"),
    Column("ĐỊA CHỈ", 35),
    Column(
        "NỘI DUNG CỤ THỂ MÔ HÌNH, ĐIỂN HÌNH",
        75,
        note="Nêu tóm tắt mô hình giải quyết vấn đề gì; tổ chức, cá nhân thực hiện",
    ),
    Column("Xây dựng mới", 20, "center", "TRONG ĐÓ"),
    Column("Nhân rộng", 20, "center", "TRONG ĐÓ"),
)


def s_rows(per_section: int) -> Iterable[TableRow]:
    for section, _, _ in SECTIONS:
        yield SectionRow(section)
        for n in range(1, per_section + 1):
            text = "Tổ tự quản về bảo vệ môi trường, thu gom rác thải nhựa, mỗi tháng hai lần."
            yield Row((f"{n}. Mô hình số {n}", "x", "", f"Thôn {n}", text, "x", ""))
    yield TotalRow("Tổng cộng", (str(4 * per_section), "0"))


def s1(per_section: int = 2) -> Paper:
    return Paper(
        profile="party-2018",
        title="Số mô hình đăng ký",
        orientation="landscape",
        dated=date(2021, 4, 28),
        head=Letterhead(issuers=("ĐƠN VỊ: SỞ THỬ NGHIỆM",), motto=False, mark=False),
        body=(
            AnnexHead(
                "SỐ MÔ HÌNH, ĐIỂN HÌNH “DÂN VẬN KHÉO” ĐĂNG KÝ XÂY DỰNG, NHÂN RỘNG",
                "Kèm theo Kế hoạch số 31-KH/TU, ngày 16/3/2021 của Ban Thường vụ Tỉnh ủy",
            ),
            Table(S_COLUMNS, s_rows(per_section), numbering=True),
            Closing(
                place_and_date="Quảng Ngãi, ngày 28 tháng 4 năm 2021",
                signers=(Signer(position="THỦ TRƯỞNG ĐƠN VỊ", note="Ký tên, đóng dấu"),),
            ),
        ),
    )


def s0() -> Paper:
    """An official letter with an outline and a list turned sideways behind it."""
    return Paper(
        profile="party-2018",
        title="Sơ kết 03 năm thực hiện Chỉ thị số 22-CT/TU",
        author="Văn phòng Tỉnh ủy",
        dated=date(2020, 3, 5),
        head=Letterhead(
            issuers=("TỈNH ỦY THỬ NGHIỆM",),
            number="Số 4266-CV/TU",
            about="Sơ kết 03 năm thực hiện Chỉ thị\nsố 22-CT/TU ngày 03/4/2017",
            place_and_date="Thử Nghiệm, ngày 05 tháng 03 năm 2020",
        ),
        body=(
            Addressees(
                ("Ban cán sự đảng UBND tỉnh,", "Đảng đoàn HĐND tỉnh,", "Các sở, ban, ngành.")
            ),
            Paragraph(
                rich(
                    "Nhằm đánh giá phong trào thi đua “",
                    MOVEMENT,
                    "”, Ban Thường vụ yêu cầu báo cáo.",
                )
            ),
            Closing(
                recipients=("Như trên,", "Lưu Văn phòng Tỉnh ủy."),
                signers=(
                    Signer(
                        authority="T/M BAN THƯỜNG VỤ", position="PHÓ BÍ THƯ", name="Lê Thị Ví Dụ"
                    ),
                ),
            ),
            PageBreak(),
            AnnexHead(
                "ĐỀ CƯƠNG\nSơ kết 3 năm thực hiện Chỉ thị 22", "Kèm theo Công văn số 4266-CV/TU"
            ),
            Heading("Tình hình chung"),
            Paragraph("- Khái quát tình hình."),
            Heading("Kết quả triển khai, thực hiện"),
            Heading("Công tác lãnh đạo, chỉ đạo", 2),
            Heading("Kết quả thực hiện", 2),
            Heading("Kết quả trên các lĩnh vực", 3),
            Heading("Lĩnh vực phát triển kinh tế", 4),
            PageBreak("landscape"),
            AnnexHead("SỐ MÔ HÌNH ĐĂNG KÝ NĂM 2020", "Kèm theo Công văn số 4266-CV/TU"),
            Table(S_COLUMNS, s_rows(1), numbering=True),
        ),
    )


ALL = {"m1": m1, "m2": m2, "m3": m3, "m4": m4, "s0": s0, "s1": s1}
