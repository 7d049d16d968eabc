"""Many rows are stored as Django stores them one by one, with their keys on them."""

from datetime import UTC, date, datetime

import pytest

from kheo.audit.actions import insert_rows, twin_of
from kheo.audit.models import Entry
from kheo.organisations.enums import Role

NOON = datetime(2024, 3, 1, 5, 0, 0, 123456, tzinfo=UTC)


def entries(count: int) -> list[Entry]:
    return [
        Entry(
            at=NOON,
            verb=Role.CLERK,
            record_type="x.y",
            record_id=number,
            before={"tên": "Đèn đường", "on": date(2024, 3, 1)},
            sequence=1,
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [1, 30], ids=["a few", "many"])
def test_rows_come_back_as_they_were(db, count) -> None:
    rows = entries(count)
    insert_rows(rows)
    kept = list(Entry.objects.filter(record_type="x.y").order_by("record_id"))
    assert [row.pk for row in kept] == [row.pk for row in rows]
    assert {(row.at, row.verb, row.seat_id) for row in kept} == {(NOON, "clerk", None)}
    assert kept[-1].before == {"tên": "Đèn đường", "on": "2024-03-01"}
    assert not any(row._state.adding for row in rows)


def test_what_is_stored_afterwards_takes_the_next_key(db) -> None:
    rows = entries(10)
    insert_rows(rows)
    later = entries(11)[-1]
    later.save()
    assert later.pk > rows[-1].pk
    unkeyed = [Entry(**vars_of(one, number)) for number, one in enumerate(entries(10), 100)]
    insert_rows(unkeyed, keyed=False)
    assert Entry.objects.filter(record_type="x.y").count() == 21


def vars_of(entry: Entry, number: int) -> dict[str, object]:
    told = {name: getattr(entry, name) for name in ("at", "verb", "record_type", "before")}
    return told | {"record_id": number, "sequence": 1}


def test_nothing_is_stored_of_nothing(db, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        insert_rows([])


def test_twins_are_stored_apart_from_the_row_they_are_like(db) -> None:
    [blank] = entries(1)
    twins = [twin_of(blank) for _number in range(6)]
    for number, twin in enumerate(twins):
        twin.record_id = number
    insert_rows(twins)
    assert [twin.record_id for twin in twins] == list(range(6))
    assert len({twin.pk for twin in twins}) == 6
    assert blank.pk is None
    assert blank._state.adding
    assert Entry.objects.filter(record_type="x.y", at=NOON, verb="clerk").count() == 6
