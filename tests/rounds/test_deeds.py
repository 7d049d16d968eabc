"""Deeds called directly, as the command line and the demonstration do: rights and refusals."""

from datetime import date, timedelta

import pytest
from tests.factories.accounts import START
from tests.factories.organisations import make_cast
from tests.factories.rounds import make_period, make_s4_round, s4_audiences

from kheo.audit.models import Entry
from kheo.organisations.rules import NotAllowedError
from kheo.rounds.actions import (
    LabelTerms,
    PeriodTerms,
    add_audience,
    copy_round,
    copy_scheme,
    delete_draft_round,
    edit_audience,
    edit_period,
    edit_scheme,
    move_audience,
    remove_audience,
)
from kheo.rounds.actions.rounds import same_day
from kheo.rounds.models import FieldScheme, Round
from kheo.rounds.rules import RoundError, StaleError

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def draft(cast):
    return make_s4_round(cast, published=False)


def deeds_on(round):
    """Every deed that changes whom a round asks, as (deed, what it is done to)."""
    audience = round.audiences.first()
    terms = s4_audiences()[0]
    return [
        (add_audience, {"round": round, "terms": terms}),
        (edit_audience, {"audience": audience, "terms": terms}),
        (move_audience, {"audience": audience, "up": False}),
        (remove_audience, {"audience": audience}),
        (delete_draft_round, {"round": round}),
    ]


def test_whom_a_round_asks_is_changed_by_its_officer_only(cast, draft):
    for deed, about in deeds_on(draft):
        for seat in (cast.clerk, cast.leader, cast.administrator, cast.stranger):
            with pytest.raises(NotAllowedError):
                deed(**about, by=seat, at=START)
    assert draft.audiences.count() == 2


def test_whom_a_published_round_asks_is_changed_by_nobody(cast):
    round = make_s4_round(cast)
    for deed, about in deeds_on(round):
        with pytest.raises(NotAllowedError):
            deed(**about, by=cast.officer, at=START)
        with pytest.raises(RoundError):
            deed(**about, by=None, at=START)


def test_a_page_that_is_out_of_date_changes_nothing(cast, draft):
    draft.refresh_from_db()
    for deed, about in deeds_on(draft)[:4]:
        with pytest.raises(StaleError):
            deed(**about, seen_version=draft.version - 1, by=cast.officer, at=START)
    assert [audience.order for audience in draft.audiences.all()] == [1, 2]


def test_the_last_audience_moved_down_stays_where_it_is(cast, draft):
    first, last = draft.audiences.all()
    move_audience(audience=last, up=False, by=cast.officer, at=START)
    move_audience(audience=first, up=True, by=cast.officer, at=START)
    assert list(draft.audiences.all()) == [first, last]


def test_each_change_of_an_audience_counts_as_one_of_the_round(cast, draft):
    draft.refresh_from_db()
    before = draft.version
    terms = s4_audiences()[0]
    audience = add_audience(round=draft, terms=terms, by=cast.officer, at=START)
    edit_audience(audience=audience, terms=terms, by=cast.officer, at=START)
    remove_audience(audience=audience, by=cast.officer, at=START)
    draft.refresh_from_db()
    assert draft.version == before + 3
    with pytest.raises(RoundError):
        edit_audience(audience=audience, terms=terms, by=cast.officer, at=START)


def test_a_round_is_copied_by_its_officer_and_leaves_the_source_alone(cast, draft):
    with pytest.raises(NotAllowedError):
        copy_round(source=draft, year=2025, by=cast.stranger, at=START)
    made = copy_round(source=draft, year=2025, by=cast.officer, at=START)
    draft.refresh_from_db()
    assert (draft.year, made.year, made.copied_from) == (2024, 2025, draft)
    assert draft.audiences.first().due_on == date(2024, 2, 27)
    delete_draft_round(round=draft, by=cast.officer, at=START)
    assert Round.objects.get().copied_from is None


@pytest.mark.parametrize(
    ("day", "years", "same"),
    [
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2021, 5, 1), 1, date(2022, 5, 1)),
    ],
)
def test_the_same_day_of_another_year_exists(day, years, same):
    assert same_day(day, years) == same


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "  "},
        {"last_year": 2020},
        {"last_year": 2099},
        {"usual_due_day": 31},
        {"usual_due_day": 31, "usual_due_month": 2},
    ],
    ids=str,
)
def test_a_period_that_cannot_be_is_refused(cast, changes):
    period = make_period(cast.district)
    terms = {"name": "2021 – 2025", "first_year": 2021, "last_year": 2025} | changes
    with pytest.raises(RoundError):
        edit_period(period=period, terms=PeriodTerms(**terms), by=cast.officer, at=START)


def test_a_period_is_changed_by_the_officer_of_its_organiser(cast):
    period = make_period(cast.district)
    terms = PeriodTerms(name="2021 – 2026", first_year=2021, last_year=2026)
    with pytest.raises(NotAllowedError):
        edit_period(period=period, terms=terms, by=cast.stranger, at=START)
    later = START + timedelta(days=1)
    edit_period(period=period, terms=terms, by=cast.officer, at=later)
    entry = Entry.objects.get(verb="period.edit")
    assert (entry.before["last_year"], entry.after["last_year"]) == (2025, 2026)


def test_a_scheme_keeps_one_label_for_each_field(cast):
    official = FieldScheme.objects.get(code="s0-s1")
    with pytest.raises(NotAllowedError):
        copy_scheme(source=official, issuer=cast.elsewhere, name="Lạ", by=cast.officer, at=START)
    scheme = copy_scheme(
        source=official, issuer=cast.district, name="Tân Yên", by=cast.officer, at=START
    )
    labels = [LabelTerms(field=row.field, label=row.label.title()) for row in scheme.labels.all()]
    with pytest.raises(RoundError):
        edit_scheme(
            scheme=scheme, name="x", labels=[*labels[1:], labels[1]], by=cast.officer, at=START
        )
    for seat, target in ((cast.stranger, scheme), (cast.officer, official)):
        with pytest.raises(NotAllowedError):
            edit_scheme(scheme=target, name="x", labels=labels, by=seat, at=START)
    edit_scheme(scheme=scheme, name="Mới", labels=labels[::-1], by=cast.officer, at=START)
    assert [row.label for row in scheme.labels.all()] == [row.label for row in labels[::-1]]
    assert official.labels.first().label == "KINH TẾ"
