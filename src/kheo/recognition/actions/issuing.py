"""Issuing a decision: honours are conferred or taken back, and the proposal is decided."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.exemplars.models import Registration
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand
from kheo.recognition.actions.answering import listed_candidates, refuse_unfit
from kheo.recognition.actions.journal import locked_decision, locked_proposal, note_decision
from kheo.recognition.actions.revoking import take_back_honours
from kheo.recognition.enums import Act, DecisionState, ProposalState, Purpose
from kheo.recognition.models import Decision, Honour, HonourCandidate
from kheo.recognition.queries.eligibility import PIECE, facts_by_candidate
from kheo.recognition.queries.naming import reference_of
from kheo.recognition.rules.eligibility import CandidateFacts, standing_recognition
from kheo.recognition.rules.transitions import (
    DecisionDeed,
    HonourError,
    can_do_to_decision,
    may_give,
)


@transaction.atomic
def issue_decision(
    *, decision: Decision, seen_version: int | None, by: Seat, at: datetime
) -> Decision:
    """Issue a decision: it gets its honours, or takes honours back; units see nothing of it yet.

    All candidates are checked again, since others may have decided in the meantime.

    :raises NotAllowedError: when the seat may not, or it is issued already.
    :raises StaleHonourError: when it changed since ``seen_version``.
    :raises HonourError: when number, date or signatory are missing, the date lies ahead, or
        something stands against a candidate.
    """
    locked = locked_decision(decision, seen_version)
    demand(can_do_to_decision(DecisionDeed.ISSUE, by, locked))
    # one book for each issuer: whoever comes second goes on where the first one ended
    Organisation.objects.select_for_update().get(pk=locked.organisation_id)
    if gaps := gaps_of(locked, timezone.localdate(at)):
        raise HonourError(*gaps)
    locked.state, locked.issued_by, locked.issued_at = DecisionState.ISSUED, by, at
    locked.version += 1
    locked.save()
    if locked.purpose == Purpose.REVOKE:
        count = take_back_honours(decision=locked, at=at)
    else:
        count = _confer(locked, at)
    after = {"state": locked.state, "number": reference_of(locked), "count": count}
    note_decision("issue", locked, by, at, after=after)
    return locked


def gaps_of(decision: Decision, today: date) -> list[str]:
    """Return what a decision lacks to be issued, each as a sentence."""
    missing = [
        (decision.number is None, _("The number of the decision is missing.")),
        (not decision.letters.strip(), _("The letters of the symbol are missing.")),
        (decision.issued_on is None, _("The date of the decision is missing.")),
        (not decision.signatory_position.strip(), _("The position of the signatory is missing.")),
        (not decision.signatory.strip(), _("The name of the signatory is missing.")),
        (
            decision.purpose == Purpose.REVOKE and not decision.reason.strip(),
            _("The reason why honours are taken back is missing."),
        ),
        (
            decision.issued_on is not None and decision.issued_on > today,
            _("The date of the decision lies ahead: issue it on its day."),
        ),
    ]
    return [words for lacks, words in missing if lacks]


def _confer(decision: Decision, at: datetime) -> int:
    proposal = decision.proposal
    if proposal is None:
        raise HonourError(_("The list is empty: name at least one candidate."))
    locked = locked_proposal(proposal, None)
    if locked.state != ProposalState.SENT:
        raise HonourError(_("The proposal does not wait for a decision any more."))
    demand(may_give(decision.form, decision.organisation))
    rows = listed_candidates(locked)
    _lock_registrations(rows)
    today = timezone.localdate(at)
    refuse_unfit(rows, locked, today)
    facts = facts_by_candidate(rows, locked, today)
    try:
        with transaction.atomic():
            Honour.objects.bulk_create(_honours(decision, rows, facts), batch_size=PIECE)
    except IntegrityError as error:
        raise HonourError(
            _("Somebody has just honoured one of them in the same form. Look at the list again.")
        ) from error
    locked.state, locked.decided_at = ProposalState.DECIDED, at
    locked.version += 1
    locked.save()
    return len(rows)


def _lock_registrations(rows: Sequence[HonourCandidate]) -> None:
    """Let two bodies that honour the same model at once do so one after the other."""
    keys = sorted(row.registration_id for row in rows if row.registration_id is not None)
    for start in range(0, len(keys), PIECE):
        piece = Registration.objects.select_for_update(of=("self",))
        list(piece.filter(pk__in=keys[start : start + PIECE]).order_by("pk").values_list("pk"))


def _honours(
    decision: Decision,
    rows: Sequence[HonourCandidate],
    facts: Mapping[int, CandidateFacts],
) -> list[Honour]:
    year = decision.issued_on.year if decision.issued_on else decision.year
    book = Honour.objects.filter(
        issuer=decision.organisation, form=decision.form, book_year=year
    ).aggregate(last=Max("book_number"))
    first = (book["last"] or 0) + 1
    return [
        _honour(decision, row, year, number, facts[row.pk])
        for number, row in enumerate(rows, start=first)
    ]


def _honour(
    decision: Decision, row: HonourCandidate, book_year: int, number: int, facts: CandidateFacts
) -> Honour:
    ground = standing_recognition(facts) if decision.act != Act.RECOGNISE else None
    return Honour(
        decision=decision,
        candidate=row,
        order=row.order,
        issuer=decision.organisation,
        form=decision.form,
        act=decision.act,
        track=decision.track,
        year=decision.year,
        subject=row.subject,
        registration=row.registration,
        exemplar_id=row.exemplar_id,
        title_entry=row.title_entry,
        subject_key=row.subject_key,
        organisation=row.organisation,
        unit_name=row.unit_name,
        path=row.path,
        name=row.name,
        position=row.position,
        achievement=row.achievement,
        book_year=book_year,
        book_number=number,
        valid_until=_valid_until(decision),
        renewed_from_id=row.renews_id,
        based_on_id=ground.pk if ground else None,
    )


def _valid_until(decision: Decision) -> date | None:
    if decision.valid_until is not None:
        return decision.valid_until
    years, day = decision.form.valid_years, decision.issued_on
    if years is None or day is None:
        return None
    # a decision of 29/2 holds to the end of February
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)
