"""A council from its first file to the announced outcome: votes, settling, ties, what it ends."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.factories.councils import NOW, make_chamber, make_file, with_files
from tests.factories.exemplars import Stage as World

from kheo.appraisal.enums import FileState
from kheo.appraisal.models import AppraisalFile, FileScore
from kheo.audit.models import Entry
from kheo.councils.actions import (
    CouncilError,
    MemberTerms,
    Settled,
    StaleCouncilError,
    allot_by_hand,
    announce_outcome,
    break_tie,
    carry_out_announcement,
    cast_ballot,
    close_vote,
    edit_council,
    name_members,
    open_vote,
    queue_announcement,
    settle_changes,
    settle_scores,
    take_from_member,
    take_in_files,
    take_in_registrations,
    take_out_files,
)
from kheo.councils.enums import (
    Choice,
    ConflictKind,
    CouncilDeed,
    CouncilState,
    MemberRole,
    Result,
    TieRule,
)
from kheo.councils.models import (
    Allotment,
    Ballot,
    Conflict,
    Council,
    OpenBallot,
    Outcome,
    Settlement,
)
from kheo.councils.queries.meeting import files_voted_on, last_ballots, vote_page
from kheo.councils.queries.outcomes import OutcomeFilter, outcomes_of, passed_files
from kheo.councils.queries.papering import files_in_order
from kheo.councils.rules.judging import judge_file
from kheo.criteria.enums import Side, Subject
from kheo.exemplars.enums import Stage, State
from kheo.organisations.rules import NotAllowedError


@pytest.fixture
def chamber(cast):
    return with_files(make_chamber(cast))


def votes(chamber, files, **choices):
    """Let everybody present vote; ``choices`` by position of the voter."""
    vote = open_vote(
        council=chamber.council, files=[file.pk for file in files], by=chamber.chair, at=NOW
    )
    people = [chamber.chair, chamber.secretary, *chamber.members]
    present = [seat for seat in people if chamber.member(seat).is_present]
    for number, seat in enumerate(present):
        said = choices.get(f"p{number}", Choice.FOR)
        ballot = dict.fromkeys(files_voted_on(vote, seat), said)
        vote = cast_ballot(vote=vote, choices=ballot, by=seat, at=NOW)
    return vote


def test_scoring_does_not_open_before_members_and_files_are_there(cast):
    chamber = make_chamber(cast)
    with pytest.raises(CouncilError, match="chưa có hồ sơ"):
        chamber.move(CouncilDeed.OPEN_SCORING, chamber.officer)
    make_file(chamber.council.criteria_set, cast.district, cast.agency, name="A")
    assert take_in_files(council=chamber.council, by=chamber.officer, at=NOW) == 1
    with pytest.raises(CouncilError, match="chưa phân công"):
        chamber.move(CouncilDeed.OPEN_SCORING, chamber.officer)
    with pytest.raises(NotAllowedError):
        take_in_files(council=chamber.council, by=cast.stranger, at=NOW)
    files = [file.pk for file in chamber.files()]
    member = chamber.member(chamber.members[0])
    given = allot_by_hand(
        council=chamber.council, files=files, members=[member.pk], by=chamber.officer, at=NOW
    )
    assert given == 1
    take_from_member(allotment=Allotment.objects.get(), by=chamber.officer, at=NOW)
    assert take_out_files(council=chamber.council, files=files, by=chamber.officer, at=NOW) == 1


def test_members_are_named_whole_and_scorers_do_not_vanish(chamber):
    council, officer = chamber.council, chamber.officer
    chair = MemberTerms(seat=chamber.chair, role=MemberRole.CHAIR)
    for members, words in (
        ([], "một Chủ tịch"),
        ([chair, chair], "hai lần"),
        ([chair], "lớn hơn số thành viên"),
        (
            [chair, *[MemberTerms(seat=seat) for seat in (officer, *chamber.members[:2])]],
            "đã được giao hồ sơ",
        ),
    ):
        with pytest.raises(CouncilError, match=words):
            name_members(council=council, members=members, by=officer, at=NOW)
    with pytest.raises(StaleCouncilError):
        name_members(council=council, members=[chair], seen_version=1, by=officer, at=NOW)
    assert council.members.count() == 5


def test_a_secret_vote_keeps_the_count_and_nothing_else(cast):
    chamber = with_files(make_chamber(cast, is_secret=True))
    chamber.meet(absent=chamber.members[2:])
    files = chamber.files()
    vote = votes(chamber, files, p1=Choice.AGAINST, p3=Choice.BLANK)
    assert vote.closed_at == NOW
    counts = set(Ballot.objects.values_list("entitled", "in_favour", "against", "blank"))
    # of the first file one member is of the own unit and has no vote
    assert counts == {(4, 2, 1, 1), (3, 1, 1, 1)}
    assert not OpenBallot.objects.exists()
    traces = str(list(Entry.objects.filter(verb="council.vote").values("before", "after")))
    assert not any(choice in traces for choice in Choice.values)
    columns = {field.name for field in Ballot._meta.get_fields()}
    assert columns == {"id", "vote", "file", "entitled", "in_favour", "against", "blank"}
    with pytest.raises(NotAllowedError):
        cast_ballot(vote=vote, choices={}, by=chamber.members[0], at=NOW)


def test_who_keeps_out_of_a_file_has_no_vote_on_it(chamber):
    chamber.meet(absent=chamber.members[2:])
    Conflict.objects.all().delete()
    first, second = chamber.files()[:2]
    member = chamber.members[0]
    Conflict.objects.create(
        file=first, member=chamber.member(member), kind=ConflictKind.DECLARED, noted_at=NOW
    )
    vote = open_vote(council=chamber.council, files=[first.pk, second.pk], by=chamber.chair, at=NOW)
    assert dict(vote.ballots.values_list("file_id", "entitled")) == {first.pk: 3, second.pk: 4}
    page = vote_page(chamber.council, chamber.member(member))
    assert page.kept_out == {first.pk}
    both = {first.pk: Choice.FOR, second.pk: Choice.FOR}
    with pytest.raises(CouncilError, match="không biểu quyết"):
        cast_ballot(vote=vote, choices=both, by=member, at=NOW)
    cast_ballot(vote=vote, choices={second.pk: Choice.FOR}, by=member, at=NOW)
    cast_ballot(vote=vote, choices=both, by=chamber.chair, at=NOW)
    against = {first.pk: Choice.AGAINST, second.pk: Choice.AGAINST}
    cast_ballot(vote=vote, choices=both, by=chamber.secretary, at=NOW)
    done = cast_ballot(vote=vote, choices=against, by=chamber.members[1], at=NOW)
    assert done.closed_at == NOW
    counts = dict(done.ballots.values_list("file_id", "in_favour"))
    assert counts == {first.pk: 2, second.pk: 3}
    # two of the three who have a vote on the first file are more than half
    ballot = last_ballots(chamber.council)[first.pk]
    assert judge_file(first, grade=None, has_grades=False, ballot=ballot).result == (
        Result.PUT_FORWARD
    )


def test_votes_need_a_quorum_a_presence_and_are_cast_once(chamber):
    chamber.meet(absent=chamber.members[1:])
    files = chamber.files()
    with pytest.raises(CouncilError, match="ít nhất 4"):
        open_vote(council=chamber.council, files=[files[0].pk], by=chamber.chair, at=NOW)
    chamber.meet(absent=chamber.members[2:])
    vote = open_vote(council=chamber.council, files=[files[0].pk], by=chamber.chair, at=NOW)
    cast_ballot(vote=vote, choices={files[0].pk: Choice.FOR}, by=chamber.chair, at=NOW)
    with pytest.raises(CouncilError, match="một lần"):
        cast_ballot(vote=vote, choices={files[0].pk: Choice.FOR}, by=chamber.chair, at=NOW)
    for seat in (chamber.members[2], chamber.cast.clerk):
        with pytest.raises(NotAllowedError):
            cast_ballot(vote=vote, choices={}, by=seat, at=NOW)
    with pytest.raises(CouncilError, match="Đang biểu quyết"):
        chamber.meet()
    with pytest.raises(NotAllowedError):
        close_vote(vote=vote, by=chamber.members[0], at=NOW)
    close_vote(vote=vote, by=chamber.secretary, at=NOW)
    assert OpenBallot.objects.count() == 1


def test_the_council_gives_a_reason_for_each_change(chamber):
    chamber.score_all(two=41)
    chamber.meet()
    file = chamber.files()[0]
    assert file.unreasoned == 1
    with pytest.raises(CouncilError, match="chưa nêu lý do"):
        chamber.move(CouncilDeed.DECIDE, chamber.chair)
    key = chamber.criteria["2"].pk
    with pytest.raises(CouncilError, match="lý do"):
        settle_scores(file=file, marks={key: Settled(Decimal(42))}, by=chamber.secretary, at=NOW)
    with pytest.raises(CouncilError, match="50"):
        settle_scores(
            file=file, marks={key: Settled(Decimal(51), "x")}, by=chamber.secretary, at=NOW
        )
    with pytest.raises(NotAllowedError):
        settle_scores(file=file, marks={}, by=chamber.members[0], at=NOW)
    marks = {key: Settled(Decimal(42), "Minh chứng đủ cho một nửa kết quả")}
    settle_scores(file=file, marks=marks, seen_version=file.version, by=chamber.secretary, at=NOW)
    with pytest.raises(StaleCouncilError):
        settle_scores(
            file=file, marks=marks, seen_version=file.version, by=chamber.secretary, at=NOW
        )
    file.refresh_from_db()
    assert (file.total, file.unreasoned) == (Decimal(92), 0)
    others = [one.pk for one in chamber.files()[1:]]
    count = settle_changes(
        council=chamber.council, files=others, reason="Điểm bình quân", by=chamber.chair, at=NOW
    )
    assert count == len(others)
    assert Settlement.objects.filter(reason="Điểm bình quân").count() == count


def test_the_outcome_is_staged_taken_back_and_announced(chamber):
    chamber.score_all()
    chamber.meet()
    files = chamber.files()
    with pytest.raises(NotAllowedError):
        chamber.move(CouncilDeed.DECIDE, chamber.members[0])
    votes(chamber, files[:1], p0=Choice.AGAINST, p1=Choice.AGAINST, p2=Choice.AGAINST)
    chamber.move(CouncilDeed.DECIDE, chamber.secretary)
    assert Outcome.objects.get(file=files[0]).ground == "vote"
    assert passed_files(chamber.council).count() == 0
    with pytest.raises(CouncilError):
        chamber.move(CouncilDeed.REOPEN_SESSION, chamber.chair)
    chamber.move(CouncilDeed.REOPEN_SESSION, chamber.chair, "Kiểm phiếu lại")
    assert not Outcome.objects.exists()
    chamber.move(CouncilDeed.DECIDE, chamber.chair)
    with pytest.raises(NotAllowedError):
        announce_outcome(council=chamber.council, by=chamber.members[0], at=NOW)
    with pytest.raises(StaleCouncilError):
        announce_outcome(council=chamber.council, seen_version=1, by=chamber.officer, at=NOW)
    row = announce_outcome(council=chamber.council, by=chamber.officer, at=NOW)
    assert chamber.fresh().state == CouncilState.ANNOUNCING
    assert carry_out_announcement(announcement=row, at=NOW) == 3
    # given out twice, it does nothing twice
    assert carry_out_announcement(announcement=row, at=NOW) == 0
    assert chamber.fresh().state == CouncilState.ANNOUNCED
    ended = AppraisalFile.objects.get(pk=files[1].file_id)
    assert (ended.state, ended.final_total, ended.grade.name) == (
        FileState.CLOSED,
        Decimal(95),
        "Tốt",
    )
    given = FileScore.objects.filter(file=ended, side=Side.COUNCIL)
    assert given.count() == 5
    assert {one.file_id for one in files[1:]} == set(
        passed_files(chamber.council).values_list("pk", flat=True)
    )


def test_files_ranked_together_are_listed_together(cast):
    chamber = with_files(make_chamber(cast, ranked_by=()), count=3)
    fields = ["political_system", "economy", "culture_society"]
    for file, field in zip(chamber.files(), fields, strict=True):
        AppraisalFile.objects.filter(pk=file.file_id).update(field=field)
    chamber.score_all()
    chamber.meet()
    chamber.move(CouncilDeed.DECIDE, chamber.chair)

    def listed():
        council = chamber.fresh()
        outcomes = [row.file.file.field for row in outcomes_of(council, OutcomeFilter())]
        assert [row.file.field for row in files_in_order(council)] == outcomes
        return outcomes

    assert list(Outcome.objects.values_list("place", flat=True)) == [1, 2, 3]
    assert listed() == fields
    Council.objects.update(ranked_by=["field"])
    assert listed() == ["economy", "culture_society", "political_system"]


def test_the_chair_parts_files_that_share_a_place(cast):
    chamber = make_chamber(cast)
    chamber = with_files(chamber, count=3)
    AppraisalFile.objects.update(sent_at=NOW)
    chamber.score_all()
    chamber.meet()
    chamber.move(CouncilDeed.DECIDE, chamber.chair)
    assert set(Outcome.objects.values_list("place", "rule")) == {(1, TieRule.SHARED)}
    order = [file.pk for file in reversed(chamber.files())]
    for seat, keys, reason, error in (
        (chamber.secretary, order, "x", NotAllowedError),
        (chamber.chair, order, "", CouncilError),
        (chamber.chair, order[:2], "x", CouncilError),
    ):
        with pytest.raises(error):
            break_tie(council=chamber.council, order=keys, reason=reason, by=seat, at=NOW)
    why = "Mô hình làm trước, sức lan tỏa rộng hơn"
    break_tie(council=chamber.council, order=order, reason=why, by=chamber.chair, at=NOW)
    placed = Outcome.objects.order_by("place").values_list("file", "place", "rule")
    assert list(placed) == [(key, place, TieRule.CHAIR) for place, key in enumerate(order, 1)]


def test_a_condition_most_members_see_disqualifies(chamber):
    chamber.score_all(five=1)
    chamber.meet()
    chamber.move(CouncilDeed.DECIDE, chamber.chair)
    outcomes = Outcome.objects.all()
    assert {(one.result, one.ground, one.place) for one in outcomes} == {
        (Result.DISQUALIFIED, "condition", None)
    }


def test_accepted_models_are_opened_taken_in_and_reach_the_stage(cast, monkeypatch):
    world = World(cast)
    row = world.registration(State.ACCEPTED)
    chamber = make_chamber(cast, subject=Subject.MODEL, year=row.year, quorum=2, scorers=1)
    made = chamber.council.criteria_set
    made.criteria.exclude(number="I").update(scored_by=[Side.COUNCIL])
    assert take_in_registrations(
        council=chamber.council, registrations=[row.pk], by=chamber.officer, at=NOW
    ) == (1, 1)
    member = chamber.member(chamber.members[0])
    keys = [file.pk for file in chamber.files()]
    allot_by_hand(
        council=chamber.council, files=keys, members=[member.pk], by=chamber.officer, at=NOW
    )
    chamber.move(CouncilDeed.OPEN_SCORING, chamber.officer)
    chamber.score_all()
    chamber.meet()
    chamber.move(CouncilDeed.DECIDE, chamber.chair)
    queued = []
    monkeypatch.setattr(
        "kheo.councils.actions.announcing.async_task", lambda *given: queued.append(given)
    )
    announcement = announce_outcome(council=chamber.council, by=chamber.officer, at=NOW)
    queue_announcement(announcement=announcement)
    assert queued == [("kheo.councils.tasks.announce", chamber.council.pk)]
    carry_out_announcement(announcement=announcement, at=NOW)
    row.refresh_from_db()
    assert row.stages & Stage.APPRAISED


def test_terms_change_until_the_session_and_not_over_another_window(chamber):
    council = chamber.fresh()
    values = {name: getattr(council, name) for name in ("name", "year", "criteria_set", "quorum")}
    terms = chamber.terms(scores_due_on=NOW.date() + timedelta(days=3), **values)
    edit_council(
        council=council, terms=terms, seen_version=council.version, by=chamber.officer, at=NOW
    )
    with pytest.raises(StaleCouncilError):
        edit_council(
            council=council, terms=terms, seen_version=council.version, by=chamber.officer, at=NOW
        )
    with pytest.raises(NotAllowedError):
        edit_council(council=council, terms=terms, seen_version=None, by=chamber.members[0], at=NOW)
    chamber.move(CouncilDeed.OPEN_SESSION, chamber.chair)
    with pytest.raises(NotAllowedError):
        edit_council(council=council, terms=terms, seen_version=None, by=chamber.officer, at=NOW)
    assert Council.objects.get().scores_due_on == NOW.date() + timedelta(days=3)
