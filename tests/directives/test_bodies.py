"""Names of bodies in documents: which organisation they mean on the document's date."""

from datetime import date

import pytest
from tests.factories.accounts import START
from tests.factories.organisations import OrganisationFactory

from kheo.directives.queries.bodies import (
    ASKED,
    GROUP,
    SURE,
    UNKNOWN,
    around_owner,
    offered_bodies,
    resolve_names,
)
from kheo.directives.queries.body_names import parts_of, take_apart
from kheo.organisations.actions import rename_organisation

pytestmark = pytest.mark.django_db
DAY = date(2024, 2, 20)


def body(name, kind, level, parent, **changes):
    return OrganisationFactory(
        name=name, kind_code=kind, level_code=level, parent=parent, **changes
    )


@pytest.fixture
def front(cast):
    return body(
        "Ủy ban Mặt trận Tổ quốc Việt Nam huyện Tân Yên", "front", "district", cast.district
    )


@pytest.fixture
def above(cast):
    return body("Ban Dân vận Tỉnh ủy Bắc Giang", "party_advisory", "province", cast.province)


def resolve(cast, *names, day=DAY, owner=None, issuer=None):
    return resolve_names(names, owner=owner or cast.advisory, issuer=issuer, day=day)


def meant(cast, name, **more):
    found = resolve(cast, name, **more)[name]
    assert found.standing == SURE, found
    return found.organisation.pk


@pytest.mark.parametrize(
    "name",
    [
        "Huyện ủy Tân Yên",
        "Huyện uỷ Tân Yên",
        "HUYỆN ỦY TÂN YÊN",
        "Huyện ủy",
        "Ban Thường vụ Huyện ủy",
        "Thường trực Huyện ủy",
        "BTV HU",
        "Đảng bộ huyện Tân Yên",
        "Ban Chấp hành Đảng bộ huyện",
    ],
)
def test_the_committee_is_known_by_all_its_names(cast, name):
    assert meant(cast, name) == cast.district.pk


def test_a_body_is_known_without_its_place(cast, front, above):
    assert meant(cast, "Ban Dân vận Huyện ủy") == cast.advisory.pk
    assert meant(cast, "BDV Huyện ủy (qua bưu điện)") == cast.advisory.pk
    assert meant(cast, "Ban Dân vận Tỉnh ủy") == above.pk
    assert meant(cast, "BDVTU") == above.pk
    assert meant(cast, "Ủy ban MTTQ huyện") == front.pk
    assert meant(cast, "Mật trận Tổ quốc huyện") == front.pk
    assert meant(cast, "Phòng Nông nghiệp huyện Tân Yên") == cast.agency.pk
    assert meant(cast, "Tỉnh ủy") == cast.province.pk


def test_an_unsaid_level_is_that_of_the_issuer(cast, above):
    assert meant(cast, "Ban Dân vận") == cast.advisory.pk
    assert meant(cast, "Ban Dân vận", issuer=cast.province) == above.pk


def test_a_commune_is_known_with_and_without_its_kind(cast):
    for name in ("Đảng ủy xã An Dương", "xã An Dương", "Đảng bộ xã An Dương"):
        assert meant(cast, name) == cast.communes[0].pk
    assert meant(cast, "thị trấn Nhã Nam, huyện Tân Yên") == cast.communes[2].pk


def test_the_same_name_in_two_districts_is_asked_where_both_can_be_meant(cast):
    other = body("Đảng ủy xã An Dương", "commune_committee", "commune", cast.elsewhere)
    assert meant(cast, "xã An Dương") == cast.communes[0].pk
    asked = resolve(cast, "Đảng ủy xã An Dương", owner=cast.province)["Đảng ủy xã An Dương"]
    assert asked.standing == ASKED
    assert {(one.pk, one.superior) for one in asked.candidates} == {
        (cast.communes[0].pk, "Huyện ủy Tân Yên"),
        (other.pk, "Huyện ủy Hiệp Hòa"),
    }
    told = "Đảng ủy xã An Dương, huyện Hiệp Hòa"
    assert meant(cast, told, owner=cast.province) == other.pk


def test_a_name_of_another_time_is_asked_and_never_taken(cast):
    rename_organisation(
        organisation=cast.advisory,
        name="Ban Tuyên giáo và Dân vận Huyện ủy Tân Yên",
        short_name="",
        on=date(2025, 2, 1),
        by=None,
        at=START.replace(year=2026),
    )
    assert meant(cast, "Ban Dân vận Huyện ủy") == cast.advisory.pk
    late = date(2025, 6, 1)
    assert meant(cast, "Ban Tuyên giáo và Dân vận Huyện ủy", day=late) == cast.advisory.pk
    asked = resolve(cast, "Ban Dân vận Huyện ủy", day=late)["Ban Dân vận Huyện ủy"]
    assert asked.standing == ASKED
    (one,) = asked.candidates
    assert (one.pk, one.name, one.once) == (
        cast.advisory.pk,
        "Ban Tuyên giáo và Dân vận Huyện ủy Tân Yên",
        "Ban Dân vận Huyện ủy Tân Yên",
    )


