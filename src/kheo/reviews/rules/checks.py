"""What does not hold in a text by itself: sums, shares, years, the same model named twice."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from kheo.lib.extraction.directives.cleaning import cleaned
from kheo.lib.extraction.directives.figures import figure_findings
from kheo.lib.extraction.directives.paper import Paper
from kheo.lib.text.folding import fold
from kheo.lib.text.numbers import NumberError, format_number, parse_number
from kheo.lib.text.prose import Grid, parse, plain_spans

_SHARE = re.compile(r"(?<![\d.,/])\d{1,3}(?:[.,]\d+)?\s?%")
_NUMBER = re.compile(r"(?<![\d.,/-])\d+(?:\.\d{3})*(?:,\d+)?(?!\s?%|[\d.,/]*\d)")
_FRACTION = re.compile(r"\d+\s?/\s?\d+")
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+|\n")
# a year told as one; those of documents stand behind a stroke: 24/3/2017, 30/QĐ-UBND-2020
_YEAR = re.compile(r"(?<![\d/.,-])(?:19|20)\d{2}(?![\d/.,%]*\d)(?!\s?[%])")
_QUOTED = re.compile(r"[“\"]([^”\"\n]{12,200})[”\"]")
_MODELS = re.compile(
    r"(?<![\d.,/-])(\d{1,3}(?:\.\d{3})+|\d{1,6})\s+(?:mô hình,?\s*điển hình|mô hình|điển hình)"
)
_TOTAL_ROW = re.compile(r"tong( so| cong)?|cong|tong so:?")
_REGISTERED = re.compile(r"đăng ký|xây dựng", re.IGNORECASE)
_SHORTEST_TABLE = 3
_MOST_SHOWN = 90


def wrong_sums(text: str) -> Iterator[str]:
    """Yield what to say of each total that is told with parts that do not make it (S3: 386)."""
    paper = Paper(cleaned(text))
    for finding in figure_findings(paper, 0, len(paper.text)):
        value = finding.value
        if isinstance(value, dict) and not value["adds_up"]:
            yield _("“%(words)s”: the parts make %(sum)s, not %(total)s.") % {
                "words": _short(paper.text[finding.start : finding.end]),
                "sum": format_number(sum(value["parts"].values())),
                "total": format_number(value["total"]),
            }


def wrong_table_sums(text: str) -> Iterator[str]:
    """Yield what to say of each column of a table whose last row is not the sum of the others."""
    for block in parse(text):
        if isinstance(block, Grid) and len(block.rows) >= _SHORTEST_TABLE:
            yield from _wrong_columns([[plain_spans(cell) for cell in row] for row in block.rows])


def baseless_shares(text: str) -> Iterator[str]:
    """Yield what to say of each share in whose sentence no number tells what it is a share of."""
    for sentence in _SENTENCE_END.split(text):
        shares = _SHARE.findall(sentence)
        if shares and not _FRACTION.search(sentence) and not _NUMBER.search(sentence):
            yield _("%(share)s: the sentence does not say of how many.") % {"share": shares[0]}


def years_outside(text: str, years: range) -> Iterator[str]:
    """Yield what to say of each year that lies outside the period, once each."""
    told = {int(found) for found in _YEAR.findall(text)}
    for year in sorted(told):
        if year not in years:
            yield _("The year %(year)d lies outside the period %(first)d–%(last)d.") % {
                "year": year,
                "first": years[0],
                "last": years[-1],
            }


def named_twice(text: str) -> Iterator[str]:
    """Yield what to say of each model that is named twice in a text by the same name."""
    names = Counter(fold(name) for name in _QUOTED.findall(text))
    told = {fold(name): name for name in _QUOTED.findall(text)}
    for key, count in names.items():
        if count > 1:
            yield _("“%(name)s” is named %(count)d times: is it counted twice?") % {
                "name": told[key],
                "count": count,
            }


def typed_totals(text: str, known: Collection[int]) -> Iterator[str]:
    """Yield what to say of each number of registered models that the register does not know.

    :param text: without its figures: what was typed by hand.
    :param known: all numbers that the annexes of the report tell.
    """
    for sentence in _SENTENCE_END.split(text):
        if not _REGISTERED.search(sentence):
            continue
        for words in _MODELS.finditer(sentence):
            if int(words[1].replace(".", "")) not in known:
                yield _(
                    "“%(words)s” was typed by hand; neither the register nor the annexes of the"
                    " report tell this number. Insert it as a figure."
                ) % {"words": words[0]}


def _wrong_columns(rows: list[list[str]]) -> Iterator[str]:
    if not _TOTAL_ROW.fullmatch(fold(" ".join(rows[-1][:2])).strip(" .:")) and not any(
        _TOTAL_ROW.fullmatch(fold(cell).strip(" .:")) for cell in rows[-1][:2]
    ):
        return
    for column, head in enumerate(rows[0]):
        total = _number(rows[-1][column])
        parts = [_number(row[column]) for row in rows[1:-1]]
        told = [part for part in parts if part is not None]
        if total is None or not told or _is_ordinal(head) or sum(told) == total:
            continue
        yield _("Column “%(head)s” of the table makes %(sum)s, not %(total)s.") % {
            "head": _short(head),
            "sum": format_number(sum(told, Decimal(0))),
            "total": format_number(total),
        }


def _is_ordinal(head: str) -> bool:
    return fold(head).strip(" .") in {"tt", "stt", "so tt"} or "%" in head


def _number(text: str) -> Decimal | None:
    try:
        return parse_number(text.strip())
    except NumberError:
        return None


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _MOST_SHOWN else f"{words[: _MOST_SHOWN - 1]}…"
