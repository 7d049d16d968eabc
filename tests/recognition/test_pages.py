"""The pages: what each role sees and does, refusals in words, constant counts of statements."""

import pypdfium2
import pytest
from django.urls import reverse
from tests.factories.organisations import SeatFactory
from tests.factories.recognition import MERIT, PROPOSED

from kheo.audit.queries import history_of
from kheo.organisations.enums import Role
from kheo.organisations.rules import NotAllowedError
from kheo.recognition.actions import (
    CandidateTerms,
    HonourFormTerms,
    add_candidates,
    edit_honour_form,
)
from kheo.recognition.forms.proposals import initial_proposal
from kheo.recognition.models import Decision, Honour, HonourForm, HonourProposal
from kheo.recognition.queries.contents import content_of_proposal


def page(client, to, *args, **query):
    return client.get(reverse(f"recognition:{to}", args=args), query)


def post(client, to, *args, **data):
    return client.post(reverse(f"recognition:{to}", args=args), data)


def text(answer):
    return answer.content.decode()


def test_a_proposal_is_prepared_on_screen(client, honours):
    row = honours.accepted()
    client.force_login(honours.officer.user)
    form = HonourForm.objects.get(code="party-recognition")
    typed = {
        "issuer": honours.issuer.pk,
        "honour_form": form.pk,
        "year": 2024,
        "title": "công nhận mô hình “Dân vận khéo” năm 2024",
    }
    wrong = HonourForm.objects.get(code="state-commendation").pk
    refused = post(client, "proposal-new", **(typed | {"honour_form": wrong}))
    assert refused.status_code == 422
    assert "không thuộc loại cơ quan có thẩm quyền" in text(refused)
    assert post(client, "proposal-new", **typed).status_code == 302
    proposal = HonourProposal.objects.get()
    assert list(page(client, "offered", proposal.pk).context["page"].rows) == [row]
    post(client, "candidates-add", proposal.pk, registration=row.pk, achievement=MERIT)
    assert list(page(client, "offered", proposal.pk).context["page"].rows) == []
    changed = typed | {"title": "công nhận mô hình năm 2024", "version": 1}
    assert post(client, "proposal-edit", proposal.pk, **changed).status_code == 422
    changed["version"] = 2
    assert post(client, "proposal-edit", proposal.pk, **changed).status_code == 302
    proposal.refresh_from_db()
    stale = post(client, "proposal-send", proposal.pk, version=proposal.version - 1)
    assert stale.status_code == 409
    assert post(client, "proposal-send", proposal.pk, version=proposal.version).status_code == 302


def test_a_proposal_says_who_signs_it(client, honours):
    proposal = honours.proposal(honours.accepted(), signatory="")
    proposal.refresh_from_db()
    client.force_login(honours.officer.user)
    head = content_of_proposal(proposal)
    assert (head.position, head.signatory) == ("TRƯỞNG BAN", "")
    typed = initial_proposal(proposal) | {
        "issuer": proposal.issuer_id,
        "honour_form": proposal.form_id,
        "dated_on": "01/10/2024",
        "valid_until": "",
        "signatory_position": "Phó Trưởng ban",
        "signatory": "  Hà  Văn Mẫu ",
    }
    assert post(client, "proposal-edit", proposal.pk, **typed).status_code == 302
    proposal.refresh_from_db()
    said = content_of_proposal(proposal)
    assert (said.position, said.signatory) == ("Phó Trưởng ban", "Hà Văn Mẫu")
    assert "Phó Trưởng ban Hà Văn Mẫu" in text(page(client, "proposal", proposal.pk))
    assert "signatory" in history_of(proposal)[0].after


def test_candidates_are_typed_by_hand(client, honours):
    proposal = honours.proposal()
    client.force_login(honours.officer.user)
    hand = {"kind": "person", "name": "Ngọ Thị Mẫu", "unit": honours.cast.communes[0].code}
    assert post(client, "candidates-hand", proposal.pk, **hand).status_code == 302
    again = post(client, "candidates-hand", proposal.pk, **hand)
    assert again.status_code == 422
    assert "Đã có trong danh sách" in text(again)
    unknown = post(client, "candidates-hand", proposal.pk, **(hand | {"unit": "Không có"}))
    assert unknown.status_code == 422
    assert "Chưa ghi thành tích" in text(page(client, "proposal", proposal.pk))
    candidate = proposal.candidates.get()
    assert page(client, "candidate", candidate.pk).status_code == 200
    changed = {"name": candidate.name, "achievement": MERIT}
    assert post(client, "candidate", candidate.pk, **changed).status_code == 302
    assert "Chưa ghi thành tích" not in text(page(client, "proposal", proposal.pk))


