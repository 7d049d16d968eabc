"""Reads the head of a paper: letterhead, number, place and date, kind and subject."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kheo.lib.extraction.directives.casing import in_ordinary_letters, in_sentence_letters
from kheo.lib.extraction.directives.days import real_day
from kheo.lib.extraction.directives.found import CERTAIN, LIKELY, UNSURE, Finding
from kheo.lib.extraction.directives.paper import Paper, Span
from kheo.lib.extraction.directives.rules import rule, table
from kheo.lib.text.documents import SymbolError, parse_symbol
from kheo.lib.text.folding import fold, normalise

_MOST_LINES = 60
_LONG = 170
_MOST_HEAD_LINES = 25
_ISSUING = ("chu tich", "uy ban", "ban thuong vu", "ban chap hanh", "bi thu", "quyet dinh")
_MOTTO = re.compile(r"dang cong san|cong hoa xa hoi|doc lap\s*-\s*tu do")
_NOTHING = re.compile(r"[\W_]*")
_SENTENCE = re.compile(r"[.:;,]$")
_LISTED = re.compile(r"(?:[IVX]{1,4}|\d{1,2}|[Aa])[.)]|[-+] |Điều \d|Phần |Chương ")
_LABEL = re.compile(r"(?:v\s?/\s?v\b|v[eề]\b(?:\s+vi[eệ]c\b)?)\s*:?\s*", re.IGNORECASE)


@dataclass
class Head:
    """The cells of a head by what they are; ``end`` is where the paper's own text begins."""

    letterhead: list[Span] = field(default_factory=list)
    number: re.Match[str] | None = None
    date: re.Match[str] | None = None
    title: Span | None = None
    subject: list[Span] = field(default_factory=list)
    subject_rule: str = ""
    motto: str = ""
    end: int = 0


def read_head(paper: Paper) -> Head:
    """Go through the lines of a head and put each cell where it belongs."""
    head = Head()
    last = -1
    least = _least_end(paper)
    for line in paper.lines[:_MOST_LINES]:
        head.end = line.start
        gap = "\n\n" in paper.text[max(last, 0) : line.start]
        # the date may run on over several lines
        cells = [c for c in paper.cells(line) if head.date is None or c.start >= head.date.end()]
        if line.start >= least and any(_ends(paper, cell, head, gap=gap) for cell in cells):
            return head
        for cell in cells:
            _place(paper, cell, head, gap=gap)
        last = line.end
    if len(paper.lines) <= _MOST_LINES:
        head.end = _first_sentence(paper, least)
    return head


def _first_sentence(paper: Paper, least: int) -> int:
    """Return where the first whole sentence below the letterhead begins, else the text's end."""
    for line in paper.lines:
        if line.start >= least and paper.text[line.start : line.end].endswith((".", ":", "./.")):
            return line.start
    return len(paper.text)


def _least_end(paper: Paper) -> int:
    """Return where the last motto, number or date stands that still belongs to the head."""
    least = 0
    for line in paper.lines[:_MOST_HEAD_LINES]:
        if line.end - line.start > _LONG:
            break
        for cell in paper.cells(line):
            folded = paper.folded[cell.start : cell.end]
            if _opens_body(folded):
                return least
            dated = rule("heads", "date.line").pattern.match(paper.plain, cell.start, cell.end + 40)
            number = rule("heads", "number.line").pattern.match(folded)
            if _MOTTO.match(folded) or number or (dated and dated["year"]):
                least = line.end
    return least


def _opens_body(folded: str) -> bool:
    names = ("addressees.label", "recipients.label")
    return any(rule("ends", name).pattern.match(folded) for name in names)


