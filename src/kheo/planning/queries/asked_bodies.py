"""Whom a condition of a paper means: "Đối với các xã, thị trấn" as kinds, levels, units."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kheo.directives.models import Document
from kheo.directives.queries.bodies import GROUP, SURE, Resolution, resolve_names
from kheo.directives.queries.body_names import parts_of
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Kind, Level, Organisation
from kheo.rounds.queries.asked import units_below

_OPENING = re.compile(r"^[\s*–-]*(?:riêng\s+)?đối\s+với\s+", re.IGNORECASE)
_EVERYBODY = re.compile(
    r"^(?:mỗi|các|từng|tất cả các)?\s*(?:địa phương|cơ quan|đơn vị|tổ chức)"
    r"(?:\s*(?:,|và)\s*(?:địa phương|cơ quan|đơn vị|tổ chức))*"
    r"(?:\s+từ\s+.*)?$",
    re.IGNORECASE,
)
_SHORT = 60
_GENERAL_NAME = re.compile(r"các cơ quan, đơn vị", re.IGNORECASE)
Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Meant:
    """Whom the words mean below an organiser; ``unknown`` names nobody of the registry."""

    words: str
    pairs: tuple[Pair, ...] = ()
    listed: tuple[Organisation, ...] = ()
    # every single body that is named, also one above or beside the organiser
    bodies: tuple[Organisation, ...] = ()
    unknown: tuple[str, ...] = ()
    # a name that several bodies bear, with their names and codes
    asked: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Return what the group is called: the words, or a short form when they are long."""
        words = _capital(self.words)
        if len(words) <= _SHORT:
            return words
        if _GENERAL_NAME.search(words):
            return "Các cơ quan, đơn vị"
        return _capital(re.split(r"[;,]", words)[0])[:190] + " …"


@dataclass(frozen=True)
class Ground:
    """What stands below an organiser on a day: how many of each kind and level."""

    organiser: Organisation
    document: Document
    day: date
    receiver: str
    standing: frozenset[Pair]
    # what a person said of single names on the checking page
    decided: Mapping[str, int] = field(default_factory=dict)

    def meant_by(self, conditions: Iterable[str]) -> dict[str, Meant]:
        """Return whom each condition means; the number of statements does not grow with them."""
        parts = {words: _names_in(words) for words in dict.fromkeys(conditions)}
        wanted = [name for names in parts.values() for name in names]
        found = resolve_names(
            wanted, owner=self.organiser, issuer=self.document.issuer, day=self.day
        )
        return {words: self._joined(words, names, found) for words, names in parts.items()}

    def _joined(self, words: str, names: Sequence[str], found: dict[str, Resolution]) -> Meant:
        pairs: dict[Pair, None] = {}
        keys: list[int] = []
        unknown, asked = [], []
        for name in names:
            resolution = found[name]
            if name in self.decided:
                keys.append(self.decided[name])
            elif resolution.standing == GROUP and resolution.group:
                pairs.update(dict.fromkeys(self._standing(resolution.group.kinds)))
            elif resolution.standing == SURE and resolution.organisation:
                keys.append(resolution.organisation.pk)
            elif resolution.candidates:
                asked += [(name, one.name) for one in resolution.candidates]
            else:
                unknown.append(name)
        rows = {row.pk: row for row in Organisation.objects.filter(pk__in=keys)}
        bodies = dict.fromkeys(rows[key] for key in keys if key in rows)
        return Meant(
            words=_stripped(words),
            pairs=tuple(pairs),
            listed=tuple(body for body in bodies if self._is_below(body)),
            bodies=tuple(bodies),
            unknown=tuple(unknown),
            asked=tuple(asked),
        )

    def _standing(self, pairs: Iterable[Pair]) -> list[Pair]:
        """Return those kinds of which a unit stands below the organiser; no level is all levels."""
        return [
            (kind, level)
            for kind, level in sorted(self.standing)
            if any(kind == one and wanted in {"", level} for one, wanted in pairs)
        ]

    def _is_below(self, unit: Organisation) -> bool:
        return unit.path.startswith(self.organiser.path) and unit.pk != self.organiser.pk


def asking_ground(
    organiser: Organisation,
    document: Document,
    day: date,
    *,
    receiver: str = "",
    decided: Mapping[str, int] | None = None,
) -> Ground:
    """Return what stands below an organiser on a day, in one statement.

    The body that receives for the organiser, whose officers run the round, is not asked itself.
    """
    units = units_below(organiser, day).order_by()
    rows = units.values_list("kind__code", "level__code", "unit_name", "kind__advises")
    words = normalise(receiver).casefold()
    standing = {
        (kind, level)
        for kind, level, name, advises in rows
        if not (advises and words and str(name).casefold().startswith(words))
    }
    return Ground(organiser, document, day, receiver, frozenset(standing), decided or {})


def kinds_and_levels(pairs: Sequence[Pair]) -> tuple[tuple[Kind, ...], tuple[Level, ...]]:
    """Return the kinds and levels of pairs of codes; a kind of one level alone needs no level."""
    kinds = {kind for kind, _level in pairs}
    levels = {level for kind, level in pairs if kind not in BOUND_KINDS}
    return (
        tuple(Kind.objects.filter(code__in=kinds)),
        tuple(Level.objects.filter(code__in=levels)),
    )


def parted_by_level(pairs: Sequence[Pair]) -> list[tuple[Pair, ...]]:
    """Part pairs so that kinds and levels of each part say exactly them, nothing more."""
    kinds = {kind for kind, _level in pairs}
    levels = {level for _kind, level in pairs}
    if len(kinds) * len(levels) == len(set(pairs)):
        return [tuple(pairs)] if pairs else []
    parts: dict[str, list[Pair]] = {}
    for kind, level in pairs:
        parts.setdefault(level, []).append((kind, level))
    return [tuple(part) for part in parts.values()]


def is_everybody(words: str) -> bool:
    """Tell whether words mean all that are asked: "mỗi đơn vị", "các địa phương, đơn vị"."""
    return not words or bool(_EVERYBODY.match(_stripped(words)))


# such a body stands on one level whatever happens
BOUND_KINDS = frozenset({"commune_committee"})


def _names_in(words: str) -> list[str]:
    """Part a condition at its semicolons, and each part where it lists bodies one by one."""
    names = []
    for part in re.split(r"\s*;\s*", _stripped(words)):
        names += _parted(part)
    return [name for name in names if name]


def _parted(part: str) -> list[str]:
    # "Đảng bộ Quân sự huyện, Đảng bộ Trung tâm Y tế huyện" are two, "các xã, thị trấn" is one
    return parts_of(part)


def _stripped(words: str) -> str:
    return _OPENING.sub("", normalise(words)).strip(" .,;:*-–")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
