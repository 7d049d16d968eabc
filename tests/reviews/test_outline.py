"""The outline of a review: it numbers itself, whatever is done to it."""

import pytest
from tests.factories.accounts import START
from tests.factories.reviews import S0_NUMBERS, S0_OUTLINE, make_review, s0_terms

from kheo.audit.models import Entry
from kheo.organisations.rules import NotAllowedError
from kheo.reviews.actions import (
    HeadingDetails,
    HeadingTerms,
    add_heading,
    copy_outline,
    create_review,
    move_heading,
    remove_heading,
    rename_heading,
)
from kheo.reviews.enums import ReviewState
from kheo.reviews.models import OutlineHeading
from kheo.reviews.queries.reviews import outline_of
from kheo.reviews.rules.reviews import ReviewError, StaleReviewError, numbers_of

pytestmark = pytest.mark.django_db


def shown(review):
    return [(line.heading.number, line.heading.title) for line in outline_of(review)]


def heading(review, number, parent=None):
    rows = review.headings.filter(number=number)
    return (rows.filter(parent__number=parent) if parent else rows).get()


def test_headings_are_numbered_as_the_paper_numbers_them(review):
    assert [number for number, _title in shown(review)] == S0_NUMBERS
    assert [(line.depth, line.heading.title) for line in outline_of(review)] == S0_OUTLINE


def test_a_heading_that_skips_a_step_stands_below_the_one_before_it(cast):
    outline = [HeadingTerms(title="Một", depth=3), HeadingTerms(title="Hai", depth=4)]
    made = create_review(
        organiser=cast.district, terms=s0_terms(), outline=outline, by=None, at=START
    )
    assert shown(made) == [("I", "Một"), ("1", "Hai")]


def test_numbers_begin_anew_below_each_heading():
    assert numbers_of([1, 2, 2, 1, 2, 3, 3, 2]) == ["I", "1", "2", "II", "1", "1.1", "1.2", "2"]


def test_a_heading_is_added_below_another_and_numbered(review, cast):
    made = add_heading(
        review=review,
        title="Lĩnh vực  quốc phòng - an ninh",
        parent=heading(review, "2.1"),
        by=cast.officer,
        at=START,
    )
    assert (made.number, made.title) == ("2.1.3", "Lĩnh vực quốc phòng - an ninh")
    assert shown(review)[7] == ("2.1.3", "Lĩnh vực quốc phòng - an ninh")
    assert Entry.objects.filter(verb="review.add-heading").exists()


def test_an_outline_goes_four_steps_down_at_most(review, cast):
    with pytest.raises(ReviewError):
        add_heading(
            review=review, title="Sâu", parent=heading(review, "2.1.1"), by=cast.officer, at=START
        )


def test_a_heading_moves_with_all_below_it(review, cast):
    moved = move_heading(heading=heading(review, "II"), up=False, by=cast.officer, at=START)
    assert moved.number == "III"
    numbers = [number for number, _title in shown(review)]
    assert numbers == ["I", "II", "1", "III", "1", "2", "2.1", "2.1.1", "2.1.2", "2.2"]
    last = move_heading(heading=moved, up=False, by=cast.officer, at=START)
    assert last.number == "III", "the last one stays the last"


def test_a_heading_taken_out_takes_what_is_below_it_along(review, cast):
    remove_heading(heading=heading(review, "II"), by=cast.officer, at=START)
    assert [number for number, _title in shown(review)] == ["I", "II", "1"]
    gone = OutlineHeading(pk=10**6, review=review)
    with pytest.raises(ReviewError):
        remove_heading(heading=gone, by=cast.officer, at=START)


def test_a_heading_gets_another_text_and_never_none(review, cast):
    renamed = rename_heading(
        heading=heading(review, "I"), title="Đặc điểm, tình hình", by=cast.officer, at=START
    )
    assert shown(review)[0] == ("I", "Đặc điểm, tình hình")
    with pytest.raises(ReviewError):
        rename_heading(heading=renamed, title="  ", by=cast.officer, at=START)


def test_two_people_do_not_overwrite_each_other(review, cast):
    seen = review.version
    first = heading(review, "I")
    rename_heading(heading=first, title="Một", seen_version=seen, by=cast.officer, at=START)
    with pytest.raises(StaleReviewError):
        rename_heading(heading=first, title="Hai", seen_version=seen, by=cast.officer, at=START)


@pytest.mark.parametrize("who", ["clerk", "leader", "stranger", "administrator"])
def test_only_the_officer_of_the_committee_changes_an_outline(review, cast, who):
    with pytest.raises(NotAllowedError):
        add_heading(review=review, title="Thêm", by=getattr(cast, who), at=START)


def test_the_outline_stays_once_it_is_asked_for(review, cast):
    review.state = ReviewState.OPEN
    review.save()
    with pytest.raises(NotAllowedError):
        add_heading(review=review, title="Thêm", by=cast.officer, at=START)


def test_an_outline_is_taken_over_with_its_guidance(review, cast):
    small = make_review(cast.district)
    small.headings.exclude(number="I").delete()
    first = small.headings.get()
    said = HeadingDetails(guidance="- Nêu gọn", purpose="general")
    rename_heading(heading=first, title="Tình hình", details=said, by=cast.officer, at=START)
    copy_outline(review=review, source=small, by=cast.officer, at=START)
    taken = review.headings.get()
    assert (taken.number, taken.title, taken.guidance) == ("I", "Tình hình", "- Nêu gọn")
    assert Entry.objects.filter(verb="review.copy-outline").exists()
    with pytest.raises(ReviewError):
        copy_outline(review=review, source=review, by=cast.officer, at=START)
    with pytest.raises(NotAllowedError):
        copy_outline(review=review, source=small, by=cast.clerk, at=START)
