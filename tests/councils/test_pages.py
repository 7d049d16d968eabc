"""The pages of councils: who finds them, what they refuse, and how many statements they take."""

import pytest
from django.test import Client
from tests.factories.councils import make_chamber, make_file, with_files

from kheo.councils.enums import CouncilDeed, CouncilState
from kheo.councils.models import Allotment, Conflict, Council, CouncilFile, Outcome
from kheo.organisations.models import Seat


def window(seat: Seat) -> Client:
    client = Client()
    client.force_login(seat.user)
    return client


@pytest.fixture
def chamber(cast):
    return with_files(make_chamber(cast), count=3)


def typed(chamber, **changes):
    points = {"1": "40", "2": "45", "3": "10", "4": "0", "5": "0"} | changes
    return {f"points-{chamber.criteria[number].pk}": text for number, text in points.items()}


def test_the_queue_takes_as_many_statements_for_three_files_as_for_one(
    cast, django_assert_max_num_queries
):
    chamber = with_files(make_chamber(cast, scorers=4), count=1)
    seat = chamber.chair
    client = window(seat)
    pages = ("/councils/mine", "/councils/", f"/councils/{chamber.council.pk}")
    counts = {}
    for path in pages:
        with django_assert_max_num_queries(40) as one:
            client.get(path)
        counts[path] = len(one)
    file = chamber.files()[0]
    score = f"/councils/files/{file.pk}/score"
    with django_assert_max_num_queries(40) as one:
        assert client.get(score).status_code == 200
    counts[score] = len(one)
    chamber.move(CouncilDeed.BACK_TO_DRAFT, chamber.officer, "Bổ sung hồ sơ")
    for number in (7, 8):
        made = chamber.council.criteria_set
        make_file(made, cast.district, cast.elsewhere, name=f"Thêm {number}")
    post = window(chamber.officer).post
    post(f"/councils/{chamber.council.pk}/files", {"source": "passed"})
    post(f"/councils/{chamber.council.pk}/assign", {"mode": "balanced"})
    post(f"/councils/{chamber.council.pk}/move/open-scoring")
    assert Allotment.objects.filter(member__seat=seat).count() == 3
    for path, count in counts.items():
        with django_assert_max_num_queries(count):
            client.get(path)


def test_scoring_by_page_keeps_what_was_typed_and_hides_the_others(chamber):
    seat = chamber.members[0]
    client = window(seat)
    row = Allotment.objects.filter(member__seat=seat).order_by("order").first()
    path = f"/councils/files/{row.file_id}/score"
    page = client.get(path).content.decode()
    assert "chỉ hiện sau khi đồng chí đã nộp điểm" in page
    assert "Cấp trên chấm</th>" not in page
    answer = client.post(path, typed(chamber, **{"1": "41", "2": "x"}) | {"deed": "hand-in"})
    assert answer.status_code == 422
    assert 'value="41"' in answer.content.decode()
    answer = client.post(path, typed(chamber, **{"1": "41"}) | {"version": 1, "deed": "hand-in"})
    assert "lớn hơn" in answer.content.decode() or "tối đa" in answer.content.decode()
    client.post(path, typed(chamber, **{"1": "38,5"}) | {"version": 1, "deed": "save"})
    stale = client.post(path, typed(chamber) | {"version": 1, "deed": "hand-in"})
    assert stale.status_code == 422
    sent = typed(chamber) | {"version": 2, "deed": "hand-in", "then": "next"}
    following = client.post(path, sent)
    after = Allotment.objects.filter(member__seat=seat).exclude(pk=row.pk).order_by("order").first()
    assert following.headers["Location"] == f"/councils/files/{after.file_id}/score"
    page = client.get(path).content.decode()
    assert "Cấp trên chấm</th>" in page
    assert client.post(path, sent).status_code == 422


