"""Which organisations the names of bodies in a document mean, as of the document's date."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Count, Q

from kheo.directives.queries.body_groups import Group, counted, group_of
from kheo.directives.queries.body_names import BodyName, spellings, take_apart
from kheo.lib.text.ordering import sort_key
from kheo.organisations.models import (
    Level,
    Organisation,
    Placement,
    Profile,
    Succession,
    below,
    valid_on,
)
from kheo.organisations.queries import organisations_as_of
from kheo.organisations.queries.tree import matching

SURE, ASKED, GROUP, UNKNOWN = "sure", "asked", "group", "unknown"
MOST_NEAR, MOST_NAMED, MOST_ASKED = 3_000, 500, 12


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An organisation a name may mean, called as on the document's date."""

    pk: int
    name: str
    kind: str = ""
    level: str = ""
    path: str = ""
    superior: str = ""
    # the name by which the document knows it, where it bore that at another time
    once: str = ""

    @cached_property
    def apart(self) -> BodyName:
        """Return its name taken apart."""
        return take_apart(self.name)


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """What one name means: a body, one of several, a group, or nothing that is known."""

    name: str
    standing: str
    organisation: Candidate | None = None
    candidates: tuple[Candidate, ...] = ()
    group: Group | None = None


@dataclass(frozen=True, kw_only=True)
class _Ground:
    """The bodies around a document's owner on a day."""

    day: date
    line: tuple[int, ...]
    path: str
    own_level: str
    following: str
    near: Mapping[int, Candidate]
    places: Mapping[int, str] = field(default_factory=dict)

    @property
    def committee(self) -> int:
        """Return the key of the committee in whose name the owner works."""
        return self.line[-1]


def resolve_names(
    names: Iterable[str], *, owner: Organisation, issuer: Organisation | None = None, day: date
) -> dict[str, Resolution]:
    """Return what names mean by name; the number of statements does not grow with the names.

    The owner's own line and what stands below it come first; nothing further away is offered.

    :param owner: of the document, with its kind.
    :param issuer: where it is known, it tells which level an unsaid one is.
    :param day: the date of the document.
    """
    apart = {name: take_apart(name) for name in dict.fromkeys(names)}
    if not apart:
        return {}
    ground = _ground(owner, issuer, day)
    single = [name for name in apart.values() if not name.is_group]
    known = _titled([*ground.near.values(), *_called(single, ground)], ground)
    found = {name.written: _one(name, known, ground) for name in single}
    missing = [name for name in single if found[name.written].standing == UNKNOWN]
    found |= _once_called(missing, ground)
    found |= _groups([name for name in apart.values() if name.is_group], ground)
    return {name: found[name] for name in apart}


def offered_bodies(words: str, *, owner: Organisation, day: date) -> list[Candidate]:
    """Return the bodies around and below a document's owner whose names hold the words."""
    ground = _ground(owner, None, day)
    wanted = matching(words, "organisation__search_key")
    rows = organisations_as_of(day).filter(_around(ground), wanted).order_by("sort_key", "pk")
    return _titled([_candidate(row) for row in rows[:MOST_ASKED]], ground)


def around_owner(owner: Organisation, pk: int, day: date) -> bool:
    """Tell whether an organisation is one that may be named for this owner's documents."""
    ground = _ground(owner, None, day)
    if pk in ground.near:
        return True
    known = Placement.objects.filter(below(ground.path), organisation=pk, is_main=True)
    return known.exists()


def _ground(owner: Organisation, issuer: Organisation | None, day: date) -> _Ground:
    path = (
        Placement.objects.filter(valid_on(day), organisation=owner, is_main=True)
        .values_list("path", flat=True)
        .first()
    ) or owner.path
    if owner.kind.advises and path.count(".") > 2:
        path = path[: path.rstrip(".").rfind(".") + 1]
    line = tuple(int(part) for part in path.strip(".").split("."))
    rows = organisations_as_of(day).filter(Q(organisation__in=line) | Q(parent_pk__in=line))
    near = {row.organisation_id: _candidate(row) for row in rows[:MOST_NEAR]}
    own, following = _levels(line, near, issuer, day)
    places = {pk: near[pk].apart.place for pk in line if pk in near}
    return _Ground(
        day=day,
        line=line,
        path=path,
        own_level=own,
        following=following,
        near=near,
        places=places,
    )


