"""Files handed in for a round, what was read in them, and what a person made of it."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from kheo.exemplars.models import Exemplar, Registration
from kheo.intake.enums import Decision, FileState, IntakeState, Link
from kheo.organisations.models import BytewiseCharField, Organisation, Seat
from kheo.rounds.models import Participation, Round


class Intake(models.Model):
    """One import of files into a round, of one unit or of one committee's officers.

    ``version`` rises with every change below it, so that two windows notice each other.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="intakes")
    # in whose name: the unit of a clerk, the committee of an officer
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="intakes")
    path = BytewiseCharField(max_length=200, editable=False)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    state = models.CharField(
        _("state"), max_length=12, choices=IntakeState, default=IntakeState.READING
    )
    version = models.PositiveIntegerField(default=1)
    # why the rows could not be saved in the background, for whoever looks next
    setback = models.TextField(_("setback"), blank=True)
    begun_at = models.DateTimeField(_("begun at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("import of files")
        verbose_name_plural = _("imports of files")
        indexes = [
            models.Index(fields=["organisation", "round", "-begun_at"], name="intake_of_unit")
        ]

    def __str__(self) -> str:
        return f"{self.round} – {self.organisation}"


class IntakeFile(models.Model):
    """A file as it was handed in; it stays as it is."""

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="files")
    file = models.FileField(_("file"), upload_to="intake/%Y/%m", max_length=300)
    name = models.CharField(_("file name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size"))
    checksum = models.CharField(_("checksum"), max_length=64)
    order = models.PositiveIntegerField(_("order"))
    state = models.CharField(
        _("state"), max_length=12, choices=FileState, default=FileState.WAITING
    )
    # why it cannot be read, for the catalogue of words
    refusal = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    problems = models.PositiveIntegerField(_("problems"), default=0)

    class Meta:
        verbose_name = _("file handed in")
        verbose_name_plural = _("files handed in")
        ordering: ClassVar = ["order", "pk"]
        indexes = [models.Index(fields=["checksum"], name="intake_file_checksum")]

    def __str__(self) -> str:
        return self.name


class IntakeForm(models.Model):
    """One form found in a file: what it was taken for, whose it is, how its columns were read."""

    file = models.ForeignKey(IntakeFile, models.CASCADE, related_name="forms")
    order = models.PositiveIntegerField(_("order"))
    layout = models.CharField(_("form"), max_length=10, blank=True)
    certain = models.BooleanField(default=False)
    part_name = models.CharField(max_length=200, blank=True)
    unit_found = models.CharField(max_length=300, blank=True)
    participation = models.ForeignKey(
        Participation, models.PROTECT, null=True, related_name="+", verbose_name=_("unit")
    )
    year_found = models.CharField(max_length=60, blank=True)
    # set once a person has said that unit and year are right
    confirmed = models.BooleanField(default=False)
    columns = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    troubles = models.JSONField(default=list, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("form found in a file")
        verbose_name_plural = _("forms found in a file")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.layout} {self.unit_found}".strip()


class IntakeEntry(models.Model):
    """One registration that a form proposes, row by row.

    ``values`` holds [understood, found, place] by item; ``corrected`` what a person put instead.
    ``troubles`` keeps what the reader did not understand; ``problems`` what still stands in the
    way, ``gaps`` what the draft will lack.
    """

    form = models.ForeignKey(IntakeForm, models.CASCADE, related_name="entries")
    order = models.PositiveIntegerField(_("order"))
    place = models.JSONField(default=dict)
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    corrected = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    troubles = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    problems = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    gaps = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    decision = models.CharField(
        _("decision"), max_length=8, choices=Decision, default=Decision.TAKE
    )
    link = models.CharField(_("link"), max_length=12, choices=Link, default=Link.NEW)
    # the entry it continues, or the draft it corrects
    earlier = models.ForeignKey(Registration, models.SET_NULL, null=True, related_name="+")
    replicated = models.ForeignKey(Exemplar, models.SET_NULL, null=True, related_name="+")
    registration = models.ForeignKey(
        Registration, models.SET_NULL, null=True, related_name="intake_entries"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("row of a file")
        verbose_name_plural = _("rows of a file")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return str(self.corrected.get("name") or self.values.get("name", [""])[0])


class ColumnMemory(models.Model):
    """What a unit's headings were taken for the last time a person said so."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    signature = models.CharField(max_length=64)
    keys = models.JSONField(default=list)
    remembered_at = models.DateTimeField(_("remembered at"))

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "signature"], name="column_memory_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.signature[:8]}"
