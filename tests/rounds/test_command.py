"""The command lists rounds, closes and reopens them, and leaves a trace."""

import argparse

import pytest
from tests.factories.organisations import make_cast
from tests.factories.rounds import make_s4_round

from kheo.audit.models import Entry
from kheo.cli.rounds import add_parser
from kheo.rounds.rules import RoundError

pytestmark = pytest.mark.django_db


def run(*words):
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    wish = parser.parse_args(["rounds", *words])
    return wish.run(wish)


def test_rounds_are_listed_by_year(capsys):
    make_s4_round(make_cast())
    assert run("list", "--year", "2024") == 0
    assert "\t4\tHuyện ủy Tân Yên\t" in capsys.readouterr().out
    run("list", "--year", "2023")
    assert not capsys.readouterr().out


def test_a_round_is_closed_and_reopened_with_a_reason():
    round = make_s4_round(make_cast())
    assert run("close", str(round.pk), "--reason", "Hết hạn") == 0
    with pytest.raises(RoundError):
        run("close", str(round.pk), "--reason", "Lần nữa")
    assert run("reopen", str(round.pk), "--reason", "Bổ sung") == 0
    round.refresh_from_db()
    assert round.state == "open"
    reasons = Entry.objects.filter(verb__in=("round.close", "round.reopen"))
    assert set(reasons.values_list("reason", flat=True)) == {"Hết hạn", "Bổ sung"}


def test_a_reason_is_needed(capsys):
    with pytest.raises(SystemExit):
        run("close", "1")
