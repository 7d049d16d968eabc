"""Whether a list of organisations can be founded as it stands, and if not, where and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kheo.lib.sheets.reading import CellError, Row, Table
from kheo.lib.text.folding import fold, normalise
from kheo.organisations.models import Kind, Level, Organisation

BATCH = 500
# digits of the national codes of provinces and communes
DIGITS = {"province": 2, "commune": 5}

Named = TypeVar("Named", Kind, Level)


@dataclass(frozen=True, kw_only=True)
class NewOrganisation:
    """One organisation to be founded; ``parent_code`` names one that stands or one of the list."""

    code: str
    name: str
    short_name: str = ""
    kind: Kind
    level: Level
    parent_code: str
    on: date
    place: str = ""
    national_code: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What keeps a list from being imported, and where it stands."""

    row: int | None
    column: str
    reason: str | Promise
    expected: str = ""
    found: str = ""


@dataclass
class Preview:
    """What importing a list would do."""

    new: list[NewOrganisation] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class _Known:
    """What the rows are compared with."""

    kinds: Mapping[str, Kind]
    levels: Mapping[str, Level]
    standing: Mapping[str, Organisation]
    listed: frozenset[str]
    top: Organisation
    reach: str
    day: date


def preview_structure(table: Table, *, top: Organisation, reach: str, day: date) -> Preview:
    """Say what importing a table would do.

    Rows without a superior stand below ``top``, rows without a date begin on ``day``. What stands
    outside the path ``reach`` is taken for unknown.
    """
    preview = Preview(problems=[_problem(error) for error in table.errors])
    codes = [_text(row, "code") for row in table.rows]
    wanted = {*codes, *(_text(row, "parent_code") for row in table.rows)}
    known = _Known(
        kinds=_by_words(Kind.objects.all()),
        levels=_by_words(Level.objects.all()),
        standing=_standing(wanted),
        listed=frozenset(codes),
        top=top,
        reach=reach,
        day=day,
    )
    seen: set[str] = set()
    for row in table.rows:
        _judge(row, known, seen, preview)
    preview.problems += _circles(preview.new, known)
    preview.problems.sort(key=lambda problem: problem.row or 0)
    return preview


def _judge(row: Row, known: _Known, seen: set[str], preview: Preview) -> None:
    code = _text(row, "code")
    if not code or not _text(row, "name"):
        # a blank that must be filled has been reported where it was read
        return
    if code in seen:
        problem = Problem(
            row=row.number, column="Mã", reason=_("this code stands twice"), found=code
        )
        preview.problems.append(problem)
        return
    seen.add(code)
    there = known.standing.get(code)
    if there is not None:
        _judge_standing(row, there, known, preview)
        return
    problems = list(_problems_of(row, known))
    preview.problems += problems
    if not problems:
        preview.new.append(_new(row, known))


def _judge_standing(row: Row, there: Organisation, known: _Known, preview: Preview) -> None:
    same = there.path.startswith(known.reach) and there.name == normalise(_text(row, "name"))
    if same:
        preview.unchanged += 1
        return
    visible = there.path.startswith(known.reach)
    reason = _("this code belongs to another organisation; changes are made on its page")
    preview.problems.append(
        Problem(
            row=row.number,
            column="Tên" if visible else "Mã",
            reason=reason,
            expected=there.name if visible else "",
            found=_text(row, "name") if visible else there.code,
        )
    )


