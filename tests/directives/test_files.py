"""Files of a document: attached, given only to those who see it, taken off, read."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.factories.accounts import START
from tests.factories.directives import (
    DocumentFactory,
    DocumentFileFactory,
    ReadingFactory,
    paper_text,
    word_file,
)
from tests.factories.organisations import make_cast

from kheo.audit.models import Entry
from kheo.directives.actions import (
    DocumentError,
    add_document_file,
    read_document_file,
    remove_document_file,
)
from kheo.directives.models import DocumentFile
from kheo.organisations.rules import NotAllowedError

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def document(cast):
    return DocumentFactory(owner=cast.district)


def add(document, by, content=PNG, name="ban-quet.png"):
    return add_document_file(document=document, name=name, content=content, by=by, at=START)


def test_a_scan_is_attached_once_and_given_back_as_it_was(client, cast, document):
    client.force_login(cast.officer.user)
    for _click in range(2):
        client.post(
            reverse("directives:file-add", args=[document.pk]),
            {"file": SimpleUploadedFile("thu-muc/Bản quét.png", PNG)},
        )
    file = DocumentFile.objects.get()
    assert (file.name, file.content_type, file.size) == ("Bản quét.png", "image/png", len(PNG))
    answer = client.get(reverse("directives:file", args=[file.pk]))
    assert b"".join(answer.streaming_content) == PNG
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(verb="document.add-file").count() == 1


def test_a_file_is_given_to_those_who_see_its_document(client, cast):
    file = DocumentFileFactory(document=DocumentFactory(owner=cast.communes[1]))
    client.force_login(cast.clerk.user)
    assert client.get(reverse("directives:file", args=[file.pk])).status_code == 404
    assert client.post(reverse("directives:file-remove", args=[file.pk])).status_code == 404
    client.force_login(cast.officer.user)
    answer = client.get(reverse("directives:file", args=[file.pk]))
    assert answer.status_code == 200
    answer.close()


def test_a_file_that_is_gone_from_the_disk_is_not_found(client, cast, document):
    file = DocumentFileFactory(document=document)
    default_storage.delete(file.file.name)
    client.force_login(cast.officer.user)
    assert client.get(reverse("directives:file", args=[file.pk])).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "rong.pdf", "Tệp rỗng"),
        (paper_text(mark="MẬT").encode(), "mat.txt", "độ mật"),
        (b"MZ\x90\x00", "x.exe", "không phải tệp Word"),
    ],
)
def test_a_bad_file_is_refused_on_the_page(client, cast, document, content, name, said):
    client.force_login(cast.officer.user)
    sent = {"file": SimpleUploadedFile(name, content)}
    answer = client.post(reverse("directives:file-add", args=[document.pk]), sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not DocumentFile.objects.exists()


def test_those_below_read_and_do_not_attach(cast, document):
    with pytest.raises(NotAllowedError):
        add(document, cast.clerk)


def test_a_file_is_taken_off_unless_what_was_read_rests_on_it(
    client, cast, document, django_capture_on_commit_callbacks
):
    file = add(document, cast.officer)
    name = file.file.name
    client.force_login(cast.officer.user)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("directives:file-remove", args=[file.pk]))
    assert not DocumentFile.objects.exists()
    assert not default_storage.exists(name)
    kept = DocumentFileFactory(document=document)
    ReadingFactory(document=document, file=kept)
    with pytest.raises(DocumentError):
        remove_document_file(file=kept, by=cast.officer, at=START)


def test_an_attached_word_file_is_read_on_request(client, cast, document):
    file = add(document, cast.officer, word_file(paper_text()), "ke-hoach.docx")
    document.refresh_from_db()
    assert "ban hành kế hoạch" in document.text
    client.force_login(cast.officer.user)
    client.post(reverse("directives:file-read", args=[file.pk]))
    reading = document.readings.get()
    assert reading.facts["symbol"] == "62-KH/HU"
    assert reading.findings.filter(field="symbol").get().value == "62-KH/HU"
    assert Entry.objects.get(verb="document.read").after["file"] == "ke-hoach.docx"


def test_a_picture_cannot_be_read_and_says_so(cast, document):
    file = add(document, cast.officer)
    with pytest.raises(DocumentError, match="Word"):
        read_document_file(document=document, file=file, by=cast.officer, at=START)
