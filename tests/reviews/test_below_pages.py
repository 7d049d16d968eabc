"""Pages of consolidating, of papers, petitions and plans, as people use them."""

from io import BytesIO

import docx
import pytest
from django.urls import reverse
from tests.reviews.test_consolidating import SECOND, Consolidating

from kheo.reviews.actions import collect_petitions
from kheo.reviews.models import Answer, Lesson, Passage, Petition, PlanPart, Report
from kheo.reviews.queries.following import lesson_points

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(cast):
    return Consolidating(cast)


@pytest.fixture
def window(client, cast):
    """A window in which the officer of the district is signed in."""
    client.force_login(cast.officer.user)
    return client


def at(name, stage, *more):
    heading = (stage.heading.pk,) if name.startswith("below") else ()
    return reverse(f"reviews:{name}", args=[stage.own.pk, *heading, *more])


def own_text(stage) -> Answer:
    return Answer.objects.get(report=stage.own, heading=stage.heading)


def test_marking_passages_keeps_what_was_typed_and_puts_them_below(window, stage):
    page = window.get(at("below", stage))
    assert page.status_code == 200
    assert "Đã nhận 2/3 báo cáo." in page.content.decode()
    keys = [piece.key for row in page.context["rows"] for piece in row.pieces]
    data = {"body": "Đã gõ dở.", "version": "1", "pick": keys[-1:], "query": "standing=filled"}
    answer = window.post(at("below-take", stage), data)
    assert answer.url == f"{at('below', stage)}?standing=filled#own"
    assert own_text(stage).body == f"Đã gõ dở.\n{SECOND.splitlines()[1]}"
    assert Passage.objects.get().source.report == stage.second


def test_two_who_write_at_once_see_both_texts(window, stage):
    window.post(at("below-write", stage), {"body": "Một.", "version": "1"})
    late = window.post(at("below-write", stage), {"body": "Hai.", "version": "1"})
    assert late.status_code == 409
    page = late.content.decode()
    assert "Một." in page
    assert "Hai." in page
    assert own_text(stage).body == "Một."
    seen = late.context["form"].initial["version"]
    window.post(at("below-write", stage), {"body": "Cả hai.", "version": seen})
    assert own_text(stage).body == "Cả hai."


def test_a_draft_by_rule_comes_below_and_nonsense_is_answered_in_words(window, stage):
    window.post(at("below-assemble", stage), {"body": "Đầu.", "version": "1"})
    assert own_text(stage).body.startswith("Đầu.\n- Việc phối hợp")
    wrong = window.post(at("below-take", stage), {"pick": ["x", "1-2"]})
    assert wrong.status_code == 422
    assert "Hãy đánh dấu ít nhất một đoạn." in wrong.content.decode()
    assert window.post(at("below-insert", stage), {"measure": "x"}).status_code == 422
    assert window.get(at("below-figures", stage)).status_code == 200
    assert window.post(at("assemble", stage)).status_code == 302


def test_the_number_of_statements_does_not_grow_with_the_units(
    window, stage, django_assert_max_num_queries
):
    window.get(at("below", stage))
    with django_assert_max_num_queries(32) as two:
        window.get(at("below", stage))
    Report.objects.filter(pk=stage.second.pk).update(parent=None)
    with django_assert_max_num_queries(32) as one:
        window.get(at("below", stage))
    assert len(one) == len(two)


def test_units_below_and_strangers_do_not_see_the_page_of_the_level_above(client, cast, stage):
    for seat in (cast.clerk, cast.stranger):
        client.force_login(seat.user)
        assert client.get(at("below", stage)).status_code == 404
    client.force_login(cast.leader.user)
    page = client.get(at("below", stage))
    assert page.status_code == 200
    assert 'name="pick"' not in page.content.decode()
    assert client.post(at("below-write", stage), {"body": "x"}).status_code == 403


