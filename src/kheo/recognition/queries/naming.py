"""How decisions are cited in papers and on pages."""

from kheo.recognition.models import Decision


def reference_of(decision: Decision) -> str:
    """Write "Quyết định số 127-QĐ/HU ngày 15/10/2024", as far as it is known."""
    if decision.number is None or decision.issued_on is None:
        return "Quyết định (dự thảo)"
    return f"Quyết định số {decision.symbol} ngày {decision.issued_on:%d/%m/%Y}"
