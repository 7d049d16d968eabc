"""What the rooms above offer to be found; each registers its kinds in its apps.py."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Text:
    """A record as it is to be found.

    ``paths`` say below whom it stands; ``facets`` what else it can be narrowed by, by name.
    """

    title: str
    body: str = ""
    paths: tuple[str, ...] = ()
    facets: Mapping[str, object] = field(default_factory=dict)
    dated: date | None = None


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A found record as a page shows it."""

    url: str
    title: str
    body: str
    notes: tuple[str | Promise, ...] = ()
    state: tuple[str, str | Promise] | None = None


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One kind of record: where the records are, what of them is found, and by whom.

    ``seen_by`` answers with terms of which a record must carry one (see :func:`below_term` and
    :func:`facet_term`); none at all means that this seat finds nothing of the kind.
    """

    kind: str
    label: str | Promise
    icon: str
    # all records with what ``text`` and ``hit`` need, oldest first
    records: Callable[[], QuerySet[Any]]
    text: Callable[[Any], Text]
    hit: Callable[[Any], Hit]
    seen_by: Callable[[Any], tuple[str, ...]]
    # the same by the room's own rule: what is shown passes both
    visible: Callable[[Any], QuerySet[Any]]
    # the columns ``text`` reads, where it reads no others: filling the index makes no objects then
    columns: tuple[str, ...] = ()


# values that are the same term whenever they are equal; True equals 1 and is another
PLAIN = frozenset({str, int, type(None)})
_offers: dict[str, Offer] = {}


def register_offer(offer: Offer) -> None:
    """Let records of a kind be found; call it in apps.py."""
    _offers[offer.kind] = offer


def offer_of(kind: str) -> Offer:
    """Return what is offered of a kind.

    :raises KeyError: when no room offers such records.
    """
    return _offers[kind]


def registered_offers() -> list[Offer]:
    """Return what all rooms offer, in the order in which they registered it."""
    return list(_offers.values())


def facet_term(name: str, value: object) -> str:
    """Return the term that a record with this value carries: "year_2024"; no word looks so."""
    return f"{name}_{value}".lower().replace("-", "_")


def below_term(path: str) -> str:
    """Return the term that everything at a path and below it carries: ".1.34." → "p_1_34"."""
    return "p" + path[:-1].replace(".", "_")


def entry_terms(text: Text, kind: str) -> str:
    """Return all terms a record carries, parted by spaces: its kind, its superiors, its facets."""
    facets = [
        # a choice is its text
        (name, str(value) if isinstance(value, str) else value)
        for name, value in text.facets.items()
    ]
    if all(type(value) in PLAIN for _name, value in facets):
        return _known_terms(kind, text.paths, tuple(facets))
    return _terms(kind, text.paths, facets)


def _terms(kind: str, paths: Iterable[str], facets: Iterable[tuple[str, object]]) -> str:
    terms = [facet_term("kind", kind)]
    for path in paths:
        parts = path.strip(".").split(".")
        terms += [f"p_{'_'.join(parts[: depth + 1])}" for depth in range(len(parts))]
    for name, value in facets:
        values = value if isinstance(value, Iterable) and not isinstance(value, str) else [value]
        terms += [facet_term(name, one) for one in values if one not in {None, ""}]
    return " ".join(dict.fromkeys(terms))


# a list of one unit has few of them
_known_terms = lru_cache(maxsize=2_000)(_terms)
