"""What the papers of the room are made of: who speaks, on what grounds, and the list."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from kheo.lib.text.documents import format_number_line
from kheo.organisations.models import Organisation
from kheo.organisations.papers.letterheads import Issuer, issuer_of
from kheo.organisations.papers.speakers import Speaker, speaker_of
from kheo.recognition.enums import Purpose, Subject, Track
from kheo.recognition.models import Decision, Honour, HonourCandidate, HonourProposal
from kheo.recognition.queries.naming import reference_of


@dataclass(frozen=True, kw_only=True)
class ListLine:
    """A line of a list: who or what, where from, what for; number in the book once it has one."""

    name: str
    unit: str = ""
    achievement: str = ""
    book: str = ""
    # of a revocation: the decision by which it was given
    given_by: str = ""


@dataclass(frozen=True, kw_only=True)
class HonourContent:
    """All that a proposal, a decision or a certificate says."""

    act: str
    track: str
    form: str
    year: int
    subject: str
    issuer: Issuer
    speaker: Speaker
    # as the text calls the body that decides
    deciding: str
    number_line: str
    lines: list[ListLine]
    # how many of which: ("mô hình, điển hình", 12)
    counts: list[tuple[str, int]]
    dated: date | None = None
    addressee: str = ""
    proposer: str = ""
    grounds: tuple[str, ...] = ()
    proposal: str = ""
    reason: str = ""
    reference: str = ""
    authority: str = ""
    position: str = ""
    signatory: str = ""
    revokes: bool = False
    valid_until: date | None = None
    recipients: tuple[str, ...] = field(default=())


def content_of_proposal(proposal: HonourProposal) -> HonourContent:
    """Return what a proposal says."""
    day = proposal.dated_on or timezone.localdate(proposal.created_at)
    speaker = speaker_of(proposal.organisation)
    label = "Số" if speaker.is_party else "Số:"
    candidates = list(proposal.candidates.order_by("order", "pk"))
    return HonourContent(
        act=proposal.act,
        track=proposal.track,
        form=proposal.form.name,
        year=proposal.year,
        subject=proposal.title,
        issuer=issuer_of(proposal.organisation, day),
        speaker=speaker,
        deciding=deciding_name(proposal.issuer, proposal.track),
        number_line=f"{label} {proposal.symbol}"
        if proposal.symbol
        else format_number_line(speaker.symbol("TTr")),
        lines=[_line_of(row) for row in candidates],
        counts=counts_of(row.subject for row in candidates),
        dated=proposal.dated_on,
        addressee=deciding_name(proposal.issuer, proposal.track),
        proposer=speaker.name,
        authority=speaker.authority,
        position=proposal.signatory_position or speaker.position,
        signatory=proposal.signatory,
        valid_until=proposal.valid_until,
    )


def content_of_decision(decision: Decision) -> HonourContent:
    """Return what a decision says, also while it is a draft."""
    day = decision.issued_on or timezone.localdate(decision.created_at)
    revokes = decision.purpose == Purpose.REVOKE
    lines, subjects, forms = _revoked(decision) if revokes else _conferred(decision)
    proposal = decision.proposal
    speaker = speaker_of(decision.organisation)
    return HonourContent(
        act=decision.act,
        track=decision.track,
        form=forms,
        year=decision.year,
        subject=decision.subject,
        issuer=issuer_of(decision.organisation, day),
        speaker=speaker,
        deciding=deciding_name(decision.organisation, decision.track),
        number_line=format_number_line(decision.symbol),
        lines=lines,
        counts=counts_of(subjects),
        dated=decision.issued_on,
        proposer=_proposer(decision, proposal) if proposal else "",
        proposal=_proposal_reference(proposal) if proposal else "",
        grounds=tuple(line.strip() for line in decision.grounds.splitlines() if line.strip()),
        reason=decision.reason,
        reference=reference_of(decision),
        authority=decision.authority,
        position=decision.signatory_position,
        signatory=decision.signatory,
        revokes=revokes,
        valid_until=decision.valid_until,
    )


def deciding_name(organisation: Organisation, track: str) -> str:
    """Return who decides in words: the standing committee, or the chairman of the people's one."""
    if track == Track.STATE and organisation.kind.code == "government":
        return f"Chủ tịch {organisation.name}"
    speaker = speaker_of(organisation)
    if speaker.name.startswith("Ban Thường vụ"):
        return f"Ban Thường vụ {organisation.name}"
    return organisation.name


def counts_of(subjects: Iterable[str]) -> list[tuple[str, int]]:
    """Count models, units and people, in this order, leaving out what there is none of."""
    found = list(subjects)
    words = (
        (Subject.EXEMPLAR, "mô hình, điển hình"),
        (Subject.UNIT, "tập thể"),
        (Subject.PERSON, "cá nhân"),
    )
    pairs = [(word, found.count(subject)) for subject, word in words]
    return [(word, count) for word, count in pairs if count]


def book_entry(honour: Honour) -> str:
    """Write the number in the book, 07/2024."""
    return f"{honour.book_number:02}/{honour.book_year}"


Listed = tuple[list[ListLine], list[str], str]


def _revoked(decision: Decision) -> Listed:
    """Return the lines, each subject once, and the forms that are taken back."""
    found = decision.revocations.select_related("honour__decision", "honour__form")
    rows = [row.honour for row in found]
    lines = [
        ListLine(
            name=row.name,
            unit=_unit(row),
            given_by=f"{row.form.name}, {reference_of(row.decision)} (số vào sổ {book_entry(row)})",
        )
        for row in rows
    ]
    subjects = {row.subject_key: row.subject for row in rows}
    forms = dict.fromkeys(row.form.name for row in rows)
    return lines, list(subjects.values()), ", ".join(forms)


def _conferred(decision: Decision) -> Listed:
    """Return the honours, or while it is a draft those whom its proposal names."""
    proposal, form = decision.proposal, decision.form.name
    honours = list(decision.honours.order_by("order", "pk"))
    if honours or proposal is None:
        lines = [_line_of(row, book_entry(row)) for row in honours]
        return lines, [row.subject for row in honours], form
    named = list(proposal.candidates.order_by("order", "pk"))
    return [_line_of(row) for row in named], [row.subject for row in named], form


def _proposer(decision: Decision, proposal: HonourProposal) -> str:
    """Return who proposed, unless it was the issuer itself."""
    if proposal.organisation_id == decision.organisation_id:
        return ""
    return speaker_of(proposal.organisation).name


def _line_of(row: HonourCandidate | Honour, book: str = "") -> ListLine:
    return ListLine(name=row.name, unit=_unit(row), achievement=row.achievement, book=book)


def _unit(row: HonourCandidate | Honour) -> str:
    unit = "" if row.unit_name == row.name else row.unit_name
    return ", ".join(filter(None, (row.position, unit)))


def _proposal_reference(proposal: HonourProposal) -> str:
    number = f" số {proposal.symbol}" if proposal.symbol else ""
    day = f" ngày {proposal.dated_on:%d/%m/%Y}" if proposal.dated_on else ""
    return f"Tờ trình{number}{day}"
