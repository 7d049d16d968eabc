"""How many registrations stand where, and came how far, below each organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kheo.exemplars.enums import Continuity, Nature, Stage, State
from kheo.organisations.models import Level, Organisation
from kheo.rounds.enums import Field, Form


class RegistrationTally(models.Model):
    """How many registrations stand where below an organisation; kept by every action.

    Counts what was ever submitted (withdrawn ones under their own state), for the unit itself and
    every superior as organised at the time.
    """

    year = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    field = models.CharField(max_length=20, choices=Field)
    nature = models.CharField(max_length=12, choices=Nature)
    form = models.CharField(max_length=12, choices=Form)
    level = models.ForeignKey(Level, models.PROTECT, related_name="+")
    continuity = models.CharField(max_length=12, choices=Continuity)
    state = models.CharField(max_length=12, choices=State)
    count = models.IntegerField()

    class Meta:
        verbose_name = _("tally of registrations")
        verbose_name_plural = _("tallies of registrations")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "organisation",
                    "year",
                    "field",
                    "nature",
                    "form",
                    "level",
                    "continuity",
                    "state",
                ],
                name="registration_tally_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}: {self.count}"


class StageTally(models.Model):
    """How many registrations below an organisation reached a stage; kept beside the tally above.

    A table of its own: stages as one more property there would multiply its rows.
    """

    year = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    field = models.CharField(max_length=20, choices=Field)
    nature = models.CharField(max_length=12, choices=Nature)
    form = models.CharField(max_length=12, choices=Form)
    level = models.ForeignKey(Level, models.PROTECT, related_name="+")
    continuity = models.CharField(max_length=12, choices=Continuity)
    stage = models.PositiveSmallIntegerField(choices=Stage)
    count = models.IntegerField()

    class Meta:
        verbose_name = _("tally of stages")
        verbose_name_plural = _("tallies of stages")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "organisation",
                    "year",
                    "field",
                    "nature",
                    "form",
                    "level",
                    "continuity",
                    "stage",
                ],
                name="stage_tally_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}: {self.count}"
