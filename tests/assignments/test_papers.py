"""The tasks of a document go out as an annex, in the words of the paper."""

import io
from datetime import date

import docx
import pytest
from django.test import Client
from tests.factories.assignments import CONTENT, give_task
from tests.factories.directives import DocumentFactory

from kheo.assignments.enums import Timing
from kheo.assignments.papers import time_in_words


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"timing": Timing.CONTINUOUS}, "Thường xuyên"),
        ({"time_text": "Năm 2021 và những năm tiếp theo"}, "Năm 2021 và những năm tiếp theo"),
        ({}, "Trước ngày 30/11/2026"),
        (
            {"timing": Timing.BETWEEN, "starts_on": date(2026, 1, 2)},
            "Từ 02/01/2026 đến 30/11/2026",
        ),
        (
            {
                "timing": Timing.YEARLY,
                "due_on": None,
                "due_month": 3,
                "due_day": 31,
                "exceptions": [{"year": 2021, "on": "2021-05-01"}],
            },
            "Hằng năm, trước ngày 31/3\nRiêng năm 2021, trước ngày 01/05/2021",
        ),
    ],
)
def test_the_time_stands_as_papers_write_it(cast, terms, words):
    assert time_in_words(give_task(cast, **terms)) == words


def test_the_list_comes_as_word_pdf_and_excel(cast):
    document = DocumentFactory(owner=cast.district)
    give_task(cast, document=document)
    client = Client()
    client.force_login(cast.officer.user)
    for fmt, mark in (("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        assert client.get(f"/tasks/papers/{document.pk}.{fmt}").content.startswith(mark)
    word = client.get(f"/tasks/papers/{document.pk}.docx").content
    table = docx.Document(io.BytesIO(word)).tables[-1]
    assert [cell.text for cell in table.rows[-1].cells] == [
        "1",
        CONTENT,
        "Huyện ủy Tân Yên",
        "các xã, thị trấn",
        "Phòng Nông nghiệp huyện",
        "Trước ngày 30/11/2026",
    ]
    assert client.get(f"/tasks/papers/{document.pk}.exe").status_code == 404
    client.force_login(cast.stranger.user)
    assert client.get(f"/tasks/papers/{document.pk}.docx").status_code == 404
