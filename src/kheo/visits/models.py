"""Survey teams, their visits, the sheets filled on the spot, and what was recommended."""

from datetime import date
from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kheo.criteria.models import CriteriaSet, Criterion
from kheo.exemplars.models import Registration
from kheo.organisations.models import BytewiseCharField, Organisation, Seat
from kheo.rounds.enums import Field
from kheo.visits.enums import AdviceState, Found, Outcome, Side, TeamPart, VisitState


class SurveyTeam(models.Model):
    """A survey team (đoàn khảo sát) of a body, for a year; by field, by area, or for all."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="survey_teams", verbose_name=_("set up by")
    )
    path = BytewiseCharField(max_length=200, editable=False)
    year = models.PositiveSmallIntegerField(_("year"))
    name = models.CharField(_("name"), max_length=300)
    # the decision or letter that set it up, as people cite it
    basis = models.CharField(_("set up by the document"), max_length=300, blank=True)
    field = models.CharField(_("field"), max_length=20, choices=Field, blank=True)
    area = models.CharField(_("area"), max_length=300, blank=True)
    is_active = models.BooleanField(_("at work"), default=True)
    created_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("survey team")
        verbose_name_plural = _("survey teams")
        ordering: ClassVar = ["-year", "name", "pk"]
        indexes = [models.Index(fields=["path", "-year"], name="survey_team_of_body")]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """Somebody in a survey team: a seat of the register, or a name as it was typed."""

    team = models.ForeignKey(SurveyTeam, models.CASCADE, related_name="members")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="survey_teams")
    name = models.CharField(_("full name"), max_length=200)
    position = models.CharField(_("position"), max_length=300, blank=True)
    part = models.CharField(_("part"), max_length=10, choices=TeamPart, default=TeamPart.MEMBER)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("member of a survey team")
        verbose_name_plural = _("members of survey teams")
        ordering: ClassVar = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["team"], condition=Q(part=TeamPart.HEAD), name="survey_team_one_head"
            ),
            models.UniqueConstraint(
                fields=["team", "seat"],
                condition=Q(seat__isnull=False),
                name="survey_team_seat_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} – {self.get_part_display()}"


class Visit(models.Model):
    """A visit of a team to a unit.

    ``unit_name`` and ``path`` are the unit's on the day the visit was planned, ``team_path`` is
    the team's, so that a list needs no join.
    """

    team = models.ForeignKey(SurveyTeam, models.PROTECT, related_name="visits")
    team_path = BytewiseCharField(max_length=200, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="survey_visits", verbose_name=_("visited unit")
    )
    unit_name = models.CharField(_("visited unit"), max_length=300)
    path = BytewiseCharField(max_length=200, editable=False)
    held_on = models.DateField(_("day of the visit"))
    starts = models.TimeField(_("begins at"), null=True, blank=True)
    ends = models.TimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(_("whereabouts"), max_length=300, blank=True)
    purpose = models.TextField(_("what is looked at"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=VisitState, default=VisitState.PLANNED
    )
    announced_at = models.DateTimeField(pgettext_lazy("visit", "announced at"), null=True)
    conclusions = models.TextField(_("conclusions"), blank=True)
    concluded_at = models.DateTimeField(_("concluded at"), null=True)
    concluded_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    # what the unit itself says of it, once it may read the sheets
    remark = models.TextField(_("remark of the unit"), blank=True)
    remark_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    remark_at = models.DateTimeField(_("remarked at"), null=True)
    cancel_reason = models.CharField(_("reason of the cancellation"), max_length=500, blank=True)
    created_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("survey visit")
        verbose_name_plural = _("survey visits")
        ordering: ClassVar = ["-held_on", "-pk"]
        indexes = [
            models.Index(fields=["-held_on", "path"], name="survey_visit_day"),
            models.Index(fields=["path", "-held_on"], name="survey_visit_unit"),
            models.Index(fields=["team_path", "-held_on"], name="survey_visit_body"),
            models.Index(fields=["team", "state", "-held_on"], name="survey_visit_team"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_name}, {self.held_on:%d/%m/%Y}"


class Participant(models.Model):
    """Somebody present at a visit, by name."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="participants")
    side = models.CharField(_("side"), max_length=10, choices=Side)
    name = models.CharField(_("full name"), max_length=200)
    position = models.CharField(_("position"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("participant of a visit")
        verbose_name_plural = _("participants of visits")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class VisitSheet(models.Model):
    """The sheet of one model at a visit; ``version`` counts the changes of its own texts."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="sheets")
    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="visit_sheets", verbose_name=_("model visited")
    )
    criteria_set = models.ForeignKey(
        CriteriaSet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visit_sheets",
        verbose_name=_("criteria set"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    seen = models.TextField(_("what was seen"), blank=True)
    assessment = models.TextField(_("assessment"), blank=True)
    place = models.CharField(_("whereabouts"), max_length=300, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(_("changed at"), null=True)

    class Meta:
        verbose_name = _("sheet of a visit")
        verbose_name_plural = _("sheets of visits")
        ordering: ClassVar = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "registration"], name="visit_sheet_once")
        ]

    def __str__(self) -> str:
        return f"{self.registration} – {self.visit}"


class Finding(models.Model):
    """What was found on one criterion, or on an item in words of one's own."""

    sheet = models.ForeignKey(VisitSheet, models.CASCADE, related_name="findings")
    # made on the device for items in words of one's own
    key = models.UUIDField()
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, null=True, related_name="visit_findings"
    )
    item = models.CharField(_("criterion"), max_length=1000)
    found = models.CharField(_("finding"), max_length=10, choices=Found, blank=True)
    words = models.TextField(_("remark"), blank=True)
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=2, null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    version = models.PositiveIntegerField(default=0)
    updated_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(_("changed at"), null=True)

    class Meta:
        verbose_name = _("finding of a visit")
        verbose_name_plural = _("findings of visits")
        ordering: ClassVar = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "key"], name="visit_finding_once"),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__gte=0), name="visit_points_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item[:80]}: {self.get_found_display()}"


