"""What all deeds on rounds share: judging the seat, refusing stale pages, writing the audit."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F, Model

from kheo.audit.actions import Deed, record
from kheo.organisations.actions import By
from kheo.organisations.models import Seat
from kheo.organisations.rules import Verdict, demand
from kheo.rounds.models import Round
from kheo.rounds.rules import StaleError


def demand_of(by: By, verdict: Verdict) -> None:
    """Go on only if the rule allows the seat; whoever runs the machine is not asked.

    :raises NotAllowedError: with the rule's reason.
    """
    if isinstance(by, Seat):
        demand(verdict)


def lock_round(round: Round, seen_version: int | None = None) -> Round:
    """Return the round as it stands, locked until the end of the transaction.

    :raises StaleError: when it is no longer at the version the page showed.
    """
    locked = (
        Round.objects.select_for_update(of=("self",))
        .select_related("organiser__kind", "period", "governing_document", "field_scheme")
        .get(pk=round.pk)
    )
    if seen_version is not None and locked.version != seen_version:
        raise StaleError
    return locked


def step_version(round: Round) -> None:
    """Count one more change of a locked round."""
    Round.objects.filter(pk=round.pk).update(version=F("version") + 1)
    round.version += 1


def note(  # noqa: PLR0913 -- what the audit keeps of a deed
    verb: str,
    about: Model,
    *,
    scope: str,
    by: By,
    at: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Record a deed, of the values before and after only those that differ."""
    old, new = dict(before or {}), dict(after or {})
    same = {name for name in old.keys() & new.keys() if old[name] == new[name]}
    deed = Deed(
        verb=verb,
        record=about,
        scope=scope,
        before={name: value for name, value in old.items() if name not in same},
        after={name: value for name, value in new.items() if name not in same},
        reason=reason,
    )
    record(deed=deed, by=by, at=at)
