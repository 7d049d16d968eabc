"""The proposal of a list, beside the approved one (KHEO_APPROVE=1 approves)."""

import os
from datetime import date
from pathlib import Path

import pytest
from tests.factories.directives import DocumentFactory
from tests.factories.nominations import LATER, Nominating
from tests.factories.organisations import level_of

from kheo.exemplars.enums import State
from kheo.lib.papers.check import problems
from kheo.lib.papers.render import render
from kheo.nominations.actions import ProposalTerms, write_proposal
from kheo.nominations.models import NominationList
from kheo.nominations.papers.gathering import proposal_of
from kheo.nominations.papers.proposal import nomination_list_paper, proposal_paper
from kheo.rounds.enums import Form
from kheo.rounds.models import Round

pytestmark = [pytest.mark.golden, pytest.mark.django_db]
APPROVED = Path(__file__).parent / "nominations"


def ranked(cast) -> NominationList:
    """A list of three, the second of them a person."""
    stage = Nominating(cast, late_policy="accept")
    basis = DocumentFactory(owner=cast.province)
    Round.objects.filter(pk=stage.round.pk).update(governing_document=basis)
    person = {
        "form": Form.INDIVIDUAL,
        "field": "culture_society",
        "name": "Bí thư chi bộ gương mẫu",
    }
    models = [
        stage.registration(State.ACCEPTED, unit=unit, **({"level": level_of("province")} | changes))
        for unit, changes in (
            (cast.communes[0], {}),
            (cast.communes[1], person),
            (cast.agency, {"name": "Liên kết tiêu thụ vải sớm"}),
        )
    ]
    row = stage.begin()
    stage.forward(row, *models)
    terms = ProposalTerms(
        number=12,
        issued_on=date(2024, 3, 4),
        position="Phó Bí thư",
        signatory="Nguyễn Văn Mẫu",
        recipients="Như trên\nBan Dân vận Tỉnh ủy (để báo cáo)\nLưu Văn phòng Huyện ủy",
    )
    write_proposal(row=row, terms=terms, by=stage.officer, at=LATER)
    return NominationList.objects.select_related("owner__kind", "owner__level").get(pk=row.pk)


def compare(paper, name):
    path = APPROVED / f"{name}.txt"
    text = render(paper, "txt").decode()
    if os.environ.get("KHEO_APPROVE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    assert text == path.read_text()


def test_a_district_proposes_three_models_to_its_province(cast):
    wish = proposal_of(ranked(cast), cast.province, date(2024, 3, 1))
    paper = proposal_paper(wish)
    assert problems(paper) == []
    compare(paper, "TTr")
    compare(nomination_list_paper(wish), "list")
    if folder := os.environ.get("KHEO_LOOK"):
        for fmt in ("docx", "pdf"):
            Path(folder, f"TTr.{fmt}").write_bytes(render(paper, fmt))
