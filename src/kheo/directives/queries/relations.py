"""What a document says of others and others of it, as a page shows it."""

from dataclasses import dataclass, field

from kheo.directives.enums import LinkState, Relation
from kheo.directives.models import Document, DocumentLink
from kheo.directives.queries.documents import documents_visible_to, listed_documents
from kheo.directives.queries.twins import candidates_for, named_in
from kheo.directives.rules import Match, match_of
from kheo.organisations.models import Seat

MOST = 100


@dataclass(frozen=True, kw_only=True)
class RelationRow:
    """One relation; ``other`` is none where the seat does not see it or the register lacks it."""

    link: DocumentLink
    other: Document | None
    candidates: list[Document] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Relations:
    """All relations of a document; the last two are said on top of its page."""

    named: list[RelationRow]
    naming: list[RelationRow]
    is_cut: bool

    @property
    def replaced_by(self) -> list[Document]:
        """Return the documents that replace it."""
        return self._from(Relation.REPLACES)

    @property
    def amended_by(self) -> list[Document]:
        """Return the documents that amend it."""
        return self._from(Relation.AMENDS)

    def _from(self, relation: Relation) -> list[Document]:
        return [row.other for row in self.naming if row.other and row.link.relation == relation]


def relations_of(document: Document, seat: Seat) -> Relations:
    """Return the relations of a document with four statements, whatever their number."""
    own = list(document.links.order_by("pk")[:MOST])
    others = list(document.backlinks.order_by("-pk")[: MOST + 1])
    keys = {link.target_id for link in own} | {link.document_id for link in others}
    rows = documents_visible_to(seat).filter(pk__in={key for key in keys if key})
    seen = {row.pk: row for row in listed_documents(rows)}
    asked = {link.symbol for link in own if link.state == LinkState.ASKED}
    candidates = candidates_for(document.owner, asked)
    return Relations(
        named=[
            RelationRow(
                link=link,
                other=seen.get(link.target_id or 0),
                candidates=_meant(link, candidates.get(link.symbol, [])),
            )
            for link in own
        ],
        naming=[
            RelationRow(link=link, other=seen[link.document_id])
            for link in others[:MOST]
            if link.document_id in seen
        ],
        is_cut=len(others) > MOST,
    )


def _meant(link: DocumentLink, rows: list[Document]) -> list[Document]:
    if link.state != LinkState.ASKED:
        return []
    named = named_in(link)
    return [row for row in rows if row.pk != link.document_id and match_of(named, row) > Match.NO]
