"""Reads directives and reports: the text of a file, then what it says and where it says it."""

from dataclasses import replace

from kheo.lib.extraction.blocks.old_fonts import with_modern_letters
from kheo.lib.extraction.blocks.opening import open_document
from kheo.lib.extraction.blocks.parts import Cell, Document, Line, Part
from kheo.lib.extraction.blocks.plain import plain_text
from kheo.lib.extraction.directives.assignments import assignment_findings
from kheo.lib.extraction.directives.cleaning import cleaned
from kheo.lib.extraction.directives.deadlines import When, deadline_findings
from kheo.lib.extraction.directives.ends import Ends, addressee_findings, read_ends
from kheo.lib.extraction.directives.figures import figure_findings
from kheo.lib.extraction.directives.forms import form_findings, theme_findings
from kheo.lib.extraction.directives.found import UNSURE, Finding, Reading
from kheo.lib.extraction.directives.heads import Head, head_findings, read_head
from kheo.lib.extraction.directives.layout import text_of
from kheo.lib.extraction.directives.outlines import (
    annex_findings,
    annexed_regions,
    outline_findings,
    plans_within,
)
from kheo.lib.extraction.directives.paper import Paper
from kheo.lib.extraction.directives.quotas import quota_findings
from kheo.lib.extraction.directives.references import Own, reference_findings
from kheo.lib.extraction.directives.resolving import as_when, completed, resolved
from kheo.lib.extraction.directives.verdicts import LONGEST, is_secret, unreadable, warnings_of
from kheo.lib.files.refusals import Limits, UnreadableFileError

__all__ = ["READER", "Finding", "Limits", "Reading", "UnreadableFileError"]
__all__ += ["read_document", "read_scan", "read_text"]

READER = "directives-1"
"""Names the rules that made a reading; it changes whenever they find something else."""
_LIMITS = Limits()


def read_document(content: bytes, name: str, *, limits: Limits = _LIMITS) -> Reading:
    """Read a Word, PDF, workbook or text file.

    :param name: the file's name; only text is told by its ending, all else by its content.
    :raises UnreadableFileError: when the file as a whole is refused; its ``code`` says why.
    """
    if name.lower().endswith(".txt") and 0 < len(content) <= limits.size:
        document = _as_document(plain_text(content))
        lines = with_modern_letters(document).parts[0].lines
        return read_text("\n".join(line.text for line in lines))
    return read_text(text_of(with_modern_letters(open_document(content, name, limits))))


def read_text(text: str) -> Reading:
    """Read the text of a paper.

    Warnings about the whole: empty, too-long, not-vietnamese, state-document, not-a-directive,
    table-only, secret; of a secret paper not even the text is returned.
    """
    whole = cleaned(text)
    if reason := unreadable(whole):
        return Reading("" if reason == "empty" else whole, (), (reason,))
    warnings: tuple[str, ...] = ()
    paper = Paper(whole[:LONGEST].rstrip())
    if len(whole) > LONGEST:
        warnings = ("too-long",)
    if is_secret(paper):
        return Reading("", (), ("secret",))
    head, findings = _findings(paper)
    warnings += warnings_of(paper, head, findings)
    return Reading(whole, resolved(findings, warnings), warnings)


def read_scan(text: str) -> Reading:
    """Read what an engine recognised on scanned pages: nothing in it is certain.

    Adds the warning "scanned" to those of :func:`read_text`.
    """
    read = read_text(text)
    if not read.text:
        return read
    doubtful = tuple(replace(one, confidence=UNSURE) for one in read.findings)
    return replace(read, findings=doubtful, warnings=(*read.warnings, "scanned"))


def _findings(paper: Paper) -> tuple[Head, list[Finding]]:
    head = read_head(paper)
    ends = read_ends(paper, head.end)
    found = [
        *head_findings(paper, head),
        *addressee_findings(paper, head.end),
        *ends.findings,
    ]
    found = completed(paper, head, ends, found)
    return head, [*found, *_body(paper, head, ends, found)]


def _body(paper: Paper, head: Head, ends: Ends, told: list[Finding]) -> list[Finding]:
    own: dict[str, object] = {one.field: one.value for one in reversed(told)}
    when: When = as_when(told)
    symbol = own.get("symbol")
    name = Own(str(symbol) if symbol else None, when.issued_on)
    start, stop = head.end, ends.start
    regions = [(start, stop), *annexed_regions(paper, ends.end)]
    found = [
        *reference_findings(paper, name, start, stop),
        *(one for region in regions for one in deadline_findings(paper, *region, when)),
        *assignment_findings(paper, start, stop),
        *outline_findings(paper, 0),
        *annex_findings(paper, ends.end),
        *form_findings(paper, start),
        *theme_findings(paper, start, stop),
        *figure_findings(paper, start, stop),
    ]
    if own.get("kind") == "BC":
        # what a report says of the past asks nothing of anybody
        regions = plans_within(paper, start, stop)
    return [
        *found,
        *(one for region in regions for one in quota_findings(paper, *region, when.year)),
    ]


def _as_document(text: str) -> Document:
    """Return a plain text as lines, empty ones among them, so that its letters can be judged."""
    lines = tuple(Line((Cell(line),), paragraph=n) for n, line in enumerate(text.splitlines(), 1))
    return Document((Part("", lines),))
