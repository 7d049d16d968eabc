"""One door to every format a paper is rendered in."""

from typing import Literal, assert_never

from kheo.lib.papers.nodes import Paper
from kheo.lib.papers.to_docx import to_docx
from kheo.lib.papers.to_html import to_html
from kheo.lib.papers.to_pdf import to_pdf
from kheo.lib.papers.to_text import to_text
from kheo.lib.papers.to_xlsx import to_xlsx

Format = Literal["docx", "pdf", "html", "txt", "xlsx"]


def render(paper: Paper, fmt: Format) -> bytes:
    """Render a paper; the same paper always gives the same bytes.

    :param fmt: "docx", "pdf", "html" (a fragment for paper.css), "txt" or "xlsx".
    """
    match fmt:
        case "docx":
            return to_docx(paper)
        case "pdf":
            return to_pdf(paper)
        case "html":
            return to_html(paper)
        case "txt":
            return to_text(paper)
        case "xlsx":
            return to_xlsx(paper)
        case _:
            assert_never(fmt)
