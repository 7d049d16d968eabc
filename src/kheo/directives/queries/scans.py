"""The text of a scan, where the administrator has installed an engine that recognises it."""

from django.conf import settings

from kheo.directives.models import DocumentFile
from kheo.lib.extraction.blocks.scans import recognised

_PDF = b"%PDF-"


def content_of(file: DocumentFile) -> bytes:
    """Return what a file of a document holds."""
    with file.file.open("rb") as stream:
        return bytes(stream.read())


def text_of_scan(content: bytes) -> str:
    """Return what the engine recognises on a scan; "" for any other file, or without an engine.

    It takes seconds a page: asked before a deed begins, so that nobody waits for its transaction.

    :raises UnreadableFileError: corrupt, too_many_pages, no_engine.
    """
    if not settings.OCR_ENGINE or _PDF not in content[:1024]:
        return ""
    return recognised(content, settings.OCR_ENGINE)
