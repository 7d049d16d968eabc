"""The pages of tasks: shown to whom they concern, 404 for others, errors in words."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.factories.assignments import give_task
from tests.factories.directives import DocumentFactory, FindingFactory, OriginFactory

from kheo.assignments.actions import report_part
from kheo.assignments.enums import PartState, TaskState, Timing
from kheo.assignments.models import Task, TaskEvidence
from kheo.notices.models import Message

CONTENT = "Sơ kết phong trào thi đua “Dân vận khéo”"


@pytest.fixture(autouse=True)
def _own_directory(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def window(seat) -> Client:
    client = Client()
    client.force_login(seat.user)
    return client


@pytest.fixture
def task(cast):
    due_on = timezone.localdate() - timedelta(days=2)
    document = DocumentFactory(owner=cast.district)
    return give_task(cast, document=document, due_on=due_on)


@pytest.fixture
def part(cast, task):
    return task.bodies.get(organisation=cast.communes[0])


def typed(**changed):
    return {
        "content": CONTENT,
        "timing": Timing.BY,
        "due_on": "2026-12-20",
        "executing": "các xã, thị trấn\nTY-PNN",
    } | changed


def test_lists_are_empty_then_full(cast):
    clerk, officer = window(cast.clerk), window(cast.officer)
    assert "Đơn vị chưa được giao nhiệm vụ nào" in clerk.get("/tasks/").content.decode()
    assert "Không có nhiệm vụ nào" in officer.get("/tasks/given").content.decode()
    assert "Không có nhiệm vụ nào đang mở" in officer.get("/tasks/matrix").content.decode()
    give_task(cast)
    assert "tuyên truyền" in clerk.get("/tasks/").content.decode()
    assert "tuyên truyền" in officer.get("/tasks/given").content.decode()
    assert "TY-01" not in officer.get("/tasks/matrix").content.decode()


@pytest.mark.parametrize("path", ["/tasks/", "/tasks/given", "/tasks/matrix"])
def test_a_longer_list_costs_no_more(cast, django_assert_max_num_queries, path):
    client = window(cast.officer if path != "/tasks/" else cast.clerk)
    document = DocumentFactory(owner=cast.district)
    give_task(cast, document=document)
    with django_assert_max_num_queries(40) as one:
        client.get(path)
    for number in range(2):
        give_task(cast, document=document, content=f"Việc {number}")
    with django_assert_max_num_queries(len(one)):
        client.get(path)


def test_a_task_is_given_by_hand(cast):
    answer = window(cast.officer).post("/tasks/new", typed(), follow=True)
    task = Task.objects.get()
    assert (task.owner, task.due_on) == (cast.district, date(2026, 12, 20))
    assert {body.organisation for body in task.bodies.all()} == {*cast.communes, cast.agency}
    assert "Đã lưu nhiệm vụ" in answer.content.decode()


def test_what_cannot_be_given_is_said_in_words(cast):
    client = window(cast.officer)
    answer = client.post("/tasks/new", typed(due_on=""))
    assert answer.status_code == 422
    assert "Chưa có ngày phải hoàn thành nhiệm vụ." in answer.content.decode()
    answer = client.post("/tasks/new", typed(executing="Hội làm vườn"), follow=True)
    assert "không phải là tổ chức trong danh mục" in answer.content.decode()
    assert window(cast.clerk).get("/tasks/new").status_code == 403


def test_a_task_is_changed_but_not_over_somebody_elses_change(cast, task):
    client = window(cast.officer)
    page = client.get(f"/tasks/{task.pk}/edit")
    assert "các xã, thị trấn" in page.content.decode()
    sent = typed(version=task.version, executing="các xã, thị trấn")
    assert client.post(f"/tasks/{task.pk}/edit", sent).status_code == 302
    task.refresh_from_db()
    assert (task.content, task.version) == (CONTENT, 2)
    answer = client.post(f"/tasks/{task.pk}/edit", sent)
    assert answer.status_code == 422
    assert "đã sửa" in answer.content.decode()


def test_closing_asks_first(cast, task):
    client = window(cast.officer)
    assert "Kết thúc nhiệm vụ này?" in client.get(f"/tasks/{task.pk}/close").content.decode()
    client.post(f"/tasks/{task.pk}/close")
    task.refresh_from_db()
    assert task.state == TaskState.CLOSED
    client.post(f"/tasks/{task.pk}/reopen")
    task.refresh_from_db()
    assert task.state == TaskState.OPEN


def test_a_stranger_guesses_in_vain(cast, task, part):
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    report_part(body=part, text="x", done=False, files=[file], by=cast.clerk, at=timezone.now())
    evidence = TaskEvidence.objects.get()
    client = window(cast.stranger)
    for path in (
        f"/tasks/{task.pk}",
        f"/tasks/{task.pk}/edit",
        f"/tasks/parts/{part.pk}",
        f"/tasks/parts/{part.pk}/take-over",
        f"/tasks/files/{evidence.pk}",
        f"/tasks/remind?task={task.pk}",
        f"/tasks/remind?document={task.document_id}",
        f"/tasks/matrix?document={task.document_id}",
    ):
        assert client.get(path).status_code == 404, path
    assert client.post(f"/tasks/parts/{part.pk}/report", {"text": "x"}).status_code == 404
    given = window(cast.officer).get(f"/tasks/files/{evidence.pk}")
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(given.streaming_content) == b"%PDF-1.7"


def test_a_neighbour_sees_the_task_but_not_the_other_parts(cast, task, part):
    other = task.bodies.get(organisation=cast.communes[1])
    client = window(cast.clerk)
    page = client.get(f"/tasks/{task.pk}").content.decode()
    assert f"/tasks/parts/{part.pk}" in page
    assert f"/tasks/parts/{other.pk}" not in page
    assert client.get(f"/tasks/parts/{other.pk}").status_code == 404


def test_reporting_by_page(cast, part):
    client = window(cast.clerk)
    address = f"/tasks/parts/{part.pk}/report"
    wrong = SimpleUploadedFile("a.exe", b"MZ")
    answer = client.post(address, {"text": "x", "deed": "done", "evidence": wrong})
    assert answer.status_code == 422
    assert "Không nhận loại tệp" in answer.content.decode()
    empty = SimpleUploadedFile("a.pdf", b"")
    assert "không có nội dung" in client.post(address, {"evidence": empty}).content.decode()
    files = [
        SimpleUploadedFile("a.pdf", b"%PDF-1"),
        SimpleUploadedFile("b.png", b"\x89PNG\r\n\x1a\n"),
    ]
    client.post(address, {"text": "Đã xong", "deed": "done", "evidence": files})
    part.refresh_from_db()
    assert part.state == PartState.DONE
    assert TaskEvidence.objects.count() == 2
    officer = window(cast.officer)
    reply = f"/tasks/parts/{part.pk}/answer"
    assert officer.post(reply, {"deed": "return", "text": ""}).status_code == 422
    assert officer.post(reply, {"deed": "nonsense"}).status_code == 404
    officer.post(reply, {"deed": "confirm", "text": ""})
    part.refresh_from_db()
    assert part.state == PartState.CONFIRMED


def test_a_file_beyond_the_limit_is_refused_in_words(cast, part, settings):
    settings.EVIDENCE_LIMIT_MIB = 0
    file = SimpleUploadedFile("to.pdf", b"%PDF-1.7")
    sent = {"text": "x", "evidence": file}
    answer = window(cast.clerk).post(f"/tasks/parts/{part.pk}/report", sent)
    assert answer.status_code == 422
    assert "lớn hơn 0 MiB" in answer.content.decode()


def test_taking_over_by_page(cast, part):
    client = window(cast.head)
    page = client.get(f"/tasks/parts/{part.pk}/take-over").content.decode()
    assert part.task.content in page
    sent = typed(due_on=str(part.due_on), executing="Ban vận động xã")
    client.post(f"/tasks/parts/{part.pk}/take-over", sent)
    part.refresh_from_db()
    assert part.taken_over.parent == part.task
    shown = window(cast.officer).get(f"/tasks/parts/{part.pk}").content.decode()
    assert "0/1 đơn vị đã được xác nhận" in shown


def test_the_late_ones_are_reminded_after_a_look(cast, task):
    client = window(cast.officer)
    page = client.get(f"/tasks/remind?document={task.document_id}").content.decode()
    assert page.count(" checked") == 4
    ticked = [str(unit.pk) for unit in cast.communes[:2]]
    answer = client.post(f"/tasks/remind?document={task.document_id}", {"unit": ticked})
    message = Message.objects.get()
    assert answer.headers["Location"] == f"/notices/messages/{message.pk}"
    assert set(message.units.all()) == set(cast.communes[:2])
    nobody = client.post(f"/tasks/remind?document={task.document_id}", {}, follow=True)
    assert "Chưa chọn đơn vị nào" in nobody.content.decode()


def test_a_task_shows_the_sentence_it_was_made_of(cast, task):
    finding = FindingFactory(document=task.document, text="8. Tăng cường công tác thông tin")
    OriginFactory(finding=finding, subject="assignments.task", subject_id=task.pk)
    page = window(cast.officer).get(f"/tasks/{task.pk}").content.decode()
    assert "Được tạo từ câu trong văn bản" in page
    assert "8. Tăng cường công tác thông tin" in page
    assert f"/documents/{task.document_id}/reading" in page
