"""The pages of doing one deed to many: from list, queue and board through preview to undo."""

import re

import pytest
from django.urls import reverse
from tests.factories.organisations import SeatFactory

from kheo.exemplars.actions import accept
from kheo.exemplars.enums import State
from kheo.exemplars.models import Batch, Registration
from kheo.notices.models import Message
from kheo.organisations.enums import Role

BATCH = "exemplars:batch"


@pytest.fixture
def sign_in(client):
    def as_seat(seat):
        client.force_login(seat.user)
        return client

    return as_seat


@pytest.fixture
def three(stage):
    return [stage.registration(State.SUBMITTED, unit=unit) for unit in stage.cast.communes[:3]]


def ticked(rows, deed, **more):
    return {"deed": deed, "r": [row.pk for row in rows], **more}


def hidden(page, name):
    return re.search(f'name="{name}" value="([^"]*)"', page.content.decode())[1]


def token_of(page):
    return re.search(r'name="token" value="([^"]*)"', page.content.decode())[1]


def states(rows):
    return {row.state for row in Registration.objects.filter(pk__in=[row.pk for row in rows])}


def test_officer_accepts_the_ticked_ones_after_seeing_them(stage, sign_in, three):
    done = stage.registration(State.ACCEPTED)
    client = sign_in(stage.officer)
    page = client.post(reverse(BATCH), ticked([*three, done], "accept"))
    text = page.content.decode()
    assert all(row.name in text for row in three)
    assert "đã gửi → <strong>chấp nhận</strong>" in text
    assert "1 bản đăng ký giữ nguyên" in text
    assert states(three) == {State.SUBMITTED}
    told = {"deed": "accept", "keys": hidden(page, "keys"), "token": token_of(page)}
    answer = client.post(reverse(BATCH), told)
    batch = Batch.objects.get()
    assert answer.url == reverse("exemplars:batch-detail", args=[batch.pk])
    assert states(three) == {State.ACCEPTED}


def test_return_asks_for_a_remark_shows_the_change_and_then_does_it(stage, sign_in, three):
    client = sign_in(stage.officer)
    first = client.post(reverse(BATCH), ticked(three, "return"))
    assert 'name="token"' not in first.content.decode()
    told = {"deed": "return", "keys": hidden(first, "keys"), "told": "1", "due_on": "2031-01-31"}
    empty = client.post(reverse(BATCH), told)
    assert empty.status_code == 422
    told |= {"text": "Nêu rõ cách vận động.", "item": "content"}
    seen = client.post(reverse(BATCH), told)
    assert "31/01/2031" in seen.content.decode()
    client.post(reverse(BATCH), told | {"token": token_of(seen)})
    assert states(three) == {State.RETURNED}
    assert Batch.objects.get().parameters["item"] == "content"


def test_a_long_preview_is_leafed_through_and_done_as_a_whole(stage, sign_in, three, monkeypatch):
    monkeypatch.setattr("kheo.exemplars.views.batches.PAGE_SIZE", 2)
    client = sign_in(stage.officer)
    first = client.post(reverse(BATCH), ticked(three, "accept"))
    assert first.content.decode().count("→ <strong>") == 2
    told = {"deed": "accept", "keys": hidden(first, "keys")}
    second = client.post(reverse(BATCH), told | {"page": "2"})
    assert second.content.decode().count("→ <strong>") == 1
    assert token_of(second) == token_of(first)
    assert states(three) == {State.SUBMITTED}
    client.post(reverse(BATCH), told | {"token": token_of(second)})
    assert states(three) == {State.ACCEPTED}


def test_past_day_is_refused_beside_the_form(stage, sign_in, three):
    client = sign_in(stage.officer)
    told = ticked(three, "return", told="1", text="Sửa", due_on="2020-01-01")
    page = client.post(reverse(BATCH), told)
    assert page.status_code == 422
    assert "Hạn sửa phải từ hôm nay" in page.content.decode()


def test_second_officer_sees_the_preview_again_and_overwrites_nothing(stage, sign_in, three):
    client = sign_in(stage.officer)
    page = client.post(reverse(BATCH), ticked(three, "decline", told="1", text="Trùng."))
    accept(registration=three[0], by=stage.officer, at=stage.round.published_at)
    told = {"deed": "decline", "keys": hidden(page, "keys"), "told": "1", "text": "Trùng."}
    again = client.post(reverse(BATCH), told | {"token": token_of(page)})
    assert again.status_code == 409
    assert "Dữ liệu đã thay đổi" in again.content.decode()
    assert states(three) == {State.ACCEPTED, State.SUBMITTED}
    client.post(reverse(BATCH), told | {"token": token_of(again)})
    assert states(three) == {State.ACCEPTED, State.DECLINED}


def test_all_that_match_the_filter_are_chosen_not_only_the_page(stage, sign_in, three):
    other = stage.registration(State.DRAFT)
    client = sign_in(stage.officer)
    page = client.get(reverse("exemplars:list"), {"state": "submitted"})
    assert "Cả 3 bản đăng ký" in page.content.decode()
    asked = {"deed": "accept", "which": "all", "query": hidden(page, "query")}
    seen = client.post(reverse(BATCH), asked)
    keys = {int(key) for key in hidden(seen, "keys").split(",")}
    assert keys == {row.pk for row in three}
    assert other.pk not in keys


