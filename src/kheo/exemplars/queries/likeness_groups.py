"""Groups of like registrations: whoever is tied to another by a like pair stands in its group."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest

from kheo.exemplars.models import LikenessPair
from kheo.ui.paging import CappedPage, page_number

# so many pairs, the most alike first, are put into groups; a round of ten thousand has fewer
MOST_PAIRS = 20_000
# of a group's pairs, so many stand on the page of all groups
SHOWN_OF_GROUP = 6


@dataclass(frozen=True)
class PairGroup:
    """Like registrations that hang together: the keys of their pairs, the most alike first."""

    members: int
    pairs: Sequence[int]

    @property
    def first(self) -> int:
        """Return the pair by which the group is asked for."""
        return self.pairs[0]


def pair_groups(pairs: QuerySet[LikenessPair]) -> list[PairGroup]:
    """Return the groups of pairs with one statement, in the order of their first pairs."""
    ties = list(pairs.values_list("pk", "first_id", "second_id")[:MOST_PAIRS])
    above: dict[int, int] = {}
    for _pair, first, second in ties:
        one, other = _root(above, first), _root(above, second)
        if one != other:
            above[other] = one
    keys: dict[int, list[int]] = {}
    members: dict[int, set[int]] = {}
    for pair, first, second in ties:
        root = _root(above, first)
        keys.setdefault(root, []).append(pair)
        members.setdefault(root, set()).update((first, second))
    return [PairGroup(len(members[root]), found) for root, found in keys.items()]


def group_page(groups: Sequence[PairGroup], request: HttpRequest, *, size: int) -> CappedPage:
    """Return the page of groups that the request asks for."""
    start = (page_number(request) - 1) * size
    return CappedPage(
        rows=groups[start : start + size],
        number=page_number(request),
        size=size,
        total=len(groups),
        capped=False,
        has_next=len(groups) > start + size,
    )


def group_with(groups: Iterable[PairGroup], pair: str) -> PairGroup | None:
    """Return the group in which a pair stands; None when it stands in none, or is no key."""
    if not (pair.isascii() and pair.isdigit()):
        return None
    return next((group for group in groups if int(pair) in group.pairs), None)


def _root(above: dict[int, int], key: int) -> int:
    """Return what stands for the group of a registration; the way there becomes shorter."""
    root = above.setdefault(key, key)
    while above[root] != root:
        root = above[root]
    while above[key] != root:
        above[key], key = root, above[key]
    return root
