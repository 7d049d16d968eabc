"""Every refusal of a file that reading knows is told in words of its own."""

import re

import pytest
from tests.house.house import ROOT

from kheo.intake.queries.words import REFUSALS, refusal_words

SOURCES = [*(ROOT / "src/kheo/lib/files").rglob("*.py")]
SOURCES += (ROOT / "src/kheo/lib/extraction").rglob("*.py")
# forms are not recognised on scans; what may go wrong there has its words in the register
SOURCES.remove(ROOT / "src/kheo/lib/extraction/blocks/scans.py")
RAISED = re.compile(r'UnreadableFileError\("(\w+)"(?:.*else "(\w+)")?')
TEXT = "\n".join(path.read_text() for path in SOURCES)
CODES = sorted({code for found in RAISED.findall(TEXT) for code in found if code})


def test_reading_knows_refusals() -> None:
    assert {"password", "macros", "old_word", "unknown_type", "too_many_pages"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_refusal_has_words(code: str) -> None:
    assert code in REFUSALS
    words = refusal_words({"code": code, "limit": 7})
    assert words
    assert "%" not in words
