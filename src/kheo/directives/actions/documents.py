"""Deeds on documents: entering and correcting them."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.audit.actions import Deed, record
from kheo.directives.enums import DocumentKind
from kheo.directives.models import Document
from kheo.directives.queries.documents import KIND
from kheo.directives.rules import can_edit_document, can_register_document, can_take_in
from kheo.lib.text.documents import SymbolError, parse_symbol
from kheo.lib.text.folding import fold, normalise
from kheo.organisations.actions import By
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand
from kheo.search.actions import index_records


class DocumentError(Exception):
    """The document cannot be kept so; the message says why."""


class StaleDocumentError(DocumentError):
    """Somebody else has changed the document since the page was opened."""


@dataclass(frozen=True, kw_only=True)
class DocumentFacts:
    """What is written of a document; a draft has neither number nor date."""

    kind: str
    subject: str
    issuer_name: str
    symbol: str = ""
    issued_on: date | None = None
    place: str = ""
    issuer: Organisation | None = None
    signatory: str = ""


@transaction.atomic
def register_document(
    *, owner: Organisation, facts: DocumentFacts, by: By, at: datetime
) -> Document:
    """Enter a document; the owner's unit and all below it will see it.

    :raises NotAllowedError: when the seat may not, or the document is secret.
    :raises DocumentError: when the symbol cannot be read or something is missing.
    """
    if isinstance(by, Seat):
        demand(can_register_document(by))
    document = Document(owner=owner, owner_path=owner.path, created_at=at)
    document.created_by = by if isinstance(by, Seat) else None
    _write(document, facts)
    document.save()
    index_records(kind=KIND, records=[document])
    _note("document.register", document, by, at, {}, facts_of_document(document))
    return document


@transaction.atomic
def edit_document(
    *,
    document: Document,
    facts: DocumentFacts,
    seen_version: int | None = None,
    by: By,
    at: datetime,
) -> Document:
    """Correct what is written of a document.

    :raises NotAllowedError: when the seat may not, or the document is secret.
    :raises StaleDocumentError: when somebody else changed it since ``seen_version``.
    :raises DocumentError: when the symbol cannot be read or something is missing.
    """
    locked = Document.objects.select_for_update().get(pk=document.pk)
    if isinstance(by, Seat):
        demand(can_edit_document(by, locked))
    if seen_version is not None and seen_version != locked.version:
        raise StaleDocumentError(
            _("Somebody else has changed this document since you opened it. Look at it again.")
        )
    before = facts_of_document(locked)
    _write(locked, facts)
    locked.version += 1
    locked.save()
    index_records(kind=KIND, records=[locked])
    _note("document.edit", locked, by, at, before, facts_of_document(locked))
    return locked


def facts_of_document(document: Document) -> dict[str, object]:
    """Return what the audit keeps of a document."""
    names = ("kind", "symbol", "issued_on", "place", "issuer_name", "subject", "signatory")
    return {name: getattr(document, name) for name in names}


def _write(document: Document, facts: DocumentFacts) -> None:
    demand(can_take_in(facts.subject, facts.symbol))
    for field in fields(DocumentFacts):
        value = getattr(facts, field.name)
        setattr(document, field.name, normalise(value) if isinstance(value, str) else value)
    if not document.subject or not document.issuer_name:
        raise DocumentError(_("A document needs an issuer and a subject."))
    document.number = None
    if document.symbol:
        _write_symbol(document)
    words = f"{document.symbol} {document.type_name} {document.issuer_name} {document.subject}"
    document.search_key = fold(words)[:700]


def _write_symbol(document: Document) -> None:
    try:
        symbol = parse_symbol(document.symbol)
    except SymbolError:
        raise DocumentError(
            _("“%s” is not a number and symbol; write it like 31-KH/TU or 30/QĐ-UBND.")
            % document.symbol
        ) from None
    if symbol.kind in DocumentKind.values and symbol.kind != document.kind:
        raise DocumentError(
            _("The symbol “%(symbol)s” says %(told)s, but the type chosen is %(chosen)s.")
            % {
                "symbol": symbol,
                "told": DocumentKind(symbol.kind).label,
                "chosen": DocumentKind(document.kind).label,
            }
        )
    document.symbol, document.number = str(symbol), symbol.number


def _note(
    verb: str,
    document: Document,
    by: By,
    at: datetime,
    before: dict[str, object],
    after: dict[str, object],
) -> None:
    changed = {name for name in after if before.get(name, "") != after[name]}
    deed = Deed(
        verb=verb,
        record=document,
        scope=document.owner_path,
        before={name: value for name, value in before.items() if name in changed},
        after={name: value for name, value in after.items() if name in changed},
    )
    record(deed=deed, by=by, at=at)
