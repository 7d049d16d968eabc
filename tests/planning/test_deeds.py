"""Making work by its deeds alone, as other doors do: rights, refusals, nothing done by halves."""

from datetime import date

import pytest
from tests.factories.accounts import START
from tests.factories.rounds import make_period, s4_audiences
from tests.planning.papers import plan, review_letter, round_letter

from kheo.assignments.actions import BodyTerms, TaskTerms
from kheo.audit.models import Entry
from kheo.directives.models import Document, Origin
from kheo.organisations.rules import NotAllowedError
from kheo.planning.actions import (
    PlannedAudience,
    PlannedTask,
    ReviewPlan,
    RoundPlan,
    make_review_of_document,
    make_round_of_document,
    make_tasks_of_document,
)
from kheo.planning.queries.governing import CitedDocument
from kheo.planning.rules import MadeAlreadyError, PlanError, StalePlanError
from kheo.reviews.actions import ReviewTerms
from kheo.rounds.models import FieldScheme, Period, Round

pytestmark = pytest.mark.django_db


def round_plan(cast, **changes):
    values = {
        "year": 2024,
        "title": "Đợt đăng ký năm 2024",
        "opens_on": date(2024, 2, 5),
        "field_scheme": FieldScheme.objects.get(code="s4-m1-m2"),
        "period": Period.objects.first() or make_period(cast.district),
        "audiences": tuple(PlannedAudience(terms=terms) for terms in s4_audiences()),
    }
    return RoundPlan(**(values | changes))


def make_round(cast, reading, **changes):
    seen = changes.pop("seen_version", None)
    by = changes.pop("by", cast.officer)
    return make_round_of_document(
        reading=reading,
        organiser=cast.district,
        plan=round_plan(cast, **changes),
        seen_version=seen,
        by=by,
        at=START,
    )


@pytest.fixture
def reading(cast):
    return round_letter(cast.district).readings.get()


def test_a_round_is_made_and_the_audit_tells_of_it(cast, reading):
    findings = tuple(reading.findings.filter(field="theme"))
    made = make_round(cast, reading, findings=findings)
    assert (made.state, made.governing_document) == ("draft", reading.document)
    assert Entry.objects.filter(verb="round.create").exists()
    assert Entry.objects.filter(verb="document.make-work").count() == 1


@pytest.mark.parametrize("who", ["clerk", "leader", "administrator", "stranger"])
def test_only_the_officer_of_the_committee_makes_work(cast, reading, who):
    with pytest.raises(NotAllowedError):
        make_round(cast, reading, by=getattr(cast, who))
    assert not Round.objects.exists()


def test_what_cannot_be_leaves_nothing_behind(cast, reading):
    cited = CitedDocument(
        kind="HD",
        symbol="09-HD/HU",
        issued_on=None,
        issuer_name="Ban Thường vụ Huyện ủy",
        subject="về xây dựng mô hình",
    )
    with pytest.raises(PlanError):
        make_round(cast, reading, cited=cited, year=2031)
    with pytest.raises(PlanError):
        make_round(cast, reading, audiences=())
    with pytest.raises(PlanError):
        make_round(cast, reading, period=None)
    with pytest.raises(StalePlanError):
        make_round(cast, reading, seen_version=reading.version + 1)
    assert not Round.objects.exists()
    assert not Origin.objects.exists()
    assert not Document.objects.filter(symbol="09-HD/HU").exists()


def test_a_draft_that_was_discarded_can_be_made_again(cast, reading):
    findings = tuple(reading.findings.filter(field="theme"))
    first = make_round(cast, reading, findings=findings)
    with pytest.raises(MadeAlreadyError):
        make_round(cast, reading, findings=findings)
    first.delete()
    assert make_round(cast, reading, findings=findings).pk


def test_a_review_is_made_once_and_not_without_a_title(cast):
    reading = review_letter(cast.district).readings.get()
    findings = tuple(reading.findings.filter(field="outline"))

    def make(title):
        return make_review_of_document(
            reading=reading,
            organiser=cast.district,
            plan=ReviewPlan(terms=ReviewTerms(title=title), findings=findings),
            by=cast.officer,
            at=START,
        )

    with pytest.raises(PlanError):
        make(" ")
    assert make("Sơ kết").organiser == cast.district
    with pytest.raises(MadeAlreadyError):
        make("Sơ kết")


def test_tasks_are_given_all_or_none(cast):
    reading = plan(cast.district).readings.get()
    findings = list(reading.findings.filter(field="assignment"))
    body = BodyTerms(role="executing", organisation=cast.communes[0])

    def make(*contents):
        rows = [
            PlannedTask(
                terms=TaskTerms(content=content, ordinal=number, bodies=[body]), finding=finding
            )
            for number, (content, finding) in enumerate(
                zip(contents, findings, strict=False), start=1
            )
        ]
        return make_tasks_of_document(
            reading=reading, owner=cast.district, plan=rows, by=cast.officer, at=START
        )

    with pytest.raises(PlanError, match="2"):
        make("Tuyên truyền", " ")
    assert not reading.document.tasks.exists()
    with pytest.raises(PlanError):
        make()
    assert len(make("Tuyên truyền", "Kiểm tra")) == 2
    with pytest.raises(MadeAlreadyError):
        make("Tuyên truyền")
