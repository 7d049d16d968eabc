"""Like registrations are found by key, shown to whom they concern, and decided once."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_q.models import Schedule
from tests.factories.accounts import HANOI
from tests.factories.exemplars import IN_TIME, PERSON, make_draft
from tests.factories.organisations import SeatFactory
from tests.factories.rounds import make_s4_round, part_of

from kheo.audit.models import Entry
from kheo.exemplars.actions import (
    AlreadyRegisteredError,
    StalePairError,
    amend,
    answer_likeness,
    autosave_draft,
    compare_waiting,
    discard_draft,
    fill_likeness_keys,
    keep_likeness_keys,
    keep_likeness_schedule,
    link_continuation,
    link_own_draft,
    link_replica,
    mark_different,
    recount_registrations,
    reopen_likeness,
    sign_off,
    submit,
    unlink_likeness,
    withdraw_answer,
)
from kheo.exemplars.enums import Likeness, State
from kheo.exemplars.models import Exemplar, LikenessKey, LikenessPair, Registration
from kheo.exemplars.queries.likeness import hints_for, pairs_of_round
from kheo.exemplars.queries.likeness_groups import pair_groups
from kheo.exemplars.rules.likeness import shared_path
from kheo.exemplars.tasks import compare_new_registrations
from kheo.notices.models import Notice
from kheo.organisations.enums import Role
from kheo.organisations.rules import NotAllowedError
from kheo.rounds.enums import Form

LATER = IN_TIME + timedelta(hours=5)
NEXT = datetime(2025, 2, 20, 9, 0, tzinfo=HANOI)
NAME = "Tuyến đường hoa phụ nữ tự quản"
OTHER = "Tiếng kẻng phòng gian ở khu dân cư"


@pytest.fixture
def next_part(stage):
    round = make_s4_round(
        stage.cast, period=stage.round.period, year=2025, opens_on=date(2024, 1, 2)
    )
    round.participations.update(due_on=date(2025, 2, 27))
    return part_of(round, stage.cast.communes[0])


@pytest.fixture
def pair(stage) -> LikenessPair:
    """Two communes register one thing in one year."""
    for place in (0, 1):
        stage.registration(State.SUBMITTED, unit=stage.cast.communes[place], name=NAME)
    compare_waiting()
    return LikenessPair.objects.select_related("first", "second").get()


@pytest.fixture
def sign_in(client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)

    def as_seat(seat):
        client.force_login(seat.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_seat


def decide(action, pair, seat, **words):
    return action(pair=pair, version=pair.version, by=seat, at=LATER, **words)


def test_what_is_sent_is_compared_once_and_drafts_are_not(stage):
    stage.registration(State.SUBMITTED, name=NAME)
    stage.registration(State.DRAFT, unit=stage.cast.communes[1], name=NAME)
    stage.registration(State.SUBMITTED, unit=stage.cast.communes[2], name="phu nu: TUYEN DUONG HOA")
    assert compare_waiting() == 2
    assert compare_waiting() == 0
    pair = LikenessPair.objects.get()
    assert {pair.first.organisation, pair.second.organisation} == {
        stage.cast.communes[0],
        stage.cast.communes[2],
    }
    assert pair.path == stage.cast.district.path
    assert pair.suggestion == Likeness.REPLICA


def test_keys_follow_the_text_when_it_is_sent_again(stage):
    row = stage.registration(State.SUBMITTED, name=NAME)
    before = set(row.likeness_keys.values_list("key", flat=True))
    row = amend(registration=row, reason="Đổi tên.", by=stage.head, at=LATER)
    row = autosave_draft(
        registration=row, values={"name": OTHER}, version=row.version, by=stage.head, at=LATER
    )
    row = sign_off(registration=row, by=stage.head, at=LATER)
    row = submit(registration=row, by=stage.head, at=LATER)
    after = set(row.likeness_keys.values_list("key", flat=True))
    assert LikenessKey.WAITS in after
    assert len(after & before) <= 6
    assert len(after) == row.likeness_keys.count()


def test_keys_are_filled_after_an_upgrade(stage):
    row = stage.registration(State.SUBMITTED, name=NAME)
    keys = set(row.likeness_keys.values_list("key", flat=True))
    LikenessKey.objects.all().delete()
    assert fill_likeness_keys() == 1
    assert fill_likeness_keys() == 0
    assert set(row.likeness_keys.values_list("key", flat=True)) == keys
    keep_likeness_keys(registrations=[row], sent_before=True)
    assert row.likeness_keys.count() == len(keys)


def test_different_is_remembered_until_a_text_changes(stage, pair):
    decide(mark_different, pair, stage.officer)
    keep_likeness_keys(registrations=[pair.second], sent_before=True)
    compare_waiting()
    pair.refresh_from_db()
    assert pair.decision == Likeness.DIFFERENT
    type(pair.second).objects.filter(pk=pair.second_id).update(name=f"{NAME} kiểu mẫu")
    pair.second.refresh_from_db()
    keep_likeness_keys(registrations=[pair.second], sent_before=True)
    compare_waiting()
    pair.refresh_from_db()
    assert pair.decision == ""


def test_what_is_alike_no_more_is_forgotten(stage, pair):
    type(pair.second).objects.filter(pk=pair.second_id).update(name="Nuôi ong", content="Ong mật")
    pair.second.refresh_from_db()
    keep_likeness_keys(registrations=[pair.second], sent_before=True)
    compare_waiting()
    assert not LikenessPair.objects.exists()


def test_decision_is_taken_back_and_stands_in_both_histories(stage, pair):
    decide(mark_different, pair, stage.officer)
    pair.refresh_from_db()
    with pytest.raises(NotAllowedError):
        decide(mark_different, pair, stage.officer)
    decide(reopen_likeness, pair, stage.officer)
    pair.refresh_from_db()
    assert (pair.decision, pair.decided_by) == ("", None)
    entries = Entry.objects.filter(verb="registration.decide-likeness")
    assert set(entries.values_list("record_id", flat=True)) == {pair.first_id, pair.second_id}
    with pytest.raises(NotAllowedError):
        decide(reopen_likeness, pair, stage.officer)


@pytest.mark.parametrize("action", [mark_different, link_replica, link_continuation])
def test_only_officers_above_both_decide(stage, pair, action):
    for seat in (stage.clerk, stage.head, stage.cast.leader, stage.cast.stranger):
        with pytest.raises(NotAllowedError):
            decide(action, pair, seat)
    assert LikenessPair.objects.get().decision == ""


def test_second_of_two_officers_learns_that_it_is_decided(stage, pair):
    decide(mark_different, pair, stage.officer)
    with pytest.raises(StalePairError):
        decide(link_replica, pair, stage.officer)


def test_replica_is_linked_counted_and_told(stage, pair):
    decide(link_replica, pair, stage.officer)
    row = pair.second
    row.refresh_from_db()
    assert (row.continuity, row.replicated_from_id) == ("replicated", pair.first.exemplar_id)
    assert row.exemplar.replicated_from_id == pair.first.exemplar_id
    assert recount_registrations() == []
    assert Notice.objects.filter(organisation=row.organisation, subject__contains=NAME).exists()


def test_link_is_taken_back_while_nobody_built_on_it(stage, pair):
    before = (pair.second.continuity, pair.second.replicated_from_id)
    decide(link_replica, pair, stage.officer)
    for seat in (stage.clerk, stage.cast.leader):
        pair.refresh_from_db()
        with pytest.raises(NotAllowedError):
            decide(unlink_likeness, pair, seat)
    decide(unlink_likeness, pair, stage.officer)
    pair.refresh_from_db()
    row = type(pair.second).objects.get(pk=pair.second_id)
    assert (row.continuity, row.replicated_from_id) == before
    assert row.exemplar.replicated_from_id is None
    assert (pair.decision, pair.unlinked) == ("", {})
    entry = Entry.objects.get(verb="registration.unlink")
    assert entry.before["replicated_from"] == pair.first.exemplar.name
    assert recount_registrations() == []
    with pytest.raises(NotAllowedError, match="Không có liên kết"):
        decide(unlink_likeness, pair, stage.officer)


def test_link_that_somebody_built_on_stays(stage, pair):
    decide(link_replica, pair, stage.officer)
    pair.refresh_from_db()
    type(pair.second).objects.filter(pk=pair.second_id).update(version=F("version") + 1)
    with pytest.raises(NotAllowedError, match="đã được sửa"):
        decide(unlink_likeness, pair, stage.officer)
    assert LikenessPair.objects.get().decision == Likeness.REPLICA


def test_continuation_taken_back_gives_the_model_its_own_life_again(stage, next_part):
    earlier = stage.registration(State.ACCEPTED, name=NAME)
    draft = make_draft(next_part, stage.head, at=NEXT, name=NAME)
    own = draft.exemplar_id
    submit(
        registration=sign_off(registration=draft, by=stage.head, at=NEXT), by=stage.head, at=NEXT
    )
    compare_waiting()
    pair = LikenessPair.objects.select_related("first", "second").get()
    link_continuation(pair=pair, version=pair.version, by=stage.officer, at=NEXT)
    pair.refresh_from_db()
    unlink_likeness(pair=pair, version=pair.version, by=stage.officer, at=NEXT)
    row = Registration.objects.get(pk=draft.pk)
    assert (row.exemplar_id, row.previous, row.continuity) == (own, None, "new")
    assert Exemplar.objects.get(pk=own).merged_into is None
    assert earlier.exemplar.registrations.count() == 1
    assert recount_registrations() == []


def test_continuation_joins_the_earlier_model(stage, next_part):
    earlier = stage.registration(State.ACCEPTED, name=NAME)
    draft = make_draft(next_part, stage.head, at=NEXT, name=NAME)
    row = submit(
        registration=sign_off(registration=draft, by=stage.head, at=NEXT), by=stage.head, at=NEXT
    )
    compare_waiting()
    pair = LikenessPair.objects.select_related("first", "second").get()
    assert (pair.first, pair.second) == (earlier, row)
    assert pair.suggestion == Likeness.CONTINUES
    link_continuation(pair=pair, version=pair.version, by=stage.officer, at=NEXT)
    row.refresh_from_db()
    assert (row.exemplar_id, row.previous, row.continuity) == (earlier.exemplar_id, earlier, "kept")
    assert Exemplar.objects.get(pk=draft.exemplar_id).merged_into_id == earlier.exemplar_id
    assert recount_registrations() == []


def test_another_units_model_is_not_continued(stage, pair, next_part):
    draft = make_draft(next_part, stage.head, at=NEXT, name=NAME)
    theirs = stage.registration(State.ACCEPTED, unit=stage.cast.communes[1], name=NAME)
    with pytest.raises(NotAllowedError):
        link_own_draft(draft=draft, other=theirs, answer=Likeness.CONTINUES, by=stage.head, at=NEXT)


def test_a_model_entered_already_is_not_continued_twice(stage, next_part):
    earlier = stage.registration(State.ACCEPTED, name=NAME)
    for _time in "12":
        draft = make_draft(next_part, stage.head, at=NEXT, name=NAME)
        words = {"draft": draft, "other": earlier, "answer": Likeness.CONTINUES}
        if _time == "1":
            link_own_draft(**words, by=stage.clerk, at=NEXT)
        else:
            with pytest.raises(AlreadyRegisteredError):
                link_own_draft(**words, by=stage.clerk, at=NEXT)


def test_hint_tells_of_other_units_models_but_of_no_persons(stage):
    neighbour = stage.cast.communes[1]
    stage.registration(State.SUBMITTED, unit=neighbour, name=NAME)
    stage.registration(State.RETURNED, unit=stage.cast.communes[2], name=NAME)
    draft = make_draft(stage.part(), stage.clerk, name=NAME)
    [hint] = hints_for(stage.clerk, draft)
    assert hint.registration.organisation == neighbour
    # a person is told of to nobody outside the reach, however alike
    person = {"form": Form.INDIVIDUAL, "name": "Người phụ nữ hết lòng vì đường hoa", **PERSON}
    stage.registration(State.SUBMITTED, unit=neighbour, **person)
    mine = make_draft(stage.part(), stage.clerk, **person)
    assert hints_for(stage.clerk, mine) == []
    assert (
        len(hints_for(SeatFactory(organisation=stage.cast.district, role=Role.OFFICER), mine)) == 1
    )


def test_unit_says_different_and_is_not_told_again_until_its_text_changes(stage):
    theirs = stage.registration(State.SUBMITTED, unit=stage.cast.communes[1], name=NAME)
    draft = make_draft(stage.part(), stage.clerk, name=NAME)
    answer_likeness(draft=draft, other=theirs, answer=Likeness.DIFFERENT, by=stage.clerk, at=LATER)
    assert hints_for(stage.clerk, draft) == []
    # the officer decides all the same
    assert pairs_of_round(stage.officer, stage.round.pk).get().decision == ""
    draft.name = f"{NAME} thôn Hạ"
    assert len(hints_for(stage.clerk, draft)) == 1


@pytest.mark.parametrize("answer", [Likeness.DIFFERENT, Likeness.REPLICA, Likeness.CONTINUES])
def test_unit_takes_its_answer_back_with_a_trace(stage, next_part, sign_in, answer):
    before = stage.registration(State.ACCEPTED, name=NAME)
    part = stage.part() if answer != Likeness.CONTINUES else next_part
    unit = stage.cast.communes[1]
    other = stage.registration(State.ACCEPTED, unit=unit, name=OTHER, content=OTHER)
    told = before if answer == Likeness.CONTINUES else other
    draft = make_draft(part, stage.clerk, name=told.name, content=told.content)
    own = draft.exemplar_id
    client = sign_in(stage.clerk)
    urls = [
        reverse("exemplars:likeness-answer", args=[draft.pk, told.pk, answer]),
        reverse("exemplars:likeness-withdraw", args=[draft.pk, told.pk]),
    ]
    client.post(urls[0])
    assert urls[1] in client.get(reverse("exemplars:edit", args=[draft.pk])).content.decode()
    draft.refresh_from_db()
    client.post(urls[1], {"version": draft.version, "scope": "Thôn Thượng"})
    draft.refresh_from_db()
    assert (draft.exemplar_id, draft.previous_id, draft.continuity) == (own, None, "new")
    assert (draft.replicated_from_id, draft.scope) == (None, "Thôn Thượng")
    assert draft.exemplar.merged_into_id is None
    assert draft.exemplar.replicated_from_id is None
    last = Entry.objects.filter(verb="registration.answer-likeness").latest("pk")
    assert (last.before["claim"], last.after["claim"]) == (str(answer), "")
    assert told.pk in {one.registration.pk for one in hints_for(stage.clerk, draft)}
    assert urls[1] not in client.get(reverse("exemplars:edit", args=[draft.pk])).content.decode()


def test_an_answer_is_taken_back_by_the_unit_only_and_before_it_is_decided(stage):
    theirs = stage.registration(State.SUBMITTED, unit=stage.cast.communes[1], name=NAME)
    draft = make_draft(stage.part(), stage.clerk, name=NAME)
    with pytest.raises(NotAllowedError):
        withdraw_answer(draft=draft, other=theirs, by=stage.clerk, at=LATER)
    answer_likeness(draft=draft, other=theirs, answer=Likeness.SAME, by=stage.clerk, at=LATER)
    for seat in (stage.officer, stage.cast.stranger):
        with pytest.raises(NotAllowedError):
            withdraw_answer(draft=draft, other=theirs, by=seat, at=LATER)
    LikenessPair.objects.update(decision=Likeness.DIFFERENT)
    with pytest.raises(NotAllowedError):
        withdraw_answer(draft=draft, other=theirs, by=stage.clerk, at=LATER)
    assert LikenessPair.objects.get().claim == Likeness.SAME


def test_only_what_was_shown_is_answered_and_only_by_the_unit(stage):
    far = stage.registration(State.SUBMITTED, unit=stage.cast.communes[1], name=OTHER)
    theirs = stage.registration(State.SUBMITTED, unit=stage.cast.communes[1], name=NAME)
    draft = make_draft(stage.part(), stage.clerk, name=NAME)
    for other, seat in ((far, stage.clerk), (theirs, stage.cast.stranger), (theirs, stage.officer)):
        with pytest.raises(NotAllowedError):
            answer_likeness(draft=draft, other=other, answer=Likeness.SAME, by=seat, at=LATER)
    assert not LikenessPair.objects.exists()


def test_a_discarded_draft_takes_its_pairs_with_it(stage):
    theirs = stage.registration(State.SUBMITTED, unit=stage.cast.communes[1], name=NAME)
    draft = make_draft(stage.part(), stage.clerk, name=NAME)
    answer_likeness(draft=draft, other=theirs, answer=Likeness.SAME, by=stage.clerk, at=LATER)
    discard_draft(registration=draft, by=stage.clerk, at=LATER)
    assert not LikenessPair.objects.exists()


def test_hint_and_answers_on_the_form(stage, sign_in):
    theirs = stage.registration(State.ACCEPTED, unit=stage.cast.communes[1], name=NAME)
    draft = make_draft(stage.part(), stage.clerk, name=OTHER)
    client = sign_in(stage.clerk)
    url = reverse("exemplars:likeness-hint", args=[draft.pk])
    told = client.post(url, {"name": NAME, "content": draft.content}).content.decode()
    assert "nhân rộng hoặc tiếp tục thay vì làm mới?" in told
    assert stage.cast.communes[1].name in told
    assert reverse("exemplars:detail", args=[theirs.pk]) not in told
    assert NAME not in client.post(url, {"name": "Nuôi ong lấy mật"}).content.decode()
    draft.refresh_from_db()
    assert draft.name == OTHER
    # what was typed since is saved together with the answer
    answer = reverse("exemplars:likeness-answer", args=[draft.pk, theirs.pk, "replica"])
    client.post(answer, {"version": draft.version, "name": NAME})
    draft.refresh_from_db()
    assert (draft.name, draft.continuity) == (NAME, "replicated")
    assert draft.replicated_from_id == theirs.exemplar_id
    page = client.get(reverse("exemplars:edit", args=[draft.pk])).content.decode()
    assert "giống thế này" not in page


def test_strangers_neither_get_hints_nor_answer(stage, sign_in):
    theirs = stage.registration(State.SUBMITTED, unit=stage.cast.communes[1], name=NAME)
    draft = make_draft(stage.part(), stage.clerk, name=NAME)
    hint = reverse("exemplars:likeness-hint", args=[draft.pk])
    answer = reverse("exemplars:likeness-answer", args=[draft.pk, theirs.pk, "same"])
    for url in (hint, answer):
        assert sign_in(stage.cast.stranger).post(url, {"name": NAME}).status_code == 404
        assert sign_in(stage.officer).post(url, {"name": NAME}).status_code == 403
    assert Entry.objects.filter(verb="access.refused").exists()


def test_report_shows_pairs_side_by_side_and_decides(stage, pair, sign_in):
    client = sign_in(stage.officer)
    url = reverse("exemplars:likenesses", args=[stage.round.pk])
    page = client.get(url).content.decode()
    assert page.count("like-pair") == 1
    assert stage.cast.communes[0].name in page
    assert stage.cast.communes[1].name in page
    decided = reverse("exemplars:likeness-decide", args=[pair.pk, pair.version, "different"])
    assert client.post(decided).status_code == 302
    assert "Không có cặp giống nhau" in client.get(url).content.decode()
    assert "like-pair" in client.get(url, {"decision": "different"}).content.decode()
    late = client.post(decided, follow=True).content.decode()
    assert "đã có người khác quyết định" in late
    assert client.post(decided.replace("different", "nonsense")).status_code == 404


def test_report_is_paged_by_groups_that_hang_together(stage, sign_in, monkeypatch):
    for commune in stage.cast.communes:
        stage.registration(State.SUBMITTED, unit=commune, name=NAME)
    for commune in stage.cast.communes[:2]:
        stage.registration(State.SUBMITTED, unit=commune, name=OTHER, content=OTHER)
    compare_waiting()
    pairs = pairs_of_round(stage.officer, stage.round.pk)
    big, small = sorted(pair_groups(pairs), key=lambda group: -group.members)
    assert (big.members, len(big.pairs), small.members, len(small.pairs)) == (3, 3, 2, 1)
    monkeypatch.setattr("kheo.exemplars.views.likeness.SHOWN_OF_GROUP", 2)
    monkeypatch.setattr("kheo.exemplars.views.likeness.GROUPS_ON_A_PAGE", 1)
    client = sign_in(stage.officer)
    url = reverse("exemplars:likenesses", args=[stage.round.pk])
    pages = [client.get(url, {"page": number}).content.decode() for number in (1, 2)]
    assert sorted(page.count("<article") for page in pages) == [1, 2]
    first = next(page for page in pages if page.count("<article") == 2)
    assert f"group={big.first}" in first
    assert "Còn 1 cặp nữa" in first
    whole = client.get(url, {"group": big.pairs[-1]}).content.decode()
    assert whole.count("<article") == 3
    assert OTHER not in whole
    for strange in ("x", "999999", "²"):
        assert client.get(url, {"group": strange}).content.decode().count("<article") == 2


def test_groups_grow_together_over_their_last_tie(stage):
    rows = [
        stage.registration(unit=stage.cast.communes[number % 3], name=f"Mô hình {number}")
        for number in range(5)
    ]
    ties = [(0, 1, 90), (2, 3, 80), (1, 2, 70)]
    for first, second, score in ties:
        LikenessPair.objects.create(
            first=rows[first],
            second=rows[second],
            round=stage.round,
            path=stage.round.organiser_path,
            score=score,
            name_score=score,
            same_place=False,
            suggestion=Likeness.SAME,
            digest="",
        )
    pairs = LikenessPair.objects.order_by("-score")
    assert [group.members for group in pair_groups(pairs)] == [4]
    assert [*pair_groups(pairs)[0].pairs] == [pair.pk for pair in pairs]
    assert [group.members for group in pair_groups(pairs.all()[:2])] == [2, 2]


def test_who_may_not_decide_is_told_so_once(stage, pair, sign_in):
    url = reverse("exemplars:likenesses", args=[stage.round.pk])
    page = sign_in(stage.cast.leader).get(url).content.decode()
    assert page.count("like-pair") == 1
    assert page.count("Chỉ cán bộ phụ trách phong trào ở cấp trên của cả hai đơn vị") == 1
    assert "Là một: tính một lần" not in page


def test_merging_and_taking_it_back_on_the_pages(stage, pair, sign_in):
    client = sign_in(stage.officer)
    client.post(reverse("exemplars:likeness-decide", args=[pair.pk, pair.version, "same"]))
    detail = reverse("exemplars:detail", args=[pair.second_id])
    gone = Exemplar.objects.get(merged_into__isnull=False)
    undo = reverse("exemplars:merging-undo", args=[gone.pk])
    assert undo in client.get(detail).content.decode()
    assert sign_in(stage.cast.stranger).post(undo).status_code == 404
    client = sign_in(stage.officer)
    assert client.post(undo).url == detail
    assert undo not in client.get(detail).content.decode()


def test_pairs_outside_the_reach_are_not_there(stage, pair, sign_in):
    url = reverse("exemplars:likenesses", args=[stage.round.pk])
    decided = reverse("exemplars:likeness-decide", args=[pair.pk, pair.version, "different"])
    client = sign_in(stage.cast.stranger)
    assert client.get(url).status_code == 404
    assert client.post(decided).status_code == 404
    # the clerk of one of the two sees nothing of the neighbour's
    client = sign_in(stage.clerk)
    assert "like-pair" not in client.get(url).content.decode()
    assert client.post(decided).status_code == 404
    # the leader reads, and is refused
    client = sign_in(stage.cast.leader)
    assert "like-pair" in client.get(url).content.decode()
    assert client.post(decided).status_code == 403


def test_waiting_ones_are_compared_at_a_click(stage, sign_in):
    for place in (0, 1):
        stage.registration(State.SUBMITTED, unit=stage.cast.communes[place], name=NAME)
    client = sign_in(stage.officer)
    url = reverse("exemplars:likenesses", args=[stage.round.pk])
    assert "2 bản đăng ký đang chờ" in client.get(url).content.decode()
    client.post(reverse("exemplars:likeness-compare", args=[stage.round.pk]))
    assert "like-pair" in client.get(url).content.decode()


def test_comparing_is_scheduled_and_goes_on_by_itself(stage):
    for place in (0, 1):
        stage.registration(State.SUBMITTED, unit=stage.cast.communes[place], name=NAME)
    LikenessKey.objects.filter(registration__unit_name=stage.cast.communes[0].name).delete()
    assert compare_new_registrations() == 2
    assert LikenessPair.objects.count() == 1
    assert keep_likeness_schedule().func == "kheo.exemplars.tasks.compare_new_registrations"
    assert Schedule.objects.filter(name="comparing registrations").count() == 1


def test_report_costs_the_same_for_one_pair_and_three(stage, sign_in):
    client = sign_in(stage.officer)
    url = reverse("exemplars:likenesses", args=[stage.round.pk])
    costs = []
    for places in ((0, 1), (2,)):
        for place in places:
            stage.registration(State.SUBMITTED, unit=stage.cast.communes[place], name=NAME)
        compare_waiting()
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        costs.append(len(captured))
    assert LikenessPair.objects.count() == 3
    assert costs[0] == costs[1]


def test_candidates_cost_two_statements(stage, django_assert_num_queries):
    for commune in stage.cast.communes:
        stage.registration(State.SUBMITTED, unit=commune, name=NAME)
    draft = make_draft(stage.part(), stage.clerk, name=NAME)
    # the province above, the candidates, their texts, what the unit said before
    with django_assert_num_queries(4):
        assert len(hints_for(stage.clerk, draft)) == 3


def test_lowest_shared_superior():
    assert shared_path(".1.34.567.", ".1.34.89.") == ".1.34."
    assert shared_path(".1.34.", ".1.34.89.") == ".1.34."
    assert shared_path(".1.3.", ".1.34.") == ".1."
    assert shared_path(".2.", ".1.") == ""
