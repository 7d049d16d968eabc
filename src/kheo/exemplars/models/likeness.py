"""Registrations that are alike, and what was said of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kheo.exemplars.enums import Likeness
from kheo.exemplars.models.registrations import Registration
from kheo.organisations.models import BytewiseCharField, Seat
from kheo.rounds.models import Round


class LikenessKey(models.Model):
    """A number that models like this one share (lib.text.likeness_keys); only of what was sent.

    The key ``WAITS`` says that the registration was not compared yet.
    """

    WAITS = -1

    key = models.BigIntegerField()
    path = BytewiseCharField(max_length=200)
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="likeness_keys", db_index=True
    )

    class Meta:
        verbose_name = _("key of likeness")
        verbose_name_plural = _("keys of likeness")
        indexes = [models.Index(fields=["key", "path", "registration"], name="likeness_found")]

    def __str__(self) -> str:
        return str(self.key)


class LikenessPair(models.Model):
    """Two registrations that are alike, and what the officer and the unit say of them.

    ``first`` is the earlier one; ``round`` is the later one's, ``path`` what both paths share.
    """

    first = models.ForeignKey(Registration, models.CASCADE, related_name="likenesses_after")
    second = models.ForeignKey(Registration, models.CASCADE, related_name="likenesses_before")
    round = models.ForeignKey(Round, models.PROTECT, related_name="likenesses")
    path = BytewiseCharField(max_length=200)
    # from 0 to 100
    score = models.PositiveSmallIntegerField(_("likeness"))
    name_score = models.PositiveSmallIntegerField()
    text_score = models.PositiveSmallIntegerField(null=True)
    same_place = models.BooleanField()
    suggestion = models.CharField(_("suggestion"), max_length=12, choices=Likeness)
    # of the texts as compared: when they change, what was decided is asked again
    digest = models.CharField(max_length=32)
    claim = models.CharField(_("what the unit says"), max_length=12, choices=Likeness, blank=True)
    decision = models.CharField(_("decision"), max_length=12, choices=Likeness, blank=True)
    decided_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True)
    # how the later one stood before it was linked, so that the link can be taken back
    unlinked = models.JSONField(default=dict, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("pair of like registrations")
        verbose_name_plural = _("pairs of like registrations")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="likeness_pair_once")
        ]
        indexes = [
            models.Index(fields=["round", "decision", "-score", "id"], name="likeness_of_round")
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"
