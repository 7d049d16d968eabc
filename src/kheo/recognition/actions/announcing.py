"""Announcing a decision: from then on units see their honours and are told."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kheo.appraisal.actions import settle_titles
from kheo.exemplars.actions import reach_stage
from kheo.lib.text.folding import normalise
from kheo.notices.actions import Telling, in_house_language, notify_each
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand, reaches
from kheo.recognition.actions.journal import locked_decision, note_decision
from kheo.recognition.enums import STAGE_OF, Act, DecisionState
from kheo.recognition.models import Decision, Honour
from kheo.recognition.queries.naming import reference_of
from kheo.recognition.rules.transitions import DecisionDeed, HonourError, can_do_to_decision

NAMES_TOLD = 10


@transaction.atomic
def plan_announcement(
    *,
    decision: Decision,
    on: date | None,
    occasion: str,
    seen_version: int | None,
    by: Seat,
    at: datetime,
) -> Decision:
    """Say when and on what occasion an issued decision is to be announced.

    :raises NotAllowedError: when the seat may not, or it is not issued or announced already.
    :raises StaleHonourError: when it changed since ``seen_version``.
    :raises HonourError: when the day lies before the decision.
    """
    locked = locked_decision(decision, seen_version)
    demand(can_do_to_decision(DecisionDeed.PLAN, by, locked))
    _refuse_too_early(locked, on)
    locked.announced_on, locked.occasion = on, normalise(occasion)[:200]
    locked.version += 1
    locked.save()
    after = {"announced_on": on, "occasion": locked.occasion}
    note_decision("plan", locked, by, at, after=after)
    return locked


@transaction.atomic
def announce_decision(
    *,
    decision: Decision,
    on: date,
    occasion: str,
    seen_version: int | None,
    by: Seat,
    at: datetime,
) -> Decision:
    """Announce an issued decision: units see it and are told, their models reach the stage.

    :raises NotAllowedError: when the seat may not, or it is not issued or announced already.
    :raises StaleHonourError: when it changed since ``seen_version``.
    :raises HonourError: when the day lies ahead or before the decision, or nothing stands any more.
    """
    locked = locked_decision(decision, seen_version)
    demand(can_do_to_decision(DecisionDeed.ANNOUNCE, by, locked))
    _refuse_too_early(locked, on)
    if on > timezone.localdate(at):
        words = _("The day of announcing lies ahead: plan it, and announce it on %s.")
        raise HonourError(words % f"{on:%d/%m/%Y}")
    honours = list(locked.honours.standing())
    if not honours:
        raise HonourError(_("All honours of this decision have been taken back."))
    locked.state, locked.announced_at = DecisionState.ANNOUNCED, at
    locked.announced_on, locked.occasion = on, normalise(occasion)[:200]
    locked.version += 1
    locked.save()
    after = {"state": locked.state, "announced_on": on, "occasion": locked.occasion}
    note_decision("announce", locked, by, at, after=after)
    _tell(locked, honours, at)
    if locked.act == Act.RECOGNISE:
        _give_titles(honours, by, at)
    keys = [row.registration_id for row in honours if row.registration_id is not None]
    reach_stage(registrations=keys, stage=STAGE_OF[Act(locked.act)])
    return locked


def _refuse_too_early(decision: Decision, on: date | None) -> None:
    if on is not None and decision.issued_on is not None and on < decision.issued_on:
        raise HonourError(_("It cannot be announced before the date of the decision."))


def _give_titles(honours: Iterable[Honour], by: Seat, at: datetime) -> None:
    """Note in their entries that units were given the title they entered for."""
    rows = [row for row in honours if row.title_entry_id is not None and reaches(by, row.path)]
    keys = [row.title_entry_id for row in rows if row.title_entry_id is not None]
    if keys:
        settle_titles(entries=keys, recognised=True, by=by, at=at)


@in_house_language
def _tell(decision: Decision, honours: Iterable[Honour], at: datetime) -> None:
    units: dict[int, list[str]] = defaultdict(list)
    for row in honours:
        if row.organisation_id is not None:
            units[row.organisation_id].append(row.name)
    tellings = [
        Telling(
            organisation_id=unit,
            subject=_subject(decision, len(names)),
            body="\n".join([reference_of(decision), *names[:NAMES_TOLD]]),
            link=reverse("recognition:decision", args=[decision.pk]),
        )
        for unit, names in units.items()
    ]
    notify_each(tellings=tellings, at=at)


def _subject(decision: Decision, count: int) -> str:
    words = ngettext(
        "%(form)s for your unit: %(count)s honour",
        "%(form)s for your unit: %(count)s honours",
        count,
    )
    return words % {"form": decision.form.name, "count": count}
