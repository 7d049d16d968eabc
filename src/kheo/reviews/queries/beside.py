"""What the system knows beside a heading: lines that whoever writes can put into the text.

The lines go into official papers: they are Vietnamese whatever language the screen has.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kheo.assignments.enums import WORKING, PartState
from kheo.assignments.models import TaskBody
from kheo.directives.models import Document
from kheo.exemplars.models import Registration
from kheo.lib.text.numbers import format_number
from kheo.progress.queries.results import sums_below
from kheo.recognition.models import Honour
from kheo.reviews.enums import HeadingPurpose
from kheo.reviews.models import OutlineHeading, Report, Review
from kheo.reviews.queries.scopes import Scope, scope_of
from kheo.reviews.rules.purposes import Purpose, purposes_of
from kheo.visits.enums import VisitState
from kheo.visits.models import Visit

MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line to be put into the text, and the page of what it tells."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """Lines of one kind, with how many more there are."""

    title: str
    lines: list[KnownLine]


def known_beside(report: Report, heading: OutlineHeading) -> list[KnownGroup]:
    """Return what the system knows of what a heading asks for, in the period of the review.

    A fixed number of statements; each kind shows its first lines.
    """
    purpose = purposes_of(report.review.headings.all()).get(heading.pk, Purpose())
    scope, years = scope_of(report), years_of_review(report.review)
    groups = [
        KnownGroup(title, list(lines)) for title, lines in _groups(purpose, report, scope, years)
    ]
    return [group for group in groups if group.lines]


def years_of_review(review: Review) -> range:
    """Return the years a review covers; without a period the year in which it was begun."""
    begun = review.created_at.year
    first = review.period_from.year if review.period_from else None
    last = review.period_to.year if review.period_to else None
    return range(first or last or begun, (last or first or begun) + 1)


def _groups(
    purpose: Purpose, report: Report, scope: Scope, years: range
) -> Iterator[tuple[str, Iterator[KnownLine]]]:
    wanted = purpose.purpose
    if wanted == HeadingPurpose.GUIDANCE:
        yield _("Guiding documents"), _documents(scope, years)
        yield _("Tasks"), _tasks(report, years)
        yield _("Survey visits"), _visits(scope, years)
    if wanted in {HeadingPurpose.FIELD, HeadingPurpose.RESULTS, HeadingPurpose.BUILDING}:
        yield _("Registered models"), _models(scope, years, purpose.field)
    if wanted in {HeadingPurpose.FIELD, HeadingPurpose.RESULTS}:
        yield _("Results"), _results(scope, years, purpose.field)
    if wanted in {HeadingPurpose.HONOURS, HeadingPurpose.STRENGTHS}:
        yield _("Honours given"), _honours(scope, years)


def _documents(scope: Scope, years: range) -> Iterator[KnownLine]:
    rows = Document.objects.filter(scope.inside("owner_path"), listed_on__year__in=years)
    for row in rows.order_by("listed_on", "pk")[:MOST_LINES]:
        text = f"- {row.citation}: {row.subject}"
        yield KnownLine(text, reverse("directives:detail", args=[row.pk]))


def _tasks(report: Report, years: range) -> Iterator[KnownLine]:
    own = Q(organisation=report.organisation_id, role__in=WORKING)
    rows = TaskBody.objects.filter(own, task__created_at__year__in=years).select_related("task")
    for row in rows.order_by("task__created_at", "pk")[:MOST_LINES]:
        done = " (đã hoàn thành)" if row.state == PartState.CONFIRMED else ""
        text = f"- {row.task.title}{done}"
        yield KnownLine(text, reverse("assignments:part", args=[row.pk]))


def _visits(scope: Scope, years: range) -> Iterator[KnownLine]:
    rows = Visit.objects.filter(scope.inside(), state=VisitState.CONCLUDED, held_on__year__in=years)
    for row in rows.order_by("held_on", "pk")[:MOST_LINES]:
        text = f"- Khảo sát tại {row.unit_name} ngày {row.held_on:%d/%m/%Y}"
        yield KnownLine(text, reverse("visits:detail", args=[row.pk]))


def _models(scope: Scope, years: range, field: str) -> Iterator[KnownLine]:
    rows = Registration.objects.filter(scope.inside(), year__in=years, is_registered=True)
    if field:
        rows = rows.filter(field=field)
    # those that came furthest are the ones a report names
    for row in rows.order_by("-stages", "-year", "pk")[:MOST_LINES]:
        text = f"- Mô hình “{row.name}” ({row.unit_name}, năm {row.year})"
        yield KnownLine(text, reverse("exemplars:detail", args=[row.pk]))


def _results(scope: Scope, years: range, field: str) -> Iterator[KnownLine]:
    for line in sums_below(scope.paths, years, field=field)[:MOST_LINES]:
        if line.achieved is not None:
            told = f"{format_number(line.achieved)} {line.indicator.unit}".strip()
            yield KnownLine(f"- {line.indicator.name}: {told}")


def _honours(scope: Scope, years: range) -> Iterator[KnownLine]:
    rows = Honour.objects.announced().filter(scope.inside(), year__in=years, revoked_at=None)
    for row in rows.select_related("form").order_by("-year", "order", "pk")[:MOST_LINES]:
        text = f"- {row.form}: {row.name} ({row.year})"
        yield KnownLine(text, reverse("recognition:decision", args=[row.decision_id]))
