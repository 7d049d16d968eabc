"""Deeds on the relations of a document: adding one, saying which entry is meant, taking off."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.audit.actions import Deed, record
from kheo.directives.actions.documents import DocumentError
from kheo.directives.enums import LinkState, Relation
from kheo.directives.models import Document, DocumentLink
from kheo.directives.queries.documents import documents_visible_to
from kheo.directives.queries.named import readable_symbol
from kheo.directives.queries.twins import candidates_for, fitting
from kheo.directives.rules import Named, can_edit_document
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand


@transaction.atomic
def add_link(
    *, document: Document, relation: Relation, named: Named, by: Seat, at: datetime
) -> DocumentLink:
    """Say that a document names another one; the register is searched for it.

    :raises NotAllowedError: when the seat may not change the document.
    :raises DocumentError: when the other one is not told, is this one, or is named already.
    """
    demand(can_edit_document(by, document))
    symbol, issuer = readable_symbol(named.symbol), normalise(named.issuer)
    if not symbol:
        raise DocumentError(_("Say the number and symbol of the other document."))
    told = Named(kind=named.kind, symbol=symbol, issued_on=named.issued_on, issuer=issuer)
    found = candidates_for(document.owner, [symbol]).get(symbol, [])
    target, is_asked = fitting(told, [row for row in found if row.pk != document.pk])
    same = document.links.filter(relation=relation, symbol=symbol, issuer=issuer)
    if same.filter(issued_on=told.issued_on).exists() or _is_linked(document, relation, target):
        raise DocumentError(_("This relation is there already."))
    link = DocumentLink.objects.create(
        document=document,
        relation=relation,
        target=target,
        state=_state(target, is_asked=is_asked),
        kind=told.kind,
        symbol=symbol,
        issued_on=told.issued_on,
        issuer=issuer,
    )
    _note("document.add-relation", link, by, at)
    return link


@transaction.atomic
def settle_link(
    *, link: DocumentLink, target: Document | None, by: Seat, at: datetime
) -> DocumentLink:
    """Say which entry of the register is meant, or that none of them is.

    :raises NotAllowedError: when the seat may not change the document, or does not see the other.
    :raises DocumentError: when the document would name itself, or names that entry already.
    """
    locked = DocumentLink.objects.select_for_update().get(pk=link.pk)
    demand(can_edit_document(by, locked.document))
    if target is not None and target.pk == locked.document_id:
        raise DocumentError(_("A document cannot have a relation to itself."))
    if target is not None and not documents_visible_to(by).filter(pk=target.pk).exists():
        raise DocumentError(_("This document is not in the register."))
    others = locked.document.links.exclude(pk=locked.pk)
    if target is not None and others.filter(relation=locked.relation, target=target).exists():
        raise DocumentError(_("This relation is there already."))
    locked.target = target
    locked.state = LinkState.CHOSEN if target else LinkState.APART
    locked.save(update_fields=["target", "state"])
    _note("document.settle-relation", locked, by, at)
    return locked


@transaction.atomic
def remove_link(*, link: DocumentLink, by: Seat, at: datetime) -> None:
    """Take a relation off a document.

    :raises NotAllowedError: when the seat may not change the document.
    """
    demand(can_edit_document(by, link.document))
    _note("document.remove-relation", link, by, at)
    link.delete()


def _is_linked(document: Document, relation: str, target: Document | None) -> bool:
    return target is not None and document.links.filter(relation=relation, target=target).exists()


def _state(target: Document | None, *, is_asked: bool) -> LinkState:
    if target is not None:
        return LinkState.FOUND
    return LinkState.ASKED if is_asked else LinkState.NAMED


def _note(verb: str, link: DocumentLink, by: Seat, at: datetime) -> None:
    other = link.target.reference if link.target else f"{link.symbol} {link.issuer}".strip()
    after = {"relation": link.relation, "other": other, "found": link.state}
    deed = Deed(verb=verb, record=link.document, scope=link.document.owner_path, after=after)
    record(deed=deed, by=by, at=at)
