"""Marks where two texts say different things, word by word."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from kheo.lib.text.folding import fold

# more than this nobody compares by eye, and the work grows with the product of both
MOST_WORDS = 600


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text, and whether the other text lacks them."""

    text: str
    differs: bool


def mark_differences(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces, those that the other lacks marked; marks and case count not."""
    mine, yours = one.split(), other.split()
    folded = [[fold(word) for word in words[:MOST_WORDS]] for words in (mine, yours)]
    first: list[Piece] = []
    second: list[Piece] = []
    for step in Indel.opcodes(folded[0], folded[1]):
        differs = step.tag != "equal"
        _add(first, mine[step.src_start : step.src_end], differs=differs)
        _add(second, yours[step.dest_start : step.dest_end], differs=differs)
    _add(first, mine[MOST_WORDS:], differs=True)
    _add(second, yours[MOST_WORDS:], differs=True)
    return first, second


def _add(pieces: list[Piece], words: Sequence[str], *, differs: bool) -> None:
    if words:
        pieces.append(Piece(" ".join(words), differs))
