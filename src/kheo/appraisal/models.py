"""Appraisal files of models and of units, their scores and evidence, and entries for titles."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kheo.appraisal.enums import FileState, TitleState
from kheo.criteria.enums import Side
from kheo.criteria.models import CriteriaSet, Criterion, GradeBand
from kheo.exemplars.models import Evidence, Registration
from kheo.organisations.models import BytewiseCharField, Level, Organisation, Seat, below
from kheo.rounds.enums import Field, Form


class TitleEntry(models.Model):
    """A unit's entry for a title of a year: "Cơ quan Dân vận khéo"."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="title_entries")
    unit_name = models.CharField(_("unit"), max_length=300)
    path = BytewiseCharField(max_length=200, editable=False)
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(pgettext_lazy("unit", "title"), max_length=200)
    level = models.ForeignKey(
        Level, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("level")
    )
    state = models.CharField(
        _("state"), max_length=16, choices=TitleState, default=TitleState.REGISTERED
    )
    registered_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    registered_at = models.DateTimeField(_("entered at"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("entry for a unit title")
        verbose_name_plural = _("entries for unit titles")
        ordering: ClassVar = ["-year", "path", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "title"],
                condition=~Q(state=TitleState.WITHDRAWN),
                name="title_entry_once",
            )
        ]
        indexes = [
            models.Index(fields=["-year", "path", "id"], name="title_entry_by_unit"),
            models.Index(fields=["-year", "state", "path", "id"], name="title_entry_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year} – {self.unit_name}"


class FileSet(models.QuerySet["AppraisalFile"]):
    """Chainable filters over appraisal files."""

    def below(self, path: str) -> Self:
        """Keep the files of units of that path and below."""
        return self.filter(below(path))


class AppraisalFile(models.Model):
    """The appraisal of one registration, or of one unit that entered for a title.

    ``owner`` is the committee that appraises: its council ends the file. Name, unit, path, year,
    level, field and form repeat those of the subject, so that a list needs no join.
    """

    registration = models.ForeignKey(
        Registration, models.PROTECT, null=True, blank=True, related_name="appraisal_files"
    )
    title_entry = models.ForeignKey(
        TitleEntry, models.PROTECT, null=True, blank=True, related_name="files"
    )
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="appraisals", verbose_name=_("appraised by")
    )
    owner_path = BytewiseCharField(max_length=200, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="appraisal_files", verbose_name=_("unit")
    )
    unit_name = models.CharField(_("unit"), max_length=300)
    path = BytewiseCharField(max_length=200, editable=False)
    year = models.PositiveSmallIntegerField(_("year"))
    level = models.ForeignKey(
        Level, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("level")
    )
    name = models.CharField(_("name"), max_length=300)
    # of a registration; a title has none
    field = models.CharField(_("field"), max_length=20, choices=Field, blank=True)
    form = models.CharField(_("collective or individual"), max_length=12, choices=Form, blank=True)
    criteria_set = models.ForeignKey(
        CriteriaSet, models.PROTECT, related_name="files", verbose_name=_("criteria set")
    )
    state = models.CharField(
        _("state"), max_length=16, choices=FileState, default=FileState.SELF_SCORING
    )
    self_total = models.DecimalField(
        _("self-score"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    superior_total = models.DecimalField(
        _("score of the superior"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    council_total = models.DecimalField(
        _("score of the council"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    final_total = models.DecimalField(
        _("final score"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    grade = models.ForeignKey(
        GradeBand, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("grade")
    )
    # by a disqualifying condition, or since the superior says "not eligible for ranking"
    is_disqualified = models.BooleanField(_("not eligible"), default=False)
    disqualified_reason = models.TextField(_("reason why it is not eligible"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    superior_at = models.DateTimeField(_("scored by the superior at"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    opened_at = models.DateTimeField(_("opened at"))
    version = models.PositiveIntegerField(default=1)

    objects = FileSet.as_manager()

    class Meta:
        verbose_name = _("appraisal file")
        verbose_name_plural = _("appraisal files")
        constraints = [
            models.CheckConstraint(
                condition=Q(registration__isnull=True, title_entry__isnull=False)
                | Q(registration__isnull=False, title_entry__isnull=True),
                name="appraisal_file_one_subject",
            ),
            models.UniqueConstraint(
                fields=["registration", "owner"],
                condition=Q(registration__isnull=False),
                name="appraisal_file_once",
            ),
            models.UniqueConstraint(
                fields=["title_entry", "owner"],
                condition=Q(title_entry__isnull=False),
                name="appraisal_title_once",
            ),
        ]
        indexes = [
            models.Index(fields=["-year", "path", "id"], name="appraisal_by_unit"),
            models.Index(fields=["-year", "state", "path", "id"], name="appraisal_by_state"),
            models.Index(fields=["organisation", "state", "-year"], name="appraisal_of_unit"),
            models.Index(fields=["owner", "-year", "state"], name="appraisal_of_owner"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_title(self) -> bool:
        """Tell whether a unit is appraised for a title, not a model."""
        return self.title_entry_id is not None


class FileScore(models.Model):
    """What one side gives for one criterion: points, points taken off, or 1 for a condition."""

    file = models.ForeignKey(AppraisalFile, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    side = models.CharField(_("scored by"), max_length=10, choices=Side)
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=2)
    # the unit's explanation; the superior's or the council's reason for a change
    note = models.TextField(_("explanation or reason"), blank=True)
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    scored_at = models.DateTimeField(_("scored at"))

    class Meta:
        verbose_name = _("score of a criterion")
        verbose_name_plural = _("scores of criteria")
        constraints = [
            models.UniqueConstraint(fields=["file", "criterion", "side"], name="file_score_once")
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id} {self.side}: {self.points}"


class ScoreEvidence(models.Model):
    """What shows that a criterion is met: a file of its own, or one the registration has."""

    file = models.ForeignKey(AppraisalFile, models.PROTECT, related_name="evidence")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    chosen = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="shown_in_appraisal"
    )
    upload = models.FileField(_("file"), upload_to="appraisal/%Y/%m", max_length=300, blank=True)
    name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    checksum = models.CharField(_("checksum"), max_length=64)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(_("removed at"), null=True)

    class Meta:
        verbose_name = _("evidence for a criterion")
        verbose_name_plural = _("evidence for criteria")
        ordering: ClassVar = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.name


class FileRemark(models.Model):
    """What the superior asks to be corrected, on one criterion or on the whole file."""

    file = models.ForeignKey(AppraisalFile, models.PROTECT, related_name="remarks")
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("remark"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"))
    # set when the unit sends again
    answered_at = models.DateTimeField(_("answered at"), null=True)

    class Meta:
        verbose_name = _("remark on an appraisal file")
        verbose_name_plural = _("remarks on appraisal files")
        ordering: ClassVar = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
