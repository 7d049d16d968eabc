"""A unit reports on its model: news, figures, files, carried out, taken back."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from tests.factories.exemplars import Stage
from tests.factories.organisations import SeatFactory
from tests.factories.progress import SPRING, SUMMER, accepted, indicator, plan, report, terms

from kheo.audit.models import Entry
from kheo.exemplars.actions import reach_stage
from kheo.exemplars.enums import Stage as Reached
from kheo.exemplars.enums import State
from kheo.exemplars.models import StageTally
from kheo.organisations.enums import Role
from kheo.organisations.rules import NotAllowedError
from kheo.progress.actions import (
    ProgressError,
    StaleCourseError,
    add_milestone,
    complete_milestone,
    remove_milestone,
    reopen_milestone,
    report_done,
    report_update,
    set_results,
    strike_figure,
    take_back_done,
)
from kheo.progress.enums import CourseState, UpdateKind
from kheo.progress.models import Course, Figure, Milestone, Result, Update, UpdateFile
from kheo.ui.uploads import AttachmentError


@pytest.fixture(autouse=True)
def _own_directory(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def stage(cast):
    return Stage(cast)


@pytest.fixture
def model(stage):
    return accepted(stage)


def photo(name="Ảnh họp thôn.png"):
    return ContentFile(b"\x89PNG\r\n\x1a\n" + b"0" * 40, name=name)


def files_on_disk(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_clerk_reports_news_with_figures_and_a_photo(cast, model):
    two_lines = "Đã họp thôn. \r\n20 hộ đồng ý."
    update = report(
        model, cast.clerk, terms("land-residential", 200), files=[photo()], text=two_lines
    )
    assert update.text == "Đã họp thôn.\n20 hộ đồng ý."
    assert (update.kind, update.happened_on) == (UpdateKind.RESULT, SPRING.date())
    course = Course.objects.get()
    assert (course.state, course.last_news_at, course.version) == ("underway", SPRING, 1)
    assert (course.path, course.year) == (model.path, 2024)
    assert UpdateFile.objects.get().is_photo
    entry = Entry.objects.get(record_id=model.pk, verb="progress.report")
    assert entry.after["figures"] == ["Đất hiến (đất ở): 200 m²"]
    assert entry.scope == model.path


def test_figures_add_up_by_the_rule_of_their_indicator(cast, model):
    for amount, day in ((30, date(2024, 4, 1)), (50, date(2024, 3, 1)), (20, date(2024, 4, 9))):
        report(
            model,
            cast.clerk,
            terms("work-days", amount),
            terms("members", amount),
            terms("attendance-highest", amount),
            happened_on=day,
        )
    achieved = dict(Result.objects.values_list("indicator__code", "achieved"))
    assert achieved == {"work-days": 100, "members": 20, "attendance-highest": 50}


def test_units_of_one_sub_kind_convert_and_sub_kinds_stay_apart(cast, model):
    report(model, cast.clerk, terms("land-residential", "0.12", "ha"))
    report(model, cast.clerk, terms("land-residential", 300, "m²"), terms("land-farm", 500, "m²"))
    report(model, cast.clerk, terms("money-people", "241.653"))
    report(model, cast.clerk, terms("money-people", 44_500_000, "đồng"))
    achieved = dict(Result.objects.values_list("indicator__code", "achieved"))
    assert achieved == {
        "land-residential": 1500,
        "land-farm": Decimal("0.05"),
        "money-people": Decimal("286.153"),
    }


def test_a_figure_that_makes_no_sense_is_refused_whole(cast, model, settings):
    bad = (
        ([terms("work-days", -1)], "không nhỏ hơn 0"),
        ([terms("work-days", 10**17)], "quá lớn"),
        ([terms("work-days", 1, "ha")], "không tính bằng"),
        ([terms("work-days", 1), terms("work-days", 2)], "hai lần"),
    )
    for figures, words in bad:
        with pytest.raises(ProgressError, match=words):
            report(model, cast.clerk, *figures, files=[photo()])
    assert not Update.objects.exists()
    assert not files_on_disk(settings)


def test_a_struck_figure_counts_no_more_and_stays_readable(cast, model):
    report(model, cast.clerk, terms("work-days", 100))
    report(model, cast.clerk, terms("work-days", 9000), at=SUMMER)
    wrong = Figure.objects.get(amount=9000)
    with pytest.raises(ProgressError, match="lý do"):
        strike_figure(figure=wrong, reason=" ", by=cast.clerk, at=SUMMER)
    result = strike_figure(figure=wrong, reason="Gõ nhầm.", by=cast.head, at=SUMMER)
    assert (result.achieved, result.as_of) == (100, SPRING.date())
    with pytest.raises(ProgressError, match="đã gạch bỏ"):
        strike_figure(figure=wrong, reason="Lại.", by=cast.clerk, at=SUMMER)
    wrong.refresh_from_db()
    assert (wrong.struck_by, wrong.struck_reason) == (cast.head, "Gõ nhầm.")
    with pytest.raises(NotAllowedError):
        strike_figure(figure=Figure.objects.first(), reason="x", by=cast.officer, at=SUMMER)


def test_bad_files_keep_nothing(cast, model, settings):
    for file in (ContentFile(b"MZ program", name="a.png"), ContentFile(b"", name="b.png")):
        with pytest.raises(AttachmentError):
            report(model, cast.clerk, files=[photo(), file])
    with pytest.raises(ProgressError, match="nhiều nhất 20 tệp"):
        report(model, cast.clerk, files=[photo() for _ in range(21)])
    assert not files_on_disk(settings)
    assert not Course.objects.exists()


def test_nothing_said_and_days_to_come_are_refused(cast, model):
    with pytest.raises(ProgressError, match="Nêu việc đã làm"):
        report(model, cast.clerk, text="  ")
    with pytest.raises(ProgressError, match="tương lai"):
        report(model, cast.clerk, happened_on=SPRING.date() + timedelta(days=1))


def test_two_windows_do_not_report_the_same_twice(cast, model):
    report(model, cast.clerk, terms("work-days", 10), version=0)
    with pytest.raises(StaleCourseError, match="Người khác"):
        report(model, cast.head, terms("work-days", 10), version=0)
    report(model, cast.head, terms("work-days", 10), version=1)
    assert Result.objects.get().achieved == 20


def test_planned_results_are_set_changed_and_dropped(cast, model):
    plan(model, cast.clerk, terms("land-residential", "0.1", "ha"), terms("work-days", 50))
    report(model, cast.clerk, terms("work-days", 10))
    plan(model, cast.head, terms("cameras", 4))
    planned = dict(Result.objects.values_list("indicator__code", "planned"))
    assert planned == {"cameras": 4, "work-days": None}
    entry = Entry.objects.filter(verb="progress.plan").order_by("pk").last()
    assert entry.before["planned"] == ["Đất hiến (đất ở): 1.000", "Ngày công đóng góp: 50"]
    with pytest.raises(StaleCourseError):
        set_results(registration=model, planned=[], by=cast.clerk, at=SPRING, version=1)


def test_a_retired_indicator_takes_no_new_results(cast, model):
    one = indicator("cameras")
    one.retired_at = SPRING
    one.save()
    with pytest.raises(ProgressError, match="ngừng dùng"):
        plan(model, cast.clerk, terms("cameras", 4))


def test_carried_out_is_counted_and_taken_back(cast, model):
    def counted():
        tallies = StageTally.objects.filter(organisation=cast.district, stage=Reached.CARRIED_OUT)
        return sum(tallies.values_list("count", flat=True))

    course = report_done(registration=model, text="Xong.", by=cast.clerk, at=SUMMER)
    assert (course.state, course.closed_by, counted()) == (CourseState.DONE, cast.clerk, 1)
    # after that there may still be news, and no second report
    report(model, cast.clerk, at=SUMMER)
    with pytest.raises(NotAllowedError, match="rút lại báo cáo"):
        report_done(registration=model, text="", by=cast.clerk, at=SUMMER)
    with pytest.raises(ProgressError, match="lý do"):
        take_back_done(registration=model, reason="", by=cast.head, at=SUMMER)
    course = take_back_done(registration=model, reason="Còn 200 m.", by=cast.head, at=SUMMER)
    assert (course.state, course.closed_at, counted()) == (CourseState.UNDERWAY, None, 0)
    model.refresh_from_db()
    assert model.stages == 0


def test_what_was_appraised_stays_reported(cast, model):
    report_done(registration=model, text="Xong.", by=cast.clerk, at=SUMMER)
    reach_stage(registrations=[model.pk], stage=Reached.APPRAISED)
    with pytest.raises(NotAllowedError, match="đã được thẩm định"):
        take_back_done(registration=model, reason="x", by=cast.head, at=SUMMER)


def test_nobody_else_and_nothing_unaccepted(cast, stage, model):
    neighbour = SeatFactory(organisation=cast.communes[1], role=Role.HEAD)
    for seat in (cast.officer, cast.leader, cast.stranger, neighbour, cast.administrator):
        with pytest.raises(NotAllowedError, match="của đơn vị đăng ký"):
            report(model, seat)
    waiting = stage.registration(State.SUBMITTED, name="Mô hình còn chờ duyệt")
    with pytest.raises(NotAllowedError, match="chưa được duyệt"):
        report_update(registration=waiting, text="x", by=cast.clerk, at=SPRING)


def test_milestones_are_set_reached_opened_again_and_removed(cast, model):
    due = date(2024, 6, 30)
    step = add_milestone(
        registration=model, title=" Họp dân ", due_on=due, by=cast.clerk, at=SPRING
    )
    assert (step.title, step.is_late(date(2024, 7, 1)), step.is_late(due)) == (
        "Họp dân",
        True,
        False,
    )
    for title, words in (("Họp dân", "đã có"), ("  ", "Nêu tên")):
        with pytest.raises(ProgressError, match=words):
            add_milestone(registration=model, title=title, due_on=due, by=cast.clerk, at=SPRING)
    complete_milestone(milestone=step, by=cast.clerk, at=SUMMER, done_on=date(2024, 6, 1))
    again = complete_milestone(milestone=step, by=cast.clerk, at=SUMMER)
    assert again.done_on == date(2024, 6, 1)
    assert Course.objects.get().last_news_at == SUMMER
    with pytest.raises(ProgressError, match="tương lai"):
        complete_milestone(milestone=step, by=cast.clerk, at=SPRING, done_on=date(2025, 1, 1))
    assert reopen_milestone(milestone=step, by=cast.clerk, at=SUMMER).done_on is None
    remove_milestone(milestone=step, by=cast.head, at=SUMMER)
    assert not Milestone.objects.exists()
    with pytest.raises(ProgressError, match="đã xóa"):
        reopen_milestone(milestone=step, by=cast.clerk, at=SUMMER)
    verbs = list(Entry.objects.filter(verb__contains="milestone").values_list("verb", flat=True))
    assert len(verbs) == 4
