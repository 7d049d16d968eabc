"""What review a paper asks for: its outline, the cascade of due dates, the annexes to attach."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from kheo.lib.text.folding import fold, normalise
from kheo.organisations.models import Level, Organisation
from kheo.planning.queries.asked_bodies import asking_ground
from kheo.planning.queries.conditions import condition_of
from kheo.planning.queries.facts import CheckedPaper, Fact, day_of
from kheo.planning.queries.round_proposal import Question
from kheo.reviews.enums import GUIDING_DOCUMENTS, TABLE_CODES, ReviewKind
from kheo.rounds.actions.rounds import same_day

_KINDS = (
    (re.compile(r"\bsơ\s+kết\b", re.IGNORECASE), ReviewKind.INTERIM),
    (re.compile(r"\btổng\s+kết\s+(?:công\s+tác\s+)?năm\b", re.IGNORECASE), ReviewKind.YEARLY),
    (re.compile(r"\btổng\s+kết\b", re.IGNORECASE), ReviewKind.FINAL),
    # "báo cáo kết quả thực hiện phong trào … năm 2026", and not of a longer period
    (
        re.compile(
            r"\bbáo\s+cáo\b(?:(?!giai\s+đoạn|\d\s+năm).)*\bnăm\s+20\d\d\W*$",
            re.IGNORECASE | re.DOTALL,
        ),
        ReviewKind.YEARLY,
    ),
    (re.compile(r"\bbáo\s+cáo\b", re.IGNORECASE), ReviewKind.AD_HOC),
)
_SPAN = re.compile(r"(?P<years>\d{1,2})\s*năm\s+thực\s+hiện", re.IGNORECASE)
_ATTACHED = re.compile(r"^\(?\s*kèm\s+theo\b", re.IGNORECASE)
_OUTLINE = re.compile(r"đề\s+cương", re.IGNORECASE)
_RUN_TOGETHER = re.compile(r"\.\s*\**\s*[IVX]+\.\s+")
_DASHES = ("- ", "– ", "• ")
LONGEST_TITLE = 400
LONGEST_POINTS = 4000
# what the reader calls the annexes that are no tables of a report
NO_TABLES = frozenset({"outline", "M1", "M2"})
# reports, and whatever else is to be handed in and is no registration, meeting or task
REPORTING = frozenset({"report", "consolidate", "review", "task"})


@dataclass(frozen=True, kw_only=True)
class DueProposal:
    """Who reports until when, with the level where the words mean one alone."""

    audience: str
    due_on: date
    level: Level | None
    fact: Fact


@dataclass(frozen=True, kw_only=True)
class HeadingProposal:
    """A heading of the outline, how deep it stands, and the points that stand below it."""

    title: str
    depth: int
    fact: Fact
    guidance: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AnnexProposal:
    """A table the paper attaches: its title, and the official layout it is."""

    title: str
    layout_code: str
    fact: Fact | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewProposal:
    """A review as the paper asks for it."""

    title: str
    kind: str
    period_from: date | None
    period_to: date | None
    headings: tuple[HeadingProposal, ...]
    dues: tuple[DueProposal, ...]
    annexes: tuple[AnnexProposal, ...]
    sources: dict[str, tuple[Fact, ...]] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Return all facts behind the review, each once."""
        rows: list[Fact] = [*(heading.fact for heading in self.headings)]
        rows += [due.fact for due in self.dues]
        rows += [annex.fact for annex in self.annexes if annex.fact]
        rows += [fact for facts in self.sources.values() for fact in facts]
        return tuple({fact.finding.pk: fact for fact in rows}.values())


def review_proposal(
    paper: CheckedPaper, organiser: Organisation, today: date
) -> ReviewProposal | None:
    """Return the review a paper asks for, or None when it carries no outline and asks for none."""
    headings = paper.of("outline")
    dues = [fact for fact in paper.of("deadline") if fact.get("role") in REPORTING]
    subject = paper.document.subject
    kind = kind_asked(subject)
    if not headings and (kind is None or not dues):
        return None
    first, last, basis = _period(paper)
    proposals = _dues(paper, organiser, dues, today)
    proposal = ReviewProposal(
        title=_capital(subject)[:300],
        kind=kind or ReviewKind.AD_HOC,
        period_from=first,
        period_to=last,
        headings=tuple(_headings(headings, paper.text)),
        dues=tuple(proposals),
        annexes=tuple(_annexes(paper)),
        sources={"period": (basis,)} if basis else {},
    )
    return _with_questions(proposal, dues)


def kind_asked(subject: str) -> ReviewKind | None:
    """Return what kind of review the subject of a paper asks for, if any."""
    return next((kind for pattern, kind in _KINDS if pattern.search(subject)), None)


def _period(paper: CheckedPaper) -> tuple[date | None, date | None, Fact | None]:
    """Return the period covered: so many years since the document that was carried out."""
    subject = paper.document.subject
    years = _SPAN.search(subject) or _SPAN.search(paper.text)
    for fact in paper.of("reference"):
        begun = day_of(fact.get("issued_on"))
        symbol = str(fact.get("symbol") or "")
        if begun and symbol and fold(symbol) in fold(subject) and years:
            ended = same_day(begun, int(years["years"])) - timedelta(days=1)
            return begun, ended, fact
    told = (paper.document.period_from, paper.document.period_to)
    if told[0] and told[1]:
        return date(told[0], 1, 1), date(told[1], 12, 31), None
    return None, None, None


