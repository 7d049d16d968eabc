"""All that the reports below say under one heading, and what of it was taken over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from kheo.lib.text.prose import plain_prose, told_figures
from kheo.reviews.enums import ReportState
from kheo.reviews.models import Answer, OutlineHeading, Passage, Report, ReportFigure
from kheo.reviews.queries.figures import frozen_words_of
from kheo.reviews.queries.reports import late_on
from kheo.reviews.rules.passages import passages_of
from kheo.reviews.rules.reports import HANDED_IN, is_late_report

# what a filter of the page may say
FILLED, EMPTY, LATE, MISSING = "filled", "empty", "late", "missing"


@dataclass(frozen=True, slots=True)
class BelowFilter:
    """Which of the reports below the page shows."""

    standing: str = ""
    unit: int | None = None
    search: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage of an answer below; ``key`` names it in the form, with the version it is of."""

    key: str
    text: str
    is_taken: bool


@dataclass(frozen=True, slots=True)
class BelowRow:
    """What one report below says under the heading; nothing while it is not handed in."""

    report: Report
    answer: Answer | None
    pieces: tuple[Piece, ...]
    is_late: bool

    @property
    def is_in(self) -> bool:
        """Tell whether the report is handed in, so that it may be read and taken from."""
        return self.report.state in HANDED_IN


@dataclass(frozen=True, slots=True)
class Standing:
    """Who has handed in and who has not: while somebody is missing, all sums are provisional."""

    total: int
    handed_in: int
    missing: tuple[str, ...]
    returned: tuple[str, ...]
    late: tuple[str, ...]

    @property
    def is_provisional(self) -> bool:
        """Tell whether some report is still to come."""
        return bool(self.missing or self.returned)


@dataclass(frozen=True, slots=True)
class TakenPassage:
    """A passage in the own text: whose it is, and whether its words still stand there."""

    passage: Passage
    unit_name: str
    stands: bool
    source_changed: bool


def standing_below(report: Report, today: date) -> Standing:
    """Return how far the reports below are, with one statement; excused ones do not count."""
    rows = list(report.children.exclude(state=ReportState.EXCUSED).order_by("unit_name", "pk"))
    returned = [row for row in rows if row.state == ReportState.RETURNED]
    missing = [row for row in rows if row.state not in HANDED_IN and row not in returned]
    return Standing(
        total=len(rows),
        handed_in=len(rows) - len(returned) - len(missing),
        missing=_names(missing),
        returned=_names(returned),
        late=_names(row for row in rows if is_late_report(row, today)),
    )


def reports_below(
    report: Report, heading: OutlineHeading, chosen: BelowFilter, today: date
) -> QuerySet[Report]:
    """Return the reports below that pass a filter, by the names of the units."""
    rows = Report.objects.filter(parent=report).exclude(state=ReportState.EXCUSED)
    said = Answer.objects.filter(report=OuterRef("pk"), heading=heading).exclude(body="")
    if chosen.standing in {FILLED, EMPTY}:
        rows = rows.filter(
            Exists(said) if chosen.standing == FILLED else ~Exists(said), state__in=HANDED_IN
        )
    elif chosen.standing == MISSING:
        rows = rows.exclude(state__in=HANDED_IN)
    elif chosen.standing == LATE:
        rows = rows.filter(late_on(today))
    if chosen.unit is not None:
        rows = rows.filter(organisation=chosen.unit)
    if chosen.search:
        found = Exists(said.filter(body__icontains=chosen.search)) & Q(state__in=HANDED_IN)
        rows = rows.filter(found | Q(unit_name__icontains=chosen.search))
    return rows.order_by("unit_name", "pk")


def rows_below(
    reports: Sequence[Report], report: Report, heading: OutlineHeading, today: date
) -> list[BelowRow]:
    """Return what each of some reports below says, with three statements whatever their number.

    Drafts are the business of those who write them: only what was handed in is told.
    """
    told = [row.pk for row in reports if row.state in HANDED_IN]
    answers = {
        row.report_id: row for row in Answer.objects.filter(report__in=told, heading=heading)
    }
    words = frozen_words(told)
    taken = set(
        Passage.objects.filter(report=report, heading=heading).values_list("source_id", "text")
    )
    return [
        BelowRow(
            row,
            answer := answers.get(row.pk),
            answer_pieces(answer, words.get(row.pk, {}), taken),
            is_late_report(row, today),
        )
        for row in reports
    ]


def frozen_words(reports: Iterable[int]) -> dict[int, dict[int, str]]:
    """Return for each submitted report what its figures read, with one statement."""
    found: dict[int, dict[int, str]] = {}
    rows = ReportFigure.objects.filter(report__in=reports, frozen_value__isnull=False)
    for row in rows.select_related("indicator"):
        found.setdefault(row.report_id, {})[row.number] = frozen_words_of(row)
    return found


def answer_pieces(
    answer: Answer | None, words: dict[int, str], taken: set[tuple[int, str]] | None = None
) -> tuple[Piece, ...]:
    """Return the passages of an answer, their figures in plain words.

    :param taken: key of the answer and text of each passage that was taken already.
    """
    if answer is None:
        return ()
    known = taken or set()
    return tuple(
        Piece(
            key=f"{answer.pk}-{answer.version}-{place}",
            text=(text := told_figures(part, words)),
            is_taken=(answer.pk, text) in known,
        )
        for place, part in enumerate(passages_of(answer.body))
    )


def taken_passages(report: Report, heading: OutlineHeading, body: str) -> list[TakenPassage]:
    """Return the passages taken under a heading: whose words, and whether they still stand."""
    rows = Passage.objects.filter(report=report, heading=heading)
    plain = plain_prose(body)
    return [
        TakenPassage(
            row,
            row.source.report.unit_name,
            stands=plain_prose(row.text) in plain,
            source_changed=row.source.version != row.source_version,
        )
        for row in rows.select_related("source__report", "taken_by__user")
    ]


def submitted_answers(
    report: Report, heading: OutlineHeading | None = None
) -> list[tuple[Report, Answer]]:
    """Return what the submitted reports below say, by unit; one statement.

    :param heading: the only one wanted; without it all.
    """
    rows = Answer.objects.filter(report__parent=report, report__state__in=HANDED_IN)
    rows = rows if heading is None else rows.filter(heading=heading)
    rows = rows.exclude(body="").select_related("report").order_by("report__unit_name", "report_id")
    return [(row.report, row) for row in rows]


def _names(rows: Iterable[Report]) -> tuple[str, ...]:
    return tuple(row.unit_name for row in rows)