def test_strangers_guess_in_vain_and_members_score_only_what_is_theirs(chamber):
    stranger = window(chamber.cast.stranger)
    pk, file = chamber.council.pk, chamber.files()[0]
    for path in (
        f"/councils/{pk}",
        f"/councils/{pk}/assign",
        f"/councils/{pk}/session",
        f"/councils/{pk}/vote",
        f"/councils/{pk}/outcome",
        f"/councils/{pk}/announce",
        f"/councils/{pk}/minutes.pdf",
        f"/councils/files/{file.pk}/score",
        f"/councils/files/{file.pk}/settle",
        "/councils/evidence/1",
    ):
        assert stranger.get(path).status_code == 404, path
    assert stranger.get("/councils/").status_code == 200
    own = Conflict.objects.get(member__seat=chamber.members[0]).file
    answer = window(chamber.members[0]).post(
        f"/councils/files/{own.pk}/score", typed(chamber) | {"deed": "hand-in"}
    )
    assert answer.status_code == 403
    assert "không chấm hồ sơ của đơn vị mình" in answer.content.decode()
    member = window(chamber.members[0])
    for path in (f"/councils/{pk}/edit", f"/councils/{pk}/members", f"/councils/{pk}/assign"):
        assert member.get(path).status_code == 403, path
    assert member.get(f"/councils/{pk}/session").status_code == 403
    assert window(chamber.cast.clerk).get(f"/councils/{pk}").status_code == 404


def test_a_council_is_set_up_by_page(cast):
    chamber = make_chamber(cast)
    client = window(cast.officer)
    data = {
        "name": "Hội đồng thứ hai",
        "year": "2026",
        "criteria_set": chamber.council.criteria_set_id,
        "quorum": "1",
        "scorers": "1",
        "ranked_by": ["field"],
    }
    assert client.post("/councils/new", data | {"name": ""}).status_code == 422
    client.post("/councils/new", data)
    council = Council.objects.get(name="Hội đồng thứ hai")
    members = f"/councils/{council.pk}/members"
    assert "Trần Văn Bền" in client.get(members, {"q": "tran van"}).content.decode()
    for seat in (chamber.members[1], chamber.members[0]):
        version = Council.objects.get(pk=council.pk).version
        client.post(members, {"add": seat.pk, "version": version})
    assert list(council.members.values_list("role", flat=True)) == ["chair", "member"]
    assert client.get(f"/councils/{council.pk}/move/nothing").status_code == 404
    assert window(cast.clerk).get("/councils/new").status_code == 403


def test_session_and_vote_by_page(chamber):
    chamber.score_all(two=41)
    pk, council = chamber.council.pk, chamber.council
    chair = window(chamber.chair)
    chair.post(f"/councils/{pk}/move/open-session")
    presence = {f"present-{one.pk}": "yes" for one in council.members.all()}
    version = Council.objects.get().version
    session = {"held_on": "2026-11-20", "place": "Huyện ủy", "version": version} | presence
    assert chair.post(f"/councils/{pk}/session", session).status_code == 302
    assert chair.post(f"/councils/{pk}/session", session).status_code == 422
    keys = list(CouncilFile.objects.values_list("pk", flat=True))
    chair.post(f"/councils/{pk}/settle", {"file": keys, "reason": "Theo điểm bình quân"})
    settle = f"/councils/files/{keys[0]}/settle"
    assert "Theo điểm bình quân" in chair.get(settle).content.decode()
    refused = chair.post(settle, typed(chamber, **{"2": "90"}))
    assert refused.status_code == 422
    vote = f"/councils/{pk}/vote"
    chair.post(vote, {"deed": "open", "file": keys[:1]})
    ballot = {"deed": "cast", f"choice-{keys[0]}": "in_favour"}
    window(chamber.members[0]).post(vote, ballot)
    page = chair.get(vote).content.decode()
    assert "chỉ hiện khi mọi thành viên có mặt đã bỏ phiếu" in page
    chair.post(vote, {"deed": "close"})
    assert "1/5" in chair.get(vote).content.decode()


def test_the_outcome_is_seen_before_it_is_announced_by_page(chamber):
    chamber.score_all()
    chamber.meet()
    pk, chair, officer = chamber.council.pk, window(chamber.chair), window(chamber.officer)
    chair.post(f"/councils/{pk}/move/decide")
    outcome = chair.get(f"/councils/{pk}/outcome").content.decode()
    assert "bản xem trước" in outcome
    assert Outcome.objects.count() == 3
    for name in ("minutes.docx", "minutes.pdf", "scores.pdf", "scores.xlsx"):
        assert chair.get(f"/councils/{pk}/{name}").status_code == 200
    assert chair.get(f"/councils/{pk}/minutes.xlsx").status_code == 404
    assert "Khi xác nhận" in officer.get(f"/councils/{pk}/announce").content.decode()
    version = Council.objects.get().version
    officer.post(f"/councils/{pk}/announce", {"version": version})
    assert Council.objects.get().state == CouncilState.ANNOUNCED
    assert "đã được công bố" in chair.get(f"/councils/{pk}/outcome").content.decode()
