"""How far a unit is by its registrations, what its quotas leave, and what is late."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.exemplars.rules.content import content_gaps
from kheo.exemplars.rules.transitions import can_submit
from kheo.organisations.models import Seat
from kheo.organisations.rules import YES, Verdict, no
from kheo.rounds.enums import UnitState
from kheo.rounds.models import Participation, Quota
from kheo.rounds.queries.specs import FormSpec

_UNSENT = frozenset({State.DRAFT, State.SIGNED_OFF})


def unit_state(registrations: Iterable[Registration]) -> UnitState:
    """Return how far a unit is: what it owes comes before what waits for others.

    Drafts count only while nothing was ever submitted; what was withdrawn counts for nothing.
    """
    live = [row for row in registrations if row.state != State.WITHDRAWN]
    if not live:
        return UnitState.NOT_STARTED
    registered = [row for row in live if row.is_registered]
    if not registered:
        return _unsent_state(live)
    if any(_owes_correction(row) for row in registered):
        return UnitState.RETURNED
    if any(row.state == State.SUBMITTED for row in registered):
        return UnitState.SUBMITTED
    if taken_back := [row for row in registered if row.state in _UNSENT]:
        return _unsent_state(taken_back)
    accepted = any(row.state == State.ACCEPTED for row in registered)
    return UnitState.ACCEPTED if accepted else UnitState.DECLINED


def counts_by_level(registrations: Iterable[Registration]) -> dict[str, list[int]]:
    """Return [registered, accepted] by the key of the level, as a participation keeps it."""
    counts: dict[str, list[int]] = {}
    for row in registrations:
        if row.is_registered:
            pair = counts.setdefault(str(row.level_id), [0, 0])
            pair[0] += 1
            pair[1] += row.state == State.ACCEPTED
    return counts


def quota_verdict(
    quotas: Iterable[Quota], taken: Iterable[Registration], candidate: Registration
) -> Verdict:
    """Tell whether one more may be submitted at the candidate's level.

    :param quotas: the audience's, with their levels.
    :param taken: the registrations that hold a place (:func:`holders_of_places`).
    """
    levels = [row.level_id for row in taken if row.pk != candidate.pk]
    for quota in quotas:
        if quota.maximum is None or quota.level_id not in {None, candidate.level_id}:
            continue
        used = len(levels) if quota.level_id is None else levels.count(quota.level_id)
        if used >= quota.maximum:
            return no(_over_words(quota))
    return YES


def holders_of_places(registrations: Iterable[Registration]) -> list[Registration]:
    """Return what counts against a maximum: what was declined leaves its place to another."""
    return [row for row in registrations if row.is_registered and row.state != State.DECLINED]


def submission_verdicts(
    candidates: Iterable[Registration],
    taken: Iterable[Registration],
    *,
    quotas: Sequence[Quota],
    specs: Mapping[str, FormSpec],
    seat: Seat,
    today: date,
) -> dict[int, Verdict]:
    """Judge each candidate of a unit as if those before it were submitted already, by key.

    Preview and deed ask the same question here.
    """
    verdicts: dict[int, Verdict] = {}
    places = list(taken)
    for row in candidates:
        verdicts[row.pk] = can_submit(
            seat,
            row,
            row.participation,
            today=today,
            gaps=gaps_in_words(row, specs),
            room=quota_verdict(quotas, places, row),
        )
        if verdicts[row.pk]:
            places.append(row)
    return verdicts


def gaps_in_words(row: Registration, specs: Mapping[str, FormSpec]) -> list[str]:
    """Return what a registration lacks for its form; a form nobody asked for lacks everything."""
    spec = specs.get(row.form)
    if spec is None:
        return [_("This round does not ask the unit for this form.")]
    return list(content_gaps(row, spec).values())


def is_late_submission(
    registration: Registration, participation: Participation, *, today: date
) -> bool:
    """Tell whether a submission of today is late; once late, a registration stays late.

    A first submission is measured by the unit's deadline, a corrected one by the day it was given;
    what the unit takes back and sends again of its own accord was in time if it was before.
    """
    if registration.submitted_at is None:
        return today > participation.due_on
    if registration.return_due_on is not None:
        later = max(registration.return_due_on, participation.due_on)
        return registration.is_late or today > later
    return registration.is_late


def _unsent_state(rows: list[Registration]) -> UnitState:
    signed = all(row.state == State.SIGNED_OFF for row in rows)
    return UnitState.SIGNED_OFF if signed else UnitState.DRAFT


def _owes_correction(row: Registration) -> bool:
    corrected = row.state in _UNSENT and row.return_due_on is not None
    return row.state == State.RETURNED or corrected


def _over_words(quota: Quota) -> str:
    words: Mapping[str, object] = {"maximum": quota.maximum, "level": quota.level}
    if quota.level is None:
        return (
            _("The unit may register at most %(maximum)s in all; that many are submitted.") % words
        )
    return (
        _(
            "The unit may register at most %(maximum)s at the level “%(level)s”; that many are"
            " submitted."
        )
        % words
    )
