"""Models and exemplars that live for years, and their yearly registrations."""

from typing import ClassVar, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kheo.exemplars.enums import Continuity, Nature, State
from kheo.organisations.models import (
    BytewiseCharField,
    Level,
    Organisation,
    Seat,
    below,
)
from kheo.rounds.enums import Field, Form
from kheo.rounds.models import Participation, Round


class Exemplar(models.Model):
    """A model or exemplary case, over all its years."""

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="exemplars")
    nature = models.CharField(_("nature"), max_length=12, choices=Nature)
    form = models.CharField(_("collective or individual"), max_length=12, choices=Form)
    name = models.CharField(_("name"), max_length=300)
    search_key = models.CharField(max_length=300, editable=False)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    replicated_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replicas"
    )
    # another one that turned out to be the same: it lives on there, and both units own it
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    merged_at = models.DateTimeField(_("merged at"), null=True)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("model or exemplary case")
        verbose_name_plural = _("models and exemplary cases")
        indexes = [
            models.Index(fields=["owner", "-first_year"], name="exemplar_owner"),
            models.Index(fields=["search_key"], name="exemplar_search"),
        ]

    def __str__(self) -> str:
        return self.name


class RegistrationSet(models.QuerySet["Registration"]):
    """Chainable filters over registrations."""

    def below(self, path: str) -> Self:
        """Keep what units of that path and below registered, as organised at the time."""
        return self.filter(below(path))

    def registered(self) -> Self:
        """Keep what was ever submitted and not withdrawn: what counts as registered."""
        return self.filter(is_registered=True)


class Registration(models.Model):
    """The entry of an exemplar by one unit in one round at one level.

    ``year``, ``path`` and ``unit_name`` repeat the round's and the participation's, so that a
    list needs no join; the path is the unit's as organised on the day the round opened.
    """

    exemplar = models.ForeignKey(Exemplar, models.PROTECT, related_name="registrations")
    round = models.ForeignKey(Round, models.PROTECT, related_name="registrations")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="registrations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="registrations")
    unit_name = models.CharField(_("unit"), max_length=300)
    path = BytewiseCharField(max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="continuations"
    )

    # the content of M1 and M2, in their order
    form = models.CharField(_("collective or individual"), max_length=12, choices=Form)
    nature = models.CharField(_("nature"), max_length=12, choices=Nature, default=Nature.MODEL)
    address = models.CharField(_("address"), max_length=300, blank=True)
    full_name = models.CharField(_("full name"), max_length=200, blank=True)
    position = models.CharField(_("position"), max_length=200, blank=True)
    workplace = models.CharField(_("workplace"), max_length=300, blank=True)
    name = models.CharField(_("name"), max_length=300, blank=True)
    field = models.CharField(_("field"), max_length=20, choices=Field, blank=True)
    level = models.ForeignKey(
        Level, models.PROTECT, null=True, blank=True, verbose_name=_("level"), related_name="+"
    )
    content = models.TextField(_("content"), blank=True)
    # as typed: a month, a quarter, a year; the dates beside them are what was understood
    starts = models.CharField(_("start"), max_length=60, blank=True)
    ends = models.CharField(_("finish"), max_length=60, blank=True)
    starts_on = models.DateField(null=True, editable=False)
    ends_on = models.DateField(null=True, editable=False)
    scope = models.CharField(_("place and scope"), max_length=500, blank=True)
    expected_results = models.TextField(_("expected results"), blank=True)
    continuity = models.CharField(
        _("continuity"), max_length=12, choices=Continuity, default=Continuity.NEW
    )
    replicated_from = models.ForeignKey(
        Exemplar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replicating_registrations",
        verbose_name=_("replicated from"),
    )
    intended_level = models.ForeignKey(
        Level,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("level of replication"),
    )
    # fields that an issuer added to its form, by key
    extra = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    is_registered = models.BooleanField(default=False)
    # what it came to since: the sum of ``Stage``; kept by actions.stages
    stages = models.PositiveSmallIntegerField(_("stages reached"), default=0)
    is_late = models.BooleanField(_("late"), default=False)
    return_due_on = models.DateField(_("to be corrected by"), null=True)
    order = models.PositiveIntegerField(_("order"), default=0)
    version = models.PositiveIntegerField(default=1)
    # what saving while typing changed since the last audit entry: {"seat", "at", "before"}
    pending_changes = models.JSONField(default=dict, encoder=DjangoJSONEncoder, editable=False)
    search_key = models.CharField(max_length=700, editable=False)
    created_at = models.DateTimeField(_("created at"))
    updated_at = models.DateTimeField(_("updated at"))
    signed_off_at = models.DateTimeField(_("signed off at"), null=True)
    signed_off_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    # the officer who is to check it
    assignee = models.ForeignKey(
        Seat, models.PROTECT, null=True, related_name="+", verbose_name=_("to be checked by")
    )
    # the model it was an entry of before that one was merged into another
    merged_from = models.ForeignKey(Exemplar, models.PROTECT, null=True, related_name="moved_away")
    # up to here, superiors count the shared model by the entry of another unit already
    uncounted_path = BytewiseCharField(max_length=200, default="", editable=False)

    objects = RegistrationSet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            # an exemplar is entered once in a round, unless two turned out to be one
            models.UniqueConstraint(
                fields=["exemplar", "round"],
                condition=~Q(state="withdrawn") & Q(merged_from=None),
                name="registration_once_per_round",
            )
        ]
        indexes = [
            # newest year first: the order of the list, also over all years
            models.Index(fields=["-year", "path", "id"], name="registration_by_unit"),
            models.Index(fields=["-year", "state", "path", "id"], name="registration_by_state"),
            models.Index(fields=["-year", "field", "path", "id"], name="registration_by_field"),
            models.Index(fields=["round", "path", "id"], name="registration_of_round"),
            # what waits to be checked; a partial index would not do, since SQLite does not use it
            # where the state comes as a parameter
            models.Index(fields=["round", "state", "path", "id"], name="registration_waiting"),
        ]

    def __str__(self) -> str:
        return self.name or str(_("(no name yet)"))


class Submission(models.Model):
    """The content of a registration as it was submitted: what changed since can be shown."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="submissions")
    sequence = models.PositiveSmallIntegerField()
    content = models.JSONField(encoder=DjangoJSONEncoder)
    submitted_at = models.DateTimeField(_("submitted at"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("submitted version")
        verbose_name_plural = _("submitted versions")
        constraints = [
            models.UniqueConstraint(fields=["registration", "sequence"], name="submission_sequence")
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}/{self.sequence}"


class Remark(models.Model):
    """What the level above asks to be corrected, on one item of the form or on the whole."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="remarks")
    item = models.CharField(_("item"), max_length=40, blank=True)
    text = models.TextField(_("remark"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"))
    # set when the unit submits again
    answered_at = models.DateTimeField(_("answered at"), null=True)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering: ClassVar = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Evidence(models.Model):
    """A file that shows what a registration says."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="evidence")
    file = models.FileField(_("file"), upload_to="evidence/%Y/%m", max_length=300)
    name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    checksum = models.CharField(_("checksum"), max_length=64)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(_("removed at"), null=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering: ClassVar = ["added_at"]

    def __str__(self) -> str:
        return self.name
