"""Making a round out of a paper: period, governing document, audiences, and the way back."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.directives.actions import DocumentError, DocumentFacts, register_document
from kheo.directives.models import Document, Finding, Reading
from kheo.organisations.actions import By
from kheo.organisations.models import Organisation
from kheo.planning.actions.beginning import begin_making, keep_origins
from kheo.planning.queries.governing import CitedDocument
from kheo.planning.queries.made import AUDIENCE, ROUND, rounds_made_of
from kheo.planning.rules import MadeAlreadyError, PlanError
from kheo.rounds.actions import (
    AudienceTerms,
    PeriodTerms,
    RoundBasics,
    add_audience,
    create_period,
    create_round,
    edit_period,
)
from kheo.rounds.enums import LatePolicy
from kheo.rounds.models import FieldScheme, Period, Round
from kheo.rounds.rules import RoundError


@dataclass(frozen=True, kw_only=True)
class PlannedAudience:
    """An audience to be asked, and the findings it comes from."""

    terms: AudienceTerms
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RoundPlan:
    """A round as the officer wants it made of a paper.

    Either ``period`` or ``new_period`` is given; ``cited`` is entered in the register when it is
    to govern; ``usual_due`` is (month, day) of a deadline that returns every year.
    """

    year: int
    title: str
    opens_on: date
    field_scheme: FieldScheme
    audiences: tuple[PlannedAudience, ...]
    theme: str = ""
    receiver_name: str = ""
    nomination_cap: int | None = None
    late_policy: str = LatePolicy.ACCEPT
    period: Period | None = None
    new_period: PeriodTerms | None = None
    usual_due: tuple[int, int] | None = None
    governing_document: Document | None = None
    cited: CitedDocument | None = None
    findings: tuple[Finding, ...] = ()


@transaction.atomic
def make_round_of_document(
    *,
    reading: Reading,
    organiser: Organisation,
    plan: RoundPlan,
    seen_version: int | None = None,
    by: By,
    at: datetime,
) -> Round:
    """Prepare the round a paper asks for; the officer publishes it with the usual preview.

    :raises NotAllowedError: when the seat does not run the organiser's rounds.
    :raises StalePlanError: when what was read was corrected since ``seen_version``.
    :raises MadeAlreadyError: when the organiser made the round of that year of this paper before.
    :raises PlanError: when the plan cannot be.
    """
    locked = begin_making(reading, organiser, seen_version, by)
    if rounds_made_of(locked.document, organiser).filter(year=plan.year).exists():
        raise MadeAlreadyError(_("The round of %s was made of this document already.") % plan.year)
    if not plan.audiences:
        raise PlanError(_("The round asks nobody: choose at least one audience."))
    try:
        return _make(locked, organiser, plan, by, at)
    except RoundError as error:
        raise PlanError(*error.reasons) from error
    except DocumentError as error:
        raise PlanError(str(error)) from error


def _make(
    reading: Reading, organiser: Organisation, plan: RoundPlan, by: By, at: datetime
) -> Round:
    document = reading.document
    governing = plan.governing_document or document
    if plan.cited:
        governing = _entered(plan.cited, organiser, by, at)
    period = _period(organiser, plan, governing, by, at)
    basics = RoundBasics(
        period=period,
        year=plan.year,
        title=plan.title,
        opens_on=plan.opens_on,
        field_scheme=plan.field_scheme,
        theme=plan.theme,
        governing_document=governing,
        receiver_name=plan.receiver_name,
        late_policy=plan.late_policy,
        nomination_cap=plan.nomination_cap,
    )
    round = create_round(organiser=organiser, basics=basics, by=by, at=at)
    keep_origins(plan.findings, ROUND, round.pk, by=by, at=at)
    for planned in plan.audiences:
        audience = add_audience(round=round, terms=planned.terms, by=by, at=at)
        keep_origins(planned.findings, AUDIENCE, audience.pk, by=by, at=at)
        # the round is found again by its audiences' sentences, too
        keep_origins(planned.findings, ROUND, round.pk, by=by, at=at)
    round.refresh_from_db()
    return round


def _entered(cited: CitedDocument, owner: Organisation, by: By, at: datetime) -> Document:
    facts = DocumentFacts(
        kind=cited.kind,
        subject=cited.subject,
        issuer_name=cited.issuer_name,
        symbol=cited.symbol,
        issued_on=cited.issued_on,
    )
    return register_document(owner=owner, facts=facts, by=by, at=at)


def _period(
    organiser: Organisation, plan: RoundPlan, governing: Document, by: By, at: datetime
) -> Period:
    month, day = plan.usual_due or (None, None)
    if plan.period is None:
        if plan.new_period is None:
            raise PlanError(_("Choose the period to which the round belongs."))
        terms = replace(
            plan.new_period,
            usual_due_month=month,
            usual_due_day=day,
            governing_documents=(governing,),
        )
        return create_period(organiser=organiser, terms=terms, by=by, at=at)
    has_own = plan.period.usual_due_month is not None
    if month is None or has_own or plan.period.organiser_id != organiser.pk:
        return plan.period
    own = replace(_terms_of(plan.period), usual_due_month=month, usual_due_day=day)
    return edit_period(period=plan.period, terms=own, by=by, at=at)


def _terms_of(period: Period) -> PeriodTerms:
    documents = tuple(period.governing_documents.all())
    names = [one.name for one in fields(PeriodTerms) if one.name != "governing_documents"]
    values = {name: getattr(period, name) for name in names}
    return PeriodTerms(**values, governing_documents=documents)