def head_findings(paper: Paper, head: Head) -> Iterator[Finding]:
    """Tell what a head says."""
    yield from _number(paper, head)
    yield from _date(paper, head)
    if head.title:
        code = _title_code(paper, head.title)
        if not head.number and code:
            title = head.title
            yield paper.finding("kind", (title.start, title.end), code, "kind.title", CERTAIN)
    if head.subject:
        first, last = head.subject[0], head.subject[-1]
        said = " ".join(paper.told(one.start, one.end) for one in head.subject)
        value = in_sentence_letters(_LABEL.sub("", said, count=1) if _LABEL.match(said) else said)
        sure = LIKELY if head.subject_rule == "subject.unlabelled" else CERTAIN
        yield paper.finding("subject", (first.start, last.end), value, head.subject_rule, sure)
    if head.letterhead:
        first, last = head.letterhead[0], head.letterhead[-1]
        lines = [paper.told(one.start, one.end) for one in head.letterhead]
        name = _issuer(lines)
        if name:
            yield paper.finding(
                "issuer", (first.start, last.end), name, "issuer.letterhead", CERTAIN
            )


def _ends(paper: Paper, cell: Span, head: Head, *, gap: bool) -> bool:
    """Tell whether a cell belongs to the paper's own text."""
    if cell.end - cell.start > _LONG:
        return True
    if _opens_body(paper.folded[cell.start : cell.end]):
        return True
    if not rule("heads", "body.opening").pattern.match(paper.plain, cell.start, cell.end):
        return False
    if head.title and not head.subject:
        # the subject stands right below the title, however it begins
        return bool(_SENTENCE.search(paper.of(cell))) or bool(_LISTED.match(paper.of(cell)))
    lower = paper.text[cell.start].islower()
    inside = bool(head.subject) and not gap and lower
    return not inside and (bool(head.title) or not lower or gap)


def _place(paper: Paper, cell: Span, head: Head, *, gap: bool) -> None:
    text, folded = paper.of(cell), paper.folded[cell.start : cell.end]
    if _NOTHING.fullmatch(text) or (head.subject and text.startswith("(")):
        return
    if _MOTTO.match(folded):
        head.motto = head.motto or ("party" if folded.startswith("dang") else "state")
        return
    rest = _numbered(paper, cell, head)
    dated = _dated(paper, rest, head)
    if dated or rest != cell:
        return
    if rule("heads", "subject.label").pattern.match(folded):
        head.subject, head.subject_rule = [cell], "subject.label"
    elif head.title is None and _title_code(paper, cell) and not head.subject:
        _entitle(paper, cell, head)
    elif text.isupper() and not (head.title and not head.subject):
        _add_in_capitals(paper, cell, head)
    else:
        _add_to_subject(cell, head, gap=gap, runs_on=_runs_on(paper, head, text))


def _entitle(paper: Paper, cell: Span, head: Head) -> None:
    """Keep a title; what follows the name of the kind on its line is the subject's beginning."""
    head.title = cell
    names = sorted(table("titles"), key=len, reverse=True)
    folded = paper.folded[cell.start : cell.end]
    name = next(one for one in names if folded.startswith(one))
    rest = paper.trimmed(cell.start + len(name), cell.end)
    head.subject, head.subject_rule = [], "subject.title"
    if rest.end - rest.start > 4:
        head.title = Span(cell.start, cell.start + len(name), cell.column)
        head.subject = [Span(rest.start, rest.end, cell.column)]


def _add_in_capitals(paper: Paper, cell: Span, head: Head) -> None:
    """Take a line in capitals as one of the letterhead, or as the rest of a subject in capitals."""
    if head.title is None and head.number is None:
        head.letterhead.append(cell)
    elif head.title and head.subject and paper.of(head.subject[-1]).isupper():
        folded = paper.folded[cell.start : cell.end]
        if not any(folded.startswith(one) for one in _ISSUING):
            head.subject.append(cell)


def _add_to_subject(cell: Span, head: Head, *, gap: bool, runs_on: bool) -> None:
    if head.title is None and not head.subject:
        # a letter whose subject has no "V/v" before it
        if head.number is not None and cell.column == 0:
            head.subject, head.subject_rule = [cell], "subject.unlabelled"
        return
    if not head.subject:
        head.subject = [cell]
    elif head.subject[-1].column == cell.column and (not gap or runs_on):
        head.subject.append(cell)


def _runs_on(paper: Paper, head: Head, text: str) -> bool:
    """Tell whether a line goes on with the subject that a broken line began."""
    above = paper.of(head.subject[-1]) if head.subject else ""
    return text[0].islower() or text[0] in '"“' or above.endswith(("-", "–", ","))


