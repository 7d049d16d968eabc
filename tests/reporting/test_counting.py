"""The figures add up, open their lists, and show organisations as they stood."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.organisations import Cast, make_cast
from tests.reporting.world import counted, make_registration, make_round, make_unit

from kheo.exemplars.enums import Continuity, Nature, State
from kheo.exemplars.models import Registration, RegistrationTally
from kheo.organisations.models import Level, Placement
from kheo.reporting.enums import Cut
from kheo.reporting.queries.areas import Area
from kheo.reporting.queries.counting import (
    COLUMNS,
    REST,
    CountingFilter,
    Figures,
    count_registrations,
    parts_in_years,
    shares_of_units,
)
from kheo.rounds.enums import Field, Form, UnitState
from kheo.rounds.models import Participation

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def units(cast: Cast) -> list[Participation]:
    """The district itself, three communes and an agency, asked in 2024."""
    round = make_round(cast.district)
    return [make_unit(round, one) for one in (*cast.communes, cast.agency, cast.district)]


def figures(cast: Cast, rows: Cut, columns: Cut, **changes: object) -> Figures:
    area = Area(cast.district.pk, cast.district.name, cast.district.path)
    values = {"area": area, "first_year": 2024, "last_year": 2024}
    chosen = CountingFilter(**(values | {"rows": rows, "columns": columns} | changes))
    return count_registrations(chosen, parts_in_years(chosen.area, chosen.years))


def test_each_cell_counts_its_registrations(cast: Cast, units: list[Participation]) -> None:
    make_registration(units[0])
    make_registration(units[0], field=Field.DEFENCE_SECURITY)
    make_registration(units[3], form=Form.INDIVIDUAL)
    found = figures(cast, Cut.UNIT, Cut.FIELD)
    first, agency = cast.communes[0].pk, cast.agency.pk
    assert found.cell(first, "economy") == found.cell(first, "defence_security") == 1
    assert found.cell(agency, "economy") == 1
    assert (found.row_total(first), found.column_total("economy"), found.total) == (2, 2, 3)
    assert found.adds_up


def test_what_the_area_registered_itself_has_a_row_of_its_own(
    cast: Cast, units: list[Participation]
) -> None:
    make_registration(units[4])
    make_registration(units[0])
    found = figures(cast, Cut.UNIT, Cut.FIELD)
    assert found.row_total(REST) == 1
    assert found.rows[-1].key == REST
    assert found.total == found.whole == 2


def test_withdrawn_ones_count_only_when_asked_for(cast: Cast, units: list[Participation]) -> None:
    make_registration(units[0], state=State.WITHDRAWN, is_registered=False)
    make_registration(units[0], state=State.DRAFT, is_registered=False)
    assert figures(cast, Cut.UNIT, Cut.FIELD).whole == 0
    withdrawn = figures(cast, Cut.UNIT, Cut.FIELD, only={Cut.STATE: "withdrawn"})
    assert withdrawn.whole == 1


def test_a_unit_that_moved_is_counted_where_it_stood_each_year(cast: Cast) -> None:
    commune = cast.communes[0]
    for year in (2023, 2024):
        make_registration(make_unit(make_round(cast.district, year=year), commune))
    old = Placement.objects.get(organisation=commune)
    moved_on = date(2024, 7, 1)
    Placement.objects.create(
        organisation=commune,
        parent=cast.elsewhere,
        line=old.line,
        path=f"{cast.elsewhere.path}{commune.pk}.",
        valid_from=moved_on,
    )
    Placement.objects.filter(pk=old.pk).update(valid_to=moved_on)
    found = figures(cast, Cut.UNIT, Cut.YEAR, first_year=2023, last_year=2025)
    assert [found.cell(commune.pk, year) for year in (2023, 2024, 2025)] == [1, 1, 0]
    there = figures(
        cast,
        Cut.UNIT,
        Cut.YEAR,
        first_year=2023,
        last_year=2025,
        area=Area(cast.elsewhere.pk, "", cast.elsewhere.path),
    )
    assert there.whole == 0
    assert [row.key for row in there.rows] == [commune.pk], "it stands there in 2025"


registrations = st.lists(
    st.fixed_dictionaries(
        {
            "unit": st.integers(0, 4),
            "field": st.sampled_from(Field.values),
            "form": st.sampled_from(Form.values),
            "nature": st.sampled_from(Nature.values),
            "continuity": st.sampled_from(Continuity.values),
            "state": st.sampled_from(["submitted", "returned", "accepted", "withdrawn"]),
            "level": st.sampled_from(["province", "district", "commune"]),
        }
    ),
    max_size=14,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    rows=registrations,
    cuts=st.tuples(st.sampled_from(list(Cut)), st.sampled_from(list(Cut))).filter(
        lambda pair: pair[0] != pair[1]
    ),
    only=st.dictionaries(
        st.sampled_from([Cut.FIELD, Cut.FORM, Cut.NATURE]), st.just(0), max_size=2
    ),
)
def test_the_parts_always_make_the_whole(
    cast: Cast, units: list[Participation], rows, cuts, only
) -> None:
    Registration.objects.all().delete()
    RegistrationTally.objects.all().delete()
    levels = {level.code: level for level in Level.objects.all()}
    for row in rows:
        make_registration(
            units[row["unit"]],
            is_registered=row["state"] != "withdrawn",
            **{key: row[key] for key in row if key not in {"unit", "level"}},
            level=levels[row["level"]],
        )
    chosen = {
        cut: {Cut.FIELD: "economy", Cut.FORM: "collective", Cut.NATURE: "model"}[cut]
        for cut in only
    }
    found = figures(cast, *cuts, only=chosen)
    raw = Registration.objects.registered().below(cast.district.path)
    raw = raw.filter(**{cut.value: value for cut, value in chosen.items()})
    assert found.adds_up
    assert found.whole == raw.count()
    assert sum(found.column_total(column.key) for column in found.columns) == found.whole
    for row in found.rows:
        for column in found.columns:
            if REST not in (row.key, column.key):
                keys = {COLUMNS[cuts[0]]: row.key, COLUMNS[cuts[1]]: column.key}
                assert found.cell(row.key, column.key) == raw.filter(**keys).count()


def test_shares_say_how_many_of_the_units_asked_have_registered(cast: Cast) -> None:
    round = make_round(cast.district)
    make_unit(round, cast.communes[0], UnitState.SUBMITTED)
    make_unit(round, cast.communes[1])
    make_unit(round, cast.agency, UnitState.ACCEPTED)
    counted(round)
    area = Area(cast.district.pk, cast.district.name, cast.district.path)
    found = shares_of_units(area, parts_in_years(area, range(2023, 2025)), range(2023, 2025))
    assert [title for _pk, title in found.rounds] == [round.title]
    (whole,) = found.whole
    assert (whole.submitted, whole.asked, whole.percent) == (2, 3, 66.7)
    assert [area.name for area, _shares in found.parts] == [
        "Đảng ủy xã An Dương",
        "Đảng ủy xã Cao Xá",
        "Phòng Nông nghiệp huyện",
    ]


def test_each_number_opens_its_list(cast: Cast, units: list[Participation], client: Client) -> None:
    make_registration(units[0], field=Field.DEFENCE_SECURITY)
    client.force_login(cast.officer.user)
    answer = client.get(reverse("reporting:counting"), {"rows": "unit", "columns": "field"})
    (row,) = [row for row in answer.context["rows"] if row.label == "Đảng ủy xã An Dương"]
    (number,) = [number for number in row.numbers if number.count]
    if not number.url:
        pytest.skip("no list of registrations is registered")
    query = parse_qs(urlsplit(number.url).query)
    assert query == {
        "year": ["2024"],
        "year_to": ["2024"],
        "unit": [str(cast.communes[0].pk)],
        "field": ["defence_security"],
        "state": ["registered"],
    }


def test_the_page_shows_the_check_the_chart_and_the_shares(
    cast: Cast, units: list[Participation], client: Client
) -> None:
    make_registration(units[0])
    counted(units[0].round)
    client.force_login(cast.officer.user)
    page = client.get(reverse("reporting:counting")).text
    assert "Các phần cộng lại đúng bằng tổng số: 1." in page
    assert 'class="bar-value"' in page
    assert "0/5 (0,0%)" in page
    empty = client.get(reverse("reporting:counting"), {"field": "political_system"}).text
    assert "Chưa có đăng ký nào" in empty


@pytest.mark.parametrize(
    "query",
    ["year=x", "year=1", "rows=x&columns=x", "rows=field&columns=field", "unit=x", "level=0"],
)
def test_a_strange_address_does_no_harm(
    cast: Cast, units: list[Participation], client: Client, query: str
) -> None:
    client.force_login(cast.officer.user)
    assert client.get(f"{reverse('reporting:counting')}?{query}").status_code == 200


def test_nobody_counts_outside_the_own_reach(
    cast: Cast, units: list[Participation], client: Client
) -> None:
    make_registration(units[1])
    client.force_login(cast.clerk.user)
    page = client.get(reverse("reporting:counting"))
    assert page.context["figures"].whole == 0
    assert client.get(reverse("reporting:counting"), {"unit": cast.district.pk}).status_code == 404


def test_without_any_round_the_page_says_so(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer.user)
    assert "Chưa có đăng ký nào" in client.get(reverse("reporting:counting")).text


@pytest.mark.parametrize("fmt", ["xlsx", "csv"])
def test_the_table_is_given_as_a_file(
    cast: Cast, units: list[Participation], client: Client, fmt: str
) -> None:
    make_registration(units[0])
    client.force_login(cast.officer.user)
    answer = client.get(reverse("reporting:counting-export", args=[fmt]))
    content = b"".join(answer.streaming_content)
    if fmt == "csv":
        lines = content.decode("utf-8-sig").splitlines()
        assert lines[-1].startswith("Tổng số,1")
        assert lines[-1].endswith(",1")
    else:
        assert content.startswith(b"PK")


def test_the_page_costs_the_same_with_one_and_three_rows(
    cast: Cast, units: list[Participation], client: Client, django_assert_num_queries
) -> None:
    client.force_login(cast.officer.user)
    address = reverse("reporting:counting")
    make_registration(units[0])
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    make_registration(units[1], field=Field.CULTURE_SOCIETY)
    make_registration(units[2])
    with django_assert_num_queries(len(one)):
        client.get(address)


def test_the_list_behind_a_number_holds_as_many(
    cast: Cast, units: list[Participation], client: Client
) -> None:
    make_registration(units[0])
    for year in (2022, 2023):
        make_registration(make_unit(make_round(cast.district, year=year), cast.communes[0]))
    client.force_login(cast.officer.user)
    asked = {"year": "2023", "year_to": "2024", "rows": "unit", "columns": "year"}
    answer = client.get(reverse("reporting:counting"), asked)
    (row,) = [row for row in answer.context["rows"] if row.total.count]
    for number in (row.total, answer.context["total"], *row.numbers):
        assert client.get(number.url).context["page"].total == number.count
    assert row.total.count == 2
