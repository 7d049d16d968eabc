"""Tells what a file is by its content and takes it apart."""

from kheo.lib.extraction.blocks.parts import Document
from kheo.lib.extraction.blocks.plain import plain_document
from kheo.lib.extraction.blocks.portable import pdf_document
from kheo.lib.extraction.blocks.word import word_document
from kheo.lib.extraction.blocks.workbooks import workbook_document
from kheo.lib.files.archives import check_archive
from kheo.lib.files.refusals import Limits, UnreadableFileError

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF = b"%PDF-"
_TEXT_ENDINGS = (".csv", ".tsv", ".txt")


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


_ENCRYPTED = _wide("EncryptedPackage")
_WORKBOOKS = (_wide("Workbook"), _wide("Book"))
_OLD_WORD = _wide("WordDocument")
_OLD_MACROS = _wide("_VBA_PROJECT_CUR")


def open_document(content: bytes, name: str, limits: Limits) -> Document:
    """Take a file apart; only text is told by the ending of its name.

    :raises UnreadableFileError: when it is refused as a whole.
    """
    if not content:
        raise UnreadableFileError("empty")
    if len(content) > limits.size:
        raise UnreadableFileError("too_large", limits.size)
    if content.startswith(_ZIP):
        return _zipped(content, limits)
    if content.startswith(_OLE):
        _check_old(content)
        return workbook_document(content, limits, kind="xls")
    if _PDF in content[:1024]:
        return pdf_document(content, limits)
    if name.lower().endswith(_TEXT_ENDINGS):
        return plain_document(content, limits)
    raise UnreadableFileError("unknown_type")


def _zipped(content: bytes, limits: Limits) -> Document:
    archive = check_archive(content, limits)
    if archive.has_macros:
        raise UnreadableFileError("macros")
    if archive.kind == "docx":
        return word_document(content, limits)
    return workbook_document(content, limits, kind=archive.kind)


def _check_old(content: bytes) -> None:
    if _ENCRYPTED in content:
        raise UnreadableFileError("password")
    if _OLD_MACROS in content:
        raise UnreadableFileError("macros")
    if not any(stream in content for stream in _WORKBOOKS):
        raise UnreadableFileError("old_word" if _OLD_WORD in content else "unknown_type")
