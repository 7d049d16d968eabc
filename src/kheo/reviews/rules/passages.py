"""How a text is taken apart into passages: a paragraph, a point or a whole table each."""

from collections.abc import Iterator
from itertools import groupby

from kheo.lib.text.folding import fold
from kheo.lib.text.prose import plain_prose


def passages_of(body: str) -> list[str]:
    """Return the passages of a text with their marks; rows of one table stay together."""
    return list(_passages(body))


def points_of(body: str) -> list[str]:
    """Return what a text says point by point, in plain words without dashes; tables say nothing."""
    points = (plain_prose(part).strip() for part in passages_of(body) if not _is_row(part))
    return [point for point in points if fold(point)]


def joined(body: str, *more: str) -> str:
    """Return a text with passages put below it, each on lines of its own."""
    return "\n".join(part.strip("\n") for part in (body, *more) if part.strip())


def _passages(body: str) -> Iterator[str]:
    lines = (line.strip() for line in body.splitlines())
    for is_table, group in groupby((line for line in lines if line), key=_is_row):
        if is_table:
            yield "\n".join(group)
        else:
            yield from group


def _is_row(line: str) -> bool:
    return line.startswith("|") and line.endswith("|")
