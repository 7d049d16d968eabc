"""Drafting an own paper from a superior's: who speaks, who signs, and days moved earlier."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories.organisations import OrganisationFactory
from tests.planning.papers import review_letter, round_letter

from kheo.organisations.papers.speakers import speaker_of
from kheo.planning.rules import moved_earlier

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "kind", "symbol", "signer"),
    [
        ("Huyện ủy Tân Yên", "party_committee", "-KH/HU", ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")),
        ("Đảng ủy xã Cao Xá", "commune_committee", "-KH/ĐU", ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")),
        ("Ban Dân vận Huyện ủy", "party_advisory", "-KH/BDVHU", ("", "TRƯỞNG BAN")),
        (
            "Ủy ban nhân dân huyện",
            "government",
            "/KH-UBND",
            ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        ),
        ("Sở Nội vụ", "agency", "/KH-SNV", ("", "GIÁM ĐỐC")),
        ("Phòng Giáo dục huyện", "agency", "/KH-PGD", ("", "TRƯỞNG PHÒNG")),
        ("Hội Nông dân huyện", "mass_organisation", "/KH-HND", ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH")),
        ("Chi bộ thôn Nguyễn", "grassroots_party", "-KH/CB", ("", "BÍ THƯ")),
    ],
)
def test_a_body_speaks_and_signs_as_its_kind_does(name, kind, symbol, signer):
    unit = OrganisationFactory(name=name, kind_code=kind, level_code="district")
    speaker = speaker_of(unit)
    assert str(speaker.symbol("KH")) == symbol
    assert (speaker.authority, speaker.position) == signer


@pytest.mark.parametrize(
    ("margin", "issued", "own", "kept"),
    [
        (7, date(2024, 2, 6), date(2024, 2, 20), False),
        (0, date(2024, 2, 6), date(2024, 2, 27), False),
        (30, date(2024, 2, 6), date(2024, 2, 27), True),
        (7, date(2024, 3, 6), None, True),
    ],
)
def test_a_deadline_moves_earlier_but_never_onto_the_past(margin, issued, own, kept):
    moved = moved_earlier(date(2024, 2, 27), margin, issued)
    assert (moved.own, moved.is_kept) == (own, kept)


def test_what_cannot_be_moved_is_said_on_the_page(client, cast):
    OrganisationFactory(parent=cast.communes[0], kind_code="grassroots_party")
    letter = review_letter(cast.district)
    client.force_login(cast.officer.user)
    page = client.get(reverse("planning:draft", args=[letter.pk])).content.decode()
    assert "10/04/2020" in page
    assert "ngày ……/……/………" in page


@pytest.mark.parametrize(
    ("name", "value"), [("margin", "-1"), ("dated", "31/02/2024"), ("recipients", "")]
)
def test_what_cannot_be_is_shown_beside_its_box(client, cast, name, value):
    letter = round_letter(cast.district)
    client.force_login(cast.officer.user)
    url = reverse("planning:draft", args=[letter.pk])
    data = client.get(url).context["form"].data
    asked = {key: data.getlist(key) for key in data} | {name: value}
    assert client.get(url, asked).status_code == 422
    file = reverse("planning:draft-file", args=[letter.pk, "docx"])
    assert client.get(file, asked).status_code == 404


def test_strangers_and_leaders_draft_nothing(client, cast):
    letter = round_letter(cast.district)
    url = reverse("planning:draft", args=[letter.pk])
    client.force_login(cast.stranger.user)
    assert client.get(url).status_code == 404
    client.force_login(cast.leader.user)
    assert client.get(url).status_code == 403
