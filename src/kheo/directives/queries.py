"""Which documents a seat sees, and which may be one and the same."""

from django.db.models import Q, QuerySet

from kheo.directives.models import Document
from kheo.lib.text.folding import fold
from kheo.organisations.models import Seat, below
from kheo.organisations.rules import reach_of


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
