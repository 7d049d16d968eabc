"""Which document governs what a paper asks for: the paper itself, or a guidance it rests on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kheo.directives.enums import DocumentKind
from kheo.directives.models import Document
from kheo.planning.queries.facts import CheckedPaper, Fact, day_of, paragraph_bounds

PAPER = "paper"
# what stands behind the symbol where a paper is named in full
_ABOUT = re.compile(
    r"[^;\n]{0,40}?\s+của\s+(?P<issuer>[^;,.\n]{3,120}?)"
    r"\s+(?P<about>(?:về|ban hành)\s[^;\n]{5,400})"
)
_ABOUT_ENDS = re.compile(r";|\.\s|\s+(?:gửi về|như sau|cụ thể)\b|\)\s*;")


@dataclass(frozen=True, kw_only=True)
class CitedDocument:
    """A document that a paper names, as it would be entered in the register."""

    kind: str
    symbol: str
    issued_on: date | None
    issuer_name: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class GoverningChoice:
    """A document that may govern; ``cited`` when it has to be entered first."""

    key: str
    document: Document | None = None
    cited: CitedDocument | None = None
    fact: Fact | None = None

    @property
    def label(self) -> str:
        """Return the document as papers name it."""
        if self.document is not None:
            return self.document.reference_with_issuer
        assert self.cited is not None  # noqa: S101 -- one of the two is always there
        cited = self.cited
        unsaved = Document(kind=cited.kind, symbol=cited.symbol, issued_on=cited.issued_on)
        return f"{unsaved.reference} của {cited.issuer_name}"


def governing_choices(paper: CheckedPaper, asking: Iterable[Fact]) -> tuple[GoverningChoice, ...]:
    """Return the documents that may govern what some facts ask, the likeliest first.

    A guidance on which the very paragraph rests governs its forms (S4 §3: "Căn cứ nội dung Hướng
    dẫn số 09-HD/HU … đăng ký"); else the paper itself does.
    """
    own = GoverningChoice(key=PAPER, document=paper.document)
    cited = list(_cited(paper))
    paragraphs = [_paragraph(paper.text, fact) for fact in asking]
    resting = [
        choice
        for choice in cited
        if _kind_of(choice) == DocumentKind.HD
        and any(_symbol_of(choice) in paragraph for paragraph in paragraphs)
    ]
    others = [choice for choice in cited if choice not in resting]
    return (*resting, own, *others)


def _cited(paper: CheckedPaper) -> Iterator[GoverningChoice]:
    targets = {
        link.symbol: link.target
        for link in paper.document.links.select_related("target")
        if link.target is not None
    }
    for fact in paper.of("reference"):
        symbol = str(fact.get("symbol") or "")
        if not symbol:
            continue
        if target := targets.get(symbol):
            yield GoverningChoice(key=f"document-{target.pk}", document=target, fact=fact)
        elif (entry := _as_entered(paper.text, fact, symbol)) is not None:
            yield GoverningChoice(key=f"cited-{fact.finding.pk}", cited=entry, fact=fact)


def _as_entered(text: str, fact: Fact, symbol: str) -> CitedDocument | None:
    kind = str(fact.get("kind") or "")
    if kind not in DocumentKind.values:
        return None
    issuer, subject = str(fact.get("issuer") or ""), ""
    for place in re.finditer(_spaced(symbol), text):
        if found := _ABOUT.match(text, place.end()):
            about = _ABOUT_ENDS.split(found["about"], maxsplit=1)[0]
            issuer, subject = issuer or found["issuer"], " ".join(about.split())
            break
    if not issuer:
        return None
    return CitedDocument(
        kind=kind,
        symbol=symbol,
        issued_on=day_of(fact.get("issued_on")),
        issuer_name=issuer,
        subject=subject or "về phong trào thi đua “Dân vận khéo”",
    )


def _paragraph(text: str, fact: Fact) -> str:
    first, last = paragraph_bounds(text, fact.finding.start, fact.finding.end)
    return re.sub(r"\s", "", text[first:last])


def _spaced(symbol: str) -> str:
    """Return a pattern that finds the symbol however it is spaced on the paper."""
    return r"\s*".join(re.escape(letter) for letter in symbol)


def _kind_of(choice: GoverningChoice) -> str:
    if choice.document is not None:
        return choice.document.kind
    return choice.cited.kind if choice.cited else ""


def _symbol_of(choice: GoverningChoice) -> str:
    if choice.document is not None:
        return choice.document.symbol
    return choice.cited.symbol if choice.cited else ""
