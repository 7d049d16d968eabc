"""Drafting a proposal and its list of candidates."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kheo.appraisal.models import TitleEntry
from kheo.exemplars.models import Exemplar, Registration
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand
from kheo.recognition.actions.journal import locked_proposal, note_proposal
from kheo.recognition.enums import Subject
from kheo.recognition.models import Honour, HonourCandidate, HonourForm, HonourProposal
from kheo.recognition.queries.eligibility import PIECE, subject_key
from kheo.recognition.rules.transitions import (
    HonourError,
    ProposalDeed,
    can_do_to_proposal,
    can_propose,
    may_give,
)


@dataclass(frozen=True, kw_only=True)
class ProposalTerms:
    """What is typed of a proposal."""

    issuer: Organisation
    form: HonourForm
    year: int
    title: str
    symbol: str = ""
    dated_on: date | None = None
    signatory_position: str = ""
    signatory: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class CandidateTerms:
    """Who is to be honoured: a registration, a unit (with its entry), or a person of a unit."""

    registration: Registration | None = None
    title_entry: TitleEntry | None = None
    organisation: Organisation | None = None
    unit_name: str = ""
    name: str = ""
    position: str = ""
    achievement: str = ""
    is_person: bool = False
    renews: Honour | None = None


@transaction.atomic
def create_proposal(
    *, organisation: Organisation, terms: ProposalTerms, by: Seat, at: datetime
) -> HonourProposal:
    """Begin a proposal of a body.

    :raises NotAllowedError: when the seat may not, or the issuer does not give such a form.
    :raises HonourError: when the title is missing.
    """
    demand(can_propose(by, organisation))
    proposal = HonourProposal(
        organisation=organisation, path=organisation.path, created_by=by, created_at=at
    )
    _write(proposal, terms)
    proposal.save()
    note_proposal("create", proposal, by, at, after=_facts(terms))
    return proposal


@transaction.atomic
def edit_proposal(
    *,
    proposal: HonourProposal,
    terms: ProposalTerms,
    seen_version: int | None,
    by: Seat,
    at: datetime,
) -> HonourProposal:
    """Change a draft.

    :raises NotAllowedError: when the seat may not, or it is no draft any more.
    :raises StaleHonourError: when it changed since ``seen_version``.
    :raises HonourError: when the title is missing.
    """
    locked = locked_proposal(proposal, seen_version)
    demand(can_do_to_proposal(ProposalDeed.EDIT, by, locked))
    _write(locked, terms)
    _touch(locked)
    note_proposal("edit", locked, by, at, after=_facts(terms))
    return locked


@transaction.atomic
def discard_proposal(
    *, proposal: HonourProposal, seen_version: int | None, by: Seat, at: datetime
) -> None:
    """Throw a draft away that was never sent.

    :raises NotAllowedError: when the seat may not, or it is no draft.
    :raises HonourError: when it was sent before: then it stays.
    """
    locked = locked_proposal(proposal, seen_version)
    demand(can_do_to_proposal(ProposalDeed.DISCARD, by, locked))
    if locked.sent_at is not None:
        raise HonourError(_("The proposal was sent before and is kept; change it instead."))
    note_proposal("discard", locked, by, at, before={"title": locked.title})
    locked.delete()


@transaction.atomic
def add_candidates(
    *, proposal: HonourProposal, candidates: Sequence[CandidateTerms], by: Seat, at: datetime
) -> list[HonourCandidate]:
    """Put people, units and models on the list; who stands there already is passed over.

    :returns: those that were added, in the order given.
    :raises NotAllowedError: when the seat may not, or it is no draft.
    :raises HonourError: when a person's name or unit is missing, or all stand there already.
    """
    locked = locked_proposal(proposal, None)
    demand(can_do_to_proposal(ProposalDeed.EDIT, by, locked))
    last = locked.candidates.aggregate(last=Max("order"))["last"] or 0
    rows = [_candidate(locked, terms) for terms in candidates]
    new = _unseen(locked, rows)
    if rows and not new:
        words = ngettext(
            "It stands on the list already: %s.", "They stand on the list already: %s.", len(rows)
        )
        raise HonourError(words % ", ".join(row.name for row in rows[:5]))
    for order, row in enumerate(new, start=last + 1):
        row.order = order
    made = HonourCandidate.objects.bulk_create(new, batch_size=PIECE)
    _touch(locked)
    names = {"candidates": [row.name for row in made[:20]], "count": len(made)}
    note_proposal("add", locked, by, at, after=names)
    return made


@transaction.atomic
def remove_candidates(
    *, proposal: HonourProposal, candidates: Iterable[int], by: Seat, at: datetime
) -> int:
    """Take candidates off the list of a draft, and number the others anew; return how many.

    :raises NotAllowedError: when the seat may not, or it is no draft.
    """
    locked = locked_proposal(proposal, None)
    demand(can_do_to_proposal(ProposalDeed.EDIT, by, locked))
    rows = locked.candidates.filter(pk__in=list(candidates))
    names = list(rows.values_list("name", flat=True))
    rows.delete()
    _number_anew(locked)
    _touch(locked)
    before = {"candidates": names[:20], "count": len(names)}
    note_proposal("remove", locked, by, at, before=before)
    return len(names)


def _number_anew(proposal: HonourProposal) -> None:
    """Close the gaps: what is numbered on the list is numbered so in the decision."""
    moved = []
    for order, row in enumerate(proposal.candidates.order_by("order", "pk").only("order"), start=1):
        if row.order != order:
            row.order = order
            moved.append(row)
    HonourCandidate.objects.bulk_update(moved, ["order"], batch_size=PIECE)


@transaction.atomic
def edit_candidate(
    *, candidate: HonourCandidate, name: str, achievement: str, by: Seat, at: datetime
) -> HonourCandidate:
    """Change how a candidate stands on the certificate.

    :raises NotAllowedError: when the seat may not, or the proposal is no draft.
    :raises HonourError: when the name is missing, or somebody else on the list has it.
    """
    proposal = locked_proposal(candidate.proposal, None)
    demand(can_do_to_proposal(ProposalDeed.EDIT, by, proposal))
    row = proposal.candidates.select_related("title_entry").get(pk=candidate.pk)
    if not (clean := normalise(name)):
        raise HonourError(_("The name is missing."))
    before = {"name": row.name, "achievement": row.achievement}
    row.name, row.achievement = clean[:300], normalise(achievement)
    row.subject_key = subject_key(row)
    others = proposal.candidates.exclude(pk=row.pk)
    if others.filter(subject_key=row.subject_key).exists():
        raise HonourError(_("It stands on the list already: %s.") % row.name)
    row.save(update_fields=["name", "achievement", "subject_key"])
    _touch(proposal)
    after = {"name": row.name, "achievement": row.achievement}
    note_proposal("edit-candidate", proposal, by, at, before=before, after=after)
    return row


def _write(proposal: HonourProposal, terms: ProposalTerms) -> None:
    demand(may_give(terms.form, terms.issuer))
    if not (title := normalise(terms.title)):
        raise HonourError(_("Say what is proposed."))
    proposal.issuer, proposal.issuer_path = terms.issuer, terms.issuer.path
    proposal.form, proposal.act, proposal.track = terms.form, terms.form.act, terms.form.track
    proposal.year, proposal.title = terms.year, title[:300]
    proposal.symbol, proposal.dated_on = normalise(terms.symbol)[:60], terms.dated_on
    proposal.signatory_position = normalise(terms.signatory_position)[:200]
    proposal.signatory = normalise(terms.signatory)[:200]
    proposal.valid_until = terms.valid_until


def _touch(proposal: HonourProposal) -> None:
    proposal.version += 1
    proposal.save()


def _facts(terms: ProposalTerms) -> dict[str, object]:
    facts = asdict(terms) | {"issuer": terms.issuer.name, "form": terms.form.name}
    return {name: value for name, value in facts.items() if value not in (None, "")}


def _unseen(proposal: HonourProposal, rows: Iterable[HonourCandidate]) -> list[HonourCandidate]:
    """Return those that neither stand on the list nor come twice, in their order."""
    seen = set(proposal.candidates.values_list("subject_key", flat=True))
    new = []
    for row in rows:
        if row.subject_key not in seen:
            seen.add(row.subject_key)
            new.append(row)
    return new


def _candidate(proposal: HonourProposal, terms: CandidateTerms) -> HonourCandidate:
    row = HonourCandidate(proposal=proposal, renews=terms.renews)
    if terms.registration is not None:
        _of_registration(row, terms.registration)
    elif terms.is_person:
        _of_person(row, terms)
    else:
        _of_unit(row, terms)
    row.position = row.position or normalise(terms.position)[:200]
    row.achievement = normalise(terms.achievement) or row.achievement
    row.subject_key = subject_key(row)
    return row


def _of_registration(row: HonourCandidate, registration: Registration) -> None:
    exemplar: Exemplar = registration.exemplar
    row.subject = Subject.EXEMPLAR
    row.registration, row.exemplar = registration, exemplar
    row.organisation = registration.organisation
    row.unit_name, row.path = registration.unit_name, registration.path
    row.name = (registration.full_name or registration.name or exemplar.name)[:300]
    row.position = registration.position
    if registration.full_name:
        row.achievement = registration.name


def _of_person(row: HonourCandidate, terms: CandidateTerms) -> None:
    name = normalise(terms.name)
    if not name or terms.organisation is None:
        raise HonourError(_("A person needs a name and a unit."))
    row.subject, row.name = Subject.PERSON, name[:300]
    _place(row, terms)


def _of_unit(row: HonourCandidate, terms: CandidateTerms) -> None:
    if terms.organisation is None and terms.title_entry is None:
        raise HonourError(_("Name the unit that is to be honoured."))
    row.subject, row.title_entry = Subject.UNIT, terms.title_entry
    if terms.title_entry is not None:
        entry = terms.title_entry
        row.organisation, row.unit_name, row.path = entry.organisation, entry.unit_name, entry.path
        # titles such as Đơn vị “Dân vận khéo” have their quotation marks already
        title = entry.title if "“" in entry.title else f"“{entry.title}”"
        row.achievement = f"Đạt danh hiệu {title} năm {entry.year}"
    else:
        _place(row, terms)
    row.name = normalise(terms.name)[:300] or row.unit_name


def _place(row: HonourCandidate, terms: CandidateTerms) -> None:
    if terms.organisation is not None:
        row.organisation, row.path = terms.organisation, terms.organisation.path
        row.unit_name = normalise(terms.unit_name)[:300] or terms.organisation.name
