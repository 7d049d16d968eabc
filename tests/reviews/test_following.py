"""Petitions from their point in a report to the answer, and lessons that are named."""

from datetime import datetime

import pytest
from tests.factories.accounts import HANOI
from tests.factories.organisations import SeatFactory
from tests.factories.reviews import opened_review, report_of, submitted_report

from kheo.audit.models import Entry
from kheo.notices.models import Notice
from kheo.organisations.enums import Role
from kheo.organisations.rules import NotAllowedError
from kheo.reviews.actions.following import (
    answer_petition,
    collect_petitions,
    drop_lesson,
    name_lesson,
    pass_petition_up,
)
from kheo.reviews.enums import LessonKind, PetitionState
from kheo.reviews.models import Answer, Passage, Petition
from kheo.reviews.queries.following import (
    addressee_of,
    found_petitions,
    last_lessons,
    lesson_points,
    petitions_visible_to,
)
from kheo.reviews.rules.following import (
    StalePetitionError,
    can_answer_petition,
    can_pass_petition_up,
)
from kheo.reviews.rules.reviews import ReviewError

pytestmark = pytest.mark.django_db
LATER = datetime(2024, 2, 12, 9, 0, tzinfo=HANOI)
ASKED = "- Đề nghị Ban Dân vận tổ chức tập huấn[[năm 2024]].\n- Cấp tài liệu về mô hình.\n- …"


@pytest.fixture
def review(cast):
    review = opened_review(cast)
    heads = list(review.headings.filter(parent=None).order_by("order"))
    heads[-1].purpose = "petitions"
    heads[-2].purpose = "limits"
    for heading in heads[-2:]:
        heading.save()
    return review


@pytest.fixture
def numbers(review):
    """The numbers of the headings for limits and petitions."""
    return [h.number for h in review.headings.filter(parent=None).order_by("order")][-2:]


@pytest.fixture
def report(cast, review, numbers):
    limits, petitions = numbers
    texts = {limits: "- Phối hợp chưa chặt chẽ.\nMột số nơi chậm.", petitions: ASKED}
    made = submitted_report(cast, review, texts=texts)
    collect_petitions(report=made, by=cast.head, at=LATER)
    return made


def test_each_point_becomes_a_petition_once(cast, report):
    rows = list(report.petitions.all())
    assert [row.text for row in rows] == [
        "Đề nghị Ban Dân vận tổ chức tập huấn.",
        "Cấp tài liệu về mô hình.",
    ]
    assert {row.addressee for row in rows} == {cast.district}
    assert collect_petitions(report=report, by=cast.head, at=LATER) == []
    assert report.petitions.count() == 2


def test_handed_in_again_what_waits_follows_the_text_and_what_was_answered_stays(
    cast, report, numbers
):
    kept, _gone = report.petitions.all()
    answer_petition(petition=kept, answer="Sẽ tổ chức trong quý II.", by=cast.officer, at=LATER)
    Answer.objects.filter(report=report, heading__number=numbers[1]).update(body="- Điều mới.")
    collect_petitions(report=report, by=cast.head, at=LATER)
    assert [row.text for row in report.petitions.all()] == [kept.text, "Điều mới."]
    entry = Entry.objects.filter(verb="petition.collect").last()
    assert entry.before == {"petitions": ["Cấp tài liệu về mô hình."]}


def test_the_level_addressed_answers_and_the_unit_is_told(cast, report):
    row = report.petitions.first()
    done = answer_petition(
        petition=row, answer=" Đã ghi nhận. ", seen_version=1, by=cast.officer, at=LATER
    )
    assert (done.state, done.answer) == (PetitionState.ANSWERED, "Đã ghi nhận.")
    assert Notice.objects.filter(user=cast.head.user, body="Đã ghi nhận.").count() == 1
    with pytest.raises(StalePetitionError):
        answer_petition(petition=row, answer="Khác", seen_version=1, by=cast.officer, at=LATER)
    with pytest.raises(ReviewError):
        answer_petition(petition=row, answer=" \n", by=cast.officer, at=LATER)


