"""Forms of honour, proposals with their candidates, decisions, and the honours they confer."""

from kheo.recognition.models.honours import Honour, Revocation
from kheo.recognition.models.papers import (
    Decision,
    HonourCandidate,
    HonourForm,
    HonourProposal,
)

__all__ = [
    "Decision",
    "Honour",
    "HonourCandidate",
    "HonourForm",
    "HonourProposal",
    "Revocation",
]
