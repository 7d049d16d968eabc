"""The pages: what they show to whom, what they take without a script, and at what cost."""

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.accounts import START
from tests.factories.visits import HELD_ON, entry, judge, photo_bytes

from kheo.audit.models import Entry
from kheo.visits.actions import take_entries
from kheo.visits.enums import Found, Outcome, VisitState
from kheo.visits.models import SheetEntry, SurveyTeam, Visit
from kheo.visits.queries.pages import sheet_page

pytestmark = pytest.mark.django_db


def signed_in(seat) -> Client:
    client = Client()
    client.force_login(seat.user)
    return client


def text_of(seat, name, *args) -> str:
    answer = signed_in(seat).get(reverse(f"visits:{name}", args=args))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def posted_page(survey, sheet, **changes) -> dict[str, str]:
    """What a browser posts of the page as it stands, with some fields changed."""
    page = sheet_page(survey.member, sheet)
    data: dict[str, object] = {"piece": [], "photo-key": page.photo_key}
    for piece in [page.texts, *page.findings, *page.blank]:
        name = piece.name
        data["piece"].append(name)
        data |= {f"{name}-key": piece.key, f"{name}-base": piece.version, f"{name}-was": piece.was}
        data |= {f"{name}-{field}": value for field, value in piece.values.items()}
    blank = page.blank[0].name
    return data | {key.replace("NEW", blank): value for key, value in changes.items()}


def test_lists_cost_the_same_for_one_and_three(survey):
    client = signed_in(survey.officer)
    counts = []
    for more in (1, 2):
        for _time in range(more):
            survey.conclude(survey.visit())
        found = {}
        for name in ("list", "teams", "advice"):
            with CaptureQueriesContext(connection) as caught:
                assert client.get(reverse(f"visits:{name}")).status_code == 200
            found[name] = len(caught)
        counts.append(found)
    assert counts[0] == counts[1]


def test_the_schedule_is_seen_by_the_unit_once_announced(survey):
    planned, announced = survey.visit(VisitState.PLANNED), survey.visit()
    for seat, seen in (
        (survey.officer, {planned, announced}),
        (survey.member, {planned, announced}),
        (survey.clerk, {announced}),
        (survey.unit_head, {announced}),
        (survey.cast.stranger, set()),
    ):
        answer = signed_in(seat).get(reverse("visits:list"))
        assert set(answer.context["page"].rows) == seen, seat
    chosen = {"team": survey.team.pk, "state": "planned", "unit": "an duong", "last": HELD_ON}
    answer = signed_in(survey.officer).get(reverse("visits:list"), chosen)
    assert answer.context["page"].rows == [planned]
    answer = signed_in(survey.officer).get(reverse("visits:list"), {"unit": "cao xa"})
    assert answer.context["page"].rows == []


def test_the_unit_reads_sheets_only_after_the_conclusion(survey):
    visit = survey.visit()
    sheet = visit.sheets.get()
    judge(sheet, "Hồ sơ minh chứng", Found.PARTLY, survey.member)
    url = reverse("visits:sheet", args=[sheet.pk])
    assert signed_in(survey.clerk).get(url).status_code == 404
    assert Entry.objects.filter(verb="access.refused", after__path=url).count() == 1
    survey.conclude(visit)
    page = text_of(survey.clerk, "sheet", sheet.pk)
    assert "Hồ sơ minh chứng" in page
    assert "data-visit-sheet" not in page
    assert "Mô hình hoạt động đúng kế hoạch" in text_of(survey.clerk, "detail", visit.pk)
    assert "BIÊN BẢN" in text_of(survey.clerk, "minutes", visit.pk)


@pytest.mark.parametrize("name", ["detail", "minutes", "record", "edit"])
def test_strangers_find_nothing_and_leave_a_trace(survey, name):
    url = reverse(f"visits:{name}", args=[survey.visit().pk])
    assert signed_in(survey.cast.stranger).get(url).status_code == 404
    assert Entry.objects.filter(verb="access.refused", after__path=url).exists()


