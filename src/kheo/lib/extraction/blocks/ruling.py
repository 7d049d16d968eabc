"""Makes tables out of the ruled edges of a PDF page, merged cells told by the edges missing."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_NEAR = 3.0
_REACH = 2.5


@dataclass(frozen=True, slots=True)
class Edge:
    """A straight line: its height where it is level, else its place from the left."""

    at: float
    start: float
    end: float
    level: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its first row (from 0) and column (from 1), what it takes, its sides."""

    row: int
    column: int
    depth: int
    span: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the places of its ruled lines, from left to right and from top to bottom."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]
    _at: dict[tuple[int, int], int] = field(default_factory=dict)

    @property
    def top(self) -> float:
        """Return the height of its upper edge."""
        return self.ys[0]

    @property
    def rows(self) -> int:
        """Return how many rows it has."""
        return len(self.ys) - 1

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in it."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[-1] <= y <= self.ys[0]

    def cell_at(self, x: float, y: float) -> int:
        """Return the number of the box in which a point lies."""
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(bisect_right([-one for one in self.ys], -y) - 1, 0), self.rows - 1)
        return self._at[row, column]


def edges_of_box(left: float, bottom: float, right: float, top: float) -> list[Edge]:
    """Return the four edges of a box that is drawn whole."""
    return [
        Edge(bottom, left, right, level=True),
        Edge(top, left, right, level=True),
        Edge(left, bottom, top, level=False),
        Edge(right, bottom, top, level=False),
    ]


def grids(edges: Sequence[Edge]) -> list[Grid]:
    """Return the tables on a page; a box of one cell is none."""
    return [grid for group in _connected(edges) if (grid := _grid(group)) is not None]


def _connected(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Group edges that touch, by the rectangles around them."""
    groups: list[tuple[list[float], list[Edge]]] = []
    for edge in sorted(edges, key=lambda one: -(one.at if one.level else one.end)):
        around = _around(edge)
        held: list[Edge] = [edge]
        apart = []
        for bounds, members in groups:
            if _touch(bounds, around):
                held = [*members, *held]
                around = _both(bounds, around)
            else:
                apart.append((bounds, members))
        groups = [*apart, (around, held)]
    return [members for _, members in groups]


def _around(edge: Edge) -> list[float]:
    if edge.level:
        return [edge.start, edge.at, edge.end, edge.at]
    return [edge.at, edge.start, edge.at, edge.end]


def _touch(one: list[float], other: list[float]) -> bool:
    return (
        one[0] <= other[2] + _REACH
        and other[0] <= one[2] + _REACH
        and one[1] <= other[3] + _REACH
        and other[1] <= one[3] + _REACH
    )


def _both(one: list[float], other: list[float]) -> list[float]:
    low = [min(a, b) for a, b in zip(one[:2], other[:2], strict=True)]
    return [*low, *(max(a, b) for a, b in zip(one[2:], other[2:], strict=True))]


def _grid(edges: Sequence[Edge]) -> Grid | None:
    upright = [edge for edge in edges if not edge.level]
    level = [edge for edge in edges if edge.level]
    xs = _places(edge.at for edge in upright)
    ys = _places(edge.at for edge in level)[::-1]
    if len(xs) < 3 or len(ys) < 2:
        return None
    walls = _Walls(xs, ys, upright, level)
    boxes: list[Box] = []
    at: dict[tuple[int, int], int] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) not in at:
                box = walls.box(row, column)
                for down in range(row, row + box.depth):
                    for across in range(column, column + box.span):
                        at.setdefault((down, across), len(boxes))
                boxes.append(box)
    return Grid(tuple(xs), tuple(ys), tuple(boxes), at)


def _places(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


class _Walls:
    """Which sides of which squares are drawn."""

    def __init__(
        self, xs: list[float], ys: list[float], upright: list[Edge], level: list[Edge]
    ) -> None:
        self.xs = xs
        self.ys = ys
        self.right = {
            (row, column)
            for edge in upright
            for column in _numbers(xs, edge.at)
            for row in range(len(ys) - 1)
            if edge.start - _REACH <= (ys[row] + ys[row + 1]) / 2 <= edge.end + _REACH
        }
        self.below = {
            (row, column)
            for edge in level
            for row in _numbers(ys, edge.at)
            for column in range(len(xs) - 1)
            if edge.start - _REACH <= (xs[column] + xs[column + 1]) / 2 <= edge.end + _REACH
        }

    def box(self, row: int, column: int) -> Box:
        """Return the cell whose upper left corner a square is."""
        last = column + 1
        while last < len(self.xs) - 1 and (row, last) not in self.right:
            last += 1
        end = row + 1
        while end < len(self.ys) - 1 and (end, column) not in self.below:
            end += 1
        return Box(row, column + 1, end - row, last - column, self.xs[column], self.xs[last])


def _numbers(places: Sequence[float], at: float) -> list[int]:
    return [number for number, place in enumerate(places) if abs(place - at) <= _NEAR]
