"""The pages of replication: models with guides, requests and answers, figures with a picture."""

from django.test import Client
from tests.factories.exemplars import IN_TIME
from tests.factories.progress import report, terms

from kheo.exemplars.enums import State
from kheo.replication.actions import GuideTerms, publish_guide, write_guide
from kheo.replication.enums import ReplicationState
from kheo.replication.models import Guide, Replication


def window(seat) -> Client:
    client = Client()
    client.force_login(seat.user)
    return client


def test_from_asking_to_the_end_without_javascript(stage):
    entry = stage.recognised(name="Đường hoa thôn Nguyễn")
    asking = window(stage.head_of(stage.cast.communes[1]))
    assert "Đường hoa thôn Nguyễn" in asking.get("/replication/").content.decode()
    page = f"/replication/models/{entry.exemplar_id}"
    answer = asking.post(page, {"adaptation": "Trồng hoa bản địa."}, follow=True)
    assert "Đã gửi đề nghị" in answer.content.decode()
    row = Replication.objects.get()
    url = f"/replication/{row.pk}"
    assert asking.post(page, {}).status_code == 422
    origin = window(stage.head)
    assert "Đề nghị chờ trả lời" in origin.get("/replication/").content.decode()
    bad = {"deed": "agree", "version": 1, "mentor": "KHONG-CO"}
    assert "Không có tổ chức" in origin.post(url, bad).content.decode()
    assert origin.post(url, {"deed": "decline", "version": 1}).status_code == 422
    assert origin.post(url, {"deed": "agree", "version": 1, "text": "Sẵn sàng."}).status_code == 302
    part = stage.part(stage.cast.communes[1])
    assert "Bắt đầu đăng ký" in asking.get(url).content.decode()
    begun = asking.post(url, {"deed": "begin", "version": 2, "part": part.pk})
    row.refresh_from_db()
    assert begun["Location"].endswith(f"{row.registration_id}/edit")
    stale = asking.post(url, {"deed": "finish", "version": 2, "text": "Xong."})
    assert stale.status_code == 422
    asking.post(url, {"deed": "finish", "version": 3, "text": "1.200 m đường hoa."})
    row.refresh_from_db()
    assert row.state == ReplicationState.DONE
    assert "1.200 m đường hoa." in origin.get(page).content.decode()
    assert asking.post(url, {"deed": "finish", "version": 4, "text": "x"}).status_code == 403
    text = window(stage.officer).get("/replication/figures").content.decode()
    assert "<svg" in text
    assert "trong đó được nhân rộng" in text


def test_results_stand_in_the_unit_they_are_added_up_in(stage):
    unit = stage.cast.communes[1]
    row = stage.agreed(stage.recognised())
    replica = stage.registration(State.ACCEPTED, unit=unit, name="Đường thôn Trám")
    Replication.objects.update(registration=replica, state=ReplicationState.UNDER_WAY)
    report(replica, stage.head_of(unit), terms("roads-built", "1.2", "km"))
    for page in (f"/replication/{row.pk}", f"/replication/models/{row.origin_id}"):
        text = window(stage.head).get(page).content.decode()
        assert "Đường làm mới, mở rộng, bê tông hóa: 1.200 m</li>" in text


def test_a_guide_is_read_by_all_once_it_is_published(stage):
    entry = stage.recognised()
    page = f"/replication/models/{entry.exemplar_id}"
    sent = {"version": 0, "steps": "1. Họp thôn.", "contact": "Văn phòng Đảng ủy"}
    clerk, stranger = window(stage.clerk), window(stage.cast.stranger)
    assert clerk.post(f"{page}/guide", sent).status_code == 302
    assert clerk.post(f"{page}/guide", sent | {"version": 1}).status_code == 422
    assert stranger.get(f"{page}/guide").status_code == 403
    assert "Họp thôn." in clerk.get(page).content.decode()
    assert "Họp thôn." not in stranger.get(page).content.decode()
    assert clerk.post(f"{page}/guide/turn", {"deed": "publish"}).status_code == 403
    window(stage.officer).post(f"{page}/guide/turn", {"deed": "publish"})
    assert "Họp thôn." in stranger.get(page).content.decode()
    assert Guide.objects.get().published_at is not None


def test_others_guess_in_vain(stage):
    row = stage.asked(stage.recognised())
    draft = stage.registration()
    stranger = window(stage.cast.stranger)
    assert stranger.get(f"/replication/{row.pk}").status_code == 404
    assert stranger.get(f"/replication/models/{draft.exemplar_id}").status_code == 404


def test_longer_lists_cost_no_more(stage, django_assert_max_num_queries):
    officer = window(stage.officer)
    counts = []
    for number in range(2):
        for place in range(number + 1):
            entry = stage.recognised(name=f"Mô hình {number}.{place}")
            guide = write_guide(
                exemplar=entry.exemplar, terms=GuideTerms(steps="1."), by=stage.head, at=IN_TIME
            )
            publish_guide(guide=guide, by=stage.officer, at=IN_TIME)
            stage.agreed(entry)
        for path in ("/replication/", "/replication/figures"):
            officer.get(path)
            with django_assert_max_num_queries(30) as found:
                officer.get(path)
            counts.append(len(found))
    assert counts[:2] == counts[2:]
