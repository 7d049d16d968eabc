"""Models are stopped, merged, resumed and asked about: every arrow, for every role and state."""

from datetime import timedelta

import pytest
from tests.factories.exemplars import Stage
from tests.factories.progress import SPRING, SUMMER, accepted, report

from kheo.audit.models import Entry
from kheo.exemplars.enums import Stage as Reached
from kheo.exemplars.enums import State
from kheo.notices.models import Notice
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.organisations.rules import NotAllowedError
from kheo.progress.actions import (
    ProgressError,
    StaleCourseError,
    ask_for_news,
    keep_progress_schedule,
    merge_registration,
    remind_of_silence,
    report_done,
    resume_registration,
    stop_registration,
)
from kheo.progress.enums import CourseState, Deed
from kheo.progress.models import Course, Milestone, Update
from kheo.progress.rules.course import TRANSITIONS, Side, can_follow
from kheo.progress.tasks import mind_progress


@pytest.fixture
def stage(cast):
    return Stage(cast)


@pytest.fixture
def model(stage):
    return accepted(stage)


def stop(row, by, at=SUMMER, **changes):
    words = {"reason": "Thiếu kinh phí."} | changes
    return stop_registration(registration=row, by=by, at=at, **words)


def test_every_deed_in_every_state_for_every_role(cast, model):
    """The table is the only truth: whoever is not on its side, or elsewhere, is refused."""
    # the cast's seats know their organisation, which the rule asks for
    seats = {role: Seat(role=role, organisation=cast.communes[0], pk=900) for role in Role}
    above = {role: Seat(role=role, organisation=cast.advisory, pk=901) for role in Role}
    beside = {role: Seat(role=role, organisation=cast.communes[1], pk=902) for role in Role}
    judged = 0
    for deed, arrow in TRANSITIONS.items():
        for state in CourseState:
            course = Course(registration=model, state=state, closed_by=None)
            for group, place in ((seats, "own"), (above, "above"), (beside, "beside")):
                for role, seat in group.items():
                    side = None
                    if place == "own" and role in {Role.CLERK, Role.HEAD}:
                        side = Side.UNIT
                    if place == "above" and role == Role.OFFICER:
                        side = Side.OFFICER
                    expected = side in arrow.sides and state in arrow.sources
                    verdict = can_follow(deed, seat, model, course)
                    assert bool(verdict) is expected, (deed, state, place, role)
                    assert expected or verdict.reason
                    judged += 1
    assert judged == len(Deed) * len(CourseState) * 3 * len(Role)


def test_nothing_is_done_to_what_is_not_accepted(cast, stage, model):
    for state in set(State) - {State.ACCEPTED}:
        model.state = state
        for deed in Deed:
            for seat in (cast.clerk, cast.head, cast.officer):
                assert not can_follow(deed, seat, model, None), (deed, state)


def test_only_what_was_built_on_keeps_its_report(cast, model):
    course = Course(registration=model, state=CourseState.DONE)
    for reached in Reached:
        model.stages = Reached.CARRIED_OUT | reached
        allowed = bool(can_follow(Deed.TAKE_BACK, cast.head, model, course))
        assert allowed is (reached in {Reached.NOMINATED, Reached.CARRIED_OUT}), reached


def test_a_unit_stops_its_model_and_takes_it_up_again(cast, model):
    with pytest.raises(ProgressError, match="lý do"):
        stop(model, cast.clerk, reason="  ")
    course = stop(model, cast.clerk)
    assert (course.state, course.reason) == (CourseState.STOPPED, "Thiếu kinh phí.")
    with pytest.raises(NotAllowedError, match="đã dừng"):
        report(model, cast.clerk, at=SUMMER)
    course = resume_registration(registration=model, reason="Có vốn.", by=cast.head, at=SUMMER)
    assert (course.state, course.reason, course.closed_by) == (CourseState.UNDERWAY, "", None)
    assert list(Update.objects.order_by("pk").values_list("kind", "text")) == [
        ("stopped", "Thiếu kinh phí."),
        ("resumed", "Có vốn."),
    ]
    entry = Entry.objects.get(verb="progress.stop")
    assert (entry.reason, entry.after["state"]) == ("Thiếu kinh phí.", "stopped")
    assert not Notice.objects.filter(link=f"/progress/{model.pk}").exists()


