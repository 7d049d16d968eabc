"""The papers that a reading found to be named, as the register writes them."""

from collections.abc import Iterable, Mapping
from typing import Any

from kheo.directives.enums import Relation
from kheo.directives.rules import Named
from kheo.lib.text.documents import SymbolError, parse_symbol
from kheo.lib.text.folding import fold, normalise

MOST_REFERENCES = 200


def named_papers(references: Iterable[Mapping[str, Any]]) -> list[tuple[str, Named]]:
    """Return the papers that a reading found to be named, once each, with the relation to them.

    :param references: values of the shape {symbol, kind, issued_on, issuer, relation}.
    """
    found: dict[tuple[str, str, str, str], tuple[str, Named]] = {}
    for told in list(references)[:MOST_REFERENCES]:
        relation = str(told.get("relation") or "")
        named = Named(
            kind=str(told.get("kind") or "")[:10],
            symbol=readable_symbol(str(told.get("symbol") or "")),
            issued_on=str(told.get("issued_on") or "")[:10],
            issuer=normalise(str(told.get("issuer") or ""))[:300],
        )
        if relation not in Relation.values:
            relation = Relation.CITES
        if named.symbol or named.issuer:
            key = (relation, named.symbol, named.issued_on, fold(named.issuer))
            found.setdefault(key, (relation, named))
    return list(found.values())


def readable_symbol(text: str) -> str:
    """Return a symbol as the register writes it, or as it stands where it is none."""
    try:
        return str(parse_symbol(text))
    except SymbolError:
        return normalise(text)[:60]
