"""Deeds on a round before anybody is asked: opening a draft, changing, copying, discarding it."""

from calendar import monthrange
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.directives.models import Document
from kheo.lib.text.folding import normalise
from kheo.organisations.actions import By
from kheo.organisations.models import Organisation, Seat
from kheo.rounds.actions.audiences import AudienceTerms, terms_of, write_audience
from kheo.rounds.actions.journal import demand_of, lock_round, note
from kheo.rounds.enums import LatePolicy, RoundState
from kheo.rounds.models import Audience, FieldScheme, Period, Round
from kheo.rounds.queries.asked import audiences_of
from kheo.rounds.rules import RoundError, can_edit_round, can_prepare_round, can_run_round

# what units and papers rely on once the round is published
FIXED_WHEN_PUBLISHED = ("period", "year", "opens_on")


@dataclass(frozen=True, kw_only=True)
class RoundBasics:
    """What is said of a round before whom it asks."""

    period: Period
    year: int
    title: str
    opens_on: date
    field_scheme: FieldScheme
    theme: str = ""
    governing_document: Document | None = None
    receiver_name: str = ""
    late_policy: str = LatePolicy.ACCEPT
    nomination_cap: int | None = None


@transaction.atomic
def create_round(*, organiser: Organisation, basics: RoundBasics, by: By, at: datetime) -> Round:
    """Begin to prepare a round; nobody is asked before it is published.

    :raises NotAllowedError: when the seat does not run the organiser's rounds.
    :raises RoundError: when the year does not lie in the period.
    """
    if isinstance(by, Seat):
        demand_of(by, can_run_round(by, organiser))
    round = Round(organiser=organiser, organiser_path=organiser.path, created_at=at)
    _write_basics(round, basics)
    round.save()
    note("round.create", round, scope=organiser.path, by=by, at=at, after=facts_of_round(round))
    return round


@transaction.atomic
def edit_round(
    *, round: Round, basics: RoundBasics, seen_version: int | None = None, by: By, at: datetime
) -> Round:
    """Change what is said of a round; year, period and opening day only until it is published.

    :raises NotAllowedError: when the seat may not, or the round is closed.
    :raises StaleError: when somebody else changed the round since ``seen_version``.
    :raises RoundError: when what is asked cannot be.
    """
    locked = lock_round(round, seen_version)
    if isinstance(by, Seat):
        demand_of(by, can_edit_round(by, locked))
    before = facts_of_round(locked)
    fixed = {name: getattr(locked, name) for name in FIXED_WHEN_PUBLISHED}
    _write_basics(locked, basics)
    if locked.state != RoundState.DRAFT and any(
        getattr(locked, name) != value for name, value in fixed.items()
    ):
        raise RoundError(
            _("Period, year and opening day stay as they were when the round was published.")
        )
    locked.version += 1
    locked.save()
    note(
        "round.edit",
        locked,
        scope=locked.organiser_path,
        by=by,
        at=at,
        before=before,
        after=facts_of_round(locked),
    )
    return locked


@transaction.atomic
def copy_round(
    *, source: Round, year: int, opens_on: date | None = None, by: By, at: datetime
) -> Round:
    """Prepare the round of another year like an earlier one: same audiences, forms and quotas.

    Deadlines fall on the usual day of the period, if it has one (S1: 31/3 every year but the
    first), else on the same day of the new year; years in title and theme move along.

    :raises NotAllowedError: when the seat does not run the organiser's rounds.
    :raises RoundError: when no period of the organiser holds the year.
    """
    if isinstance(by, Seat):
        demand_of(by, can_run_round(by, source.organiser))
    basics = RoundBasics(
        period=_period_for(source, year),
        year=year,
        title=_with_year(source.title, source.year, year),
        theme=_with_year(source.theme, source.year, year),
        opens_on=opens_on or same_day(source.opens_on, year - source.year),
        field_scheme=source.field_scheme,
        governing_document=source.governing_document,
        receiver_name=source.receiver_name,
        late_policy=source.late_policy,
        nomination_cap=source.nomination_cap,
    )
    round = create_round(organiser=source.organiser, basics=basics, by=by, at=at)
    round.copied_from = source
    round.save(update_fields=["copied_from"])
    for audience in audiences_of(source):
        terms = terms_of(audience)
        due_on = _due_on(audience, round, year - source.year)
        write_audience(Audience(round=round, order=audience.order), _moved(terms, due_on))
    return round


@transaction.atomic
def delete_draft_round(*, round: Round, by: By, at: datetime) -> None:
    """Discard a round that was never published; the audit keeps what it said.

    :raises NotAllowedError: when the seat may not, or units were asked already.
    """
    locked = lock_round(round)
    if isinstance(by, Seat):
        demand_of(by, can_prepare_round(by, locked))
    elif locked.state != RoundState.DRAFT:
        raise RoundError(_("Units were asked already."))
    note(
        "round.delete",
        locked,
        scope=locked.organiser_path,
        by=by,
        at=at,
        before=facts_of_round(locked),
    )
    Round.objects.filter(copied_from=locked).update(copied_from=None)
    locked.delete()


def facts_of_round(round: Round) -> dict[str, object]:
    """Return what the audit keeps of a round."""
    return facts_of_basics(basics_of(round))


def basics_of(round: Round) -> RoundBasics:
    """Return what is said of a round now."""
    return RoundBasics(**{field.name: getattr(round, field.name) for field in fields(RoundBasics)})


def facts_of_basics(basics: RoundBasics) -> dict[str, object]:
    """Return what the audit would keep of a round of which this is said."""
    return {
        "period": str(basics.period),
        "year": basics.year,
        "title": basics.title,
        "theme": basics.theme,
        "opens_on": basics.opens_on,
        "governing_document": str(basics.governing_document or ""),
        "field_scheme": str(basics.field_scheme),
        "receiver_name": basics.receiver_name,
        "late_policy": str(basics.late_policy),
        "nomination_cap": basics.nomination_cap,
    }


def same_day(day: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes 28 where there is none."""
    year = day.year + years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def _write_basics(round: Round, basics: RoundBasics) -> None:
    if not basics.period.first_year <= basics.year <= basics.period.last_year:
        raise RoundError(
            _("The year %(year)s does not lie in the period %(period)s.")
            % {"year": basics.year, "period": basics.period}
        )
    if not normalise(basics.title):
        raise RoundError(_("The round needs a title."))
    for field in fields(RoundBasics):
        value = getattr(basics, field.name)
        setattr(round, field.name, normalise(value) if isinstance(value, str) else value)


def _period_for(source: Round, year: int) -> Period:
    if source.period.first_year <= year <= source.period.last_year:
        return source.period
    period = Period.objects.filter(
        organiser__in=source.organiser.ancestor_ids, first_year__lte=year, last_year__gte=year
    )
    found = period.order_by("-organiser__path").first()
    if found is None:
        raise RoundError(_("No period holds the year %s; enter it first.") % year)
    return found


def _due_on(audience: Audience, round: Round, years: int) -> date:
    month, day = round.period.usual_due_month, round.period.usual_due_day
    if month is None or day is None:
        return same_day(audience.due_on, years)
    return date(round.year, month, min(day, monthrange(round.year, month)[1]))


def _moved(terms: AudienceTerms, due_on: date) -> AudienceTerms:
    values = {field.name: getattr(terms, field.name) for field in fields(AudienceTerms)}
    return AudienceTerms(**(values | {"due_on": due_on}))


def _with_year(text: str, old: int, new: int) -> str:
    return text.replace(str(old), str(new))
