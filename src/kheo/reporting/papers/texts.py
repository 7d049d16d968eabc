"""Fills the texts of a layout: years, names and documents come from data, never from a template."""

from collections.abc import Mapping

from kheo.directives.enums import DocumentKind
from kheo.directives.models import VIETNAMESE_NAMES, Document
from kheo.rounds.models import Round
from kheo.rounds.queries.specs import PLACEHOLDER

UNKNOWN = "……"


def text_values(round: Round, unit: str) -> dict[str, str]:
    """Return what stands for each placeholder in the texts of a round's papers."""
    document = round.governing_document
    return {
        "year": str(round.year),
        "previous_year": str(round.year - 1),
        "unit": unit,
        "period": round.period.name,
        "governing_document": document.citation if document else UNKNOWN,
        "governing_reference": reference_to(document) if document else UNKNOWN,
    }


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its placeholders filled; what is not known is left as dots."""
    return PLACEHOLDER.sub(lambda found: values.get(found.group(1), UNKNOWN), text)


def reference_to(document: Document) -> str:
    """Cite a document by type, number, date and issuer, without its subject."""
    name = VIETNAMESE_NAMES[DocumentKind(document.kind)]
    number = f" số {document.symbol}" if document.symbol else ""
    day = f" ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    return f"{name}{number}{day} của {document.issuer_name}"
