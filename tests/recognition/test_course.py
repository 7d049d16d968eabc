"""A proposal becomes a decision, honours and an announcement; each refusal tells its reason."""

from datetime import date, timedelta

import pytest
from tests.factories.organisations import SeatFactory
from tests.factories.recognition import ANNOUNCED, DECIDED, MERIT, PROPOSED, form_of

from kheo.audit.queries import history_of
from kheo.exemplars.enums import Stage
from kheo.notices.models import Notice
from kheo.organisations.enums import Role
from kheo.organisations.rules import NotAllowedError
from kheo.recognition.actions import (
    CandidateTerms,
    HonourError,
    StaleHonourError,
    add_candidates,
    announce_decision,
    create_proposal,
    decline_proposal,
    discard_decision,
    discard_proposal,
    draw_up_decision,
    edit_candidate,
    edit_decision,
    edit_proposal,
    issue_decision,
    plan_announcement,
    remove_candidates,
    send_proposal,
    take_back_proposal,
)
from kheo.recognition.models import Decision, Honour
from kheo.recognition.queries.history import honours_of, recognised_exemplars
from kheo.recognition.queries.issuing import same_numbers
from kheo.recognition.queries.visible import decisions_visible_to, honours_visible_to


def verbs(record):
    return [entry.verb for entry in history_of(record)][::-1]


def test_from_proposal_to_announcement(honours):
    row, other = honours.accepted(), honours.accepted(honours.cast.communes[1])
    proposal = honours.proposal(row, other)
    honours.sent(proposal)
    decision = draw_up_decision(proposal=proposal, by=honours.officer, at=DECIDED)
    assert (decision.letters, decision.authority) == ("HU", "T/M BAN THƯỜNG VỤ")
    # drawing up twice, from two windows, makes one
    assert draw_up_decision(proposal=proposal, by=honours.officer, at=DECIDED) == decision
    decision = honours.completed(decision)
    issued = honours.issue(decision)
    proposal.refresh_from_db()
    assert (issued.state, proposal.state) == ("issued", "decided")
    rows = list(issued.honours.all())
    assert [(one.book_number, one.book_year) for one in rows] == [(1, 2024), (2, 2024)]
    assert rows[0].achievement == MERIT
    row.refresh_from_db()
    assert not row.stages & Stage.RECOGNISED
    assert not decisions_visible_to(honours.head).exists()
    assert not honours_visible_to(honours.head).exists()
    honours.announce(issued)
    row.refresh_from_db()
    assert row.stages & Stage.RECOGNISED
    assert decisions_visible_to(honours.head).get() == issued
    # a unit sees its own line alone
    assert honours_visible_to(honours.head).get().registration == row
    told = Notice.objects.filter(organisation=honours.cast.communes[0], user=honours.head.user)
    assert told.filter(body__contains="127-QĐ/HU").count() == 1
    assert verbs(proposal) == [
        "honour-proposal.create",
        "honour-proposal.add",
        "honour-proposal.send",
    ]
    assert verbs(issued) == [
        "honour-decision.draw-up",
        "honour-decision.edit",
        "honour-decision.issue",
        "honour-decision.announce",
    ]
    found = recognised_exemplars(honours.cast.district.path, day=date(2024, 11, 1))
    assert set(found) == {row.exemplar, other.exemplar}
    assert honours_of(row.exemplar).get() == rows[0]
    assert honours_of(honours.cast.communes[0]).get() == rows[0]


def test_what_a_decision_lacks_is_told(honours):
    proposal = honours.proposal(honours.accepted(), sent=True)
    decision = draw_up_decision(proposal=proposal, by=honours.officer, at=DECIDED)
    with pytest.raises(HonourError) as refused:
        honours.issue(decision)
    assert len(refused.value.reasons) == 3
    decision = honours.completed(decision, issued_on=DECIDED.date() + timedelta(days=1))
    with pytest.raises(HonourError, match="chưa đến"):
        honours.issue(decision)
    with pytest.raises(HonourError, match="trích yếu"):
        honours.completed(decision, subject=" ")
    with pytest.raises(HonourError, match="hết giá trị"):
        honours.completed(decision, valid_until=DECIDED.date())
    assert not Honour.objects.exists()


