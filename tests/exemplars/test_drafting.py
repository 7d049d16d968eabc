"""Drafts: nothing is lost, nothing is overwritten unseen, and the audit is not flooded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.exemplars import IN_TIME, filled, make_draft
from tests.factories.organisations import level_of

from kheo.audit.models import Entry
from kheo.exemplars.actions import (
    ContentError,
    FormNotAskedError,
    StaleError,
    autosave_draft,
    discard_draft,
    recount_registrations,
    save_draft,
    sign_off,
    start_registration,
)
from kheo.exemplars.enums import State
from kheo.exemplars.models import Exemplar, Registration
from kheo.exemplars.rules import understand_period
from kheo.organisations.rules import NotAllowedError
from kheo.rounds.enums import UnitState


def save(row, values, by, *, version=None, how=save_draft):
    return how(
        registration=row,
        values=values,
        version=row.version if version is None else version,
        by=by,
        at=IN_TIME,
    )


def edits() -> list[Entry]:
    return list(Entry.objects.filter(verb="registration.edit").order_by("pk"))


def test_partial_content_is_saved_and_normalised(stage):
    row = start_registration(
        participation=stage.part(), form="collective", by=stage.clerk, at=IN_TIME
    )
    assert stage.part().state == UnitState.DRAFT
    row = save(row, {"name": "  Hoà  giải ở cơ sở\u200b ", "ends": "31/4/2024"}, stage.clerk)
    row.refresh_from_db()
    assert (row.name, row.ends, row.ends_on) == ("Hòa giải ở cơ sở", "31/4/2024", None)
    assert row.search_key.startswith("hoa giai o co so")
    assert Exemplar.objects.get().name == row.name


def test_second_window_does_not_write_over_the_first(stage):
    row = make_draft(stage.part(), stage.clerk)
    opened = row.version
    save(row, {"name": "Của cửa sổ một"}, stage.clerk, version=opened)
    with pytest.raises(StaleError) as stale:
        save(row, {"name": "Của cửa sổ hai"}, stage.head, version=opened)
    assert stale.value.current.name == "Của cửa sổ một"
    row.refresh_from_db()
    assert row.name == "Của cửa sổ một"


def test_same_save_twice_is_harmless(stage):
    row = make_draft(stage.part(), stage.clerk)
    opened = row.version
    first = save(row, {"name": "Tên mới"}, stage.clerk, version=opened)
    second = save(row, {"name": "Tên mới"}, stage.clerk, version=opened)
    assert first.version == second.version == opened + 1


def test_typing_is_recorded_once_with_the_oldest_text(stage):
    row = make_draft(stage.part(), stage.clerk, name="Cũ")
    before = len(edits())
    for name in ("M", "Mớ", "Mới"):
        row = save(row, {"name": name}, stage.clerk, how=autosave_draft)
    assert len(edits()) == before
    sign_off(registration=row, by=stage.head, at=IN_TIME)
    entry = edits()[-1]
    assert len(edits()) == before + 1
    assert (entry.before, entry.after) == ({"name": "Cũ"}, {"name": "Mới"})
    assert entry.seat_id == stage.clerk.pk


def test_typing_of_two_people_is_recorded_for_each(stage):
    row = make_draft(stage.part(), stage.clerk, name="Một")
    row = save(row, {"name": "Hai"}, stage.clerk, how=autosave_draft)
    row = save(row, {"name": "Ba", "level": level_of("province")}, stage.head, how=autosave_draft)
    sign_off(registration=row, by=stage.head, at=IN_TIME)
    clerk, head = edits()[-2:]
    assert (clerk.seat_id, clerk.after) == (stage.clerk.pk, {"name": "Hai"})
    assert (head.seat_id, head.after) == (stage.head.pk, {"name": "Ba", "level": "tỉnh"})


@pytest.mark.parametrize(
    ("values", "item"),
    [
        ({"name": "x" * 301}, "name"),
        ({"field": "astrology"}, "field"),
        ({"level": 999_999}, "level"),
        ({"level": "một"}, "level"),
        ({"continuity": ""}, "continuity"),
        ({"colour": "đỏ"}, "colour"),
        ({"extra.x-" + "y" * 40: "z"}, "extra.x-" + "y" * 40),
    ],
)
def test_what_does_not_fit_is_refused_by_item_and_nothing_is_saved(stage, values, item):
    row = make_draft(stage.part(), stage.clerk)
    with pytest.raises(ContentError) as error:
        save(row, {"scope": "Nơi khác"} | values, stage.clerk)
    assert set(error.value.problems) == {item}
    row.refresh_from_db()
    assert row.scope == filled()["scope"]


def test_own_items_of_an_issuer_are_kept(stage):
    row = make_draft(stage.part(), stage.clerk)
    row = save(row, {"extra.goals": "45 hộ", "extra.x-zalo": "nhóm thôn"}, stage.clerk)
    row.refresh_from_db()
    assert row.extra == {"goals": "45 hộ", "x-zalo": "nhóm thôn"}


def test_nobody_else_writes(stage):
    row = make_draft(stage.part(), stage.clerk)
    for seat in (stage.officer, stage.cast.leader, stage.head_of(stage.cast.communes[1])):
        with pytest.raises(NotAllowedError):
            save(row, {"name": "Không"}, seat)
    done = stage.registration(State.SUBMITTED)
    with pytest.raises(NotAllowedError):
        save(done, {"name": "Không"}, stage.clerk)


def test_changing_what_is_counted_moves_the_counts(stage):
    row = stage.registration(State.RETURNED)
    row = save(row, {"level": level_of("province"), "field": "culture_society"}, stage.clerk)
    assert recount_registrations() == []
    assert stage.part().counts == {str(level_of("province").pk): [1, 0]}
    row = save(row, {"level": "", "field": ""}, stage.clerk)
    assert row.level == level_of("province")


def test_draft_is_thrown_away_with_its_model_but_not_what_was_submitted(stage):
    row = make_draft(stage.part(), stage.clerk)
    discard_draft(registration=row, by=stage.clerk, at=IN_TIME)
    assert not Registration.objects.exists()
    assert not Exemplar.objects.exists()
    assert stage.part().state == UnitState.NOT_STARTED
    assert Entry.objects.get(verb="registration.discard").before["name"] == filled()["name"]
    returned = stage.registration(State.RETURNED)
    with pytest.raises(NotAllowedError):
        discard_draft(registration=returned, by=stage.clerk, at=IN_TIME)


@pytest.mark.parametrize("form", ["M9", "", "list"])
def test_unknown_form_is_refused(stage, form):
    with pytest.raises(FormNotAskedError):
        start_registration(participation=stage.part(), form=form, by=stage.clerk, at=IN_TIME)


@pytest.mark.parametrize(
    ("starts", "ends", "wrong"),
    [
        ("Tháng 3/2024", "Tháng 12/2024", set()),
        ("3/2024", "2024", set()),
        ("", "", set()),
        ("31/4/2024", "12/2024", {"starts"}),
        ("12/2024", "3/2024", {"ends"}),
        ("sớm", "muộn", {"starts", "ends"}),
    ],
)
def test_times_are_understood_or_named(starts, ends, wrong):
    assert set(understand_period(starts, ends, 2024).problems) == wrong


@given(starts=st.text(max_size=60), ends=st.text(max_size=60))
def test_any_typed_time_is_answered_never_a_crash(starts, ends):
    span = understand_period(starts, ends, 2024)
    if span.starts_on and span.ends_on:
        assert span.starts_on <= span.ends_on
