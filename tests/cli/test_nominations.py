"""`kheo nominations list`: what was put forward, in words and as JSON."""

import json

import pytest
from tests.factories.nominations import Nominating
from tests.factories.organisations import make_cast

from kheo.cli.main import main


@pytest.mark.django_db
def test_lists_are_told_in_words_and_as_json(capsys):
    stage = Nominating(make_cast(), late_policy="accept")
    row = stage.sent(2)
    assert main(["nominations", "list"]) == 0
    told = capsys.readouterr().out.strip().split("\t")
    assert told[0] == str(row.pk)
    assert told[2:] == ["Huyện ủy Tân Yên", "Tỉnh ủy Bắc Giang", "sent", "2/5", "0"]
    assert main(["nominations", "list", "--round", str(stage.round.pk), "--json"]) == 0
    [found] = json.loads(capsys.readouterr().out)
    assert (found["cap"], found["nominated"], found["waiting"]) == (5, 2, 2)
    assert main(["nominations", "list", "--round", "0"]) == 0
    assert capsys.readouterr().out == ""
