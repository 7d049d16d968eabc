"""From asking to acceptance: who may do what to a report, and what each deed does."""

from datetime import date, timedelta

import pytest
from tests.factories.accounts import START
from tests.factories.organisations import Cast, SeatFactory, kind_of, level_of
from tests.factories.reviews import (
    make_review,
    opened_review,
    report_of,
    submitted_report,
    write_under,
)

from kheo.audit.models import Entry
from kheo.notices.models import Notice
from kheo.organisations.actions import dissolve_organisation
from kheo.organisations.enums import Role
from kheo.organisations.rules import NotAllowedError
from kheo.reviews.actions import (
    accept_report,
    ask_another_body,
    ask_report_again,
    close_review,
    excuse_report,
    extend_report,
    mark_heading_open,
    open_review,
    pass_on_report,
    prepare_report_reminder,
    reconsider_report,
    reopen_report,
    reopen_review,
    return_report,
    sign_off_report,
    submit_report,
    take_back_report,
    write_answer,
)
from kheo.reviews.enums import ReportState, ReviewState
from kheo.reviews.models import AnswerVersion, Report
from kheo.reviews.queries.answering import answer_lines, course_of_writing, earlier_text
from kheo.reviews.queries.asking import AskTerms
from kheo.reviews.queries.guessing import followers_of, guessed_asking
from kheo.reviews.queries.reports import (
    found_reports,
    is_consolidated,
    report_counts,
    reports_to_answer,
    reports_to_write,
    reports_visible_to,
)
from kheo.reviews.rules.answers import StaleAnswerError
from kheo.reviews.rules.reports import (
    TRANSITIONS,
    ReportDeed,
    Side,
    can_read_answers,
    can_turn,
    can_write,
)
from kheo.reviews.rules.reviews import ReviewError, StaleReviewError

pytestmark = pytest.mark.django_db

LATER = START + timedelta(days=10)
DUE = date(2024, 2, 10)


@pytest.fixture
def opened(cast: Cast):
    """A review of the district that asks its three communes."""
    return opened_review(cast)


def own(cast, opened):
    return report_of(opened, cast.communes[0])


# ---- who may do what -------------------------------------------------------------------------


def everybody(cast):
    """A seat of every role in the reporting commune, in the body above, and one elsewhere."""
    seats = {}
    for place, body in (("unit", cast.communes[0]), ("above", cast.district)):
        for role in Role:
            seats[place, role] = SeatFactory(organisation=body, role=role)
    for role in Role:
        seats["elsewhere", role] = SeatFactory(organisation=cast.communes[1], role=role)
    return seats


def test_every_arrow_is_open_to_its_side_and_roles_from_its_states_and_to_nobody_else(cast, opened):
    report, seats = own(cast, opened), everybody(cast)
    side = {"unit": Side.UNIT, "above": Side.ABOVE}
    for deed, arrow in TRANSITIONS.items():
        for state in ReportState:
            report.state = state
            for (place, role), seat in seats.items():
                expected = (
                    side.get(place) == arrow.side and role in arrow.roles and state in arrow.sources
                )
                said = can_turn(deed, seat, report)
                assert bool(said) == expected, (deed, state, place, role, said.reason)
                assert expected or str(said.reason)
    opened.state = ReviewState.CLOSED
    report.review = opened
    for deed, arrow in TRANSITIONS.items():
        report.state = next(iter(arrow.sources))
        place = "unit" if arrow.side == Side.UNIT else "above"
        assert not can_turn(deed, seats[place, Role.HEAD], report), "nothing goes on once closed"


def test_who_writes_and_who_reads_what(cast, opened):
    report, seats = own(cast, opened), everybody(cast)
    for state in ReportState:
        report.state = state
        writable = state in {ReportState.ASKED, ReportState.DRAFTING, ReportState.RETURNED}
        for (place, role), seat in seats.items():
            writes = place == "unit" and role in {Role.CLERK, Role.HEAD, Role.OFFICER} and writable
            assert bool(can_write(seat, report)) == writes, (state, place, role)
            handed_in = state in {ReportState.SUBMITTED, ReportState.ACCEPTED}
            reads = place == "unit" or (place == "above" and handed_in)
            assert bool(can_read_answers(seat, report)) == reads, (state, place, role)