def test_issuing_twice_and_from_a_stale_window(honours):
    decision = honours.draft(honours.accepted())
    seen = decision.version
    honours.completed(decision, number=128)
    with pytest.raises(StaleHonourError):
        issue_decision(decision=decision, seen_version=seen, by=honours.leader, at=DECIDED)
    honours.issue(decision)
    with pytest.raises(NotAllowedError):
        honours.issue(decision)
    assert Honour.objects.count() == 1


def test_two_decisions_on_the_same_model_at_once(honours):
    row = honours.accepted()
    first = honours.draft(row)
    # asked before the first one was issued
    second = honours.draft(row, number=128)
    honours.issue(first)
    with pytest.raises(HonourError, match="127-QĐ/HU ngày 12/10/2024 của Huyện ủy Tân Yên"):
        honours.issue(second)
    assert Honour.objects.count() == 1
    second.refresh_from_db()
    assert second.state == "draft"


def test_same_number_is_only_a_warning(honours):
    honours.issued(honours.accepted())
    other = honours.draft(honours.accepted(name="Mô hình thứ hai"))
    assert len(same_numbers(other)) == 1
    honours.issue(other)
    assert [row.book_number for row in Honour.objects.order_by("pk")] == [1, 2]
    lone = honours.draft(honours.accepted(name="Mô hình thứ ba"), number=3)
    assert same_numbers(lone) == []


def test_who_stays_on_the_list_is_numbered_without_gaps(honours):
    rows = [honours.accepted(name=f"Mô hình {number}") for number in range(3)]
    proposal = honours.proposal(*rows)
    second = proposal.candidates.get(registration=rows[1])
    remove_candidates(proposal=proposal, candidates=[second.pk], by=honours.officer, at=PROPOSED)
    numbered = proposal.candidates.order_by("order").values_list("order", "name")
    assert list(numbered) == [(1, "Mô hình 0"), (2, "Mô hình 2")]


def test_a_draft_is_changed_and_thrown_away(honours):
    proposal = honours.proposal(honours.accepted())
    seen = proposal.version
    candidate = proposal.candidates.get()
    by = {"by": honours.officer, "at": PROPOSED}
    changed = edit_candidate(candidate=candidate, name="Tên mới", achievement="Tốt", **by)
    assert changed.name == "Tên mới"
    with pytest.raises(HonourError):
        edit_candidate(candidate=candidate, name=" ", achievement="", **by)
    with pytest.raises(StaleHonourError):
        edit_proposal(proposal=proposal, terms=honours.terms(), seen_version=seen - 1, **by)
    terms = honours.terms(title="tặng giấy")
    assert edit_proposal(proposal=proposal, terms=terms, seen_version=None, **by).title == (
        "tặng giấy"
    )
    assert remove_candidates(proposal=proposal, candidates=[candidate.pk], **by) == 1
    with pytest.raises(HonourError, match="trống"):
        send_proposal(proposal=proposal, seen_version=None, **by)
    discard_proposal(proposal=proposal, seen_version=None, **by)
    with pytest.raises(StaleHonourError):
        discard_proposal(proposal=proposal, seen_version=None, **by)


def test_a_proposal_is_taken_back_or_declined(honours):
    proposal = honours.proposal(honours.accepted(), sent=True)
    decision = draw_up_decision(proposal=proposal, by=honours.officer, at=DECIDED)
    by = {"by": honours.officer, "at": DECIDED}
    with pytest.raises(HonourError, match="đang được soạn"):
        take_back_proposal(proposal=proposal, seen_version=None, **by)
    discard_decision(decision=decision, seen_version=None, **by)
    back = take_back_proposal(proposal=proposal, seen_version=None, **by)
    assert back.state == "draft"
    with pytest.raises(HonourError, match="đã từng được gửi"):
        discard_proposal(proposal=back, seen_version=None, **by)
    honours.sent(back)
    draw_up_decision(proposal=proposal, by=honours.officer, at=DECIDED)
    deed = {"proposal": proposal, "seen_version": None, "by": honours.leader, "at": DECIDED}
    with pytest.raises(HonourError):
        decline_proposal(reason=" ", **deed)
    declined = decline_proposal(reason="Chưa đủ hồ sơ.", **deed)
    assert (declined.state, declined.answer) == ("declined", "Chưa đủ hồ sơ.")
    assert not Decision.objects.exists()
    with pytest.raises(NotAllowedError):
        draw_up_decision(proposal=proposal, **by)


