"""Gathers what the rules must know of many candidates at once, in a few statements a piece."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Q

from kheo.appraisal.enums import FileState
from kheo.appraisal.models import AppraisalFile
from kheo.lib.text.folding import fold
from kheo.recognition.enums import ProposalState, Subject
from kheo.recognition.models import Honour, HonourCandidate, HonourProposal
from kheo.recognition.queries.naming import reference_of
from kheo.recognition.rules.eligibility import (
    Appraisal,
    CandidateFacts,
    Finding,
    GivenHonour,
    findings_of,
)

# SQLite takes a limited number of parameters in one statement
PIECE = 500


def subject_key(candidate: HonourCandidate) -> str:
    """Return who a candidate is: the same for the same model, unit with its title, or person."""
    if candidate.subject == Subject.EXEMPLAR:
        return f"x:{candidate.exemplar_id}"
    if candidate.subject == Subject.UNIT:
        title = candidate.title_entry.title if candidate.title_entry else ""
        return f"u:{candidate.organisation_id}:{fold(title)}"[:340]
    return f"p:{candidate.organisation_id or 0}:{fold(candidate.name)}"[:340]


def checked(
    candidates: Sequence[HonourCandidate], proposal: HonourProposal, today: date
) -> dict[int, list[Finding]]:
    """Return what stands against each candidate, by its key.

    :param candidates: with registration and organisation loaded.
    """
    found: dict[int, list[Finding]] = {}
    for piece in pieces_of(candidates):
        for facts in _facts(piece, proposal, today):
            found[facts.candidate.pk] = findings_of(facts, proposal.form)
    return found


def facts_by_candidate(
    candidates: Sequence[HonourCandidate], proposal: HonourProposal, today: date
) -> dict[int, CandidateFacts]:
    """Return the facts themselves, by candidate; for whoever builds on them."""
    rows = (_facts(piece, proposal, today) for piece in pieces_of(candidates))
    return {facts.candidate.pk: facts for piece in rows for facts in piece}


def pieces_of(rows: Sequence[HonourCandidate]) -> Iterator[Sequence[HonourCandidate]]:
    """Cut a list to what one statement can ask for."""
    for start in range(0, len(rows), PIECE):
        yield rows[start : start + PIECE]


def _facts(
    candidates: Sequence[HonourCandidate], proposal: HonourProposal, today: date
) -> list[CandidateFacts]:
    given = _given(candidates)
    elsewhere = _elsewhere(candidates, proposal)
    files = _appraisals(candidates)
    return [
        CandidateFacts(
            candidate=row,
            year=proposal.year,
            issuer_id=proposal.issuer_id,
            today=today,
            state=row.registration.state if row.registration else "",
            dissolved_on=row.organisation.dissolved_on if row.organisation else None,
            title_state=row.title_entry.state if row.title_entry else "",
            appraisals=tuple(files.get((row.registration_id, row.title_entry_id), ())),
            given=tuple(given.get(row.subject_key, ())),
            elsewhere=tuple(elsewhere.get(row.subject_key, ())),
        )
        for row in candidates
    ]


def _appraisals(
    candidates: Iterable[HonourCandidate],
) -> dict[tuple[int | None, int | None], list[Appraisal]]:
    """Return how the models and titles were appraised, by registration and entry."""
    rows = list(candidates)
    registrations = [row.registration_id for row in rows if row.registration_id]
    entries = [row.title_entry_id for row in rows if row.title_entry_id]
    files = AppraisalFile.objects.filter(
        Q(registration__in=registrations) | Q(title_entry__in=entries), state=FileState.CLOSED
    )
    found: dict[tuple[int | None, int | None], list[Appraisal]] = defaultdict(list)
    for file in files.select_related("grade").order_by("pk"):
        appraisal = Appraisal(
            owner_id=file.owner_id,
            is_disqualified=file.is_disqualified,
            reason=file.disqualified_reason,
            grade=file.grade.name if file.grade else "",
            may_be_recognised=file.grade is None or file.grade.may_be_recognised,
        )
        found[file.registration_id, file.title_entry_id].append(appraisal)
    return found


def _given(candidates: Iterable[HonourCandidate]) -> dict[str, list[GivenHonour]]:
    """Return the standing honours of the candidates, by who they are."""
    keys = [row.subject_key for row in candidates]
    standing = Honour.objects.standing().filter(subject_key__in=keys)
    found: dict[str, list[GivenHonour]] = defaultdict(list)
    for honour in standing.select_related("decision__organisation").order_by("pk"):
        found[honour.subject_key].append(_as_given(honour))
    return found


def _as_given(honour: Honour) -> GivenHonour:
    return GivenHonour(
        pk=honour.pk,
        form_id=honour.form_id,
        act=honour.act,
        issuer_id=honour.issuer_id,
        issuer=honour.decision.organisation.name,
        year=honour.year,
        reference=reference_of(honour.decision),
        valid_until=honour.valid_until,
        renews=honour.renewed_from_id,
    )


def _elsewhere(
    candidates: Iterable[HonourCandidate], proposal: HonourProposal
) -> dict[str, list[str]]:
    """Return the other proposals under way that ask the same form for the same year."""
    keys = [row.subject_key for row in candidates]
    others = HonourCandidate.objects.filter(
        subject_key__in=keys,
        proposal__form=proposal.form_id,
        proposal__year=proposal.year,
        proposal__state=ProposalState.SENT,
    ).exclude(proposal=proposal.pk)
    found: dict[str, list[str]] = defaultdict(list)
    for key, title in others.values_list("subject_key", "proposal__title"):
        found[key].append(title)
    return found
