"""What was made of a paper already, by whom."""

from dataclasses import dataclass

from django.db.models import QuerySet

from kheo.assignments.models import Task
from kheo.directives.models import Document, Origin
from kheo.organisations.models import Organisation
from kheo.reviews.models import Review
from kheo.rounds.models import Round

ROUND, AUDIENCE, REVIEW, TASK = (
    "rounds.round",
    "rounds.audience",
    "reviews.review",
    "assignments.task",
)


@dataclass(frozen=True)
class MadeWork:
    """What one body made of one paper."""

    rounds: list[Round]
    reviews: list[Review]
    tasks: list[Task]

    @property
    def is_anything(self) -> bool:
        """Tell whether anything was made."""
        return bool(self.rounds or self.reviews or self.tasks)


def made_of_document(document: Document, organiser: Organisation) -> MadeWork:
    """Return the rounds, reviews and tasks a body made of a paper."""
    return MadeWork(
        list(rounds_made_of(document, organiser).order_by("year", "pk")),
        list(reviews_made_of(document, organiser).order_by("pk")),
        list(tasks_made_of(document, organiser).order_by("ordinal", "pk")),
    )


def rounds_made_of(document: Document, organiser: Organisation) -> QuerySet[Round]:
    """Return the rounds of an organiser that were made of a paper."""
    return Round.objects.filter(pk__in=_subjects(document, ROUND), organiser=organiser)


def reviews_made_of(document: Document, organiser: Organisation) -> QuerySet[Review]:
    """Return the reviews of an organiser that were made of a paper."""
    return Review.objects.filter(pk__in=_subjects(document, REVIEW), organiser=organiser)


def tasks_made_of(document: Document, owner: Organisation) -> QuerySet[Task]:
    """Return the tasks of an owner that were made of a paper."""
    return Task.objects.filter(pk__in=_subjects(document, TASK), owner=owner)


def findings_with_tasks(document: Document, owner: Organisation) -> dict[int, int]:
    """Return the task of an owner that was made of each finding, by the finding's key."""
    own = set(tasks_made_of(document, owner).values_list("pk", flat=True))
    rows = Origin.objects.filter(finding__reading__document=document, subject=TASK)
    pairs = rows.values_list("finding", "subject_id")
    return {finding: task for finding, task in pairs if task in own}


def _subjects(document: Document, subject: str) -> "QuerySet[Origin, int]":
    rows = Origin.objects.filter(finding__reading__document=document, subject=subject)
    return rows.values_list("subject_id", flat=True)
