"""Whole papers of S4 as they are downloaded, beside the approved ones (KHEO_APPROVE=1 approves)."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from django.test import Client
from docx.document import Document
from docx.table import Table
from tests.factories.exemplars import Stage
from tests.factories.organisations import level_of

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.rounds.enums import Form
from kheo.rounds.models import Layout

pytestmark = [pytest.mark.golden, pytest.mark.django_db]
APPROVED = Path(__file__).parent / "s4"


@pytest.fixture
def stage(cast) -> Stage:
    """Return the round of S4 in which a commune and an agency have registered."""
    stage = Stage(cast)
    stage.registration(State.ACCEPTED, level=level_of("province"))
    stage.registration(
        State.SUBMITTED, name="Tổ tự quản về an ninh", field="defence_security", continuity="kept"
    )
    stage.registration(
        State.SUBMITTED,
        form=Form.INDIVIDUAL,
        name="Chi bộ 4 tốt <mẫu> & “Dân vận khéo”",
        field="political_system",
    )
    stage.registration(
        State.SUBMITTED, cast.agency, name="Liên kết tiêu thụ vải sớm", scope="Xã Phúc Hòa"
    )
    return stage


@pytest.fixture
def officer(stage: Stage, client: Client) -> Client:
    """Return the browser of the officer, who sees all of the district."""
    client.force_login(stage.officer.user)
    return client


@pytest.mark.parametrize(("code", "form"), [("M1", Form.COLLECTIVE), ("M2", Form.INDIVIDUAL)])
def test_a_registration_is_as_approved(officer: Client, code: str, form: Form) -> None:
    row = Registration.objects.filter(form=form).earliest("pk")
    _compare(officer, code, f"/registrations/{row.pk}/paper.")


@pytest.mark.parametrize("code", ["M3", "M4", "S0", "S1"])
def test_a_list_is_as_approved(officer: Client, stage: Stage, code: str) -> None:
    layout = Layout.objects.get(code=code, is_shipped=True)
    asked = f"?round={stage.round.pk}&layout={layout.pk}&dated=2024-03-01"
    _compare(officer, code, "/reports/lists/list.", asked)


def _compare(officer: Client, code: str, address: str, asked: str = "") -> None:
    word = officer.get(f"{address}docx{asked}").content
    assert word == officer.get(f"{address}docx{asked}").content, "a paper follows from its data"
    found = "\n".join(_word_lines(docx.Document(BytesIO(word)))) + "\n"
    found += f"PDF: {_pdf_pages(officer.get(f'{address}pdf{asked}').content)}\n"
    path = APPROVED / f"{code}.txt"
    if os.environ.get("KHEO_APPROVE"):
        path.write_text(found)
    assert found == path.read_text()


def _word_lines(paper: Document) -> Iterator[str]:
    section = paper.sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    margins = "/".join(str(round(side.mm)) for side in sides)
    yield f"{round(section.page_width.mm)} × {round(section.page_height.mm)} mm, {margins} mm"
    for part in paper.iter_inner_content():
        if isinstance(part, Table):
            yield "[table]"
            for row in part.rows:
                head = "# " if row._tr.xpath("./w:trPr/w:tblHeader") else "  "
                yield head + " | ".join(cell.text.replace("\n", " ⏎ ") for cell in row.cells)
        else:
            yield part.text.replace("\n", " ⏎ ")


def _pdf_pages(content: bytes) -> str:
    paper = pypdfium2.PdfDocument(content)
    sizes = [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in paper]
    paper.close()
    return ", ".join(f"{width} × {height} mm" for width, height in sizes)
