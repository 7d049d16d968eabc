"""How decisions are called: their symbol, and the reference that papers cite."""

from kheo.lib.text.documents import Style, Symbol
from kheo.recognition.enums import Track
from kheo.recognition.models import Decision

KIND = "QĐ"


def symbol_of(decision: Decision) -> Symbol:
    """Return number and symbol, 127-QĐ/HU or 30/QĐ-UBND by the track."""
    style = Style.PARTY if decision.track == Track.PARTY else Style.STATE
    return Symbol(decision.number, KIND, decision.letters or "…", style)


def reference_of(decision: Decision) -> str:
    """Write "Quyết định số 127-QĐ/HU ngày 15/10/2024", as far as it is known."""
    if decision.number is None or decision.issued_on is None:
        return "Quyết định (dự thảo)"
    return f"Quyết định số {symbol_of(decision)} ngày {decision.issued_on:%d/%m/%Y}"
