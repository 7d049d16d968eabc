"""The paper's particulars and the plan drawn out of a report: who may, and what is kept."""

from datetime import date, datetime

import pytest
from tests.factories.accounts import HANOI
from tests.factories.reviews import opened_review, report_of

from kheo.audit.models import Entry
from kheo.organisations.rules import NotAllowedError
from kheo.reviews.actions import (
    PaperTerms,
    draft_plan,
    drop_plan_part,
    write_particulars,
    write_plan_part,
)
from kheo.reviews.queries.plans import next_period
from kheo.reviews.rules.reviews import ReviewError, StaleReviewError

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 12, 9, 0, tzinfo=HANOI)


@pytest.fixture
def report(cast):
    review = opened_review(cast, period_from=date(2022, 1, 1), period_to=date(2024, 12, 31))
    return report_of(review, cast.district)


def test_particulars_are_kept_once_and_told_to_the_audit(cast, report):
    terms = PaperTerms(number="12", dated=date(2024, 2, 20), recipients=" Tỉnh ủy \n\n\nLưu ")
    for _again in range(2):
        kept = write_particulars(report=report, terms=terms, by=cast.officer, at=AT)
    assert (kept.number, kept.recipients) == ("12", "Tỉnh ủy\n\nLưu")
    entry = Entry.objects.get(verb="report.particulars")
    assert entry.after["number"] == "12"
    assert "signer_name" not in entry.after


def test_a_plan_is_drafted_once_and_changed_part_by_part(cast, report):
    assert next_period(report) == range(2025, 2028)
    parts = draft_plan(report=report, by=cast.officer, at=AT)
    assert [part.order for part in parts] == [1, 2, 3, 4, 5]
    with pytest.raises(ReviewError):
        draft_plan(report=report, by=cast.officer, at=AT)
    terms = {"report": report, "by": cast.officer, "at": AT}
    first = write_plan_part(
        part=parts[0], title=" Mục đích ", body="• Một", seen_version=1, **terms
    )
    assert (first.title, first.body, first.version) == ("Mục đích", "- Một", 2)
    with pytest.raises(StaleReviewError):
        write_plan_part(part=parts[0], title="Khác", body="", seen_version=1, **terms)
    with pytest.raises(ReviewError):
        write_plan_part(part=None, title=" ", body="x", **terms)
    last = write_plan_part(part=None, title="Kinh phí", body="", **terms)
    assert last.order == 6
    drop_plan_part(part=last, by=cast.officer, at=AT)
    verbs = list(Entry.objects.filter(verb__startswith="plan.").values_list("verb", flat=True))
    assert sorted(verbs) == ["plan.draft", "plan.drop", "plan.edit", "plan.edit"]


def test_only_those_who_write_the_report_plan(cast, report):
    part = draft_plan(report=report, by=cast.officer, at=AT)[0]
    for seat in (cast.clerk, cast.head, cast.leader, cast.administrator, cast.stranger):
        who = {"by": seat, "at": AT}
        with pytest.raises(NotAllowedError):
            write_particulars(report=report, terms=PaperTerms(), **who)
        with pytest.raises(NotAllowedError):
            draft_plan(report=report, **who)
        with pytest.raises(NotAllowedError):
            write_plan_part(report=report, part=part, title="x", body="", **who)
        with pytest.raises(NotAllowedError):
            drop_plan_part(part=part, **who)