def _headings(facts: Iterable[Fact], text: str) -> Iterator[HeadingProposal]:
    for fact in facts:
        points = tuple(points_below(text, fact.finding.end))
        depth = int(fact.get("depth") or 1)
        title = normalise(str(fact.get("title") or ""))
        # S0 runs two main headings into one line: "IV. … thời gian tới.V. Những đề xuất"
        for place, part in enumerate(_RUN_TOGETHER.split(title)):
            if words := part.strip(" .:;"):
                last = not title.partition(part)[2].strip(" .:;")
                yield HeadingProposal(
                    title=words,
                    depth=1 if place else depth,
                    fact=fact,
                    guidance=points if last else (),
                )


def points_below(text: str, end: int) -> Iterator[str]:
    """Yield the points with a dash that follow a heading, as far as they stand together (S0).

    :param end: where the heading ends in the text of the paper.
    """
    for line in text[end : end + LONGEST_POINTS].splitlines()[1:]:
        said = line.strip()
        if said and not said.startswith(_DASHES):
            return
        if said:
            yield normalise(said[1:])


def _dues(
    paper: CheckedPaper, organiser: Organisation, facts: list[Fact], today: date
) -> list[DueProposal]:
    """Return the due dates, earliest first; each says who reports in the words of the paper."""
    day = paper.day or today
    ground = asking_ground(organiser, paper.document, day, decided=paper.decided)
    whom = {fact.finding.pk: condition_of(paper, fact) for fact in facts}
    meant = ground.meant_by([words for words in whom.values() if words])
    levels = {level.code: level for level in Level.objects.all()}
    found = []
    for fact in facts:
        if (due_on := day_of(fact.get("on"))) is None:
            continue
        words = whom[fact.finding.pk]
        on_levels = {level for _kind, level in getattr(meant.get(words), "pairs", ())}
        level = levels[on_levels.pop()] if len(on_levels) == 1 else None
        who = _capital(words) or normalise(str(fact.get("task") or "")) or _("all units")
        found.append(DueProposal(audience=who[:1000], due_on=due_on, level=level, fact=fact))
    return sorted(found, key=lambda due: due.due_on)


def _annexes(paper: CheckedPaper) -> Iterator[AnnexProposal]:
    """Return the tables that the paper attaches, as its reader found them, else by their heads."""
    facts = paper.of("annex")
    if facts:
        for fact in facts:
            code = str(fact.get("layout") or "")
            if code not in NO_TABLES:
                code = code if code in TABLE_CODES else ""
                yield AnnexProposal(
                    title=_title_case(fact.finding.text), layout_code=code, fact=fact
                )
        return
    for title in _attached_tables(paper.text):
        layout = _layout(title, paper.text)
        yield AnnexProposal(title=_title_case(title), layout_code=layout)


def _title_case(title: str) -> str:
    """Write a title in capitals as a sentence; the movement keeps its own."""
    words = normalise(title)
    if words.upper() == words:
        words = _capital(words.lower()).replace("dân vận khéo", "Dân vận khéo")
    return words


def _attached_tables(text: str) -> Iterator[str]:
    """Return the titles above "(Kèm theo …)" that a table with tabs follows."""
    lines = [line.strip() for line in text.splitlines()]
    filled = [place for place, line in enumerate(lines) if line]
    for index, place in enumerate(filled):
        if index == 0 or not _ATTACHED.match(lines[place]):
            continue
        title = _title_before(lines, filled[:index])
        following = [lines[later] for later in filled[index + 1 : index + 4]]
        if title and not _OUTLINE.match(title) and any("\t" in line for line in following):
            yield title


def _title_before(lines: list[str], places: list[int]) -> str:
    """Return the lines in capitals that stand right above an attachment's reference."""
    parts: list[str] = []
    for place in reversed(places):
        line = lines[place]
        if "\t" in line or line.upper() != line or len(" ".join([line, *parts])) > LONGEST_TITLE:
            break
        parts.insert(0, line)
    return " ".join(parts)


def _layout(title: str, text: str) -> str:
    if "tong hop van ban" in fold(title):
        return GUIDING_DOCUMENTS
    if "so mo hinh" not in fold(title):
        return ""
    return "S0" if re.search(r"nhân\s+rộng\s+\(dự\s+kiến", text, re.IGNORECASE) else "S1"


def _with_questions(proposal: ReviewProposal, dues: list[Fact]) -> ReviewProposal:
    asked = []
    if proposal.period_from is None:
        asked.append(Question(_("Which period does the review cover?")))
    if not proposal.headings:
        asked.append(
            Question(_("The paper carries no outline; write one after the review is made."))
        )
    if not proposal.dues:
        asked.append(Question(_("The paper says no date by which to report."), tuple(dues)))
    return ReviewProposal(**(vars(proposal) | {"questions": tuple(asked)}))


def _capital(text: str) -> str:
    words = re.sub(r"^(?:về việc|về|v/v)\s+", "", normalise(text), flags=re.IGNORECASE)
    return words[:1].upper() + words[1:]
