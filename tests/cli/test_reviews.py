"""`kheo reviews status` tells how far reviews are."""

import json
from argparse import Namespace

import pytest
from tests.factories.reviews import opened_review, submitted_report

from kheo.cli.reviews import run_status
from kheo.reviews.actions import close_review


def told(capsys, *, closed=False, as_json=False) -> str:
    assert run_status(Namespace(all=closed, json=as_json)) == 0
    return capsys.readouterr().out


@pytest.mark.django_db
def test_reviews_are_told_in_words_and_as_data(cast, capsys):
    review = opened_review(cast)
    report = submitted_report(cast, review)
    assert "1/3" in told(capsys)
    [row] = json.loads(told(capsys, as_json=True))
    assert (row["asked"], row["handed_in"], row["late"]) == (3, 1, 2)
    close_review(review=review, by=cast.officer, at=report.submitted_at)
    assert json.loads(told(capsys, as_json=True)) == []
    assert review.title in told(capsys, closed=True)