def _numbered(paper: Paper, cell: Span, head: Head) -> Span:
    """Take the number line out of a cell and return what is left."""
    found = rule("heads", "number.line").pattern.match(paper.folded, cell.start, cell.end)
    if found is None or head.number is not None:
        return cell
    if not paper.text[found.start("code") :].lstrip("-–/ 0123456789")[:1].isupper():
        return cell
    head.number = found
    return paper.trimmed(found.end(), cell.end)


def _dated(paper: Paper, cell: Span, head: Head) -> bool:
    if head.date is not None:
        return False
    for name in ("date.line", "date.short-line"):
        # the line may be broken, so that the date is sought beyond the end of the cell
        end = min(len(paper.text), cell.end + 40)
        found = rule("heads", name).pattern.match(paper.plain, cell.start, end)
        if found:
            head.date = found
            return True
    return False


def _title_code(paper: Paper, cell: Span) -> str | None:
    text = paper.of(cell)
    if not text.isupper() and not text.split("\n")[0].isupper():
        words = text.split()
        # "BÁO CÁO tổng kết phong trào": only the kind stands in capitals
        if len(words) < 3 or not " ".join(words[:2]).isupper():
            return None
    folded = fold(text)
    codes: dict[str, str] = dict(table("titles"))
    names = [name for name in codes if folded == name or folded.startswith(f"{name} ")]
    return codes[max(names, key=len)] if names else None


def _number(paper: Paper, head: Head) -> Iterator[Finding]:
    if head.number is None:
        return
    found = head.number
    code_at, code_end = found.span("code")
    written = "".join(paper.text[code_at:code_end].split()).strip(".…_").replace("–", "-")
    if written[:1].isalpha():
        written = f"-{written}"
    sample = f"{found['number'] or ''}{written}"
    try:
        parsed = parse_symbol(sample)
    except SymbolError:
        return
    yield paper.finding("kind", (code_at, code_end), parsed.kind, "kind.symbol", CERTAIN)
    if found["number"]:
        at, end = found.span("number")
        yield paper.finding("number", (at, end), int(found["number"]), "number.line", CERTAIN)
        yield paper.finding("symbol", (at, code_end), sample, "number.line", CERTAIN)


def _date(paper: Paper, head: Head) -> Iterator[Finding]:
    found = head.date
    if found is None:
        return
    if found["place"]:
        at, end = found.span("place")
        place = normalise(paper.text[at:end].strip(" ,"))
        yield paper.finding("place", (at, end), in_ordinary_letters(place), "date.line", CERTAIN)
    if not found["year"] or not found["month"]:
        return
    start = found.end("place") if found["place"] else found.start()
    start = paper.plain.find("ngày", start) if "ngày" in found[0] else found.start("day")
    year, month = int(found["year"]), int(found["month"])
    told = real_day(year, month, int(found["day"] or 1))
    value = told if found["day"] or told is None else told[:7]
    flags = () if told else ("no-such-date",)
    sure = CERTAIN if told else UNSURE
    yield paper.finding("issued_on", (start, found.end()), value, "date.line", sure, flags)


def _issuer(lines: list[str]) -> str:
    """Return the body of a letterhead: its last name, a department with its committee."""
    told = table("bodies")
    names: list[str] = []
    for line in lines:
        folded = fold(line)
        begins = any(folded == head or folded.startswith(f"{head} ") for head in told["heads"])
        if names and (not begins or _is_place(folded)):
            names[-1] = f"{names[-1]} {line}"
        elif begins:
            names.append(line)
    if not names:
        return ""
    name = in_ordinary_letters(names[-1])
    folded = fold(name)
    above = fold(names[-2]) if len(names) > 1 else ""
    is_department = any(folded.startswith(one) for one in told["departments"])
    if is_department and not above.startswith("dang bo") and above:
        return f"{name} {in_ordinary_letters(names[-2])}"
    return name


def _is_place(folded: str) -> bool:
    return any(folded.startswith(f"{place} ") for place in table("bodies")["places"]) and not any(
        folded.startswith(one) for one in table("bodies")["committees"]
    )
