"""Sums upward: by rule, by unit and year, and never twice what several units own."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.accounts import HANOI
from tests.factories.exemplars import IN_TIME, Stage
from tests.factories.organisations import SeatFactory
from tests.factories.progress import SPRING, SUMMER, accepted, indicator, plan, report, terms

from kheo.cli.main import make_parser
from kheo.exemplars.actions import merge_exemplars, reconsider, undo_merge
from kheo.exemplars.actions.likeness import compare_waiting
from kheo.exemplars.models import LikenessPair
from kheo.organisations.enums import Role
from kheo.progress.actions import (
    IndicatorTerms,
    ProgressError,
    create_indicator,
    edit_indicator,
    keep_indicators,
    merge_registration,
    resume_registration,
    retire_indicator,
    stop_registration,
)
from kheo.progress.actions.catalogue import shipped_indicators
from kheo.progress.enums import Adding
from kheo.progress.models import Indicator
from kheo.progress.queries.one import courses_of
from kheo.progress.queries.results import counted_results, results_of, sums_below
from kheo.progress.rules.figures import added_up, from_base, in_base, percent_of

NAME = "Tuyến đường hoa phụ nữ tự quản"
LATER = IN_TIME + timedelta(days=1)


@pytest.fixture
def stage(cast):
    return Stage(cast)


def achieved(path, code, year=2024, **more):
    lines = {line.indicator.code: line for line in sums_below(path, year, **more)}
    return lines[code].achieved if code in lines else None


def shared(stage):
    """Two accepted registrations of two communes that are one model."""
    rows = [accepted(stage, unit, name=NAME) for unit in stage.cast.communes[:2]]
    compare_waiting()
    pair = LikenessPair.objects.get()
    merge_exemplars(pair=pair, version=pair.version, by=stage.officer, at=LATER)
    return rows


def test_sums_go_upward_by_the_rule_of_each_indicator(cast, stage):
    for unit, amount in zip(cast.communes, (100, 40, 7), strict=True):
        row = accepted(stage, unit, name=f"Mô hình {unit.pk}", field="economy")
        codes = ("work-days", "members", "attendance-highest", "people-served", "attendances")
        report(row, stage.head_of(unit), *(terms(code, amount) for code in codes))
    for above in (cast.district, cast.province):
        assert achieved(above.path, "work-days") == 147
        assert achieved(above.path, "members") == 147
        assert achieved(above.path, "attendance-highest") == 100
        # people and attendances have a sum each
        assert achieved(above.path, "people-served") == achieved(above.path, "attendances") == 147
    assert achieved(cast.communes[1].path, "work-days") == 40
    assert achieved(cast.elsewhere.path, "work-days") is None
    assert achieved(cast.district.path, "work-days", 2023) is None
    assert achieved(cast.district.path, "work-days", None) == 147
    assert achieved(cast.district.path, "work-days", field="culture_society") is None


def test_percentages_compare_only_what_was_planned(cast, stage):
    one, other = (accepted(stage, unit, name=f"Mô hình {unit.pk}") for unit in cast.communes[:2])
    plan(one, cast.head, terms("work-days", 200))
    report(one, cast.head, terms("work-days", 100))
    report(other, stage.head_of(cast.communes[1]), terms("work-days", 900))
    (line,) = sums_below(cast.district.path, 2024)
    assert (line.planned, line.achieved, line.compared, line.models) == (200, 1000, 100, 2)
    assert line.percent == Decimal("50.0")
    assert [row.achieved for row in results_of([one.pk, other.pk])[other.pk]] == [900]


def test_a_shared_model_counts_once_above_and_once_in_each_unit(cast, stage):
    first, second = shared(stage)
    report(first, cast.head, terms("work-days", 100))
    report(second, stage.head_of(cast.communes[1]), terms("work-days", 120), terms("cameras", 4))
    assert achieved(cast.communes[0].path, "work-days") == 100
    assert achieved(cast.communes[1].path, "work-days") == 120
    assert achieved(cast.district.path, "work-days") == 100
    # what only the other owner counted is not lost
    assert achieved(cast.district.path, "cameras") == 4
    first.exemplar.refresh_from_db()
    undo_merge(exemplar=second.exemplar, by=stage.officer, at=SUMMER)
    assert achieved(cast.district.path, "work-days") == 220


def test_a_merged_model_counts_with_the_one_that_carries_it_on(cast, stage):
    small, big = accepted(stage, name="Mô hình nhỏ"), accepted(stage, name="Mô hình lớn")
    report(small, cast.head, terms("work-days", 10), terms("cameras", 2))
    merge_registration(registration=small, into=big, reason="Gộp.", by=cast.head, at=SUMMER)
    assert achieved(cast.district.path, "work-days") == 10
    report(big, cast.head, terms("work-days", 50), at=SUMMER)
    assert achieved(cast.district.path, "work-days") == 50
    assert achieved(cast.district.path, "cameras") == 2
    resume_registration(registration=small, reason="Tách.", by=cast.head, at=SUMMER)
    assert achieved(cast.district.path, "work-days") == 60


def test_stopped_models_stay_counted_and_unaccepted_ones_do_not(cast, stage):
    row = accepted(stage)
    plan(row, cast.head, terms("work-days", 30))
    report(row, cast.head, terms("work-days", 10))
    stop_registration(registration=row, reason="Hết vốn.", by=cast.head, at=SUMMER)
    assert achieved(cast.district.path, "work-days") == 10
    assert courses_of([row.pk, 0])[row.pk].state == "stopped"
    row.refresh_from_db()
    reconsider(registration=row, reason="Xem lại.", by=cast.officer, at=LATER)
    assert sums_below(cast.district.path, 2024) == []


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_nothing_is_ever_counted_twice(world, data):
    """Whatever is shared and reported by whom: above, each model counts one of its own figures."""
    stage, rows = world
    amounts = data.draw(st.lists(st.integers(0, 50), min_size=3, max_size=3))
    reporting = data.draw(st.sets(st.integers(0, 2), min_size=1))
    code = data.draw(st.sampled_from(["work-days", "members", "attendance-highest"]))
    at = data.draw(st.sampled_from([SPRING, SUMMER]))
    with transaction.atomic():
        for place in reporting:
            head = stage.head_of(stage.cast.communes[place])
            report(rows[place], head, terms(code, amounts[place]), at=at)
        first = [amounts[place] for place in (0, 1) if place in reporting][:1]
        counted = first + ([amounts[2]] if 2 in reporting else [])
        expected = max(counted) if code == "attendance-highest" else sum(counted)
        for above in (stage.cast.district, stage.cast.province):
            assert achieved(above.path, code) == expected
            rows_behind = counted_results(above.path, year=2024)
            models = [row.registration.exemplar_id for row in rows_behind]
            assert len(models) == len(set(models)) == len(counted)
        for place in reporting:
            assert achieved(stage.cast.communes[place].path, code) == amounts[place]
        transaction.set_rollback(True)


@pytest.fixture
def world(cast, stage):
    rows = shared(stage)
    for row in rows:
        row.refresh_from_db()
    return stage, [*rows, accepted(stage, cast.communes[2], name="Tổ liên gia tự quản")]


@given(st.lists(st.tuples(st.dates(), st.decimals(0, 10**9, places=2)), min_size=1, max_size=6))
@settings(max_examples=15, deadline=None)
def test_one_model_adds_up_by_the_rule(figures):
    ordered = sorted(figures, key=lambda one: one[0])
    amounts = [amount for _day, amount in ordered]
    assert added_up(Adding.SUM, ordered) == sum(amounts)
    assert added_up(Adding.MAXIMUM, ordered) == max(amounts)
    assert added_up(Adding.LATEST, ordered) == amounts[-1]
    assert added_up(Adding.SUM, []) is None


def test_units_convert_there_and_back_within_a_sub_kind():
    for row in shipped_indicators():
        one = Indicator(name=row["name"], unit=row["unit"], units=row["units"])
        for unit in one.units:
            base = in_base(one, Decimal("1250"), unit)
            assert abs(from_base(one, base, unit) - 1250) < Decimal("0.001"), (row["code"], unit)
        assert one.factor(one.unit) == 1
    assert percent_of(Decimal(1), None) is None
    assert percent_of(Decimal(1), Decimal(3)) == Decimal("33.3")


def test_the_shipped_catalogue_is_kept_without_touching_what_was_added(cast):
    terms_ = IndicatorTerms(name="Lồng cá", group="production", unit="lồng", adding="latest")
    own = create_indicator(terms=terms_, by=cast.administrator, at=SPRING)
    assert (own.is_shipped, own.owner, own.owner_path) == (False, cast.district, cast.district.path)
    Indicator.objects.filter(code="cameras").update(name="Đổi tên", order=1)
    before = Indicator.objects.count()
    assert keep_indicators() == before - 1
    assert Indicator.objects.count() == before
    assert indicator("cameras").name == "Camera an ninh đã lắp"
    changed = IndicatorTerms(name="Lồng cá", group="production", unit="lồng bè", adding="sum")
    own = edit_indicator(indicator=own, terms=changed, version=1, by=cast.administrator, at=SPRING)
    assert (own.unit, own.adding) == ("lồng bè", "sum")
    own = retire_indicator(indicator=own, retired=True, version=2, by=cast.administrator, at=SPRING)
    assert own.retired_at == SPRING
    for wrong in (
        {"name": " "},
        {"adding": "product"},
        {"units": {"lồng": Decimal(2)}},
        {"units": {"bè": Decimal(0)}},
    ):
        facts = {"name": "Bè cá", "group": "production", "unit": "lồng", "adding": "sum"} | wrong
        with pytest.raises(ProgressError):
            create_indicator(terms=IndicatorTerms(**facts), by=cast.administrator, at=SPRING)


def test_an_indicator_of_a_neighbour_is_not_used(cast, stage):
    far = SeatFactory(organisation=cast.elsewhere, role=Role.ADMINISTRATOR)
    own = IndicatorTerms(name="Lồng cá", group="production", unit="lồng", adding="latest")
    theirs = create_indicator(terms=own, by=far, at=SPRING)
    with pytest.raises(ProgressError, match="tổ chức khác"):
        report(accepted(stage), cast.clerk, terms(theirs.code, 3))


def test_the_command_lists_models_and_sums(cast, stage, capsys):
    row = accepted(stage)
    report(row, cast.head, terms("money-people", "241.653"))

    def say(*words):
        wish = make_parser().parse_args(["progress", *words])
        assert wish.run(wish) == 0
        return capsys.readouterr().out

    assert f"{row.pk}\tunderway" in say("list", "--year", "2024")
    assert '"state": "underway"' in say("list", "--year", "2024", "--unit", "TY", "--json")
    assert row.name in say("list", "--year", "2024", "--silent", "10")
    assert say("list", "--year", "2023") == ""
    assert "\tmoney-people\t–\t241.653\t–\t1\ttriệu đồng" in say("results", "--year", "2024")
    assert '"achieved": "241.653"' in say("results", "--year", "2024", "--unit", "TY", "--json")
    assert datetime.now(HANOI).year > 2024
    assert say("results") == ""
