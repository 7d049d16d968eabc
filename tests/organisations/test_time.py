"""Whatever happens to organisations in whatever order, the tree holds together on every day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.accounts import START
from tests.factories.organisations import kind_of, level_of

from kheo.organisations.actions import (
    StructureError,
    dissolve_organisation,
    establish_organisation,
    move_organisation,
    rename_organisation,
)
from kheo.organisations.models import Organisation, Placement, Profile, valid_on
from kheo.organisations.queries import children_as_of, organisations_as_of

FIRST = date(2015, 1, 1)
DAYS = st.integers(0, 8).map(lambda number: FIRST + timedelta(days=number * 100))
PLACES = st.integers(0, 6)
DEEDS = st.lists(
    st.tuples(st.sampled_from(["found", "rename", "move", "dissolve"]), PLACES, PLACES, DAYS),
    max_size=14,
)


class UndoneError(Exception):
    """Takes one example's rows away again."""


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(deeds=DEEDS)
def test_the_tree_holds_together_on_every_day(deeds: list) -> None:
    with pytest.raises(UndoneError):
        judge(deeds)


@transaction.atomic
def judge(deeds: list) -> None:
    play(deeds)
    for rows in (Profile, Placement):
        no_two_rows_hold_on_one_day(rows)
    for number in range(-1, 10):
        paths_follow_parents(FIRST + timedelta(days=number * 100 + 1))
    today_repeats_the_rows(date(2024, 1, 2))
    raise UndoneError


def play(deeds: list) -> None:
    made = [found("0", None, FIRST)]
    for number, (deed, one, other, day) in enumerate(deeds, start=1):
        subject = made[one % len(made)]
        second = made[other % len(made)]
        try:
            with transaction.atomic():
                do(deed, subject, second, day, number, made)
        except StructureError:
            continue


@pytest.mark.django_db
def test_an_organisation_founded_under_one_that_was_just_moved_gets_the_new_path():
    top = found("0", None, FIRST)
    one, other = found("1", top, FIRST), found("2", top, FIRST)
    # ``one`` is not read again: its copy still says that it stands directly below the top
    move_organisation(organisation=one, parent=other, on=FIRST, by=None, at=START)
    below = found("3", one, FIRST)
    assert below.path == f".{top.pk}.{other.pk}.{one.pk}.{below.pk}."


def do(deed: str, subject, second, day: date, number: int, made: list) -> None:
    doing = {"organisation": subject, "on": day, "by": None, "at": START}
    if deed == "found":
        made.append(found(str(number), subject, day))
    elif deed == "rename":
        rename_organisation(name=f"Tên {number}", **doing)
    elif deed == "move" and subject is not made[0]:
        move_organisation(parent=second, **doing)
    elif deed == "dissolve" and subject is not made[0]:
        dissolve_organisation(**doing)


def found(code: str, parent: Organisation | None, day: date) -> Organisation:
    return establish_organisation(
        code=code,
        name=f"Đơn vị {code}",
        kind=kind_of("party_committee"),
        level=level_of("commune"),
        parent=parent,
        on=day,
        by=None,
        at=START,
    )


def no_two_rows_hold_on_one_day(rows: type[Profile | Placement]) -> None:
    for organisation in Organisation.objects.all():
        own = list(rows.objects.filter(organisation=organisation).order_by("valid_from"))
        for before, after in pairwise(own):
            assert before.valid_to == after.valid_from, "rows follow each other without gap"
        assert own[0].valid_from == organisation.established_on
        assert own[-1].valid_to == organisation.dissolved_on


def paths_follow_parents(day: date) -> None:
    rows = {row.organisation_id: row for row in Placement.objects.filter(valid_on(day))}
    for pk, row in rows.items():
        if row.parent_id is None:
            assert row.path == f".{pk}."
        else:
            assert row.path == f"{rows[row.parent_id].path}{pk}."
    assert organisations_as_of(day).count() == len(rows)
    below = sum(len(children_as_of(pk, day)) for pk in rows)
    assert below == max(len(rows) - 1, 0), "the children together are the whole but its top"


def today_repeats_the_rows(day: date) -> None:
    for profile in organisations_as_of(day):
        organisation = profile.organisation
        assert (organisation.name, organisation.path) == (profile.name, profile.path)
        assert organisation.parent_id == profile.parent_pk