def test_what_the_register_does_not_hold_stays_words(cast):
    names = (
        "Đảng ủy Công an huyện",
        "Hội Làm vườn tỉnh Thái Bình",
        "Huyện ủy Yên Dũng",
        "các cơ quan thông tấn, báo chí trên địa bàn tỉnh",
        "?",
    )
    found = resolve(cast, *names)
    assert {one.standing for one in found.values()} == {UNKNOWN}
    assert list(found) == list(names)


def test_bodies_beyond_the_owner_are_not_offered(cast):
    deep = body("Đảng ủy xã Đông Lỗ", "commune_committee", "commune", cast.elsewhere)
    assert resolve(cast, "Đảng ủy xã Đông Lỗ")["Đảng ủy xã Đông Lỗ"].standing == UNKNOWN
    assert offered_bodies("dong lo", owner=cast.advisory, day=DAY) == []
    assert not around_owner(cast.advisory, deep.pk, DAY)
    assert around_owner(cast.province, deep.pk, DAY)
    # what stands beside the owner on its line is named in papers from above
    assert meant(cast, "Huyện ủy Hiệp Hòa") == cast.elsewhere.pk


@pytest.mark.parametrize(
    ("name", "kinds", "count"),
    [
        ("các xã, thị trấn", {("commune_committee", "commune")}, 3),
        ("Đối với các xã, thị trấn", {("commune_committee", "commune")}, 3),
        (
            "Ủy ban MTTQ và các tổ chức chính trị - xã hội huyện",
            {("front", "district"), ("mass_organisation", "district")},
            1,
        ),
        ("các sở, ban, ngành tỉnh", {("agency", "province")}, 0),
        (
            "Các cơ quan, đơn vị thuộc Huyện ủy, UBND huyện",
            {("agency", "district"), ("party_advisory", "district")},
            2,
        ),
        ("LLVT huyện", {("armed_force", "district")}, 0),
        ("mỗi đơn vị", set(), 6),
        ("địa phương, đơn vị", set(), 6),
        ("mỗi cơ quan, đơn vị, tổ chức từ tỉnh đến cơ sở", set(), 6),
        (
            "Các chi, đảng bộ trực thuộc Huyện ủy",
            {
                ("grassroots_party", "commune"),
                ("commune_committee", "commune"),
                ("party_committee", "commune"),
            },
            3,
        ),
    ],
)
def test_groups_are_kinds_on_a_level(cast, front, name, kinds, count):
    found = resolve(cast, name)[name]
    assert found.standing == GROUP
    assert set(found.group.kinds) == kinds
    assert found.group.count == count


def test_lists_of_bodies_are_parted_and_groups_stay_whole():
    assert parts_of("Ban Tuyên giáo, Ban Dân vận Tỉnh ủy") == [
        "Ban Tuyên giáo",
        "Ban Dân vận Tỉnh ủy",
    ]
    whole = "các sở, ban, ngành, Mặt trận Tổ quốc và các tổ chức chính trị - xã hội tỉnh"
    assert parts_of(whole) == [whole]
    assert parts_of("Đảng ủy xã An Dương, huyện Tân Yên") == ["Đảng ủy xã An Dương, huyện Tân Yên"]
    assert parts_of("Phòng Văn hóa và Thông tin") == ["Phòng Văn hóa và Thông tin"]
    assert parts_of(" ") == []


def test_the_society_of_a_name_is_no_commune():
    assert take_apart("Phòng Lao động - Thương binh và Xã hội").levels == frozenset()


def test_the_register_is_asked_as_often_for_many_names_as_for_one(
    cast, front, django_assert_max_num_queries
):
    names = [f"Đảng ủy xã Số {number}" for number in range(60)]
    with django_assert_max_num_queries(9):
        resolve(cast, *names, "Ban Dân vận Huyện ủy", "các xã, thị trấn", "Huyện ủy")


def test_bodies_are_searched_around_the_owner(cast, above):
    found = offered_bodies("dan van", owner=cast.advisory, day=DAY)
    assert {one.pk for one in found} == {cast.advisory.pk, above.pk}
    assert resolve_names([], owner=cast.advisory, day=DAY) == {}
