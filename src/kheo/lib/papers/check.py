"""Is a paper in due form? The parts that must be there, and how they must be written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kheo.lib.papers.measures import PROFILES
from kheo.lib.papers.nodes import AnnexHead, Closing, Letterhead, Paper, Table, Title

Part = Literal["profile", "title", "head", "number", "date", "kind", "table", "recipients", "sign"]

_SYMBOL = r"[A-ZĐ][\wĐđ]*"
_PARTY_NUMBER = re.compile(rf"Số\s+\d*\s*-{_SYMBOL}/{_SYMBOL}(-{_SYMBOL})*")
_STATE_NUMBER = re.compile(rf"Số:\s*\d*\s*/{_SYMBOL}(-{_SYMBOL})*")
_COLLECTIVE = ("BAN THƯỜNG VỤ", "BAN CHẤP HÀNH", "THƯỜNG TRỰC")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is missing or wrong, and in which part of the paper."""

    part: Part
    message: str


def problems(paper: Paper) -> list[Problem]:
    """Return what keeps a paper from being in due form; none for a good one.

    A paper with a number is an issued document and needs everything the rules of its profile name;
    one without is a form or a list, which needs an issuer, a name and a place to sign.
    """
    if paper.profile not in PROFILES:
        return [Problem("profile", f"there is no profile {paper.profile!r}")]
    found = [*_names(paper), *_tables(paper), *_signatures(paper)]
    head = paper.head
    if head is None:
        return [Problem("head", "the paper has no letterhead"), *found]
    return [*_head(head), *(_issued(head, paper) if head.number else ()), *found]


def _names(paper: Paper) -> Iterator[Problem]:
    if not paper.title.strip():
        yield Problem("title", "the file has no title in its properties")
    letter = bool(paper.head and paper.head.about)
    if not letter and not any(isinstance(block, Title | AnnexHead) for block in paper.body):
        yield Problem("kind", "the paper does not say what it is")


def _tables(paper: Paper) -> Iterator[Problem]:
    for block in paper.body:
        if isinstance(block, Table) and not all(column.heading for column in block.columns):
            yield Problem("table", "a column of a table has no heading")


def _head(head: Letterhead) -> Iterator[Problem]:
    if not any(line.strip() for line in head.issuers):
        yield Problem("head", "the letterhead names no issuer")


def _issued(head: Letterhead, paper: Paper) -> Iterator[Problem]:
    state = paper.profile.startswith("state")
    form, example = (_STATE_NUMBER, "Số: 30/QĐ-UBND") if state else (_PARTY_NUMBER, "Số 31-KH/TU")
    if not form.fullmatch(head.number.strip()):
        yield Problem("number", f"{head.number!r} is not written like {example!r}")
    if not head.motto:
        yield Problem("head", "the right head is missing")
    if any(line != line.upper() for line in (*head.superiors, *head.issuers)):
        yield Problem("head", "superior and issuer are written in capitals")
    if not head.place_and_date:
        yield Problem("date", "place and date are missing")
    closings = [block for block in paper.body if isinstance(block, Closing)]
    if not any(closing.recipients for closing in closings):
        yield Problem("recipients", "no recipients are named")
    if not any(signer.name for closing in closings for signer in closing.signers):
        yield Problem("sign", "the signer has no name")


def _signatures(paper: Paper) -> Iterator[Problem]:
    closings = [block for block in paper.body if isinstance(block, Closing)]
    if not any(closing.signers for closing in closings):
        yield Problem("sign", "there is no place to sign")
    party = paper.profile.startswith("party")
    for signer in (signer for closing in closings for signer in closing.signers):
        authority = signer.authority.upper()
        if party and authority.startswith("K/T") and authority.endswith(_COLLECTIVE):
            yield Problem("sign", "nobody signs K/T for a collective committee; write T/M")
        if authority.startswith("TM" if party else "T/M"):
            yield Problem("sign", f"write {'T/M' if party else 'TM.'} for the authority")
