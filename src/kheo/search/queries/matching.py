"""Asks the index of either database for the keys of entries, newest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from kheo.search.queries.wording import Choice, Phrase, Wording

# each group names terms of which an entry must carry one
Groups = tuple[tuple[str, ...], ...]
# of so many newest entries PostgreSQL is asked each one by one, before it is asked the index
NEAR = 1_000
# where one in twenty of them answers, walking on finds enough sooner than the index does
DENSE = NEAR // 20

FTS5 = "SELECT rowid FROM search_index WHERE search_index MATCH %s ORDER BY rowid DESC LIMIT %s"
NEAREST = """SELECT id FROM search_searchentry
    WHERE id > (SELECT max(id) FROM search_searchentry) - %s AND terms @@ %s::tsquery
    ORDER BY id DESC"""
BY_KEY = """SELECT id FROM search_searchentry WHERE terms @@ %s::tsquery
    ORDER BY id DESC LIMIT %s"""
# PostgreSQL cannot tell phrases that are rare from those that are not; "id + 0" keeps it from
# walking through all entries by their keys
BY_TERMS = BY_KEY.replace("ORDER BY id", "ORDER BY id + 0")
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
        return _keys(FTS5, [fts5_query(question), limit])
    query = terms_query(question)
    near = _keys(NEAREST, [NEAR, query])
    if len(near) >= limit:
        return near[:limit]
    return _keys(BY_KEY if len(near) >= DENSE else BY_TERMS, [query, limit])


def record_ids_sql(question: Question, limit: int) -> tuple[str, list[Any]]:
    """Return the statement for the keys of the newest records that answer, for a subquery."""
    if connection.vendor == "sqlite":
        return RECORDS.format(ids=FTS5), [fts5_query(question), limit]
    query = terms_query(question)
    is_dense = len(_keys(NEAREST, [NEAR, query])) >= DENSE
    return RECORDS.format(ids=BY_KEY if is_dense else BY_TERMS), [query, limit]


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
