"""Councils, their members and files, who scores what, votes, sessions and outcomes."""

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kheo.appraisal.models import AppraisalFile
from kheo.councils.enums import (
    AllotmentMode,
    AllotmentState,
    Choice,
    ConflictKind,
    CouncilState,
    Facet,
    Ground,
    MemberRole,
    Result,
    TieRule,
)
from kheo.criteria.models import CriteriaSet, Criterion, GradeBand
from kheo.organisations.models import BytewiseCharField, Organisation, Seat
from kheo.rounds.enums import Field


def all_facets() -> list[str]:
    """Return every facet: files are ranked apart by all of them unless something else is said."""
    return [str(facet) for facet in Facet]


class Council(models.Model):
    """A council that appraises files of one criteria set for a committee."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="councils", verbose_name=_("set up by")
    )
    path = BytewiseCharField(max_length=200, editable=False)
    name = models.CharField(_("name"), max_length=300)
    year = models.PositiveSmallIntegerField(_("year"))
    # "123-QĐ/HU", as the decision that founds the council has it
    decision_number = models.CharField(_("founding decision"), max_length=60, blank=True)
    decision_on = models.DateField(_("date of the decision"), null=True, blank=True)
    criteria_set = models.ForeignKey(
        CriteriaSet, models.PROTECT, related_name="councils", verbose_name=_("criteria set")
    )
    quorum = models.PositiveSmallIntegerField(_("quorum"), validators=[MinValueValidator(1)])
    scorers = models.PositiveSmallIntegerField(
        _("members who score a file"), default=3, validators=[MinValueValidator(1)]
    )
    scores_due_on = models.DateField(_("scores due on"), null=True, blank=True)
    is_secret = models.BooleanField(_("secret vote"), default=False)
    ranked_by = models.JSONField(_("ranked apart by"), default=all_facets, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=CouncilState, default=CouncilState.DRAFT
    )

    # the session and what its minutes say
    held_on = models.DateField(_("day of the session"), null=True, blank=True)
    starts = models.CharField(_("begins at"), max_length=20, blank=True)
    ends = models.CharField(_("ends at"), max_length=20, blank=True)
    place = models.CharField(_("place of the session"), max_length=300, blank=True)
    guests = models.TextField(_("also present"), blank=True)
    agenda = models.TextField(_("agenda"), blank=True)
    discussion = models.TextField(_("what was discussed"), blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True)

    created_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    decided_at = models.DateTimeField(_("outcome settled at"), null=True)
    announced_at = models.DateTimeField(_("announced at"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("council")
        verbose_name_plural = _("councils")
        ordering: ClassVar = ["-year", "-pk"]
        indexes = [models.Index(fields=["path", "-year", "-id"], name="council_of_path")]

    def __str__(self) -> str:
        return self.name


class CouncilMember(models.Model):
    """A person in a council, by seat; name and post are those of the day of the appointment."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="members")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="council_memberships")
    role = models.CharField(_("role"), max_length=10, choices=MemberRole, default=MemberRole.MEMBER)
    name = models.CharField(_("name"), max_length=200)
    post = models.CharField(_("position"), max_length=500)
    # empty: every field
    field = models.CharField(_("field"), max_length=20, choices=Field, blank=True)
    is_scoring = models.BooleanField(_("scores files"), default=True)
    is_present = models.BooleanField(_("present at the session"), null=True)
    absence = models.CharField(_("reason for the absence"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("member of a council")
        verbose_name_plural = _("members of councils")
        ordering: ClassVar = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "seat"], name="council_member_once"),
            models.UniqueConstraint(
                fields=["council", "role"],
                condition=Q(role__in=[MemberRole.CHAIR, MemberRole.SECRETARY]),
                name="council_one_chair_one_secretary",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CouncilFile(models.Model):
    """A file before a council, with what the scores that are in amount to.

    ``total`` is what the file would end with today, ``council_part`` what the council itself gives
    of it, ``heaviest`` the points for the criterion with the greatest weight.
    """

    council = models.ForeignKey(Council, models.PROTECT, related_name="files")
    file = models.ForeignKey(AppraisalFile, models.PROTECT, related_name="council_files")
    order = models.PositiveIntegerField(_("order"), default=0)
    wanted = models.PositiveSmallIntegerField(_("members who score it"), default=0)
    scored = models.PositiveSmallIntegerField(_("scores that are in"), default=0)
    total = models.DecimalField(_("total"), max_digits=7, decimal_places=2, null=True)
    council_part = models.DecimalField(
        _("points of the council"), max_digits=7, decimal_places=2, null=True
    )
    heaviest = models.DecimalField(
        _("criterion with the greatest weight"), max_digits=7, decimal_places=2, null=True
    )
    lowest = models.DecimalField(_("lowest"), max_digits=7, decimal_places=2, null=True)
    highest = models.DecimalField(_("highest"), max_digits=7, decimal_places=2, null=True)
    has_outliers = models.BooleanField(_("scores far apart"), default=False)
    # set by the council: a disqualifying condition that most members saw
    is_disqualified = models.BooleanField(_("disqualified"), default=False)
    # changes against the level below that have no reason yet
    unreasoned = models.PositiveSmallIntegerField(_("changes without a reason"), default=0)
    chair_order = models.PositiveSmallIntegerField(_("order given by the chair"), default=0)
    chair_reason = models.TextField(_("reason of the chair"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("file before a council")
        verbose_name_plural = _("files before a council")
        ordering: ClassVar = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "file"], name="council_file_once"),
            # one file is appraised by one council
            models.UniqueConstraint(fields=["file"], name="file_before_one_council"),
        ]
        indexes = [models.Index(fields=["council", "order", "id"], name="council_file_order")]

    def __str__(self) -> str:
        return str(self.file)


