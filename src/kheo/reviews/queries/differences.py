"""What changed between two texts: by lines, and inside a changed line by words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED, SKIPPED = "same", "added", "removed", "skipped"
# around a change so many unchanged lines are shown
AROUND = 2
# comparing word by word takes the square of their number
MOST_WORDS = 1500
_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class DifferentLine:
    """A line of the comparison: its kind, and its stretches with theirs."""

    kind: str
    pieces: tuple[tuple[str, str], ...] = ()
    # of a stretch left out, how many lines it has
    count: int = 0


def differences_between(before: str, after: str) -> list[DifferentLine]:
    """Return the lines of both texts as one, telling which were added and which removed."""
    old, new = before.splitlines(), after.splitlines()
    found: list[DifferentLine] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += _unchanged(old[i1:i2], is_first=i1 == 0, is_last=i2 == len(old))
        else:
            found += _changed(old[i1:i2], new[j1:j2])
    return found


def _unchanged(lines: Sequence[str], *, is_first: bool, is_last: bool) -> Iterator[DifferentLine]:
    head = 0 if is_first else AROUND
    tail = 0 if is_last else AROUND
    if len(lines) <= head + tail + 1:
        yield from (_whole(SAME, line) for line in lines)
        return
    yield from (_whole(SAME, line) for line in lines[:head])
    yield DifferentLine(SKIPPED, count=len(lines) - head - tail)
    yield from (_whole(SAME, line) for line in lines[len(lines) - tail :])


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[DifferentLine]:
    shared = min(len(old), len(new))
    for before, after in zip(old[:shared], new[:shared], strict=True):
        yield from _by_words(before, after)
    yield from (_whole(REMOVED, line) for line in old[shared:])
    yield from (_whole(ADDED, line) for line in new[shared:])


def _by_words(before: str, after: str) -> Iterator[DifferentLine]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        yield _whole(REMOVED, before)
        yield _whole(ADDED, after)
        return
    gone: list[tuple[str, str]] = []
    come: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        kinds = (SAME, SAME) if tag == "equal" else (REMOVED, ADDED)
        if i1 < i2:
            gone.append((kinds[0], "".join(old[i1:i2])))
        if j1 < j2:
            come.append((kinds[1], "".join(new[j1:j2])))
    yield DifferentLine(REMOVED, tuple(gone))
    yield DifferentLine(ADDED, tuple(come))


def _whole(kind: str, line: str) -> DifferentLine:
    return DifferentLine(kind, ((kind, line),))