def test_the_organisers_own_report_is_answered_by_nobody(cast, opened):
    root = report_of(opened, cast.district)
    root.state = ReportState.SUBMITTED
    above = SeatFactory(organisation=cast.province, role=Role.OFFICER)
    assert not can_turn(ReportDeed.ACCEPT, above, root)
    assert can_turn(ReportDeed.TAKE_BACK, cast.leader, root)


# ---- asking ----------------------------------------------------------------------------------


def test_opening_asks_each_body_once_and_tells_it(cast, opened):
    assert opened.state == ReviewState.OPEN
    root = report_of(opened, cast.district)
    asked = {row.organisation for row in root.children.all()}
    assert asked == set(cast.communes)
    assert (root.due_on, root.parent) == (date(2024, 2, 20), None)
    told = Notice.objects.filter(user__in=[cast.clerk.user, cast.head.user])
    assert told.count() == 2
    assert "10/02/2024" in told[0].body
    assert Entry.objects.filter(verb="review.open").count() == 1
    with pytest.raises(NotAllowedError):
        open_review(review=opened, asked=(), by=cast.officer, at=START)


def test_opening_refuses_what_cannot_be(cast, review):
    everybody_below = AskTerms(due_on=DUE, kinds=(kind_of("commune_committee"),))
    late = AskTerms(due_on=date(2024, 1, 1), listed=(cast.communes[0],))
    nobody = AskTerms(due_on=DUE, listed=(cast.elsewhere,))
    for asked, own_due in (((late,), None), ((nobody,), None), ((everybody_below,), DUE)):
        with pytest.raises(ReviewError):
            open_review(review=review, asked=asked, own_due_on=own_due, by=cast.officer, at=START)
    review.headings.all().delete()
    with pytest.raises(ReviewError):
        open_review(review=review, asked=(everybody_below,), by=cast.officer, at=START)
    assert not Report.objects.exists()


def test_a_body_asked_by_two_groups_reports_by_the_first(cast, review):
    asked = (
        AskTerms(due_on=date(2024, 2, 5), listed=(cast.communes[1],)),
        AskTerms(due_on=DUE, kinds=(kind_of("commune_committee"),), levels=(level_of("commune"),)),
    )
    open_review(review=review, asked=asked, by=cast.officer, at=START)
    assert report_of(review, cast.communes[1]).due_on == date(2024, 2, 5)
    assert review.reports.count() == 4


def test_due_dates_are_understood_as_the_paper_words_them(cast, review):
    guessed = guessed_asking(review, START.date())
    assert len(guessed.groups) + (guessed.own_due_on is not None) == 2


def test_another_body_is_asked_later_and_only_once(cast, opened):
    root = report_of(opened, cast.district)
    made = ask_another_body(
        parent=root, organisation=cast.agency, due_on=DUE, by=cast.officer, at=LATER
    )
    assert made.parent == root
    for unit in (cast.agency, cast.elsewhere):
        with pytest.raises(ReviewError):
            ask_another_body(parent=root, organisation=unit, due_on=DUE, by=cast.officer, at=LATER)
    with pytest.raises(NotAllowedError):
        ask_another_body(parent=root, organisation=unit, due_on=DUE, by=cast.clerk, at=LATER)


def test_a_review_is_passed_on_with_days_before_the_own_one(cast):
    above = SeatFactory(organisation=cast.province, role=Role.OFFICER)
    review = make_review(cast.province, by=above)
    asked = (AskTerms(due_on=DUE, kinds=(kind_of("party_committee"),)),)
    open_review(review=review, asked=asked, by=above, at=START)
    report = report_of(review, cast.district)
    for wrong in (DUE, date(2023, 12, 31)):
        terms = (AskTerms(due_on=wrong, kinds=(kind_of("commune_committee"),)),)
        with pytest.raises(ReviewError):
            pass_on_report(report=report, asked=terms, by=cast.officer, at=START)
    terms = (AskTerms(due_on=date(2024, 2, 1), kinds=(kind_of("commune_committee"),)),)
    made = pass_on_report(report=report, asked=terms, by=cast.officer, at=START)
    assert {row.organisation for row in made} == set(cast.communes)
    assert is_consolidated(report)
    assert not is_consolidated(made[0])
    with pytest.raises(ReviewError):
        pass_on_report(report=report, asked=terms, by=cast.officer, at=START)
    with pytest.raises(NotAllowedError):
        pass_on_report(report=report, asked=terms, by=cast.leader, at=START)


