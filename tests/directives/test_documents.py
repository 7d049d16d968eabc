"""The register of documents: entering, refusing, finding, correcting."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories.accounts import START
from tests.factories.directives import (
    DocumentFileFactory,
    DocumentLinkFactory,
    FindingFactory,
    OriginFactory,
    ReadingFactory,
)
from tests.factories.organisations import make_cast
from tests.factories.rounds import make_period

from kheo.audit.models import Entry
from kheo.directives.actions import (
    DocumentError,
    DocumentFacts,
    StaleDocumentError,
    delete_document,
    edit_document,
    register_document,
)
from kheo.directives.enums import LinkState
from kheo.directives.models import Document
from kheo.directives.queries import documents_visible_to, found_documents, twins_of
from kheo.directives.rules import can_take_in
from kheo.organisations.rules import NotAllowedError
from kheo.search.actions import rebuild_entries

pytestmark = pytest.mark.django_db

TYPED = {
    "kind": "HD",
    "symbol": "Số 9 - HD/HU",
    "issued_on": "17/08/2022",
    "issuer_name": "Ban Thường vụ Huyện uỷ",
    "subject": "hướng dẫn xây dựng mô hình, điển hình “Dân vận khéo”",
}


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.officer.user)
    return client


def enter(owner, *, is_another=False, **changes):
    facts = {
        "kind": "KH",
        "symbol": "31-KH/TU",
        "issued_on": date(2021, 3, 16),
        "issuer_name": "Tỉnh ủy",
        "subject": "thực hiện phong trào thi đua “Dân vận khéo”",
    } | changes
    return register_document(
        owner=owner, facts=DocumentFacts(**facts), is_another=is_another, by=None, at=START
    )


def test_a_document_typed_on_screen_is_kept_in_due_form(officer, cast):
    answer = officer.post(reverse("directives:new"), TYPED)
    document = Document.objects.get()
    assert answer.url == reverse("directives:detail", args=[document.pk])
    assert (document.symbol, document.number) == ("09-HD/HU", 9)
    assert document.issuer_name == "Ban Thường vụ Huyện ủy"
    assert document.citation == (
        "Hướng dẫn số 09-HD/HU ngày 17/8/2022 của Ban Thường vụ Huyện ủy"
        " hướng dẫn xây dựng mô hình, điển hình “Dân vận khéo”"
    )
    assert "09-HD/HU" in officer.get(answer.url).content.decode()
    assert Entry.objects.get(verb="document.register").seat_id == cast.officer.pk


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2024, 2, 16), "16/02/2024"),
        (date(2021, 11, 1), "01/11/2021"),
        (date(2021, 9, 28), "28/9/2021"),
        (date(2021, 5, 1), "01/5/2021"),
    ],
)
def test_dates_are_cited_as_papers_write_them(cast, day, written):
    assert f"ngày {written} của" in enter(cast.district, issued_on=day).citation


def test_a_draft_has_neither_number_nor_date(cast):
    draft = enter(cast.district, kind="CV", symbol="-CV/HU", issued_on=None)
    assert (draft.symbol, draft.number) == ("-CV/HU", None)
    assert enter(cast.district, symbol="", issued_on=None).reference == "Kế hoạch (chưa có số)"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("symbol", "không phải số"),
        ("symbol", "31-KH/TU"),
        ("subject", ""),
        ("issued_on", "31/02/2024"),
        ("kind", "??"),
        ("subject", "x" * 501),
    ],
)
def test_what_cannot_be_is_answered_with_the_form_and_its_errors(officer, field, value):
    answer = officer.post(reverse("directives:new"), TYPED | {field: value})
    assert answer.status_code == 422
    assert "field-errors" in answer.content.decode()
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("về công tác bảo mật thông tin", True),
        ("về bảo vệ bí mật nhà nước", True),
        ("(Mật) kế hoạch diễn tập", False),
        ("TUYỆT MẬT", False),
        ("độ mật: tối mật", False),
        ("Mật: báo cáo", False),
    ],
)
def test_papers_with_a_mark_of_secrecy_are_told_from_papers_about_secrets(text, allowed):
    assert bool(can_take_in(text)) is allowed


def test_a_secret_document_is_refused_on_screen_and_by_the_deed(officer, cast):
    answer = officer.post(reverse("directives:new"), TYPED | {"subject": "(Mật) kế hoạch"})
    assert answer.status_code == 422
    assert "bí mật nhà nước" in answer.content.decode()
    with pytest.raises(NotAllowedError):
        enter(cast.district, subject="(Tối mật) kế hoạch")
    assert not Document.objects.exists()


def test_the_symbol_must_agree_with_the_type(cast):
    with pytest.raises(DocumentError, match="31-KH/TU"):
        enter(cast.district, kind="CT")


def test_the_same_symbol_of_another_issuer_is_another_document(cast):
    ours = enter(cast.district)
    town = enter(cast.elsewhere, issuer_name="Thị ủy")
    again = enter(cast.district, is_another=True)
    assert list(twins_of(ours)) == [again]
    assert not twins_of(town).exists()
    assert not twins_of(enter(cast.district, symbol="")).exists()


def test_a_second_entry_of_the_same_paper_is_pointed_to_the_first(officer, cast):
    officer.post(reverse("directives:new"), TYPED)
    answer = officer.post(reverse("directives:new"), TYPED)
    assert answer.status_code == 422
    page = answer.content.decode()
    first = Document.objects.get()
    assert reverse("directives:detail", args=[first.pk]) in page
    # who knows better may say so, and the doubt stays visible
    officer.post(reverse("directives:new"), TYPED | {"is_another": "on"}, follow=True)
    assert Document.objects.count() == 2
    again = officer.get(reverse("directives:detail", args=[first.pk]))
    assert "nhập hai lần" in again.content.decode()


def test_the_letter_of_a_superior_is_known_however_its_issuer_is_written(client, cast):
    above = enter(cast.district, symbol="62-KH/HU", issuer_name="Ban Thường vụ Huyện uỷ")
    client.force_login(cast.clerk.user)
    typed = {
        "kind": "KH",
        "symbol": "62-KH/HU",
        "issued_on": "16/03/2021",
        "issuer_name": "Huyện ủy Tân Yên",
        "subject": "thực hiện",
    }
    answer = client.post(reverse("directives:new"), typed)
    assert answer.status_code == 422
    assert reverse("directives:detail", args=[above.pk]) in answer.content.decode()


def test_documents_are_seen_by_the_unit_and_below_and_by_superiors_only(cast):
    from_above = enter(cast.province)
    ours = enter(cast.district, is_another=True)
    commune = enter(cast.communes[0], is_another=True)
    other = enter(cast.communes[1], is_another=True)
    assert set(documents_visible_to(cast.clerk)) == {from_above, ours, commune}
    assert set(documents_visible_to(cast.officer)) == {from_above, ours, commune, other}
    assert set(documents_visible_to(cast.stranger)) == {from_above}


def test_a_guessed_address_is_not_found(client, cast):
    hidden = enter(cast.communes[1])
    client.force_login(cast.clerk.user)
    assert client.get(reverse("directives:detail", args=[hidden.pk])).status_code == 404
    assert client.post(reverse("directives:edit", args=[hidden.pk]), TYPED).status_code == 404


def test_a_known_document_of_above_is_read_but_not_changed(client, cast):
    document = enter(cast.district)
    client.force_login(cast.clerk.user)
    assert client.get(reverse("directives:detail", args=[document.pk])).status_code == 200
    assert client.post(reverse("directives:edit", args=[document.pk]), TYPED).status_code == 403


def test_leaders_read_and_do_not_enter(client, cast):
    client.force_login(cast.leader.user)
    assert client.get(reverse("directives:new")).status_code == 403
    assert client.get(reverse("directives:list")).status_code == 200


def test_search_needs_no_tone_marks(cast):
    plan = enter(cast.district)
    enter(cast.district, kind="CT", symbol="11-CT/TU", subject="nâng cao hiệu quả")
    assert list(found_documents(cast.officer, search="dan van KHEO")) == [plan]
    assert list(found_documents(cast.officer, search="31 kh tu")) == [plan]
    assert found_documents(cast.officer, kind="CT").count() == 1
    assert not found_documents(cast.officer, search="không có").exists()


def test_correcting_shows_in_the_history_what_changed(officer, cast):
    officer.post(reverse("directives:new"), TYPED)
    document = Document.objects.get()
    page = officer.get(reverse("directives:edit", args=[document.pk]))
    assert 'value="09-HD/HU"' in page.content.decode()
    changed = TYPED | {"signatory": "Phạm Thị Thử", "version": "1"}
    officer.post(reverse("directives:edit", args=[document.pk]), changed)
    entry = Entry.objects.get(verb="document.edit")
    assert (entry.before, entry.after) == ({"signatory": ""}, {"signatory": "Phạm Thị Thử"})


def test_two_people_correcting_never_overwrite_each_other(officer, cast):
    officer.post(reverse("directives:new"), TYPED)
    document = Document.objects.get()
    facts = DocumentFacts(kind="HD", subject="khác", issuer_name="Huyện ủy", symbol="09-HD/HU")
    edit_document(document=document, facts=facts, seen_version=1, by=cast.officer, at=START)
    answer = officer.post(reverse("directives:edit", args=[document.pk]), TYPED | {"version": "1"})
    assert answer.status_code == 422
    document.refresh_from_db()
    assert document.subject == "khác"
    with pytest.raises(StaleDocumentError):
        edit_document(document=document, facts=facts, seen_version=1, by=None, at=START)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(officer, cast, rows, django_assert_num_queries):
    for number in range(rows):
        enter(cast.district, symbol=f"{number + 40}-KH/HU")
    officer.get(reverse("directives:list"))
    with django_assert_num_queries(9):
        page = officer.get(reverse("directives:list")).content.decode()
    assert page.count("-KH/HU") == rows


def test_html_in_a_subject_is_shown_as_text(officer, cast):
    document = enter(cast.district, subject="<script>alert(1)</script>")
    page = officer.get(reverse("directives:detail", args=[document.pk])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"kind": "KH"}, {"31-KH/TU", "62-KH/HU"}),
        ({"year": 2021}, {"31-KH/TU", "11-CT/TU"}),
        ({"issuer": "huyện uỷ"}, {"62-KH/HU"}),
        ({"period": "2021-2025"}, {"31-KH/TU"}),
        ({"relation": "any"}, {"62-KH/HU", "11-CT/TU"}),
        ({"relation": "none"}, {"31-KH/TU"}),
        ({"relation": "implements"}, {"62-KH/HU"}),
        ({"relation": "replaced"}, set()),
        ({"kind": "KH", "year": 2022, "search": "khéo"}, {"62-KH/HU"}),
    ],
)
def test_the_list_is_narrowed_by_what_documents_are(cast, filters, found):
    enter(cast.district, period_from=2021, period_to=2025)
    directive = enter(
        cast.district, kind="CT", symbol="11-CT/TU", issued_on=date(2021, 9, 28), subject="nâng cao"
    )
    plan = enter(
        cast.district,
        symbol="62-KH/HU",
        issuer_name="Ban Thường vụ Huyện ủy",
        issued_on=date(2022, 1, 1),
    )
    DocumentLinkFactory(document=plan, target=directive)
    rows = found_documents(cast.officer, **filters)
    assert {row.symbol for row in rows} == found


def test_a_strange_filter_shows_everything_and_what_is_wrong(officer, cast):
    enter(cast.district)
    page = officer.get(reverse("directives:list"), {"period": "năm nay"}).content.decode()
    assert "31-KH/TU" in page


def test_filters_that_nothing_passes_can_be_taken_out(officer, cast):
    url = reverse("directives:list")
    assert "Thả kế hoạch" in officer.get(url).content.decode()
    enter(cast.district)
    page = officer.get(url, {"search": "không có đâu"}).content.decode()
    assert "Không có văn bản nào phù hợp với bộ lọc." in page
    assert f'href="{url}"' in page.split("phù hợp với bộ lọc")[1]
    assert "Thả kế hoạch" not in page


def test_a_document_is_found_by_its_symbol_without_spaces_and_by_its_text(cast):
    document = enter(cast.district)
    Document.objects.filter(pk=document.pk).update(text="Tổ chức hội thi báo chí toàn tỉnh")
    rebuild_entries(kind="document")
    for words in ("31khtu", "31-KH/TU", "hoi thi bao chi"):
        assert list(found_documents(cast.officer, search=words)) == [document]


def test_a_document_is_deleted_with_all_that_is_its_own(officer, cast):
    document = enter(cast.district)
    other = enter(cast.district, symbol="62-KH/HU")
    backlink = DocumentLinkFactory(document=other, target=document, state=LinkState.FOUND)
    DocumentLinkFactory(document=document)
    reading = ReadingFactory(document=document, file=DocumentFileFactory(document=document))
    FindingFactory(reading=reading)
    answer = officer.post(reverse("directives:delete", args=[document.pk]))
    assert answer.url == reverse("directives:list")
    assert list(Document.objects.all()) == [other]
    backlink.refresh_from_db()
    assert (backlink.target, backlink.state) == (None, LinkState.NAMED)
    assert Entry.objects.get(verb="document.delete").before["symbol"] == "31-KH/TU"
    assert not found_documents(cast.officer, search="31khtu").exists()


def test_a_document_on_which_work_hangs_stays(officer, cast):
    document = enter(cast.district)
    make_period(cast.district, governing_documents=(document,))
    answer = officer.get(reverse("directives:delete", args=[document.pk]))
    assert "giai đoạn" in answer.content.decode()
    assert officer.post(reverse("directives:delete", args=[document.pk])).status_code == 403
    with pytest.raises(NotAllowedError):
        delete_document(document=document, by=cast.officer, at=START)
    assert Document.objects.filter(pk=document.pk).exists()


def test_a_sentence_of_which_work_was_made_keeps_its_document(cast):
    document = enter(cast.district)
    OriginFactory(finding=FindingFactory(document=document))
    with pytest.raises(DocumentError):
        delete_document(document=document, by=None, at=START)
