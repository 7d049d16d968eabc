"""The minutes of a survey visit, beside the approved ones (KHEO_APPROVE=1 approves)."""

import os
from io import BytesIO
from pathlib import Path

import docx
import pytest
from tests.factories.accounts import START
from tests.factories.visits import Survey, entry, judge

from kheo.lib.papers.check import problems
from kheo.lib.papers.render import render
from kheo.visits.actions import remark_on_visit, take_entries
from kheo.visits.enums import Found, VisitState
from kheo.visits.models import Visit
from kheo.visits.papers import minutes_paper
from kheo.visits.queries.minutes import minutes_of

pytestmark = [pytest.mark.golden, pytest.mark.django_db]
APPROVED = Path(__file__).parent / "visits"


def compare(paper, name):
    path = APPROVED / f"{name}.txt"
    text = render(paper, "txt").decode()
    if os.environ.get("KHEO_APPROVE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    assert text == path.read_text()


def minutes(visit: Visit):
    fresh = Visit.objects.select_related("team__organisation__kind").get(pk=visit.pk)
    return minutes_paper(minutes_of(fresh))


@pytest.fixture
def survey(cast, settings, tmp_path) -> Survey:
    settings.MEDIA_ROOT = tmp_path
    return Survey(cast)


def test_minutes_say_all_that_was_seen_and_recommended(survey):
    visit = survey.visit()
    sheet = visit.sheets.get()
    seen = entry(
        seen="Đã mở rộng 800 m đường thôn Nguyễn.\n45 hộ hiến 1.200 m² đất.",
        assessment="Cách làm công khai, dân chủ; dễ nhân rộng.",
        latitude="21,385612",
        longitude="106,123456",
    )
    take_entries(sheet=sheet, entries=[seen], by=survey.member, at=START)
    judge(sheet, "Công khai phương án với nhân dân", Found.MET, survey.member)
    judge(sheet, "Hồ sơ minh chứng", Found.PARTLY, survey.member, "Thiếu biên bản họp thôn")
    survey.conclude(visit)
    remark_on_visit(visit=visit, text="Nhất trí.", by=survey.unit_head, at=START)
    paper = minutes(visit)
    assert problems(paper) == []
    compare(paper, "BB")
    word = docx.Document(BytesIO(render(paper, "docx")))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert "Thiếu biên bản họp thôn" in cells


def test_minutes_of_a_visit_to_come_have_places_to_write(survey):
    paper = minutes(survey.visit(VisitState.ANNOUNCED))
    assert problems(paper) == []
    compare(paper, "BB-trong")
