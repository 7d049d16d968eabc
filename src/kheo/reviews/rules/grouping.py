"""Which points of several reports say the same, though in other words and another order."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kheo.lib.text.folding import fold

# of the words of the longer point so many must stand in the other
ALIKE = 0.6
# a point of fewer telling words is the same only word for word
FEWEST_WORDS = 4
# points compared at most: what many units write is found among the first thousands too
MOST_POINTS = 5_000
# words every point has
_IDLE = frozenset(
    fold(
        "và của các cho với được trong ngoài tại ở có là những một số để đã đang sẽ còn thì mà theo"
        " về từ đến do bị khi này đó cũng"
    ).split(" ")
)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of one report; ``source`` is the key of the answer, ``unit`` of who wrote it."""

    text: str
    source: int
    unit: int


@dataclass(frozen=True, slots=True)
class PointGroup:
    """Points that say the same: how it is best put, and who says it."""

    text: str
    points: tuple[Point, ...]

    @property
    def units(self) -> int:
        """Return how many units say it."""
        return len({point.unit for point in self.points})


def grouped_points(points: Iterable[Point]) -> list[PointGroup]:
    """Put points that say the same together; what most units say comes first.

    The group is told in the words of its longest point, which say most.
    """
    heads: list[frozenset[str]] = []
    members: list[list[Point]] = []
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for point in list(points)[:MOST_POINTS]:
        words = telling_words(point.text)
        place = _found(words, heads, by_word)
        if place is None:
            place = len(heads)
            heads.append(words)
            members.append([])
            for word in words:
                by_word[word].append(place)
        members[place].append(point)
    groups = [PointGroup(max((p.text for p in one), key=len), tuple(one)) for one in members]
    return sorted(groups, key=lambda group: -group.units)


def telling_words(text: str) -> frozenset[str]:
    """Return the folded words of a point without those every point has."""
    return frozenset(fold(text).split()) - _IDLE


def _found(
    words: frozenset[str], heads: Sequence[frozenset[str]], by_word: dict[str, list[int]]
) -> int | None:
    """Return the place of the group a point belongs to: the one that shares most with it."""
    shared: defaultdict[int, int] = defaultdict(int)
    for word in words:
        for candidate in by_word.get(word, ()):
            shared[candidate] += 1
    best: float = 0
    place: int | None = None
    for candidate, count in shared.items():
        head = heads[candidate]
        alike = words == head if min(len(words), len(head)) < FEWEST_WORDS else True
        share = count / max(len(words), len(head), 1)
        if alike and share >= ALIKE and share > best:
            best, place = share, candidate
    return place
