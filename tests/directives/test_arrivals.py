"""Files dropped on the register: read, refused, pointed to what is there, entered as documents."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.factories.accounts import START
from tests.factories.directives import DocumentFactory, paper_text, word_file
from tests.factories.organisations import make_cast

from kheo.audit.models import Entry
from kheo.directives.actions import (
    DocumentError,
    DocumentFacts,
    attach_arrival,
    discard_arrival,
    enter_arrival,
    receive_document,
)
from kheo.directives.models import Arrival, Document, Finding
from kheo.organisations.rules import NotAllowedError

pytestmark = pytest.mark.django_db

WORD = word_file(paper_text())


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.officer.user)
    return client


def receive(seat, content=WORD, name="ke-hoach-62.docx", at=START):
    return receive_document(name=name, content=content, by=seat, at=at)


def drop(client, content=WORD, name="ke-hoach-62.docx"):
    return client.post(reverse("directives:receive"), {"file": SimpleUploadedFile(name, content)})


def shown_values(page):
    """What the form of the waiting file sends when nothing is touched."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    day = values["issued_on"]
    values["issued_on"] = day.strftime("%d/%m/%Y") if isinstance(day, date) else day
    return {name: value for name, value in values.items() if value is not None}


def test_a_dropped_word_file_fills_the_form_and_becomes_a_document(officer, cast):
    answer = drop(officer)
    page = officer.get(answer.url)
    html = page.content.decode()
    assert "value-read" in html
    assert "Đọc được từ văn bản: “62-KH/HU”." in html
    assert "11-CT/TU ngày 28/9/2021" in html
    saved = officer.post(answer.url, shown_values(page))
    document = Document.objects.get()
    assert saved.url == reverse("directives:detail", args=[document.pk])
    assert (document.kind, document.symbol, document.number) == ("KH", "62-KH/HU", 62)
    assert document.issued_on == date(2021, 11, 1)
    assert document.issuer == cast.district
    assert (document.signatory, document.place) == ("Trần Văn Mẫu", "Tân Yên")
    assert (document.period_from, document.period_to) == (2021, 2025)
    assert "ban hành kế hoạch như sau" in document.text
    file = document.files.get()
    assert (file.is_main, file.sha256) == (True, hashlib.sha256(WORD).hexdigest())
    with file.file.open("rb") as kept:
        assert kept.read() == WORD
    assert not Arrival.objects.exists()
    assert [link.symbol for link in document.links.all()] == ["11-CT/TU"]
    found = Finding.objects.filter(reading__document=document, field="deadline").get()
    assert found.reading.text[found.start : found.end] == found.text


def test_entering_is_one_deed_in_the_history(cast):
    received = receive(cast.officer)
    facts = DocumentFacts(
        kind="KH", subject="thực hiện", issuer_name="Huyện ủy Tân Yên", symbol="62-KH/HU"
    )
    document = enter_arrival(arrival=received.arrival, facts=facts, by=cast.officer, at=START)
    entry = Entry.objects.get(record_type="directives.document", record_id=document.pk)
    assert entry.verb == "document.register"
    assert entry.after["file"] == "ke-hoach-62.docx"
    assert len(entry.after["checksum"]) == 64


