"""What the units of the story register: invented models and exemplary persons of Tân Yên."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Written:
    """What a clerk writes on M1, or on M2 where a person is named."""

    name: str
    field: str
    level: str
    content: str
    scope: str
    results: str
    ends: str = "Tháng 12/2024"
    person: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def form(self) -> str:
        """Return which form it is written on."""
        return "individual" if self.person else "collective"

    def boxes(self, address: str) -> dict[str, str]:
        """Return the texts by the name of their box."""
        return self.person | {
            "address": address,
            "name": self.name,
            "content": self.content,
            "starts": "Tháng 3/2024",
            "ends": self.ends,
            "scope": self.scope,
            "expected_results": self.results,
        }


ECONOMY, CULTURE = "economy", "culture_society"
DEFENCE, POLITICAL = "defence_security", "political_system"
CONTENT = (
    "Họp thôn bàn bạc, công khai cách làm và mức đóng góp để nhân dân biết, bàn, quyết định.\n"
    "Phân công cán bộ, đảng viên phụ trách từng nhóm hộ, đến từng nhà vận động.\n"
    "Hằng tháng kiểm tra, rút kinh nghiệm và báo cáo cấp ủy."
)


def _model(name: str, topic: str, level: str, scope: str, results: str) -> Written:
    return Written(name, topic, level, CONTENT, scope, results)


# the name carries what a browser would take for markup; the paper must show it as it was typed
WITH_MARKUP = "Tuyến đường <b>Sáng – Xanh – Sạch</b> & an toàn"
ROAD = _model(
    "Vận động nhân dân hiến đất mở rộng đường liên thôn",
    ECONOMY,
    "tỉnh",
    "Thôn Nguyễn và thôn Đồng Gai, xã An Dương",
    "45 hộ hiến 1.200 m² đất, bê tông hóa 800 m đường.",
)
AN_DUONG = [
    _model(WITH_MARKUP, CULTURE, "huyện", "Xã An Dương", "3,5 km đường có hoa và đèn chiếu sáng."),
    _model("Tổ tự quản về an ninh trật tự", DEFENCE, "huyện", "6 thôn", "Giảm 20% vụ việc."),
    _model("Chi bộ 4 tốt gắn với Dân vận khéo", POLITICAL, "huyện", "8 chi bộ", "8/8 chi bộ đạt."),
    _model("Ngày Chủ nhật xanh", CULTURE, "huyện", "Xã An Dương", "12 buổi, 600 lượt người."),
]
CATTLE = Written(
    name="Nuôi bò sinh sản giúp hộ nghèo luân phiên",
    field=ECONOMY,
    level="huyện",
    content=CONTENT,
    scope="Thôn Đồng Gai, xã An Dương",
    results="10 hộ nghèo được nhận bò giống.",
    person={
        "full_name": "Nguyễn Thị Thảo",
        "position": "Chi hội trưởng Chi hội Phụ nữ",
        "workplace": "Chi hội Phụ nữ thôn Đồng Gai",
    },
)
CAO_XA = [
    _model("Nhà văn hóa thôn của dân", CULTURE, "tỉnh", "Xã Cao Xá", "5 nhà văn hóa được sửa."),
    Written(
        name="Thu gom rác thải nhựa đổi cây xanh",
        field=CULTURE,
        level="huyện",
        content=CONTENT,
        scope="Thôn Trám, xã Cao Xá",
        results="2 tấn rác thải nhựa, 400 cây xanh.",
        person={
            "full_name": "Dương Thị Liên",
            "position": "Bí thư Chi đoàn",
            "workplace": "Chi đoàn thôn Trám",
        },
    ),
]
NHA_NAM = [
    _model("Phố đi bộ văn minh", ECONOMY, "tỉnh", "Thị trấn Nhã Nam", "1 tuyến phố, 80 hộ."),
    _model("Camera giám sát an ninh", DEFENCE, "huyện", "Thị trấn Nhã Nam", "25 mắt camera."),
]
FARMING = [
    _model("Liên kết tiêu thụ vải sớm Phúc Hòa", ECONOMY, "tỉnh", "Xã Phúc Hòa", "120 ha, 300 hộ."),
    Written(
        name="Hướng dẫn nông dân bán hàng trên mạng",
        field=ECONOMY,
        level="huyện",
        content=CONTENT,
        scope="Toàn huyện",
        results="6 lớp, 180 lượt người.",
        person={
            "full_name": "Nguyễn Văn Hậu",
            "position": "Chuyên viên",
            "workplace": "Phòng Nông nghiệp và Phát triển nông thôn huyện",
        },
    ),
]
WOMEN = [
    _model("Tiết kiệm nuôi heo đất giúp nhau", ECONOMY, "huyện", "22 cơ sở Hội", "500 triệu đồng."),
    _model("Mẹ đỡ đầu", CULTURE, "huyện", "Toàn huyện", "30 trẻ em được đỡ đầu."),
]
NGOC_THIEN = _model("Hội quán nông dân", ECONOMY, "huyện", "Xã Ngọc Thiện", "3 hội quán.")
LAST_YEAR = "Hòa giải từ thôn, không để thành vụ việc"
