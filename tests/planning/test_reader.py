"""From the file itself: what the reader finds in papers like S4, S1 and S0 becomes their work."""

from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from tests.factories.accounts import START
from tests.factories.directives import DocumentFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.rounds import S4_THEME, make_period
from tests.planning.papers import HERE

from kheo.directives.actions.readings import keep_reading
from kheo.lib.extraction.directives.reading import read_document
from kheo.planning.queries.facts import checked_paper
from kheo.planning.queries.review_proposal import review_proposal
from kheo.planning.queries.round_proposal import round_proposal
from kheo.planning.queries.task_proposals import task_proposals

pytestmark = pytest.mark.django_db
SEEDS = Path(__file__).parents[3] / "shared/seeds"
TODAY = date(2024, 2, 5)


def file_of(path: Path, ending: str) -> tuple[bytes, str]:
    """The paper as text or as Word."""
    text = path.read_text()
    if ending == "txt":
        return text.encode(), "van-ban.txt"
    word = docx.Document()
    for line in text.splitlines():
        word.add_paragraph(line)
    out = BytesIO()
    word.save(out)
    return out.getvalue(), "van-ban.docx"


def accepted_paper(owner, path, ending="txt", **facts):
    """The document with all that was read of it accepted."""
    document = DocumentFactory(owner=owner, issuer=owner, **facts)
    reading = keep_reading(document, None, read_document(*file_of(path, ending)), START)
    reading.findings.update(state="accepted")
    return checked_paper(document)


def seed(name):
    path = next(SEEDS.glob(f"{name}*"), None) if SEEDS.is_dir() else None
    if path is None:
        pytest.skip("the seeds are not here")
    return path


@pytest.fixture
def district(cast):
    make_period(cast.district)
    for code, name, kind in [
        ("TY-CA", "Đảng bộ Công an huyện", "armed_force"),
        ("TY-PN", "Hội Liên hiệp Phụ nữ huyện", "mass_organisation"),
    ]:
        OrganisationFactory(
            parent=cast.district, name=name, code=code, kind_code=kind, level_code="district"
        )
    return cast.district


LETTER = {
    "kind": "CV",
    "number": None,
    "symbol": "",
    "issued_on": None,
    "issuer_name": "Huyện ủy Tân Yên",
    "subject": "triển khai Phong trào thi đua “Dân vận khéo” năm 2024",
}


@pytest.mark.parametrize("which", ["own as text", "own as Word", "seed"])
def test_the_letter_proposes_the_round_of_s4(district, which):
    path = seed("004") if which == "seed" else HERE / "round-letter.txt"
    paper = accepted_paper(district, path, "docx" if "Word" in which else "txt", **LETTER)
    proposal = round_proposal(paper, district, TODAY)
    assert (proposal.year, proposal.theme) == (2024, S4_THEME)
    assert (proposal.receiver_name, proposal.nomination_cap) == ("Ban Dân vận Huyện ủy", 5)
    assert proposal.governing[0].label.startswith("Hướng dẫn số 09-HD/HU ngày 17/8/2022")
    communes, agencies = proposal.audiences
    assert [audience.name for audience in (communes, agencies)] == [
        "Các xã, thị trấn",
        "Các cơ quan, đơn vị",
    ]
    assert {audience.due_on for audience in (communes, agencies)} == {date(2024, 2, 27)}
    assert [layout.code for layout in communes.layouts] == ["M1", "M2", "M3"]
    assert [layout.code for layout in agencies.layouts] == ["M1", "M2", "M4"]
    assert communes.quotas == {"province": (1, None), "district": (4, 5)}
    assert agencies.quotas == {"province": (1, 2), "district": (4, 5)}
    assert [kind.code for kind in communes.kinds] == ["commune_committee"]
    assert {kind.code for kind in agencies.kinds} == {"agency", "mass_organisation"}
    assert [level.code for level in agencies.levels] == ["district"]
    assert [unit.code for unit in agencies.listed] == ["TY-CA"]


@pytest.mark.parametrize("which", ["own", "seed"])
def test_the_plan_proposes_tasks_and_the_round_of_every_year(cast, which):
    for name, kind in [("Sở Nội vụ", "agency"), ("Ban Tổ chức Tỉnh ủy", "party_advisory")]:
        OrganisationFactory(parent=cast.province, name=name, kind_code=kind, level_code="province")
    path = seed("001") if which == "seed" else HERE / "plan.txt"
    paper = accepted_paper(
        cast.province,
        path,
        kind="KH",
        symbol="31-KH/TU",
        issued_on=date(2021, 3, 16),
        issuer_name="Ban Thường vụ Tỉnh ủy",
        subject="thực hiện phong trào thi đua “Dân vận khéo”, giai đoạn 2021 - 2025",
    )
    tasks = task_proposals(paper, cast.province, TODAY)
    assert len(tasks) == (10 if which == "seed" else 3)
    assert all(task.bodies["executing"] and task.bodies["directing"] for task in tasks)
    assert not any(task.questions for task in tasks)
    first = round_proposal(paper, cast.province, TODAY)
    assert (first.year, first.usual_due) == (2021, (3, 31))
    assert first.exceptions == ((2021, date(2021, 5, 1)),)
    assert first.new_period.name == "2021 – 2025"
    assert {audience.due_on for audience in first.audiences} == {date(2021, 5, 1)}
    assert first.audiences[0].quotas == {"all": (1, 2)}
    later = round_proposal(paper, cast.province, TODAY, year=2023)
    assert {audience.due_on for audience in later.audiences} == {date(2023, 3, 31)}
    assert {kind.code for audience in first.audiences for kind in audience.kinds} >= {
        "agency",
        "party_advisory",
        "party_committee",
    }


@pytest.mark.parametrize("which", ["own", "seed"])
def test_the_letter_proposes_the_review_of_s0(cast, which):
    path = seed("000") if which == "seed" else HERE / "review-letter.txt"
    paper = accepted_paper(
        cast.province,
        path,
        kind="CV",
        symbol="4266-CV/TU",
        issued_on=date(2020, 3, 5),
        issuer_name="Ban Thường vụ Tỉnh ủy",
        subject="Sơ kết 03 năm thực hiện Chỉ thị số 22-CT/TU ngày 03/4/2017 của Ban Thường vụ"
        " Tỉnh ủy",
    )
    proposal = review_proposal(paper, cast.province, TODAY)
    assert [due.due_on for due in proposal.dues] == [date(2020, 4, 10), date(2020, 4, 20)]
    assert proposal.dues[1].audience == "Ban Dân vận Tỉnh ủy"
    assert [annex.layout_code for annex in proposal.annexes] == ["documents", "S0"]
    main = [heading.title for heading in proposal.headings if heading.depth == 1]
    assert main[0] == "Tình hình chung"
    assert len(main) == (5 if which == "seed" else 3)
    assert max(heading.depth for heading in proposal.headings) == 4
    assert round_proposal(paper, cast.province, TODAY) is None
