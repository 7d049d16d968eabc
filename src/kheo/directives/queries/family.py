"""The family of a document: what it rests on, up to the top, and what rests on it, downwards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kheo.directives.enums import Relation
from kheo.directives.models import Document, DocumentLink
from kheo.directives.queries.documents import documents_visible_to
from kheo.directives.rules import Named
from kheo.organisations.models import Seat

UPWARD = (Relation.IMPLEMENTS, Relation.ANNEX_OF, Relation.AMENDS, Relation.REPLACES)
DEEPEST = 6
MOST = 200
SHOWN = ("kind", "symbol", "issued_on", "issuer_name", "subject", "issuer__level__name")


@dataclass(frozen=True, kw_only=True)
class Member:
    """One document of a family, with what rests on it; ``document`` is none where it is only named.

    ``relation`` says what it is to the one above it. ``is_again`` marks one shown further up.
    """

    document: Document | None
    named: Named
    relation: str = ""
    is_self: bool = False
    is_again: bool = False
    children: tuple["Member", ...] = ()

    @property
    def relation_label(self) -> str:
        """Return in words what it is to the one above."""
        return str(Relation(self.relation).label) if self.relation else ""

    @property
    def level(self) -> str:
        """Return the level of the issuer where that is one of our organisations."""
        if self.document is None or self.document.issuer is None:
            return ""
        return str(self.document.issuer.level.name)


@dataclass(frozen=True, kw_only=True)
class Family:
    """The trees a document stands in, and whether some of it is not shown."""

    roots: tuple[Member, ...]
    is_cut: bool

    @property
    def is_alone(self) -> bool:
        """Tell whether the document has neither anything above it nor below."""
        return len(self.roots) == 1 and not self.roots[0].children


@dataclass(frozen=True)
class _Edge:
    above: int
    below: int
    relation: str


def family_of(document: Document, seat: Seat) -> Family:
    """Return the family of a document as far as the seat sees it, with a bounded cost."""
    up, up_cut = _edges([document.pk], upward=True)
    down, down_cut = _edges([document.pk], upward=False)
    edges = {(edge.above, edge.below): edge for edge in (*up, *down)}
    keys = {document.pk, *(key for pair in edges for key in pair)}
    rows = documents_visible_to(seat).filter(pk__in=keys).select_related("issuer__level")
    seen = {row.pk: row for row in rows.only(*SHOWN, "listed_on")}
    seen[document.pk] = document
    kept = [edge for edge in edges.values() if edge.above in seen and edge.below in seen]
    roots = _grown(document, seen, kept)
    return Family(roots=tuple(_under_named(document, roots)), is_cut=up_cut or down_cut)


def _edges(start: Sequence[int], *, upward: bool) -> tuple[list[_Edge], bool]:
    """Return the links met on the way, level by level, with one statement each."""
    found: list[_Edge] = []
    known, layer = set(start), set(start)
    for _depth in range(DEEPEST):
        side = "document__in" if upward else "target__in"
        rows = DocumentLink.objects.filter(
            **{side: layer}, relation__in=UPWARD, target__isnull=False
        ).order_by("pk")
        edges = [_Edge(*row) for row in rows.values_list("target", "document", "relation")[:MOST]]
        found += edges
        layer = {edge.above if upward else edge.below for edge in edges} - known
        known |= layer
        if not layer or len(found) >= MOST:
            break
    return found[:MOST], bool(layer) or len(found) > MOST


def _grown(document: Document, seen: dict[int, Document], edges: Iterable[_Edge]) -> list[Member]:
    below: dict[int, list[_Edge]] = {}
    for edge in edges:
        below.setdefault(edge.above, []).append(edge)
    shown: set[int] = set()

    def member(pk: int, relation: str, line: frozenset[int]) -> Member:
        is_again = pk in shown
        shown.add(pk)
        following = [] if is_again else below.get(pk, [])
        following = sorted(following, key=lambda edge: (seen[edge.below].listed_on, edge.below))
        return Member(
            document=seen[pk],
            named=Named(),
            relation=relation,
            is_self=pk == document.pk,
            is_again=is_again,
            children=tuple(
                member(edge.below, edge.relation, line | {pk})
                for edge in following
                if edge.below not in line | {pk}
            ),
        )

    lower = {edge.below for edges_of in below.values() for edge in edges_of}
    tops = [pk for pk in seen if pk not in lower] or [document.pk]
    tops.sort(key=lambda pk: (seen[pk].listed_on, pk))
    return [member(pk, "", frozenset()) for pk in tops]


def _under_named(document: Document, roots: list[Member]) -> list[Member]:
    """Put what a document rests on but the register lacks above the tree, by name alone."""
    links = document.links.filter(relation__in=UPWARD, target=None).order_by("pk")
    named = [
        Member(
            document=None,
            named=Named(
                kind=link.kind, symbol=link.symbol, issued_on=link.issued_on, issuer=link.issuer
            ),
            relation=link.relation,
        )
        for link in links[:MOST]
    ]
    return [*named, *roots]
