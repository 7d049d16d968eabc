"""Keeps what documents say of one another in step with the register."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from kheo.directives.enums import LinkState
from kheo.directives.models import Document, DocumentLink
from kheo.directives.queries.named import named_papers
from kheo.directives.queries.twins import candidates_for, fitting, named_in
from kheo.directives.rules import Match, Named, match_of
from kheo.organisations.models import below

WAITING = (LinkState.NAMED, LinkState.ASKED)


def write_links(document: Document, references: Iterable[Mapping[str, Any]]) -> list[DocumentLink]:
    """Keep which papers a document names, each with the entry it means where that is clear."""
    papers = [
        (relation, named)
        for relation, named in named_papers(references)
        if match_of(named, document) < Match.LIKELY
    ]
    candidates = candidates_for(document.owner, {named.symbol for _relation, named in papers})
    taken: set[tuple[str, int]] = set()
    links = []
    for relation, named in papers:
        others = [row for row in candidates.get(named.symbol, ()) if row.pk != document.pk]
        target, is_asked = fitting(named, others)
        if target is not None and (relation, target.pk) in taken:
            continue
        if target is not None:
            taken.add((relation, target.pk))
        links.append(_link(document, relation, named, target, is_asked=is_asked))
    return DocumentLink.objects.bulk_create(links)


def resolve_waiting(document: Document) -> int:
    """Point the links that wait for this document to it; return how many.

    Only documents count whose keepers see this one: of its owner's line, above and below.
    """
    if not document.symbol:
        return 0
    near = Q(document__owner_id__in=document.owner.ancestor_ids)
    near |= below(document.owner_path, "document__owner_path")
    waiting = DocumentLink.objects.filter(near, symbol=document.symbol, state__in=WAITING)
    count = 0
    rows = waiting.exclude(document=document).values_list(
        "pk", "document_id", "relation", "kind", "issued_on", "issuer", "state"
    )
    taken = set(document.backlinks.values_list("document_id", "relation"))
    for pk, named_by, relation, kind, issued_on, issuer, state in rows.iterator():
        named = Named(kind=kind, symbol=document.symbol, issued_on=issued_on, issuer=issuer)
        match = match_of(named, document)
        wanted = _state_after(match, state)
        if wanted is None or (named_by, relation) in taken:
            continue
        target = document if wanted == LinkState.FOUND else None
        DocumentLink.objects.filter(pk=pk).update(state=wanted, target=target)
        if target is not None:
            taken.add((named_by, relation))
            count += 1
    return count


def release_links(document: Document) -> None:
    """Let links wait again that were found by themselves and no longer fit the document."""
    for link in document.backlinks.filter(state=LinkState.FOUND):
        if match_of(named_in(link), document) < Match.LIKELY:
            link.target, link.state = None, LinkState.NAMED
            link.save(update_fields=["target", "state"])


def _state_after(match: Match, state: str) -> LinkState | None:
    if match >= Match.LIKELY and state == LinkState.NAMED:
        return LinkState.FOUND
    if match == Match.SURE:
        return LinkState.FOUND
    if match == Match.MAYBE and state == LinkState.NAMED:
        return LinkState.ASKED
    return None


def _link(
    document: Document, relation: str, named: Named, target: Document | None, *, is_asked: bool
) -> DocumentLink:
    state = LinkState.NAMED
    if target is not None:
        state = LinkState.FOUND
    elif is_asked:
        state = LinkState.ASKED
    return DocumentLink(
        document=document,
        relation=relation,
        target=target,
        state=state,
        kind=named.kind,
        symbol=named.symbol,
        issued_on=named.issued_on,
        issuer=named.issuer,
    )
