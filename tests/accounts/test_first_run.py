"""The first run: an empty Khéo, a printed code, an administrator, an organisation."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from tests.factories.accounts import START, UserFactory
from tests.factories.organisations import FOUNDED

from kheo.accounts.actions import make_first_run_code
from kheo.accounts.models import User
from kheo.organisations.actions import StructureError, found_top
from kheo.organisations.enums import Role
from kheo.organisations.models import Kind, Level, Organisation, Seat

PASSWORD = "đồng lúa chín vàng"
PERSON = {
    "full_name": "Lê Quốc Việt",
    "username": "Viet.Le",
    "email": "",
    "password": PASSWORD,
    "again": PASSWORD,
}


@pytest.fixture
def code(db: None) -> str:
    return make_first_run_code()


def found(client: Client, **more: str):
    committee, province = Kind.objects.get(code="party_committee"), Level.objects.get(rank=2)
    data = {
        "name": "Tỉnh ủy Bắc Giang",
        "kind": committee.pk,
        "level": province.pk,
        "on": "2010-01-01",
    }
    return client.post("/organisations/first", data | more)


def test_an_empty_kheo_leads_from_the_door_to_the_top_organisation(
    client: Client, code: str
) -> None:
    assert client.get("/account/sign-in").url == "/account/first-run"
    answer = client.post("/account/first-run", PERSON | {"code": code.lower()}, follow=True)
    assert answer.redirect_chain[-1][0] == "/organisations/first"
    assert found(client, province="24", place="Bắc Giang").url == "/organisations/"
    seat = Seat.objects.get()
    assert (seat.user.username, seat.role) == ("viet.le", Role.ADMINISTRATOR)
    assert seat.organisation.name == "Tỉnh ủy Bắc Giang"
    assert seat.organisation.national_code == "24"
    assert client.get("/organisations/").status_code == 200


def test_a_wrong_code_makes_nobody(client: Client, code: str) -> None:
    answer = client.post("/account/first-run", PERSON | {"code": "AAAA-BBBB-CCCC"})
    assert answer.status_code == 422
    assert not User.objects.exists()


def test_only_the_last_code_counts_and_only_its_digest_is_kept(client: Client, code: str) -> None:
    newer = make_first_run_code()
    kept = (Path(settings.DATA_DIR) / "first-run-code").read_text()
    assert newer not in kept
    assert client.post("/account/first-run", PERSON | {"code": code}).status_code == 422
    assert client.post("/account/first-run", PERSON | {"code": newer}).status_code == 302


def test_the_page_is_gone_once_there_is_somebody(client: Client, code: str) -> None:
    UserFactory()
    assert client.get("/account/first-run").status_code == 404
    assert client.post("/account/first-run", PERSON | {"code": code}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_code_is_used_up(client: Client) -> None:
    code = make_first_run_code()
    client.post("/account/first-run", PERSON | {"code": code})
    assert not (Path(settings.DATA_DIR) / "first-run-code").exists()


def test_the_top_is_founded_once(client: Client, code: str) -> None:
    client.post("/account/first-run", PERSON | {"code": code})
    found(client)
    found(client, name="Tỉnh ủy khác")
    assert Organisation.objects.get().name == "Tỉnh ủy Bắc Giang"
    kind, level = Kind.objects.get(code="party_committee"), Level.objects.get(rank=2)
    with pytest.raises(StructureError):
        found_top(name="Khác", kind=kind, level=level, on=FOUNDED, by=User.objects.get(), at=START)


def test_a_second_person_without_a_seat_is_told_so(client: Client, code: str) -> None:
    client.post("/account/first-run", PERSON | {"code": code})
    found(client)
    other = Client()
    other.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    answer = other.get("/organisations/", follow=True)
    assert answer.redirect_chain == [("/organisations/no-seat", 302)]
    assert "chưa giữ vị trí nào" in answer.content.decode()
