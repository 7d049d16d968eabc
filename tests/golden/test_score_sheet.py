"""The score sheet of a file, beside the approved one (KHEO_APPROVE=1 approves)."""

import os
from datetime import date
from pathlib import Path

import pytest
from tests.factories.appraisal import Appraising
from tests.factories.exemplars import Stage

from kheo.appraisal.enums import FileState
from kheo.appraisal.models import AppraisalFile
from kheo.appraisal.papers import SheetWish, score_sheet
from kheo.appraisal.queries.sides import side_by_side
from kheo.lib.papers.check import problems
from kheo.lib.papers.render import render
from kheo.organisations.papers.letterheads import issuer_of
from kheo.organisations.papers.speakers import speaker_of

pytestmark = [pytest.mark.golden, pytest.mark.django_db]
APPROVED = Path(__file__).parent / "appraisal" / "score-sheet.txt"
DAY = date(2024, 11, 12)


def test_the_score_sheet_reads_as_approved(cast) -> None:
    file = Appraising(Stage(cast)).file(FileState.SUPERIOR_SCORED)
    file = AppraisalFile.objects.select_related("criteria_set", "organisation__kind").get(
        pk=file.pk
    )
    wish = SheetWish(
        issuer=issuer_of(file.organisation, DAY),
        speaker=speaker_of(file.organisation),
        dated=DAY,
        year=2024,
    )
    paper = score_sheet(side_by_side(file), wish)
    assert problems(paper) == []
    text = render(paper, "txt").decode()
    if os.environ.get("KHEO_APPROVE"):
        APPROVED.parent.mkdir(exist_ok=True)
        APPROVED.write_text(text, encoding="utf-8")
    assert text == APPROVED.read_text(encoding="utf-8")
    for fmt, mark in (("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK")):
        assert render(paper, fmt).startswith(mark)
