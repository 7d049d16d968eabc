"""Whatever was registered by whom and when: all cuts add up, SQL counts what Python counts."""

from datetime import date, datetime
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.accounts import HANOI, START
from tests.factories.organisations import level_of
from tests.factories.rounds import make_s4_round, part_of

from kheo.exemplars.actions import recount_registrations
from kheo.exemplars.enums import Continuity, Nature, Stage, State
from kheo.exemplars.models import Exemplar, Registration
from kheo.lib.papers.nodes import Row, TotalRow
from kheo.lib.text.numbers import parse_number
from kheo.reporting.enums import Cut
from kheo.reviews.enums import Measure
from kheo.reviews.models import Report, ReportFigure, Review
from kheo.reviews.queries.annex_data import AnnexData
from kheo.reviews.queries.figures import words_of_figures
from kheo.reviews.queries.measures import figure_value, keys_behind
from kheo.reviews.queries.tables import designed_table
from kheo.reviews.rules.designs import STEPS, TableSpec
from kheo.rounds.enums import Field, Form

YEARS = (2023, 2024)
NOW = datetime(2024, 12, 1, tzinfo=HANOI)
# model, year (0 or 1), unit (0 to 2), field, form, state, stages, shared with an earlier unit
ENTRY = st.tuples(
    st.integers(0, 4),
    st.integers(0, 1),
    st.integers(0, 2),
    st.sampled_from(Field.values),
    st.sampled_from(Form.values),
    st.sampled_from([State.SUBMITTED, State.ACCEPTED, State.DECLINED, State.WITHDRAWN]),
    st.sampled_from([0, Stage.CARRIED_OUT, Stage.CARRIED_OUT | Stage.RECOGNISED]),
)


@pytest.fixture
def rounds(cast):
    return [
        make_s4_round(cast, year=year, opens_on=date(year, 1, 15), title=f"Đợt {year}")
        for year in YEARS
    ]


@pytest.fixture
def report(cast):
    review = Review(
        organiser=cast.district,
        period_from=date(2023, 1, 1),
        period_to=date(2024, 12, 31),
        created_at=START,
    )
    return Report(
        review=review,
        organisation=cast.district,
        unit_name=cast.district.name,
        path=cast.district.path,
        asked_at=START,
    )


def write(cast, rounds, entries):
    """Write entries as they stand in the register; of a model's year the first unit counts."""
    Registration.objects.all().delete()
    Exemplar.objects.all().delete()
    level, seen, models = level_of("district"), {}, {}
    for model, year, unit, field, form, state, stages in entries:
        body = cast.communes[unit]
        if (model, year, unit) in seen:
            continue
        if model not in models:
            models[model] = Exemplar.objects.create(
                owner=body,
                nature=Nature.MODEL,
                form=form,
                name="M",
                first_year=2023,
                created_at=NOW,
            )
        # the unit whose entry counts withdraws it only after the others no longer rest on it
        shared = any(row.is_registered for key, row in seen.items() if key[:2] == (model, year))
        part = part_of(rounds[year], body)
        accepted = state == State.ACCEPTED
        seen[model, year, unit] = Registration.objects.create(
            exemplar=models[model],
            merged_from=models[model] if shared else None,
            uncounted_path=cast.district.path if shared else "",
            round=rounds[year],
            participation=part,
            organisation=body,
            unit_name=body.name,
            path=part.path,
            year=YEARS[year],
            field=field,
            form=form,
            level=level,
            continuity=Continuity.NEW,
            name="M",
            state=state,
            is_registered=state != State.WITHDRAWN,
            stages=stages if accepted else 0,
            submitted_at=NOW,
            created_at=NOW,
            updated_at=NOW,
        )
    recount_registrations(repair=True)
    return list(seen.values())


def newest(rows):
    """Of each model its newest entry, by plain Python."""
    found = {}
    for row in rows:
        if row.is_registered:
            rank = (row.year, not row.uncounted_path, row.pk)
            if row.exemplar_id not in found or rank > found[row.exemplar_id][0]:
                found[row.exemplar_id] = (rank, row)
    return {key: row for key, (_rank, row) in found.items()}


@pytest.mark.django_db
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(entries=st.lists(ENTRY, max_size=12))
def test_parts_make_the_whole_and_sql_counts_what_python_counts(cast, rounds, report, entries):
    rows = write(cast, rounds, entries)
    models = newest(rows)
    far = {row.exemplar_id for row in rows if row.is_registered and row.stages & Stage.RECOGNISED}
    figures = {
        (measure, field): ReportFigure(
            report=report,
            number=1,
            measure=measure,
            only={"field": field} if field else {},
            first_year=2023,
            last_year=2024,
        )
        for measure, field in product((Measure.MODELS, Measure.RECOGNISED), ("", *Field.values))
    }
    for (measure, field), figure in figures.items():
        expected = {
            key
            for key, row in models.items()
            if (not field or row.field == field) and (measure == Measure.MODELS or key in far)
        }
        assert set(keys_behind(figure)) == expected
        assert figure_value(figure) == len(expected)
        assert words_of_figures(report, [figure])[0].value == len(expected)
    last = ReportFigure(
        report=report, number=1, measure=Measure.MODELS, only={}, first_year=2024, last_year=2024
    )
    of_last_year = newest([row for row in rows if row.year == 2024])
    assert figure_value(last) == words_of_figures(report, [last])[0].value == len(of_last_year)
    entered = [row for row in rows if row.is_registered and not row.uncounted_path]
    check_tables(report, len(models), len(far), len(entered))


def check_tables(report, models, recognised, entered):
    """Tables over any cut tell the same whole; over years each entry counts."""
    data = AnnexData(report)
    for cut in (Cut.FIELD, Cut.FORM, Cut.LEVEL, Cut.CONTINUITY, Cut.UNIT, Cut.YEAR):
        table = designed_table(TableSpec(rows=cut, columns=STEPS), data)
        lines = [row.cells[2:] for row in table.rows if isinstance(row, Row)]
        (total,) = [row.cells for row in table.rows if isinstance(row, TotalRow)]
        sums = [sum(parse_number(cell) for cell in column) for column in zip(*lines, strict=True)]
        assert [parse_number(cell) for cell in total] == (sums or [0] * 4)
        if cut == Cut.YEAR:
            assert total[0] == str(entered)
        else:
            assert (total[0], total[2]) == (str(models), str(recognised))
