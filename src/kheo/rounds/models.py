"""Movement, period, round, whom it asks, and each unit's part in it."""

from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kheo.directives.models import Document
from kheo.organisations.models import BytewiseCharField, Kind, Level, Organisation
from kheo.rounds.enums import (
    Field,
    LatePolicy,
    LayoutCode,
    LayoutKind,
    RoundState,
    UnitState,
)


class Period(models.Model):
    """A period of the movement, e.g. 2021–2025, with its usual yearly deadline."""

    movement = models.CharField(_("movement"), max_length=200, default="Dân vận khéo")
    name = models.CharField(_("name"), max_length=60)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    organiser = models.ForeignKey(
        Organisation, models.PROTECT, related_name="periods", verbose_name=_("organiser")
    )
    governing_documents = models.ManyToManyField(Document, blank=True, related_name="periods")
    # S1 IV.1: register before 31 March of each year
    usual_due_month = models.PositiveSmallIntegerField(
        _("usual deadline, month"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    usual_due_day = models.PositiveSmallIntegerField(
        _("usual deadline, day"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        ordering: ClassVar = ["-first_year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="period_years_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.name


class FieldScheme(models.Model):
    """How an issuer labels, orders and explains the four fields in a period."""

    name = models.CharField(_("name"), max_length=200)
    issuer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="field_schemes"
    )
    period = models.ForeignKey(Period, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.SlugField(_("code"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("scheme of fields")
        verbose_name_plural = _("schemes of fields")

    def __str__(self) -> str:
        return self.name


class FieldLabel(models.Model):
    """One field in a scheme: label, order and sub-topics."""

    scheme = models.ForeignKey(FieldScheme, models.CASCADE, related_name="labels")
    field = models.CharField(_("field"), max_length=20, choices=Field)
    label = models.CharField(_("label"), max_length=200)
    topics = models.TextField(_("sub-topics"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("label of a field")
        verbose_name_plural = _("labels of fields")
        ordering: ClassVar = ["order"]
        constraints = [models.UniqueConstraint(fields=["scheme", "field"], name="field_label_once")]

    def __str__(self) -> str:
        return self.label


class Layout(models.Model):
    """How a form or a list looks: an official one, or a copy changed for an issuer and period.

    ``spec`` of a form: {"title", "fields": [{"key", "label", "hint", "required", "lines"}], …};
    of a list: {"title", "columns": [{"key", "heading", "width", …}], "group_by", …}.
    """

    code = models.CharField(_("form"), max_length=10, choices=LayoutCode)
    kind = models.CharField(_("kind"), max_length=10, choices=LayoutKind)
    name = models.CharField(_("name"), max_length=200)
    issuer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="layouts"
    )
    period = models.ForeignKey(Period, models.PROTECT, null=True, blank=True, related_name="+")
    spec = models.JSONField(_("description of the layout"), default=dict)
    is_shipped = models.BooleanField(_("official"), default=False)
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("layout")
        verbose_name_plural = _("layouts")
        ordering: ClassVar = ["code", "pk"]

    def __str__(self) -> str:
        return self.name


class Round(models.Model):
    """A yearly round of registration."""

    organiser = models.ForeignKey(
        Organisation, models.PROTECT, related_name="rounds", verbose_name=_("organiser")
    )
    organiser_path = BytewiseCharField(max_length=200, editable=False)
    # "qua Ban Dân vận": the body that receives and checks for the organiser
    receiver_name = models.CharField(_("received through"), max_length=200, blank=True)
    period = models.ForeignKey(
        Period, models.PROTECT, related_name="rounds", verbose_name=_("period")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1999), MaxValueValidator(2100)]
    )
    title = models.CharField(_("title"), max_length=300)
    theme = models.CharField(_("theme"), max_length=500, blank=True)
    governing_document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rounds",
        verbose_name=_("governing document"),
    )
    field_scheme = models.ForeignKey(
        FieldScheme, models.PROTECT, related_name="rounds", verbose_name=_("scheme of fields")
    )
    opens_on = models.DateField(_("opens on"))
    late_policy = models.CharField(
        _("late submissions are"), max_length=10, choices=LatePolicy, default=LatePolicy.ACCEPT
    )
    # S4 §4: not more than five are put forward to the province
    nomination_cap = models.PositiveSmallIntegerField(_("nomination cap"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=RoundState, default=RoundState.DRAFT
    )
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    created_at = models.DateTimeField(_("created at"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering: ClassVar = ["-year", "-pk"]
        indexes = [models.Index(fields=["organiser_path", "-year"], name="round_organiser")]

    def __str__(self) -> str:
        return self.title


class Audience(models.Model):
    """A group of units asked for the same things until the same day.

    The units below the organiser that match a kind *and* a level (of two choices an empty one
    matches all, two empty ones match nobody), and the listed ones; the first audience that matches
    a unit takes it.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="audiences")
    name = models.CharField(_("name"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    kinds = models.ManyToManyField(Kind, blank=True, verbose_name=_("kinds"), related_name="+")
    levels = models.ManyToManyField(Level, blank=True, verbose_name=_("levels"), related_name="+")
    listed = models.ManyToManyField(
        Organisation, blank=True, verbose_name=_("listed units"), related_name="+"
    )
    layouts = models.ManyToManyField(
        Layout, verbose_name=_("forms"), related_name="audiences", blank=True
    )
    due_on = models.DateField(_("deadline"))

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Quota(models.Model):
    """How many an audience's unit registers at a level; no level means all levels together."""

    audience = models.ForeignKey(Audience, models.CASCADE, related_name="quotas")
    level = models.ForeignKey(
        Level, models.PROTECT, null=True, blank=True, verbose_name=_("level"), related_name="+"
    )
    minimum = models.PositiveSmallIntegerField(_("at least"), null=True, blank=True)
    maximum = models.PositiveSmallIntegerField(_("at most"), null=True, blank=True)

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering: ClassVar = ["level__rank", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum__isnull=True)
                | Q(maximum__isnull=True)
                | Q(maximum__gte=F("minimum")),
                name="quota_in_order",
            ),
            models.UniqueConstraint(
                fields=["audience", "level"], name="quota_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minimum or 0}–{self.maximum or '∞'}"


class Participation(models.Model):
    """A unit's part in a round: what it is asked, until when, and how far it has come.

    Name, sort key and path are the unit's as organised on the day the round opened.
    ``counts`` maps a level's key to [registered, accepted].
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="participations")
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="participations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="participations")
    unit_name = models.CharField(_("unit"), max_length=300)
    sort_key = BytewiseCharField(max_length=1000)
    path = BytewiseCharField(max_length=200)
    original_due_on = models.DateField(_("deadline of the round"))
    due_on = models.DateField(_("deadline"))
    extension_reason = models.TextField(_("reason for the extension"), blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=UnitState, default=UnitState.NOT_STARTED
    )
    counts = models.JSONField(default=dict)
    registered = models.PositiveSmallIntegerField(_("registered"), default=0)
    accepted = models.PositiveSmallIntegerField(_("accepted"), default=0)
    is_short = models.BooleanField(_("below the minimum"), default=False)
    first_submitted_at = models.DateTimeField(_("first submitted at"), null=True)
    last_submitted_at = models.DateTimeField(_("last submitted at"), null=True)
    submitted_late = models.BooleanField(_("submitted late"), default=False)
    touched_at = models.DateTimeField(_("last touched"), null=True)

    class Meta:
        verbose_name = _("unit in a round")
        verbose_name_plural = _("units in a round")
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="participation_once")
        ]
        indexes = [
            models.Index(fields=["round", "sort_key"], name="participation_by_name"),
            models.Index(fields=["round", "state", "sort_key"], name="participation_by_state"),
            models.Index(fields=["round", "path"], name="participation_by_path"),
            models.Index(fields=["organisation", "due_on"], name="participation_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_name} – {self.round}"

    @property
    def is_extended(self) -> bool:
        """Tell whether the unit has a later deadline of its own."""
        return self.due_on != self.original_due_on

    def is_late(self, today: date) -> bool:
        """Tell whether the unit handed in late, or has not yet and is past its deadline."""
        if self.first_submitted_at is not None:
            return self.submitted_late
        return self.due_on < today


class ParticipationTally(models.Model):
    """How many units below an organisation stand where in a round; kept by every action."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="tallies")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=UnitState)
    due_on = models.DateField()
    has_submitted = models.BooleanField()
    submitted_late = models.BooleanField()
    is_short = models.BooleanField()
    count = models.IntegerField()

    class Meta:
        verbose_name = _("tally of units")
        verbose_name_plural = _("tallies of units")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "round",
                    "organisation",
                    "audience",
                    "state",
                    "due_on",
                    "has_submitted",
                    "submitted_late",
                    "is_short",
                ],
                name="participation_tally_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.state}: {self.count}"
