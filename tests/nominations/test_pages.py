"""The pages of nominations: ranking by buttons, answers, refusals in words, who sees what."""

import pytest
from django.test import Client
from tests.factories.nominations import LATER

from kheo.nominations.actions import clear_decision
from kheo.nominations.enums import Answer, ListState, Standing
from kheo.nominations.models import Nomination, NominationList

FRAGMENT = {"HX-Request": "true", "HX-Target": "desk"}


def window(seat) -> Client:
    client = Client()
    client.force_login(seat.user)
    return client


def test_a_list_is_begun_ranked_and_sent_without_javascript(stage):
    first, second, third = stage.accepted(3)
    client = window(stage.officer)
    assert "Lập danh sách" in client.get("/nominations/").content.decode()
    page = client.post("/nominations/begin", {"round": stage.round.pk}, follow=True)
    row = NominationList.objects.get()
    text = page.content.decode()
    assert "5/5" in text
    assert text.count("cần xem xét") == 3
    url = f"/nominations/{row.pk}"

    def press(**sent):
        row.refresh_from_db()
        answer = client.post(f"{url}/rank?field=economy", {"version": row.version} | sent)
        assert answer.status_code == 302, answer.content.decode()
        assert answer["Location"] == f"{url}?field=economy"

    press(deed=f"forward:{first.pk}")
    press(deed=f"forward:{second.pk}")
    press(deed="stop", r=[third.pk], reason="Chưa có số liệu.")
    up = Nomination.objects.get(registration=second)
    press(deed=f"up:{up.pk}")
    assert Nomination.objects.get(registration=second).rank == 1
    press(**{"deed": "order", f"rank-{up.pk}": "2"})
    up.refresh_from_db()
    assert up.rank == 2
    text = client.get(url).content.decode()
    assert "Chưa có số liệu." in text
    assert "3/5" in text


def test_sending_asks_first_and_locks_the_page(stage):
    row = stage.begin()
    stage.forward(row, *stage.accepted(2))
    client = window(stage.officer)
    url = f"/nominations/{row.pk}"
    assert "Gửi danh sách đến Tỉnh ủy Bắc Giang?" in client.get(f"{url}/send").content.decode()
    row.refresh_from_db()
    answer = client.post(f"{url}/send", {"version": row.version}, follow=True)
    assert "Đã gửi danh sách" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == ListState.SENT
    refused = client.post(f"{url}/rank", {"version": row.version, "deed": "order"})
    assert refused.status_code == 403
    client.post(f"{url}/take-back", {"version": row.version})
    row.refresh_from_db()
    assert row.state == ListState.DRAFT


def test_a_sixth_and_a_second_window_are_refused_in_place(stage):
    models = stage.accepted(6)
    row = stage.begin()
    stage.forward(row, *models[:5])
    row.refresh_from_db()
    client = window(stage.officer)
    sent = {"version": row.version, "deed": f"forward:{models[5].pk}"}
    for headers in ({}, FRAGMENT):
        answer = client.post(f"/nominations/{row.pk}/rank", sent, headers=headers)
        assert answer.status_code == 422
        assert "không quá 5 nội dung" in answer.content.decode()
    clear_decision(row=row, registration=models[0], by=stage.cast.leader, at=LATER)
    answer = client.post(f"/nominations/{row.pk}/rank", sent)
    assert answer.status_code == 422
    assert "Người khác đã sửa" in answer.content.decode()
    assert not Nomination.objects.filter(registration=models[5]).exists()


def test_htmx_gets_the_desk_or_the_candidates_only(stage):
    model = stage.accepted()[0]
    row = stage.begin()
    client = window(stage.officer)
    url = f"/nominations/{row.pk}"
    sent = {"version": row.version, "deed": f"forward:{model.pk}"}
    desk = client.post(f"{url}/rank", sent, headers=FRAGMENT).content.decode()
    assert desk.lstrip().startswith('<div id="desk">')
    assert Nomination.objects.get().stands == Standing.NOMINATED
    headers = FRAGMENT | {"HX-Target": "candidates"}
    found = client.get(f"{url}?q=khong-co", headers=headers).content.decode()
    assert found.lstrip().startswith('<div id="candidates">')
    assert "Không có nội dung để lựa chọn" in found


