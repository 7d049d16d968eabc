"""The tree of a draft: adding, moving and removing criteria, with their numbers kept in order."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.criteria.actions.building import MOST_CRITERIA, new_criterion
from kheo.criteria.actions.journal import grown, locked_set, note_set
from kheo.criteria.models import CriteriaSet, Criterion
from kheo.criteria.rules.deeds import CriteriaError, can_change_set
from kheo.criteria.rules.tree import DEEPEST, Node, numbers_for, tree_of
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand


@transaction.atomic
def add_criterion(
    *,
    criteria_set: CriteriaSet,
    parent: int | None = None,
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> Criterion:
    """Add an empty criterion at the end of a draft, or below another one (its key).

    :raises NotAllowedError: when the seat may not, or the set is no draft.
    :raises StaleCriteriaError: when somebody else changed it since.
    :raises CriteriaError: when it would lie too deep, or the set is full.
    """
    row = locked_set(criteria_set, seen_version)
    demand(can_change_set(by, row))
    nodes = _nodes(row)
    if len(nodes) >= MOST_CRITERIA:
        raise CriteriaError(_("A set holds at most %s criteria.") % MOST_CRITERIA)
    above = _found(nodes, parent) if parent is not None else None
    if above and above.depth >= DEEPEST:
        raise CriteriaError(_("Criteria stand in three steps at most."))
    order = 1 + max((node.criterion.order for node in nodes), default=0)
    made = new_criterion(row, above.criterion if above else None, order)
    made.save()
    _renumber(row)
    note_set("criteria-set.add-criterion", grown(row), by, at, after={"parent": _words(above)})
    return made


@transaction.atomic
def move_criterion(
    *,
    criteria_set: CriteriaSet,
    criterion: int,
    way: str,
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> Criterion:
    """Move a criterion with all it holds: "up", "down", "in" (below the one before it) or "out".

    At the edge, where there is nowhere to go, nothing happens.

    :raises NotAllowedError: when the seat may not, or the set is no draft.
    :raises StaleCriteriaError: when somebody else changed it since.
    :raises CriteriaError: when it would lie too deep.
    """
    row = locked_set(criteria_set, seen_version)
    demand(can_change_set(by, row))
    nodes = _nodes(row)
    node = _found(nodes, criterion)
    WAYS[way](nodes, node)
    Criterion.objects.bulk_update(
        [one.criterion for one in nodes], ["parent", "order"], batch_size=100
    )
    _renumber(row)
    after = {"criterion": str(node.criterion), "way": way}
    note_set("criteria-set.move-criterion", grown(row), by, at, after=after)
    return node.criterion


@transaction.atomic
def remove_criterion(
    *,
    criteria_set: CriteriaSet,
    criterion: int,
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> CriteriaSet:
    """Take a criterion out of a draft, with all it holds.

    :raises NotAllowedError: when the seat may not, or the set is no draft.
    :raises StaleCriteriaError: when somebody else changed it since.
    """
    row = locked_set(criteria_set, seen_version)
    demand(can_change_set(by, row))
    node = _found(_nodes(row), criterion)
    before = {"criterion": str(node.criterion)}
    node.criterion.delete()
    _renumber(row)
    note_set("criteria-set.remove-criterion", grown(row), by, at, before=before)
    return row


def _renumber(row: CriteriaSet) -> None:
    """Give the criteria of a set their order and numbers anew, as they stand now."""
    nodes = _nodes(row)
    numbers = numbers_for(nodes)
    for order, node in enumerate(nodes, start=1):
        node.criterion.order, node.criterion.number = order, numbers[node.criterion.pk]
    Criterion.objects.bulk_update(
        [node.criterion for node in nodes], ["order", "number"], batch_size=100
    )


def _up(nodes: list[Node], node: Node) -> None:
    siblings = _siblings(nodes, node)
    place = siblings.index(node.criterion)
    if place:
        _swap(node.criterion, siblings[place - 1])


def _down(nodes: list[Node], node: Node) -> None:
    siblings = _siblings(nodes, node)
    place = siblings.index(node.criterion)
    if place + 1 < len(siblings):
        _swap(node.criterion, siblings[place + 1])


def _in(nodes: list[Node], node: Node) -> None:
    siblings = _siblings(nodes, node)
    place = siblings.index(node.criterion)
    if not place:
        return
    if _height(nodes, node.criterion) + node.depth > DEEPEST:
        raise CriteriaError(_("Criteria stand in three steps at most."))
    node.criterion.parent = siblings[place - 1]
    # behind all that the new heading holds already
    node.criterion.order = 1 + max(one.criterion.order for one in nodes)


def _out(nodes: list[Node], node: Node) -> None:
    above = node.criterion.parent_id
    if above is None:
        return
    heading = _found(nodes, above).criterion
    order = heading.order
    for one in nodes:
        if one.criterion.order > order:
            one.criterion.order += 1
    node.criterion.parent, node.criterion.order = heading.parent, order + 1


WAYS: dict[str, Callable[[list[Node], Node], None]] = {
    "up": _up,
    "down": _down,
    "in": _in,
    "out": _out,
}


def _swap(one: Criterion, other: Criterion) -> None:
    one.order, other.order = other.order, one.order


def _siblings(nodes: list[Node], node: Node) -> list[Criterion]:
    parent = node.criterion.parent_id
    return [one.criterion for one in nodes if one.criterion.parent_id == parent]


def _height(nodes: list[Node], criterion: Criterion) -> int:
    """Return how many steps a criterion and what it holds take up."""
    held = [one.criterion for one in nodes if one.criterion.parent_id == criterion.pk]
    return 1 + max((_height(nodes, one) for one in held), default=0)


def _nodes(row: CriteriaSet) -> list[Node]:
    nodes = tree_of(row.criteria.select_related("parent"))
    # orders are counted within headings in what was loaded or copied; moving needs one count
    for order, node in enumerate(nodes, start=1):
        node.criterion.order = order
    return nodes


def _found(nodes: list[Node], pk: int) -> Node:
    for node in nodes:
        if node.criterion.pk == pk:
            return node
    raise CriteriaError(_("This criterion was removed meanwhile. Look at the page again."))


def _words(node: Node | None) -> str:
    return str(node.criterion) if node else ""
