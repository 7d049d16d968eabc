"""Applying to rounds what an amending paper changes, each by the round's own deed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kheo.directives.models import Reading
from kheo.notices.actions import notify_all
from kheo.organisations.actions import By
from kheo.organisations.models import Level, Organisation
from kheo.planning.actions.beginning import begin_making, keep_origins
from kheo.planning.queries.amending import DEADLINE, Amendment
from kheo.planning.queries.made import AUDIENCE, ROUND
from kheo.planning.rules import PlanError
from kheo.rounds.actions import QuotaTerms, edit_audience, edit_round, extend_deadline
from kheo.rounds.actions.audiences import AudienceTerms, terms_of
from kheo.rounds.actions.rounds import basics_of
from kheo.rounds.enums import RoundState
from kheo.rounds.models import Audience, Participation
from kheo.rounds.rules import RoundError


@transaction.atomic
def apply_amendments(
    *,
    reading: Reading,
    organiser: Organisation,
    chosen: Sequence[Amendment],
    seen_version: int | None = None,
    by: By,
    at: datetime,
) -> int:
    """Apply the chosen changes, all or none; return how many values were changed.

    A published deadline is extended for each unit of the audience, and the unit is told.

    :raises NotAllowedError: when the seat does not run the organiser's rounds.
    :raises StalePlanError: when what was read was corrected since ``seen_version``.
    :raises PlanError: when nothing is chosen, or a change cannot be applied.
    """
    locked = begin_making(reading, organiser, seen_version, by)
    if not chosen:
        raise PlanError(_("Choose at least one change."))
    reason = locked.document.reference_with_issuer
    try:
        for one in chosen:
            _apply(one, reason, by, at)
    except RoundError as error:
        raise PlanError(*error.reasons) from error
    return len(chosen)


def _apply(one: Amendment, reason: str, by: By, at: datetime) -> None:
    if not one.can_apply:
        raise PlanError(_("The round is published: this can no longer be changed."))
    if one.audience is None:
        basics = replace(basics_of(one.round), nomination_cap=one.new[1])
        edit_round(round=one.round, basics=basics, by=by, at=at)
        keep_origins([one.finding], ROUND, one.round.pk, by=by, at=at)
        return
    if one.round.state == RoundState.DRAFT:
        # another change may just have been applied to it
        audience = Audience.objects.select_related("round").get(pk=one.audience.pk)
        edit_audience(audience=audience, terms=_changed(terms_of(audience), one), by=by, at=at)
    else:
        _extend(one, reason, by, at)
    keep_origins([one.finding], AUDIENCE, one.audience.pk, by=by, at=at)


def _changed(terms: AudienceTerms, one: Amendment) -> AudienceTerms:
    if one.what == DEADLINE and one.new_day:
        return replace(terms, due_on=one.new_day)
    level = None if one.level == "all" else Level.objects.get(code=one.level)
    kept = tuple(line for line in terms.quotas if line.level != level)
    return replace(
        terms, quotas=(*kept, QuotaTerms(level=level, minimum=one.new[0], maximum=one.new[1]))
    )


def _extend(one: Amendment, reason: str, by: By, at: datetime) -> None:
    if one.new_day is None:
        return
    rows = Participation.objects.filter(audience=one.audience, due_on__lt=one.new_day)
    parts = list(rows.select_related("organisation", "round"))
    for part in parts:
        extend_deadline(participation=part, due_on=one.new_day, reason=reason, by=by, at=at)
    day = f"{one.new_day:%d/%m/%Y}"
    notify_all(
        organisations=Organisation.objects.filter(pk__in=[part.organisation_id for part in parts]),
        subject=f"Hạn đăng ký mới {day}: {one.round.title}",
        body=f"Theo {reason}, hạn đăng ký của đơn vị được điều chỉnh đến ngày {day}.",
        link=reverse("rounds:detail", args=[one.round.pk]),
        at=at,
    )
