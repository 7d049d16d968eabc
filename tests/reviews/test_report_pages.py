"""The pages of reports: asking, writing, conflicts, returning, lists, without JavaScript."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.accounts import START
from tests.factories.organisations import Cast
from tests.factories.reviews import (
    make_review,
    opened_review,
    report_of,
    submitted_report,
    write_under,
)

from kheo.reviews.enums import ReportState, ReviewState
from kheo.reviews.models import Answer, Report
from kheo.reviews.queries.differences import differences_between

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(cast: Cast):
    """A review of the district that asks its three communes."""
    return opened_review(cast)


@pytest.fixture
def report(cast, opened):
    return report_of(opened, cast.communes[0])


@pytest.fixture
def clerk(client, cast: Cast):
    """A window in which the clerk of the first commune is signed in."""
    client.force_login(cast.clerk.user)
    return client


def address(name, report, *, number="I"):
    heading = report.review.headings.filter(number=number).first()
    return reverse(f"reviews:{name}", args=[report.pk, heading.pk])


def groups(**changes):
    """What an officer types to ask the communes."""
    soon = timezone.localdate() + timedelta(days=30)
    values = {
        "own_due_on": (soon + timedelta(days=10)).isoformat(),
        "groups-TOTAL_FORMS": "1",
        "groups-INITIAL_FORMS": "0",
        "groups-0-due_on": soon.isoformat(),
        "groups-0-listed": "TY-01\nĐảng ủy xã Cao Xá",
    }
    return values | changes


def test_who_will_be_asked_is_seen_before_anybody_is(officer, cast, review):
    url = reverse("reviews:open", args=[review.pk])
    page = officer.get(url).content.decode()
    assert "Các huyện, thị, thành ủy" in page
    shown = officer.post(url, groups(preview="1")).content.decode()
    assert "2 đơn vị" in shown
    assert "Đảng ủy xã Cao Xá" in shown
    assert not Report.objects.exists()
    assert officer.post(url, groups()).url == reverse("reviews:detail", args=[review.pk])
    assert Report.objects.count() == 3
    review.refresh_from_db()
    assert review.state == ReviewState.OPEN


@pytest.mark.parametrize(
    "wrong",
    [
        {"groups-0-listed": "Đảng ủy xã Không Có"},
        {"groups-0-listed": ""},
        {"groups-0-due_on": "2020-01-01"},
        {"groups-0-due_on": ""},
    ],
)
def test_what_cannot_be_asked_is_told_and_nobody_is_asked(officer, review, wrong):
    answer = officer.post(reverse("reviews:open", args=[review.pk]), groups(**wrong))
    assert answer.status_code == 422
    assert "Chưa yêu cầu đơn vị nào" in answer.content.decode()
    assert not Report.objects.exists()


def test_the_home_of_a_report_leads_to_each_heading(clerk, report, cast):
    write_under(report, "I", "Xã có **12** thôn", by=cast.clerk)
    page = clerk.get(reverse("reviews:report", args=[report.pk])).content.decode()
    for heading in report.review.headings.all():
        assert reverse("reviews:answer", args=[report.pk, heading.pk]) in page
    assert cast.clerk.user.full_name in page
    assert "Ký duyệt" in page


def test_a_heading_is_written_saved_and_read(clerk, report):
    heading = report.review.headings.first()
    heading.guidance = "- Nêu khái quát tình hình"
    heading.save()
    url = address("answer", report)
    assert "Nêu khái quát tình hình" in clerk.get(url).content.decode()
    answer = clerk.post(url, {"body": "Xã có 12 thôn", "version": "1"})
    assert answer.url.endswith(f"#heading-{heading.pk}")
    assert Answer.objects.get().body == "Xã có 12 thôn"
    following = str(report.review.headings.all()[1].pk)
    saved = clerk.post(url, {"body": "Xã có 13 thôn", "version": "2", "then": following})
    assert saved.url == reverse("reviews:answer", args=[report.pk, int(following)])
    reading = clerk.post(address("answer-preview", report), {"body": "| a | b |\n| 1 | 2 |"})
    assert "<table" in reading.content.decode()


def test_both_texts_are_shown_when_two_write_and_either_can_be_kept(clerk, report, cast):
    write_under(report, "I", "Của bí thư", by=cast.head)
    url = address("answer", report)
    answer = clerk.post(url, {"body": "Của văn phòng", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Của bí thư" in page
    assert "Của văn phòng" in page
    saved = clerk.post(
        address("answer-autosave", report), {"body": "Của văn phòng", "version": "1"}
    )
    assert saved.status_code == 409
    assert "bí" in saved.content.decode()
    clerk.post(url, {"body": "Của văn phòng", "version": "1", "confirmed_version": "2"})
    assert Answer.objects.get().body == "Của văn phòng"
    versions = clerk.get(address("answer-versions", report)).content.decode()
    assert "<del>" in versions
    assert cast.head.user.full_name in versions
    older = clerk.get(address("answer-versions", report) + "?version=2").content.decode()
    assert "Khôi phục phiên bản này" in older
    assert clerk.get(address("answer-versions", report) + "?version=99").status_code == 404


def test_saving_while_typing_tells_the_new_version(clerk, report):
    url = address("answer-autosave", report)
    answer = clerk.post(url, {"body": "Một", "version": "1"})
    assert (answer.status_code, answer["X-Version"]) == (200, "2")
    long = clerk.post(url, {"body": "chữ " * 60_000, "version": "2"})
    assert long.status_code == 422
    page = clerk.post(address("answer", report), {"body": "chữ " * 60_000, "version": "2"})
    assert page.status_code == 422
    assert "rút gọn" in page.content.decode()
    assert Answer.objects.get().body == "Một"


def test_scripts_and_markup_of_word_never_reach_a_page(clerk, report):
    rubbish = (
        '<p class=MsoNormal onclick="x()">Một</p><script>alert(7)</script><img src=x onerror=y>'
    )
    clerk.post(address("answer", report), {"body": rubbish, "version": "1"})
    page = clerk.get(address("answer", report)).content.decode()
    assert "alert(7)" not in page
    assert "onerror" not in page


def test_presence_names_the_other_and_not_oneself(clerk, client, report, cast):
    url = address("answer-presence", report)
    assert clerk.post(url).content.decode().strip() == ""
    client.force_login(cast.head.user)
    assert f"{cast.clerk.user.full_name} đang viết mục này" in client.post(url).content.decode()


def test_the_deeds_are_done_on_the_page(client, report, cast):
    home = reverse("reviews:report", args=[report.pk])
    turn = reverse("reviews:report-turn", args=[report.pk])

    def do(seat, deed):
        client.force_login(seat.user)
        row = Report.objects.get(pk=report.pk)
        client.post(turn, {"deed": deed, "version": str(row.version)})
        return Report.objects.get(pk=report.pk).state

    write_under(report, "I", "Một", by=cast.clerk)
    assert do(cast.head, "sign-off") == ReportState.SIGNED_OFF
    assert do(cast.head, "reopen") == ReportState.DRAFTING
    assert do(cast.clerk, "sign-off") == ReportState.DRAFTING, "a clerk does not sign"
    do(cast.head, "sign-off")
    client.post(turn, {"deed": "submit", "version": "1"})
    assert Report.objects.get(pk=report.pk).state == ReportState.SIGNED_OFF, "an old page"
    assert do(cast.clerk, "submit") == ReportState.SUBMITTED
    client.force_login(cast.officer.user)
    assert "Chấp nhận báo cáo" in client.get(home).content.decode()
    back = reverse("reviews:report-return", args=[report.pk])
    heading = report.review.headings.first()
    assert client.post(back, {"whole": ""}).status_code == 422
    assert client.post(back, {f"heading_{heading.pk}": "Nêu số hộ"}).url == home
    client.force_login(cast.clerk.user)
    assert "Nêu số hộ" in client.get(home).content.decode()
    assert "Nêu số hộ" in client.get(address("answer", report)).content.decode()
    submission = client.get(reverse("reviews:submission", args=[report.pk, 1])).content.decode()
    assert "Một" in submission


def test_an_acceptance_is_considered_again_on_the_page(officer, opened, cast):
    report = submitted_report(cast, opened)
    turn = reverse("reviews:report-turn", args=[report.pk])
    officer.post(turn, {"deed": "accept", "version": str(report.version)})
    assert Report.objects.get(pk=report.pk).state == ReportState.ACCEPTED
    because = reverse("reviews:report-because", args=[report.pk, "reconsider"])
    assert officer.post(because, {"reason": ""}).status_code == 422
    officer.post(because, {"reason": "Còn sót"})
    assert Report.objects.get(pk=report.pk).state == ReportState.SUBMITTED
    assert officer.post(turn, {"deed": "burn"}).status_code == 404


def test_the_officer_gives_time_excuses_asks_and_closes(officer, opened, cast, report):
    url = reverse("reviews:report-extend", args=[report.pk])
    assert officer.post(url, {"due_on": "2024-02-25", "reason": "Bão"}).status_code == 422
    officer.post(url, {"due_on": "2024-02-15", "reason": "Bão"})
    report.refresh_from_db()
    assert report.extension_reason == "Bão"
    excuse = reverse("reviews:report-because", args=[report.pk, "excuse"])
    officer.post(excuse, {"reason": "Đã báo cáo riêng"})
    officer.post(reverse("reviews:report-turn", args=[report.pk]), {"deed": "ask-again"})
    report.refresh_from_db()
    assert report.state == ReportState.DRAFTING
    root = report_of(opened, cast.district)
    another = reverse("reviews:ask-another", args=[root.pk])
    assert officer.post(another, {"unit": "TY-01", "due_on": "2124-01-01"}).status_code == 422
    close = reverse("reviews:close", args=[opened.pk])
    assert officer.get(close).status_code == 200
    officer.post(close, {"reason": ""})
    assert officer.post(close, {"reason": ""}).status_code == 422
    officer.post(close, {"reason": "Sót một xã"})
    opened.refresh_from_db()
    assert opened.state == ReviewState.OPEN


def test_reminding_shows_whom_and_goes_to_the_outbox(officer, opened, cast, report):
    url = reverse("reviews:remind", args=[opened.pk])
    assert officer.get(url).content.decode().count("data-bulk name") == 3
    assert officer.post(url, {}).url == url
    assert "/notices/" in officer.post(url, {"report": [str(report.pk), "x"]}).url


def test_the_outline_is_taken_over_with_guidance_and_purposes(officer, cast, review):
    source = make_review(cast.district)
    heading = source.headings.first()
    edit = reverse("reviews:heading-edit", args=[source.pk, heading.pk])
    typed = {"title": heading.title, "guidance": "Nêu gọn", "purpose": "field", "field": ""}
    assert officer.post(edit, typed).status_code == 422
    officer.post(edit, typed | {"purpose": "general"})
    review.headings.filter(number="III").delete()
    url = reverse("reviews:outline-copy", args=[review.pk])
    officer.post(url, {"source": str(source.pk), "version": str(review.version)})
    first = review.headings.first()
    assert (first.guidance, first.purpose) == ("Nêu gọn", "general")
    assert review.headings.count() == source.headings.count()
    assert "Nêu gọn" in officer.get(reverse("reviews:outline", args=[review.pk])).content.decode()
    assert officer.post(url, {"source": "0"}).status_code == 422


def test_drafts_are_hidden_from_above_and_strangers_know_nothing(client, report, cast):
    write_under(report, "I", "Bí mật của xã", by=cast.clerk)
    home = reverse("reviews:report", args=[report.pk])
    client.force_login(cast.officer.user)
    page = client.get(home).content.decode()
    assert "Bí mật của xã" not in page
    assert "Đơn vị đang soạn" in page
    assert client.get(address("answer-versions", report)).status_code == 403
    client.force_login(cast.stranger.user)
    assert client.get(home).status_code == 404


def test_lists_ask_as_often_with_three_rows_as_with_one(
    officer, cast, opened, django_assert_max_num_queries
):
    submitted_report(cast, opened, at=START)
    url = reverse("reviews:detail", args=[opened.pk])
    officer.get(url)
    with django_assert_max_num_queries(24):
        assert "Đảng ủy xã Cao Xá" in officer.get(url).content.decode()
    with django_assert_max_num_queries(9):
        part = officer.get(url, {"state": "owing"}, headers={"HX-Request": "true"})
    assert "Đảng ủy xã An Dương" not in part.content.decode()
    officer.force_login(cast.clerk.user)
    officer.get(reverse("reviews:mine"))
    with django_assert_max_num_queries(9):
        assert "Sơ kết 03 năm" in officer.get(reverse("reviews:mine")).content.decode()


def test_differences_tell_words_inside_a_line_and_skip_what_stayed():
    before = "\n".join(f"dòng {number}" for number in range(20))
    after = before.replace("dòng 9", "dòng chín")
    lines = differences_between(before, after)
    assert [line.kind for line in lines].count("skipped") == 2
    removed = next(line for line in lines if line.kind == "removed")
    assert [text for kind, text in removed.pieces if kind == "removed"] == ["9"]
    assert differences_between("a", "") == differences_between("a\n", "")
    long = differences_between("x " * 2000, "y " * 2000)
    assert [line.kind for line in long] == ["removed", "added"]