def test_a_leader_looks_at_the_decision_and_issues_it(client, honours):
    proposal = honours.proposal(honours.accepted(), sent=True)
    client.force_login(honours.officer.user)
    drawn = post(client, "proposal-draw-up", proposal.pk)
    decision = Decision.objects.get()
    assert drawn.url == reverse("recognition:decision-edit", args=[decision.pk])
    client.force_login(honours.leader.user)
    assert "Chưa có số quyết định" in text(page(client, "decision-issue", decision.pk))
    assert post(client, "decision-issue", decision.pk).status_code == 409
    client.force_login(honours.officer.user)
    filled = {
        "subject": decision.subject,
        "number": 127,
        "letters": "HU",
        "issued_on": "2024-10-12",
        "signatory_position": "Phó Bí thư",
        "signatory": "Dương Văn Toàn",
        "version": decision.version,
    }
    assert post(client, "decision-edit", decision.pk, **filled).status_code == 302
    assert post(client, "decision-edit", decision.pk, **filled).status_code == 422
    assert page(client, "decision-issue", decision.pk).status_code == 403
    client.force_login(honours.leader.user)
    assert "127-QĐ/HU" in text(page(client, "decision-issue", decision.pk))
    decision.refresh_from_db()
    assert post(client, "decision-issue", decision.pk, version=decision.version).status_code == 302
    decision.refresh_from_db()
    assert decision.state == "issued"


def test_units_see_a_decision_once_it_is_announced(client, honours):
    person = CandidateTerms(
        organisation=honours.cast.communes[0], name="Ngọ Thị Mẫu", is_person=True
    )
    elsewhere = honours.accepted(honours.cast.communes[1])
    decision = honours.issued(honours.accepted(), person, elsewhere)
    client.force_login(honours.head.user)
    for name in ("decision", "certificates"):
        assert page(client, name, decision.pk).status_code == 404
    client.force_login(honours.officer.user)
    day = {"announced_on": "2024-10-15", "occasion": "Tháng Dân vận"}
    assert "3 trường hợp" in text(page(client, "decision-announce", decision.pk))
    post(client, "decision-announce", decision.pk, deed="plan", **day)
    assert "Tháng Dân vận" in text(page(client, "decision", decision.pk))
    early = day | {"announced_on": "2024-10-01"}
    assert post(client, "decision-announce", decision.pk, **early).status_code == 422
    post(client, "decision-announce", decision.pk, deed="announce", **day)
    client.force_login(honours.head.user)
    assert "Ngọ Thị Mẫu" in text(page(client, "decision", decision.pk))
    sheets = page(client, "certificates", decision.pk)
    pdf = pypdfium2.PdfDocument(b"".join(sheets.streaming_content))
    assert len(pdf) == 2
    assert "127-QĐ/HU" in pdf[0].get_textpage().get_text_range()
    pdf.close()
    assert page(client, "certificates-part", decision.pk, 2).status_code == 404


def test_the_choice_of_revocation(client, honours):
    row = honours.accepted()
    recognition = honours.announced(row)
    honours.announced(row, form="party-commendation", number=128)
    client.force_login(honours.officer.user)
    key = recognition.honours.get().pk
    looked = post(client, "decision-revoke", recognition.pk, honour=key, deed="look")
    assert looked.status_code == 200
    assert "Giấy khen" in text(looked)
    typed = {"honour": key, "reason": "Số liệu không đúng.", "deed": "draw-up"}
    refused = post(client, "decision-revoke", recognition.pk, **typed)
    assert refused.status_code == 422
    assert "thu hồi cùng lúc" in text(refused)
    done = post(client, "decision-revoke", recognition.pk, along="on", **typed)
    draft = Decision.objects.get(purpose="revoke")
    assert done.url == reverse("recognition:decision", args=[draft.pk])
    assert "thu hồi theo" in text(page(client, "decision", draft.pk))
    honours.issue(honours.completed(draft, 140))
    history = text(page(client, "history-exemplar", row.exemplar_id))
    assert history.count("Số liệu không đúng.") == 2


def test_declining_taking_back_and_discarding(client, honours):
    proposal = honours.proposal(honours.accepted())
    client.force_login(honours.officer.user)
    assert "1 đối tượng" in text(page(client, "proposal-discard", proposal.pk))
    key = proposal.candidates.get().pk
    add_candidates(
        proposal=proposal,
        candidates=[CandidateTerms(organisation=honours.cast.communes[1], achievement=MERIT)],
        by=honours.officer,
        at=PROPOSED,
    )
    post(client, "candidates-remove", proposal.pk, pk=key)
    assert proposal.candidates.count() == 1
    post(client, "proposal-send", proposal.pk)
    post(client, "proposal-take-back", proposal.pk)
    proposal.refresh_from_db()
    assert proposal.state == "draft"
    refused = post(client, "proposal-discard", proposal.pk)
    assert refused.status_code == 409
    post(client, "proposal-send", proposal.pk)
    post(client, "proposal-draw-up", proposal.pk)
    decision = Decision.objects.get()
    assert page(client, "decision-discard", decision.pk).status_code == 200
    post(client, "decision-discard", decision.pk, version=decision.version)
    assert page(client, "proposal-decline", proposal.pk).status_code == 403
    client.force_login(honours.leader.user)
    assert post(client, "proposal-decline", proposal.pk, reason="").status_code == 422
    post(client, "proposal-decline", proposal.pk, reason="Chưa đủ hồ sơ.")
    assert "Chưa đủ hồ sơ." in text(page(client, "proposal", proposal.pk))
    assert post(client, "proposal-take-back", proposal.pk).status_code == 403


