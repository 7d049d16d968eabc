"""People find what they may see, however they spell it."""

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.factories.exemplars import IN_TIME
from tests.search.asking import found_by

from kheo.accounts.actions import Details, change_details
from kheo.directives.actions import DocumentFacts, edit_document, register_document
from kheo.exemplars.actions import discard_draft, save_draft
from kheo.exemplars.enums import State
from kheo.organisations.actions import move_organisation, rename_organisation
from kheo.organisations.models import Seat
from kheo.search.queries import finding

MOVED = datetime(2024, 7, 1, 5, tzinfo=UTC)
ROAD = "Hiến đất mở đường hoà thuận ở tổ dân phố số 3"
CAMERA = "Camera an ninh do UBND xã và MTTQ vận động"


@pytest.fixture
def named(stage):
    """Two registrations of one commune, the older one about a road."""
    plain = {"content": "Bàn với dân.", "scope": "", "expected_results": ""}
    return [stage.registration(name=name, **plain) for name in (ROAD, CAMERA)]


@pytest.mark.parametrize(
    "text",
    [
        "hien dat",
        "dat hien",
        "HIẾN ĐẤT",
        "hiến đất mở đườ",
        '"mở đường"',
        "hòa thuận",
        "hoà thuận",
        unicodedata.normalize("NFD", "hiến đất"),
        "tdp",
        "TDP số 3",
        "to dan pho 3",
        "đường “hiến đất”",
        "hien---dat",
    ],
)
def test_a_name_is_found_however_it_is_spelt(stage, named, text):
    assert found_by(stage.clerk, text) == ["Hiến đất mở đường hòa thuận ở tổ dân phố số 3"]


@pytest.mark.parametrize("text", ["ủy ban nhân dân", "uy ban nhan dan", "mặt trận tổ quốc", "ubnd"])
def test_an_abbreviation_is_found_by_what_it_stands_for(stage, named, text):
    assert found_by(stage.clerk, text) == [CAMERA]


@pytest.mark.parametrize("text", ['"đất hiến"', "hiến camera", "hiendat", "ninh an toàn"])
def test_what_is_not_there_is_not_found(stage, named, text):
    assert found_by(stage.clerk, text) == []


def test_marks_rank_what_has_them_first(stage):
    plain = {"content": "", "scope": "", "expected_results": "", "address": ""}
    for name in ("Bán hàng giúp dân", "Bàn với dân", "Ban quản lý chợ"):
        stage.registration(name=name, **plain)
    assert found_by(stage.clerk, "bàn")[0] == "Bàn với dân"
    assert found_by(stage.clerk, "bán")[0] == "Bán hàng giúp dân"
    assert len(found_by(stage.clerk, "ban")) == 3


def test_whole_words_are_enough_where_they_find_enough(stage, monkeypatch):
    plain = {"content": "Bàn với dân.", "scope": "", "expected_results": ""}
    for name in ("Ca hát làng", "Ca múa làng", "Cam sạch làng"):
        stage.registration(name=name, **plain)
    assert found_by(stage.clerk, "ca")[0] == "Cam sạch làng"
    monkeypatch.setattr(finding, "RANKED", 1)
    assert found_by(stage.clerk, "ca") == ["Ca múa làng"]
    assert found_by(stage.clerk, "làng ca") == ["Ca múa làng"]
    # one whole word alone is not enough: what it begins is found with it
    assert found_by(stage.clerk, "cam") == ["Cam sạch làng"]
    assert found_by(stage.clerk, "cam ")[:1] == ["Cam sạch làng"]
    assert found_by(stage.clerk, "múa c") == ["Ca múa làng"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hiến g", ["Hiến gỗ"]),
        ("hien m", ["Hiến máu"]),
        ("m hien", []),
        ("h", ["Hiến máu", "Hiến gỗ"]),
        ("hien k", []),
        ("hien z", []),
        # what the terms of an entry are called is no word of it
        ("kind", []),
        ("hien uni", []),
        ("p", []),
        ("hien lev", []),
    ],
)
def test_a_single_letter_begins_a_word(stage, text, found):
    plain = {"content": "", "scope": "", "expected_results": "", "address": ""}
    for name in ("Hiến gỗ", "Hiến máu"):
        stage.registration(name=name, **plain)
    assert found_by(stage.clerk, text) == found


def test_what_the_title_says_comes_before_what_the_text_says(stage):
    stage.registration(name="Tổ hòa giải", content="Dân tự hòa giải.")
    stage.registration(name="Tổ tự quản", content="Có camera, có tổ hòa giải.")
    assert found_by(stage.clerk, "hoa giai") == ["Tổ hòa giải", "Tổ tự quản"]


def test_the_text_can_be_found_by_what_was_changed_in_it(stage, named):
    row = named[0]
    save_draft(
        registration=row,
        values={"content": "Lắp đèn năng lượng mặt trời."},
        version=row.version,
        by=stage.head,
        at=IN_TIME,
    )
    assert found_by(stage.clerk, "năng lượng") == [row.name.replace("hoà", "hòa")]
    assert found_by(stage.clerk, "bàn với dân") == [CAMERA]


def test_a_draft_thrown_away_is_not_found(stage, named):
    discard_draft(registration=named[1], by=stage.head, at=IN_TIME)
    assert found_by(stage.clerk, "camera") == []


@pytest.mark.parametrize("who", ["clerk", "head", "officer", "leader", "administrator"])
def test_those_above_find_what_is_registered_below(stage, named, who):
    assert found_by(getattr(stage.cast, who), "camera an ninh") == [CAMERA]


