"""`kheo visits list` tells the visits of a year."""

import json
from argparse import Namespace

import pytest
from tests.factories.visits import Survey

from kheo.cli.visits import run_list
from kheo.visits.enums import VisitState


def listed(capsys, *, year=None, as_json=False) -> str:
    assert run_list(Namespace(year=year, json=as_json)) == 0
    return capsys.readouterr().out


@pytest.mark.django_db
def test_visits_are_listed_in_words_and_as_data(cast, capsys):
    assert "kheo" not in listed(capsys)
    visit = Survey(cast).visit(VisitState.CONCLUDED, models=2)
    assert "Đảng ủy xã An Dương" in listed(capsys, year=2024)
    assert json.loads(listed(capsys, as_json=True)) == [
        {
            "pk": visit.pk,
            "day": "2024-10-08",
            "unit": "Đảng ủy xã An Dương",
            "team": "Đoàn khảo sát số 1",
            "state": "concluded",
            "sheets": 2,
            "open": 1,
        }
    ]
    assert json.loads(listed(capsys, year=2023, as_json=True)) == []
