"""Asks the index of either database for the keys of entries, newest first."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from kheo.search.queries.wording import Choice, Phrase, Wording

# each group names terms of which an entry must carry one
Groups = tuple[tuple[str, ...], ...]
# of so many newest entries PostgreSQL is asked each one by one, before it is asked the index
NEAR = 1_000

FTS5 = "SELECT rowid FROM search_index WHERE search_index MATCH %s ORDER BY rowid DESC LIMIT %s"
# nearly every text has a word with each of them
INITIALS = frozenset("abcdghklmnpqstvx")
# beginnings of one letter are not indexed: what the rest finds is read until enough have it
FTS5_LETTER = (
    "SELECT search_index.rowid FROM search_index JOIN search_searchentry AS entry"
    " ON entry.id = search_index.rowid WHERE search_index MATCH %s"
    " AND ' ' || entry.words LIKE %s ORDER BY search_index.rowid DESC LIMIT %s"
)
FTS5_BETWEEN = (
    "SELECT rowid FROM search_index WHERE search_index MATCH %s AND rowid BETWEEN %s AND %s"
    " ORDER BY rowid DESC"
)
NEWEST = "SELECT max(id) FROM search_searchentry"
# "OFFSET 0" parts what is read from what is looked for in it, for which no index is asked then
NEAREST = """SELECT id FROM (
        SELECT id, terms, words FROM search_searchentry WHERE id > %s OFFSET 0
    ) AS near WHERE terms @@ %s::tsquery AND ' ' || words LIKE %s ORDER BY id DESC"""
BY_KEY = """SELECT id FROM search_searchentry WHERE terms @@ %s::tsquery
    AND ' ' || words LIKE %s ORDER BY id DESC LIMIT %s"""
# PostgreSQL cannot tell phrases that are rare from those that are not; "id + 0" keeps it from
# walking through all entries by their keys
BY_TERMS = BY_KEY.replace("ORDER BY id", "ORDER BY id + 0")
# all words with a beginning take the index long; what the rest of the question finds may be read
BY_REST = """SELECT id FROM (
        SELECT id, terms, words FROM search_searchentry WHERE terms @@ %s::tsquery OFFSET 0
    ) AS rest WHERE terms @@ %s::tsquery AND ' ' || words LIKE %s ORDER BY id DESC LIMIT %s"""
EXPECTED = "EXPLAIN (FORMAT JSON) SELECT 1 FROM search_searchentry WHERE terms @@ %s::tsquery"
# so many entries are read sooner than the index takes for a beginning
READ_AT_MOST = 10_000
AMONG = """SELECT id FROM search_searchentry WHERE id = ANY(%s) AND terms @@ %s::tsquery
    ORDER BY id DESC"""
RECORDS = "SELECT record_id FROM search_searchentry WHERE id IN ({ids})"


@dataclass(frozen=True, slots=True)
class Question:
    """A wording, and the terms that narrow it; ``exactly`` asks for the marks as well."""

    wording: Wording
    groups: Groups
    exactly: bool = False


def newest_ids(question: Question, limit: int) -> list[int]:
    """Return the keys of the newest entries that answer, at most so many."""
    if not all(question.groups):
        return []
    if connection.vendor == "sqlite":
        return _keys(*_fts5_way(question, limit))
    newest, near = _nearest(question)
    if len(near) >= limit:
        return near[:limit]
    return _keys(*_way(question, newest, len(near), limit))


def ids_among(question: Question, ids: Sequence[int]) -> list[int]:
    """Return which of all that answer a wider question answer this one, newest first."""
    if not ids:
        return []
    if connection.vendor == "sqlite":
        return _keys(FTS5_BETWEEN, [fts5_query(question), min(ids), max(ids)])
    return _keys(AMONG, [list(ids), terms_query(question)])


def record_ids_sql(question: Question, limit: int) -> tuple[str, list[Any]]:
    """Return the statement for the keys of the newest records that answer, for a subquery."""
    if connection.vendor == "sqlite":
        statement, values = _fts5_way(question, limit)
        return RECORDS.format(ids=statement), values
    newest, near = _nearest(question)
    statement, values = _way(question, newest, len(near), limit)
    return RECORDS.format(ids=statement), values


def fts5_query(question: Question) -> str:
    """Return the question in the language of FTS5; all words are in quotes."""
    asked = _said(question.wording.choices, _fts5_phrase, (" AND ", " OR "))
    parts = [f"words : ({asked})"] if asked else []
    if question.exactly:
        marks = " AND ".join(_fts5_phrase(phrase) for phrase in question.wording.marked)
        parts.append(f"marked : ({marks})")
    groups = (" OR ".join(f'"{term}"' for term in group) for group in question.groups)
    return " AND ".join([*parts, *(f"facets : ({group})" for group in groups)])


def terms_query(question: Question) -> str:
    """Return the question in the language of PostgreSQL's tsquery; all words are in quotes."""
    asked = _said(question.wording.choices, _tsquery_phrase, (" & ", " | "))
    parts = [asked] if asked else []
    if question.exactly:
        parts += [_tsquery_phrase(phrase) for phrase in question.wording.marked]
    groups = (" | ".join(f"'{term}'" for term in group) for group in question.groups)
    return " & ".join([*parts, *(f"({group})" for group in groups)])


