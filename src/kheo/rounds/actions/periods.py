"""Deeds on periods of the movement."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.directives.models import Document
from kheo.lib.text.folding import normalise
from kheo.organisations.actions import By
from kheo.organisations.models import Organisation, Seat
from kheo.rounds.actions.journal import demand_of, note
from kheo.rounds.models import Period
from kheo.rounds.rules import RoundError, StaleError, can_edit_period, can_keep_period

LEAP_YEAR = 2024
LONGEST = 20


@dataclass(frozen=True, kw_only=True)
class PeriodTerms:
    """What is written of a period; the usual deadline returns every year (S1: 31 March)."""

    name: str
    first_year: int
    last_year: int
    movement: str = "Dân vận khéo"
    usual_due_month: int | None = None
    usual_due_day: int | None = None
    governing_documents: tuple[Document, ...] = ()


@transaction.atomic
def create_period(*, organiser: Organisation, terms: PeriodTerms, by: By, at: datetime) -> Period:
    """Open a period of the movement for an organiser and all below it.

    :raises NotAllowedError: when the seat may not.
    :raises RoundError: when the years or the usual deadline cannot be.
    """
    if isinstance(by, Seat):
        demand_of(by, can_keep_period(by, organiser))
    _refuse_impossible(terms)
    period = Period(organiser=organiser)
    _write(period, terms)
    note("period.create", period, scope=organiser.path, by=by, at=at, after=facts_of_period(period))
    return period


@transaction.atomic
def edit_period(
    *, period: Period, terms: PeriodTerms, seen_version: int | None = None, by: By, at: datetime
) -> Period:
    """Change what is written of a period.

    :raises NotAllowedError: when the seat may not.
    :raises StaleError: when somebody else changed it since ``seen_version``.
    :raises RoundError: when the years or the usual deadline cannot be, or a round of the period
        would fall out of its years.
    """
    locked = (
        Period.objects.select_for_update(of=("self",)).select_related("organiser").get(pk=period.pk)
    )
    if isinstance(by, Seat):
        demand_of(by, can_edit_period(by, locked))
    if seen_version is not None and locked.version != seen_version:
        raise StaleError
    _refuse_impossible(terms)
    outside = locked.rounds.exclude(year__range=(terms.first_year, terms.last_year))
    if round := outside.first():
        raise RoundError(_("“%s” would lie outside these years.") % round)
    before = facts_of_period(locked)
    locked.version += 1
    _write(locked, terms)
    note(
        "period.edit",
        locked,
        scope=locked.organiser.path,
        by=by,
        at=at,
        before=before,
        after=facts_of_period(locked),
    )
    return locked


def facts_of_period(period: Period | PeriodTerms) -> dict[str, object]:
    """Return what the audit keeps of a period, or of what was typed of one."""
    documents = (
        period.governing_documents
        if isinstance(period, PeriodTerms)
        else period.governing_documents.all()
    )
    return {
        "name": period.name,
        "movement": period.movement,
        "first_year": period.first_year,
        "last_year": period.last_year,
        "usual_due": usual_due(period),
        "governing_documents": [str(document) for document in documents],
    }


def usual_due(period: Period | PeriodTerms) -> str:
    """Return the usual deadline as papers write it, "31/3"; empty without one."""
    if period.usual_due_month is None:
        return ""
    return f"{period.usual_due_day}/{period.usual_due_month}"


def _write(period: Period, terms: PeriodTerms) -> None:
    period.name = normalise(terms.name)
    period.movement = normalise(terms.movement)
    period.first_year, period.last_year = terms.first_year, terms.last_year
    period.usual_due_month, period.usual_due_day = terms.usual_due_month, terms.usual_due_day
    period.save()
    period.governing_documents.set(terms.governing_documents)


def _refuse_impossible(terms: PeriodTerms) -> None:
    if not normalise(terms.name):
        raise RoundError(_("The period needs a name."))
    if not 0 <= terms.last_year - terms.first_year <= LONGEST:
        raise RoundError(_("The last year lies before the first, or too far after it."))
    if (terms.usual_due_month is None) != (terms.usual_due_day is None):
        raise RoundError(_("The usual deadline needs both day and month."))
    if terms.usual_due_month is not None and terms.usual_due_day is not None:
        try:
            date(LEAP_YEAR, terms.usual_due_month, terms.usual_due_day)
        except ValueError:
            raise RoundError(_("There is no such day in that month.")) from None