# ---- writing ---------------------------------------------------------------------------------


def test_writing_cleans_the_text_and_begins_the_report(cast, opened):
    pasted = "<p>Xã có <b>12</b> thôn</p><script>alert(1)</script>\n• Thuận lợi"
    answer = write_under(own(cast, opened), "I", pasted, by=cast.clerk)
    assert answer.body.startswith("Xã có **12** thôn")
    assert "script" not in answer.body
    assert "- Thuận lợi" in answer.body
    assert own(cast, opened).state == ReportState.DRAFTING
    assert Entry.objects.filter(verb="report.write").count() == 1


def test_two_writers_on_one_heading_keep_both_texts(cast, opened):
    report = own(cast, opened)
    heading = opened.headings.get(number="I")
    first = write_answer(
        report=report, heading=heading, body="Một", seen_version=1, by=cast.clerk, at=START
    )
    with pytest.raises(StaleAnswerError) as conflict:
        write_answer(
            report=report, heading=heading, body="Hai", seen_version=1, by=cast.head, at=START
        )
    assert (conflict.value.current.body, conflict.value.mine) == ("Một", "Hai")
    settled = write_answer(
        report=report,
        heading=heading,
        body="Hai",
        seen_version=first.version,
        by=cast.head,
        at=START,
    )
    kept = AnswerVersion.objects.filter(answer=settled).values_list("body", flat=True)
    assert list(kept) == ["Hai", "Một"]


def test_one_persons_typing_is_one_version_until_it_rests(cast, opened):
    report = own(cast, opened)
    for minutes, body in ((0, "a"), (3, "a b"), (30, "a b c")):
        write_under(report, "I", body, by=cast.clerk, at=START + timedelta(minutes=minutes))
    kept = AnswerVersion.objects.values_list("number", "body")
    assert list(kept) == [(4, "a b c"), (3, "a b")]
    write_under(report, "I", "a b c", by=cast.clerk, at=LATER)
    assert AnswerVersion.objects.count() == 2, "the same text is no new version"


def test_what_is_too_long_is_refused_in_words_and_nothing_is_kept(cast, opened):
    for body in ("chữ " * 60_000, "x" * 2_000_001):
        with pytest.raises(ReviewError, match=r"."):
            write_under(own(cast, opened), "I", body, by=cast.clerk)
    assert not AnswerVersion.objects.exists()
    other = make_review(cast.district)
    with pytest.raises(ReviewError):
        write_answer(
            report=own(cast, opened),
            heading=other.headings.first(),
            body="a",
            by=cast.clerk,
            at=START,
        )


def test_who_has_a_heading_open_is_told_to_others_for_a_minute(cast, opened):
    report, heading = own(cast, opened), opened.headings.get(number="I")
    mark_heading_open(report=report, heading=heading, seat=cast.clerk, at=START)
    mark_heading_open(report=report, heading=heading, seat=cast.head, at=START)
    seen = answer_lines(report, START, seat=cast.head)[0]
    assert seen.here == cast.clerk
    assert answer_lines(report, START, seat=cast.clerk)[0].here is None
    soon = START + timedelta(minutes=2)
    assert answer_lines(report, soon, seat=cast.head)[0].here is None
    assert not seen.is_filled, "an open box is no text"
    answer = write_answer(
        report=report, heading=heading, body="Một", seen_version=1, by=cast.clerk, at=START
    )
    assert answer.body == "Một", "having it open is no change to be warned of"


