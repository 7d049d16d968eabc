"""The bare SQL that answers what a page asks: the limit no page can pass."""

from typing import Any

Statement = tuple[str, list[Any]]

COUNT_CAP = 10_001
LISTED = """
    SELECT id, unit_name, name, field, level_id, form, nature, continuity, state, submitted_at,
        is_late, year
    FROM exemplars_registration WHERE """
BOARD = """
    SELECT id, unit_name, state, counts, registered, accepted, is_short, due_on, submitted_late,
        touched_at
    FROM rounds_participation WHERE round_id = %s AND {where}
    ORDER BY sort_key, id LIMIT 51 OFFSET {start}"""
BOARD_TOTALS = """
    SELECT organisation_id, state, sum(count) FROM rounds_participationtally
    WHERE round_id = %s AND organisation_id IN
        (SELECT id FROM organisations_organisation WHERE id = %s OR parent_id = %s)
    GROUP BY organisation_id, state"""
LIST_COUNT = """
    SELECT count(*) FROM
        (SELECT 1 FROM exemplars_registration WHERE {where} LIMIT {cap}) found"""
FIGURES = """
    SELECT {names}, sum(count) FROM exemplars_registrationtally
    WHERE year BETWEEN %s AND %s AND {parts} AND state <> 'withdrawn' GROUP BY {names}"""
PARTS = """organisation_id IN
    (SELECT id FROM organisations_organisation WHERE id = %s OR parent_id = %s)"""
ONE = """
    SELECT r.*, p.*, o.name, d.title FROM exemplars_registration r
    JOIN rounds_participation p ON p.id = r.participation_id
    JOIN organisations_organisation o ON o.id = r.organisation_id
    JOIN rounds_round d ON d.id = r.round_id WHERE r.id = %s"""
HISTORY = """
    SELECT * FROM audit_entry
    WHERE record_type = 'exemplars.registration' AND record_id = %s ORDER BY sequence"""


def board(round_pk: int, area: int, where: tuple[str, list[Any]], start: int) -> list[Statement]:
    """Return the statements for one page of units and the totals of an area and its parts."""
    rows = BOARD.format(where=where[0], start=start)
    return [(rows, [round_pk, *where[1]]), (BOARD_TOTALS, [round_pk, area, area])]


def listed(path: str, where: tuple[str, list[Any]], start: int) -> list[Statement]:
    """Return the statements for one page of registrations below a path and their capped number."""
    inside = f"{_below(where[0])}"
    values = [path, _after(path), *where[1]]
    rows = f"{LISTED}{inside} ORDER BY year DESC, path, id LIMIT 51 OFFSET {start}"
    return [(rows, values), (LIST_COUNT.format(where=inside, cap=COUNT_CAP), values)]


def figures(area: int, years: tuple[int, int], cuts: tuple[str, str]) -> list[Statement]:
    """Return the statement that counts by two columns of the tallies."""
    names = ", ".join(cuts)
    split = "organisation_id" in cuts
    parts, values = (PARTS, [area, area]) if split else ("organisation_id = %s", [area])
    return [(FIGURES.format(names=names, parts=parts), [*years, *values])]


def one(pk: int) -> list[Statement]:
    """Return the statements for one registration and its history."""
    return [(ONE, [pk]), (HISTORY, [pk])]


def own_part(participation: int) -> list[Statement]:
    """Return the statement for what a unit registered in a round."""
    return [("SELECT * FROM exemplars_registration WHERE participation_id = %s", [participation])]


def own_rounds(organisation: int) -> list[Statement]:
    """Return the statement for the rounds a unit takes part in."""
    return [("SELECT * FROM rounds_participation WHERE organisation_id = %s", [organisation])]


def waiting(path: str, year: int) -> list[Statement]:
    """Return the statement for what waits for a decision below a path."""
    inside = _below("year = %s AND state = 'submitted'")
    return [(f"{LISTED}{inside} ORDER BY path, id LIMIT 51", [path, _after(path), year])]


def _below(where: str) -> str:
    return f"path >= %s AND path < %s AND {where}"


def _after(path: str) -> str:
    return f"{path[:-1]}/"