@pytest.mark.parametrize("kind", ["registration", "organisation", "person"])
def test_a_stranger_finds_nothing_of_others(stage, named, kind):
    words = {"registration": "camera", "organisation": "an duong", "person": "giap van lam"}
    assert found_by(stage.cast.administrator, words[kind], kind)
    assert found_by(stage.cast.stranger, words[kind], kind) == []


def test_another_unit_finds_nothing_of_its_neighbour(stage, named):
    neighbour = stage.head_of(stage.cast.communes[1])
    assert found_by(neighbour, "camera") == []
    assert found_by(neighbour, "Cao Xá", "organisation") == ["Đảng ủy xã Cao Xá"]


def test_a_unit_that_moved_still_finds_its_own(stage, named):
    unit = stage.cast.communes[0]
    move_organisation(
        organisation=unit, parent=stage.cast.elsewhere, on=date(2024, 7, 1), by=None, at=MOVED
    )
    head = Seat.objects.get(pk=stage.head.pk)
    assert found_by(head, "camera") == [CAMERA]
    # the unit and its people are found at their new place, the old entries at the old one
    assert found_by(stage.cast.stranger, "an duong", "organisation") == ["Đảng ủy xã An Dương"]
    assert found_by(stage.cast.stranger, "giap van lam", "person") == ["Giáp Văn Lâm"]
    assert found_by(stage.cast.stranger, "camera") == []
    assert found_by(stage.officer, "camera") == [CAMERA]
    assert found_by(stage.officer, "an duong", "organisation") == []


def test_people_are_found_only_by_those_who_keep_people(stage):
    assert found_by(stage.cast.administrator, "ngo thi mai", "person") == ["Ngọ Thị Mai"]
    assert found_by(stage.cast.officer, "pho truong ban", "person") == ["Thân Thị Hạnh"]
    assert found_by(stage.cast.clerk, "giap van lam", "person") == []
    assert found_by(stage.cast.leader, "giap van lam", "person") == []


def test_a_person_is_found_by_the_new_name(stage):
    details = Details(full_name="Ngọ Thị Mơ", email="", phone="")
    change_details(user=stage.clerk.user, details=details, by=stage.clerk.user, at=IN_TIME)
    assert found_by(stage.cast.administrator, "ngọ thị mơ", "person") == ["Ngọ Thị Mơ"]
    assert found_by(stage.cast.administrator, "ngọ thị mai", "person") == []


def test_an_organisation_and_its_people_are_found_by_the_new_name(stage):
    unit = stage.cast.communes[0]
    rename_organisation(
        organisation=unit, name="Đảng ủy xã Phúc Hòa", on=date(2024, 7, 1), by=None, at=MOVED
    )
    administrator = stage.cast.administrator
    assert found_by(administrator, "phúc hòa", "organisation") == ["Đảng ủy xã Phúc Hòa"]
    assert "Giáp Văn Lâm" in found_by(administrator, "phuc hoa", "person")
    assert found_by(administrator, "an duong", "organisation") == []


def test_a_document_is_found_by_its_own_unit_and_all_below(stage):
    facts = DocumentFacts(
        kind="HD",
        subject="Tổ chức phong trào thi đua “Dân vận khéo”",
        issuer_name="Ban Dân vận Huyện ủy",
        symbol="09-HD/BDV",
        issued_on=date(2024, 2, 1),
    )
    given = {"owner": stage.cast.district, "facts": facts, "by": None, "at": IN_TIME}
    document = register_document(**given)
    for text in ("09-HD/BDV", "hướng dẫn 09", "dvk", "ban dan van huyen uy"):
        assert found_by(stage.clerk, text, "document") == [facts.subject]
    assert found_by(stage.cast.stranger, "dvk", "document") == []
    changed = replace(facts, subject="Tổng kết năm")
    edit_document(document=document, facts=changed, by=None, at=IN_TIME)
    assert found_by(stage.clerk, "tong ket", "document") == ["Tổng kết năm"]


@pytest.mark.parametrize(
    ("groups", "found"),
    [
        ((("year_2024",),), True),
        ((("year_2023",),), False),
        ((("field_economy",), ("form_collective",)), True),
        ((("field_culture",),), False),
    ],
)
def test_terms_narrow_what_is_found(stage, named, groups, found):
    assert bool(found_by(stage.officer, "camera", groups=groups)) is found


def test_states_narrow_what_is_found_without_being_indexed(stage, named):
    sent = stage.registration(State.SUBMITTED, name="Camera ở chợ")
    assert found_by(stage.officer, "camera", live={"state": "submitted"}) == [sent.name]


HOSTILE = [
    '"',
    '""',
    "*",
    "-",
    "a*b -c OR AND NOT NEAR(",
    "words : x",
    "'; DROP TABLE search_searchentry; --",
    "\0",
    "a\0b",
    "%",
    "_",
    "!!&|()<->:*\\",
    "x" * 10_000,
    "a " * 5_000,
    '"' * 9_999,
    "😀 👩‍👩‍👧",
    "\ud800",
    "ﷺ ß İ ǆ",
    "ก็ ὒ 한국어 漢字",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_typed_is_an_error(stage, text):
    for kind in ("registration", "organisation"):
        assert isinstance(found_by(stage.officer, text, kind), list)
        assert isinstance(found_by(stage.officer, f"bàn {text}", kind), list)
