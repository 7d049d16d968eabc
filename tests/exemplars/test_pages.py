"""Pages of registrations: who sees what, what a form keeps, how many statements they cost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.exemplars import IN_TIME, PERSON, filled, make_draft

from kheo.exemplars.enums import State
from kheo.exemplars.models import Evidence, Registration
from kheo.rounds.enums import Form


@pytest.fixture
def today(monkeypatch):
    """The day on which the pages are used: within the round of S4."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: IN_TIME)
    return IN_TIME


@pytest.fixture
def sign_in(client, today):
    def as_seat(seat):
        client.force_login(seat.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_seat


def posted(**changes) -> dict[str, object]:
    values = filled(**changes)
    return values | {"level": values["level"].pk if values["level"] else ""}


def test_every_page_opens_for_those_concerned(stage, sign_in):
    rows = [stage.registration(state) for state in State if state != State.WITHDRAWN]
    part = stage.part()
    for seat in (stage.clerk, stage.head, stage.officer, stage.cast.leader):
        client = sign_in(seat)
        urls = [reverse("exemplars:list"), reverse("exemplars:unit-round", args=[part.pk])]
        urls += [reverse("exemplars:detail", args=[row.pk]) for row in rows]
        for url in urls:
            assert client.get(url).status_code == 200, (seat, url)
    client = sign_in(stage.officer)
    assert client.get(reverse("exemplars:check")).status_code == 200
    client = sign_in(stage.head)
    for name in ("unit-sign-off", "unit-submit", "replicate"):
        assert client.get(reverse(f"exemplars:{name}", args=[part.pk])).status_code == 200


def test_stranger_finds_nothing(stage, sign_in):
    row = stage.registration(State.SUBMITTED)
    client = sign_in(stage.cast.stranger)
    for name in ("detail", "edit", "preview", "autosave", "discard", "return"):
        url = reverse(f"exemplars:{name}", args=[row.pk])
        answer = client.post(url) if name in {"preview", "autosave"} else client.get(url)
        assert answer.status_code == 404, name
    assert client.get(reverse("exemplars:unit-round", args=[stage.part().pk])).status_code == 404
    assert client.get(reverse("exemplars:paper", args=[row.pk, "pdf"])).status_code == 404
    assert row.name not in client.get(reverse("exemplars:list")).content.decode()


def test_neighbour_unit_does_not_read_or_send_ours(stage, sign_in):
    row = stage.registration(State.SIGNED_OFF)
    client = sign_in(stage.head_of(stage.cast.communes[1]))
    assert client.get(reverse("exemplars:detail", args=[row.pk])).status_code == 404
    assert client.post(reverse("exemplars:deed", args=[row.pk, "submit"])).status_code == 404


def test_clerk_begins_writes_and_sees_the_hints_of_the_form(stage, sign_in):
    client = sign_in(stage.clerk)
    begun = client.post(reverse("exemplars:start", args=[stage.part().pk]), {"form": "collective"})
    row = Registration.objects.get()
    assert begun.url == reverse("exemplars:edit", args=[row.pk])
    page = client.get(begun.url).content.decode()
    assert "Nêu tóm tắt nội dung từ 03 đến 05 dòng" in page
    assert 'data-lines="3-5"' in page
    client.post(begun.url, posted() | {"version": row.version})
    row.refresh_from_db()
    assert row.name.startswith("Vận động")
    assert row.starts_on.month == 3


def test_unknown_form_is_refused_with_a_message(stage, sign_in):
    client = sign_in(stage.clerk)
    url = reverse("exemplars:start", args=[stage.part().pk])
    answer = client.post(url, {"form": "M9"}, follow=True)
    assert "M9" in answer.content.decode()
    assert not Registration.objects.exists()


def test_too_long_name_is_refused_kindly_and_the_rest_is_saved(stage, sign_in):
    row = make_draft(stage.part(), stage.clerk)
    client = sign_in(stage.clerk)
    url = reverse("exemplars:edit", args=[row.pk])
    long_name = "Rất dài " * 50
    answer = client.post(url, posted(name=long_name, scope="Thôn Mới") | {"version": row.version})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert long_name.strip()[:80] in page
    row.refresh_from_db()
    assert row.scope == "Thôn Mới"
    assert row.name.startswith("Vận động")
    again = client.post(url, posted(name="Ngắn") | {"version": row.version})
    assert again.status_code == 302


def test_autosave_answers_new_version_and_conflict_shows_both_texts(stage, sign_in):
    row = make_draft(stage.part(), stage.clerk)
    client = sign_in(stage.clerk)
    url = reverse("exemplars:autosave", args=[row.pk])
    first = client.post(url, posted(name="Cửa sổ một") | {"version": row.version})
    assert first.headers["X-Version"] == str(row.version + 1)
    second = client.post(url, posted(name="Cửa sổ hai") | {"version": row.version})
    page = second.content.decode()
    assert second.status_code == 409
    assert "Cửa sổ một" in page
    assert "Cửa sổ hai" in page
    chosen = posted(name="Cửa sổ hai") | {
        "version": row.version,
        "confirmed_version": row.version + 1,
    }
    client.post(reverse("exemplars:edit", args=[row.pk]), chosen)
    row.refresh_from_db()
    assert row.name == "Cửa sổ hai"


def test_preview_escapes_what_is_typed_and_saves_nothing(stage, sign_in):
    row = make_draft(stage.part(), stage.clerk)
    client = sign_in(stage.clerk)
    typed = posted(name="<script>alert(1)</script>") | {"version": row.version}
    page = client.post(reverse("exemplars:preview", args=[row.pk]), typed).content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    row.refresh_from_db()
    assert row.name.startswith("Vận động")


def test_html_in_text_is_escaped_on_every_page(stage, sign_in):
    evil = "<img src=x onerror=alert(1)>"
    row = stage.registration(State.SUBMITTED, name=evil, content=evil)
    for seat in (stage.head, stage.officer):
        client = sign_in(seat)
        for url in (
            reverse("exemplars:detail", args=[row.pk]),
            reverse("exemplars:list"),
            reverse("exemplars:unit-round", args=[row.participation_id]),
            reverse("exemplars:check"),
        ):
            assert "<img src=x" not in client.get(url).content.decode(), url


def test_remarks_stand_beside_their_item_and_change_since_is_shown(stage, sign_in):
    row = stage.registration(State.RETURNED)
    client = sign_in(stage.clerk)
    url = reverse("exemplars:edit", args=[row.pk])
    page = client.get(url).content.decode()
    assert "Nêu rõ cách vận động." in page
    client.post(url, posted(content="Nội dung đã sửa.") | {"version": row.version})
    page = client.get(url).content.decode()
    assert "Họp thôn bàn bạc" in page


def test_officer_returns_with_remarks_per_item(stage, sign_in):
    row = stage.registration(State.SUBMITTED)
    client = sign_in(stage.officer)
    url = reverse("exemplars:return", args=[row.pk])
    assert "on-content" in client.get(url).content.decode()
    empty = client.post(url, {"due_on": "2024-03-01"})
    assert empty.status_code == 422
    client.post(url, {"due_on": "2024-03-01", "on-content": "Cụ thể hơn", "whole": ""})
    row.refresh_from_db()
    assert row.state == State.RETURNED
    assert list(row.remarks.values_list("item", "text")) == [("content", "Cụ thể hơn")]


def test_submitting_less_than_asked_must_be_acknowledged(stage, sign_in):
    row = stage.registration(State.SIGNED_OFF)
    client = sign_in(stage.head)
    url = reverse("exemplars:unit-submit", args=[stage.part().pk])
    assert client.post(url, {"r": [row.pk]}).status_code == 422
    client.post(url, {"r": [row.pk], "acknowledge": "on"})
    row.refresh_from_db()
    assert row.state == State.SUBMITTED


def test_person_registered_twice_is_flagged_before_submitting(stage, sign_in):
    stage.registration(State.SUBMITTED, unit=stage.cast.communes[1], form=Form.INDIVIDUAL)
    stage.registration(State.SIGNED_OFF, form=Form.INDIVIDUAL)
    client = sign_in(stage.head)
    page = client.get(reverse("exemplars:unit-submit", args=[stage.part().pk])).content.decode()
    assert stage.cast.communes[1].name in page
    assert PERSON["full_name"] in page


def test_evidence_is_kept_given_back_and_refused_by_content(stage, sign_in):
    row = make_draft(stage.part(), stage.clerk)
    client = sign_in(stage.clerk)
    add = reverse("exemplars:evidence-add", args=[row.pk])
    client.post(add, {"file": SimpleUploadedFile("Biên bản.pdf", b"%PDF-1.7 thu")})
    kept = Evidence.objects.get()
    answer = client.get(reverse("exemplars:evidence", args=[kept.pk]))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 thu"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    page = client.post(add, {"file": SimpleUploadedFile("a.pdf", b"MZ\x90")}, follow=True)
    assert "a.pdf" in page.content.decode()
    assert Evidence.objects.count() == 1
    client = sign_in(stage.cast.stranger)
    assert client.get(reverse("exemplars:evidence", args=[kept.pk])).status_code == 404


def test_too_large_file_is_stopped_with_a_message(stage, sign_in, settings):
    settings.EVIDENCE_LIMIT_MIB = 1
    row = make_draft(stage.part(), stage.clerk)
    client = sign_in(stage.clerk)
    big = SimpleUploadedFile("phim.mp4", b"\0\0\0\x18ftypmp42" + b"0" * (3 * 1024 * 1024))
    page = client.post(reverse("exemplars:evidence-add", args=[row.pk]), {"file": big}, follow=True)
    assert "phim.mp4" in page.content.decode()
    assert "1 MiB" in page.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("fmt", ["docx", "pdf", "xlsx"])
def test_paper_downloads_in_each_format(stage, sign_in, fmt):
    row = stage.registration(State.SUBMITTED)
    client = sign_in(stage.officer)
    answer = client.get(reverse("exemplars:paper", args=[row.pk, fmt]))
    assert answer.status_code == 200
    assert f".{fmt}" in answer.headers["Content-Disposition"]
    assert len(answer.content) > 1000


@pytest.mark.parametrize("page", ["list", "check", "unit-round"])
def test_number_of_statements_does_not_grow_with_rows(
    stage, sign_in, page, django_assert_max_num_queries
):
    seat = stage.officer if page == "check" else stage.head
    args = [stage.part().pk] if page == "unit-round" else []
    counts = []
    for added in (1, 2):
        for number in range(added):
            stage.registration(State.SUBMITTED, name=f"Mô hình {added}-{number}")
        client = sign_in(seat)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(f"exemplars:{page}", args=args)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_list_filters_without_tone_marks(stage, sign_in):
    stage.registration(State.SUBMITTED, name="Đường hoa nông thôn")
    stage.registration(State.SUBMITTED, name="Camera an ninh")
    client = sign_in(stage.officer)
    # the words of the content count too, so the name is asked for as a phrase
    page = client.get(reverse("exemplars:list"), {"q": '"duong hoa"'}).content.decode()
    assert "Đường hoa nông thôn" in page
    assert "Camera an ninh" not in page
    page = client.get(reverse("exemplars:list"), {"state": "registered", "field": "economy"})
    assert page.context["page"].total == 2