def _levels(
    line: tuple[int, ...],
    near: Mapping[int, Candidate],
    issuer: Organisation | None,
    day: date,
) -> tuple[str, str]:
    """Return the codes of the issuer's level and of the one that stood below it on a day."""
    speaker = near.get(issuer.pk if issuer else line[-1]) or near.get(line[-1])
    own = speaker.level if speaker else ""
    standing = Level.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    codes = list(standing.order_by("rank").values_list("code", flat=True))
    place = codes.index(own) + 1 if own in codes else len(codes)
    return own, codes[place] if place < len(codes) else own


def _around(ground: _Ground) -> Q:
    near = Q(organisation__in=ground.line) | Q(parent_pk__in=ground.line)
    return near | Q(path__gte=ground.path, path__lt=f"{ground.path[:-1]}/")


def _called(names: Iterable[BodyName], ground: _Ground) -> Iterator[Candidate]:
    """Yield the bodies deeper down that bore one of these full names on the day."""
    keys = {sort_key(spelling) for name in names for spelling in spellings(name)}
    if not keys:
        return
    deep = Q(path__gte=ground.path, path__lt=f"{ground.path[:-1]}/")
    rows = organisations_as_of(ground.day).filter(deep, sort_key__in=keys)
    for row in rows.order_by("pk")[:MOST_NAMED]:
        if row.organisation_id not in ground.near:
            yield _candidate(row)


def _one(name: BodyName, known: Iterable[Candidate], ground: _Ground) -> Resolution:
    fitting = [one for one in known if _fits(name, one, ground)]
    if not fitting:
        return Resolution(name=name.written, standing=UNKNOWN)
    ranks = {one.pk: _rank(name, one, ground) for one in fitting}
    fitting.sort(key=lambda one: (ranks[one.pk], one.path))
    best = [one for one in fitting if ranks[one.pk] == ranks[fitting[0].pk]]
    if len(best) == 1 and _is_plain(name, best[0], ground):
        return Resolution(name=name.written, standing=SURE, organisation=best[0])
    return Resolution(name=name.written, standing=ASKED, candidates=tuple(fitting[:MOST_ASKED]))


def _fits(name: BodyName, one: Candidate, ground: _Ground) -> bool:
    said = one.apart
    whole_place = not name.core and bool(name.place) and said.is_committee
    alike = whole_place or bool(name.core and said.core == name.core)
    if not alike or (name.levels and one.level not in name.levels):
        return False
    around = _places_around(one, ground)
    if name.place and name.place != (said.place or name.place):
        return False
    if name.place and not said.place and name.place not in around:
        return False
    # "…, huyện Tân Yên" must not contradict where the body stands
    return all(place in around for place in name.outer) if around and name.outer else True


def _places_around(one: Candidate, ground: _Ground) -> set[str]:
    keys = (int(part) for part in one.path.strip(".").split(".") if part)
    above = {ground.places.get(key, "") for key in keys if key != one.pk}
    beside = take_apart(one.superior).place if one.superior else ""
    return {*above, beside} - {""}


def _rank(name: BodyName, one: Candidate, ground: _Ground) -> tuple[int, int]:
    """Return how near a body stands; the smaller the nearer."""
    if name.place:
        # a full name: the nearest part of the tree
        return (0 if one.path.startswith(ground.path) else 1, 0)
    if one.pk in ground.line:
        return (0, 0)
    # an unsaid level is the issuer's
    strange = 0 if name.levels or one.level == ground.own_level else 1
    parent = int(one.path.strip(".").split(".")[-2]) if one.path.count(".") > 2 else 0
    return (1 + strange, len(ground.line) - _index(ground.line, parent))


def _index(line: tuple[int, ...], pk: int) -> int:
    return line.index(pk) if pk in line else -1


def _is_plain(name: BodyName, one: Candidate, ground: _Ground) -> bool:
    """Tell whether nobody need be asked: the place is said, or it stands on the owner's line."""
    if name.place:
        return True
    if one.pk in ground.line:
        return True
    parent = int(one.path.strip(".").split(".")[-2]) if one.path.count(".") > 2 else 0
    return (
        parent in ground.line
        and bool(name.levels or one.level == ground.own_level)
        and not (name.is_committee)
    )


