"""Who the bodies of a task are: groups become the organisations below the owner."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kheo.assignments.enums import BodyRole
from kheo.assignments.models import Task, TaskBody
from kheo.organisations.models import Kind, Level, Organisation


@dataclass(frozen=True, kw_only=True)
class BodyTerms:
    """A body of a task as it is asked for.

    One organisation, or a group (kinds *and* levels below the owner; of two choices an empty one
    matches all; or ``pairs`` of kind code and level code, an empty one matching all), or, with
    neither, a name that stands for itself. ``name`` is what the paper says.
    """

    role: str
    name: str = ""
    organisation: Organisation | None = None
    kinds: tuple[Kind, ...] = ()
    levels: tuple[Level, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def is_group(self) -> bool:
        """Tell whether a group is meant."""
        return self.organisation is None and bool(self.kinds or self.levels or self.pairs)


@dataclass(frozen=True)
class Body:
    """A body of a task: an organisation or a name, and what the paper calls it."""

    role: str
    organisation: Organisation | None
    name: str
    written: str
    order: int

    @property
    def key(self) -> tuple[str, int | str]:
        """Return what tells two bodies of one task apart."""
        return (self.role, self.organisation.pk if self.organisation else self.name)


def group_members(owner: Organisation, terms: BodyTerms, day: date) -> QuerySet[Organisation]:
    """Return the organisations below the owner that a group means, standing on a day."""
    rows = Organisation.objects.standing(day).below(owner.path).exclude(pk=owner.pk)
    if terms.kinds:
        rows = rows.filter(kind__in=terms.kinds)
    if terms.levels:
        rows = rows.filter(level__in=terms.levels)
    if terms.pairs:
        rows = rows.filter(_any_pair(terms.pairs))
    return rows.order_by("sort_key", "pk")


def _any_pair(pairs: Iterable[tuple[str, str]]) -> Q:
    test = Q(pk__in=[])
    for kind, level in pairs:
        by_kind = Q(kind__code=kind) if kind else ~Q(pk__in=[])
        test |= by_kind & Q(level__code=level) if level else by_kind
    return test


def expanded(owner: Organisation, terms: Iterable[BodyTerms], day: date) -> list[Body]:
    """Return every body once; who carries a task out does not cooperate in it besides."""
    found: dict[tuple[str, int | str], Body] = {}
    for order, one in enumerate(terms, start=1):
        for body in _bodies_of(owner, one, order, day):
            found.setdefault(body.key, body)
    return [
        body
        for (role, who), body in found.items()
        if role != BodyRole.COOPERATING or (BodyRole.EXECUTING, who) not in found
    ]


def _bodies_of(owner: Organisation, one: BodyTerms, order: int, day: date) -> list[Body]:
    if one.is_group:
        members = group_members(owner, one, day)
        return [Body(one.role, unit, unit.name, one.name, order) for unit in members]
    name = one.name or (one.organisation.name if one.organisation else "")
    shown = one.organisation.name if one.organisation else name
    return [Body(one.role, one.organisation, shown, name, order)]


def directing_ids(task: Task) -> set[int]:
    """Return the keys of the organisations that direct a task."""
    rows = TaskBody.objects.filter(task=task, role=BodyRole.DIRECTING, organisation__isnull=False)
    return {int(pk) for pk in rows.values_list("organisation_id", flat=True)}
