"""The checking page: what it shows, who may decide, and each way of deciding without scripts."""

import json
import re

import pytest
from django.urls import reverse
from tests.directives.checking import TEXT, found, make_reading
from tests.factories.directives import (
    DocumentFactory,
    FindingFactory,
    OriginFactory,
    ReadingFactory,
)

from kheo.audit.models import Entry

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def reading(cast):
    return make_reading(cast.district)


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.officer.user)
    return client


def address(name, *arguments):
    return reverse(f"directives:{name}", args=arguments)


def shown(client, reading, query=""):
    answer = client.get(address("reading", reading.document_id) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_everything_in_plain_words(officer, reading):
    OriginFactory(finding=found(reading, "quota"))
    text = shown(officer, reading)
    for words in (
        "27/02/2024",
        "từ 4 đến 5 cấp huyện",
        "Ngày trong “trước ngày 31/4/2024” không có trong lịch.",
        "Chấp nhận 5 nội dung chắc chắn",
        "đã lập việc từ câu này",
        "Ban Dân vận Huyện ủy Tân Yên",
        "nhóm gồm 3 cơ quan, đơn vị",
        "khá chắc chắn",
    ):
        assert words in text, words
    assert re.sub(r"<[^>]+>", "", text).count("Hiến đất làm đường") == 1


def test_words_and_findings_lead_to_each_other_by_plain_links(officer, reading):
    text = shown(officer, reading)
    for row in reading.findings.all():
        for there in (f'href="#finding-{row.pk}"', f'href="#text-{row.pk}"'):
            assert text.count(there) == 1
        for here in (f'id="finding-{row.pk}"', f'id="text-{row.pk}"'):
            assert text.count(here) == 1


def test_text_that_looks_like_markup_stays_text(officer, cast):
    document = DocumentFactory(owner=cast.district)
    reading = ReadingFactory(document=document, text="<script>alert(1)</script> & chậm nhất")
    FindingFactory(reading=reading, start=0, end=8, text="<script>", field="theme", value="<b>")
    text = shown(officer, reading)
    assert "<script>alert" not in text
    assert "&lt;b&gt;" in text


def test_accepting_leads_back_to_the_finding(officer, reading):
    row = found(reading, "issuer")
    answer = officer.post(address("finding-accept", row.pk, 1))
    assert answer.url == f"{address('reading', reading.document_id)}#finding-{row.pk}"
    assert found(reading, "issuer").state == "accepted"


def test_htmx_gets_the_finding_and_the_counts(officer, reading):
    row = found(reading, "issuer")
    answer = officer.post(address("finding-accept", row.pk, 1), **HTMX).content.decode()
    assert answer.lstrip().startswith("<article")
    assert 'data-state="accepted"' in answer
    assert 'id="reading-summary" hx-swap-oob="true"' in answer
    assert "<html" not in answer
    part = officer.get(address("finding", row.pk), **HTMX).content.decode()
    assert f"/reopen/{found(reading, 'issuer').version}" in part


def test_a_stale_window_is_told_and_changes_nothing(officer, reading):
    row = found(reading, "issuer")
    officer.post(address("finding-accept", row.pk, 1))
    told = officer.post(address("finding-reopen", row.pk, 1), follow=True).content.decode()
    assert "ở cửa sổ khác" in told
    assert (
        "ở cửa sổ khác"
        in officer.post(address("finding-reopen", row.pk, 1), **HTMX).content.decode()
    )
    assert found(reading, "issuer").state == "accepted"


def test_a_stale_correction_keeps_what_was_typed_and_asks_again(officer, reading):
    row = found(reading, "issuer")
    officer.post(address("finding-accept", row.pk, 1))
    typed = {"text": "Thị ủy Việt Yên", "version": "1"}
    answer = officer.post(address("finding-correct", row.pk), typed)
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "ở cửa sổ khác" in told
    assert "Thị ủy Việt Yên" in told
    assert found(reading, "issuer").value == "Huyện ủy Tân Yên"
    officer.post(address("finding-correct", row.pk), typed | {"version": "2"})
    assert found(reading, "issuer").value == "Thị ủy Việt Yên"


CORRECTIONS = [
    (
        "deadline",
        {"on": "31/3", "yearly": "on", "exceptions": "2021: 01/5", "role": "register"},
        {"on": "--03-31", "every": "year", "except": [{"year": 2021, "on": "2021-05-01"}]},
    ),
    ("deadline", {"on": "1/3/2024", "role": "meeting"}, {"on": "2024-03-01", "every": None}),
    (
        "quota",
        {"min": "1", "max": "", "level": "tỉnh", "what": "register"},
        {"min": 1, "max": None},
    ),
    ("symbol", {"text": "Số 9 - CV/HU"}, "09-CV/HU"),
    ("issued_on", {"text": "02/2024"}, "2024-02"),
    ("issued_on", {"text": "16/3/2021"}, "2021-03-16"),
    (
        "assignment",
        {"ordinal": "2", "content": "Việc", "executing": "Ban A\n\nBan B", "time": ""},
        {"ordinal": 2, "content": "Việc", "executing": ["Ban A", "Ban B"], "time": None},
    ),
    ("kind", {"text": "KH"}, "KH"),
    ("number", {"text": ""}, None),
    (
        "signature",
        {"name": "Nguyễn Văn Mẫu", "authority": "T/M"},
        {"name": "Nguyễn Văn Mẫu", "authority": "T/M", "body": None},
    ),
    (
        "reference",
        {"symbol": "11-CT/TU", "issued_on": "28/9/2021", "relation": "implements"},
        {"symbol": "11-CT/TU", "issued_on": "2021-09-28", "kind": None},
    ),
    ("outline", {"number": "I", "title": "Tình hình chung", "depth": "1"}, {"number": "I"}),
    (
        "figure",
        {"total": "5", "parts": "kinh tế: 3\nvăn hóa: 1"},
        {"parts": {"kinh tế": 3, "văn hóa": 1}, "adds_up": False},
    ),
]


@pytest.mark.parametrize(("field", "typed", "kept"), CORRECTIONS)
def test_each_field_is_corrected_in_a_form_of_its_own(officer, reading, field, typed, kept):
    row = reading.findings.filter(field=field).first() or FindingFactory(
        reading=reading, ordinal=50, field=field, value=None, proposed="x"
    )
    form = officer.get(address("finding-correct", row.pk)).content.decode()
    assert all(f'name="{name}"' in form for name in typed)
    answer = officer.post(address("finding-correct", row.pk), typed | {"version": "1"})
    assert answer.status_code == 302, answer.content.decode()
    row.refresh_from_db()
    assert row.state == "corrected"
    got = row.value if not isinstance(kept, dict) else {key: row.value[key] for key in kept}
    assert got == kept


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("deadline", {"on": "31/4/2024", "role": "task"}, "Ngày 31/4/2024 không có trong lịch."),
        ("deadline", {"on": "hôm qua", "role": "task"}, "không phải là ngày"),
        ("deadline", {"on": "31/4", "yearly": "on", "role": "task"}, "không có trong lịch"),
        ("deadline", {"on": "1/3/2024", "exceptions": "2021: 1/5", "role": "task"}, "hằng năm mới"),
        ("deadline", {"on": "1/3", "yearly": "on", "exceptions": "mai", "role": "task"}, "năm kèm"),
        ("deadline", {"on": "1/3/3024", "role": "task"}, "từ 1900 đến 2100"),
        ("quota", {"min": "", "max": "", "what": "register"}, "Hãy ghi số ít nhất"),
        ("quota", {"min": "5", "max": "4", "what": "register"}, "nhỏ hơn số ít nhất"),
        ("symbol", {"text": "không phải"}, "31-KH/TU"),
        ("figure", {"total": "5", "parts": "ba"}, "kinh tế: 53"),
        ("assignment", {"content": ""}, "field-errors"),
    ],
)
def test_what_cannot_be_is_said_beside_the_box(officer, reading, field, typed, why):
    row = reading.findings.filter(field=field).first() or FindingFactory(
        reading=reading, ordinal=50, field=field
    )
    answer = officer.post(address("finding-correct", row.pk), typed | {"version": "1"})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "proposed"