def test_announcing_has_its_day(honours):
    decision = honours.issued(honours.accepted())
    deed = {"decision": decision, "seen_version": None, "by": honours.officer}
    late = ANNOUNCED.date()
    with pytest.raises(HonourError, match="chưa đến"):
        announce_decision(on=late, occasion="", at=DECIDED, **deed)
    early = DECIDED.date() - timedelta(days=1)
    for act in (announce_decision, plan_announcement):
        with pytest.raises(HonourError, match="trước ngày ký"):
            act(on=early, occasion="", at=ANNOUNCED, **deed)
    planned = plan_announcement(on=late, occasion="Tháng Dân vận", at=DECIDED, **deed)
    assert (planned.state, planned.announced_on) == ("issued", late)
    honours.announce(planned)
    with pytest.raises(NotAllowedError):
        honours.announce(planned)
    assert Notice.objects.filter(user=honours.head.user, body__contains="127").count() == 1


def test_units_and_people_by_hand(honours):
    unit = honours.cast.communes[0]
    person = CandidateTerms(
        organisation=unit, name="Ngọ Thị  Mẫu", is_person=True, achievement=MERIT
    )
    body = CandidateTerms(organisation=unit, achievement=MERIT)
    proposal = honours.proposal(person, body)
    assert [row.name for row in proposal.candidates.all()] == ["Ngọ Thị Mẫu", unit.name]
    by = {"by": honours.officer, "at": PROPOSED}
    # the same person again, typed in another way
    twin = CandidateTerms(organisation=unit, name="NGỌ THỊ MẪU", is_person=True)
    with pytest.raises(HonourError, match="Đã có trong danh sách"):
        add_candidates(proposal=proposal, candidates=[twin], **by)
    namesake = CandidateTerms(
        organisation=honours.cast.communes[1], name="Ngọ Thị Mẫu", is_person=True
    )
    assert len(add_candidates(proposal=proposal, candidates=[twin, namesake], **by)) == 1
    for bad in (CandidateTerms(name="Ai đó", is_person=True), CandidateTerms()):
        with pytest.raises(HonourError):
            add_candidates(proposal=proposal, candidates=[bad], **by)
    honours.sent(proposal)
    decision = honours.completed(draw_up_decision(proposal=proposal, **by))
    honours.announce(honours.issue(decision))
    honour = Honour.objects.get(name="Ngọ Thị Mẫu", organisation=unit)
    assert honours_of(honour).get() == honour
    assert honours_visible_to(honours.head).count() == 2


def test_who_gives_which_form(honours):
    body, officer, _leader = honours.government()
    with pytest.raises(NotAllowedError, match="không thuộc cấp"):
        honours.proposal(form="party-high-commendation")
    with pytest.raises(NotAllowedError, match="không thuộc loại"):
        honours.proposal(form="state-commendation")
    by = {"by": officer, "at": PROPOSED}
    terms = honours.terms("state-commendation", issuer=body)
    proposal = create_proposal(organisation=body, terms=terms, **by)
    add_candidates(
        proposal=proposal, candidates=[CandidateTerms(registration=honours.accepted())], **by
    )
    send_proposal(proposal=proposal, seen_version=None, **by)
    decision = draw_up_decision(proposal=proposal, **by)
    # the chairman commends in his own name
    assert (decision.authority, decision.signatory_position) == ("", "CHỦ TỊCH")
    form = form_of("state-commendation")
    form.is_active = False
    form.save()
    with pytest.raises(NotAllowedError, match="không còn được sử dụng"):
        honours.proposal(form="state-commendation", issuer=body)


def test_a_stranger_s_paper_is_not_touched(honours):
    decision = honours.draft(honours.accepted())
    stranger = SeatFactory(organisation=honours.cast.elsewhere, role=Role.LEADER)
    with pytest.raises(NotAllowedError):
        issue_decision(decision=decision, seen_version=None, by=stranger, at=DECIDED)
    with pytest.raises(NotAllowedError):
        edit_decision(
            decision=decision,
            terms=None,
            seen_version=None,
            by=honours.cast.stranger,
            at=DECIDED,
        )
