"""What a visit comes to: conclusions, the unit's remark, recommendations answered and reminded."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_q.models import Schedule
from tests.factories.accounts import HANOI, START
from tests.factories.visits import entry

from kheo.notices.models import Notice
from kheo.organisations.rules import NotAllowedError
from kheo.ui.uploads import AttachmentError
from kheo.visits.actions import (
    AdviceTerms,
    RecordTerms,
    accept_answer,
    answer_advice,
    conclude_visit,
    keep_advice_schedule,
    record_visit,
    remark_on_visit,
    remind_of_advice,
    reopen_visit,
    return_answer,
    take_entries,
)
from kheo.visits.enums import AdviceState, VisitState
from kheo.visits.rules.deeds import StaleVisitError, VisitError
from kheo.visits.tasks import mind_advice

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(survey):
    return survey.visit(VisitState.CONCLUDED)


def latest(seat) -> Notice:
    return Notice.objects.filter(user=seat.user).latest("pk")


def test_a_concluded_visit_tells_the_unit_what_is_recommended(survey, visit):
    notice = latest(survey.clerk)
    assert notice.subject == "Kết quả cuộc khảo sát ngày 08/10/2024"
    assert "Bổ sung hồ sơ minh chứng của mô hình (thời hạn: 15/11/2024)" in notice.body


def test_a_visit_is_not_concluded_without_words_or_while_a_choice_waits(survey):
    visit = survey.visit()
    with pytest.raises(VisitError, match="Chưa có kết luận"):
        conclude_visit(visit=visit, by=survey.officer, at=START)
    sheet = visit.sheets.get()
    for seat, text in ((survey.member, "Một"), (survey.inspector, "Hai")):
        take_entries(sheet=sheet, entries=[entry(seen=text)], by=seat, at=START)
    with pytest.raises(VisitError, match="chờ lựa chọn"):
        survey.conclude(visit)


def test_a_record_in_two_windows_keeps_the_first(survey):
    visit = survey.visit()
    seen = visit.version
    terms = RecordTerms(conclusions="Một")
    record_visit(visit=visit, terms=terms, seen_version=seen, by=survey.head, at=START)
    with pytest.raises(StaleVisitError):
        record_visit(visit=visit, terms=terms, seen_version=seen, by=survey.officer, at=START)


def test_a_visit_opened_again_is_written_again_but_keeps_what_was_answered(survey, visit):
    with pytest.raises(VisitError, match="lý do mở lại"):
        reopen_visit(visit=visit, reason=" ", by=survey.officer, at=START)
    advice = visit.recommendations.get()
    answer_advice(advice=advice, text="Đã bổ sung", by=survey.clerk, at=START)
    reopen_visit(visit=visit, reason="Ghi nhầm tên mô hình", by=survey.officer, at=START)
    with pytest.raises(VisitError, match="phải giữ lại"):
        survey.conclude(visit, advice=[])
    kept = AdviceTerms(text="Viết lại", organisation=visit.organisation, key=advice.pk)
    survey.conclude(visit, advice=[kept])
    advice.refresh_from_db()
    assert (advice.text, advice.state) == ("Viết lại", AdviceState.ANSWERED)


def test_a_recommendation_stays_within_the_reach_of_the_body(survey):
    visit = survey.visit()
    stranger = AdviceTerms(text="Rà soát", organisation=survey.cast.elsewhere)
    with pytest.raises(VisitError, match="ngoài phạm vi"):
        survey.conclude(visit, advice=[stranger])


def test_the_unit_remarks_on_a_concluded_visit_and_the_team_is_told(survey, visit):
    with pytest.raises(NotAllowedError):
        remark_on_visit(visit=visit, text="x", by=survey.officer, at=START)
    with pytest.raises(VisitError, match="Hãy ghi ý kiến"):
        remark_on_visit(visit=visit, text=" ", by=survey.unit_head, at=START)
    remark_on_visit(visit=visit, text="Đơn vị nhất trí.", by=survey.unit_head, at=START)
    assert latest(survey.officer).subject == "Đảng ủy xã An Dương đã có ý kiến về cuộc khảo sát"
    assert latest(survey.head).body == "Đơn vị nhất trí."


def test_a_recommendation_goes_to_and_fro_until_it_is_followed(survey, visit):
    advice = visit.recommendations.get()
    file = SimpleUploadedFile("Bao cao.pdf", b"%PDF-1.7")
    answer_advice(advice=advice, text="Đã bổ sung", files=[file], by=survey.clerk, at=START)
    assert latest(survey.officer).subject.endswith("đã trả lời kiến nghị sau khảo sát")
    with pytest.raises(NotAllowedError):
        answer_advice(advice=advice, text="Lần nữa", by=survey.clerk, at=START)
    with pytest.raises(VisitError, match="còn thiếu"):
        return_answer(advice=advice, reason="", by=survey.inspector, at=START)
    return_answer(advice=advice, reason="Thiếu ảnh", by=survey.inspector, at=START)
    assert latest(survey.clerk).body == "Thiếu ảnh"
    answer_advice(advice=advice, text="Đã gửi ảnh", by=survey.unit_head, at=START)
    accept_answer(advice=advice, by=survey.member, at=START)
    advice.refresh_from_db()
    assert (advice.state, advice.done_at) == (AdviceState.DONE, START)
    assert [one.name for one in advice.files.all()] == ["Bao cao.pdf"]
    with pytest.raises(NotAllowedError):
        accept_answer(advice=advice, by=survey.member, at=START)


def test_an_answer_says_something_and_a_bad_file_leaves_nothing(survey, visit, settings):
    advice = visit.recommendations.get()
    with pytest.raises(VisitError, match="Hãy nêu đơn vị"):
        answer_advice(advice=advice, text=" ", by=survey.clerk, at=START)
    files = [SimpleUploadedFile("a.pdf", b"%PDF-1.7"), SimpleUploadedFile("b.exe", b"MZ")]
    with pytest.raises(AttachmentError):
        answer_advice(advice=advice, text="Xong", files=files, by=survey.clerk, at=START)
    assert not [one for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file()]
    advice.refresh_from_db()
    assert advice.state == AdviceState.OPEN


def test_units_are_reminded_a_week_and_a_day_before_and_every_week_after(survey, visit):
    due = date(2024, 11, 15)
    told = []
    for day in range(-10, 17):
        on = due + timedelta(days=day)
        at = datetime(on.year, on.month, on.day, 7, 0, tzinfo=HANOI)
        if mind_advice(at):
            told.append(day)
        # a second run on the same day tells nobody again
        assert remind_of_advice(at=at) == 0
    assert told == [-7, -1, 1, 8, 15]
    assert latest(survey.clerk).subject == "1 kiến nghị sau khảo sát chờ đơn vị trả lời"


def test_what_was_answered_or_never_concluded_reminds_nobody(survey, visit):
    advice = visit.recommendations.get()
    at = datetime(2024, 11, 20, 7, 0, tzinfo=HANOI)
    answer_advice(advice=advice, text="Đã bổ sung", by=survey.clerk, at=START)
    assert remind_of_advice(at=at) == 0
    return_answer(advice=advice, reason="Thiếu ảnh", by=survey.officer, at=START)
    reopen_visit(visit=visit, reason="Sửa", by=survey.officer, at=START)
    assert remind_of_advice(at=at) == 0


def test_the_schedule_of_reminders_is_kept_once():
    keep_advice_schedule()
    keep_advice_schedule()
    assert Schedule.objects.filter(func="kheo.visits.tasks.mind_advice").count() == 1
