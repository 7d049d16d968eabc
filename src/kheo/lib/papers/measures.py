"""The measures of official papers as data: one profile per issuer kind and date of issue."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal

from kheo.lib.papers.nodes import Orientation

Kind = Literal["party", "state"]

PARTY_2026_FROM = date(2026, 5, 28)
"""First day on which papers of the party follow HD 05-HD/VPTW."""


@dataclass(frozen=True, slots=True)
class Margins:
    """The white round the text, in millimetres."""

    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All measures of one kind of paper: lengths in mm, letters and lines in points."""

    key: str
    page_mm: tuple[float, float]
    margins: Margins
    font: str
    motto: tuple[str, ...]
    motto_sizes: tuple[float, ...]
    motto_rule_mm: float
    issuer_share: float
    superior_size: float
    issuer_size: float
    issuer_mark: Literal["asterisk", "rule"]
    number_size: float
    about_size: float
    about_italic: bool
    date_size: float
    kind_size: float
    subject_size: float
    body_size: float
    line_pt: float
    gap_pt: float
    first_line_mm: float
    hint_size: float
    cell_size: float
    recipients_size: float
    recipients_label: Literal["underlined", "bold-italic"]
    signature_size: float
    page_number_size: float
    sources: Mapping[str, str]

    def page(self, orientation: Orientation) -> tuple[float, float]:
        """Return width and height of a sheet in millimetres."""
        width, height = self.page_mm
        return (width, height) if orientation == "portrait" else (height, width)

    def text_width(self, orientation: Orientation) -> float:
        """Return the width between the margins in millimetres."""
        return self.page(orientation)[0] - self.margins.left - self.margins.right


_HD36 = "HD 36-HD/VPTW, 03/4/2018"
_HD05 = "HD 05-HD/VPTW, 2026, read at second hand"
_ND30 = "NĐ 30/2020/NĐ-CP, Phụ lục I"
_OWN = "own choice; the rules leave it open"

_PARTY_SOURCES = {
    "key": _OWN,
    "page_mm": f"{_HD36}: khổ A4",
    "margins": f"{_HD36}: 20, 20, 30, 15 mm",
    "font": f"{_HD36}: Times New Roman",
    "motto": f"{_HD36}: tiêu đề",
    "motto_sizes": f"{_HD36}: tiêu đề, cỡ 15 đậm",
    "motto_rule_mm": f"{_HD36}: đường kẻ dài bằng tiêu đề (đo với Tinos)",
    "issuer_share": f"{_OWN}, so that the right head stands on one line",
    "superior_size": f"{_HD36}: cơ quan cấp trên, cỡ 14",
    "issuer_size": f"{_HD36}: cơ quan ban hành, cỡ 14 đậm",
    "issuer_mark": f"{_HD36}: dấu sao dưới tên cơ quan",
    "number_size": f"{_HD36}: số và ký hiệu, cỡ 14",
    "about_size": f"{_HD36}: trích yếu công văn, cỡ 12",
    "about_italic": f"{_HD36}: trích yếu công văn, nghiêng",
    "date_size": f"{_HD36}: địa danh và ngày tháng, cỡ 14 nghiêng",
    "kind_size": f"{_HD36}: tên loại, cỡ 15-16 đậm",
    "subject_size": f"{_HD36}: trích yếu, cỡ 14-15 đậm",
    "body_size": f"{_HD36}: nội dung, cỡ 14-15",
    "line_pt": f"{_HD36}: dòng chính xác 18-20 pt",
    "gap_pt": f"{_HD36}: cách đoạn tối thiểu 6 pt",
    "first_line_mm": f"{_HD36}: lùi đầu dòng 10 mm",
    "hint_size": _OWN,
    "cell_size": _OWN,
    "recipients_size": f"{_HD36}: nơi nhận, cỡ 12",
    "recipients_label": f"{_HD36}: nơi nhận, gạch chân",
    "signature_size": f"{_HD36}: thẩm quyền, chức vụ, họ tên, cỡ 14",
    "page_number_size": f"{_HD36}: số trang, giữa, phía trên, từ trang 2",
}

PARTY_2018 = Profile(
    key="party-2018",
    page_mm=(210, 297),
    margins=Margins(top=20, bottom=20, left=30, right=15),
    font="Times New Roman",
    motto=("ĐẢNG CỘNG SẢN VIỆT NAM",),
    motto_sizes=(15,),
    motto_rule_mm=72.7,
    issuer_share=0.46,
    superior_size=14,
    issuer_size=14,
    issuer_mark="asterisk",
    number_size=14,
    about_size=12,
    about_italic=True,
    date_size=14,
    kind_size=16,
    subject_size=14,
    body_size=14,
    line_pt=18,
    gap_pt=6,
    first_line_mm=10,
    hint_size=12,
    cell_size=12,
    recipients_size=12,
    recipients_label="underlined",
    signature_size=14,
    page_number_size=14,
    sources=MappingProxyType(_PARTY_SOURCES),
)