def test_the_last_reviews_text_is_offered(cast, opened):
    submitted_report(cast, opened, texts={"I": "Năm trước"})
    close_review(review=opened, by=cast.officer, at=LATER)
    following = make_review(cast.district, by=cast.officer)
    following.created_at = LATER
    following.save()
    open_review(
        review=following,
        asked=(AskTerms(due_on=DUE, listed=(cast.communes[0],)),),
        by=cast.officer,
        at=LATER,
    )
    report = report_of(following, cast.communes[0])
    found = earlier_text(report, following.headings.get(number="I"))
    assert found is not None
    assert found[1] == "Năm trước"
    assert earlier_text(own(cast, opened), opened.headings.first()) is None


# ---- handing in, returning, accepting --------------------------------------------------------


def test_a_report_goes_from_draft_to_acceptance(cast, opened):
    report = submitted_report(cast, opened)
    assert (report.state, report.sequence) == (ReportState.SUBMITTED, 1)
    kept = report.submissions.get().content["headings"][0]
    assert (kept["number"], kept["body"]) == ("I", "Xã có 12 thôn.")
    assert Notice.objects.filter(user=cast.officer.user, subject__contains="An Dương").exists()
    with pytest.raises(NotAllowedError):
        write_under(report, "I", "Khác", by=cast.clerk)
    accepted = accept_report(report=report, by=cast.officer, at=LATER)
    assert (accepted.state, accepted.decided_at) == (ReportState.ACCEPTED, LATER)
    with pytest.raises(NotAllowedError):
        take_back_report(report=report, reason="Sai số", by=cast.head, at=LATER)
    with pytest.raises(ReviewError):
        reconsider_report(report=report, reason=" ", by=cast.officer, at=LATER)
    again = reconsider_report(report=report, reason="Còn sót", by=cast.officer, at=LATER)
    assert again.state == ReportState.SUBMITTED


def test_a_returned_report_shows_its_remarks_and_comes_back(cast, opened):
    report = submitted_report(cast, opened)
    heading = opened.headings.get(number="I")
    with pytest.raises(ReviewError):
        return_report(report=report, remarks={None: " "}, by=cast.officer, at=LATER)
    stranger = make_review(cast.district).headings.first()
    with pytest.raises(ReviewError):
        return_report(report=report, remarks={stranger.pk: "x"}, by=cast.officer, at=LATER)
    return_report(
        report=report,
        remarks={heading.pk: "Nêu số hộ", None: "Thiếu phụ lục"},
        by=cast.officer,
        at=LATER,
    )
    lines = answer_lines(own(cast, opened), LATER)
    assert [one.text for one in lines[0].remarks] == ["Nêu số hộ"]
    assert course_of_writing(lines).remarked == 1
    assert Notice.objects.filter(user=cast.clerk.user, body__contains="Thiếu phụ lục").exists()
    write_under(report, "I", "Xã có 12 thôn, 2.140 hộ.", by=cast.clerk, at=LATER)
    assert own(cast, opened).state == ReportState.RETURNED
    sign_off_report(report=report, by=cast.head, at=LATER)
    back = submit_report(report=report, by=cast.clerk, at=LATER)
    assert back.sequence == 2
    assert not answer_lines(back, LATER)[0].remarks
    assert [one.content["headings"][0]["body"] for one in back.submissions.all()] == [
        "Xã có 12 thôn.",
        "Xã có 12 thôn, 2.140 hộ.",
    ]


def test_signing_and_taking_back(cast, opened):
    report = own(cast, opened)
    write_under(report, "I", "Một", by=cast.clerk)
    signed = sign_off_report(report=report, by=cast.head, at=START)
    assert signed.signed_off_by == cast.head
    with pytest.raises(StaleReviewError):
        reopen_report(report=report, seen_version=1, by=cast.head, at=START)
    draft = reopen_report(report=report, by=cast.clerk, at=START)
    assert (draft.state, draft.signed_off_by) == (ReportState.DRAFTING, None)
    sign_off_report(report=report, by=cast.head, at=START)
    submit_report(report=report, by=cast.head, at=START)
    taken = take_back_report(report=report, reason="Sót một mô hình", by=cast.head, at=START)
    assert taken.state == ReportState.DRAFTING
    assert Entry.objects.get(verb="report.take-back").reason == "Sót một mô hình"


