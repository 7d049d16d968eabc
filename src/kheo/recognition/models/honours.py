"""Honours as they were conferred, and which of them a decision takes back."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kheo.appraisal.models import TitleEntry
from kheo.exemplars.models import Exemplar, Registration
from kheo.organisations.models import BytewiseCharField, Organisation
from kheo.recognition.enums import Act, DecisionState, Subject, Track
from kheo.recognition.models.papers import Decision, HonourCandidate, HonourForm


class HonourSet(models.QuerySet["Honour"]):
    """Chainable filters over honours."""

    def standing(self) -> "HonourSet":
        """Keep what was not taken back."""
        return self.filter(revoked_at=None)

    def valid(self, day: date) -> "HonourSet":
        """Keep what stands and holds on a day."""
        return self.standing().filter(Q(valid_until=None) | Q(valid_until__gte=day))

    def announced(self) -> "HonourSet":
        """Keep what units may know of."""
        return self.filter(decision__state=DecisionState.ANNOUNCED)


class Honour(models.Model):
    """One honour: who received what by which decision, and its number in the issuer's book."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="honours")
    candidate = models.OneToOneField(HonourCandidate, models.PROTECT, related_name="honour")
    order = models.PositiveIntegerField(_("order"), default=1)
    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="honours_given")
    form = models.ForeignKey(
        HonourForm, models.PROTECT, related_name="honours", verbose_name=_("form of honour")
    )
    act = models.CharField(_("act"), max_length=10, choices=Act)
    track = models.CharField(_("track"), max_length=10, choices=Track)
    year = models.PositiveSmallIntegerField(_("year"))
    subject = models.CharField(_("who is honoured"), max_length=10, choices=Subject)
    registration = models.ForeignKey(
        Registration, models.PROTECT, null=True, related_name="honours"
    )
    exemplar = models.ForeignKey(Exemplar, models.PROTECT, null=True, related_name="honours")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="honours"
    )
    title_entry = models.ForeignKey(TitleEntry, models.PROTECT, null=True, related_name="honours")
    # says who it is: a model, a unit with its title, or a person of a unit
    subject_key = models.CharField(max_length=340, editable=False)
    unit_name = models.CharField(_("unit"), max_length=300, blank=True)
    path = BytewiseCharField(max_length=200, blank=True, editable=False)
    name = models.CharField(_("name of the honoured"), max_length=300)
    position = models.CharField(_("position"), max_length=200, blank=True)
    achievement = models.TextField(_("achievement"), blank=True)
    # the number in the book of the issuer, for its form and the year of issue
    book_year = models.PositiveSmallIntegerField(_("year of the book"))
    book_number = models.PositiveIntegerField(_("number in the book"))
    valid_until = models.DateField(_("valid until"), null=True)
    renewed_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="renewals", verbose_name=_("renews")
    )
    # the recognition that a praise or commendation was built on
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="built_on", verbose_name=_("based on")
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    revoked_by = models.ForeignKey(
        Decision, models.PROTECT, null=True, related_name="honours_revoked"
    )

    objects = HonourSet.as_manager()

    class Meta:
        verbose_name = _("honour")
        verbose_name_plural = _("honours")
        ordering: ClassVar = ["decision", "order", "pk"]
        indexes = [
            models.Index(fields=["decision", "order"], name="honour_of_decision"),
            models.Index(fields=["exemplar", "act"], name="honour_of_exemplar"),
            models.Index(fields=["registration", "act"], name="honour_of_registration"),
            models.Index(fields=["organisation", "-year"], name="honour_of_unit"),
            models.Index(fields=["subject_key"], name="honour_of_subject"),
            models.Index(fields=["path", "-year", "id"], name="honour_by_unit"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "form", "book_year", "book_number"], name="honour_book_number"
            ),
            # whatever two windows do at once, one achievement has one honour of a form and issuer
            models.UniqueConstraint(
                fields=["issuer", "form", "subject_key", "year"],
                condition=Q(revoked_at=None, renewed_from=None),
                name="honour_once",
            ),
            models.UniqueConstraint(
                fields=["renewed_from"], condition=Q(revoked_at=None), name="honour_renewed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.year})"

    def is_expired(self, today: date) -> bool:
        """Tell whether it no longer holds, though nobody took it back."""
        return self.valid_until is not None and self.valid_until < today


class Revocation(models.Model):
    """An honour that a decision takes back, once the decision is issued."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="revocations")
    honour = models.ForeignKey(Honour, models.PROTECT, related_name="revocations")
    # taken back because what it was built on is
    follows = models.BooleanField(_("follows another one"), default=False)

    class Meta:
        verbose_name = _("honour taken back")
        verbose_name_plural = _("honours taken back")
        ordering: ClassVar = ["follows", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "honour"], name="revocation_once")
        ]

    def __str__(self) -> str:
        return str(self.honour)
