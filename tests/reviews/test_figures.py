"""Figures of reports: counted from the register, each model once, and frozen on submission."""

from datetime import datetime

import pytest
from tests.factories.accounts import HANOI, START
from tests.factories.exemplars import Stage
from tests.factories.reviews import make_review

from kheo.exemplars.enums import State
from kheo.reviews.actions.figures import freeze_report, insert_figure, thaw_report
from kheo.reviews.enums import Measure, ReviewState
from kheo.reviews.models import Report
from kheo.reviews.queries.figures import figures_of, words_of_report
from kheo.reviews.queries.measures import keys_behind
from kheo.reviews.rules.figures import FigureTerms

pytestmark = pytest.mark.django_db
LATER = datetime(2024, 12, 1, 9, 0, tzinfo=HANOI)


@pytest.fixture
def stage(cast):
    return Stage(cast)


@pytest.fixture
def report(cast):
    review = make_review(cast.district, by=cast.officer)
    review.state = ReviewState.OPEN
    review.save()
    return Report.objects.create(
        review=review,
        organisation=cast.district,
        unit_name=cast.district.name,
        path=cast.district.path,
        asked_at=START,
    )


def figure(report, cast, measure=Measure.MODELS, first=2024, last=2024, **changes):
    terms = FigureTerms(measure=measure, first_year=first, last_year=last, **changes)
    return insert_figure(report=report, terms=terms, by=cast.officer, at=LATER)


def test_a_figure_reads_what_the_register_says_and_stays_when_frozen(cast, stage, report):
    stage.registration(State.SUBMITTED)
    stage.registration(State.ACCEPTED, unit=cast.communes[1], field="culture_society")
    whole = figure(report, cast)
    economy = figure(report, cast, only={"field": "economy"}, is_bare=True)
    units = figure(report, cast, Measure.UNITS_REGISTERED, noun="tổ chức cơ sở đảng")
    assert words_of_report(report) == {
        1: "02 mô hình, điển hình",
        2: "01",
        3: "02/04 tổ chức cơ sở đảng",
    }
    freeze_report(report=report, by=cast.officer, at=LATER)
    stage.registration(State.SUBMITTED)
    assert words_of_report(report)[1] == "02 mô hình, điển hình"
    told = {one.figure.number: one for one in figures_of(report)}
    assert told[1].difference == 1
    assert len(set(keys_behind(whole)) - set(told[1].figure.frozen_list.keys)) == 1
    assert (economy.number, units.number) == (2, 3)
    thaw_report(report=report, by=cast.officer, at=LATER)
    assert words_of_report(report)[1] == "03 mô hình, điển hình"