def _once_called(names: list[BodyName], ground: _Ground) -> dict[str, Resolution]:
    """Ask about names that nobody bore on the day, but somebody did before or after."""
    if not names:
        return {}
    keys = {sort_key(spelling) for name in names for spelling in spellings(name)}
    theirs = Q(organisation__in=list(ground.near)) | Q(organisation__parent__in=ground.line)
    deep = below(ground.path, "organisation__path") & Q(sort_key__in=keys)
    rows = list(
        Profile.objects.exclude(valid_on(ground.day))
        .filter(theirs | deep)
        .select_related("organisation", "kind", "level")[:MOST_NEAR]
    )
    then = [(row, _former(row)) for row in rows]
    fitting = {
        name.written: [row for row, one in then if _fits(name, one, ground)] for name in names
    }
    standing = _heirs({row.organisation_id for found in fitting.values() for row in found}, ground)
    return {
        name: Resolution(
            name=name,
            standing=ASKED if (offered := _offered(found, standing)) else UNKNOWN,
            candidates=offered,
        )
        for name, found in fitting.items()
    }


def _offered(
    rows: Iterable[Profile], standing: Mapping[int, list[Candidate]]
) -> tuple[Candidate, ...]:
    found = {
        one.pk: Candidate(
            pk=one.pk,
            name=one.name,
            kind=one.kind,
            level=one.level,
            path=one.path,
            superior=one.superior,
            once=row.name,
        )
        for row in rows
        for one in standing.get(row.organisation_id, [])
    }
    return tuple(found.values())[:MOST_ASKED]


def _heirs(keys: set[int], ground: _Ground) -> dict[int, list[Candidate]]:
    """Return who stands on the day for bodies of other times: themselves, or who followed."""
    if not keys:
        return {}
    pairs = Succession.objects.filter(
        Q(predecessor__in=keys) | Q(successor__in=keys), event__happened_on__isnull=False
    ).values_list("predecessor_id", "successor_id")
    heirs: dict[int, set[int]] = {key: {key} for key in keys}
    for before, after in pairs:
        if before in heirs and after:
            heirs[before].add(after)
        if after in heirs and before:
            heirs[after].add(before)
    wanted = set().union(*heirs.values())
    rows = organisations_as_of(ground.day).filter(organisation__in=wanted)
    known = {one.pk: one for one in _titled([_candidate(row) for row in rows], ground)}
    return {
        key: [known[heir] for heir in sorted(group) if heir in known]
        for key, group in heirs.items()
    }


def _groups(names: list[BodyName], ground: _Ground) -> dict[str, Resolution]:
    if not names:
        return {}
    deep = Q(path__gte=ground.path, path__lt=f"{ground.path[:-1]}/")
    rows = organisations_as_of(ground.day).filter(deep).order_by()
    # the committee itself is not one of those below it
    counts: Counter[tuple[str, str]] = Counter()
    for kind, level, count in (
        rows.exclude(organisation=ground.committee)
        .select_related(None)
        .values_list("kind__code", "level__code")
        .annotate(count=Count("pk"))
    ):
        counts[kind, level] += count
    found = {}
    for name in names:
        group = group_of(name.written, own=ground.own_level, following=ground.following)
        found[name.written] = Resolution(
            name=name.written,
            standing=GROUP if group else UNKNOWN,
            group=counted(group, counts) if group else None,
        )
    return found


def _titled(ones: list[Candidate], ground: _Ground) -> list[Candidate]:
    """Return the candidates with the names of their superiors."""
    parents = {one.pk: _parent(one) for one in ones}
    missing = {pk for pk in parents.values() if pk and pk not in ground.near}
    names = {pk: one.name for pk, one in ground.near.items()}
    if missing:
        rows = Profile.objects.filter(valid_on(ground.day), organisation__in=missing)
        names |= dict(rows.values_list("organisation_id", "name"))
    return [
        Candidate(
            pk=one.pk,
            name=one.name,
            kind=one.kind,
            level=one.level,
            path=one.path,
            superior=names.get(parents[one.pk], ""),
        )
        for one in ones
    ]


def _parent(one: Candidate) -> int:
    parts = one.path.strip(".").split(".")
    return int(parts[-2]) if len(parts) > 1 else 0


def _candidate(row: Profile) -> Candidate:
    return Candidate(
        pk=row.organisation_id,
        name=row.name,
        kind=row.kind.code,
        level=row.level.code,
        path=row.path,  # type: ignore[attr-defined]
    )


def _former(row: Profile) -> Candidate:
    return Candidate(
        pk=row.organisation_id,
        name=row.name,
        kind=row.kind.code,
        level=row.level.code,
        path=row.organisation.path,
    )
