"""Which documents a seat sees, and how they are found."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.directives.enums import Relation
from kheo.directives.models import Document, DocumentLink
from kheo.directives.rules import keeper_of
from kheo.lib.text.folding import fold
from kheo.organisations.models import Organisation, Seat, below
from kheo.organisations.rules import reach_of
from kheo.search.queries.finding import answering_ids_sql
from kheo.search.queries.offers import Hit, Offer, Text, below_term, facet_term

KIND = "document"
# so many are sorted faster than a walk along all documents finds them
FEW = 2_000


def document_offer() -> Offer:
    """Return how documents are found: by symbol, type, issuer and subject."""
    return Offer(
        kind=KIND,
        label=_("documents"),
        icon="file-earmark-text",
        records=lambda: Document.objects.order_by("pk"),
        text=_text,
        hit=_hit,
        seen_by=_seen_by,
        visible=documents_visible_to,
    )


def keeping_organisation(seat: Seat) -> Organisation:
    """Return the organisation in whose name a seat enters documents."""
    return Organisation.objects.get(pk=keeper_of(seat))


def documents_visible_to(seat: Seat) -> QuerySet[Document]:
    """Return the documents entered in the seat's reach or by a superior, newest first."""
    superiors = Q(owner_id__in=seat.organisation.ancestor_ids)
    return Document.objects.filter(superiors | below(reach_of(seat), "owner_path"))


def found_documents(seat: Seat, *, search: str = "", **filters: Any) -> QuerySet[Document]:
    """Return the visible documents that hold all the words, without tone marks.

    :param filters: those of FILTERS that are set; empty ones are passed over.
    """
    rows = _listed_for(seat).alias(walked=F("pk") + 0)
    for name, value in filters.items():
        if value not in (None, ""):
            rows = rows.filter(FILTERS[name](value))
    if (found := answering_ids_sql(document_offer(), seat, search)) is not None:
        rows = rows.filter(pk__in=RawSQL(*found))  # noqa: S611 - the statement of the index
    return rows


def _listed_for(seat: Seat) -> QuerySet[Document]:
    """Return documents_visible_to in the form that lists find fastest.

    Who sees few has them sorted. Who sees many walks along the newest ones: the columns are
    wrapped, so that no database gathers and sorts them all by way of another index.
    """
    visible = documents_visible_to(seat)
    if visible.order_by()[: FEW + 1].count() <= FEW:
        return visible
    walked = Document.objects.alias(
        walked_path=Concat("owner_path", Value("")), walked_owner=F("owner_id") + 0
    )
    superiors = Q(walked_owner__in=seat.organisation.ancestor_ids)
    return walked.filter(superiors | below(reach_of(seat), "walked_path"))


def listed_documents(rows: QuerySet[Document]) -> QuerySet[Document]:
    """Return documents as a list shows them: without their texts."""
    return rows.only(*LISTED)


def _of_year(year: int) -> Q:
    dated = Q(listed_on__gte=date(year, 1, 1), listed_on__lte=date(year, 12, 31))
    return dated & Q(issued_on__isnull=False)


def _of_period(period: str) -> Q:
    first, _dash, last = period.partition("-")
    return Q(period_from=int(first), period_to=int(last))


def _by_issuer(name: str) -> Q:
    return Q(issuer_key__contains=fold(name))


def _related(relation: str) -> Q:
    # the keys are gathered once, and looked up on the walk along the newest
    links = DocumentLink.objects.all()
    if relation == "any":
        named = links.filter(target__isnull=False).values("target")
        return Q(walked__in=links.values("document")) | Q(walked__in=named)
    if relation == "none":
        return ~_related("any")
    if relation in REVERSED:
        replaced = links.filter(relation=REVERSED[relation], target__isnull=False)
        return Q(walked__in=replaced.values("target"))
    return Q(walked__in=links.filter(relation=relation).values("document"))


REVERSED = {"replaced": Relation.REPLACES, "amended": Relation.AMENDS}
FILTERS: Mapping[str, Callable[[Any], Q]] = {
    "kind": lambda kind: Q(kind=kind),
    "year": _of_year,
    "issuer": _by_issuer,
    "period": _of_period,
    "relation": _related,
}
LISTED = ("kind", "symbol", "issued_on", "issuer_name", "subject", "listed_on")


def _text(row: Document) -> Text:
    joined = fold(row.symbol).replace(" ", "")
    return Text(
        title=row.subject,
        # the symbol also as people type it, "31khtu"
        body=f"{row.reference_with_issuer} {joined} {row.signatory}\n{row.text}",
        paths=(row.owner_path,),
        facets={"owner": row.owner_id, "unit": row.owner_id},
        dated=row.issued_on,
    )


def _hit(row: Document) -> Hit:
    return Hit(
        url=reverse("directives:detail", args=[row.pk]),
        title=row.subject,
        body=row.reference_with_issuer,
    )


def _seen_by(seat: Seat) -> tuple[str, ...]:
    """Return the same as documents_visible_to, in terms."""
    superiors = (facet_term("owner", pk) for pk in seat.organisation.ancestor_ids)
    return (below_term(reach_of(seat)), *superiors)