class Conflict(models.Model):
    """Why a member keeps out of a file: found by the system, or declared."""

    file = models.ForeignKey(CouncilFile, models.CASCADE, related_name="conflicts")
    member = models.ForeignKey(CouncilMember, models.CASCADE, related_name="conflicts")
    kind = models.CharField(_("kind"), max_length=10, choices=ConflictKind)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    noted_at = models.DateTimeField(_("noted at"))

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [models.UniqueConstraint(fields=["file", "member"], name="conflict_once")]

    def __str__(self) -> str:
        return f"{self.member} – {self.file}: {self.get_kind_display()}"


class Allotment(models.Model):
    """A file given to a member to be scored, and whether the scores are in."""

    file = models.ForeignKey(CouncilFile, models.CASCADE, related_name="allotments")
    member = models.ForeignKey(CouncilMember, models.PROTECT, related_name="allotments")
    mode = models.CharField(_("given"), max_length=10, choices=AllotmentMode)
    state = models.CharField(
        _("state"), max_length=10, choices=AllotmentState, default=AllotmentState.WAITING
    )
    # the file's, so that the queue needs no sorting
    order = models.PositiveIntegerField(default=0)
    total = models.DecimalField(_("total"), max_digits=7, decimal_places=2, null=True)
    is_outlier = models.BooleanField(_("far from the others"), default=False)
    done_at = models.DateTimeField(_("scored at"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("file given to a member")
        verbose_name_plural = _("files given to members")
        ordering: ClassVar = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["file", "member"], name="allotment_once")]
        indexes = [models.Index(fields=["member", "order", "id"], name="allotment_queue")]

    def __str__(self) -> str:
        return f"{self.member} – {self.file}"