def test_lists_cost_the_same_whatever_their_length(
    client, honours, django_assert_max_num_queries, django_assert_num_queries
):
    client.force_login(honours.officer.user)
    names = ("list", "proposals", "honours")
    honours.announced(honours.accepted())
    costs = {}
    for name in names:
        page(client, name)
        with django_assert_max_num_queries(20) as counted:
            assert page(client, name).status_code == 200
        costs[name] = len(counted)
    for number in (1, 2):
        row = honours.accepted(name=f"Mô hình số {number}")
        honours.announced(row, number=200 + number)
    for name in names:
        with django_assert_num_queries(costs[name]):
            answer = page(client, name)
        assert len(answer.context["page"].rows) == 3
    assert len(page(client, "honours", q="số 1").context["page"].rows) == 1
    assert len(page(client, "list", act="praise").context["page"].rows) == 0
    assert len(page(client, "proposals", state="decided", year=2024).context["page"].rows) == 3


def test_histories_link_to_each_other_and_stay_in_reach(client, honours):
    person = CandidateTerms(
        organisation=honours.cast.communes[0],
        name="Ngọ Thị Mẫu",
        is_person=True,
        achievement=MERIT,
    )
    row = honours.accepted()
    honours.announced(row, person)
    honour = Honour.objects.get(subject="person")
    client.force_login(honours.head.user)
    unit = page(client, "history-unit", honours.cast.communes[0].pk)
    assert len(unit.context["rows"]) == 2
    addresses = [
        reverse("recognition:history-exemplar", args=[row.exemplar_id]),
        reverse("recognition:history-person", args=[honour.pk]),
    ]
    for address in addresses:
        assert address in text(unit)
        assert len(client.get(address).context["rows"]) == 1
    stranger = SeatFactory(organisation=honours.cast.communes[2], role=Role.HEAD)
    client.force_login(stranger.user)
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert page(client, "history-unit", honours.cast.communes[0].pk).status_code == 404


def test_forms_of_honour_are_data(client, honours):
    form = HonourForm.objects.get(code="party-commendation")
    client.force_login(honours.officer.user)
    assert "Bằng khen" in text(page(client, "forms"))
    assert page(client, "form", form.pk).status_code == 403
    top = SeatFactory(organisation=honours.cast.province, role=Role.ADMINISTRATOR)
    client.force_login(top.user)
    assert page(client, "form", form.pk).status_code == 200
    typed = {"name": "Giấy khen", "giver_levels": ["district"], "valid_years": 3, "is_active": "on"}
    assert post(client, "form", form.pk, **typed).status_code == 302
    form.refresh_from_db()
    assert (form.giver_kinds, form.giver_levels, form.valid_years) == ([], ["district"], 3)
    assert not form.needs_recognition
    terms = HonourFormTerms(
        name="Giấy khen",
        giver_kinds=[],
        giver_levels=[],
        needs_recognition=True,
        valid_years=None,
        source="",
        is_active=True,
    )
    with pytest.raises(NotAllowedError):
        edit_honour_form(form=form, terms=terms, by=honours.officer, at=PROPOSED)
    assert [entry.verb for entry in history_of(form)] == ["honour-form.edit"]
    decision = honours.issued(honours.accepted(), form="party-commendation")
    assert f"{decision.honours.get().valid_until:%d/%m/%Y}" == "12/10/2027"


@pytest.mark.parametrize(("name", "kind"), [("proposal", "proposal"), ("decision", "decision")])
def test_papers_are_given_to_the_bodies_concerned(client, honours, name, kind):
    decision = honours.announced(honours.accepted())
    key = decision.pk if kind == "decision" else decision.proposal_id
    client.force_login(honours.officer.user)
    for fmt in ("docx", "pdf", "xlsx"):
        answer = page(client, f"{name}-paper", key, fmt)
        assert answer.status_code == 200
        assert len(answer.content) > 3000
    assert page(client, f"{name}-paper", key, "exe").status_code == 404
    client.force_login(honours.head.user)
    assert page(client, f"{name}-paper", key, "pdf").status_code == 404
