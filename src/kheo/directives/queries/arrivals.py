"""Files that wait to be entered, and what the form of their document can say beforehand."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from kheo.directives.enums import Confidence, DocumentKind
from kheo.directives.models import Arrival, Document
from kheo.directives.queries.twins import candidates_for, fitting, known_entry
from kheo.directives.rules import Named, issuers_agree, keeper_of
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Organisation, Seat

LONGEST_WORDS = 120
# "giai đoạn 2021 - 2025", "năm 2024"
PERIOD = re.compile(
    r"giai đoạn\s+(?:từ\s+)?(?:năm\s+)?(\d{4})\s*(?:-|–|đến)\s*(?:năm\s+)?(\d{4})", re.I
)
YEAR = re.compile(r"\bnăm\s+(\d{4})\b", re.IGNORECASE)
# the box of the form that a field of a reading fills
BOXES = {
    "kind": "kind",
    "symbol": "symbol",
    "issued_on": "issued_on",
    "place": "place",
    "issuer": "issuer_name",
    "subject": "subject",
    "signature": "signatory",
}


@dataclass(frozen=True, kw_only=True)
class FoundValue:
    """A value that was read, the words it was read from, and whether it wants a second look."""

    value: object
    words: str
    is_unsure: bool = False


@dataclass(frozen=True, kw_only=True)
class NamedRow:
    """A document that a waiting one names, and which entry that is."""

    relation: str
    named: Named
    target: Document | None
    is_asked: bool


def arrivals_of(seat: Seat) -> QuerySet[Arrival]:
    """Return the files that wait in the seat's unit, newest first, without what was read."""
    rows = Arrival.objects.filter(organisation=keeper_of(seat))
    return rows.defer("facts").select_related("seat__user")


def found_values(arrival: Arrival, organisation: Organisation) -> dict[str, FoundValue]:
    """Return by box of the form what was read; a value the form cannot take is left out."""
    found: dict[str, FoundValue] = {}
    for told in arrival.facts.get("findings", ()):
        box = BOXES.get(str(told.get("field")))
        value = _value(box, told.get("value")) if box else None
        if box and value and box not in found:
            found[box] = FoundValue(
                value=value,
                words=normalise(str(told.get("text", "")))[:LONGEST_WORDS],
                is_unsure=told.get("confidence") == Confidence.UNSURE or bool(told.get("flags")),
            )
    return found | _derived(found, organisation)


def known_as(arrival: Arrival, found: Mapping[str, FoundValue]) -> Document | None:
    """Return the entry that the register seems to have of a waiting file's document."""
    day = found.get("issued_on")
    named = Named(
        kind=_text(found, "kind"),
        symbol=_text(found, "symbol"),
        issued_on=day.value.isoformat() if day and isinstance(day.value, date) else "",
        issuer=_text(found, "issuer_name"),
    )
    return known_entry(arrival.organisation, named)


def named_rows(owner: Organisation, papers: Iterable[tuple[str, Named]]) -> list[NamedRow]:
    """Return the papers that a waiting one names, each looked up in the register."""
    wanted = list(papers)
    candidates = candidates_for(owner, {named.symbol for _relation, named in wanted})
    rows = []
    for relation, named in wanted:
        target, is_asked = fitting(named, candidates.get(named.symbol, ()))
        rows.append(NamedRow(relation=relation, named=named, target=target, is_asked=is_asked))
    return rows


def _value(box: str, value: Any) -> object:
    if box == "signatory":
        return str((value or {}).get("name") or "")[:200] if isinstance(value, Mapping) else ""
    if not isinstance(value, str):
        return None
    if box == "kind":
        return value if value in DocumentKind.values else None
    if box == "issued_on":
        # a month alone is no date of issue: the day is asked of the person
        return date.fromisoformat(value) if len(value) == len("2024-02-05") else None
    return value[:500] if box == "subject" else value[:300]


def _derived(found: Mapping[str, FoundValue], organisation: Organisation) -> dict[str, FoundValue]:
    """Return what follows from what was read: the years, and the issuer among our organisations."""
    derived: dict[str, FoundValue] = {}
    subject = _text(found, "subject")
    if told := PERIOD.search(subject):
        for box, year in zip(("period_from", "period_to"), told.groups(), strict=True):
            derived[box] = FoundValue(value=int(year), words=told[0])
    elif told := YEAR.search(subject):
        for box in ("period_from", "period_to"):
            derived[box] = FoundValue(value=int(told[1]), words=told[0])
    if issuer := found.get("issuer_name"):
        rows = Organisation.objects.filter(pk__in=organisation.ancestor_ids).order_by("-path")
        ours = [row for row in rows if issuers_agree(row.name, str(issuer.value))]
        if len(ours) == 1:
            derived["issuer"] = FoundValue(value=ours[0], words="")
    return derived


def _text(found: Mapping[str, FoundValue], box: str) -> str:
    return str(found[box].value) if box in found else ""
