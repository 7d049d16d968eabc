"""Lists of what a body nominates from a round, with rank or reason for each model, and answers."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kheo.exemplars.models import Registration
from kheo.nominations.enums import Answer, ListState, Standing
from kheo.organisations.models import BytewiseCharField, Organisation, Seat
from kheo.rounds.models import Round


class NominationList(models.Model):
    """What one body ranks and sends up from one round.

    ``owner_path`` is the body's as organised on the day the round opened, like the paths of the
    registrations; ``target`` is the committee above it, found when the list is sent.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="nomination_lists")
    owner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="nomination_lists",
        verbose_name=_("nominating body"),
    )
    owner_path = BytewiseCharField(max_length=200, editable=False)
    target = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        related_name="nomination_lists_received",
        verbose_name=pgettext_lazy("nomination list", "sent to"),
    )
    # the round's, as it was when the list was last touched; empty means without a limit
    cap = models.PositiveSmallIntegerField(_("nomination cap"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ListState, default=ListState.DRAFT)
    sent_at = models.DateTimeField(pgettext_lazy("nomination list", "sent at"), null=True)
    sent_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(pgettext_lazy("nomination list", "answered at"), null=True)
    answer_reason = models.TextField(_("reason"), blank=True)

    # what the proposal (tờ trình) says beside the list
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    issued_on = models.DateField(_("date of the paper"), null=True, blank=True)
    addressee = models.CharField(_("addressed to"), max_length=300, blank=True)
    grounds = models.TextField(_("grounds"), blank=True)
    position = models.CharField(_("position of the signatory"), max_length=200, blank=True)
    signatory = models.CharField(_("signatory"), max_length=200, blank=True)
    recipients = models.TextField(pgettext_lazy("nomination list", "recipients"), blank=True)

    created_at = models.DateTimeField(_("created at"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("list of nominations")
        verbose_name_plural = _("lists of nominations")
        constraints = [
            models.UniqueConstraint(fields=["round", "owner"], name="nomination_list_once")
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], name="nomination_list_owner"),
            models.Index(fields=["target", "state", "-id"], name="nomination_list_target"),
            models.Index(fields=["owner_path", "-id"], name="nomination_list_path"),
        ]

    def __str__(self) -> str:
        return f"{self.owner} – {self.round}"


class Nomination(models.Model):
    """A model on a list: its rank when it goes up, the reason when it stops, and the answer."""

    nomination_list = models.ForeignKey(NominationList, models.PROTECT, related_name="nominations")
    registration = models.ForeignKey(Registration, models.PROTECT, related_name="nominations")
    rank = models.PositiveSmallIntegerField(pgettext_lazy("nomination", "rank"), null=True)
    stands = models.CharField(_("goes up or stops"), max_length=10, choices=Standing)
    reason = models.TextField(_("reason"), blank=True)
    answer = models.CharField(
        _("answer from above"), max_length=10, choices=Answer, default=Answer.WAITING
    )
    answer_reason = models.TextField(_("reason of the answer"), blank=True)
    answered_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(pgettext_lazy("nomination list", "answered at"), null=True)

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering: ClassVar = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination_list", "registration"], name="nomination_once"
            ),
            models.CheckConstraint(
                condition=Q(stands=Standing.NOMINATED, rank__isnull=False)
                | (Q(stands=Standing.STOPPED, rank__isnull=True) & ~Q(reason="")),
                name="nomination_ranked_or_reasoned",
            ),
        ]
        indexes = [
            models.Index(fields=["nomination_list", "stands", "rank"], name="nomination_ranking"),
        ]

    def __str__(self) -> str:
        return f"{self.rank or '–'}. {self.registration}"
