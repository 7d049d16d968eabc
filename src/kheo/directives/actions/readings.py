"""Reads the files of documents and keeps what was found in them."""

from datetime import datetime

from django.db import transaction

from kheo.audit.actions import Deed, record
from kheo.directives.actions.documents import DocumentError
from kheo.directives.models import Document, DocumentFile, Finding, Reading
from kheo.directives.queries.refusals import why_refused
from kheo.directives.queries.scans import content_of
from kheo.lib.extraction.directives.found import Reading as Read
from kheo.lib.extraction.directives.reading import READER, read_document, read_scan
from kheo.lib.files.refusals import UnreadableFileError
from kheo.organisations.actions import By

BATCH = 500


@transaction.atomic
def read_document_file(
    *, document: Document, file: DocumentFile, scanned: str = "", by: By, at: datetime
) -> Reading:
    """Read a file of a document and keep the reading with all its findings.

    An earlier reading stays as it is, with what people decided on it.

    :param scanned: what an engine recognised on a scan (:func:`.scans.text_of_scan`).
    :raises DocumentError: when the file cannot be read; the message says why.
    """
    try:
        read = read_scan(scanned) if scanned else read_document(content_of(file), file.name)
    except UnreadableFileError as error:
        raise DocumentError(why_refused(error.code, error.limit)) from error
    reading = keep_reading(document, file, read, at)
    after = {"file": file.name, "count": len(read.findings)}
    deed = Deed(verb="document.read", record=document, scope=document.owner_path, after=after)
    record(deed=deed, by=by, at=at)
    return reading


def keep_reading(
    document: Document, file: DocumentFile | None, read: Read, at: datetime
) -> Reading:
    """Keep what was read; the deed that calls it leaves the trace."""
    facts = read.as_json()
    # the findings are rows of their own
    facts.pop("findings", None)
    reading = Reading.objects.create(
        document=document,
        file=file,
        facts=facts,
        warnings=list(read.warnings),
        reader=READER,
        read_at=at,
        text=read.text,
    )
    rows = [
        Finding(
            reading=reading,
            ordinal=ordinal,
            field=found.field,
            start=found.start,
            end=found.end,
            text=found.text,
            rule=found.rule,
            confidence=found.confidence,
            value=found.value,
            flags=list(found.flags),
            proposed=found.value,
        )
        for ordinal, found in enumerate(read.findings, start=1)
    ]
    Finding.objects.bulk_create(rows, batch_size=BATCH)
    return reading
