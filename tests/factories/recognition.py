"""Makes proposals, decisions and honours for tests by the same deeds as people use."""

from dataclasses import replace
from datetime import date, datetime

from tests.factories.accounts import HANOI
from tests.factories.exemplars import Stage as World
from tests.factories.organisations import OrganisationFactory, SeatFactory

from kheo.exemplars.enums import State
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation
from kheo.recognition.actions import (
    CandidateTerms,
    DecisionTerms,
    ProposalTerms,
    add_candidates,
    announce_decision,
    create_proposal,
    draw_up_decision,
    edit_decision,
    issue_decision,
    send_proposal,
)
from kheo.recognition.models import Decision, HonourForm, HonourProposal

PROPOSED = datetime(2024, 10, 1, 9, 0, tzinfo=HANOI)
DECIDED = datetime(2024, 10, 12, 9, 0, tzinfo=HANOI)
ANNOUNCED = datetime(2024, 10, 15, 9, 0, tzinfo=HANOI)
MERIT = "Đã có thành tích xuất sắc trong phong trào thi đua “Dân vận khéo” năm 2024"


def form_of(code: str) -> HonourForm:
    return HonourForm.objects.get(code=code)


class Honours:
    """The world of exemplars, and the course of honours in it."""

    def __init__(self, cast) -> None:
        self.cast = cast
        self.world = World(cast)
        self.officer, self.leader, self.head = cast.officer, cast.leader, cast.head
        self.issuer: Organisation = cast.district

    def accepted(self, unit=None, **changes):
        return self.world.registration(State.ACCEPTED, unit, **changes)

    def government(self):
        """The people's committee beside the party committee, with its officer and leader."""
        body = OrganisationFactory(
            name="Ủy ban nhân dân huyện Tân Yên",
            kind_code="government",
            level_code="district",
            parent=self.cast.district,
            place="Tân Yên",
        )
        return (
            body,
            SeatFactory(organisation=body, role=Role.OFFICER),
            SeatFactory(organisation=body, role=Role.LEADER),
        )

    def terms(self, form="party-recognition", **changes) -> ProposalTerms:
        terms = ProposalTerms(
            issuer=self.issuer,
            form=form_of(form),
            year=2024,
            title="cấp giấy cho các mô hình “Dân vận khéo” năm 2024",
            symbol="05-TTr/BDV",
            dated_on=date(2024, 10, 1),
            signatory="Hà Văn Mẫu",
        )
        return replace(terms, **changes)

    def proposal(self, *candidates, form="party-recognition", sent=False, **changes):
        """A proposal of registrations, or of whatever candidates are given."""
        proposal = create_proposal(
            organisation=self.officer.organisation,
            terms=self.terms(form, **changes),
            by=self.officer,
            at=PROPOSED,
        )
        terms = [
            one
            if isinstance(one, CandidateTerms)
            else CandidateTerms(registration=one, achievement=MERIT)
            for one in candidates
        ]
        if terms:
            add_candidates(proposal=proposal, candidates=terms, by=self.officer, at=PROPOSED)
        return self.sent(proposal) if sent else proposal

    def sent(self, proposal: HonourProposal) -> HonourProposal:
        return send_proposal(proposal=proposal, seen_version=None, by=self.officer, at=PROPOSED)

    def draft(self, *candidates, number=127, **changes) -> Decision:
        """The draft of a decision with number, date and signatory."""
        proposal = self.proposal(*candidates, sent=True, **changes)
        decision = draw_up_decision(proposal=proposal, by=self.officer, at=DECIDED)
        return self.completed(decision, number)

    def completed(self, decision: Decision, number=127, **changes) -> Decision:
        terms = DecisionTerms(
            subject=decision.subject,
            number=number,
            letters=decision.letters,
            issued_on=DECIDED.date(),
            authority=decision.authority,
            signatory_position="Phó Bí thư",
            signatory="Dương Văn Toàn",
            reason=decision.reason,
            valid_until=decision.valid_until,
        )
        return edit_decision(
            decision=decision,
            terms=replace(terms, **changes),
            seen_version=None,
            by=self.officer,
            at=DECIDED,
        )

    def issued(self, *candidates, **changes) -> Decision:
        return self.issue(self.draft(*candidates, **changes))

    def issue(self, decision: Decision) -> Decision:
        return issue_decision(decision=decision, seen_version=None, by=self.leader, at=DECIDED)

    def announced(self, *candidates, **changes) -> Decision:
        return self.announce(self.issued(*candidates, **changes))

    def announce(self, decision: Decision) -> Decision:
        return announce_decision(
            decision=decision,
            on=ANNOUNCED.date(),
            occasion="Tháng Dân vận",
            seen_version=None,
            by=self.officer,
            at=ANNOUNCED,
        )
