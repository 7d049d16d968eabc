"""What the lines of a form mean by the bodies they name: organisations, groups, or just names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kheo.assignments.models import Task, TaskBody
from kheo.assignments.queries.bodies import BodyTerms
from kheo.directives.queries.bodies import (
    ASKED,
    GROUP,
    SURE,
    Resolution,
    around_owner,
    resolve_names,
)
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Organisation

Known = Mapping[tuple[str, str], list[Organisation | None]]


@dataclass
class Named:
    """The bodies that lines name, and the names that may be several bodies."""

    terms: list[BodyTerms] = field(default_factory=list)
    doubtful: dict[str, list[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def task_bodies_named(
    lines: Mapping[str, Iterable[str]],
    *,
    owner: Organisation,
    day: date,
    known: Known | None = None,
) -> Named:
    """Return what lines by role mean; a code says it for certain, the owner's neighbourhood helps.

    :param known: by role and written name, the bodies a task has already: they stay as they are.
    """
    known = known or {}
    asked = [(role, name) for role, names in lines.items() for name in _clean(names)]
    new = [name for role, name in asked if (role, name) not in known]
    coded = Organisation.objects.filter(code__in=new)
    by_code = {row.code: row for row in coded if around_owner(owner, row.pk, day)}
    meant = resolve_names([name for name in new if name not in by_code], owner=owner, day=day)
    found = {one.organisation.pk for one in meant.values() if one.organisation}
    by_key = Organisation.objects.in_bulk(found)
    named = Named()
    for role, name in asked:
        if (role, name) in known:
            named.terms += _kept(role, name, known[role, name])
        elif unit := by_code.get(name):
            named.terms.append(BodyTerms(role=role, organisation=unit, name=unit.name))
        else:
            _read(role, name, meant[name], by_key, named)
    return named


def bodies_as_written(task: Task) -> dict[str, list[str]]:
    """Return what the paper calls the bodies of a task, by role, in its order."""
    return written_bodies([task.pk]).get(task.pk, {})


def written_bodies(tasks: Iterable[int]) -> dict[int, dict[str, list[str]]]:
    """Return the same for many tasks, by their keys, in one statement."""
    rows = TaskBody.objects.filter(task__in=list(tasks)).order_by("order", "sort_key", "pk")
    found: dict[int, dict[str, list[str]]] = {}
    for task, role, written in rows.values_list("task_id", "role", "written"):
        names = found.setdefault(task, {}).setdefault(role, [])
        if written not in names:
            names.append(written)
    return found


def known_bodies(task: Task) -> dict[tuple[str, str], list[Organisation | None]]:
    """Return the bodies a task has, by role and written name."""
    found: dict[tuple[str, str], list[Organisation | None]] = {}
    for row in task.bodies.select_related("organisation").order_by("order", "sort_key", "pk"):
        found.setdefault((row.role, row.written), []).append(row.organisation)
    return found


def _clean(names: Iterable[str]) -> list[str]:
    cleaned = (normalise(name).strip(" -–;.,") for name in names)
    return [name for name in dict.fromkeys(cleaned) if name]


def _kept(role: str, name: str, units: Iterable[Organisation | None]) -> list[BodyTerms]:
    return [BodyTerms(role=role, organisation=unit, name=name) for unit in units]


def _read(
    role: str,
    name: str,
    meant: Resolution,
    by_key: Mapping[int, Organisation],
    named: Named,
) -> None:
    if meant.standing == SURE and meant.organisation:
        unit = by_key[meant.organisation.pk]
        named.terms.append(BodyTerms(role=role, organisation=unit, name=name))
    elif meant.standing == GROUP and meant.group:
        # a group without kinds is everybody: "các cơ quan, đơn vị, địa phương"
        pairs = meant.group.kinds or (("", ""),)
        named.terms.append(BodyTerms(role=role, name=name, pairs=pairs))
    elif meant.standing == ASKED:
        codes = Organisation.objects.in_bulk([one.pk for one in meant.candidates])
        named.doubtful[name] = [f"{one.name} ({one.code})" for one in codes.values()]
    else:
        named.unknown.append(name)
        named.terms.append(BodyTerms(role=role, name=name))
