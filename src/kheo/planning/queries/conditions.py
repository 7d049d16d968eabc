"""To whom a sentence applies: its own condition, each unit, its subject, the heading above it."""

import re

from kheo.directives.enums import FindingState
from kheo.lib.text.folding import fold, normalise
from kheo.planning.queries.facts import CheckedPaper, Fact, paragraph_bounds

_DEED = (
    r"(?:triển khai|tổng hợp|xây dựng|đăng ký|báo cáo|thực hiện|căn cứ|lựa chọn|chủ trì|tham mưu"
    r"|tổ chức(?!\s+(?:chính trị|hội|cơ sở|đảng|xã hội|thành viên))|gửi|tiến hành|rà soát"
    r"|có trách nhiệm|chỉ đạo|hoàn thành)"
)
_MARK = r"^[\s*+–-]*(?:\d+(?:\.\d+)*[.)]\s*|[a-zđ][.)]\s*)?"
_CONDITION = re.compile(
    rf"{_MARK}(?:riêng\s+)?đối\s+với\s+(?P<whom>[^:\n]{{2,900}}?)(?=\s*:|\s+{_DEED}\b)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    rf"{_MARK}(?:giao\s+|đề\s+nghị\s+|yêu\s+cầu\s+)?(?P<whom>[^:\n]{{6,900}}?)\s+{_DEED}\b",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\bmỗi\s+(?:cơ\s+quan|đơn\s+vị|địa\s+phương|tổ\s+chức)\b[^.;:\n]*$", re.IGNORECASE
)
_HEADING = re.compile(r"^\s*(?:\d+(?:\.\d+)*|[a-zđ])[.)]\s+(?P<whom>\S.{5,600})$")
_BODY = re.compile(
    r"\b(?:ban|bộ|công an|cơ quan|đảng|đoàn|đơn vị|hội|huyện|mặt trận|phòng|sở|thành|thị|tỉnh"
    r"|tổ chức|ủy ban|văn phòng|xã|phường|địa phương|chi bộ|lực lượng)\b",
    re.IGNORECASE,
)
_TORN = re.compile(r"(?:[,;]|\b(?:các|và|của|thuộc))\s*$", re.IGNORECASE)
HIGHEST_HEADING = 12


def condition_of(paper: CheckedPaper, fact: Fact) -> str:
    """Return to whom a fact applies, in the words of the paper; empty when to all that are asked.

    What a person corrected holds; of what was merely accepted the sentence itself is asked first.
    """
    told = fact.audience
    if fact.finding.state != FindingState.ACCEPTED:
        return told
    first, last = paragraph_bounds(paper.text, fact.finding.start, fact.finding.end)
    paragraph = paper.text[first:last]
    if found := _CONDITION.match(paragraph):
        return _tidy(found["whom"])
    if _EACH.search(paper.text[first : fact.finding.start]):
        return ""
    return _spoken_of(paper.text, first, paragraph, told)


def _spoken_of(text: str, first: int, paragraph: str, told: str) -> str:
    subject = _SUBJECT.match(paragraph)
    whom = _tidy(subject["whom"]) if subject else ""
    if _is_whole(told):
        # the subject of a sentence may be longer than the body nearest to its deed
        return whom if whom != told and fold(whom).endswith(fold(told)) else told
    return _heading_above(text, first) or (whom if told and _is_whole(whom) else "")


def _heading_above(text: str, first: int) -> str:
    """Return the bodies that a heading above a paragraph names (S1 IV.1), past its own items."""
    lines = [line for line in text[:first].splitlines() if line.strip()]
    for line in reversed(lines[-HIGHEST_HEADING:]):
        found = _HEADING.match(line.strip(" *"))
        if found:
            whom = _tidy(found["whom"])
            return whom if _is_whole(whom) and not re.search(rf"\b{_DEED}\b", whom) else ""
    return ""


def _is_whole(words: str) -> bool:
    return bool(words and _BODY.search(words) and not _TORN.search(words)) and not re.match(
        r"(?:theo|để|gửi|trong)\b", words, re.IGNORECASE
    )


def _tidy(words: str) -> str:
    return normalise(words).strip(" *.,;:")
