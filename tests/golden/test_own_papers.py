"""Own papers drafted from a superior's, beside the approved ones (KHEO_APPROVE=1 approves)."""

import os
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.urls import reverse
from tests.factories.organisations import OrganisationFactory
from tests.planning.papers import plan, round_letter

from kheo.lib.papers.check import problems
from kheo.lib.papers.render import render
from kheo.planning.papers.own import own_paper
from kheo.planning.views import drafting

pytestmark = [pytest.mark.golden, pytest.mark.django_db]
APPROVED = Path(__file__).parent / "planning"


def typed(client, document, **changes):
    """What the page proposes, with some of it changed."""
    answer = client.get(reverse("planning:draft", args=[document.pk]))
    assert answer.status_code == 200
    data = answer.context["form"].data
    values = {key: data.getlist(key) for key in data}
    return values | changes


def paper_of(monkeypatch, client, document, **changes):
    """The tree of the paper behind a download, and the Word file itself."""
    made = []

    def kept(wish):
        made.append(own_paper(wish))
        return made[-1]

    monkeypatch.setattr(drafting, "own_paper", kept)
    url = reverse("planning:draft-file", args=[document.pk, "docx"])
    answer = client.get(url, typed(client, document, **changes))
    assert answer.status_code == 200
    return made[-1], docx.Document(BytesIO(answer.content))


def compare(paper, name):
    path = APPROVED / f"{name}.txt"
    text = render(paper, "txt").decode()
    if os.environ.get("KHEO_APPROVE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    assert text == path.read_text()


def test_a_district_drafts_its_plan_from_the_province_s(monkeypatch, client, cast):
    OrganisationFactory(
        parent=cast.province, name="Sở Nội vụ", kind_code="agency", level_code="province"
    )
    paper = plan(cast.province)
    client.force_login(cast.officer.user)
    tree, word = paper_of(
        monkeypatch,
        client,
        paper,
        dated="2021-03-25",
        margin="10",
        signatory="Dương Văn Toàn",
        recipients="Ban Dân vận Tỉnh ủy (để báo cáo)\nCác chi, đảng bộ trực thuộc\nLưu VPHU",
    )
    assert problems(tree) == []
    compare(tree, "KH")
    text = "\n".join(line.text for line in word.paragraphs)
    assert "Kế hoạch số 31-KH/TU ngày 16/3/2021 của Ban Thường vụ Tỉnh ủy" in text


def test_a_commune_drafts_its_letter_from_the_district_s(monkeypatch, client, cast):
    OrganisationFactory(
        parent=cast.communes[0],
        name="Chi bộ thôn Nguyễn",
        kind_code="grassroots_party",
        level_code="commune",
    )
    letter = round_letter(cast.district)
    client.force_login(cast.head.user)
    tree, word = paper_of(
        monkeypatch,
        client,
        letter,
        dated="2024-02-06",
        margin="7",
        kind="CV",
        addressees="Các chi bộ trực thuộc Đảng ủy",
        signatory="Giáp Văn Lâm",
    )
    assert problems(tree) == []
    compare(tree, "CV")
    assert "ĐẢNG ỦY XÃ AN DƯƠNG" in "\n".join(
        cell.text for table in word.tables for row in table.rows for cell in row.cells
    )
