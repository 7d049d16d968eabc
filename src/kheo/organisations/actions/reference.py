"""Puts the shipped levels and kinds of organisations in place; run after every migration."""

from datetime import date

from django.db import transaction

from kheo.organisations.enums import Line
from kheo.organisations.models import Kind, Level

# the district level ended with 30/6/2025 (Law 72/2025/QH15 on local government)
LEVELS: list[tuple[str, str, int, date | None]] = [
    ("central", "trung ương", 1, None),
    ("province", "tỉnh", 2, None),
    ("district", "huyện", 3, date(2025, 7, 1)),
    ("commune", "cơ sở", 4, None),
]

# code, name, line, acts for its superior, uses party papers
KINDS: list[tuple[str, str, Line, bool, bool]] = [
    ("party_committee", "cấp ủy", Line.PARTY, False, True),
    ("party_advisory", "cơ quan tham mưu, giúp việc cấp ủy", Line.PARTY, True, True),
    (
        "commune_committee",
        "đảng ủy xã, phường, thị trấn, đặc khu",
        Line.PARTY,
        False,
        True,
    ),
    ("grassroots_party", "tổ chức cơ sở đảng", Line.PARTY, False, True),
    ("government", "ủy ban nhân dân", Line.GOVERNMENT, False, False),
    ("agency", "cơ quan, ban, ngành", Line.GOVERNMENT, False, False),
    ("front", "Mặt trận Tổ quốc", Line.FRONT, False, False),
    ("mass_organisation", "tổ chức chính trị - xã hội", Line.FRONT, False, False),
    ("association", "hội quần chúng", Line.FRONT, False, False),
    ("armed_force", "lực lượng vũ trang", Line.ARMED_FORCES, False, False),
    ("public_service", "đơn vị sự nghiệp công lập", Line.GOVERNMENT, False, False),
    ("school", "trường học", Line.GOVERNMENT, False, False),
    ("enterprise", "doanh nghiệp", Line.GOVERNMENT, False, False),
    ("locality", "thôn, tổ dân phố", Line.GOVERNMENT, False, False),
]


@transaction.atomic
def load_reference_data() -> None:
    """Make the shipped levels and kinds where they are missing; what is there stays as it is."""
    levels = [
        Level(code=code, name=name, rank=rank, valid_to=valid_to)
        for code, name, rank, valid_to in LEVELS
    ]
    kinds = [
        Kind(code=code, name=name, line=line, advises=advises, is_party=is_party, order=order)
        for order, (code, name, line, advises, is_party) in enumerate(KINDS, start=1)
    ]
    Level.objects.bulk_create(levels, ignore_conflicts=True)
    Kind.objects.bulk_create(kinds, ignore_conflicts=True)