def test_only_keepers_of_the_body_addressed_answer_or_pass_on(cast, report):
    row = report.petitions.select_related("report__parent").first()
    seats = (cast.clerk, cast.head, cast.officer, cast.leader, cast.administrator, cast.stranger)
    may = [seat for seat in seats if can_answer_petition(seat, row)]
    assert may == [seat for seat in seats if can_pass_petition_up(seat, row)] == [cast.officer]
    for state, answers, passes in (
        (PetitionState.WAITING, True, True),
        (PetitionState.ANSWERED, True, False),
        (PetitionState.PASSED_UP, False, False),
    ):
        row.state = state
        assert bool(can_answer_petition(cast.officer, row)) is answers
        assert bool(can_pass_petition_up(cast.officer, row)) is passes
    with pytest.raises(NotAllowedError):
        answer_petition(petition=row, answer="x", by=cast.stranger, at=LATER)
    with pytest.raises(NotAllowedError):
        collect_petitions(report=report, by=cast.officer, at=LATER)


def test_passed_upward_it_stands_in_the_own_report_and_the_answer_comes_down(cast, report, numbers):
    row = report.petitions.first()
    pass_petition_up(petition=row, seen_version=1, by=cast.officer, at=LATER)
    own = report_of(report.review, cast.district)
    body = Answer.objects.get(report=own, heading__number=numbers[1]).body
    assert body == f"- {row.text}"
    assert Passage.objects.get(report=own).source.report_id == report.pk
    made = collect_petitions(report=own, by=cast.officer, at=LATER)
    row.refresh_from_db()
    assert [one.text for one in made] == [row.text]
    assert (row.state, row.passed_to) == (PetitionState.PASSED_UP, made[0])
    assert made[0].addressee == addressee_of(own) == cast.province
    officer = SeatFactory(organisation=cast.province, role=Role.OFFICER)
    answer_petition(petition=made[0], answer="Tỉnh sẽ tập huấn.", by=officer, at=LATER)
    assert Notice.objects.filter(user=cast.head.user, body="Tỉnh sẽ tập huấn.").exists()
    with pytest.raises(NotAllowedError):
        pass_petition_up(petition=row, by=cast.officer, at=LATER)


def test_who_sees_which_petitions(cast, report):
    for seat, seen in ((cast.clerk, 2), (cast.officer, 2), (cast.leader, 2), (cast.stranger, 0)):
        assert petitions_visible_to(seat).count() == seen
    assert found_petitions(cast.officer, side="to-us", search="tập huấn").count() == 1
    assert found_petitions(cast.officer, side="to-us", state="waiting").count() == 2
    assert found_petitions(cast.officer, side="by-us").count() == 0
    assert found_petitions(cast.clerk, side="by-us", search="An Dương").count() == 2
    Petition.objects.update(state=PetitionState.ANSWERED, answer="Rồi.")
    assert found_petitions(cast.officer, state="waiting", review=report.review_id).count() == 0


def test_limits_are_named_once_and_shown_where_the_next_review_starts(cast, report):
    points = lesson_points(report)
    assert [(point.kind, point.text, point.is_named) for point in points] == [
        (LessonKind.LIMIT, "Phối hợp chưa chặt chẽ.", False),
        (LessonKind.LIMIT, "Một số nơi chậm.", False),
    ]
    for _again in range(2):
        made = name_lesson(
            report=report,
            heading=points[0].heading,
            kind=points[0].kind,
            text=points[0].text,
            by=cast.clerk,
            at=LATER,
        )
    assert [point.is_named for point in lesson_points(report)] == [True, False]
    later = report_of(opened_review(cast, title="Tổng kết"), cast.communes[0])
    later.asked_at = LATER
    assert last_lessons(later) == [made]
    drop_lesson(lesson=made, by=cast.head, at=LATER)
    assert last_lessons(later) == []
    assert {"lesson.name", "lesson.drop"} <= set(Entry.objects.values_list("verb", flat=True))


def test_lessons_are_named_by_those_who_write_the_report_alone(cast, report):
    terms = {"heading": None, "text": "Chậm.", "at": LATER}
    with pytest.raises(NotAllowedError):
        name_lesson(report=report, kind="limit", by=cast.officer, **terms)
    with pytest.raises(ReviewError):
        name_lesson(report=report, kind="else", by=cast.clerk, **terms)
    with pytest.raises(ReviewError):
        name_lesson(report=report, kind="limit", by=cast.clerk, **(terms | {"text": " "}))
