"""What a report says under its headings: the tree with its texts, who writes now, versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from kheo.organisations.models import Seat
from kheo.reviews.models import Answer, AnswerVersion, OutlineHeading, Report, ReportRemark
from kheo.reviews.queries.reviews import depths_of
from kheo.reviews.rules.answers import is_fresh


@dataclass(frozen=True)
class AnswerLine:
    """A heading of a report with what stands under it; main headings may stay empty."""

    heading: OutlineHeading
    depth: int
    answer: Answer | None
    is_leaf: bool
    here: Seat | None = None
    remarks: Sequence[ReportRemark] = field(default_factory=tuple)

    @property
    def body(self) -> str:
        """Return the text, empty where nothing was written."""
        return self.answer.body if self.answer else ""

    @property
    def is_filled(self) -> bool:
        """Tell whether something is written."""
        return bool(self.body)

    @property
    def version(self) -> int:
        """Return the version that a page shows: 1 where nothing was written yet."""
        return self.answer.version if self.answer else 1


@dataclass(frozen=True)
class Course:
    """How much of a report is written: headings with nothing below them, and those filled."""

    filled: int
    asked: int
    remarked: int


def answers_of(report: Report) -> dict[int, Answer]:
    """Return what stands under each heading, by the key of the heading, in one statement."""
    rows = report.answers.select_related("edited_by__user", "opened_by__user")
    return {row.heading_id: row for row in rows}


def texts_of_report(report: Report) -> list[tuple[int, str, str, str]]:
    """Return key, number, title and text of each heading, from top to bottom."""
    bodies = dict(report.answers.values_list("heading_id", "body"))
    rows = report.review.headings.values_list("pk", "number", "title")
    return [(pk, number, title, bodies.get(pk, "")) for pk, number, title in rows]


def answer_lines(
    report: Report, now: datetime, *, seat: Seat | None = None, hidden: bool = False
) -> list[AnswerLine]:
    """Return the outline of a report with what stands under each heading, in three statements.

    :param seat: who looks; others who write at this moment are named.
    :param hidden: leave texts and remarks out, for those who may not read them yet.
    """
    headings = list(report.review.headings.all())
    depths = depths_of(headings)
    parents = {heading.parent_id for heading in headings}
    answers: Mapping[int, Answer] = {} if hidden else answers_of(report)
    remarks = {} if hidden else open_remarks(report)
    return [
        AnswerLine(
            heading,
            depths[heading.pk],
            answers.get(heading.pk),
            heading.pk not in parents,
            _here(answers.get(heading.pk), seat, now),
            remarks.get(heading.pk, ()),
        )
        for heading in headings
    ]


def open_remarks(report: Report) -> dict[int | None, list[ReportRemark]]:
    """Return the remarks that wait to be answered, by heading; None is the whole report."""
    found: dict[int | None, list[ReportRemark]] = {}
    rows = report.remarks.filter(answered_at=None).select_related("made_by__user")
    for row in rows.select_related("made_by__organisation"):
        found.setdefault(row.heading_id, []).append(row)
    return found


def course_of_writing(lines: Sequence[AnswerLine]) -> Course:
    """Count what is written and what is still to be put right."""
    asked = [line for line in lines if line.is_leaf]
    return Course(
        filled=sum(line.is_filled for line in asked),
        asked=len(asked),
        remarked=sum(bool(line.remarks) for line in lines),
    )


def headings_beside(
    lines: Sequence[AnswerLine], heading: OutlineHeading
) -> tuple[OutlineHeading | None, OutlineHeading | None]:
    """Return the headings before and after one, to go on writing without the way back."""
    headings = [line.heading for line in lines]
    place = headings.index(heading)
    before = headings[place - 1] if place else None
    after = headings[place + 1] if place + 1 < len(headings) else None
    return before, after


def versions_of_answer(answer: Answer | None) -> QuerySet[AnswerVersion]:
    """Return all that stood under a heading, newest first."""
    if answer is None:
        return AnswerVersion.objects.none()
    return answer.versions.select_related("made_by__user", "made_by__organisation")


def earlier_text(report: Report, heading: OutlineHeading) -> tuple[Report, str] | None:
    """Return what the same body wrote under the same heading in its last review, if anything.

    Headings are the same when their words are, or else when both ask for the same field or thing.
    """
    before = Report.objects.filter(
        organisation=report.organisation_id, review__created_at__lt=report.review.created_at
    ).exclude(review=report.review_id)
    last = before.select_related("review").order_by("-review__created_at", "-pk").first()
    if last is None:
        return None
    rows = list(last.answers.exclude(body="").select_related("heading"))
    same = [row for row in rows if row.heading.title == heading.title]
    if not same and heading.purpose:
        same = [
            row
            for row in rows
            if (row.heading.purpose, row.heading.field) == (heading.purpose, heading.field)
        ]
    return (last, same[0].body) if same else None


def _here(answer: Answer | None, seat: Seat | None, now: datetime) -> Seat | None:
    """Return who else writes under a heading at this moment."""
    if answer is None or answer.opened_by is None or not is_fresh(answer, now):
        return None
    return None if seat and answer.opened_by_id == seat.pk else answer.opened_by