class MemberScore(models.Model):
    """What a member gives for one criterion; 1 for a disqualifying condition that holds."""

    allotment = models.ForeignKey(Allotment, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=2)
    note = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("score of a member")
        verbose_name_plural = _("scores of members")
        constraints = [
            models.UniqueConstraint(fields=["allotment", "criterion"], name="member_score_once"),
            models.CheckConstraint(condition=Q(points__gte=0), name="member_score_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.points}"


class Settlement(models.Model):
    """What the council settles for a criterion where it departs from the level below, and why.

    A criterion without one stands at the mean of the members.
    """

    file = models.ForeignKey(CouncilFile, models.CASCADE, related_name="settlements")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=2)
    reason = models.TextField(_("reason for the change"))
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(_("settled at"))

    class Meta:
        verbose_name = _("settled score")
        verbose_name_plural = _("settled scores")
        constraints = [
            models.UniqueConstraint(fields=["file", "criterion"], name="settlement_once")
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.points}"


class Vote(models.Model):
    """One vote of the members who are present, on one file or many."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="votes")
    is_secret = models.BooleanField(_("secret vote"))
    opened_at = models.DateTimeField(_("opened at"))
    closed_at = models.DateTimeField(_("closed at"), null=True)
    # how many were present when it was opened: as many ballots can come in
    present = models.PositiveSmallIntegerField(_("present"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering: ClassVar = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council"], condition=Q(closed_at__isnull=True), name="one_open_vote"
            )
        ]

    def __str__(self) -> str:
        return f"{self.council} ({self.opened_at:%d/%m/%Y %H:%M})"


class Ballot(models.Model):
    """The count for one file in one vote.

    A secret ballot is dropped into this count and is kept nowhere else: no row, key, order or
    time could be traced to the voter.
    """

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="ballots")
    file = models.ForeignKey(CouncilFile, models.PROTECT, related_name="ballots")
    # those present when the vote was opened, without members who keep out of the file
    entitled = models.PositiveSmallIntegerField(_("entitled to vote"), default=0)
    in_favour = models.PositiveSmallIntegerField(_("in favour"), default=0)
    against = models.PositiveSmallIntegerField(_("against"), default=0)
    blank = models.PositiveSmallIntegerField(_("no opinion"), default=0)

    class Meta:
        verbose_name = _("count of ballots")
        verbose_name_plural = _("counts of ballots")
        ordering: ClassVar = ["file__order", "file"]
        constraints = [models.UniqueConstraint(fields=["vote", "file"], name="ballot_once")]

    def __str__(self) -> str:
        return f"{self.in_favour}/{self.against}/{self.blank}"

    @property
    def cast(self) -> int:
        """Return how many ballots were dropped."""
        return self.in_favour + self.against + self.blank


class Voter(models.Model):
    """That a member has voted, and nothing else; there is no time on purpose."""

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="voters")
    member = models.ForeignKey(CouncilMember, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("voter")
        verbose_name_plural = _("voters")
        constraints = [models.UniqueConstraint(fields=["vote", "member"], name="voter_once")]

    def __str__(self) -> str:
        return str(self.member)


class OpenBallot(models.Model):
    """What a member said of a file in a vote that is not secret."""

    voter = models.ForeignKey(Voter, models.CASCADE, related_name="ballots")
    file = models.ForeignKey(CouncilFile, models.PROTECT, related_name="+")
    choice = models.CharField(_("choice"), max_length=10, choices=Choice)

    class Meta:
        verbose_name = _("open ballot")
        verbose_name_plural = _("open ballots")
        constraints = [models.UniqueConstraint(fields=["voter", "file"], name="open_ballot_once")]

    def __str__(self) -> str:
        return f"{self.voter}: {self.get_choice_display()}"


class Outcome(models.Model):
    """What a council settled on a file: points, grade, place and result."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="outcomes")
    file = models.OneToOneField(CouncilFile, models.PROTECT, related_name="outcome")
    total = models.DecimalField(_("total"), max_digits=7, decimal_places=2, default=Decimal(0))
    grade = models.ForeignKey(
        GradeBand, models.PROTECT, null=True, related_name="+", verbose_name=_("grade")
    )
    result = models.CharField(_("result"), max_length=16, choices=Result)
    # why it is not put forward
    ground = models.CharField(_("reason"), max_length=10, choices=Ground, blank=True)
    place = models.PositiveIntegerField(pgettext_lazy("ranking", "place"), null=True)
    rule = models.CharField(_("parted by"), max_length=10, choices=TieRule, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("council", "outcome")
        verbose_name_plural = pgettext_lazy("council", "outcomes")
        ordering: ClassVar = ["place", "pk"]
        indexes = [models.Index(fields=["council", "result", "place"], name="outcome_of_council")]

    def __str__(self) -> str:
        return f"{self.file}: {self.get_result_display()}"


class Announcement(models.Model):
    """How far the announcing of an outcome has come; long ones are done in the background."""

    council = models.OneToOneField(Council, models.PROTECT, related_name="announcement")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("begun at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)
    total = models.PositiveIntegerField(pgettext_lazy("announcement", "files"))
    done = models.PositiveIntegerField(_("done"), default=0)

    class Meta:
        verbose_name = _("announcement of an outcome")
        verbose_name_plural = _("announcements of outcomes")

    def __str__(self) -> str:
        return f"{self.council}: {self.done}/{self.total}"