def test_the_paper_takes_its_particulars_and_comes_as_word_and_pdf(window, stage):
    data = {
        "number": "12",
        "dated": "2024-02-20",
        "signer_name": "Dương Văn Mẫu",
        "signer_position": "Bí thư",
        "recipients": "Tỉnh ủy (để báo cáo)",
    }
    assert window.post(at("paper-page", stage), data).status_code == 302
    page = window.get(at("paper-page", stage)).content.decode()
    assert "Số 12-BC/HU" in page
    assert "Tân Yên, ngày 20 tháng 02 năm 2024" in page
    word = window.get(at("paper", stage, "docx"))
    text = "\n".join(line.text for line in docx.Document(BytesIO(word.content)).paragraphs)
    assert "BÁO CÁO" in text
    assert window.get(at("paper", stage, "docx")).content == word.content
    assert window.get(at("paper", stage, "pdf")).content.startswith(b"%PDF")
    assert window.get(at("paper", stage, "html")).status_code == 302
    assert window.get(at("paper", stage, "exe")).status_code == 404


def test_a_draft_is_no_business_of_others(client, cast, stage):
    third = Report.objects.get(review=stage.review, organisation=cast.communes[2])
    client.force_login(cast.officer.user)
    for name, more in (("paper-page", ()), ("paper", ("docx",)), ("plan", ())):
        url = reverse(f"reviews:{name}", args=[third.pk, *more])
        assert client.get(url).status_code == 403


def test_lessons_are_marked_and_a_plan_is_drawn_and_changed(window, stage):
    window.post(at("below-write", stage), {"body": SECOND, "version": "1"})
    point = lesson_points(stage.own)[1]
    marked = {"point": [f"{point.heading.pk}:{point.text}"]}
    window.post(at("lessons-name", stage), marked)
    assert [lesson.text for lesson in Lesson.objects.all()] == ["Kinh phí hạn hẹp."]
    page = window.get(at("plan", stage)).content.decode()
    assert "Khắc phục hạn chế: Kinh phí hạn hẹp." in page
    assert "năm 2025" in page
    window.post(at("plan-draft", stage))
    first = PlanPart.objects.order_by("order").first()
    url = at("plan-part", stage, first.pk)
    data = {"title": "Mục đích", "body": "- Mới.", "version": first.version}
    assert window.post(url, data).status_code == 302
    assert window.post(url, data).status_code == 422
    assert window.post(at("plan-part-new", stage), {"title": "Kinh phí"}).status_code == 302
    assert window.post(at("plan-part-new", stage), {"title": ""}).status_code == 422
    last = PlanPart.objects.order_by("order").last()
    window.post(at("plan-part-drop", stage, last.pk))
    word = window.get(at("plan-file", stage, "docx")).content
    text = "\n".join(line.text for line in docx.Document(BytesIO(word)).paragraphs)
    assert "I. Mục đích" in text
    assert "Kinh phí\n" not in text
    window.post(at("lesson-drop", stage, Lesson.objects.get().pk))
    assert not Lesson.objects.exists()
    assert window.post(at("plan-draft", stage)).status_code == 302
    assert PlanPart.objects.count() == 5


def test_petitions_are_found_answered_and_passed_upward(client, window, cast, stage):
    stage.heading.purpose = "petitions"
    stage.heading.save()
    collect_petitions(report=stage.second, by=stage.second.signed_off_by, at=stage.own.asked_at)
    first, second = Petition.objects.all()
    listed = window.get(reverse("reviews:petitions"), {"side": "to-us", "state": "waiting"})
    assert list(listed.context["page"].rows) == [first, second]
    url = reverse("reviews:petition", args=[first.pk])
    assert window.post(url, {"answer": "", "version": "1"}).status_code == 422
    assert window.post(url, {"answer": "Đã ghi nhận.", "version": "1"}).status_code == 302
    assert window.post(url, {"answer": "Khác.", "version": "1"}).status_code == 422
    assert "Đã ghi nhận." in window.get(url).content.decode()
    up = reverse("reviews:petition-pass-up", args=[second.pk])
    assert window.post(up, {"version": "7"}).status_code == 422
    assert window.post(up, {"version": "1"}).status_code == 302
    assert own_text(stage).body == "- Kinh phí hạn hẹp."
    client.force_login(cast.stranger.user)
    assert client.get(url).status_code == 404


def test_points_of_several_units_and_comparisons_stand_beside_the_text(window, stage):
    page = window.get(at("below-figures", stage)).content.decode()
    assert "Việc phối hợp giữa các đoàn thể chưa chặt chẽ." in page
    assert "2 đơn vị" in page
    assert "Kinh phí hạn hẹp" not in page
