"""Sending up, taking back, answering, sending back: who may when, what follows, who is told."""

from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override
from tests.factories.accounts import HANOI, UserFactory
from tests.factories.nominations import LATER
from tests.factories.organisations import OrganisationFactory, SeatFactory

from kheo.exemplars.actions import recount_registrations
from kheo.exemplars.enums import Stage as Reached
from kheo.nominations.actions import (
    ProposalTerms,
    Reply,
    answer_nominations,
    begin_nominations,
    order_nominations,
    put_forward,
    return_nominations,
    send_nominations,
    take_back_nominations,
    write_proposal,
)
from kheo.nominations.enums import Answer, ListDeed, ListState
from kheo.nominations.models import NominationList
from kheo.nominations.queries.candidates import candidates_of
from kheo.nominations.queries.lists import nominated_to, nomination_lists_visible_to
from kheo.nominations.queries.structure import committee_above
from kheo.nominations.rules import TRANSITIONS, NominationError, Side, can_handle_list
from kheo.notices.models import Notice
from kheo.organisations.actions import move_organisation
from kheo.organisations.enums import Role
from kheo.organisations.rules import NotAllowedError
from kheo.rounds.models import Round

HOUR = timedelta(hours=1)
TODAY = datetime(2026, 1, 5, 9, 0, tzinfo=HANOI)
ACCEPT = Reply(Answer.ACCEPTED)


def models_of(row):
    return [one.registration for one in row.nominations.order_by("rank", "pk")]


def is_nominated(model):
    model.refresh_from_db()
    return bool(model.stages & Reached.NOMINATED)


def answered(stage, row, *answers, at=LATER + HOUR):
    ones = row.nominations.filter(answer=Answer.WAITING).order_by("rank")
    replies = {one.pk: reply for one, reply in zip(ones, answers, strict=False)}
    return answer_nominations(row=row, replies=replies, by=stage.above, at=at)


def test_each_deed_is_for_one_side_in_some_states_only(stage):
    row = stage.begin()
    row.target = stage.cast.province
    owners = [stage.officer, stage.cast.leader]
    seats = {role: SeatFactory(organisation=stage.cast.advisory, role=role) for role in Role}
    strangers = [seat for role, seat in seats.items() if role not in {Role.OFFICER, Role.LEADER}]
    others = [*strangers, stage.cast.stranger, stage.clerk, stage.head]
    for deed, arrow in TRANSITIONS.items():
        allowed = owners if arrow.side == Side.OWNER else [stage.above]
        refused = [*others, *(owners if arrow.side == Side.TARGET else [stage.above])]
        for state in ListState:
            row.state = state
            for seat in allowed:
                assert bool(can_handle_list(deed, seat, row)) == (state in arrow.sources)
            for seat in refused:
                assert not can_handle_list(deed, seat, row), (deed, state, seat.role)
    assert set(TRANSITIONS) == set(ListDeed)


def test_sending_locks_the_list_and_tells_everybody(stage):
    stopped = stage.accepted(unit=1)[0]
    row = stage.begin()
    stage.stop(row, stopped, reason="Chưa có kết quả cụ thể.")
    row = stage.sent()
    assert (row.state, row.target) == (ListState.SENT, stage.cast.province)
    assert all(is_nominated(model) for model in models_of(row) if model != stopped)
    assert not is_nominated(stopped)
    assert recount_registrations() == []
    told = {(one.user_id, one.subject.partition(":")[0]) for one in Notice.objects.all()}
    assert (stage.above.user_id, "Danh sách giới thiệu") in told
    going = Notice.objects.get(subject__contains="giới thiệu mô hình", user=stage.head.user)
    assert "(thứ tự 1)" in going.body
    other = Notice.objects.get(subject__contains="không giới thiệu")
    assert (other.organisation, "Chưa có kết quả cụ thể." in other.body) == (
        stage.cast.communes[1],
        True,
    )
    with pytest.raises(NotAllowedError):
        order_nominations(row=row, wanted=[], by=stage.officer, at=LATER)


def test_what_is_not_complete_is_not_sent(stage):
    first, second = stage.accepted(2)
    row = stage.begin()
    refused = "ít nhất một"
    for doing in (lambda: stage.forward(row, first), lambda: stage.stop(row, second)):
        with pytest.raises(NominationError, match=refused):
            send_nominations(row=row, by=stage.officer, at=LATER)
        doing()
        refused = "chưa được xếp thứ tự"
    Round.objects.update(nomination_cap=0)
    with pytest.raises(NominationError, match="không quá 0"):
        send_nominations(row=row, by=stage.officer, at=LATER)
    Round.objects.update(nomination_cap=5)
    type(first).objects.filter(pk=first.pk).update(state="declined")
    with pytest.raises(NominationError, match="không còn được chấp nhận"):
        send_nominations(row=row, by=stage.officer, at=LATER)


def test_a_list_is_taken_back_until_it_is_answered(stage):
    row = stage.sent()
    back = take_back_nominations(row=row, by=stage.officer, at=LATER)
    assert back.state == ListState.DRAFT
    assert not any(is_nominated(model) for model in models_of(row))
    assert Notice.objects.filter(user=stage.above.user, subject__contains="rút lại").exists()
    send_nominations(row=row, by=stage.officer, at=LATER)
    answered(stage, row, ACCEPT)
    with pytest.raises(NominationError, match="bắt đầu trả lời"):
        take_back_nominations(row=row, by=stage.officer, at=LATER + 2 * HOUR)


