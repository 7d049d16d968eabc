"""Minutes and score table of a council, beside the approved ones (KHEO_APPROVE=1 approves)."""

import os
from pathlib import Path

import pytest
from tests.factories.councils import NOW, make_chamber, with_files

from kheo.appraisal.models import AppraisalFile
from kheo.councils.actions import cast_ballot, open_vote
from kheo.councils.enums import Choice, CouncilDeed
from kheo.councils.papers import minutes_paper, scores_paper
from kheo.councils.views.papers import council_paper
from kheo.lib.papers.check import problems
from kheo.lib.papers.render import render

pytestmark = [pytest.mark.golden, pytest.mark.django_db]
APPROVED = Path(__file__).parent / "councils"


def compare(paper, name):
    path = APPROVED / f"{name}.txt"
    text = render(paper, "txt").decode()
    if os.environ.get("KHEO_APPROVE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    assert text == path.read_text()


def test_minutes_and_score_table_of_a_council(cast):
    chamber = with_files(make_chamber(cast, is_secret=True), count=4)
    AppraisalFile.objects.update(self_total=95, superior_total=93)
    first = chamber.files()[0]
    chamber.score_all()
    chamber.meet(absent=chamber.members[2:])
    vote = open_vote(council=chamber.council, files=[first.pk], by=chamber.chair, at=NOW)
    for number, seat in enumerate((chamber.chair, chamber.secretary, *chamber.members[:2])):
        choices = {first.pk: Choice.FOR if number < 2 else Choice.AGAINST}
        cast_ballot(vote=vote, choices=choices, by=seat, at=NOW)
    chamber.move(CouncilDeed.DECIDE, chamber.chair)
    wish = council_paper(chamber.fresh())
    for paper, name in ((minutes_paper(wish), "BB"), (scores_paper(wish), "BTHD")):
        assert problems(paper) == []
        compare(paper, name)
