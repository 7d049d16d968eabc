"""Deeds on documents: entering, correcting and deleting them."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from kheo.audit.actions import Deed, record
from kheo.directives.actions.linking import release_links, resolve_waiting
from kheo.directives.enums import DocumentKind, LinkState
from kheo.directives.models import Document
from kheo.directives.queries.documents import KIND
from kheo.directives.queries.hanging import work_hanging_on
from kheo.directives.queries.twins import known_entry
from kheo.directives.rules import (
    Named,
    can_delete_document,
    can_edit_document,
    can_register_document,
    can_take_in,
)
from kheo.lib.text.documents import SymbolError, parse_symbol
from kheo.lib.text.folding import fold, normalise
from kheo.organisations.actions import By
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand
from kheo.search.actions import forget_records, index_records


class DocumentError(Exception):
    """The document cannot be kept so; the message says why."""


class KnownDocumentError(DocumentError):
    """The register has the document already; ``known`` is that entry."""

    def __init__(self, known: Document) -> None:
        """Keep the entry that is there."""
        super().__init__(
            _("The register has this document already: %s.") % known.reference_with_issuer
        )
        self.known = known


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
    period_from: int | None = None
    period_to: int | None = None


@transaction.atomic
def register_document(
    *,
    owner: Organisation,
    facts: DocumentFacts,
    is_another: bool = False,
    by: By,
    at: datetime,
) -> Document:
    """Enter a document; the owner's unit and all below it will see it.

    :param is_another: enter it although the register seems to have it already.
    :raises NotAllowedError: when the seat may not, or the document is secret.
    :raises KnownDocumentError: when the unit or a superior has entered it.
    :raises DocumentError: when the symbol cannot be read or something is missing.
    """
    if isinstance(by, Seat):
        demand(can_register_document(by))
    document = Document(owner=owner, owner_path=owner.path, created_at=at)
    document.created_by = by if isinstance(by, Seat) else None
    return put_down(document, facts, is_another=is_another, by=by, at=at)


def put_down(
    document: Document,
    facts: DocumentFacts,
    *,
    is_another: bool,
    after: dict[str, object] | None = None,
    by: By,
    at: datetime,
) -> Document:
    """Save a new document, let it be found, and point to it what was waiting for it.

    :raises KnownDocumentError: when the register has it already.
    """
    _write(document, facts)
    if not is_another and (known := known_entry(document.owner, named_of(document))):
        raise KnownDocumentError(known)
    document.save()
    index_records(kind=KIND, records=[document])
    resolve_waiting(document)
    told = facts_of_document(document) | (after or {})
    _note("document.register", document, by, at, {}, told)
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
    release_links(locked)
    resolve_waiting(locked)
    _note("document.edit", locked, by, at, before, facts_of_document(locked))
    return locked


@transaction.atomic
def delete_document(*, document: Document, by: By, at: datetime) -> None:
    """Delete a document on which no work hangs, with its files and what was read in them.

    Links of other documents to it stay, as those documents name it.

    :raises NotAllowedError: when the seat may not change it, or something hangs on it.
    :raises DocumentError: when something hangs on it and the system itself deletes.
    """
    locked = Document.objects.select_for_update().get(pk=document.pk)
    hanging = work_hanging_on(locked)
    if isinstance(by, Seat):
        demand(can_delete_document(by, locked, hanging))
    elif hanging:
        raise DocumentError(", ".join(hanging))
    _note("document.delete", locked, by, at, facts_of_document(locked), {})
    names = list(locked.files.values_list("file", flat=True))
    locked.backlinks.update(target=None, state=LinkState.NAMED)
    locked.links.all().delete()
    for reading in locked.readings.all():
        reading.findings.all().delete()
        reading.delete()
    locked.files.all().delete()
    forget_records(kind=KIND, record_ids=[locked.pk])
    locked.delete()
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))


def facts_of_document(document: Document) -> dict[str, object]:
    """Return what the audit keeps of a document."""
    names = ("kind", "symbol", "issued_on", "place", "issuer_name", "subject", "signatory")
    return {name: getattr(document, name) for name in (*names, "period_from", "period_to")}


def named_of(document: Document) -> Named:
    """Return a document as another paper would name it."""
    return Named(
        kind=document.kind,
        symbol=document.symbol,
        issued_on=document.issued_on.isoformat() if document.issued_on else "",
        issuer=document.issuer_name,
    )


def _write(document: Document, facts: DocumentFacts) -> None:
    demand(can_take_in(facts.subject, facts.symbol))
    for field in fields(DocumentFacts):
        value = getattr(facts, field.name)
        setattr(document, field.name, normalise(value) if isinstance(value, str) else value)
    if not document.subject or not document.issuer_name:
        raise DocumentError(_("A document needs an issuer and a subject."))
    if (document.period_from or 0) > (document.period_to or 9999):
        raise DocumentError(_("The period ends before it begins."))
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
    empty = ("", None)
    changed = {
        name
        for name in {*before, *after}
        if before.get(name, "") != after.get(name, "")
        and not (before.get(name, "") in empty and after.get(name, "") in empty)
    }
    deed = Deed(
        verb=verb,
        record=document,
        scope=document.owner_path,
        before={name: value for name, value in before.items() if name in changed},
        after={name: value for name, value in after.items() if name in changed},
    )
    record(deed=deed, by=by, at=at)