def test_a_wrong_seat_is_refused_with_the_reason(survey):
    visit = survey.visit()
    for name in ("record", "edit", "cancel", "models"):
        url = reverse(f"visits:{name}", args=[visit.pk])
        answer = signed_in(survey.clerk).get(url)
        assert answer.status_code == 403
        assert "Chỉ cán bộ phụ trách phong trào" in answer.content.decode()
    assert Entry.objects.filter(verb="access.refused").count() == 4


def test_a_sheet_is_filled_without_a_script(survey):
    sheet = survey.visit().sheets.get()
    changes = {
        "texts-seen": "Đã mở rộng đường",
        "NEW-item": "Công khai",
        "NEW-found": "met",
        "NEW-points": "9,5",
        "photo": SimpleUploadedFile("duong.png", photo_bytes()),
        "caption": "Đường thôn",
    }
    data = posted_page(survey, sheet, **changes)
    client, url = signed_in(survey.member), reverse("visits:sheet", args=[sheet.pk])
    for _time in range(2):
        # somebody presses the button twice
        data["photo"] = SimpleUploadedFile("duong.png", photo_bytes())
        assert client.post(url, data).status_code == 302
    sheet.refresh_from_db()
    assert sheet.seen == "Đã mở rộng đường"
    finding = sheet.findings.get()
    assert (finding.item, finding.found, str(finding.points)) == ("Công khai", "met", "9.50")
    assert (sheet.photos.count(), sheet.entries.count()) == (1, 2)
    small = client.get(reverse("visits:photo-small", args=[sheet.photos.get().pk]))
    assert (small["Content-Type"], small.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    photo = client.get(reverse("visits:photo", args=[sheet.photos.get().pk]))
    assert photo.headers["Content-Type"] == "image/png"
    assert photo.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(photo.streaming_content) == photo_bytes()
    photo.close()


def test_what_was_not_touched_on_an_old_page_disturbs_nobody(survey):
    sheet = survey.visit().sheets.get()
    old = posted_page(survey, sheet, **{"texts-assessment": "Tốt"})
    take_entries(sheet=sheet, entries=[entry(seen="Mới")], by=survey.inspector, at=START)
    signed_in(survey.member).post(reverse("visits:sheet", args=[sheet.pk]), old)
    sheet.refresh_from_db()
    assert (sheet.seen, sheet.assessment) == ("Mới", "Tốt")


def test_a_conflict_is_shown_and_chosen_without_a_script(survey):
    sheet = survey.visit().sheets.get()
    old = posted_page(survey, sheet, **{"texts-seen": "Của tôi"})
    take_entries(sheet=sheet, entries=[entry(seen="Của người khác")], by=survey.inspector, at=START)
    client, url = signed_in(survey.member), reverse("visits:sheet", args=[sheet.pk])
    page = client.post(url, old, follow=True).content.decode()
    assert "Hai người cùng ghi một chỗ" in page
    assert "Của tôi" in page
    waiting = SheetEntry.objects.get(outcome=Outcome.CONFLICT)
    choice = {"keep": "sent", "version": 2}
    client.post(reverse("visits:settle", args=[waiting.pk]), choice)
    sheet.refresh_from_db()
    assert sheet.seen == "Của tôi"


def test_a_bad_photo_is_refused_in_words(survey):
    sheet = survey.visit().sheets.get()
    file = SimpleUploadedFile("anh.jpg", b"no picture")
    data = posted_page(survey, sheet, photo=file)
    client, url = signed_in(survey.member), reverse("visits:sheet", args=[sheet.pk])
    assert "Không nhận loại tệp" in client.post(url, data, follow=True).content.decode()
    assert not sheet.photos.exists()


def send(client, sheet, *entries):
    url = reverse("visits:sheet-send", args=[sheet.pk])
    return client.post(url, json.dumps({"entries": entries}), content_type="application/json")


def test_a_device_asks_how_far_the_sheet_has_come_and_sends(survey):
    sheet = survey.visit().sheets.get()
    client = signed_in(survey.member)
    state = client.get(reverse("visits:sheet-state", args=[sheet.pk])).json()
    assert (state["person"], state["versions"]) == (survey.member.user_id, {"texts": 1})
    one = {"id": str(uuid4()), "piece": "texts", "base": 1, "value": {"seen": "Một"}}
    written = one | {"written_at": "2024-10-08T09:00:00+07:00"}
    answers = [send(client, sheet, written).json() for _time in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["results"][0]["outcome"] == "taken"
    assert SheetEntry.objects.get().written_at.isoformat() == "2024-10-08T02:00:00+00:00"


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"entries": 3}', '{"entries": [{"id": "x"}]}', '{"entries": [1]}']
)
def test_what_cannot_be_read_is_refused_as_data(survey, body):
    sheet = survey.visit().sheets.get()
    url = reverse("visits:sheet-send", args=[sheet.pk])
    answer = signed_in(survey.member).post(url, body, content_type="application/json")
    assert (answer.status_code, answer.json()["reason"]) == (
        422,
        "Không đọc được nội dung thiết bị gửi lên.",
    )