def test_queue_and_board_lead_to_the_same_page(stage, sign_in, three):
    client = sign_in(stage.officer)
    queue = client.get(reverse("exemplars:check"))
    assert reverse(BATCH) in queue.content.decode()
    asked = {"deed": "accept", "which": "all", "list": "queue"}
    assert "3 bản đăng ký sẽ thay đổi" in client.post(reverse(BATCH), asked).content.decode()
    board = client.get(reverse("reporting:board", args=[stage.round.pk]))
    assert f'formaction="{reverse(BATCH)}"' in board.content.decode()
    units = {"deed": "accept", "unit": [three[0].participation_id]}
    assert "1 bản đăng ký sẽ thay đổi" in client.post(reverse(BATCH), units).content.decode()


def test_what_is_assigned_to_me_is_found_in_the_queue(stage, sign_in, three):
    other = SeatFactory(organisation=stage.officer.organisation, role=Role.OFFICER)
    client = sign_in(stage.officer)
    told = ticked(three[:1], "assign", told="1", assignee=other.pk)
    page = client.post(reverse(BATCH), told)
    assert other.user.full_name in page.content.decode()
    client.post(reverse(BATCH), told | {"token": token_of(page)})
    mine = sign_in(other).get(reverse("exemplars:check"), {"mine": "1"}).content.decode()
    assert reverse("exemplars:detail", args=[three[0].pk]) in mine
    assert reverse("exemplars:detail", args=[three[1].pk]) not in mine
    none = sign_in(stage.officer).get(reverse("exemplars:check"), {"mine": "1"}).content.decode()
    assert reverse("exemplars:detail", args=[three[0].pk]) not in none


def test_clerk_changes_the_field_of_drafts_from_the_list(stage, sign_in):
    drafts = [stage.registration(State.DRAFT) for _ in range(2)]
    client = sign_in(stage.clerk)
    assert "Đổi lĩnh vực" in client.get(reverse("exemplars:list")).content.decode()
    told = ticked(drafts, "change-field", told="1", field="culture_society")
    page = client.post(reverse(BATCH), told)
    client.post(reverse(BATCH), told | {"token": token_of(page)})
    fields = {row.field for row in Registration.objects.filter(pk__in=[d.pk for d in drafts])}
    assert fields == {"culture_society"}


def test_clerk_is_offered_no_deed_of_officers(stage, sign_in, three):
    client = sign_in(stage.clerk)
    assert client.post(reverse(BATCH), ticked(three, "accept")).status_code == 404
    assert states(three) == {State.SUBMITTED}


def test_who_only_reads_sees_no_boxes(stage, sign_in, three):
    leader = SeatFactory(organisation=stage.officer.organisation, role=Role.LEADER)
    page = sign_in(leader).get(reverse("exemplars:list")).content.decode()
    assert three[0].name in page
    assert "data-bulk" not in page


def test_nothing_ticked_says_so_and_leads_back(stage, sign_in):
    client = sign_in(stage.officer)
    back = reverse("exemplars:check")
    answer = client.post(reverse(BATCH), {"deed": "accept", "back": back}, follow=True)
    assert answer.redirect_chain[0][0] == back
    assert "chọn" in answer.content.decode()
    outside = client.post(reverse(BATCH), {"deed": "accept", "back": "//evil.example/"})
    assert outside.url == reverse("exemplars:list")


def test_stranger_finds_none_of_the_ticked_ones(stage, sign_in, three):
    stranger = SeatFactory(organisation=stage.cast.stranger.organisation, role=Role.OFFICER)
    client = sign_in(stranger)
    answer = client.post(reverse(BATCH), ticked(three, "accept"))
    assert answer.status_code == 302
    assert states(three) == {State.SUBMITTED}


def test_reminding_shows_who_owes_and_lays_the_message_into_the_outbox(stage, sign_in):
    done = [stage.registration(State.SUBMITTED, unit=unit) for unit in stage.cast.communes[:2]]
    owing = stage.registration(State.DRAFT, unit=stage.cast.communes[2])
    client = sign_in(stage.officer)
    page = client.post(reverse(BATCH), ticked([*done, owing], "remind")).content.decode()
    assert "1 đơn vị chưa hoàn thành" in page
    assert "2 đơn vị đã gửi đăng ký" in page
    told = {"which": "ticked", "unit": [owing.participation_id]}
    client.post(reverse("reporting:remind", args=[stage.round.pk]), told)
    assert list(Message.objects.get().units.all()) == [owing.organisation]


def test_what_was_done_is_listed_and_undone(stage, sign_in, three):
    client = sign_in(stage.officer)
    page = client.post(reverse(BATCH), ticked(three, "accept"))
    told = ticked(three, "accept", token=token_of(page))
    client.post(reverse(BATCH), told)
    batch = Batch.objects.get()
    detail = reverse("exemplars:batch-detail", args=[batch.pk])
    assert detail in client.get(reverse("exemplars:batches")).content.decode()
    shown = client.get(detail).content.decode()
    assert "Hoàn tác" in shown
    answer = client.post(reverse("exemplars:batch-undo", args=[batch.pk]), follow=True)
    assert "Đã hoàn tác 3 bản đăng ký" in answer.content.decode()
    assert states(three) == {State.SUBMITTED}
    assert sign_in(stage.head).get(detail).status_code == 404


def test_list_of_batches_says_when_there_are_none(stage, sign_in):
    page = sign_in(stage.officer).get(reverse("exemplars:batches")).content.decode()
    assert "Chưa xử lý hàng loạt lần nào" in page