def _problems_of(row: Row, known: _Known) -> Iterable[Problem]:
    if fold(_text(row, "kind")) not in known.kinds:
        yield _unknown(row, "Loại", "kind", (kind.name for kind in known.kinds.values()))
    if fold(_text(row, "level")) not in known.levels:
        yield _unknown(row, "Cấp", "level", (level.name for level in known.levels.values()))
    yield from _parent_problems(row, known)
    for column, title, most in (
        ("code", "Mã", 60),
        ("name", "Tên", 300),
        ("short_name", "Tên gọi tắt", 120),
        ("place", "Địa danh", 120),
        ("national_code", "Mã quốc gia", 10),
    ):
        if len(_text(row, column)) > most:
            reason = _("too long: at most %s letters") % most
            yield Problem(
                row=row.number, column=title, reason=reason, found=_text(row, column)[:60] + "…"
            )
    on = row.values.get("on")
    if isinstance(on, date) and on > known.day:
        reason = _("the day lies ahead")
        yield Problem(
            row=row.number, column="Ngày thành lập", reason=reason, found=f"{on:%d/%m/%Y}"
        )


def _parent_problems(row: Row, known: _Known) -> Iterable[Problem]:
    parent_code = _text(row, "parent_code")
    if not parent_code or parent_code in known.listed:
        return
    parent = known.standing.get(parent_code)
    if parent is None or not parent.path.startswith(known.reach) or parent.dissolved_on:
        yield Problem(
            row=row.number,
            column="Mã cấp trên",
            reason=_("no organisation with this code stands in your reach or on this list"),
            found=parent_code,
        )


def _circles(rows: list[NewOrganisation], known: _Known) -> Iterable[Problem]:
    """Find rows that stand below one another, or below rows that have a problem themselves."""
    reached = set(known.standing) | {known.top.code}
    waiting = rows
    while True:
        group = {row.code for row in waiting if row.parent_code in reached}
        if not group:
            break
        reached |= group
        waiting = [row for row in waiting if row.code not in reached]
    return [
        Problem(
            row=None,
            column="Mã cấp trên",
            reason=_("“%s” stands below itself, or below a row with a problem") % row.name,
            found=row.parent_code,
        )
        for row in waiting
    ]


def _new(row: Row, known: _Known) -> NewOrganisation:
    on = row.values.get("on")
    level = known.levels[fold(_text(row, "level"))]
    return NewOrganisation(
        code=_text(row, "code"),
        name=_text(row, "name"),
        short_name=_text(row, "short_name"),
        kind=known.kinds[fold(_text(row, "kind"))],
        level=level,
        parent_code=_text(row, "parent_code") or known.top.code,
        on=on if isinstance(on, date) else known.day,
        place=_text(row, "place"),
        national_code=_national_code(_text(row, "national_code"), level),
    )


def _national_code(text: str, level: Level) -> str:
    # Excel drops leading zeros
    return text.zfill(DIGITS.get(level.code, 0)) if text.isdigit() else text


def _text(row: Row, key: str) -> str:
    return normalise(str(row.values.get(key) or ""))


def _by_words(rows: Iterable[Named]) -> dict[str, Named]:
    return {fold(word): row for row in rows for word in (row.code, row.name)}


def _standing(codes: Iterable[str]) -> dict[str, Organisation]:
    wanted = sorted(code for code in codes if code)
    found: dict[str, Organisation] = {}
    for start in range(0, len(wanted), BATCH):
        rows = Organisation.objects.filter(code__in=wanted[start : start + BATCH])
        found |= {row.code: row for row in rows}
    return found


def _unknown(row: Row, title: str, key: str, names: Iterable[str]) -> Problem:
    return Problem(
        row=row.number,
        column=title,
        reason=_("not one of the known words"),
        expected="; ".join(dict.fromkeys(names)),
        found=_text(row, key),
    )


def _problem(error: CellError) -> Problem:
    words = {
        "header_missing": _("no row with the titles of the columns was found"),
        "column_missing": _("this column is missing"),
        "column_twice": _("this column stands twice"),
        "blank": _("this must not be empty"),
        "not_a_date": _("this is not a date"),
        "no_such_day": _("there is no such day"),
        "year_out_of_range": _("this year cannot be right"),
    }
    return Problem(
        row=error.row,
        column=error.column,
        reason=words.get(error.code, error.code),
        expected=error.expected,
        found=error.found,
    )
