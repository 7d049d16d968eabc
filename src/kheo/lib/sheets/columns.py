"""Holds what a column of a table is, for writing and for reading alike."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column: the key of its values, its title, its width in characters, and how it is read.

    Kinds: text, integer, number, date. Aliases are other titles under which it is known when read.
    """

    key: str
    title: str
    width: float = 12
    kind: str = "text"
    aliases: tuple[str, ...] = ()
    required: bool = False