def test_rejecting_asks_for_a_reason_and_needs_none(officer, reading):
    row = found(reading, "form")
    assert (
        'name="reason"' in officer.get(address("finding-reject", row.pk), **HTMX).content.decode()
    )
    officer.post(address("finding-reject", row.pk), {"version": "1"})
    assert found(reading, "form").state == "rejected"


def test_all_certain_ones_are_shown_before_they_are_accepted(officer, reading):
    there = address("accept-certain", reading.document_id)
    preview = officer.get(there).content.decode()
    assert "Chấp nhận 5 nội dung chắc chắn?" in preview
    assert "45-CV/HU" in preview
    assert "31/04/2024" not in preview
    assert reading.findings.filter(state="accepted").count() == 0
    stale = officer.post(there, {"version": "7"}, follow=True).content.decode()
    assert "ở cửa sổ khác" in stale
    done = officer.post(there, {"version": "1"}, follow=True).content.decode()
    assert "Đã chấp nhận 5 nội dung." in done
    assert reading.findings.filter(state="accepted").count() == 5


def test_words_are_pasted_looked_up_and_added(officer, reading):
    there = address("finding-add", reading.document_id)
    asked = {"field": "quota", "words": "ít nhất 01   nội dung\ncấp tỉnh"}
    form = officer.get(there, asked).content.decode()
    start = TEXT.index("ít nhất 01")
    assert f'name="start" value="{start}"' in form
    typed = asked | {"min": "1", "level": "tỉnh", "what": "register"}
    answer = officer.post(there, typed)
    row = reading.findings.get(state="added")
    assert answer.url.endswith(f"#finding-{row.pk}")
    assert (row.start, row.text) == (start, "ít nhất 01 nội dung cấp tỉnh")
    again = officer.post(there, typed)
    assert again.status_code == 422
    assert "đã được đánh dấu" in again.content.decode()