def test_what_an_officer_stopped_only_an_officer_resumes_and_the_unit_is_told(cast, model):
    stop(model, cast.officer, reason="Trùng với mô hình khác.")
    notice = Notice.objects.get(user=cast.clerk.user, link=f"/progress/{model.pk}")
    assert notice.subject.startswith("Đã ghi là dừng thực hiện")
    with pytest.raises(NotAllowedError, match="Cán bộ phụ trách phong trào đã cho dừng"):
        resume_registration(registration=model, reason="x", by=cast.head, at=SUMMER)
    resume_registration(registration=model, reason="Đã rõ.", by=cast.officer, at=SUMMER)
    assert Course.objects.get().state == CourseState.UNDERWAY


def test_two_windows_do_not_both_stop(cast, model):
    stop(model, cast.clerk, version=0)
    for deed in (
        stop,
        lambda row, by, **more: report_done(registration=row, text="", by=by, at=SUMMER, **more),
    ):
        with pytest.raises(StaleCourseError):
            deed(model, cast.head, version=0)


def test_a_model_is_merged_into_another_that_can_carry_it_on(cast, stage, model):
    def merge(into, by=cast.head, row=model):
        return merge_registration(registration=row, into=into, reason="Gộp.", by=by, at=SUMMER)

    other = accepted(stage, name="Mô hình lớn")
    draft = stage.registration(State.SUBMITTED, name="Mô hình chờ duyệt")
    foreign = accepted(stage, cast.communes[1], name="Mô hình xã bạn")
    stopped = accepted(stage, name="Mô hình đã dừng")
    stop(stopped, cast.head)
    for into, words in (
        (model, "mô hình khác đã được duyệt"),
        (draft, "mô hình khác đã được duyệt"),
        (foreign, "mô hình khác đã được duyệt"),
        (stopped, "đã dừng hoặc đã gộp"),
    ):
        with pytest.raises(ProgressError, match=words):
            merge(into)
    course = merge(other)
    assert (course.state, course.merged_with) == (CourseState.MERGED, other)
    with pytest.raises(ProgressError, match="tách các mô hình đó"):
        merge(foreign, by=cast.officer, row=other)
    resume_registration(registration=model, reason="Tách.", by=cast.head, at=SUMMER)
    assert merge(foreign, by=cast.officer, row=other).merged_with == foreign


def test_an_officer_asks_for_news_of_what_is_under_way(cast, stage, model):
    done = accepted(stage, name="Mô hình đã xong")
    report_done(registration=done, text="", by=cast.head, at=SPRING)
    with pytest.raises(ProgressError, match="Chưa đánh dấu"):
        ask_for_news(registrations=[], text="", by=cast.officer, at=SUMMER)
    with pytest.raises(NotAllowedError):
        ask_for_news(registrations=[model, done], text="", by=cast.officer, at=SUMMER)
    assert not Notice.objects.filter(link=f"/progress/{model.pk}").exists()
    with pytest.raises(NotAllowedError, match="cấp trên"):
        ask_for_news(registrations=[model], text="", by=cast.leader, at=SUMMER)
    (course,) = ask_for_news(registrations=[model], text="Sớm.", by=cast.officer, at=SUMMER)
    assert (course.asked_at, course.last_news_at) == (SUMMER, None)


def test_units_are_reminded_of_silence_once_in_that_many_days(cast, stage, model, settings):
    settings.PROGRESS_SILENT_DAYS = 45
    fresh = accepted(stage, cast.communes[1], name="Mô hình có tin")
    Milestone.objects.create(registration=model, title="Họp dân", due_on=SPRING.date())

    def told(seat):
        return Notice.objects.filter(user=seat.user, subject__contains="lâu chưa có tin")

    report(fresh, stage.head_of(cast.communes[1]), at=SUMMER)
    assert remind_of_silence(at=SUMMER) == 1
    assert told(cast.clerk).get().body == f"- {model.name} (mốc bị trễ: Họp dân)"
    assert mind_progress(now=SUMMER + timedelta(days=44)) == 0
    later = SUMMER + timedelta(days=46)
    assert mind_progress(now=later) == 2
    stop(model, cast.clerk, at=later)
    stop(fresh, cast.officer, at=later)
    assert mind_progress(now=later + timedelta(days=60)) == 0
    # of what is past, nobody is reminded for ever
    assert mind_progress(now=SUMMER + timedelta(days=400)) == 0
    assert keep_progress_schedule().func == "kheo.progress.tasks.mind_progress"