# ---- days, excuses, dissolution --------------------------------------------------------------


def test_more_time_is_given_within_what_the_asking_body_has(cast, opened):
    report = own(cast, opened)
    for wrong in (date(2024, 2, 9), date(2024, 2, 20)):
        with pytest.raises(ReviewError):
            extend_report(report=report, due_on=wrong, reason="Bão", by=cast.officer, at=START)
    with pytest.raises(ReviewError):
        extend_report(report=report, due_on=date(2024, 2, 15), reason="", by=cast.officer, at=START)
    with pytest.raises(NotAllowedError):
        extend_report(report=report, due_on=DUE, reason="Bão", by=cast.head, at=START)
    longer = extend_report(
        report=report, due_on=date(2024, 2, 15), reason="Bão lũ", by=cast.officer, at=START
    )
    assert (longer.due_on, longer.original_due_on) == (date(2024, 2, 15), DUE)
    assert Notice.objects.filter(user=cast.clerk.user, body__contains="15/02/2024").exists()


def test_a_dissolved_body_keeps_its_words_is_excused_and_followed(cast, opened):
    report = own(cast, opened)
    write_under(report, "I", "Đã viết dở", by=cast.clerk)
    dissolve_organisation(organisation=cast.communes[0], on=LATER.date(), by=None, at=LATER)
    assert report in reports_visible_to(cast.officer)
    with pytest.raises(ReviewError):
        excuse_report(report=report, reason="", by=cast.officer, at=LATER)
    excused = excuse_report(report=report, reason="Sáp nhập", by=cast.officer, at=LATER)
    assert excused.state == ReportState.EXCUSED
    assert excused.answers.get().body == "Đã viết dở"
    assert followers_of(excused.organisation) == []
    with pytest.raises(NotAllowedError):
        ask_report_again(report=excused, by=cast.officer, at=LATER)
    other = report_of(opened, cast.communes[1])
    excuse_report(report=other, reason="Đã báo cáo riêng", by=cast.officer, at=LATER)
    assert ask_report_again(report=other, by=cast.officer, at=LATER).state == ReportState.DRAFTING


def test_nothing_moves_in_a_closed_review_until_it_is_opened_again(cast, opened):
    report = own(cast, opened)
    with pytest.raises(NotAllowedError):
        close_review(review=opened, by=cast.stranger, at=LATER)
    close_review(review=opened, by=cast.officer, at=LATER)
    with pytest.raises(NotAllowedError):
        write_under(report, "I", "Muộn", by=cast.clerk, at=LATER)
    with pytest.raises(ReviewError):
        reopen_review(review=opened, reason=" ", by=cast.officer, at=LATER)
    assert reopen_review(review=opened, reason="Sót", by=cast.officer, at=LATER).closed_at is None
    write_under(report, "I", "Kịp", by=cast.clerk, at=LATER)


def test_late_and_owing_reports_are_counted_found_and_reminded(cast, opened):
    after = date(2024, 2, 12)
    submitted_report(cast, opened)
    counts = report_counts(cast.officer, opened, after)
    assert (counts.asked, counts.handed_in, counts.owing, counts.late) == (3, 1, 2, 2)
    late = found_reports(cast.officer, opened, after, state="late")
    assert {row.organisation for row in late} == set(cast.communes[1:])
    assert [
        row.organisation for row in found_reports(cast.officer, opened, after, search="cao xa")
    ] == [cast.communes[1]]
    assert list(reports_to_answer(cast.officer)) == [own(cast, opened)]
    assert not reports_to_write(cast.clerk).exists()
    assert [row.organisation for row in reports_to_write(cast.officer)] == [cast.district]
    message = prepare_report_reminder(
        sender=cast.advisory, reports=list(late), link="/reviews/mine", by=cast.officer, at=LATER
    )
    assert message.units.count() == 2
    with pytest.raises(ReviewError):
        prepare_report_reminder(
            sender=cast.advisory, reports=[], link="", by=cast.officer, at=LATER
        )