def test_a_closed_visit_answers_the_device_with_the_reason_and_leaves_a_trace(survey):
    visit = survey.visit()
    sheet = visit.sheets.get()
    survey.conclude(visit)
    one = {"id": str(uuid4()), "piece": "texts", "base": 1, "value": {"seen": "Một"}}
    client = signed_in(survey.member)
    answer = send(client, sheet, one)
    assert answer.status_code == 403
    assert "đã kết luận" in answer.json()["reason"]
    url = reverse("visits:photo-send", args=[sheet.pk])
    photo = SimpleUploadedFile("a.png", photo_bytes())
    assert client.post(url, {"id": uuid4(), "photo": photo}).status_code == 403
    assert client.post(url, {"id": uuid4()}).json()["reason"] == "Không có ảnh kèm theo."
    assert Entry.objects.filter(verb="access.refused").count() == 2


def test_the_worker_serves_only_visits(survey):
    answer = signed_in(survey.member).get(reverse("visits:worker"))
    assert answer.headers["Service-Worker-Allowed"] == "/visits/"
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert reverse("visits:worker").startswith("/visits/")


def test_a_team_and_a_visit_are_made_on_screen(survey):
    client = signed_in(survey.officer)
    rows = {"member-TOTAL_FORMS": 2, "member-INITIAL_FORMS": 0, "member-0-part": "head"}
    data = {"name": "Đoàn số 2", "year": 2024, "member-0-name": "Giáp Thị Mẫu", **rows}
    assert client.post(reverse("visits:team-new"), data | {"name": " "}).status_code == 422
    assert client.post(reverse("visits:team-new"), data).status_code == 302
    team = SurveyTeam.objects.get(name="Đoàn số 2")
    plan = reverse("visits:new", args=[team.pk])
    doubtful = client.post(plan, {"unit": "dang uy", "held_on": "2024-10-08"})
    assert doubtful.status_code == 422
    assert "có thể là" in doubtful.content.decode()
    assert client.post(plan, {"unit": "TY-02", "held_on": "2024-10-08"}).status_code == 302
    visit = Visit.objects.get(team=team)
    assert visit.unit_name == "Đảng ủy xã Cao Xá"
    client.post(reverse("visits:team-announce", args=[team.pk]))
    visit.refresh_from_db()
    assert visit.state == VisitState.ANNOUNCED
    cancel = reverse("visits:cancel", args=[visit.pk])
    assert client.post(cancel, {"reason": ""}).status_code == 422
    assert client.post(cancel, {"reason": "Bão"}).status_code == 302


def test_visits_and_recommendations_stand_where_the_unit_looks_first(survey):
    survey.visit(VisitState.CONCLUDED)
    client = signed_in(survey.unit_head)
    month = client.get(reverse("home:calendar"), {"month": f"{HELD_ON:%Y-%m}"})
    assert "Khảo sát: Đảng ủy xã An Dương" in month.content.decode()
    work = client.get(reverse("home:my-work")).content.decode()
    assert "Kiến nghị sau khảo sát: Bổ sung hồ sơ minh chứng của mô hình" in work
