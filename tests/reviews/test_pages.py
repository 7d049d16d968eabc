"""The pages of reviews: who sees them, what they show, and editing without JavaScript."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories.accounts import START
from tests.factories.reviews import make_review, s0_terms

from kheo.audit.models import Entry
from kheo.organisations.rules import NotAllowedError
from kheo.reviews.actions import DueTerms, create_review, delete_draft_review, edit_review
from kheo.reviews.enums import ReviewState
from kheo.reviews.models import Review
from kheo.reviews.queries.reviews import found_reviews, reviews_visible_to
from kheo.reviews.rules.reviews import ReviewError, StaleReviewError

pytestmark = pytest.mark.django_db


def typed(**changes):
    """What an officer types for a small review."""
    values = {
        "title": "Tổng kết phong trào giai đoạn 2021-2025",
        "kind": "final",
        "document": "",
        "period_from": "2021-01-01",
        "period_to": "2025-12-31",
        "dues-TOTAL_FORMS": "2",
        "dues-INITIAL_FORMS": "0",
        "dues-0-audience": "Các xã, phường",
        "dues-0-level": "",
        "dues-0-due_on": "2025-09-10",
        "dues-1-audience": "",
        "dues-1-due_on": "",
        "annexes-TOTAL_FORMS": "1",
        "annexes-INITIAL_FORMS": "0",
        "annexes-0-title": "Danh sách mô hình",
        "annexes-0-layout_code": "S1",
    }
    return values | changes


def test_the_page_shows_outline_dates_and_annexes(officer, review):
    page = officer.get(reverse("reviews:detail", args=[review.pk])).content.decode()
    for text in (
        "10/04/2020",
        "20/04/2020",
        "Ban Dân vận Tỉnh ủy",
        "2.1.1.",
        "Lĩnh vực phát triển kinh tế",
        "Tổng hợp văn bản triển khai",
        "mẫu S0",
    ):
        assert text in page


def test_a_review_is_begun_by_hand(officer, cast):
    answer = officer.post(reverse("reviews:new"), typed())
    made = Review.objects.get()
    assert answer.url == reverse("reviews:outline", args=[made.pk])
    assert (made.kind, made.period_to, made.organiser) == (
        "final",
        date(2025, 12, 31),
        cast.district,
    )
    assert [(due.audience, due.due_on) for due in made.dues.all()] == [
        ("Các xã, phường", date(2025, 9, 10))
    ]
    assert [(annex.title, annex.layout_code) for annex in made.annexes.all()] == [
        ("Danh sách mô hình", "S1")
    ]
    assert Entry.objects.filter(verb="review.create").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"period_to": "2020-01-01"},
        {"dues-0-due_on": ""},
        {"dues-1-audience": "Các huyện ủy"},
    ],
)
def test_what_cannot_be_is_shown_and_nothing_is_saved(officer, cast, wrong):
    answer = officer.post(reverse("reviews:new"), typed(**wrong))
    assert answer.status_code == 422
    assert "field-errors" in answer.content.decode() or "alert" in answer.content.decode()
    assert not Review.objects.exists()


def test_dates_are_changed_on_the_page_and_a_stale_page_is_refused(officer, review):
    url = reverse("reviews:edit", args=[review.pk])
    assert officer.get(url).status_code == 200
    answer = officer.post(url, typed(version=review.version))
    assert answer.url == reverse("reviews:detail", args=[review.pk])
    assert review.dues.count() == 1
    assert officer.post(url, typed(version=review.version)).status_code == 422


def test_the_outline_is_edited_on_its_page(officer, review):
    first = review.headings.get(number="I")
    page = officer.get(reverse("reviews:outline", args=[review.pk])).content.decode()
    assert "Kết quả xây dựng, nhân rộng" in page
    below = reverse("reviews:heading-below", args=[review.pk, first.pk])
    officer.post(below, {"title": "Thuận lợi"})
    officer.post(reverse("reviews:heading-new", args=[review.pk]), {"title": "Kiến nghị"})
    edit = reverse("reviews:heading-edit", args=[review.pk, first.pk])
    assert officer.post(edit, {"title": ""}).status_code == 422
    officer.post(edit, {"title": "Đặc điểm tình hình"})
    move = reverse("reviews:heading-move", args=[review.pk, first.pk])
    officer.post(move, {"direction": "down"})
    remove = reverse("reviews:heading-remove", args=[review.pk, review.headings.first().pk])
    officer.post(remove)
    rows = [(row.number, row.title) for row in review.headings.filter(parent=None)]
    assert rows == [("I", "Đặc điểm tình hình"), ("II", "Đánh giá chung"), ("III", "Kiến nghị")]


def test_a_draft_is_discarded_after_asking(officer, review):
    url = reverse("reviews:delete", args=[review.pk])
    assert "?" in officer.get(url).content.decode()
    assert Review.objects.exists()
    officer.post(url)
    assert not Review.objects.exists()
    assert Entry.objects.filter(verb="review.delete").exists()


def test_a_draft_is_seen_by_those_who_prepare_and_decide(review, cast):
    seen = {who for who in vars(cast) if who in {"clerk", "officer", "leader", "stranger"}}
    sees = {who for who in seen if review in reviews_visible_to(getattr(cast, who))}
    assert sees == {"officer", "leader"}


def test_what_is_asked_for_is_seen_below(review, cast):
    review.state = ReviewState.OPEN
    review.save()
    assert review in reviews_visible_to(cast.clerk)
    assert review not in reviews_visible_to(cast.stranger)
    assert list(found_reviews(cast.clerk, search="sơ kết", kind="interim")) == [review]
    assert not found_reviews(cast.clerk, kind="final").exists()


def test_a_guessed_address_says_nothing(client, review, cast):
    client.force_login(cast.stranger.user)
    assert client.get(reverse("reviews:detail", args=[review.pk])).status_code == 404


def test_the_list_asks_as_often_with_three_rows_as_with_one(
    officer, cast, django_assert_max_num_queries
):
    make_review(cast.district)
    url = reverse("reviews:list")
    officer.get(url)
    for _more in range(2):
        make_review(cast.district)
    with django_assert_max_num_queries(12):
        assert officer.get(url).content.decode().count("Sơ kết 03 năm") >= 3


def test_deeds_refuse_what_cannot_be(review, cast):
    with pytest.raises(ReviewError):
        create_review(organiser=cast.district, terms=s0_terms(title=" "), by=None, at=START)
    nobody = (DueTerms(audience=" ", due_on=date(2020, 4, 10)),)
    with pytest.raises(ReviewError):
        edit_review(review=review, terms=s0_terms(dues=nobody), by=cast.officer, at=START)
    edit_review(review=review, terms=s0_terms(), by=cast.officer, at=START)
    with pytest.raises(StaleReviewError):
        edit_review(review=review, terms=s0_terms(), seen_version=1, by=cast.officer, at=START)
    with pytest.raises(NotAllowedError):
        delete_draft_review(review=review, by=cast.leader, at=START)
