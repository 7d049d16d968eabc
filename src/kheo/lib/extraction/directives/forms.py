"""Finds the forms that a paper asks for, and the theme of the year."""

from collections.abc import Iterator

from kheo.lib.extraction.directives.found import Finding
from kheo.lib.extraction.directives.paper import Paper
from kheo.lib.extraction.directives.rules import rule


def form_findings(paper: Paper, start: int) -> Iterator[Finding]:
    """Yield each form once, where it is first named, in the order of their names."""
    one = rule("forms", "form.named")
    seen: dict[str, Finding] = {}
    for found in one.found_in(paper, start, len(paper.text)):
        last = found["last"] or found["number"]
        for number in range(int(found["number"]), int(last) + 1):
            span = (found.start(), found.end())
            seen.setdefault(
                f"M{number}", paper.finding("form", span, f"M{number}", one.id, one.confidence)
            )
    yield from (seen[name] for name in sorted(seen))


def theme_findings(paper: Paper, start: int, end: int) -> Iterator[Finding]:
    """Yield the theme that models are to follow, without the quotes around it."""
    for name in ("theme.nested", "theme.named"):
        one = rule("forms", name)
        for found in one.found_in(paper, start, end):
            at, until = found.span("theme")
            value = " ".join(paper.text[at:until].split()).strip(" .,;")
            yield paper.finding("theme", (at, until), value, one.id, one.confidence)
            return
