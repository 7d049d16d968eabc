"""Every deed leaves one entry, chained to the one before it of the same record."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy

from kheo.audit.actions import Deed, record, record_many
from kheo.audit.models import Entry
from kheo.audit.queries import broken_entries
from kheo.organisations.models import Level

NOON = datetime(2024, 3, 1, 5, 0, 0, 123456, tzinfo=UTC)
HANOI = timezone(timedelta(hours=7))


@dataclass
class Clerk:
    actor_user_id: int | None = 7
    actor_name: str = "Lò Thị Mai"
    actor_seat_id: int | None = 12
    actor_seat_label: str = "Cán bộ · Đảng ủy xã Mường Phăng"


def chain_of(level: Level) -> list[tuple[int, str]]:
    entries = Entry.objects.filter(record_type="organisations.level", record_id=level.pk)
    return list(entries.order_by("sequence").values_list("sequence", "verb"))


def test_an_entry_tells_who_from_which_seat_what_and_why(level: Level) -> None:
    deed = Deed(
        verb="level.rename",
        record=level,
        scope=".1.34.",
        before={"name": "xã"},
        after={"name": "cơ sở"},
        reason="Theo Luật 72/2025/QH15",
    )
    record(deed=deed, by=Clerk(), at=NOON)
    entry = Entry.objects.get()
    assert (entry.actor_user_id, entry.actor_name) == (7, "Lò Thị Mai")
    assert (entry.seat_id, entry.seat_label) == (12, "Cán bộ · Đảng ủy xã Mường Phăng")
    assert (entry.record_type, entry.record_id) == ("organisations.level", level.pk)
    assert (entry.record_label, entry.scope) == (str(level), ".1.34.")
    assert (entry.before, entry.after) == ({"name": "xã"}, {"name": "cơ sở"})
    assert (entry.reason, entry.at) == ("Theo Luật 72/2025/QH15", NOON)


def test_the_system_itself_is_recorded_without_a_person(level: Level) -> None:
    entry = record(deed=Deed(verb="level.load", record=level), by=None, at=NOON)
    assert (entry.actor_user_id, entry.actor_name, entry.seat_id) == (None, "", None)


def test_the_steps_of_one_record_are_numbered_and_do_not_depend_on_others(level: Level) -> None:
    other = Level.objects.exclude(pk=level.pk).first()
    for target, verb in [(level, "level.a"), (other, "level.b"), (level, "level.c")]:
        record(deed=Deed(verb=verb, record=target), by=None, at=NOON)
    assert chain_of(level) == [(1, "level.a"), (2, "level.c")]
    assert chain_of(other) == [(1, "level.b")]


def test_many_deeds_continue_their_chains_even_twice_on_one_record(level: Level) -> None:
    other = Level.objects.exclude(pk=level.pk).first()
    record(deed=Deed(verb="level.first", record=level), by=None, at=NOON)
    deeds = [
        Deed(verb="level.second", record=level),
        Deed(verb="level.first", record=other),
        Deed(verb="level.third", record=level),
    ]
    record_many(deeds=deeds, by=Clerk(), at=NOON)
    assert chain_of(level) == [(1, "level.first"), (2, "level.second"), (3, "level.third")]
    assert chain_of(other) == [(1, "level.first")]
    assert list(broken_entries()) == []


def test_many_deeds_take_two_statements_however_many(
    level: Level, django_assert_num_queries: object
) -> None:
    deeds = [Deed(verb="level.step", record=level) for _ in range(50)]
    with django_assert_num_queries(2):
        record_many(deeds=deeds, by=None, at=NOON)


def test_no_deeds_leave_no_entry(db: None) -> None:
    assert record_many(deeds=[], by=None, at=NOON) == []


@pytest.mark.parametrize(
    ("given", "read_back"),
    [
        (date(2024, 5, 1), "2024-05-01"),
        (NOON, "2024-03-01T05:00:00.123Z"),
        (Decimal("10.50"), "10.50"),
        (["Mẫu 1", 'dấu " nháy', "đ"], ["Mẫu 1", 'dấu " nháy', "đ"]),
        ({"b": 1, "a": [None, True, 0.1]}, {"a": [None, True, 0.1], "b": 1}),
        (gettext_lazy("no such message"), "no such message"),
        ("<script>\n", "<script>\n"),
    ],
)
def test_values_before_and_after_come_back_and_still_match_their_hash(
    level: Level, given: object, read_back: object
) -> None:
    record(deed=Deed(verb="level.set", record=level, after={"x": given}), by=None, at=NOON)
    assert Entry.objects.get().after["x"] == read_back
    assert list(broken_entries()) == []


def test_the_hash_does_not_depend_on_the_zone_in_which_the_time_was_told(level: Level) -> None:
    record(deed=Deed(verb="level.set", record=level), by=None, at=NOON.astimezone(HANOI))
    assert list(broken_entries()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"actor_name": "Người khác"},
        {"after": {"name": "khác"}},
        {"reason": ""},
        {"at": NOON + timedelta(days=1)},
        {"sequence": 9},
        {"digest": "0" * 64},
    ],
)
def test_an_entry_changed_past_the_triggers_is_found(
    level: Level, tamper: object, change: dict[str, object]
) -> None:
    deeds = [Deed(verb="level.set", record=level, reason=str(number)) for number in range(3)]
    _first, second, third = record_many(deeds=deeds, by=Clerk(), at=NOON)
    tamper(second, **change)
    found = [entry.pk for entry in broken_entries()]
    expected = second.pk if "sequence" not in change else third.pk
    assert found == [expected]


def test_an_entry_taken_out_of_the_middle_is_found(level: Level, tamper: object) -> None:
    deeds = [Deed(verb="level.set", record=level) for _ in range(3)]
    _first, second, third = record_many(deeds=deeds, by=None, at=NOON)
    tamper.remove(second)
    assert [entry.pk for entry in broken_entries()] == [third.pk]


def test_a_break_in_one_record_says_nothing_about_others(level: Level, tamper: object) -> None:
    other = Level.objects.exclude(pk=level.pk).first()
    bad = record(deed=Deed(verb="level.set", record=level), by=None, at=NOON)
    record(deed=Deed(verb="level.set", record=other), by=None, at=NOON)
    tamper(bad, verb="level.unset")
    assert [entry.pk for entry in broken_entries()] == [bad.pk]
