"""Giving files to members so that each file gets its scorers and nobody has more than others."""

from collections import deque
from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

File = TypeVar("File", bound=Hashable)
Member = TypeVar("Member", bound=Hashable)
Given = dict[File, set[Member]]


def balanced(
    eligible: Mapping[File, Collection[Member]],
    scorers: int,
    *,
    standing: Mapping[File, Collection[Member]] | None = None,
    loads: Mapping[Member, int] | None = None,
) -> dict[File, set[Member]]:
    """Return to whom each file goes in addition, as evenly as the exclusions allow.

    Each file ends with ``scorers`` members, or with all that are eligible where those are fewer.
    Without exclusions the loads differ by one at most; with them no series of exchanges could
    make the most burdened member's load smaller.

    :param eligible: who may score each file; whoever has a conflict is not among them.
    :param standing: who has each file already; these keep it and count towards ``scorers``.
    :param loads: how many files each member has already; members not named have none.
    """
    have = standing or {}
    burden: dict[Member, int] = dict(loads or {})
    given: Given[File, Member] = {}
    # files with the least choice first: the others can still make up for them
    for file in sorted(eligible, key=lambda one: len(eligible[one])):
        kept = set(have.get(file, ()))
        free = [member for member in eligible[file] if member not in kept]
        free.sort(key=lambda member: burden.get(member, 0))
        given[file] = set(free[: max(0, scorers - len(kept))])
        for member in given[file]:
            burden[member] = burden.get(member, 0) + 1
    _even_out(given, eligible, have, burden)
    return given


def _even_out(
    given: Given[File, Member],
    eligible: Mapping[File, Collection[Member]],
    have: Mapping[File, Collection[Member]],
    burden: dict[Member, int],
) -> None:
    """Pass files on along chains of members until no chain leads to one with two fewer."""
    members = {member for row in eligible.values() for member in row}
    for member in members:
        burden.setdefault(member, 0)
    settled: set[Member] = set()
    while len(members) > len(settled):
        most = max(members - settled, key=lambda member: burden[member])
        if burden[most] - min(burden[member] for member in members) < 2:
            return
        chain = _chain(most, given, eligible, have, burden)
        if not chain:
            settled.add(most)
            continue
        for giver, file, taker in chain:
            given[file].remove(giver)
            given[file].add(taker)
        burden[most] -= 1
        burden[chain[-1][2]] += 1
        # whoever could not pass on before may be able to now
        settled.clear()


def _chain(
    start: Member,
    given: Given[File, Member],
    eligible: Mapping[File, Collection[Member]],
    have: Mapping[File, Collection[Member]],
    burden: Mapping[Member, int],
) -> list[tuple[Member, File, Member]]:
    """Return who passes which file to whom, so that one with two fewer gets one more."""
    came: dict[Member, tuple[Member, File]] = {}
    waiting = deque([start])
    ways = _ways(given, eligible, have)
    while waiting:
        giver = waiting.popleft()
        for taker, file in ways.get(giver, {}).items():
            if taker == start or taker in came:
                continue
            came[taker] = (giver, file)
            if burden[taker] <= burden[start] - 2:
                return _way_back(start, taker, came)
            waiting.append(taker)
    return []


def _ways(
    given: Given[File, Member],
    eligible: Mapping[File, Collection[Member]],
    have: Mapping[File, Collection[Member]],
) -> dict[Member, dict[Member, File]]:
    """Return for each member to whom a file could be passed on, with one such file."""
    ways: dict[Member, dict[Member, File]] = {}
    for file, holders in given.items():
        free = [m for m in eligible[file] if m not in holders and m not in have.get(file, ())]
        for giver in holders:
            for taker in free:
                ways.setdefault(giver, {}).setdefault(taker, file)
    return ways


def _way_back(
    start: Member, end: Member, came: Mapping[Member, tuple[Member, File]]
) -> list[tuple[Member, File, Member]]:
    chain: list[tuple[Member, File, Member]] = []
    taker = end
    while taker != start:
        giver, file = came[taker]
        chain.append((giver, file, taker))
        taker = giver
    return chain[::-1]
