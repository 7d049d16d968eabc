"""Exactly which units a round asks, as organised on the day it opens, before and after."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils.translation import gettext as _

from kheo.lib.text.folding import fold
from kheo.organisations.models import Organisation, Placement, Profile, below, valid_on
from kheo.rounds.models import Audience, Round


@dataclass(frozen=True)
class AudienceCount:
    """How many units an audience takes, of how many it describes."""

    audience: Audience
    units: int
    taken_by_earlier: int


@dataclass(frozen=True)
class RoundPreview:
    """Who will be asked for what if the round were published now."""

    audiences: list[AudienceCount]
    unasked: int
    asked_twice: int
    not_standing: list[Organisation]

    @property
    def asked(self) -> int:
        """Return how many units are asked."""
        return sum(row.units for row in self.audiences)

    @property
    def empty_audiences(self) -> list[Audience]:
        """Return the audiences that take no unit."""
        return [row.audience for row in self.audiences if not row.units]


def path_on(organisation: Organisation, day: date) -> str:
    """Return where an organisation stood on the main line on a day; today's place failing that."""
    placed = organisation.placements.filter(valid_on(day), is_main=True)
    return placed.values_list("path", flat=True).first() or organisation.path


def units_below(organiser: Organisation, day: date) -> "QuerySet[Any, Any]":
    """Return the units below an organiser as organised on a day, by their names of that day.

    Each carries ``unit_name``, ``unit_key``, ``unit_path``, ``kind_on`` and ``level_on``.
    """
    return (
        Organisation.objects.filter(
            below(path_on(organiser, day), "placements__path"),
            valid_on(day, "placements__"),
            placements__is_main=True,
        )
        .exclude(pk=organiser.pk)
        .annotate(unit_path=F("placements__path"))
        .filter(valid_on(day, "profiles__"))
        .annotate(
            unit_name=F("profiles__name"),
            unit_key=F("profiles__sort_key"),
            kind_on=F("profiles__kind_id"),
            level_on=F("profiles__level_id"),
        )
        .order_by("unit_key", "pk")
    )


def asked_units(round: Round, audiences: Iterable[Audience]) -> "QuerySet[Any, Any]":
    """Return the units below the organiser, each with ``asked_as`` and ``matches``.

    ``asked_as`` is the key of the first audience that describes the unit, or None; ``matches``
    counts all that do. Prefetch the audiences' kinds, levels and listed units.
    """
    conditions = [(audience.pk, _described(audience)) for audience in audiences]
    units = units_below(round.organiser, round.opens_on)
    if not conditions:
        nobody = Value(None, output_field=IntegerField())
        return cast("QuerySet[Any, Any]", units.annotate(asked_as=nobody, matches=Value(0)))
    first = Case(*(When(test, then=Value(pk)) for pk, test in conditions), default=None)
    counted = [
        Case(When(test, then=Value(1)), default=Value(0), output_field=IntegerField())
        for _pk, test in conditions
    ]
    matches = counted[0]
    for one in counted[1:]:
        matches = matches + one  # type: ignore[assignment]
    return cast("QuerySet[Any, Any]", units.annotate(asked_as=first, matches=matches))


def _described(audience: Audience) -> Q:
    kinds = [kind.pk for kind in audience.kinds.all()]
    levels = [level.pk for level in audience.levels.all()]
    test = Q(pk__in=[unit.pk for unit in audience.listed.all()])
    if kinds or levels:
        by_kind = Q(kind_on__in=kinds) if kinds else Q()
        by_level = Q(level_on__in=levels) if levels else Q()
        test |= by_kind & by_level
    return test


def audiences_of(round: Round) -> list[Audience]:
    """Return a round's audiences in order, with all they say, in six statements."""
    wanted = ("kinds", "levels", "listed", "layouts", "quotas__level")
    return list(round.audiences.prefetch_related(*wanted))


def preview_units(
    round: Round, audiences: list[Audience], *, show: str = "", search: str = ""
) -> "QuerySet[Any, Any]":
    """Return the units to show: of one audience (its key), "twice", "unasked", or all asked ones.

    ``search`` finds parts of today's name without tone marks.
    """
    units = asked_units(round, audiences)
    if show == "unasked":
        units = units.filter(asked_as__isnull=True)
    elif show == "twice":
        units = units.filter(matches__gt=1)
    elif show.isdecimal() and int(show) in {audience.pk for audience in audiences}:
        units = units.filter(asked_as=int(show))
    else:
        units = units.filter(asked_as__isnull=False)
    words = fold(search)
    return units.filter(search_key__contains=words) if words else units


def with_audiences(
    units: Iterable[Any], audiences: Iterable[Audience]
) -> list[tuple[Organisation, Audience | None]]:
    """Return each unit of :func:`preview_units` beside the audience that takes it."""
    by_key = {audience.pk: audience for audience in audiences}
    return [(unit, by_key.get(unit.asked_as)) for unit in units]


def round_preview(round: Round, audiences: list[Audience]) -> RoundPreview:
    """Return who would be asked for what, in a fixed number of statements."""
    units = asked_units(round, audiences).order_by()
    rows = units.values("asked_as").annotate(
        units=Count("pk"), twice=Count("pk", filter=Q(matches__gt=1))
    )
    found = {row["asked_as"]: row for row in rows}
    described = units.aggregate(
        **{f"audience_{a.pk}": Count("pk", filter=_described(a)) for a in audiences}
    )
    counts = [_count(audience, found.get(audience.pk), described) for audience in audiences]
    return RoundPreview(
        audiences=counts,
        unasked=found.get(None, {}).get("units", 0),
        asked_twice=sum(row["twice"] for row in found.values()),
        not_standing=_not_standing(round),
    )


def _count(
    audience: Audience, row: dict[str, Any] | None, described: dict[str, int]
) -> AudienceCount:
    units = row["units"] if row else 0
    return AudienceCount(audience, units, described[f"audience_{audience.pk}"] - units)


def _not_standing(round: Round) -> list[Organisation]:
    day = round.opens_on
    placed = Placement.objects.filter(
        below(path_on(round.organiser, day)), valid_on(day), organisation=OuterRef("pk")
    )
    named = Profile.objects.filter(valid_on(day), organisation=OuterRef("pk"))
    listed = Audience.listed.through.objects.filter(audience__round=round)
    return list(
        Organisation.objects.filter(
            ~(Exists(placed) & Exists(named)), pk__in=listed.values("organisation_id")
        )
    )


def publication_obstacles(
    round: Round, audiences: list[Audience], preview: RoundPreview | None = None
) -> list[str]:
    """Return, in words, what stands in the way of publishing; empty when nothing does."""
    if not audiences:
        return [_("The round asks nobody yet: add an audience.")]
    obstacles = [
        _("“%s”: the deadline lies before the day the round opens.") % audience
        for audience in audiences
        if audience.due_on < round.opens_on
    ]
    obstacles += [
        _("“%s” has no form to register on.") % audience
        for audience in audiences
        if not any(layout.kind == "form" for layout in audience.layouts.all())
    ]
    preview = preview or round_preview(round, audiences)
    obstacles += [
        _("“%s” takes no unit: choose other kinds, levels or units, or remove it.") % audience
        for audience in preview.empty_audiences
    ]
    return obstacles