def test_a_value_that_was_not_read_stays_empty_and_nothing_is_invented(officer):
    draft = paper_text(number="Số       -KH/HU", place="Tân Yên, ngày     tháng 11 năm 2021")
    page = officer.get(drop(officer, draft.encode(), "du-thao.txt").url)
    form = page.context["form"]
    assert form["issued_on"].value() in {None, ""}
    assert form["symbol"].value() in {None, ""}
    assert form["subject"].value().startswith("thực hiện phong trào")


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "rong.docx", "Tệp rỗng"),
        (b"PK\x03\x04 broken", "hong.docx", "bị hỏng"),
        (b"MZ\x90\x00", "chuong-trinh.exe", "không phải tệp Word"),
        (paper_text(mark="MẬT").encode(), "mat.txt", "dấu chỉ độ mật"),
        (paper_text(mark="TỐI MẬT").encode(), "toi-mat.txt", "dấu chỉ độ mật"),
        (word_file(paper_text(mark="TUYỆT MẬT")), "tuyet-mat.docx", "dấu chỉ độ mật"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_the_reason(officer, content, name, said):
    answer = drop(officer, content, name)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Arrival.objects.exists()
    assert not Document.objects.exists()


def test_of_a_secret_paper_only_the_refusal_is_kept(cast):
    assert receive(cast.officer, paper_text(mark="MẬT").encode(), "ke-hoach.txt").refusal
    entry = Entry.objects.get(verb="document.refuse-file")
    assert entry.after == {"refusal": "secret"}
    assert not default_storage.exists("arrivals") or not default_storage.listdir("arrivals")[1]


def test_a_paper_about_secrets_is_no_secret_paper(cast):
    text = paper_text(subject="về bảo vệ bí mật nhà nước và tài liệu tối mật")
    assert receive(cast.officer, text.encode(), "bao-ve.txt").arrival is not None


def test_the_same_file_is_not_taken_twice(officer, cast):
    first = drop(officer).url
    assert drop(officer, name="ban-sao.docx").url == first
    officer.post(first, shown_values(officer.get(first)))
    document = Document.objects.get()
    assert drop(officer).url == reverse("directives:detail", args=[document.pk])


def test_what_a_superior_entered_is_pointed_to_by_file_and_by_number(client, officer, cast):
    url = drop(officer).url
    officer.post(url, shown_values(officer.get(url)))
    known = reverse("directives:detail", args=[Document.objects.get().pk])
    client.force_login(cast.clerk.user)
    assert drop(client).url == known
    scanned_anew = drop(client, paper_text().encode(), "ke-hoach.txt").url
    page = client.get(scanned_anew)
    assert known in page.content.decode()
    assert client.post(scanned_anew, shown_values(page)).status_code == 422
    another = shown_values(page) | {"is_another": "on"}
    assert client.post(scanned_anew, another).status_code == 302


def test_a_second_format_of_a_document_is_put_to_it(officer, cast):
    url = drop(officer).url
    officer.post(url, shown_values(officer.get(url)))
    document = Document.objects.get()
    waiting = receive(cast.officer, paper_text().encode(), "ban-txt.txt").arrival
    attach = reverse("directives:arrival-attach", args=[waiting.pk, document.pk])
    assert officer.post(attach).url == reverse("directives:detail", args=[document.pk])
    assert [file.name for file in document.files.all()] == ["ke-hoach-62.docx", "ban-txt.txt"]
    with pytest.raises(DocumentError):
        attach_arrival(arrival=waiting, document=document, by=cast.officer, at=START)


def test_a_waiting_file_belongs_to_its_unit(client, cast):
    arrival = receive(cast.officer).arrival
    client.force_login(cast.clerk.user)
    address = reverse("directives:arrival", args=[arrival.pk])
    assert client.get(address).status_code == 404
    assert client.post(reverse("directives:arrival-discard", args=[arrival.pk])).status_code == 404
    with pytest.raises(NotAllowedError):
        discard_arrival(arrival=arrival, by=cast.clerk, at=START)


def test_whoever_is_slower_is_told_so(officer, cast):
    arrival = receive(cast.officer).arrival
    page = officer.get(reverse("directives:arrival", args=[arrival.pk]))
    discard_arrival(arrival=arrival, by=cast.officer, at=START)
    facts = DocumentFacts(kind="KH", subject="x", issuer_name="Huyện ủy")
    with pytest.raises(DocumentError):
        enter_arrival(arrival=arrival, facts=facts, by=cast.officer, at=START)
    assert officer.get(page.wsgi_request.path).status_code == 404
    assert not Document.objects.exists()


def test_leaders_do_not_hand_files_in(client, cast):
    client.force_login(cast.leader.user)
    assert drop(client).status_code == 403
    assert "drop-zone" not in client.get(reverse("directives:list")).content.decode()


def test_what_nobody_entered_is_forgotten_after_a_month(cast, django_capture_on_commit_callbacks):
    old = receive(cast.officer).arrival
    name = old.file.name
    with django_capture_on_commit_callbacks(execute=True):
        receive(cast.officer, paper_text().encode(), "moi.txt", at=START + timedelta(days=31))
    assert list(Arrival.objects.values_list("name", flat=True)) == ["moi.txt"]
    assert not default_storage.exists(name)


def test_the_list_shows_what_waits_and_links_are_found_at_once(officer, cast):
    above = DocumentFactory(
        owner=cast.province,
        kind="CT",
        symbol="11-CT/TU",
        issued_on=date(2021, 9, 28),
        issuer_name="Ban Thường vụ Tỉnh ủy",
    )
    url = drop(officer).url
    assert "ke-hoach-62.docx" in officer.get(reverse("directives:list")).content.decode()
    page = officer.get(url).content.decode()
    assert reverse("directives:detail", args=[above.pk]) in page
