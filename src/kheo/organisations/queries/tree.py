"""Questions about the tree: who stood where, under which name, on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_

from django.db.models import Count, F, Q, QuerySet

from kheo.lib.text.folding import fold
from kheo.organisations.enums import Line
from kheo.organisations.models import Organisation, Placement, Profile, Seat, below, valid_on
from kheo.organisations.rules import reach_of

SHOWN_AT_MOST = 200


@dataclass(frozen=True)
class Node:
    """One organisation in the tree of a day, as it was called then."""

    pk: int
    name: str
    kind: str
    level: str
    children: int

    @property
    def has_children(self) -> bool:
        """Tell whether anything stands below it."""
        return self.children > 0


@dataclass(frozen=True, kw_only=True)
class TreePage:
    """The tree as one seat sees it on one day: a place in it, the way there, and what is below."""

    day: date
    line: str
    root: Node | None
    above: list[Node]
    nodes: list[Node]
    search: str = ""
    more: bool = False
    total: int = 0


def organisations_as_of(day: date) -> QuerySet[Profile]:
    """Return what organisations were on a day, with the ``path`` and ``parent_pk`` of that day.

    The rows are profiles: ``organisation_id``, ``name``, ``kind``, ``level`` of that day.
    """
    placed = "organisation__placements__"
    return (
        Profile.objects.filter(
            valid_on(day), valid_on(day, placed), organisation__placements__is_main=True
        )
        .annotate(path=F(f"{placed}path"), parent_pk=F(f"{placed}parent_id"))
        .select_related("organisation", "kind", "level")
    )


def organisations_visible_to(seat: Seat) -> QuerySet[Organisation]:
    """Return the organisations of today in the seat's reach."""
    return Organisation.objects.filter(below(reach_of(seat)), dissolved_on__isnull=True)


def visible_organisation(seat: Seat, pk: int) -> Organisation | None:
    """Return an organisation that stands, or once stood, in the seat's reach; else nothing."""
    organisation = (
        Organisation.objects.select_related("kind", "level", "parent").filter(pk=pk).first()
    )
    if organisation is None or organisation.path.startswith(reach_of(seat)):
        return organisation
    once = organisation.placements.filter(is_main=True, path__contains=f".{reach_root(seat)}.")
    return organisation if once.exists() else None


def reach_root(seat: Seat) -> int:
    """Return the key of the organisation at the top of the seat's reach."""
    return int(reach_of(seat).rstrip(".").rpartition(".")[2])


def children_as_of(
    organisation_pk: int, day: date, line: str = "", *, limit: int = SHOWN_AT_MOST
) -> list[Node]:
    """Return those that stood directly below on a day, in the order of the alphabet.

    Without a line on their main lines, otherwise on that one.
    """
    rows = (
        Placement.objects.filter(valid_on(day), _on_line(line), parent=organisation_pk)
        .values_list("organisation_id", flat=True)
        .order_by()
    )
    return _nodes(Q(organisation__in=rows), day, line, limit)


def ancestors_as_of(organisation_pk: int, day: date, top: int) -> list[Node]:
    """Return the way down from the top to an organisation on a day, without itself."""
    row = Placement.objects.filter(
        valid_on(day), is_main=True, organisation=organisation_pk
    ).first()
    keys = [int(part) for part in row.path.strip(".").split(".")][:-1] if row else []
    keys = keys[keys.index(top) :] if top in keys else []
    found = {node.pk: node for node in _nodes(Q(organisation__in=keys), day, "", len(keys))}
    return [found[key] for key in keys if key in found]


def tree_page(
    seat: Seat, *, day: date, line: str = "", search: str = "", at: int | None = None
) -> TreePage | None:
    """Return the tree of a day as the seat sees it, from its own top or from a place below it.

    Nothing when the place was not below the top on that day.
    """
    top = reach_root(seat)
    here = at or top
    above = ancestors_as_of(here, day, top)
    if here != top and not above:
        return None
    root = next(iter(_nodes(Q(organisation=here), day, line, 1)), None)
    if search:
        nodes, total = _found(search, top, day)
    else:
        nodes = children_as_of(here, day, line, limit=SHOWN_AT_MOST + 1)
        total = root.children if root else 0
    return TreePage(
        day=day,
        line=line,
        root=root,
        above=above,
        nodes=nodes[:SHOWN_AT_MOST],
        search=search,
        more=len(nodes) > SHOWN_AT_MOST,
        total=total,
    )


def matching(words: str, field: str = "search_key") -> Q:
    """Return the condition "words begin with all of these", in whatever spelling and order."""
    begins = (
        Q(**{f"{field}__startswith": word}) | Q(**{f"{field}__contains": f" {word}"})
        for word in fold(words).split()
    )
    return reduce(and_, begins, Q())


def _found(search: str, top: int, day: date) -> tuple[list[Node], int]:
    paths = Placement.objects.filter(valid_on(day), is_main=True, organisation=top)
    row = paths.values_list("path", flat=True).first()
    if row is None:
        return [], 0
    rows = Placement.objects.filter(
        valid_on(day), below(row), matching(search, "organisation__search_key"), is_main=True
    ).order_by()
    keys = rows.values_list("organisation_id", flat=True)
    return _nodes(Q(organisation__in=keys), day, "", SHOWN_AT_MOST + 1), rows.count()


def _nodes(condition: Q, day: date, line: str, limit: int) -> list[Node]:
    rows = (
        Profile.objects.filter(condition, valid_on(day))
        .select_related("kind", "level")
        .order_by("level__rank", "kind__order", "sort_key", "pk")[:limit]
    )
    found = list(rows)
    counts = _counts([row.organisation_id for row in found], day, line)
    return [
        Node(
            pk=row.organisation_id,
            name=row.name,
            kind=row.kind.name,
            level=row.level.name,
            children=counts.get(row.organisation_id, 0),
        )
        for row in found
    ]


def _counts(keys: Iterable[int], day: date, line: str) -> dict[int, int]:
    rows = (
        Placement.objects.filter(valid_on(day), _on_line(line), parent__in=list(keys))
        .order_by()
        .values_list("parent_id")
        .annotate(Count("pk"))
    )
    return {key: count for key, count in rows if key is not None}


def _on_line(line: str) -> Q:
    return Q(line=line) if line in Line.values else Q(is_main=True)
