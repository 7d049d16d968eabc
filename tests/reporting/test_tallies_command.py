"""The command that proves the tallies finds what is wrong, and puts it right when told to."""

import json

import pytest
from django.db.models import F
from tests.factories.organisations import make_cast
from tests.reporting.world import counted, make_registration, make_round, make_unit

from kheo.cli.main import make_parser
from kheo.exemplars.models import RegistrationTally
from kheo.rounds.models import ParticipationTally

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    cast = make_cast()
    round = make_round(cast.district)
    make_registration(make_unit(round, cast.communes[0]))
    counted(round)


def run(*words: str) -> int:
    wish = make_parser().parse_args(["tallies", "recount", *words])
    return wish.run(wish)


def test_right_counts_are_called_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_wrong_counts_are_told_and_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    RegistrationTally.objects.update(count=F("count") + 5)
    ParticipationTally.objects.update(count=9)
    assert run("--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["registrations"][0]["kept"] == 6
    assert told["registrations"][0]["counted"] == 1
    assert sum(told["rounds"].values()) == ParticipationTally.objects.count() == 3
    assert told["wrong"] == 6
    assert set(RegistrationTally.objects.values_list("count", flat=True)) == {6}
    assert set(ParticipationTally.objects.values_list("count", flat=True)) == {9}


def test_repair_puts_them_right(capsys: pytest.CaptureFixture[str]) -> None:
    RegistrationTally.objects.all().delete()
    ParticipationTally.objects.update(count=0)
    assert run("--repair") == 0
    assert run() == 0
    assert set(RegistrationTally.objects.values_list("count", flat=True)) == {1}
