"""A part is worked on: reported with files, said to be done, returned, confirmed, opened again."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from tests.factories.accounts import START
from tests.factories.assignments import communes_of, give_task
from tests.factories.organisations import SeatFactory

from kheo.assignments.actions import (
    BodyTerms,
    TaskError,
    TaskTerms,
    close_task,
    confirm_part,
    edit_task,
    open_part_again,
    prepare_task_reminder,
    reopen_task,
    report_part,
    return_part,
    take_over_task,
)
from kheo.assignments.enums import BodyRole, PartState, TaskState, Timing
from kheo.assignments.models import TaskEvidence
from kheo.assignments.rules.deeds import StaleTaskError
from kheo.audit.models import Entry
from kheo.notices.models import Notice
from kheo.organisations.enums import Role
from kheo.organisations.rules import NotAllowedError
from kheo.ui.uploads import AttachmentError

LATER = START + timedelta(days=3)


@pytest.fixture(autouse=True)
def _own_directory(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def part(cast):
    return give_task(cast).bodies.get(organisation=cast.communes[0])


def pdf(name="Báo cáo.pdf"):
    return ContentFile(b"%PDF-1.7 bao cao", name=name)


def say_done(part, by):
    return report_part(body=part, text="Đã xong.", done=True, by=by, at=LATER)


def test_a_clerk_reports_with_a_file_and_says_done(cast, part, settings):
    report_part(body=part, text="Đã họp dân.", done=False, files=[pdf()], by=cast.clerk, at=LATER)
    part.refresh_from_db()
    assert part.state == PartState.DOING
    evidence = TaskEvidence.objects.get()
    assert (evidence.name, evidence.media_type) == ("Báo cáo.pdf", "application/pdf")
    assert len([path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]) == 1
    say_done(part, cast.head)
    part.refresh_from_db()
    assert (part.state, part.reported_at) == (PartState.DONE, LATER)
    verbs = set(Entry.objects.filter(record_id=part.pk).values_list("verb", flat=True))
    assert {"task.report", "task.done"} <= verbs


def test_the_giver_is_told_when_a_part_is_said_to_be_done(cast, part):
    head = SeatFactory(organisation=cast.district, role=Role.HEAD)
    say_done(part, cast.clerk)
    notice = Notice.objects.get(user=head.user)
    assert notice.subject == "Đảng ủy xã An Dương báo đã hoàn thành nhiệm vụ"
    assert notice.link == f"/tasks/parts/{part.pk}"


def test_a_refused_file_keeps_nothing(cast, part, settings):
    files = [pdf(), ContentFile(b"MZ program", name="a.pdf")]
    with pytest.raises(AttachmentError, match="Không nhận loại tệp"):
        report_part(body=part, text="x", done=False, files=files, by=cast.clerk, at=LATER)
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_an_empty_report_is_refused(cast, part):
    with pytest.raises(TaskError, match="nêu việc đã làm"):
        report_part(body=part, text="  ", done=True, by=cast.clerk, at=LATER)
    files = [pdf() for _ in range(11)]
    with pytest.raises(TaskError, match="nhiều nhất 10 tệp"):
        report_part(body=part, text="x", done=True, files=files, by=cast.clerk, at=LATER)


def test_nobody_else_reports(cast, part):
    for seat in (cast.officer, cast.stranger, cast.leader):
        with pytest.raises(NotAllowedError):
            report_part(body=part, text="x", done=False, by=seat, at=LATER)


def test_a_part_is_returned_with_the_reason_then_confirmed_then_opened_again(cast, part):
    say_done(part, cast.clerk)
    with pytest.raises(TaskError, match="còn thiếu gì"):
        return_part(body=part, text=" ", by=cast.officer, at=LATER)
    return_part(body=part, text="Thiếu ảnh.", by=cast.officer, at=LATER)
    part.refresh_from_db()
    assert part.state == PartState.RETURNED
    assert Notice.objects.filter(user=cast.clerk.user, body="Thiếu ảnh.").exists()
    with pytest.raises(NotAllowedError):
        confirm_part(body=part, by=cast.officer, at=LATER)
    say_done(part, cast.clerk)
    confirm_part(body=part, by=cast.officer, at=LATER)
    part.refresh_from_db()
    assert (part.state, part.confirmed_at) == (PartState.CONFIRMED, LATER)
    with pytest.raises(NotAllowedError):
        say_done(part, cast.clerk)
    open_part_again(body=part, text="Có phản ánh.", by=cast.officer, at=LATER)
    part.refresh_from_db()
    assert (part.state, part.confirmed_at) == (PartState.DOING, None)
    assert [line.kind for line in part.reports.order_by("pk")] == [
        "done",
        "return",
        "done",
        "confirm",
        "reopen",
    ]


def test_a_directing_body_answers_though_it_did_not_give_the_task(cast):
    bodies = (BodyTerms(role=BodyRole.DIRECTING, organisation=cast.agency), communes_of(cast))
    part = give_task(cast, bodies=bodies).bodies.get(organisation=cast.communes[0])
    head = SeatFactory(organisation=cast.agency, role=Role.HEAD)
    say_done(part, cast.clerk)
    confirm_part(body=part, by=head, at=LATER)
    part.refresh_from_db()
    assert part.state == PartState.CONFIRMED


def test_a_closed_task_rests_until_it_is_opened_again(cast, part):
    task = part.task
    close_task(task=task, by=cast.officer, at=LATER)
    task.refresh_from_db()
    assert (task.state, task.closed_at) == (TaskState.CLOSED, LATER)
    with pytest.raises(NotAllowedError, match="đã kết thúc"):
        say_done(part, cast.clerk)
    with pytest.raises(NotAllowedError):
        close_task(task=task, by=cast.officer, at=LATER)
    reopen_task(task=task, by=cast.officer, at=LATER)
    say_done(part, cast.clerk)


def test_changing_a_task_keeps_the_course_of_those_who_stay(cast, part):
    say_done(part, cast.clerk)
    task = part.task
    day = task.due_on + timedelta(days=10)
    terms = TaskTerms(
        content="Nội dung mới", timing=Timing.BY, due_on=day, bodies=(communes_of(cast),)
    )
    changed = edit_task(task=task, terms=terms, seen_version=1, by=cast.officer, at=LATER)
    part.refresh_from_db()
    assert (part.state, part.due_on) == (PartState.DONE, day)
    assert (changed.version, changed.ordinal) == (2, 1)
    assert not task.bodies.filter(organisation=cast.agency).exists()
    entry = Entry.objects.get(verb="task.edit")
    assert entry.before["content"] != entry.after["content"] == "Nội dung mới"
    with pytest.raises(StaleTaskError):
        edit_task(task=task, terms=terms, seen_version=1, by=cast.officer, at=LATER)


def test_who_has_reported_cannot_be_left_out(cast, part):
    say_done(part, cast.clerk)
    only = BodyTerms(role=BodyRole.EXECUTING, organisation=cast.communes[1])
    with pytest.raises(TaskError, match="Đảng ủy xã An Dương"):
        edit_task(
            task=part.task, terms=TaskTerms(content="x", bodies=(only,)), by=cast.officer, at=LATER
        )


def test_a_unit_takes_a_task_over_and_refines_it(cast, part):
    with pytest.raises(NotAllowedError):
        take_over_task(body=part, document=None, terms=own(cast), by=cast.clerk, at=LATER)
    late = own(cast, due_on=part.due_on + timedelta(days=1))
    with pytest.raises(TaskError, match="không được muộn hơn"):
        take_over_task(body=part, document=None, terms=late, by=cast.head, at=LATER)
    task = take_over_task(body=part, document=None, terms=own(cast), by=cast.head, at=LATER)
    part.refresh_from_db()
    assert (task.parent, task.owner, task.due_on) == (part.task, cast.communes[0], part.due_on)
    assert (part.taken_over, part.state) == (task, PartState.DOING)
    with pytest.raises(NotAllowedError, match="đã được đảm nhận"):
        take_over_task(body=part, document=None, terms=own(cast), by=cast.head, at=LATER)


def own(cast, **changed):
    body = BodyTerms(role=BodyRole.EXECUTING, name="Khối dân vận xã")
    terms = {"content": "Phân công", "timing": Timing.BY, "bodies": (body,)}
    return TaskTerms(**(terms | changed))


def test_a_reminder_goes_to_each_body_once_through_the_outbox(cast):
    tasks = [give_task(cast), give_task(cast, content="Sơ kết phong trào")]
    parts = [body for task in tasks for body in task.bodies.exclude(role=BodyRole.DIRECTING)]
    message = prepare_task_reminder(
        sender=cast.district, parts=parts, link="/tasks/", by=cast.officer, at=LATER
    )
    assert message.units.count() == 4
    assert "Sơ kết phong trào" in message.body
    assert "30/11/2026" in message.body
    with pytest.raises(TaskError, match="Không có đơn vị nào cần nhắc"):
        prepare_task_reminder(sender=cast.district, parts=[], link="", by=cast.officer, at=LATER)