_CHANGED_2026 = {
    "motto_sizes": f"{_HD05}: cỡ 14-15 đậm",
    "superior_size": f"{_HD05}: cỡ 13-14",
    "issuer_size": f"{_HD05}: cỡ 13-14 đậm",
    "date_size": f"{_HD05}: cỡ 14 nghiêng",
    "kind_size": f"{_HD05}: cỡ 14-15 đậm",
    "subject_size": f"{_HD05}: cỡ 14 đậm",
    "body_size": f"{_HD05}: cỡ 14",
}

PARTY_2026 = replace(
    PARTY_2018,
    key="party-2026",
    kind_size=15,
    sources=MappingProxyType(_PARTY_SOURCES | _CHANGED_2026),
)

STATE_2020 = Profile(
    key="state-2020",
    page_mm=(210, 297),
    margins=Margins(top=20, bottom=20, left=30, right=15),
    font="Times New Roman",
    motto=("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    motto_sizes=(12, 13),
    motto_rule_mm=56.1,
    issuer_share=0.4,
    superior_size=12,
    issuer_size=12,
    issuer_mark="rule",
    number_size=13,
    about_size=12,
    about_italic=False,
    date_size=13,
    kind_size=14,
    subject_size=14,
    body_size=14,
    line_pt=18,
    gap_pt=6,
    first_line_mm=10,
    hint_size=12,
    cell_size=12,
    recipients_size=11,
    recipients_label="bold-italic",
    signature_size=14,
    page_number_size=13,
    sources=MappingProxyType(
        {
            "key": _OWN,
            "page_mm": f"{_ND30}, mục I.1: khổ A4",
            "margins": f"{_ND30}, mục I.3: 20-25, 20-25, 30-35, 15-20 mm",
            "font": f"{_ND30}, mục I.4: Times New Roman",
            "motto": f"{_ND30}, mục II.1: Quốc hiệu và Tiêu ngữ",
            "motto_sizes": f"{_ND30}, mục II.1: cỡ 12-13 và 13-14",
            "motto_rule_mm": f"{_ND30}, mục II.1: đường kẻ dài bằng Tiêu ngữ (đo với Tinos)",
            "issuer_share": f"{_OWN}, so that the right head stands on one line",
            "superior_size": f"{_ND30}, mục II.2: cỡ 12-13",
            "issuer_size": f"{_ND30}, mục II.2: cỡ 12-13 đậm",
            "issuer_mark": f"{_ND30}, mục II.2: đường kẻ 1/3 đến 1/2 dòng chữ",
            "number_size": f"{_ND30}, mục II.3: cỡ 13",
            "about_size": f"{_ND30}, mục II.5: công văn, cỡ 12-13",
            "about_italic": f"{_ND30}, mục II.5: công văn, chữ đứng",
            "date_size": f"{_ND30}, mục II.4: cỡ 13-14 nghiêng",
            "kind_size": f"{_ND30}, mục II.5: cỡ 13-14 đậm",
            "subject_size": f"{_ND30}, mục II.5: cỡ 13-14 đậm",
            "body_size": f"{_ND30}, mục II.6: cỡ 13-14",
            "line_pt": f"{_ND30}, mục II.6: dòng đơn đến 1,5 dòng",
            "gap_pt": f"{_ND30}, mục II.6: cách đoạn tối thiểu 6 pt",
            "first_line_mm": f"{_ND30}, mục II.6: lùi 1 cm hoặc 1,27 cm",
            "hint_size": _OWN,
            "cell_size": _OWN,
            "recipients_size": f"{_ND30}, mục II.9: cỡ 11",
            "recipients_label": f"{_ND30}, mục II.9: cỡ 12, nghiêng, đậm",
            "signature_size": f"{_ND30}, mục II.7: cỡ 13-14",
            "page_number_size": f"{_ND30}, mục I.7: cỡ 13-14, giữa lề trên, từ trang 2",
        }
    ),
)

PROFILES: Mapping[str, Profile] = MappingProxyType(
    {profile.key: profile for profile in (PARTY_2018, PARTY_2026, STATE_2020)}
)


def profile_for(kind: Kind, issued_on: date) -> Profile:
    """Return the measures in force for an issuer on the day a paper is issued.

    :param kind: "party" for committees and bodies of the party, and for forms that follow them;
        "state" for agencies of the state.
    """
    if kind == "state":
        return STATE_2020
    return PARTY_2026 if issued_on >= PARTY_2026_FROM else PARTY_2018