def test_a_selection_gives_its_place_and_a_wrong_place_is_looked_up(officer, reading):
    there = address("finding-add", reading.document_id)
    second = TEXT.rindex("đăng ký")
    asked = {"field": "theme", "words": "đăng ký", "start": second, "end": second + 7}
    assert f'name="start" value="{second}"' in officer.get(there, asked).content.decode()
    wrong = officer.get(there, asked | {"start": 0, "end": 3}).content.decode()
    assert f'name="start" value="{TEXT.index("đăng ký")}"' in wrong
    missing = officer.get(there, {"field": "theme", "words": "không có đoạn này"})
    assert missing.status_code == 422
    assert "đúng nguyên văn" in missing.content.decode()


def test_a_name_is_asked_searched_and_settled(officer, cast, reading):
    name = "Hội Làm vườn huyện"
    text = shown(officer, reading, f"?name={name}&q=nong+nghiep")
    assert f'<option value="{cast.agency.pk}" selected>' in text
    there = address("name-body", reading.document_id)
    officer.post(there, {"name": name, "organisation": cast.agency.pk})
    assert found(reading, "assignment").bodies == {name: cast.agency.pk}
    told = officer.post(there, {"name": name, "organisation": "999999"}, follow=True)
    assert "thuộc hệ thống" in told.content.decode()


def test_the_case_can_be_downloaded(officer, reading):
    officer.post(address("finding-accept", found(reading, "issuer").pk, 1))
    answer = officer.get(address("reading-case", reading.document_id))
    assert "attachment" in answer["Content-Disposition"]
    case = json.loads(answer.content)
    assert (case["text"], case["gold"]["issuer"]) == (TEXT, "Huyện ủy Tân Yên")


def test_readers_see_and_do_not_decide(client, cast, reading):
    row = found(reading, "issuer")
    for seat in (cast.clerk, cast.leader):
        client.force_login(seat.user)
        text = shown(client, reading)
        assert "27/02/2024" in text
        assert "finding-deeds" not in text
        assert client.post(address("finding-accept", row.pk, 1)).status_code == 403
        assert client.get(address("finding-correct", row.pk)).status_code == 403
        assert client.get(address("accept-certain", reading.document_id)).status_code == 403
        assert client.get(address("finding-add", reading.document_id)).status_code == 403
        assert client.post(address("name-body", reading.document_id)).status_code == 403
    assert Entry.objects.filter(verb="access.refused").count() == 10


def test_a_guessed_address_is_not_found(client, cast, reading):
    client.force_login(cast.stranger.user)
    row = found(reading, "issuer")
    assert client.get(address("reading", reading.document_id)).status_code == 404
    assert client.post(address("finding-accept", row.pk, 1)).status_code == 404
    assert client.get(address("reading-case", reading.document_id)).status_code == 404


def test_a_document_without_a_file_says_what_to_do(officer, cast):
    document = DocumentFactory(owner=cast.district)
    answer = officer.get(address("reading", document.pk))
    assert "Chưa đọc tệp nào" in answer.content.decode()
    assert officer.get(address("reading-case", document.pk)).status_code == 404


def test_three_hundred_findings_cost_as_many_statements_as_nine(
    officer, reading, django_assert_max_num_queries
):
    with django_assert_max_num_queries(40) as few:
        shown(officer, reading)
    words = "chậm nhất ngày 27/02/2024"
    place = TEXT.index(words)
    for number in range(300):
        FindingFactory(
            reading=reading,
            ordinal=100 + number,
            field="addressee",
            value=f"Đảng ủy xã Số {number}",
            start=place,
            end=place + 1 + number % len(words),
        )
    with django_assert_max_num_queries(len(few)):
        shown(officer, reading)
