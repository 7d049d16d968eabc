"""A scan comes in where an engine is installed, and is refused with advice elsewhere."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.factories.accounts import START
from tests.factories.directives import DocumentFactory, paper_text
from tests.factories.organisations import Cast
from tests.factories.scans import engine_that_reads, scan

from kheo.directives.actions import add_document_file
from kheo.directives.models import Arrival, Document


@pytest.fixture
def officer(client, cast: Cast):
    client.force_login(cast.officer.user)
    return client


@pytest.fixture
def engine(tmp_path, settings) -> None:
    settings.OCR_ENGINE = engine_that_reads(tmp_path, paper_text())


def drop(client, content: bytes):
    file = SimpleUploadedFile("ban-quet.pdf", content)
    return client.post(reverse("directives:receive"), {"file": file}, follow=True)


def test_without_an_engine_a_scan_is_refused_with_advice(officer) -> None:
    page = drop(officer, scan())
    assert page.status_code == 422
    assert "đính kèm bản quét" in page.content.decode()
    assert not Arrival.objects.exists()


def test_with_an_engine_it_fills_the_form_and_says_it_is_a_scan(officer, engine) -> None:
    page = drop(officer, scan())
    assert "máy nhận dạng" in page.content.decode()
    form = page.context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    values["issued_on"] = values["issued_on"].strftime("%d/%m/%Y")
    officer.post(reverse("directives:arrival", args=[Arrival.objects.get().pk]), values)
    document = Document.objects.get()
    assert document.symbol == "62-KH/HU"
    reading = document.readings.get()
    assert "scanned" in reading.warnings
    assert set(reading.findings.values_list("confidence", flat=True)) == {"unsure"}
    page = officer.get(reverse("directives:reading", args=[document.pk])).content.decode()
    assert "máy nhận dạng" in page


@pytest.mark.parametrize(("pages", "words"), [(11, "10 trang"), (1, "không chạy được")])
def test_what_the_engine_cannot_do_is_told(officer, engine, settings, pages, words) -> None:
    settings.OCR_ENGINE = "/no/engine" if pages == 1 else settings.OCR_ENGINE
    page = drop(officer, scan(pages))
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Arrival.objects.exists()


def test_an_attached_scan_is_read_too(officer, engine, cast: Cast) -> None:
    document = DocumentFactory(owner=cast.district)
    file = add_document_file(
        document=document, name="ban-quet.pdf", content=scan(), by=cast.officer, at=START
    )
    officer.post(reverse("directives:file-read", args=[file.pk]))
    assert document.readings.get().facts["symbol"] == "62-KH/HU"
