"""Sets are drawn up on screen, without any script."""

from django.test import Client
from tests.factories.criteria import make_draft_set, make_set, shipped

from kheo.criteria.enums import SetState
from kheo.criteria.models import CriteriaSet


def signed_in(seat) -> Client:
    client = Client()
    client.force_login(seat.user)
    return client


def typed(made: CriteriaSet, **changed: str) -> dict[str, object]:
    """What the page of the tree posts, as it stands or with changes."""
    data: dict[str, object] = {"version": made.version}
    for one in made.criteria.all():
        data |= {
            f"c{one.pk}-number": one.number,
            f"c{one.pk}-text": one.text,
            f"c{one.pk}-kind": one.kind,
            f"c{one.pk}-points": f"{one.points}".replace(".", ","),
            f"c{one.pk}-scored_by": one.scored_by,
            f"c{one.pk}-evidence_needed": one.evidence_needed,
        }
    return data | changed


def test_the_list_costs_the_same_with_few_and_many(cast, django_assert_max_num_queries) -> None:
    client = signed_in(cast.officer)
    client.get("/criteria/")
    with django_assert_max_num_queries(40) as few:
        client.get("/criteria/")
    for _number in range(2):
        make_draft_set(cast.officer)
    with django_assert_max_num_queries(len(few.captured_queries)):
        page = client.get("/criteria/").content.decode()
    assert page.count("Bộ tiêu chí thử") == 2


def test_a_set_is_begun_filled_and_put_in_force(cast) -> None:
    client = signed_in(cast.officer)
    terms = {"name": "Bộ của huyện", "subject": "model", "total": "10", "bonus_cap": ""}
    answer = client.post("/criteria/new", terms)
    made = CriteriaSet.objects.get(name="Bộ của huyện")
    tree = f"/criteria/{made.pk}/tree"
    assert answer["Location"] == tree
    answer = client.post(tree, {"version": made.version, "deed": "add"})
    first = made.criteria.get()
    assert answer["Location"] == f"{tree}#c{first.pk}"
    made.refresh_from_db()
    changed = {f"c{first.pk}-text": "Hiệu quả", f"c{first.pk}-points": "9,5"}
    assert client.post(tree, typed(made) | changed)["Location"] == f"/criteria/{made.pk}"
    page = client.get(f"/criteria/{made.pk}").content.decode()
    assert "9,5 điểm, trong khi tổng điểm của bộ là 10" in page
    made.refresh_from_db()
    client.post(tree, typed(made) | {f"c{first.pk}-points": "10"})
    made.refresh_from_db()
    grades = {"version": made.version}
    for place in range(10):
        grades |= {f"g{place}-name": "", f"g{place}-minimum": ""}
    grades |= {"g0-name": "Đạt", "g0-minimum": "5", "g0-may_be_recognised": "on"}
    assert client.post(f"/criteria/{made.pk}/grades", grades).status_code == 302
    made.refresh_from_db()
    client.post(f"/criteria/{made.pk}/put-in-force", {"version": made.version})
    made.refresh_from_db()
    assert made.state == SetState.IN_FORCE


def test_the_sum_is_told_while_typing_and_nothing_is_stored(cast) -> None:
    made = make_draft_set(cast.officer)
    first = made.criteria.order_by("order").first()
    data = typed(made) | {f"c{first.pk}-points": "55"}
    answer = signed_in(cast.officer).post(f"/criteria/{made.pk}/sum", data).content.decode()
    assert "<strong>95</strong>" in answer
    assert "Còn thiếu 5 điểm." in answer
    first.refresh_from_db()
    assert first.points == 60


def test_what_was_typed_is_kept_when_something_moves(cast) -> None:
    made = make_draft_set(cast.officer)
    first, second = made.criteria.order_by("order")[:2]
    data = typed(made) | {f"c{first.pk}-text": "Hiệu quả thiết thực", "deed": f"down:{first.pk}"}
    signed_in(cast.officer).post(f"/criteria/{made.pk}/tree", data)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.text == "Hiệu quả thiết thực"
    assert (first.number, second.number) == ("2", "1")


def test_a_stale_page_says_so_and_keeps_what_was_typed(cast) -> None:
    made = make_draft_set(cast.officer)
    data = typed(made, version=str(made.version - 1))
    first = made.criteria.order_by("order").first()
    data[f"c{first.pk}-text"] = "Chưa lưu"
    answer = signed_in(cast.officer).post(f"/criteria/{made.pk}/tree", data)
    assert answer.status_code == 422
    assert "Người khác đã sửa" in answer.content.decode()
    assert "Chưa lưu" in answer.content.decode()


def test_an_example_is_copied_renewed_ended_and_discarded_by_its_buttons(cast) -> None:
    client = signed_in(cast.administrator)
    answer = client.post(f"/criteria/{shipped('mo-hinh-100').pk}/copy")
    copied = CriteriaSet.objects.get(issuer=cast.district)
    assert answer["Location"] == f"/criteria/{copied.pk}"
    assert client.get(f"/criteria/{copied.pk}/discard").status_code == 200
    assert client.post(f"/criteria/{copied.pk}/discard")["Location"] == "/criteria/"
    made = make_set(cast.officer)
    client.post(f"/criteria/{made.pk}/renew")
    assert CriteriaSet.objects.filter(code=made.code).count() == 2
    assert client.get(f"/criteria/{made.pk}/retire").status_code == 200
    client.post(f"/criteria/{made.pk}/retire")
    made.refresh_from_db()
    assert made.state == SetState.RETIRED


def test_those_who_may_not_find_the_page_closed(cast) -> None:
    draft = make_draft_set(cast.officer)
    for seat in (cast.clerk, cast.stranger):
        assert signed_in(seat).get(f"/criteria/{draft.pk}").status_code == 404
    assert signed_in(cast.clerk).get("/criteria/new").status_code == 403
    example = shipped("mo-hinh-100").pk
    assert signed_in(cast.officer).get(f"/criteria/{example}/tree").status_code == 403
