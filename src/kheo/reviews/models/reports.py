"""What bodies report in a review: reports, answers by heading, versions, remarks, submissions."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kheo.organisations.models import BytewiseCharField, Organisation, Seat
from kheo.reviews.enums import ReportState
from kheo.reviews.models.reviews import OutlineHeading, Review


class Report(models.Model):
    """The report one body owes in a review.

    The organiser's own report stands on top (no ``parent``); a body that passes the review on gets
    reports of bodies below it, and then writes its own out of theirs.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="reports")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="reports", verbose_name=_("unit")
    )
    # as the body was called and stood when it was asked
    unit_name = models.CharField(_("unit"), max_length=300)
    path = BytewiseCharField(max_length=200, editable=False)
    # as first set, before any extension
    original_due_on = models.DateField(_("due date of the review"), null=True)
    due_on = models.DateField(_("deadline"), null=True)
    extension_reason = models.TextField(_("reason for the extension"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState, default=ReportState.ASKED
    )
    asked_at = models.DateTimeField(_("asked for at"))
    excuse = models.TextField(_("why it need not report"), blank=True)
    # how often it was submitted
    sequence = models.PositiveSmallIntegerField(default=0)
    signed_off_at = models.DateTimeField(_("signed off at"), null=True)
    signed_off_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    # of the paper: "Số 12-BC/TU", its day, and who signs
    number = models.CharField(_("number and symbol"), max_length=60, blank=True)
    dated = models.DateField(_("date of the paper"), null=True)
    signer_position = models.CharField(_("position of the signatory"), max_length=200, blank=True)
    signer_name = models.CharField(_("name of the signatory"), max_length=200, blank=True)
    recipients = models.TextField(_("recipients"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering: ClassVar = ["unit_name", "pk"]
        indexes = [
            models.Index(fields=["parent", "state", "unit_name"], name="report_of_parent"),
            models.Index(fields=["organisation", "state", "due_on"], name="report_of_unit"),
            models.Index(fields=["review", "path"], name="report_in_area"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["review", "organisation"], name="report_once_per_body"),
            models.CheckConstraint(
                condition=~Q(state=ReportState.EXCUSED) | ~Q(excuse=""),
                name="report_excused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(due_on=F("original_due_on"))
                | Q(original_due_on__isnull=True)
                | ~Q(extension_reason=""),
                name="report_extended_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_name}: {self.review}"


class Answer(models.Model):
    """What a report says under one heading, in the marks of ``lib.text.prose``."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="answers")
    heading = models.ForeignKey(OutlineHeading, models.PROTECT, related_name="answers")
    body = models.TextField(_("text"), blank=True)
    edited_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField(_("last changed at"), null=True)
    # who has the box open, to warn the others
    opened_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(_("opened at"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("answer under a heading")
        verbose_name_plural = _("answers under headings")
        constraints = [
            models.UniqueConstraint(fields=["report", "heading"], name="answer_once_per_heading")
        ]
        indexes = [models.Index(fields=["heading", "report"], name="answer_of_heading")]

    def __str__(self) -> str:
        return f"{self.report}, {self.heading}"


class AnswerVersion(models.Model):
    """What stood under a heading at one time; nothing written is lost."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.TextField(_("text"), blank=True)
    made_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("version of an answer")
        verbose_name_plural = _("versions of answers")
        ordering: ClassVar = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "number"], name="answer_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.answer} ({self.number})"


class ReportRemark(models.Model):
    """What is to be put right, under a heading or in the whole report."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="remarks")
    heading = models.ForeignKey(OutlineHeading, models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("remark"))
    made_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"))
    # when the report came back
    answered_at = models.DateTimeField(_("answered at"), null=True)

    class Meta:
        verbose_name = _("remark on a report")
        verbose_name_plural = _("remarks on reports")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text


class ReportSubmission(models.Model):
    """A report as it was handed in, word for word and figure for figure."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="submissions")
    sequence = models.PositiveSmallIntegerField()
    # of each heading its number, title and body; of each figure its number, words and value
    content = models.JSONField(default=dict)
    submitted_at = models.DateTimeField(_("submitted at"))
    submitted_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("submission of a report")
        verbose_name_plural = _("submissions of reports")
        ordering: ClassVar = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["report", "sequence"], name="report_submission_once")
        ]

    def __str__(self) -> str:
        return f"{self.report} ({self.sequence})"


class Passage(models.Model):
    """A passage of a report below that the consolidated one took: whose words they are."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="passages")
    heading = models.ForeignKey(OutlineHeading, models.PROTECT, related_name="+")
    source = models.ForeignKey(Answer, models.PROTECT, related_name="taken")
    # which version of the source it was
    source_version = models.PositiveIntegerField()
    text = models.TextField(_("text"))
    taken_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("taken at"))

    class Meta:
        verbose_name = _("passage taken")
        verbose_name_plural = _("passages taken")
        ordering: ClassVar = ["pk"]
        indexes = [models.Index(fields=["report", "heading"], name="passage_of_heading")]

    def __str__(self) -> str:
        return self.text
