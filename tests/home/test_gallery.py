"""The gallery shows every component, to signed-in people only."""

import re
from pathlib import Path

import pytest
from tests.factories.organisations import SeatFactory

import kheo.home
from kheo.ui.templatetags.ui import register

pytestmark = pytest.mark.django_db
# these stand in the frame of the page, or are words within other components
ELSEWHERE = {"address_with", "trail"}


@pytest.fixture
def seat():
    return SeatFactory(title="Bí thư Đảng ủy")


def test_gallery_is_closed_to_strangers(client):
    response = client.get("/gallery")
    assert response.status_code == 302
    assert "/account/" in response["Location"]


def test_gallery_shows_every_component():
    template = Path(kheo.home.__file__).parent / "templates/home/gallery.html"
    used = set(re.findall(r"{% (\w+)", template.read_text()))
    assert set(register.tags) - used - ELSEWHERE == set()


def test_gallery_renders_whole_and_in_part(client, seat):
    client.force_login(seat.user)
    whole = client.get("/gallery").content.decode()
    part = client.get("/gallery", headers={"hx-request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    assert 'id="sample-table"' in part


def test_frame_names_the_seat_one_acts_from(client, seat):
    client.force_login(seat.user)
    html = client.get("/").content.decode()
    assert "Bí thư Đảng ủy" in html
    assert seat.organisation.name in html


def test_frame_offers_other_seats_only_to_who_holds_them(client, seat):
    client.force_login(seat.user)
    assert 'name="seat"' not in client.get("/").content.decode()
    other = SeatFactory(user=seat.user, title="Trưởng ban")
    html = client.get("/").content.decode()
    assert f'<option value="{other.pk}"' in html


def test_every_page_is_sent_with_a_closed_content_policy(client, seat):
    client.force_login(seat.user)
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
