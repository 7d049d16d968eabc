"""The head of a paper names the right body, its superior, and the place, as on the day."""

from datetime import date

import pytest
from tests.factories.organisations import Cast, OrganisationFactory, kind_of, make_cast

from kheo.organisations.enums import Line
from kheo.organisations.models import Organisation, Placement, Profile
from kheo.organisations.papers.letterheads import Issuer, issuer_of, place_and_date

DAY = date(2024, 2, 5)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def head_of(organisation: Organisation, day: date = DAY) -> tuple[tuple[str, ...], tuple[str, ...]]:
    head = issuer_of(organisation, day).letterhead("full", "")
    return head.superiors, head.issuers


def test_a_committee_stands_under_the_party_organisation_above(cast: Cast) -> None:
    assert head_of(cast.district) == (("ĐẢNG BỘ TỈNH BẮC GIANG",), ("HUYỆN ỦY TÂN YÊN",))
    assert head_of(cast.communes[0]) == (("ĐẢNG BỘ HUYỆN TÂN YÊN",), ("ĐẢNG ỦY XÃ AN DƯƠNG",))


@pytest.mark.parametrize(
    ("name", "superior"),
    [
        ("Thị ủy Hương Trà", "ĐẢNG BỘ THỊ XÃ HƯƠNG TRÀ"),
        ("Thành ủy Huế", "ĐẢNG BỘ THÀNH PHỐ HUẾ"),
        ("Đảng ủy Công an tỉnh", "ĐẢNG BỘ CÔNG AN TỈNH"),
        ("Ban cán sự đảng", "BAN CÁN SỰ ĐẢNG"),
    ],
)
def test_each_committee_has_its_party_organisation(cast: Cast, name: str, superior: str) -> None:
    above = OrganisationFactory(
        name=name, kind_code="party_committee", level_code="district", parent=cast.province
    )
    assert head_of(OrganisationFactory(parent=above))[0] == (superior,)


def test_a_province_has_nothing_above_it_as_in_the_model_letter(cast: Cast) -> None:
    assert head_of(cast.province) == ((), ("TỈNH ỦY BẮC GIANG",))
    central = OrganisationFactory(
        name="Ban Chấp hành Trung ương", kind_code="party_committee", level_code="central"
    )
    below = OrganisationFactory(
        name="Tỉnh ủy Quảng Ngãi",
        kind_code="party_committee",
        level_code="province",
        parent=central,
    )
    assert head_of(below) == ((), ("TỈNH ỦY QUẢNG NGÃI",))


def test_an_advisory_body_stands_under_the_committee_it_serves(cast: Cast) -> None:
    assert head_of(cast.advisory) == (("HUYỆN ỦY TÂN YÊN",), ("BAN DÂN VẬN",))


def test_a_state_agency_bears_the_state_and_not_a_committee(cast: Cast) -> None:
    assert issuer_of(cast.agency, DAY).is_party is False
    assert head_of(cast.agency) == ((), ("PHÒNG NÔNG NGHIỆP HUYỆN",))
    council = OrganisationFactory(
        name="Ủy ban nhân dân huyện Tân Yên", kind_code="government", parent=cast.district
    )
    placement = Placement.objects.get(organisation=cast.agency)
    placement.is_main, placement.line = True, Line.PARTY
    placement.save()
    Placement.objects.create(
        organisation=cast.agency,
        parent=council,
        line=Line.GOVERNMENT,
        is_main=False,
        valid_from=date(2010, 1, 1),
    )
    assert head_of(cast.agency)[0] == ("ỦY BAN NHÂN DÂN HUYỆN TÂN YÊN",)


def test_the_body_is_called_what_it_was_called_then(cast: Cast) -> None:
    commune = cast.communes[0]
    Profile.objects.filter(organisation=commune).update(valid_to=date(2024, 7, 1))
    Profile.objects.create(
        organisation=commune,
        name="Đảng ủy xã Mới",
        kind=kind_of("commune_committee"),
        level=commune.level,
        sort_key="",
        valid_from=date(2024, 7, 1),
    )
    assert issuer_of(commune, DAY).name == "Đảng ủy xã An Dương"
    assert issuer_of(commune, date(2024, 8, 1)).name == "Đảng ủy xã Mới"


def test_a_light_head_has_names_only() -> None:
    head = Issuer("Huyện ủy X", "", "X", is_party=True).letterhead("light", "X, ngày 1")
    assert (head.motto, head.place_and_date) == (False, "")


def test_the_place_is_known_or_read_from_the_name(cast: Cast) -> None:
    assert issuer_of(cast.district, DAY).place == "Tân Yên"
    for name, place in [
        ("Đảng ủy xã Cao Xá", "Cao Xá"),
        ("Tỉnh ủy Bắc Giang", "Bắc Giang"),
        ("Đảng ủy Công an tỉnh Bắc Giang", "Bắc Giang"),
        ("Trường THCS Tân Lập", ""),
    ]:
        made = OrganisationFactory(name=name, parent=cast.district)
        assert issuer_of(made, DAY).place == place


def test_dates_follow_the_rules_or_leave_dots() -> None:
    issuer = Issuer("Huyện ủy Tân Yên", "", "Tân Yên", is_party=True)
    assert place_and_date(issuer, DAY, 2024) == "Tân Yên, ngày 05 tháng 02 năm 2024"
    assert place_and_date(issuer, None, 2024) == "Tân Yên, ngày … tháng … năm 2024"
    nowhere = Issuer("Trường", "", "", is_party=False)
    assert place_and_date(nowhere, None, 2024) == "ngày … tháng … năm 2024"
