"""The search page shows what was found, marked and safe, and only what one may see."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from tests.factories.exemplars import IN_TIME, Stage
from tests.factories.organisations import make_cast

from kheo.audit.models import Entry
from kheo.exemplars.enums import State
from kheo.home.actions import SavedViewError, delete_view, rename_view, save_view
from kheo.home.models import SavedView
from kheo.organisations.models import Seat

CAMERA = "Camera an ninh thôn Nguyễn"


@pytest.fixture
def stage(db) -> Stage:
    return Stage(make_cast())


def enter(seat: Seat) -> Client:
    client = Client()
    client.force_login(seat.user)
    return client


def page(seat: Seat, *, part: bool = False, **asked: object) -> str:
    headers = {"HX-Request": "true"} if part else {}
    answer = enter(seat).get(f"/search?{urlencode(asked)}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_empty_page_says_what_can_be_looked_for(stage):
    html = page(stage.clerk)
    assert "Đồng chí cần tìm gì?" in html
    assert 'id="id_q"' in html


def test_hits_are_marked_and_escaped(stage):
    stage.registration(name="Camera <b>an ninh</b>", content="Lắp camera <script>ở chợ.")
    html = page(stage.clerk, q="camera an")
    assert "<mark>Camera</mark> &lt;b&gt;<mark>an" in html
    assert "<script>ở" not in html


def test_found_records_stand_by_kind_and_lead_to_their_pages(stage):
    row = stage.registration(name=CAMERA)
    html = page(stage.officer, q="an")
    assert f'href="/registrations/{row.pk}"' in html
    assert f'href="/organisations/{stage.cast.communes[0].pk}"' in html
    only = page(stage.officer, q="an", kind="organisation")
    assert f'href="/registrations/{row.pk}"' not in only


def test_a_stranger_is_shown_nothing_and_told_why(stage):
    stage.registration(name=CAMERA)
    html = page(stage.cast.stranger, q="camera")
    assert "Không tìm thấy" in html
    assert CAMERA not in html


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"year": 2024}, True),
        ({"field": "economy"}, True),
        ({"field": "culture_society"}, False),
        ({"form": "individual"}, False),
        ({"state": "submitted"}, True),
        ({"state": "draft"}, False),
        ({"unit": "an duong"}, True),
        ({"unit": "huyen uy tan yen"}, True),
        ({"unit": "cao xa"}, False),
        ({"unit": "nowhere"}, False),
        ({"year": "x", "level": "'", "kind": "?", "page": "-1"}, True),
    ],
)
def test_filters_narrow_what_is_found(stage, narrowed, found):
    row = stage.registration(State.SUBMITTED, name=CAMERA)
    html = page(stage.officer, q="camera", **narrowed)
    assert (f'href="/registrations/{row.pk}"' in html) is found


@pytest.mark.parametrize("text", ['"', "*", "\0", "x" * 10_000, "' OR 1=1 --", "a:b -c"])
def test_nothing_typed_breaks_the_page(stage, text):
    assert 'id="found"' in page(stage.officer, q=text)


def test_htmx_gets_the_results_alone(stage):
    stage.registration(name=CAMERA)
    html = page(stage.clerk, part=True, q="cam")
    assert html.lstrip().startswith('<div id="found"')
    assert "<mark>Camera</mark>" in html


def test_pages_of_one_kind_follow_each_other(stage):
    for number in range(23):
        stage.registration(name=f"Camera {number}")
    first = page(stage.officer, q="camera", kind="registration")
    second = page(stage.officer, q="camera", kind="registration", page=2)
    assert first.count('class="hit"') == 20
    assert second.count('class="hit"') == 3


def test_every_page_has_a_search_box(stage):
    html = enter(stage.clerk).get("/").content.decode()
    assert 'action="/search"' in html


def test_a_view_is_saved_listed_renamed_and_deleted(stage):
    client = enter(stage.clerk)
    address = "/registrations/?q=camera&year=2024&page=3"
    asked = f"/saved-views?{urlencode({'address': address})}"
    assert "/registrations/?q=camera&amp;year=2024" in client.get(asked).content.decode()
    answer = client.post("/saved-views", {"address": address, "name": "Camera 2024"})
    assert answer.url == "/registrations/?q=camera&year=2024"
    view = SavedView.objects.get()
    assert "Camera 2024" in page(stage.clerk)
    assert "Camera 2024" in client.get("/").content.decode()
    client.post(f"/saved-views/{view.pk}/rename", {"name": "Camera các năm"})
    assert "Camera các năm" in client.get("/saved-views").content.decode()
    client.post(f"/saved-views/{view.pk}/delete")
    assert not SavedView.objects.exists()
    verbs = Entry.objects.filter(record_type="home.savedview").values_list("verb", flat=True)
    assert list(verbs.order_by("pk")) == ["view.save", "view.rename", "view.delete"]


def test_nobody_touches_the_views_of_others(stage):
    view = save_view(name="Của tôi", address="/", by=stage.clerk, at=IN_TIME)
    client = enter(stage.head)
    assert client.post(f"/saved-views/{view.pk}/delete").status_code == 404
    assert client.post(f"/saved-views/{view.pk}/rename", {"name": "x"}).status_code == 404
    assert "Của tôi" not in client.get("/saved-views").content.decode()
    # two people may use one name
    save_view(name="Của tôi", address="/", by=stage.head, at=IN_TIME)


@pytest.mark.parametrize(
    "address",
    ["https://example.org/", "//example.org/", "javascript:alert(1)", "/nowhere", "", "x" * 3000],
)
def test_only_addresses_of_this_site_are_kept(stage, address):
    with pytest.raises(SavedViewError):
        save_view(name="Lạ", address=address, by=stage.clerk, at=IN_TIME)


def test_a_name_is_used_once_and_never_empty(stage):
    view = save_view(name="Năm nay", address="/", by=stage.clerk, at=IN_TIME)
    other = save_view(name="Năm ngoái", address="/", by=stage.clerk, at=IN_TIME)
    for name in ("Năm nay", "", "  ", "x" * 101):
        with pytest.raises(SavedViewError):
            rename_view(view=other, name=name, by=stage.clerk, at=IN_TIME)
    delete_view(view=view, by=stage.clerk, at=IN_TIME)
    assert rename_view(view=other, name="Năm nay", by=stage.clerk, at=IN_TIME).name == "Năm nay"


def test_a_refused_name_is_asked_for_again(stage):
    save_view(name="Năm nay", address="/", by=stage.clerk, at=IN_TIME)
    given = {"address": "/rounds/", "name": "Năm nay"}
    answer = enter(stage.clerk).post("/saved-views", given)
    assert answer.status_code == 422
    assert "đã có" in answer.content.decode()