def _fts5_way(question: Question, limit: int) -> tuple[str, list[Any]]:
    if question.wording.beginning not in INITIALS or question.exactly:
        return FTS5, [fts5_query(question), limit]
    rest = replace(question, wording=question.wording.finished)
    return FTS5_LETTER, [fts5_query(rest), _spelt(question), limit]


def _spelt(question: Question) -> str:
    """Return what the words of an entry are like: for PostgreSQL its terms begin like words."""
    beginning = question.wording.beginning
    return f"% {beginning}%" if beginning else "%"


def _nearest(question: Question) -> tuple[int, list[int]]:
    """Return the newest key of all, and which of the newest entries answer."""
    newest = _keys(NEWEST, [])[0] or 0
    return newest, _keys(NEAREST, [newest - NEAR, terms_query(question), _spelt(question)])


def _way(question: Question, newest: int, near: int, limit: int) -> tuple[str, list[Any]]:
    """Return how PostgreSQL finds what answers the soonest, as a statement and its values.

    Walking on from the newest reads entries until enough answer; the index reads all that answer.

    :param near: how many of the newest entries answer.
    """
    query, spelt, share = terms_query(question), _spelt(question), near / NEAR
    if share and limit / share < share * newest:
        return BY_KEY, [query, spelt, limit]
    rest = terms_query(replace(question, wording=question.wording.finished))
    if rest and rest != query and _expected(rest) <= READ_AT_MOST:
        return BY_REST, [rest, query, spelt, limit]
    return BY_TERMS, [query, spelt, limit]


def _expected(query: str) -> int:
    """Return how many entries PostgreSQL expects to answer."""
    with connection.cursor() as cursor:
        cursor.execute(EXPECTED, [query])
        [[told]] = cursor.fetchall()
    plans = json.loads(told) if isinstance(told, str) else told
    return int(plans[0]["Plan"]["Plan Rows"])


def _said(choices: Sequence[Choice], write: Callable[[Phrase], str], joins: tuple[str, str]) -> str:
    both, either = joins
    said = []
    for choice in choices:
        ways = [both.join(write(phrase) for phrase in way) for way in choice]
        said.append(f"({either.join(f'({way})' for way in ways)})")
    return both.join(said)


def _fts5_phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.words)}"{" *" if phrase.is_begun else ""}'


def _tsquery_phrase(phrase: Phrase) -> str:
    words = [f"'{word}'" for word in phrase.words]
    if phrase.is_begun:
        words[-1] += ":*"
    return f"({' <-> '.join(words)})"


def _keys(statement: str, values: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]
