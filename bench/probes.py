"""The pages that are measured: whose, with which parameters, beside which bare SQL."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from bench import bare
from bench.bare import Statement
from bench.texts import COMMON_WORD, RARE_PHRASE
from kheo.accounts.models import User
from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.organisations.models import Organisation, Seat, below
from kheo.organisations.rules import reach_of
from kheo.rounds.enums import Field, UnitState
from kheo.rounds.models import Round

CENTRE, PROVINCE, CLERK = "centre-officer", "officer-1", "clerk-1"
YEARS = (2022, 2026)
CUTS = {
    "unit": "organisation_id",
    "field": "field",
    "form": "form",
    "level": "level_id",
    "continuity": "continuity",
    "nature": "nature",
    "state": "state",
    "year": "year",
}

Where = tuple[str, list[Any]]
# the parameters of a page, and the condition that says the same in SQL
Asked = tuple[dict[str, Any], Where]
EVERYTHING: Where = ("1 = 1", [])


@dataclass(frozen=True)
class Probe:
    """A page asked for with varied parameters; ``bare`` holds the statements for each of them."""

    name: str
    username: str
    urls: Sequence[str]
    bare: Sequence[Sequence[Statement]]


def probes() -> Iterator[Probe]:
    """Yield all probes whose pages exist."""
    yield from _boards()
    yield from _lists()
    yield _counting("counting, one province", PROVINCE)
    yield _counting("counting, the country", CENTRE)
    yield from _registrations()
    yield from _work()


def address(name: str, *arguments: object) -> str | None:
    """Return an address, or None while the product has no such page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return None


def organisation_of(username: str) -> Organisation:
    """Return the organisation in whose name a person acts."""
    seat = Seat.objects.select_related("organisation__kind").get(user__username=username)
    return Organisation.objects.get(pk=int(reach_of(seat).strip(".").rpartition(".")[2]))


def _boards() -> Iterator[Probe]:
    for name, username in (
        ("board of a province's round", PROVINCE),
        ("board of the centre's round", CENTRE),
    ):
        path = organisation_of(username).path
        row = Round.objects.filter(organiser_path=path).order_by("-year")[0]
        asked = [_page(page) for page in (1, 2, 3, 12)]
        asked += [_equal(state=state.value) for state in list(UnitState)[:5]]
        asked += [({"short": "on"}, ("is_short", []))]
        parts = Organisation.objects.filter(parent=row.organiser_id).order_by("pk")
        asked += [_inside(part, "area") for part in parts[:400:67]]
        url = reverse("reporting:board", args=[row.pk])
        yield Probe(
            name,
            username,
            [_url(url, given) for given, _where in asked],
            [
                bare.board(row.pk, given.get("area", row.organiser_id), where, _start(given))
                for given, where in asked
            ],
        )


def _lists() -> Iterator[Probe]:
    province = organisation_of(PROVINCE)
    years = range(YEARS[0], YEARS[1] + 1, 2)
    filtered = [
        _equal(year=year, **{name: value})
        for year, (name, value) in product(
            years,
            [
                ("field", Field.ECONOMY.value),
                ("field", Field.CULTURE_SOCIETY.value),
                ("state", State.ACCEPTED.value),
            ],
        )
    ]
    filtered += [_and(_equal(year=year), _inside(province, "unit")) for year in years]
    filtered += [_and(_equal(year=year), _page(20)) for year in years]
    yield from _list("list, filtered", filtered)
    yield from _list("list, all in reach", [_all_years(_page(1)), _all_years(_page(3))])
    yield from _list(
        "search, rare phrase",
        [_search("tiếng đàn đá", RARE_PHRASE), _search(RARE_PHRASE, RARE_PHRASE)],
    )
    common = _search(COMMON_WORD, COMMON_WORD)
    yield from _list("search, common word", [common, _and(common, _equal(year=2025))])


def _list(name: str, asked: list[Asked]) -> Iterator[Probe]:
    if url := address("exemplars:list"):
        path = organisation_of(CENTRE).path
        urls = [_url(url, given) for given, _where in asked]
        yield Probe(
            name, CENTRE, urls, [bare.listed(path, where, _start(given)) for given, where in asked]
        )


def _counting(name: str, username: str) -> Probe:
    area = organisation_of(username).pk
    names = list(CUTS)
    urls, statements = [], []
    for number, rows in enumerate(names):
        for step, first in ((1, YEARS[1]), (3, YEARS[0])):
            columns = names[(number + step) % len(names)]
            given = {"rows": rows, "columns": columns, "year": first, "year_to": YEARS[1]}
            urls.append(_url(reverse("reporting:counting"), given))
            cuts = (CUTS[rows], CUTS[columns])
            statements.append(bare.figures(area, (first, YEARS[1]), cuts))
    return Probe(name, username, urls, statements)


def _registrations() -> Iterator[Probe]:
    inside = Registration.objects.filter(below(organisation_of(PROVINCE).path), year=YEARS[1])
    keys = random.Random(3).sample(list(inside.values_list("pk", flat=True)[:2000]), 20)
    urls = [reverse("exemplars:detail", args=[pk]) for pk in keys]
    yield Probe("one registration", PROVINCE, urls, [bare.one(pk) for pk in keys])
    manned = Seat.objects.filter(role="clerk").values("organisation")
    drafts = Registration.objects.filter(
        organisation__in=manned, state=State.DRAFT, round__state="open"
    )
    draft = drafts.order_by("pk")[0]
    user = User.objects.get(seats__organisation=draft.organisation_id, seats__role="clerk")
    if url := address("exemplars:edit", draft.pk):
        yield Probe("form of a draft", user.username, [url], [bare.one(draft.pk)])
    if url := address("exemplars:unit-round", draft.participation_id):
        statements = bare.own_part(draft.participation_id)
        yield Probe("a unit's part in a round", user.username, [url], [statements])


def _work() -> Iterator[Probe]:
    for username in (CLERK, PROVINCE, CENTRE):
        organisation = organisation_of(username)
        own = username == CLERK
        statements = (
            bare.own_rounds(organisation.pk) if own else bare.waiting(organisation.path, YEARS[1])
        )
        yield Probe(f"my work, {username}", username, [reverse("home:my-work")], [statements])
        if not own and (url := address("exemplars:check")):
            urls = [url, f"{url}?page=2"]
            yield Probe(f"review queue, {username}", username, urls, [statements])


def _page(number: int) -> Asked:
    return {"page": number}, EVERYTHING


def _equal(**values: Any) -> Asked:
    given = dict(values)
    return given, (" AND ".join(f"{name} = %s" for name in values), list(values.values()))


def _all_years(asked: Asked) -> Asked:
    # without it the list shows the newest year
    return asked[0] | {"year": ""}, asked[1]


def _inside(organisation: Organisation, name: str) -> Asked:
    path = organisation.path
    return {name: organisation.pk}, ("path >= %s AND path < %s", [path, f"{path[:-1]}/"])


def _search(typed: str, folded: str) -> Asked:
    return {"q": typed, "year": ""}, ("search_key LIKE %s", [f"%{folded}%"])


def _and(one: Asked, other: Asked) -> Asked:
    (given, where), (more, also) = one, other
    return given | more, (f"{where[0]} AND {also[0]}", where[1] + also[1])


def _start(given: dict[str, Any]) -> int:
    return int(given.get("page", 1) - 1) * 50


def _url(path: str, given: dict[str, Any]) -> str:
    return f"{path}?{urlencode(given)}"
