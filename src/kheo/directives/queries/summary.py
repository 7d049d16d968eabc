"""The guiding documents of a unit and a period, for the annex of S0."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from kheo.directives.enums import Relation
from kheo.directives.models import Document, DocumentLink
from kheo.directives.queries.documents import documents_visible_to
from kheo.organisations.models import Organisation, Seat, below
from kheo.organisations.rules import reach_of

CHUNK = 2000
MOST_UNITS = 500
COLUMNS = ("pk", "issued_on", "kind", "symbol", "subject", "issuer_name")


@dataclass(frozen=True, kw_only=True)
class SummaryScope:
    """Which documents the annex holds: of a unit, with those below if asked, in a span of years.

    ``kinds`` leaves everything in when it is empty.
    """

    unit: Organisation
    year_from: int
    year_to: int
    with_lower: bool = False
    kinds: tuple[str, ...] = ()


class SummaryRow(NamedTuple):
    """One line of the annex; ``note`` says what became of the document, in Vietnamese."""

    pk: int
    issued_on: date
    kind: str
    symbol: str
    subject: str
    issuer: str
    note: str


def summary_units(seat: Seat) -> list[tuple[int, str]]:
    """Return key and name of the units a seat may choose: the top of its reach, and below it.

    A province has its districts and communes directly below; who wants one deeper goes there.
    """
    top = int(reach_of(seat).strip(".").rpartition(".")[2])
    rows = Organisation.objects.filter(Q(pk=top) | Q(pk=seat.organisation_id) | Q(parent=top))
    found = [(row.pk, row.name) for row in rows.order_by("sort_key")[:MOST_UNITS]]
    return sorted(found, key=lambda unit: unit[0] != top)


def summary_documents(seat: Seat, scope: SummaryScope) -> QuerySet[Document]:
    """Return the dated documents of a scope, oldest first: only what has been issued counts."""
    rows = documents_visible_to(seat).filter(
        issued_on__gte=date(scope.year_from, 1, 1), issued_on__lte=date(scope.year_to, 12, 31)
    )
    if scope.with_lower:
        rows = rows.filter(below(scope.unit.path, "owner_path"))
    else:
        rows = rows.filter(owner=scope.unit)
    if scope.kinds:
        rows = rows.filter(kind__in=scope.kinds)
    return rows.order_by("issued_on", "pk")


def summary_rows(rows: QuerySet[Document]) -> Iterator[SummaryRow]:
    """Yield the lines, with one more statement for what was replaced or amended."""
    notes = _notes(rows)
    for row in rows.values_list(*COLUMNS).iterator(chunk_size=CHUNK):
        yield SummaryRow._make((*row, "\n".join(notes.get(row[0], ()))))


def _notes(rows: QuerySet[Document]) -> dict[int, list[str]]:
    links = DocumentLink.objects.filter(
        target__in=rows.order_by().values("pk"), relation__in=(Relation.REPLACES, Relation.AMENDS)
    ).select_related("document")
    found: dict[int, list[str]] = {}
    for link in links.defer("document__text").order_by("document__listed_on", "pk"):
        words = "Được thay thế bởi" if link.relation == Relation.REPLACES else "Được sửa đổi bởi"
        # a paper names the others shortly: type, number and date
        found.setdefault(link.target_id or 0, []).append(f"{words} {link.document.reference}")
    return found