def test_the_committee_above_reads_and_answers(stage):
    row = stage.sent(2)
    client = window(stage.above)
    assert "Trả lời" in client.get("/nominations/").content.decode()
    url = f"/nominations/{row.pk}/answer"
    text = client.get(url).content.decode()
    assert text.index("province 0.1") < text.index("province 0.2")
    first, second = row.nominations.order_by("rank")
    sent = {
        "version": row.version,
        "deed": "answer",
        f"answer-{first.pk}": Answer.ACCEPTED,
        f"answer-{second.pk}": Answer.KEPT,
    }
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert "phải có lý do" in answer.content.decode()
    sent[f"reason-{second.pk}"] = "Phù hợp cấp huyện."
    text = client.post(url, sent, follow=True).content.decode()
    assert "Đã lưu ý kiến" in text
    assert "Phù hợp cấp huyện." in text
    row.refresh_from_db()
    assert row.state == ListState.ANSWERED
    assert client.get(url).status_code == 403


def test_a_whole_list_is_sent_back_from_the_page(stage):
    row = stage.sent(1)
    client = window(stage.above)
    url = f"/nominations/{row.pk}/answer"
    sent = {"version": row.version, "deed": "return"}
    assert "Hãy ghi lý do" in client.post(url, sent).content.decode()
    client.post(url, sent | {"reason": "Bổ sung căn cứ."})
    row.refresh_from_db()
    assert row.state == ListState.RETURNED
    page = window(stage.officer).get(f"/nominations/{row.pk}").content.decode()
    assert "Bổ sung căn cứ." in page


def test_others_guess_in_vain(stage):
    row = stage.sent(1)
    for seat in (stage.cast.stranger, stage.clerk):
        client = window(seat)
        for path in ("", "/send", "/answer", "/proposal", "/proposal.docx"):
            assert client.get(f"/nominations/{row.pk}{path}").status_code == 404
    assert window(stage.officer).get(f"/nominations/{row.pk}/answer").status_code == 403
    assert window(stage.clerk).post("/nominations/begin", {"round": "9"}).status_code == 404
    clerk = window(stage.clerk).post("/nominations/begin", {"round": stage.round.pk})
    assert clerk.status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_longer_lists_cost_no_more(stage, django_assert_max_num_queries, count):
    stage.accepted(count, level="district", unit=1)
    row = stage.sent(count)
    for seat, path in (
        (stage.officer, "/nominations/"),
        (stage.above, "/nominations/"),
        (stage.above, f"/nominations/{row.pk}"),
        (stage.above, f"/nominations/{row.pk}/answer"),
    ):
        client = window(seat)
        client.get(path)
        with django_assert_max_num_queries(30):
            client.get(path)
    NominationList.objects.update(state=ListState.DRAFT)
    client = window(stage.officer)
    client.get(f"/nominations/{row.pk}")
    with django_assert_max_num_queries(32):
        client.get(f"/nominations/{row.pk}")


def test_the_proposal_is_written_and_downloaded(stage):
    stage.accepted(1)
    row = stage.begin()
    stage.forward(row, *stage.round.registrations.all())
    client = window(stage.officer)
    url = f"/nominations/{row.pk}/proposal"
    assert "Ban Thường vụ Tỉnh ủy Bắc Giang" in client.get(url).content.decode()
    row.refresh_from_db()
    sent = {"version": row.version, "number": "12", "issued_on": "2024-03-04"}
    answer = client.post(url, sent | {"signatory": "Nguyễn Văn Mẫu"}, follow=True)
    text = answer.content.decode()
    assert "12-TTr/HU" in text
    assert "Nguyễn Văn Mẫu" in text
    stale = client.post(url, sent)
    assert stale.status_code == 422
    for fmt, start in (("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK")):
        assert client.get(f"{url}.{fmt}").content.startswith(start)
    assert client.get(f"{url}.exe").status_code == 404
    assert window(stage.above).get(url).status_code == 404
