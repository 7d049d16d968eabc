"""Papers of recognition beside the approved ones, party and state (KHEO_APPROVE=1 approves)."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from tests.factories.recognition import ANNOUNCED, DECIDED, MERIT, PROPOSED, Honours

from kheo.lib.papers.certificates import certificates_to_pdf
from kheo.lib.papers.check import problems
from kheo.lib.papers.render import render
from kheo.recognition.actions import (
    CandidateTerms,
    DecisionTerms,
    add_candidates,
    create_proposal,
    draw_up_decision,
    draw_up_revocation,
    edit_decision,
    issue_decision,
    send_proposal,
)
from kheo.recognition.papers.certificates import certificate_form, certificates_of
from kheo.recognition.papers.decisions import decision_paper
from kheo.recognition.papers.proposals import proposal_paper
from kheo.recognition.queries.contents import content_of_decision, content_of_proposal

pytestmark = [pytest.mark.golden, pytest.mark.django_db]
APPROVED = Path(__file__).parent / "recognition"


def compare(text: str, name: str) -> None:
    path = APPROVED / f"{name}.txt"
    if os.environ.get("KHEO_APPROVE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    assert text == path.read_text()


def words(paper) -> str:
    return render(paper, "txt").decode()


def sheets(decision) -> str:
    """The text of each certificate, a blank line between two."""
    content = content_of_decision(decision)
    honours = list(decision.honours.standing().order_by("order"))
    pdf = certificates_to_pdf(certificate_form(content), certificates_of(content, honours))
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return "\n\n".join("\n".join(text.split("\r\n")) for text in texts) + "\n"


def test_papers_of_the_party(cast):
    honours = Honours(cast)
    rows = [honours.accepted(), honours.accepted(cast.communes[1], name="Phụ nữ Cao Xá")]
    named = "công nhận mô hình, điển hình “Dân vận khéo” năm 2024"
    recognition = honours.announced(*rows, title=named, valid_until=date(2027, 12, 31))
    person = CandidateTerms(
        organisation=cast.communes[0],
        name="Ngọ Thị Mẫu",
        position="Bí thư chi bộ thôn Nguyễn",
        is_person=True,
        achievement=MERIT,
    )
    title = "tặng Giấy khen cho tập thể, cá nhân có thành tích xuất sắc năm 2024"
    commendation = honours.announced(
        rows[0], person, form="party-commendation", number=128, title=title
    )
    proposal = proposal_paper(content_of_proposal(commendation.proposal))
    assert problems(proposal) == []
    compare(words(proposal), "party-proposal")
    for decision, name in ((recognition, "recognition"), (commendation, "commendation")):
        paper = decision_paper(content_of_decision(decision))
        assert problems(paper) == []
        compare(words(paper), f"party-{name}")
        compare(sheets(decision), f"party-{name}-certificates")
    taken = draw_up_revocation(
        decision=recognition,
        honours=[recognition.honours.first().pk],
        reason="Phát hiện số liệu không đúng thực tế.",
        along=True,
        by=honours.officer,
        at=ANNOUNCED,
    )
    taken = honours.issue(honours.completed(taken, 131))
    paper = decision_paper(content_of_decision(taken))
    assert problems(paper) == []
    compare(words(paper), "party-revocation")


def test_papers_of_the_state(cast):
    honours = Honours(cast)
    body, officer, leader = honours.government()
    title = "tặng Giấy khen cho các tập thể có thành tích xuất sắc năm 2024"
    terms = honours.terms("state-commendation", issuer=body, title=title, symbol="12/TTr-PNV")
    by = {"by": officer, "at": PROPOSED}
    proposal = create_proposal(organisation=body, terms=terms, **by)
    listed = [
        CandidateTerms(registration=honours.accepted(), achievement=MERIT),
        CandidateTerms(organisation=cast.communes[1], achievement=MERIT),
    ]
    add_candidates(proposal=proposal, candidates=listed, **by)
    proposal = send_proposal(proposal=proposal, seen_version=None, **by)
    compare(words(proposal_paper(content_of_proposal(proposal))), "state-proposal")
    decision = draw_up_decision(proposal=proposal, by=officer, at=DECIDED)
    typed = DecisionTerms(subject=decision.subject, letters=decision.letters)
    typed = replace(
        typed,
        number=1127,
        issued_on=DECIDED.date(),
        signatory_position="Chủ tịch",
        signatory="Nguyễn Văn Mẫu",
    )
    edit_decision(decision=decision, terms=typed, seen_version=None, by=officer, at=DECIDED)
    decision = issue_decision(decision=decision, seen_version=None, by=leader, at=DECIDED)
    paper = decision_paper(content_of_decision(decision))
    assert problems(paper) == []
    compare(words(paper), "state-commendation")
    compare(sheets(decision), "state-commendation-certificates")
