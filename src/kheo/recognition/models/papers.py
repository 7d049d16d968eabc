"""Forms of honour, proposals with the list of their candidates, and decisions."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kheo.appraisal.models import TitleEntry
from kheo.exemplars.models import Exemplar, Registration
from kheo.lib.text.documents import Style, Symbol
from kheo.organisations.models import BytewiseCharField, Organisation, Seat
from kheo.recognition.enums import (
    Act,
    DecisionState,
    ProposalState,
    Purpose,
    Subject,
    Track,
)

KIND = "QĐ"


class HonourForm(models.Model):
    """A form of honour (giấy chứng nhận, giấy khen, bằng khen) and who may give it.

    Which kinds of organisation on which levels give it is data, since the law changes.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    act = models.CharField(_("act"), max_length=10, choices=Act)
    track = models.CharField(_("track"), max_length=10, choices=Track)
    # codes of kinds and levels of organisations; an empty list means any
    giver_kinds = models.JSONField(_("kinds of bodies that give it"), default=list, blank=True)
    giver_levels = models.JSONField(_("levels of bodies that give it"), default=list, blank=True)
    # may only be given to what stands recognised
    needs_recognition = models.BooleanField(_("only for what is recognised"), default=False)
    valid_years = models.PositiveSmallIntegerField(_("years of validity"), null=True, blank=True)
    source = models.CharField(_("source of the rule"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("form of honour")
        verbose_name_plural = _("forms of honour")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class HonourProposal(models.Model):
    """A proposal (tờ trình) that a body decide on honours of one form, with its list.

    ``organisation`` proposes, ``issuer`` decides: often both are the same committee.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="honour_proposals", verbose_name=_("proposed by")
    )
    path = BytewiseCharField(max_length=200, editable=False)
    issuer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="honours_asked", verbose_name=_("decided by")
    )
    issuer_path = BytewiseCharField(max_length=200, editable=False)
    form = models.ForeignKey(
        HonourForm, models.PROTECT, related_name="proposals", verbose_name=_("form of honour")
    )
    act = models.CharField(_("act"), max_length=10, choices=Act)
    track = models.CharField(_("track"), max_length=10, choices=Track)
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("what it proposes"), max_length=300)
    # of the proposal as a paper; blanks are left where nothing is given
    symbol = models.CharField(_("number and symbol"), max_length=60, blank=True)
    dated_on = models.DateField(_("date of the paper"), null=True, blank=True)
    # who signs it; without a position that of the body's head is written
    signatory_position = models.CharField(
        _("position of the signatory"), max_length=200, blank=True
    )
    signatory = models.CharField(_("signatory"), max_length=200, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState, default=ProposalState.DRAFT
    )
    answer = models.TextField(_("reason of the answer"), blank=True)
    created_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    sent_at = models.DateTimeField(_("sent at"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("proposal of honours")
        verbose_name_plural = _("proposals of honours")
        indexes = [
            models.Index(fields=["path", "-year"], name="proposal_of_body"),
            models.Index(fields=["issuer", "state", "-year"], name="proposal_to_decide"),
        ]

    def __str__(self) -> str:
        return self.title


class HonourCandidate(models.Model):
    """Who or what a proposal names, with the achievement and what stood against it when sent.

    ``subject_key`` says who it is, so that nobody stands twice in one proposal.
    """

    proposal = models.ForeignKey(HonourProposal, models.CASCADE, related_name="candidates")
    order = models.PositiveIntegerField(_("order"), default=1)
    subject = models.CharField(_("who is honoured"), max_length=10, choices=Subject)
    subject_key = models.CharField(max_length=340, editable=False)
    registration = models.ForeignKey(
        Registration, models.PROTECT, null=True, blank=True, related_name="honour_candidates"
    )
    exemplar = models.ForeignKey(
        Exemplar, models.PROTECT, null=True, blank=True, related_name="honour_candidates"
    )
    title_entry = models.ForeignKey(
        TitleEntry, models.PROTECT, null=True, blank=True, related_name="honour_candidates"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="honour_candidates"
    )
    unit_name = models.CharField(_("unit"), max_length=300, blank=True)
    path = BytewiseCharField(max_length=200, blank=True, editable=False)
    # as it is to stand on the certificate
    name = models.CharField(_("name of the honoured"), max_length=300)
    position = models.CharField(_("position"), max_length=200, blank=True)
    achievement = models.TextField(_("achievement"), blank=True)
    # the earlier honour that this one renews
    renews = models.ForeignKey(
        "recognition.Honour",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="renewing",
        verbose_name=_("renews"),
    )
    # what the checks found when the proposal was sent: [{"rule": …, "reason": …, "blocks": …}]
    findings = models.JSONField(_("findings"), default=list, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("candidate for an honour")
        verbose_name_plural = _("candidates for honours")
        ordering: ClassVar = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "subject_key"], name="candidate_once")
        ]
        indexes = [
            models.Index(fields=["proposal", "order"], name="candidate_order"),
            models.Index(fields=["subject_key"], name="candidate_subject"),
        ]

    def __str__(self) -> str:
        return self.name


class Decision(models.Model):
    """A decision (quyết định) that confers honours on a list, or takes them back."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="honour_decisions", verbose_name=_("issued by")
    )
    path = BytewiseCharField(max_length=200, editable=False)
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose, default=Purpose.CONFER)
    proposal = models.OneToOneField(
        HonourProposal,
        models.PROTECT,
        null=True,
        related_name="decision",
        verbose_name=_("proposal of honours"),
    )
    form = models.ForeignKey(
        HonourForm, models.PROTECT, related_name="decisions", verbose_name=_("form of honour")
    )
    act = models.CharField(_("act"), max_length=10, choices=Act)
    track = models.CharField(_("track"), max_length=10, choices=Track)
    year = models.PositiveSmallIntegerField(_("year"))
    subject = models.CharField(_("subject"), max_length=300)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    # letters after the number, "QĐ/HU" or "QĐ-UBND"
    letters = models.CharField(_("letters of the symbol"), max_length=40, blank=True)
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    authority = models.CharField(_("in whose name it is signed"), max_length=200, blank=True)
    signatory_position = models.CharField(
        _("position of the signatory"), max_length=200, blank=True
    )
    signatory = models.CharField(_("signatory"), max_length=200, blank=True)
    # the grounds (căn cứ) as lines; what is left empty is written from what is known
    grounds = models.TextField(_("grounds"), blank=True)
    # why honours are taken back
    reason = models.TextField(_("reason"), blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=DecisionState, default=DecisionState.DRAFT
    )
    # planned while it is issued, final once it is announced
    announced_on = models.DateField(_("date of announcing"), null=True, blank=True)
    occasion = models.CharField(_("occasion"), max_length=200, blank=True)
    created_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    issued_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(_("issued at"), null=True)
    announced_at = models.DateTimeField(_("announced at"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("decision on honours")
        verbose_name_plural = _("decisions on honours")
        indexes = [
            models.Index(fields=["path", "-year"], name="decision_of_body"),
            models.Index(fields=["organisation", "state", "announced_on"], name="decision_awaits"),
            models.Index(fields=["organisation", "number", "year"], name="decision_number"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=DecisionState.DRAFT)
                | (
                    Q(number__isnull=False, issued_on__isnull=False)
                    & ~Q(signatory="")
                    & ~Q(signatory_position="")
                ),
                name="decision_issued_is_whole",
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def symbol(self) -> Symbol:
        """Return number and symbol, 127-QĐ/HU or 30/QĐ-UBND by the track."""
        style = Style.PARTY if self.track == Track.PARTY else Style.STATE
        return Symbol(self.number, KIND, self.letters or "…", style)