class SheetEntry(models.Model):
    """One thing that was written into a sheet, as it arrived; nothing in here is overwritten.

    ``piece`` says what it is about: "texts" or the key of a finding; ``base`` is the version of
    that piece that the writer had seen, ``version`` the one that it became. An entry that meets a
    newer version waits here until somebody chooses.
    """

    sheet = models.ForeignKey(VisitSheet, models.CASCADE, related_name="entries")
    client_key = models.UUIDField(unique=True)
    piece = models.CharField(max_length=40)
    value = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    base = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(null=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    made_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    # by the clock of the device
    written_at = models.DateTimeField(_("written at"), null=True)
    arrived_at = models.DateTimeField(_("arrived at"))
    settled_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(_("chosen at"), null=True)

    class Meta:
        verbose_name = _("entry in a sheet")
        verbose_name_plural = _("entries in sheets")
        ordering: ClassVar = ["pk"]
        indexes = [
            models.Index(fields=["sheet", "piece", "version"], name="sheet_entry_of_piece"),
            models.Index(fields=["sheet", "outcome"], name="sheet_entry_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.piece}: {self.outcome}"


class SheetPhoto(models.Model):
    """A photo taken at a visit; the key comes from the device, so that a second sending is seen."""

    sheet = models.ForeignKey(VisitSheet, models.CASCADE, related_name="photos")
    client_key = models.UUIDField(unique=True)
    file = models.FileField(_("file"), upload_to="visits/%Y/%m", max_length=300)
    name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    checksum = models.CharField(_("checksum"), max_length=64)
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    added_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"))
    removed_at = models.DateTimeField(_("removed at"), null=True)

    class Meta:
        verbose_name = _("photo of a visit")
        verbose_name_plural = _("photos of visits")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.caption or self.name


class Recommendation(models.Model):
    """What a team recommends to a unit, until when, and what the unit answered."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="recommendations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="visit_recommendations", verbose_name=_("unit")
    )
    unit_name = models.CharField(_("unit"), max_length=300)
    path = BytewiseCharField(max_length=200, editable=False)
    text = models.TextField(_("recommendation"))
    due_on = models.DateField(pgettext_lazy("recommendation", "deadline"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    state = models.CharField(
        _("state"), max_length=10, choices=AdviceState, default=AdviceState.OPEN
    )
    answer = models.TextField(pgettext_lazy("recommendation", "answer of the unit"), blank=True)
    answered_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(pgettext_lazy("recommendation", "answered at"), null=True)
    # why an answer did not do
    return_reason = models.TextField(_("what is still missing"), blank=True)
    done_at = models.DateTimeField(_("confirmed at"), null=True)
    reminded_on = models.DateField(_("last reminded on"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("recommendation of a visit")
        verbose_name_plural = _("recommendations of visits")
        ordering: ClassVar = ["order", "pk"]
        indexes = [
            models.Index(fields=["organisation", "state", "due_on"], name="visit_advice_due"),
            models.Index(fields=["path", "state"], name="visit_advice_path"),
            models.Index(fields=["state", "due_on"], name="visit_advice_reminding"),
        ]

    def __str__(self) -> str:
        return self.text[:120]

    def is_late(self, today: date) -> bool:
        """Tell whether the deadline has passed while the unit owes an answer."""
        return self.state == AdviceState.OPEN and self.due_on is not None and self.due_on < today


class RecommendationFile(models.Model):
    """A file with which a unit answers a recommendation."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="files")
    file = models.FileField(_("file"), upload_to="visits/%Y/%m", max_length=300)
    name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    checksum = models.CharField(_("checksum"), max_length=64)
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("file of a recommendation")
        verbose_name_plural = _("files of recommendations")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name
