"""Honours are taken back with what is built on them, by a decision, and stay in the history."""

from datetime import date

import pytest
from tests.factories.recognition import ANNOUNCED, MERIT, PROPOSED

from kheo.exemplars.enums import Stage
from kheo.notices.models import Notice
from kheo.organisations.rules import NotAllowedError
from kheo.recognition.actions import (
    CandidateTerms,
    HonourError,
    add_candidates,
    draw_up_decision,
    draw_up_revocation,
)
from kheo.recognition.models import Decision, Honour
from kheo.recognition.queries.building import honours_built_on
from kheo.recognition.queries.history import honours_of, recognised_exemplars
from kheo.recognition.queries.visible import decisions_visible_to

WHY = "Phát hiện số liệu không đúng thực tế."


def drawn_up(honours, decision, *, along=False, by=None, keys=None, reason=WHY):
    return draw_up_revocation(
        decision=decision,
        honours=decision.honours.values_list("pk", flat=True) if keys is None else keys,
        reason=reason,
        along=along,
        by=by or honours.officer,
        at=ANNOUNCED,
    )


def test_part_of_a_decision_is_taken_back(honours):
    row, other = honours.accepted(), honours.accepted(honours.cast.communes[1])
    decision = honours.announced(row, other)
    honour = decision.honours.get(registration=row)
    draft = drawn_up(honours, decision, keys=[honour.pk])
    honour.refresh_from_db()
    assert honour.revoked_at is None
    with pytest.raises(HonourError, match="Đã có dự thảo khác"):
        drawn_up(honours, decision, keys=[honour.pk])
    with pytest.raises(HonourError) as error:
        honours.issue(draft)
    assert len(error.value.reasons) == 3
    honours.issue(honours.completed(draft, 140))
    honour.refresh_from_db()
    row.refresh_from_db()
    other.refresh_from_db()
    assert (honour.revoked_by, honour.revoked_by.reason) == (draft, WHY)
    assert not row.stages & Stage.RECOGNISED
    assert other.stages & Stage.RECOGNISED
    assert honours_of(row.exemplar).get() == honour
    found = recognised_exemplars(".", day=date(2024, 11, 1))
    assert set(found) == {other.exemplar}
    assert Notice.objects.filter(user=honours.head.user, body__contains=WHY).count() == 1
    assert draft in decisions_visible_to(honours.head)
    with pytest.raises(HonourError, match="Đã bị thu hồi"):
        drawn_up(honours, decision, keys=[honour.pk])
    # what was taken back can be honoured again
    assert honours.issued(row, number=150).honours.count() == 1


def test_what_others_build_on_is_refused_or_goes_along(honours):
    row = honours.accepted()
    recognition = honours.announced(row)
    commendation = honours.announced(row, form="party-commendation", number=128)
    row.refresh_from_db()
    assert row.stages & Stage.COMMENDED
    assert honours_built_on(list(recognition.honours.all())).honours == [commendation.honours.get()]
    with pytest.raises(HonourError, match="128-QĐ/HU"):
        drawn_up(honours, recognition)
    draft = drawn_up(honours, recognition, along=True)
    assert [part.follows for part in draft.revocations.all()] == [False, True]
    honours.issue(honours.completed(draft, 141))
    assert not Honour.objects.standing().exists()
    row.refresh_from_db()
    assert not row.stages & (Stage.RECOGNISED | Stage.COMMENDED)


def test_what_was_built_on_it_in_the_meantime(honours):
    row = honours.accepted()
    recognition = honours.announced(row)
    draft = honours.completed(drawn_up(honours, recognition), 142)
    honours.announced(row, form="party-commendation", number=128)
    with pytest.raises(HonourError, match="trao trên cơ sở này"):
        honours.issue(draft)
    assert Honour.objects.standing().count() == 2
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_another_body_takes_its_own_back_first(honours):
    row = honours.accepted()
    recognition = honours.announced(row)
    honours.announced(row, form="party-commendation", number=128)
    Honour.objects.filter(act="commend").update(issuer=honours.cast.province)
    with pytest.raises(HonourError, match="phải thu hồi trước"):
        drawn_up(honours, recognition, along=True)


def test_the_stage_stays_while_another_honour_of_the_act_stands(honours):
    row = honours.accepted()
    first = honours.announced(row, valid_until=date(2024, 12, 31))
    proposal = honours.proposal()
    renewing = CandidateTerms(registration=row, achievement=MERIT, renews=first.honours.get())
    add_candidates(proposal=proposal, candidates=[renewing], by=honours.officer, at=PROPOSED)
    honours.sent(proposal)
    second = draw_up_decision(proposal=proposal, by=honours.officer, at=PROPOSED)
    second = honours.announce(honours.issue(honours.completed(second, 129)))
    # a renewal rests on what it renews; taken back alone, the first one stands
    honours.issue(honours.completed(drawn_up(honours, second), 143))
    row.refresh_from_db()
    assert row.stages & Stage.RECOGNISED


def test_an_honour_is_renewed_once_whoever_comes_second(honours):
    row = honours.accepted()
    first = honours.announced(row, valid_until=date(2024, 12, 31)).honours.get()
    renewing = CandidateTerms(registration=row, achievement=MERIT, renews=first)
    drafts = [honours.draft(renewing, number=number) for number in (129, 130)]
    honours.issue(drafts[0])
    with pytest.raises(HonourError, match="Đã được trao hình thức này"):
        honours.issue(drafts[1])
    honours.issue(honours.completed(drawn_up(honours, drafts[0]), 143))
    # taken back, it may be renewed again
    assert honours.issue(drafts[1]).honours.get().renewed_from == first


def test_revoking_is_refused_with_reasons(honours):
    decision = honours.draft(honours.accepted())
    with pytest.raises(NotAllowedError, match="chưa được ban hành"):
        drawn_up(honours, decision)
    honours.issue(decision)
    with pytest.raises(NotAllowedError):
        drawn_up(honours, decision, by=honours.leader)
    with pytest.raises(HonourError, match="chọn trường hợp"):
        drawn_up(honours, decision, keys=[])
    with pytest.raises(HonourError, match="lý do"):
        drawn_up(honours, decision, reason=" ")
    draft = drawn_up(honours, decision)
    with pytest.raises(NotAllowedError, match="có hiệu lực ngay"):
        drawn_up(honours, draft)
    # nothing was announced: nobody is told, no stage was reached
    honours.issue(honours.completed(draft, 144))
    assert not Notice.objects.filter(subject__contains="Thu hồi").exists()
    with pytest.raises(HonourError, match="đã bị thu hồi"):
        honours.announce(Decision.objects.get(pk=decision.pk))
