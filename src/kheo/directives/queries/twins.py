"""Which entries of the register are one and the same paper, and which one a paper means."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from kheo.directives.models import Document, DocumentFile, DocumentLink
from kheo.directives.rules import Match, Named, issuers_agree, match_of
from kheo.organisations.models import Organisation, below

MOST = 50


def twins_of(document: Document) -> QuerySet[Document]:
    """Return other entries with the same symbol, issuer and date: probably the same paper.

    The same symbol alone says nothing: TU is Tỉnh ủy and Thị ủy (S3).
    """
    if not document.symbol:
        return Document.objects.none()
    same = Document.objects.filter(
        symbol=document.symbol, issuer_key=document.issuer_key, issued_on=document.issued_on
    )
    return same.exclude(pk=document.pk).defer("text")


def known_entry(owner: Organisation, named: Named) -> Document | None:
    """Return the entry that the unit has of a paper already, its own or a superior's.

    :param named: what is to be entered; without symbol, date and issuer nothing is known.
    """
    if not (named.symbol and named.issued_on and named.issuer):
        return None
    rows = Document.objects.filter(
        symbol=named.symbol,
        kind=named.kind,
        issued_on=named.issued_on,
        owner_id__in=owner.ancestor_ids,
    )
    found = rows.defer("text").order_by("owner_path", "pk")[:MOST]
    return next((row for row in found if issuers_agree(named.issuer, row.issuer_name)), None)


def known_file(owner: Organisation, sha256: str) -> DocumentFile | None:
    """Return the same file where it is kept already, by the unit or a superior."""
    rows = DocumentFile.objects.filter(sha256=sha256, document__owner_id__in=owner.ancestor_ids)
    return rows.select_related("document").defer("document__text").first()


def candidates_for(owner: Organisation, symbols: Iterable[str]) -> dict[str, list[Document]]:
    """Return by symbol the entries that a unit's papers may mean, those of superiors first."""
    found: dict[str, list[Document]] = {}
    wanted = {symbol for symbol in symbols if symbol}
    if not wanted:
        return found
    near = Q(owner_id__in=owner.ancestor_ids) | below(owner.path, "owner_path")
    rows = Document.objects.filter(near, symbol__in=wanted).defer("text")
    for row in rows.order_by("owner_path", "pk")[: MOST * len(wanted)]:
        found.setdefault(row.symbol, []).append(row)
    return found


def fitting(named: Named, candidates: Iterable[Document]) -> tuple[Document | None, bool]:
    """Return the entry that is meant without doubt, and whether a person must be asked.

    The same paper entered twice is no doubt: the entry nearest to the top is meant.
    """
    judged = [(match_of(named, row), row) for row in candidates]
    best = max((match for match, _row in judged), default=Match.NO)
    if best == Match.NO:
        return None, False
    rows = [row for match, row in judged if match == best]
    papers = {(row.issuer_key, row.issued_on, row.kind) for row in rows}
    if best >= Match.LIKELY and len(papers) == 1:
        return rows[0], False
    return None, True


def named_in(link: DocumentLink) -> Named:
    """Return what a link says of the other paper."""
    return Named(kind=link.kind, symbol=link.symbol, issued_on=link.issued_on, issuer=link.issuer)
