"""Gives each model a few numbers of which two models that are alike share at least one."""

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b, shake_128
from itertools import pairwise

from kheo.lib.text.likeness import Subject, Syllable

# each band is the rarest-looking pair of syllables under one ordering of all syllables: two
# models agree on it the more probably, the more weight their words have in common
NAME_BANDS = 7
WHOLE_BANDS = 5
ROWS = 2
# a band of words that all models use would lead everywhere
LEAST_WEIGHT = 0.2
_BITS = 2**53


def likeness_keys(subject: Subject) -> list[int]:
    """Return up to twelve numbers of 63 bits by which models like this one are found.

    Weighted min-wise hashing over syllables, so that word order and marks change nothing: seven
    bands of two over the name, five over name and content together.
    """
    name = _weights(subject.name)
    whole = _weights((*subject.name, *subject.content))
    keys = {*_bands("n", name, NAME_BANDS, 0)}
    if len(whole) > len(name):
        keys |= {*_bands("w", whole, WHOLE_BANDS, NAME_BANDS)}
    return sorted(keys)


def _weights(syllables: Iterable[Syllable]) -> dict[str, float]:
    every = list(syllables)
    weights: dict[str, float] = {}
    for one in every:
        weights[one.plain] = max(one.weight, weights.get(one.plain, 0.0))
    telling = {plain: weight for plain, weight in weights.items() if weight > LEAST_WEIGHT}
    return telling if len(telling) > 1 else weights


def _bands(kind: str, weights: dict[str, float], count: int, first: int) -> Iterator[int]:
    if not weights:
        return
    for band in range(first, first + count):
        # the two least draws of one ordering: exponential draws choose by weight
        chosen = sorted(weights, key=lambda plain: _draws(plain)[band] / weights[plain])[:ROWS]
        yield _number(f"{kind}{band}:{' '.join(sorted(chosen))}")


@lru_cache(maxsize=8192)
def _draws(plain: str) -> tuple[float, ...]:
    digest = shake_128(plain.encode()).digest(8 * (NAME_BANDS + WHOLE_BANDS))
    return tuple(
        -math.log((int.from_bytes(digest[start:end]) % _BITS + 1) / (_BITS + 1))
        for start, end in pairwise(range(0, len(digest) + 1, 8))
    )


@lru_cache(maxsize=8192)
def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 1
