"""From registration to replication: each figure is right, opens its list, and adds up."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.organisations import Cast, make_cast
from tests.reporting.world import make_registration, make_round, make_unit

from kheo.exemplars.actions import reach_stage
from kheo.exemplars.enums import Stage, State
from kheo.exemplars.models import Registration, RegistrationTally, StageTally
from kheo.reporting.enums import Cut, Step
from kheo.reporting.queries.areas import Area
from kheo.reporting.queries.counting import REST, CountingFilter, parts_in_years
from kheo.reporting.queries.funnel import Funnel, count_steps
from kheo.rounds.models import Participation

pytestmark = pytest.mark.django_db
ADDRESS = "reporting:funnel"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def units(cast: Cast) -> list[Participation]:
    """Three communes and the district itself, asked in 2024."""
    round = make_round(cast.district)
    return [make_unit(round, one) for one in (*cast.communes, cast.district)]


def found(cast: Cast, rows: Cut = Cut.UNIT, **only: str) -> Funnel:
    area = Area(cast.district.pk, cast.district.name, cast.district.path)
    chosen = CountingFilter(area=area, first_year=2024, last_year=2024, rows=rows, only=only)
    return count_steps(chosen, parts_in_years(chosen.area, chosen.years))


def as_dict(figures: tuple[int, ...]) -> dict[str, int]:
    return {step.value: count for step, count in zip(Step, figures, strict=True) if count}


def test_each_step_counts_what_came_so_far(cast: Cast, units: list[Participation]) -> None:
    make_registration(units[0])
    make_registration(units[0], state=State.WITHDRAWN, is_registered=False)
    rows = [make_registration(units[1], state=State.ACCEPTED) for _ in range(3)]
    own = make_registration(units[3], state=State.ACCEPTED)
    reach_stage(registrations=[row.pk for row in rows], stage=Stage.APPRAISED)
    reach_stage(registrations=[rows[0].pk, own.pk], stage=Stage.RECOGNISED)
    funnel = found(cast)
    assert as_dict(funnel.of(units[0].organisation_id)) == {"registered": 1}
    assert as_dict(funnel.of(units[1].organisation_id)) == {
        "registered": 3,
        "accepted": 3,
        "appraised": 3,
        "recognised": 1,
    }
    assert as_dict(funnel.of(REST)) == {"registered": 1, "accepted": 1, "recognised": 1}
    assert as_dict(funnel.whole)["recognised"] == 2
    assert funnel.adds_up


def test_a_wrong_tally_is_told(cast: Cast, units: list[Participation]) -> None:
    make_registration(units[0])
    RegistrationTally.objects.filter(organisation=cast.communes[0]).update(field="culture_society")
    assert found(cast).adds_up
    broken = found(cast, field="economy")
    assert as_dict(broken.of(REST)) == {"registered": 1}


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    rows=st.lists(
        st.tuples(
            st.integers(0, 3),
            st.sampled_from(["economy", "culture_society"]),
            st.sets(st.sampled_from(list(Stage))),
        ),
        max_size=9,
    ),
    cut=st.sampled_from([Cut.UNIT, Cut.FIELD, Cut.FORM, Cut.LEVEL, Cut.YEAR]),
)
def test_rows_always_make_the_whole_and_the_whole_is_what_sql_counts(
    cast: Cast, units: list[Participation], rows, cut: Cut
) -> None:
    Registration.objects.all().delete()
    RegistrationTally.objects.all().delete()
    StageTally.objects.all().delete()
    for place, field, stages in rows:
        made = make_registration(units[place], state=State.ACCEPTED, field=field)
        for stage in stages:
            reach_stage(registrations=[made.pk], stage=stage)
    funnel = found(cast, cut)
    assert funnel.adds_up
    expected = sum(Stage.COMMENDED in stages for _place, _field, stages in rows)
    assert as_dict(funnel.whole).get("commended", 0) == expected


def test_each_figure_opens_the_list_it_counts(
    cast: Cast, units: list[Participation], client: Client
) -> None:
    rows = [make_registration(units[place], state=State.ACCEPTED) for place in (0, 0, 1)]
    reach_stage(registrations=[rows[0].pk, rows[2].pk], stage=Stage.RECOGNISED)
    client.force_login(cast.officer.user)
    page = client.get(reverse(ADDRESS), {"rows": "unit"})
    for row in page.context["rows"]:
        for step in row.steps:
            if step.url:
                assert urlsplit(step.url).path == reverse("exemplars:list")
                assert client.get(step.url).context["page"].total == step.count
    whole = {step.label: step for step in page.context["whole"]}
    listed = client.get(whole["được công nhận"].url)
    assert {row.pk for row in listed.context["page"].rows} == {rows[0].pk, rows[2].pk}


def test_the_page_shows_shares_and_says_when_there_is_nothing(
    cast: Cast, units: list[Participation], client: Client
) -> None:
    made = [make_registration(units[0], state=State.ACCEPTED) for _ in range(3)]
    reach_stage(registrations=[made[0].pk], stage=Stage.REPLICATED)
    client.force_login(cast.officer.user)
    page = client.get(reverse(ADDRESS)).text
    assert "1 (33,3%)" in page
    assert "Các cột đều khớp với tổng số." in page
    assert "Chưa có đăng ký nào" in client.get(reverse(ADDRESS), {"field": "political_system"}).text


def test_nobody_looks_outside_the_own_reach(
    cast: Cast, units: list[Participation], client: Client
) -> None:
    make_registration(units[1])
    client.force_login(cast.clerk.user)
    assert client.get(reverse(ADDRESS)).context["found"].whole[0] == 0
    assert client.get(reverse(ADDRESS), {"unit": cast.district.pk}).status_code == 404


def test_the_table_is_given_as_a_file(
    cast: Cast, units: list[Participation], client: Client
) -> None:
    make_registration(units[0], state=State.ACCEPTED)
    client.force_login(cast.officer.user)
    answer = client.get(reverse("reporting:funnel-export", args=["csv"]))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[-1].replace(",", ";").split(";")[:4] == ["Tổng số", "1", "1", "0"]


@pytest.mark.parametrize("count", [1, 3])
def test_statements_do_not_grow_with_rows(
    cast: Cast,
    units: list[Participation],
    client: Client,
    count: int,
    django_assert_max_num_queries,
) -> None:
    for place in range(count):
        make_registration(units[place], state=State.ACCEPTED)
    client.force_login(cast.officer.user)
    client.get(reverse(ADDRESS))
    with django_assert_max_num_queries(18):
        client.get(reverse(ADDRESS))
