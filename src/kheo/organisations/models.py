"""Organisations in time, and the seats of people in them.

An organisation's identity is permanent; its names, kinds and places in the tree are dated rows.
``Organisation`` repeats today's values, so that pages of today need no dates.
A *path* names all superiors on the main line: ".1.34.567." is organisation 567 below 34 below 1.
"""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Q
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kheo.organisations.enums import EventKind, Line, Role

if TYPE_CHECKING:
    Text = models.CharField[str | Combinable, str]
else:
    Text = models.CharField


class BytewiseCharField(Text):
    """Text compared byte by byte on every database, so that a range over it can use its index."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, str | None]:
        """Ask PostgreSQL for the C collation; SQLite compares bytes anyway."""
        parameters = dict(super().db_parameters(connection))
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


def below(path: str, field: str = "path") -> Q:
    """Return the condition "this organisation or below it" as a range over paths."""
    return Q(**{f"{field}__gte": path, f"{field}__lt": f"{path[:-1]}/"})


def valid_on(day: date, prefix: str = "") -> Q:
    """Return the condition "a dated row holds on this day"."""
    ends = f"{prefix}valid_to"
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": day})
    )


class Level(models.Model):
    """A level of the administration: a row, since levels come and go (no district since 2025)."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60)
    rank = models.PositiveSmallIntegerField(_("rank"))
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering: ClassVar = ["rank"]

    def __str__(self) -> str:
        return self.name


class Kind(models.Model):
    """A kind of organisation: party committee, advisory body, agency, school and others."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    line = models.CharField(_("line"), max_length=20, choices=Line)
    # an advisory body handles everything below the committee it serves
    advises = models.BooleanField(_("acts for its superior"), default=False)
    # whose papers carry the letterhead of the party, and whose that of the state
    is_party = models.BooleanField(_("uses party papers"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("kind of organisation")
        verbose_name_plural = _("kinds of organisation")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class OrganisationSet(models.QuerySet["Organisation"]):
    """Chainable filters over organisations."""

    def below(self, path: str) -> Self:
        """Keep the organisation of that path and all below it today."""
        return self.filter(below(path))

    def standing(self, day: date) -> Self:
        """Keep the organisations that exist on a day."""
        return self.filter(
            Q(established_on__isnull=True) | Q(established_on__lte=day),
            Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day),
        )


class Organisation(models.Model):
    """A body with a permanent identity; the fields below ``dissolved_on`` repeat today's rows."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    national_code = models.CharField(_("national code"), max_length=10, blank=True, db_index=True)
    established_on = models.DateField(_("established on"), null=True, blank=True)
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)

    name = models.CharField(_("name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=120, blank=True)
    kind = models.ForeignKey(Kind, models.PROTECT, verbose_name=_("kind"))
    level = models.ForeignKey(Level, models.PROTECT, verbose_name=_("level"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name=_("superior")
    )
    path = BytewiseCharField(max_length=200, editable=False)
    # how its papers name the place: "Tân Yên, ngày …"
    place = models.CharField(_("place"), max_length=120, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    sort_key = BytewiseCharField(max_length=1000, editable=False)
    search_key = models.CharField(max_length=500, editable=False)

    objects = OrganisationSet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [
            models.Index(fields=["path"], name="organisation_path"),
            models.Index(fields=["parent", "sort_key"], name="organisation_children"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Return the short name where there is one."""
        return self.short_name or self.name

    @property
    def ancestor_ids(self) -> list[int]:
        """Return the keys on the path, from the top down to the organisation itself."""
        return [int(part) for part in self.path.strip(".").split(".") if part]

    @property
    def reach_path(self) -> str:
        """Return the path below which its officers act: its superior's for an advisory body."""
        if self.kind.advises and self.parent_id:
            return self.path[: -len(f"{self.pk}.")]
        return self.path

    @property
    def reach_id(self) -> int:
        """Return the key of the organisation in whose name its officers act."""
        return self.parent_id if self.kind.advises and self.parent_id else self.pk


class Profile(models.Model):
    """What an organisation is called and what it is, for a time."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="profiles")
    name = models.CharField(_("name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=120, blank=True)
    kind = models.ForeignKey(Kind, models.PROTECT, verbose_name=_("kind"))
    level = models.ForeignKey(Level, models.PROTECT, verbose_name=_("level"))
    sort_key = BytewiseCharField(max_length=1000, editable=False)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("dated name and kind")
        verbose_name_plural = _("dated names and kinds")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "valid_from"], name="profile_one_per_start"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="profile_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """Under whom an organisation stands on one line, for a time; the main line carries the path."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="placements_below"
    )
    line = models.CharField(_("line"), max_length=20, choices=Line)
    is_main = models.BooleanField(_("main line"), default=True)
    path = BytewiseCharField(max_length=200, blank=True, editable=False)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("dated place in the tree")
        verbose_name_plural = _("dated places in the tree")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "line", "valid_from"], name="placement_one_per_start"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="placement_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["path", "valid_from"], name="placement_path"),
            models.Index(fields=["parent", "valid_from"], name="placement_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} < {self.parent_id} ({self.line})"


class Event(models.Model):
    """Something that happened to organisations, with its basis."""

    kind = models.CharField(_("kind of event"), max_length=20, choices=EventKind)
    happened_on = models.DateField(_("date"))
    basis = models.CharField(_("basis document"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("organisation event")
        verbose_name_plural = _("organisation events")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on:%d/%m/%Y}"


class Succession(models.Model):
    """Who followed whom in an event; one side is empty for an establishment or a dissolution."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="successions")
    predecessor = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="successions_out"
    )
    successor = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="successions_in"
    )

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class SeatSet(models.QuerySet["Seat"]):
    """Chainable filters over seats."""

    def held(self, day: date) -> Self:
        """Keep the seats that are held on a day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def own_first(self) -> Self:
        """Put the seats that people hold themselves before those in which they stand in."""
        return self.order_by(F("acting_for").asc(nulls_first=True), "pk")

    def held_between(self, first: date, last: date | None) -> Self:
        """Keep the seats that are held on any day from the first to the last."""
        lasting = self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first))
        return lasting if last is None else lasting.filter(starts_on__lte=last)


class Seat(models.Model):
    """A person in an organisation with a role, for a time; authority belongs to it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="seats")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    title = models.CharField(_("position"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    acting_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="stand_ins"
    )

    objects = SeatSet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="seat_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "starts_on"], name="seat_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} – {self.organisation}"

    @property
    def post(self) -> str | Promise:
        """Return the position, or the role where no position is written."""
        return self.title or self.get_role_display()

    @property
    def actor_user_id(self) -> int | None:
        """Return the person's key, for the audit."""
        return self.user_id

    @property
    def actor_name(self) -> str:
        """Return the person's name, for the audit."""
        return self.user.full_name

    @property
    def actor_seat_id(self) -> int | None:
        """Return the seat's own key, for the audit."""
        return self.pk

    @property
    def actor_seat_label(self) -> str:
        """Return post and organisation as they are today, for the audit."""
        acting = f" (thay {self.acting_for.user})" if self.acting_for else ""
        return f"{self}{acting}"


class Invitation(models.Model):
    """An invitation to take a seat, accepted once with the token that was sent."""

    full_name = models.CharField(_("full name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    title = models.CharField(_("position"), max_length=200, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    invited_by = models.ForeignKey(Seat, models.PROTECT, related_name="invitations_sent")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="invitations")
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.full_name} – {self.organisation}"
