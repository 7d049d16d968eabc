"""Which documents a seat sees, how they are found, and which may be one and the same."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.directives.models import Document
from kheo.lib.text.folding import fold
from kheo.organisations.models import Seat, below
from kheo.organisations.rules import reach_of
from kheo.search.queries.offers import Hit, Offer, Text, below_term, facet_term

KIND = "document"


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


def documents_visible_to(seat: Seat) -> QuerySet[Document]:
    """Return the documents entered in the seat's reach or by a superior, newest first."""
    superiors = Q(owner_id__in=seat.organisation.ancestor_ids)
    return Document.objects.filter(superiors | below(reach_of(seat), "owner_path"))


def found_documents(seat: Seat, *, search: str = "", kind: str = "") -> QuerySet[Document]:
    """Return the visible documents of a type that hold all the words, without tone marks."""
    rows = documents_visible_to(seat)
    for word in fold(search).split():
        rows = rows.filter(search_key__contains=word)
    return rows.filter(kind=kind) if kind else rows


def twins_of(document: Document) -> QuerySet[Document]:
    """Return other entries with the same symbol, issuer and date: probably the same paper.

    The same symbol alone says nothing: TU is Tỉnh ủy and Thị ủy (S3).
    """
    if not document.symbol:
        return Document.objects.none()
    same = Document.objects.filter(
        symbol=document.symbol, issuer_name=document.issuer_name, issued_on=document.issued_on
    )
    return same.exclude(pk=document.pk)


def _text(row: Document) -> Text:
    return Text(
        title=row.subject,
        body=f"{row.reference_with_issuer} {row.signatory}",
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
