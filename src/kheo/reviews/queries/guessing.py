"""Whom the due dates of a review mean, read off their words, before anybody has chosen."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kheo.directives.queries.bodies import SURE, resolve_names
from kheo.lib.text.folding import fold
from kheo.organisations.models import Kind, Level, Organisation
from kheo.reviews.models import Review
from kheo.rounds.queries.asked import units_below

# "Các huyện, thị, thành ủy; các sở, ban, ngành tỉnh": commas belong to the names
_APART = re.compile(r"[;\n]+")
MOST_SOUGHT = 20


@dataclass(frozen=True, kw_only=True)
class GuessedGroup:
    """A group as the page first shows it."""

    audience: str
    due_on: date
    kinds: tuple[Kind, ...] = ()
    levels: tuple[Level, ...] = ()
    listed: tuple[Organisation, ...] = ()


@dataclass(frozen=True)
class GuessedAsking:
    """What the due dates of a review mean: groups below, and the day of the organiser's own."""

    groups: list[GuessedGroup]
    own_due_on: date | None


def guessed_asking(review: Review, day: date) -> GuessedAsking:
    """Return whom the due dates mean; one that names the organiser is that of its own report.

    The number of statements does not grow with the due dates.
    """
    dues = list(review.dues.select_related("level"))
    names = {due.pk: _names(due.audience) for due in dues}
    every = [name for found in names.values() for name in found]
    meant = resolve_names(every, owner=review.organiser, day=day)
    kinds = {kind.code: kind for kind in Kind.objects.all()}
    levels = {level.code: level for level in Level.objects.all()}
    units = Organisation.objects.select_related("kind").in_bulk(
        [one.organisation.pk for one in meant.values() if one.organisation]
    )
    groups, own = [], None
    for due in dues:
        found = [meant[name] for name in names[due.pk]]
        sure = [one.organisation for one in found if one.standing == SURE]
        listed = [units[one.pk] for one in sure if one]
        if listed and all(unit.reach_id == review.organiser_id for unit in listed):
            own = due.due_on
            continue
        pairs = [pair for one in found if one.group for pair in one.group.kinds]
        said = {levels[level] for _kind, level in pairs if level in levels}
        groups.append(
            GuessedGroup(
                audience=due.audience,
                due_on=due.due_on,
                kinds=tuple({kinds[kind] for kind, _level in pairs if kind in kinds}),
                levels=(due.level,) if due.level else tuple(said),
                listed=tuple(listed),
            )
        )
    return GuessedAsking(groups, own)


def kinds_and_levels_below(owner: Organisation, day: date) -> tuple[set[int], set[int]]:
    """Return the keys of the kinds and levels that stand below a body on a day."""
    rows = units_below(owner, day).order_by().values_list("kind_on", "level_on").distinct()
    found = list(rows)
    return {kind for kind, _level in found}, {level for _kind, level in found}


def bodies_called(
    owner: Organisation, lines: list[str], day: date
) -> dict[str, list[Organisation]]:
    """Return for each line the bodies below an owner that it names by code or by name.

    One statement, and one more for each of the lines that are not written as the register does.
    """
    units = units_below(owner, day)
    exact = units.filter(Q(code__in=lines) | Q(unit_name__in=lines) | Q(short_name__in=lines))
    found: dict[str, list[Organisation]] = {line: [] for line in lines}
    for unit in exact:
        for line in {unit.code, unit.unit_name, unit.short_name} & found.keys():
            found[line].append(unit)
    unknown = [line for line in lines if not found[line]]
    for line in unknown[:MOST_SOUGHT]:
        near = units.filter(search_key__contains=fold(line))[:50]
        found[line] = [unit for unit in near if fold(line) in {fold(unit.name), fold(unit.code)}]
    return found


def followers_of(organisation: Organisation) -> list[Organisation]:
    """Return the standing bodies that follow a dissolved one."""
    if organisation.dissolved_on is None:
        return []
    rows = Organisation.objects.filter(
        successions_in__predecessor=organisation, dissolved_on__isnull=True
    )
    return list(rows.order_by("sort_key", "pk").distinct())


def _names(audience: str) -> list[str]:
    return [name.strip() for name in _APART.split(audience) if name.strip()]
