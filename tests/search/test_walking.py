"""PostgreSQL walks through the newest entries where many answer; its index finds the few."""

from types import SimpleNamespace

import pytest
from django.db import connection

from kheo.search.queries import matching
from kheo.search.queries.matching import BY_KEY, BY_REST, BY_TERMS, NEAREST, NEWEST, Question
from kheo.search.queries.wording import read_wording

FACETS = (("kind_registration",), ("unit_7",))
QUESTION = Question(read_wording("hiến đất", begun=False), FACETS)
BEGUN = Question(read_wording("hiến đ"), FACETS)


@pytest.fixture
def asked(monkeypatch):
    """Stand in for PostgreSQL with so many entries, of which so many of the newest answer.

    ``expected`` is what it thinks the finished words find.
    """

    def stand_in(entries: int, near: int, expected: int = 1_000_000) -> list[str]:
        statements: list[str] = []

        def keys(statement: str, _values: list[object]) -> list[int | None]:
            statements.append(statement)
            if statement == NEWEST:
                return [entries or None]
            return list(range(entries, entries - near, -1)) if statement == NEAREST else [7]

        monkeypatch.setattr(matching, "connection", SimpleNamespace(vendor="postgresql"))
        monkeypatch.setattr(matching, "_keys", keys)
        monkeypatch.setattr(matching, "_expected", lambda _query: expected)
        return statements

    return stand_in


@pytest.mark.parametrize(
    ("entries", "near", "limit", "statement"),
    [
        # one in thirty of a million: a hundred are met among three thousand
        (1_000_000, 33, 101, BY_KEY),
        # ten thousand of them would be met among three hundred thousand: the index reads 33,000
        (1_000_000, 33, 10_001, BY_TERMS),
        (1_000_000, 120, 10_001, BY_KEY),
        (1_000_000, 5, 101, BY_TERMS),
        (1_000_000, 0, 101, BY_TERMS),
        # few entries are all read sooner than walked through
        (2_000, 33, 101, BY_TERMS),
    ],
)
def test_the_shorter_way_is_taken(asked, entries, near, limit, statement):
    statements = asked(entries, near)
    assert matching.newest_ids(QUESTION, limit) == [7]
    assert statements == [NEWEST, NEAREST, statement]


def test_enough_among_the_newest_is_enough(asked):
    statements = asked(5_000, 200)
    assert matching.newest_ids(QUESTION, 101) == list(range(5_000, 4_899, -1))
    assert statements == [NEWEST, NEAREST]


@pytest.mark.parametrize(("near", "statement"), [(120, BY_KEY), (20, BY_TERMS)])
def test_a_list_is_narrowed_the_same_way(asked, near, statement):
    asked(1_000_000, near)
    sql, values = matching.record_ids_sql(QUESTION, 10_001)
    assert statement in sql
    assert values[-1] == 10_001


def test_an_empty_index_is_no_error(asked):
    statements = asked(0, 0)
    matching.newest_ids(QUESTION, 101)
    assert statements == [NEWEST, NEAREST, BY_TERMS]


@pytest.mark.parametrize(
    ("question", "near", "expected", "statement"),
    [
        # what the finished words find in a unit is read through for the begun one
        (BEGUN, 0, 40, BY_REST),
        (BEGUN, 2, 10_000, BY_REST),
        (BEGUN, 0, 10_001, BY_TERMS),
        (BEGUN, 40, 40, BY_KEY),
        (QUESTION, 0, 40, BY_TERMS),
    ],
)
def test_a_begun_word_is_sought_in_what_the_others_find(asked, question, near, expected, statement):
    statements = asked(1_000_000, near, expected)
    matching.newest_ids(question, 101)
    assert statements[-1] == statement


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's index plans by itself")
def test_postgresql_answers_alike_whichever_way_it_goes(stage, monkeypatch):
    plain = {"content": "Bàn với dân.", "scope": "", "expected_results": ""}
    rows = [stage.registration(name=f"Hiến đất đợt {number}", **plain) for number in range(4)]
    groups = (("kind_registration",),)
    monkeypatch.setattr(matching, "NEAR", 1)
    for text in ("hien dat", "hien d", "hiến đ", '"dat dot" h'):
        question = Question(read_wording(text), groups)
        found = matching.newest_ids(question, 10)
        assert len(found) == len(rows)
        assert found == sorted(found, reverse=True)
        query = matching.terms_query(question)
        for statement in (BY_KEY, BY_TERMS):
            assert matching._keys(statement, [query, "%", 10]) == found
        assert matching._expected(query) >= 0
        assert matching.ids_among(question, found) == found
        sql, values = matching.record_ids_sql(question, 10)
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            assert len(cursor.fetchall()) == len(rows)