def test_notices_are_written_in_the_language_of_the_house(stage):
    with override("en"):
        row = stage.sent(1)
        answered(stage, row, ACCEPT)
    subjects = set(Notice.objects.values_list("subject", flat=True))
    assert any("giới thiệu mô hình" in one for one in subjects)
    assert any(one.startswith("Ý kiến của") for one in subjects)
    assert not [one for one in subjects if "nomination" in one.lower() or "Answer" in one]


def test_answers_one_by_one_send_single_ones_back(stage):
    row = stage.sent(3)
    first, second, third = models_of(row)
    for reply in (Reply(Answer.KEPT), Reply(Answer.RETURNED, "  ")):
        with pytest.raises(NominationError, match="phải có lý do"):
            answered(stage, row, reply)
    with pytest.raises(NominationError, match="ít nhất một"):
        answered(stage, row, Reply(Answer.WAITING))
    half = answered(stage, row, ACCEPT, Reply(Answer.KEPT, "Phù hợp cấp huyện."))
    assert half.state == ListState.SENT
    row = answered(stage, row, Reply(Answer.RETURNED, "Bổ sung số liệu."))
    assert row.state == ListState.RETURNED
    assert [is_nominated(model) for model in (first, second, third)] == [True, True, False]
    assert list(nominated_to(stage.cast.province, [stage.round])) == [first]
    notice = Notice.objects.filter(user=stage.officer.user).latest("pk")
    assert "Bổ sung số liệu." in notice.body

    # what was decided keeps its place, and its place counts against the cap
    with pytest.raises(NominationError, match="đã có ý kiến"):
        stage.stop(row, first)
    wanted = list(row.nominations.order_by("-rank").values_list("pk", flat=True))
    order_nominations(row=row, wanted=wanted, by=stage.officer, at=LATER + 2 * HOUR)
    assert models_of(row)[:2] == [first, second]
    row = send_nominations(row=row, by=stage.officer, at=LATER + 3 * HOUR)
    assert is_nominated(third)
    row = answered(stage, row, ACCEPT, at=LATER + 4 * HOUR)
    assert row.state == ListState.ANSWERED
    assert list(nominated_to(stage.cast.province, [stage.round])) == [first, third]
    assert recount_registrations() == []


def test_a_whole_list_goes_back_with_a_reason(stage):
    row = stage.sent()
    with pytest.raises(NominationError, match="lý do"):
        return_nominations(row=row, reason=" ", by=stage.above, at=LATER)
    row = return_nominations(row=row, reason="Xếp lại theo chủ đề.", by=stage.above, at=LATER)
    assert (row.state, row.answer_reason) == (ListState.RETURNED, "Xếp lại theo chủ đề.")
    assert not any(is_nominated(model) for model in models_of(row))
    told = Notice.objects.filter(user=stage.officer.user, subject__contains="bị gửi trả")
    assert told.get().body == "Xếp lại theo chủ đề."
    row = send_nominations(row=row, by=stage.officer, at=LATER)
    assert (row.state, row.answer_reason) == (ListState.SENT, "")


def test_the_level_above_nominates_what_it_took_further_up(stage):
    centre = OrganisationFactory(
        name="Ban Tuyên giáo và Dân vận Trung ương",
        kind_code="party_committee",
        level_code="central",
    )
    row = stage.sent(2)
    first, second = models_of(row)
    answered(stage, row, ACCEPT, Reply(Answer.KEPT, "Để cấp huyện công nhận."))
    on = date(2024, 1, 1)
    move_organisation(organisation=stage.cast.province, parent=centre, on=on, by=None, at=LATER)
    upper = begin_nominations(
        round=stage.round, owner=stage.cast.province, by=stage.above, at=LATER
    )
    assert list(candidates_of(upper)) == [first]
    with pytest.raises(NominationError):
        put_forward(row=upper, registration=second, by=stage.above, at=LATER)
    put_forward(row=upper, registration=first, by=stage.above, at=LATER)
    upper = send_nominations(row=upper, by=stage.above, at=LATER)
    assert upper.target == centre
    boss = SeatFactory(organisation=centre, role=Role.LEADER, user=UserFactory())
    # the province's list comes back, the district's nomination of the model stands
    return_nominations(row=upper, reason="Chờ đợt sau.", by=boss, at=LATER)
    assert is_nominated(first)


def test_a_commune_sends_to_its_province_once_the_district_is_gone(cast):
    commune = cast.communes[0]
    assert committee_above(commune, date(2025, 6, 30)) == cast.district
    move_organisation(
        organisation=commune, parent=cast.province, on=date(2025, 7, 1), by=None, at=TODAY
    )
    assert committee_above(commune, date(2025, 6, 30)) == cast.district
    assert committee_above(commune, date(2025, 7, 1)) == cast.province
    assert committee_above(cast.province, date(2025, 7, 1)) is None


def test_drafts_are_seen_by_the_own_people_only(stage):
    stage.accepted()
    row = stage.begin()
    assert row in nomination_lists_visible_to(stage.officer)
    for seat in (stage.above, stage.head, stage.cast.stranger):
        assert not nomination_lists_visible_to(seat).exists()
    NominationList.objects.update(state=ListState.SENT, target=stage.cast.province)
    assert row in nomination_lists_visible_to(stage.above)
    assert not nomination_lists_visible_to(stage.cast.stranger).exists()


def test_the_words_of_the_proposal_are_kept(stage):
    row = stage.begin()
    terms = ProposalTerms(number=12, issued_on=date(2024, 3, 4), signatory="Nguyễn Văn Mẫu")
    row = write_proposal(row=row, terms=terms, by=stage.officer, at=LATER)
    assert (row.number, row.version) == (12, 2)
    row = write_proposal(row=row, terms=terms, by=stage.officer, at=LATER)
    assert row.version == 2
