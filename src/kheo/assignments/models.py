"""Tasks, the bodies that have a part in them, their past turns, reports and evidence."""

from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kheo.assignments.enums import (
    OWING_PARTS,
    BodyRole,
    PartState,
    ReportKind,
    TaskState,
    Timing,
)
from kheo.directives.models import Document
from kheo.organisations.models import BytewiseCharField, Organisation, Seat

LONGEST_TITLE = 160


class Task(models.Model):
    """One task as its paper words it.

    Of a yearly task ``due_on`` is the last day on which it recurs, empty when it has none;
    ``exceptions`` holds other deadlines of single years: [{"year": 2021, "on": "2021-05-01"}].
    """

    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("document"),
    )
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="tasks_given", verbose_name=_("given by")
    )
    owner_path = BytewiseCharField(max_length=200, editable=False)
    ordinal = models.PositiveSmallIntegerField(_("number in the paper"), default=1)
    content = models.TextField(_("content"))
    timing = models.CharField(_("time"), max_length=12, choices=Timing)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    due_on = models.DateField(_("until"), null=True, blank=True)
    due_month = models.PositiveSmallIntegerField(
        _("month"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    due_day = models.PositiveSmallIntegerField(
        _("day"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    exceptions = models.JSONField(_("other deadlines of single years"), default=list, blank=True)
    time_text = models.CharField(_("time as the paper words it"), max_length=300, blank=True)
    # the task of the superior that this one carries further down
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("task of the superior"),
    )
    state = models.CharField(_("state"), max_length=10, choices=TaskState, default=TaskState.OPEN)
    created_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    closed_at = models.DateTimeField(_("closed at"), null=True)
    search_key = models.TextField(editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering: ClassVar = ["-document_id", "ordinal", "pk"]
        indexes = [
            models.Index(fields=["owner_path", "state"], name="task_owner"),
            models.Index(fields=["document", "ordinal"], name="task_of_document"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(timing=Timing.YEARLY)
                | Q(due_month__isnull=False, due_day__isnull=False),
                name="task_yearly_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(timing__in=[Timing.BY, Timing.BETWEEN]) | Q(due_on__isnull=False),
                name="task_due_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordinal}. {self.title}"

    @property
    def title(self) -> str:
        """Return the content as far as a line holds it, cut between two words."""
        if len(self.content) <= LONGEST_TITLE:
            return self.content
        return f"{self.content[:LONGEST_TITLE].rpartition(' ')[0].rstrip(' ,;:.–-')}…"


class TaskBody(models.Model):
    """A body's part in a task: of the registry, or a name as the paper writes it.

    State, deadline and year are those of the turn that runs; past turns are kept apart.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="bodies")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="task_parts"
    )
    role = models.CharField(_("role"), max_length=12, choices=BodyRole)
    name = models.CharField(_("name"), max_length=300)
    # what the paper calls it, or the group it is one of: "các xã, thị trấn"
    written = models.CharField(_("as the paper writes it"), max_length=500)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    sort_key = BytewiseCharField(max_length=1000, editable=False)
    path = BytewiseCharField(max_length=200, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=12, choices=PartState, default=PartState.WAITING
    )
    turn = models.PositiveSmallIntegerField(_("year"), null=True)
    due_on = models.DateField(_("deadline"), null=True)
    # when it was last said to be done, and when that was confirmed
    reported_at = models.DateTimeField(_("said to be done at"), null=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    reminded_on = models.DateField(_("last reminded on"), null=True)
    taken_over = models.ForeignKey(
        Task, models.SET_NULL, null=True, related_name="+", verbose_name=_("own task")
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("part in a task")
        verbose_name_plural = _("parts in tasks")
        ordering: ClassVar = ["order", "sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "role", "organisation"],
                condition=Q(organisation__isnull=False),
                name="task_body_once",
            )
        ]
        indexes = [
            models.Index(fields=["task", "role", "order", "sort_key"], name="task_body_order"),
            models.Index(fields=["organisation", "state", "due_on"], name="task_body_due"),
            models.Index(fields=["path"], name="task_body_path"),
        ]

    def __str__(self) -> str:
        return f"{self.name} – {self.task}"

    @property
    def is_working(self) -> bool:
        """Tell whether the body carries the task out, alone or with others."""
        return self.role != BodyRole.DIRECTING

    def is_late(self, today: date) -> bool:
        """Tell whether the deadline has passed while the body still owes something."""
        return self.due_on is not None and self.state in OWING_PARTS and self.due_on < today


class TaskTurn(models.Model):
    """A past year of a part in a yearly task, as it stood when the next turn began."""

    body = models.ForeignKey(TaskBody, models.CASCADE, related_name="turns")
    year = models.PositiveSmallIntegerField(_("year"))
    due_on = models.DateField(_("deadline"), null=True)
    state = models.CharField(_("state"), max_length=12, choices=PartState)
    reported_at = models.DateTimeField(_("said to be done at"), null=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)

    class Meta:
        verbose_name = _("past turn of a task")
        verbose_name_plural = _("past turns of tasks")
        ordering: ClassVar = ["-year"]
        constraints = [models.UniqueConstraint(fields=["body", "year"], name="task_turn_once")]

    def __str__(self) -> str:
        return f"{self.body} ({self.year})"


class TaskReport(models.Model):
    """A line in the course of a part: what the body reports, what the directing side answers."""

    body = models.ForeignKey(TaskBody, models.PROTECT, related_name="reports")
    turn = models.PositiveSmallIntegerField(_("year"), null=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind)
    text = models.TextField(_("text"), blank=True)
    made_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("report on a task")
        verbose_name_plural = _("reports on tasks")
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["body", "-made_at"], name="task_report_of_body")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:80]}"


class TaskEvidence(models.Model):
    """A file that shows what a report on a task says."""

    report = models.ForeignKey(TaskReport, models.PROTECT, related_name="evidence")
    file = models.FileField(_("file"), upload_to="tasks/%Y/%m", max_length=300)
    name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    checksum = models.CharField(_("checksum"), max_length=64)

    class Meta:
        verbose_name = _("evidence of a report")
        verbose_name_plural = _("evidence of reports")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name
