"""The skeleton of a review and the tasks of a plan, made of the papers that ask for them."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories.organisations import OrganisationFactory, SeatFactory
from tests.planning.papers import EXECUTING, OUTLINE, TASKS, plan, review_letter

from kheo.assignments.models import Task, TaskBody
from kheo.directives.models import Finding
from kheo.directives.queries import origins_of
from kheo.planning.queries.review_proposal import points_below
from kheo.planning.queries.task_proposals import time_in
from kheo.reviews.models import Review

pytestmark = pytest.mark.django_db


@pytest.fixture
def province(cast):
    for code, name, kind in [
        ("T-NV", "Sở Nội vụ", "agency"),
        ("T-BDV", "Ban Dân vận Tỉnh ủy", "party_advisory"),
    ]:
        OrganisationFactory(
            parent=cast.province, name=name, code=code, kind_code=kind, level_code="province"
        )
    return cast.province


@pytest.fixture
def window(client, province):
    seat = SeatFactory(organisation=province, role="officer")
    client.force_login(seat.user)
    return client


def as_typed(*forms):
    """What the browser sends when nothing is changed on the page."""
    data = {}
    for form in forms:
        rows = getattr(form, "forms", None)
        if rows is not None:
            data |= as_typed(form.management_form, *rows)
            continue
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                data[field.html_name] = getattr(value, "pk", value)
    return data


class TestReview:
    """The letter in the manner of S0."""

    @pytest.fixture
    def letter(self, province):
        return review_letter(province)

    def typed(self, window, letter, **changes):
        answer = window.get(reverse("planning:proposals", args=[letter.pk]))
        part = answer.context["review"]
        return as_typed(part.form, part.dues, part.annexes) | changes

    def test_the_letter_gives_outline_two_due_dates_and_two_annexes(self, window, letter):
        url = reverse("planning:make-review", args=[letter.pk])
        answer = window.post(url, self.typed(window, letter))
        made = Review.objects.get()
        assert answer.url == reverse("reviews:detail", args=[made.pk])
        assert (made.kind, made.document) == ("interim", letter)
        assert (made.period_from, made.period_to) == (date(2017, 4, 3), date(2020, 4, 2))
        rows = [(row.number, row.title) for row in made.headings.all()]
        assert rows == [(number, title) for number, title, _depth in OUTLINE]
        assert [(due.due_on, due.audience) for due in made.dues.all()] == [
            (date(2020, 4, 10), "Ban thường vụ các huyện, thị, thành ủy"),
            (date(2020, 4, 20), "Ban Dân vận Tỉnh ủy"),
        ]
        assert made.dues.first().level.code == "district"
        assert [(annex.title, annex.layout_code) for annex in made.annexes.all()] == [
            ("Tổng hợp văn bản triển khai chỉ đạo, thực hiện", "documents"),
            (
                "Số mô hình, điển hình “Dân vận khéo” đăng ký xây dựng, nhân rộng trong năm 2020",
                "S0",
            ),
        ]

    def test_it_leads_back_and_is_made_once(self, window, letter):
        url = reverse("planning:make-review", args=[letter.pk])
        typed = self.typed(window, letter)
        assert window.post(url, typed).status_code == 302
        assert window.post(url, typed).status_code == 422
        made = Review.objects.get()
        assert len(origins_of("reviews.review", [made.pk])[made.pk]) >= len(OUTLINE) + 2

    def test_the_outline_is_changed_before_making(self, window, letter):
        outline = "I. Một\n1. Hai\n1.1. Ba\nkhông có số\nII. Bốn"
        typed = self.typed(window, letter, **{"review-outline": outline})
        window.post(reverse("planning:make-review", args=[letter.pk]), typed)
        rows = [(row.number, row.title) for row in Review.objects.get().headings.all()]
        assert rows == [
            ("I", "Một"),
            ("1", "Hai"),
            ("1.1", "Ba"),
            ("1.2", "không có số"),
            ("II", "Bốn"),
        ]

    def testpoints_below_a_heading_become_its_guidance(self, window, letter):
        outline = "I. Tình hình chung\n- Khái quát tình hình\n- Thuận lợi, khó khăn\nII. Kết quả"
        typed = self.typed(window, letter, **{"review-outline": outline})
        window.post(reverse("planning:make-review", args=[letter.pk]), typed)
        rows = [(row.title, row.guidance) for row in Review.objects.get().headings.all()]
        assert rows == [
            ("Tình hình chung", "- Khái quát tình hình\n- Thuận lợi, khó khăn"),
            ("Kết quả", ""),
        ]
        text = "I. Tình hình chung\n\n- Khái quát\n- Khó khăn\nII. Kết quả\n- Khác"
        assert list(points_below(text, len("I. Tình hình chung"))) == ["Khái quát", "Khó khăn"]

    def test_what_cannot_be_is_shown_and_nothing_is_made(self, window, letter):
        typed = self.typed(window, letter, **{"review-period_to": "2010-01-01"})
        url = reverse("planning:make-review", args=[letter.pk])
        assert window.post(url, typed).status_code == 422
        assert not Review.objects.exists()


class TestTasks:
    """The plan in the manner of S1, shortened to three tasks."""

    @pytest.fixture
    def paper(self, province):
        return plan(province)

    def typed(self, window, paper, **changes):
        answer = window.get(reverse("planning:proposals", args=[paper.pk]))
        forms = [part.form for part in answer.context["tasks"]]
        version = answer.context["desk"].paper.reading.version
        return as_typed(*forms) | {"reading_version": version} | changes

    def test_each_task_is_given_with_its_bodies_and_time(self, window, paper):
        url = reverse("planning:make-tasks", args=[paper.pk])
        assert window.post(url, self.typed(window, paper)).status_code == 302
        first, second, third = Task.objects.order_by("ordinal")
        assert [task.content for task in (first, second, third)] == [row[0] for row in TASKS]
        assert first.timing == "continuous"
        assert (second.timing, second.starts_on) == ("continuous", date(2021, 1, 1))
        assert (third.timing, third.due_on) == ("by", date(2021, 10, 15))
        bodies = TaskBody.objects.filter(task=first, role="executing")
        assert {body.name for body in bodies} == {
            "Sở Nội vụ",
            "Huyện ủy Tân Yên",
            "Huyện ủy Hiệp Hòa",
            EXECUTING[2],
        }
        assert bodies.get(name=EXECUTING[2]).organisation is None
        directing = TaskBody.objects.get(task=first, role="directing")
        assert directing.organisation == paper.owner

    def test_each_task_leads_back_to_its_sentence_and_is_given_once(self, window, paper):
        url = reverse("planning:make-tasks", args=[paper.pk])
        typed = self.typed(window, paper)
        window.post(url, typed)
        assert window.post(url, typed).status_code == 422
        assert Task.objects.count() == 3
        for task in Task.objects.all():
            (origin,) = origins_of("assignments.task", [task.pk])[task.pk]
            assert origin.finding.text == task.content

    def test_only_the_chosen_tasks_are_given_and_the_others_later(self, window, paper):
        url = reverse("planning:make-tasks", args=[paper.pk])
        typed = self.typed(window, paper)
        del typed["task-1-use"]
        window.post(url, typed)
        assert sorted(Task.objects.values_list("ordinal", flat=True)) == [1, 3]
        window.post(url, self.typed(window, paper))
        assert sorted(Task.objects.values_list("ordinal", flat=True)) == [1, 2, 3]

    def test_one_wrong_task_leaves_all_undone(self, window, paper):
        url = reverse("planning:make-tasks", args=[paper.pk])
        typed = self.typed(window, paper, **{"task-2-timing": "by", "task-2-due_on": ""})
        assert window.post(url, typed).status_code == 422
        assert not Task.objects.exists()
        assert window.post(url, {"reading_version": 1}).status_code == 422

    def test_a_task_without_bodies_is_asked(self, window, paper):
        finding = Finding.objects.get(field="assignment", value__ordinal=1)
        finding.value = finding.value | {"executing": []}
        finding.save()
        answer = window.get(reverse("planning:proposals", args=[paper.pk]))
        assert answer.context["tasks"][0].proposal.questions


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Thường xuyên", ("continuous", None, None)),
        ("Năm 2021 và những năm tiếp theo", ("continuous", date(2021, 1, 1), None)),
        ("Hoàn thành trước ngày 20/4/2024", ("by", None, date(2024, 4, 20))),
        ("Hằng năm, trước ngày 15/11", ("yearly", None, None)),
        ("Quý II/2024", ("between", date(2024, 4, 1), date(2024, 6, 30))),
        ("Năm 2024", ("between", date(2024, 1, 1), date(2024, 12, 31))),
    ],
)
def test_the_time_of_a_task_is_read(words, expected):
    time = time_in(words, 2024)
    assert (time.timing, time.starts_on, time.due_on) == expected
    assert time.is_sure


def test_a_time_that_says_nothing_is_not_guessed():
    assert not time_in("khi có điều kiện", 2024).is_sure
    assert not time_in("trước ngày 31/4/2024", 2024).is_sure
