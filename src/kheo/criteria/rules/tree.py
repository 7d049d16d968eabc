"""The criteria of a set as a tree: their order, their depth, what a heading comes to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kheo.criteria.enums import COUNTED
from kheo.criteria.models import Criterion

# group → criterion → sub-criterion
DEEPEST = 3
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True)
class Node:
    """A criterion at its place; ``points`` of a heading are those of what is counted below it."""

    criterion: Criterion
    depth: int
    is_heading: bool
    points: Decimal


def tree_of(criteria: Iterable[Criterion]) -> list[Node]:
    """Return the criteria of one set from top to bottom, each heading before what it holds."""
    below: dict[int | None, list[Criterion]] = {}
    for criterion in sorted(criteria, key=lambda one: (one.order, one.pk or 0)):
        below.setdefault(criterion.parent_id, []).append(criterion)
    return _nodes(below, None, 1)


def leaves_of(criteria: Iterable[Criterion]) -> list[Criterion]:
    """Return the criteria that are scored, in their order: those that hold no others."""
    return [node.criterion for node in tree_of(criteria) if not node.is_heading]


def counted_points(leaves: Iterable[Criterion]) -> Decimal:
    """Return what the scored criteria come to, without bonus and what is taken off."""
    return sum((one.points for one in leaves if one.kind in COUNTED), Decimal(0))


def numbers_for(nodes: Sequence[Node]) -> dict[int, str]:
    """Return the numbers of criteria by key as papers write them: I, 1, a, or 1, 1.1, 1.1.1.

    Sets of three steps begin with Roman numbers and end with letters; others count on.
    """
    is_deep = any(node.depth == DEEPEST for node in nodes)
    counts = [0] * (DEEPEST + 1)
    numbers: dict[int, str] = {}
    for node in nodes:
        counts[node.depth] += 1
        # the second step counts on through all groups, as official scales do
        first_reset = 3 if is_deep and node.depth == 1 else node.depth + 1
        counts[first_reset:] = [0] * (len(counts) - first_reset)
        numbers[node.criterion.pk] = _number(counts, node.depth, is_deep=is_deep)
    return numbers


def _nodes(below: dict[int | None, list[Criterion]], parent: int | None, depth: int) -> list[Node]:
    nodes: list[Node] = []
    for criterion in below.get(parent, []):
        held = _nodes(below, criterion.pk, depth + 1)
        points = criterion.points
        if held:
            points = counted_points(node.criterion for node in held if not node.is_heading)
        nodes += [Node(criterion, depth, bool(held), points), *held]
    return nodes


def _number(counts: Sequence[int], depth: int, *, is_deep: bool) -> str:
    here = counts[depth]
    if not is_deep:
        return ".".join(str(count) for count in counts[1 : depth + 1])
    if depth == 1:
        return ROMAN[here - 1] if here <= len(ROMAN) else str(here)
    return str(here) if depth == 2 else chr(ord("a") + (here - 1) % 26)
