"""The district of the story: Tân Yên as S4 addresses it; every person is invented."""

from dataclasses import dataclass, field

from tests.factories.accounts import UserFactory
from tests.factories.organisations import OrganisationFactory, SeatFactory

from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat

# code, name, kind
COMMUNES = [
    ("TY-01", "Đảng ủy xã An Dương"),
    ("TY-02", "Đảng ủy xã Cao Xá"),
    ("TY-03", "Đảng ủy thị trấn Nhã Nam"),
    ("TY-04", "Đảng ủy xã Ngọc Thiện"),
    ("TY-05", "Đảng ủy thị trấn Cao Thượng"),
]
AGENCIES = [
    ("TY-11", "Phòng Nông nghiệp và Phát triển nông thôn huyện", "agency"),
    ("TY-12", "Hội Liên hiệp Phụ nữ huyện", "mass_organisation"),
    ("TY-13", "Phòng Giáo dục và Đào tạo huyện", "agency"),
    ("TY-14", "Đảng bộ Công an huyện", "armed_force"),
]
# who, code of the organisation, role, full name, post
PEOPLE = [
    ("officer", "TY-BDV", Role.OFFICER, "Thân Thị Hạnh", "Phó Trưởng ban"),
    ("leader", "TY", Role.LEADER, "Dương Văn Toàn", "Phó Bí thư Thường trực"),
    ("an-duong", "TY-01", Role.CLERK, "Ngọ Thị Mai", "Cán bộ Văn phòng Đảng ủy"),
    ("head-an-duong", "TY-01", Role.HEAD, "Giáp Văn Lâm", "Bí thư Đảng ủy"),
    ("cao-xa", "TY-02", Role.CLERK, "Đồng Văn Quý", "Cán bộ Văn phòng Đảng ủy"),
    ("head-cao-xa", "TY-02", Role.HEAD, "Lương Thị Vân", "Bí thư Đảng ủy"),
    ("nha-nam", "TY-03", Role.CLERK, "Vi Thị Thu", "Cán bộ Văn phòng Đảng ủy"),
    ("head-nha-nam", "TY-03", Role.HEAD, "Hà Văn Chiến", "Bí thư Đảng ủy"),
    ("head-ngoc-thien", "TY-04", Role.HEAD, "Trịnh Văn Bắc", "Bí thư Đảng ủy"),
    ("clerk-cao-thuong", "TY-05", Role.CLERK, "Chu Thị Ngân", "Cán bộ Văn phòng Đảng ủy"),
    ("farming", "TY-11", Role.CLERK, "Nguyễn Thị Lụa", "Chuyên viên"),
    ("head-farming", "TY-11", Role.HEAD, "Đỗ Văn Thạch", "Trưởng phòng"),
    ("women", "TY-12", Role.CLERK, "Hoàng Thị Nhài", "Ủy viên Ban Thường vụ"),
    ("head-women", "TY-12", Role.HEAD, "Phùng Thị Sen", "Chủ tịch Hội"),
    ("administrator", "TY", Role.ADMINISTRATOR, "Lê Quốc Việt", "Quản trị"),
]


@dataclass
class District:
    """The organisations by code, and the seats by the words the story uses."""

    units: dict[str, Organisation] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)

    def add(self, code: str, name: str, kind: str, level: str, parent: str | None) -> None:
        """Establish an organisation."""
        self.units[code] = OrganisationFactory(
            code=code,
            name=name,
            kind_code=kind,
            level_code=level,
            parent=self.units[parent] if parent else None,
            place="Tân Yên",
        )

    def seat(self, who: str, code: str, role: Role, name: str, title: str) -> None:
        """Give an invented person a seat; they sign in by the word the story uses for them."""
        user = UserFactory(username=who, full_name=name)
        self.seats[who] = SeatFactory(
            user=user, organisation=self.units[code], role=role, title=title
        )


def found_district() -> District:
    """Make Tân Yên: a committee, its advisory body, nine units that S4 asks, and the people."""
    district = District()
    district.add("24", "Tỉnh ủy Bắc Giang", "party_committee", "province", None)
    district.add("TY", "Huyện ủy Tân Yên", "party_committee", "district", "24")
    district.add("TY-BDV", "Ban Dân vận Huyện ủy Tân Yên", "party_advisory", "district", "TY")
    for code, name in COMMUNES:
        district.add(code, name, "commune_committee", "commune", "TY")
    for code, name, kind in AGENCIES:
        district.add(code, name, kind, "district", "TY")
    for person in PEOPLE:
        district.seat(*person)
    return district
