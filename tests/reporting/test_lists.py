"""Lists that go out: the right rows in the right form, for whoever may see them."""

import io
import time
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document as WordDocument
from tests.factories.accounts import START
from tests.factories.organisations import Cast, OrganisationFactory, make_cast
from tests.reporting.world import make_registration, make_round, make_unit

from kheo.directives.models import Document
from kheo.exemplars.enums import Continuity, Nature, State
from kheo.lib.papers.nodes import Paper, Row, SectionRow, Table
from kheo.lib.papers.render import render
from kheo.organisations.models import Level
from kheo.organisations.papers.letterheads import issuer_of
from kheo.reporting.papers.lists import ListPaper, list_paper
from kheo.reporting.papers.texts import text_values
from kheo.reporting.queries.areas import Area
from kheo.reporting.queries.lists import (
    ListRow,
    ListScope,
    level_names,
    list_spec,
    listed_registrations,
    rows_of_list,
    sections_of,
    usual_layout,
)
from kheo.rounds.enums import Field, Form, RoundState, UnitState
from kheo.rounds.models import (
    Audience,
    FieldLabel,
    FieldScheme,
    Layout,
    Participation,
    Round,
)

pytestmark = pytest.mark.django_db
DAY = date(2024, 2, 27)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def round(cast: Cast) -> Round:
    document = Document.objects.create(
        kind="HD",
        number=9,
        symbol="09-HD/HU",
        issued_on=date(2022, 8, 17),
        issuer_name="Ban Thường vụ Huyện ủy",
        subject="về xây dựng mô hình",
        owner=cast.district,
        owner_path=cast.district.path,
        created_at=START,
        search_key="",
    )
    return make_round(cast.district, governing_document=document)


@pytest.fixture
def unit(cast: Cast, round: Round) -> Participation:
    return make_unit(round, cast.communes[0], UnitState.SUBMITTED)


def area_of(cast: Cast) -> Area:
    return Area(cast.district.pk, cast.district.name, cast.district.path)


def paper(cast: Cast, round: Round, code: str, *, names_units: bool = False) -> Paper:
    layout = Layout.objects.get(code=code, is_shipped=True)
    spec = list_spec(layout)
    made_of = ListPaper(
        spec=spec,
        texts=text_values(round, cast.district.name),
        issuer=issuer_of(cast.district, DAY),
        dated=DAY,
        sections=sections_of(spec, round),
        levels=level_names(),
        names_units=names_units,
    )
    rows = listed_registrations(cast.officer, ListScope(round=round, area=area_of(cast)))
    return list_paper(made_of, rows_of_list(rows))


def table_of(made: Paper) -> Table:
    return next(block for block in made.body if isinstance(block, Table))


def cells_of(made: Paper) -> list[tuple[object, ...]]:
    return [row.cells for row in table_of(made).body if isinstance(row, Row)]


def test_m3_groups_by_field_and_numbers_anew_in_each(
    cast: Cast, round: Round, unit: Participation
) -> None:
    make_registration(unit, name="Đường hoa", field=Field.CULTURE_SOCIETY)
    make_registration(unit, name="Hiến đất", order=1)
    make_registration(unit, name="Lúa chất lượng cao", order=2)
    body = table_of(paper(cast, round, "M3")).body
    shown = [
        row.text if isinstance(row, SectionRow) else (row.cells[0], row.cells[2]) for row in body
    ]
    assert shown == [
        "I- Lĩnh vực kinh tế",
        ("1", "Hiến đất"),
        ("2", "Lúa chất lượng cao"),
        "II- Lĩnh vực văn hóa – xã hội",
        ("1", "Đường hoa"),
        "III- Lĩnh vực Quốc phòng – an ninh",
        "IV- Lĩnh vực xây dựng hệ thống chính trị",
    ]
    assert body[0].note.startswith("Xây dựng nông thôn mới")


def test_m3_writes_kept_and_new_with_their_time(
    cast: Cast, round: Round, unit: Participation
) -> None:
    make_registration(unit, continuity=Continuity.KEPT, starts="Năm 2022", ends="Năm 2024")
    make_registration(unit, continuity=Continuity.NEW, form=Form.INDIVIDUAL, full_name="Lê Thị Thử")
    make_registration(unit, continuity=Continuity.REPLICATED, starts="Tháng 3/2024")
    kept, new, replicated = cells_of(paper(cast, round, "M3"))
    assert kept[3:7] == ("Tập thể", "Năm 2022", "", "Năm 2024")
    assert new[3:7] == ("Cá nhân: Lê Thị Thử", "", "x", "")
    assert replicated[4:6] == ("", "Tháng 3/2024")


def test_years_and_documents_come_from_the_round(
    cast: Cast, round: Round, unit: Participation
) -> None:
    make_registration(unit)
    m3 = render(paper(cast, round, "M3"), "txt").decode()
    assert "NĂM 2024" in m3
    assert "duy trì thực hiện năm 2024" in m3
    assert "{" not in m3
    assert "ĐẢNG BỘ TỈNH BẮC GIANG" in m3
    assert "HUYỆN ỦY TÂN YÊN" in m3
    assert "Tân Yên, ngày 27 tháng 02 năm 2024" in m3
    s0 = render(paper(cast, round, "S0"), "txt").decode()
    assert "TRONG NĂM 2024" in s0
    assert "ĐƠN VỊ: Huyện ủy Tân Yên" in s0
    assert "Hướng dẫn số 09-HD/HU ngày 17/08/2022 của Ban Thường vụ Huyện ủy" in s0
    assert "THỦ TRƯỞNG ĐƠN VỊ" in s0


def test_a_round_without_a_document_leaves_dots(cast: Cast, round: Round) -> None:
    Round.objects.update(governing_document=None)
    round.refresh_from_db()
    text = render(paper(cast, round, "S1"), "txt").decode()
    assert "Kèm theo ……" in text


def test_m4_numbers_through_without_sections(cast: Cast, round: Round, unit: Participation) -> None:
    make_registration(unit, field=Field.DEFENCE_SECURITY)
    make_registration(unit)
    made = paper(cast, round, "M4")
    assert [cells[0] for cells in cells_of(made)] == ["1", "2"]
    assert len(table_of(made).body) == 2


def test_s0_marks_forms_and_says_what_has_no_column(
    cast: Cast, round: Round, unit: Participation
) -> None:
    commune = Level.objects.get(code="commune")
    make_registration(unit, name="Mới", extra={"problem": "Rác thải"}, expected_results="Sạch")
    make_registration(
        unit,
        name="Nhân",
        form=Form.INDIVIDUAL,
        full_name="Lê Văn Ví",
        continuity=Continuity.REPLICATED,
        intended_level=commune,
    )
    make_registration(unit, name="Giữ", continuity=Continuity.KEPT)
    new, replicated, kept = cells_of(paper(cast, round, "S0"))
    assert new[:3] == ("1. Mới", "x", "")
    assert new[4:] == ("Rác thải\nDự kiến kết quả: Sạch", "x", "")
    assert replicated[1:3] == ("", "x")
    assert replicated[4:] == ("Thực hiện: Lê Văn Ví", "", "Cơ sở")
    assert kept[5:] == ("Duy trì", "")


def test_a_consolidated_list_names_the_unit_of_each_row(
    cast: Cast, round: Round, unit: Participation
) -> None:
    make_registration(unit, address="Thôn Đông")
    make_registration(make_unit(round, cast.communes[1]))
    first, second = cells_of(paper(cast, round, "M4", names_units=True))
    assert first[1] == "Đảng ủy xã An Dương\nThôn Đông"
    assert second[1] == "Đảng ủy xã Cao Xá"


def test_only_what_is_registered_and_in_reach_stands_on_the_list(
    cast: Cast, round: Round, unit: Participation
) -> None:
    make_registration(unit, name="Nháp", state=State.DRAFT, is_registered=False)
    make_registration(unit, name="Đã rút", state=State.WITHDRAWN, is_registered=False)
    make_registration(unit, name="Nhận", state=State.ACCEPTED)
    scope = ListScope(round=round, area=area_of(cast))
    assert [row.name for row in rows_of_list(listed_registrations(cast.officer, scope))] == ["Nhận"]
    assert not listed_registrations(cast.stranger, scope).exists()
    accepted = ListScope(round=round, area=area_of(cast), only={"state": "submitted"})
    assert not listed_registrations(cast.officer, accepted).exists()


def test_a_declined_one_stands_on_the_list_only_when_asked_for(
    cast: Cast, round: Round, unit: Participation, client: Client
) -> None:
    make_registration(unit, name="Được nhận", state=State.ACCEPTED)
    make_registration(unit, name="Bị từ chối", state=State.DECLINED)
    client.force_login(cast.officer.user)
    page = reverse("reporting:list-paper")
    assert "Bị từ chối" not in client.get(page).text
    assert "Bị từ chối" in client.get(page, {"state": "all"}).text
    assert "Được nhận" in client.get(page, {"state": "all"}).text
    assert "Bị từ chối" not in client.get(page, {"state": "accepted"}).text


@pytest.fixture
def two_audiences(cast: Cast, round: Round, unit: Participation) -> dict[str, int]:
    """Ask communes for M3 and agencies for M4, as S4 does; each has registered one."""
    agencies = Audience.objects.create(round=round, name="Các cơ quan, đơn vị", due_on=DAY, order=2)
    asked = {"M3": round.audiences.get(order=1), "M4": agencies}
    for code, audience in asked.items():
        audience.layouts.add(Layout.objects.get(code=code, is_shipped=True))
    make_registration(unit, name="Của xã")
    make_registration(make_unit(round, cast.agency, audience=agencies), name="Của cơ quan")
    return {code: audience.pk for code, audience in asked.items()}


@pytest.mark.parametrize(
    ("code", "audience", "listed"),
    [
        ("M3", "", {"Của xã"}),
        ("M4", "", {"Của cơ quan"}),
        ("M3", "all", {"Của xã", "Của cơ quan"}),
        ("M3", "M4", {"Của cơ quan"}),
        # nobody was asked for S0: it holds everybody
        ("S0", "", {"Của xã", "Của cơ quan"}),
    ],
)
def test_a_consolidated_list_holds_those_who_were_asked_for_it(
    cast: Cast,
    two_audiences: dict[str, int],
    client: Client,
    code: str,
    audience: str,
    listed: set[str],
) -> None:
    client.force_login(cast.officer.user)
    layout = Layout.objects.get(code=code, is_shipped=True).pk
    asked = {"layout": layout, "audience": two_audiences.get(audience, audience)}
    page = client.get(reverse("reporting:list-paper"), asked).text
    assert {name for name in ("Của xã", "Của cơ quan") if name in page} == listed


def test_a_unit_prints_its_own_in_any_form(
    cast: Cast, two_audiences: dict[str, int], client: Client
) -> None:
    client.force_login(cast.clerk.user)
    layout = Layout.objects.get(code="M4", is_shipped=True).pk
    assert "Của xã" in client.get(reverse("reporting:list-paper"), {"layout": layout}).text


def test_a_scheme_that_lacks_a_field_loses_no_registration(
    cast: Cast, round: Round, unit: Participation
) -> None:
    scheme = FieldScheme.objects.create(name="Riêng")
    FieldLabel.objects.create(scheme=scheme, field="economy", label="Kinh tế", order=1)
    Round.objects.update(field_scheme=scheme)
    layout = Layout.objects.get(code="M3", is_shipped=True)
    Layout.objects.filter(pk=layout.pk).update(spec=layout.spec | {"field_scheme_code": ""})
    round.refresh_from_db()
    make_registration(unit, field=Field.POLITICAL_SYSTEM)
    assert len(cells_of(paper(cast, round, "M3"))) == 1


def test_the_usual_list_of_a_unit_is_what_its_audience_was_asked(
    cast: Cast, round: Round, unit: Participation
) -> None:
    unit.audience.layouts.add(Layout.objects.get(code="M4", is_shipped=True))
    area = Area(cast.communes[0].pk, "", cast.communes[0].path)
    assert usual_layout(round, area) == "M4"
    assert usual_layout(round, area_of(cast)) == "M3"


def test_the_page_previews_the_paper(
    cast: Cast, round: Round, unit: Participation, client: Client
) -> None:
    make_registration(unit, name="Đường <hoa> & cây")
    client.force_login(cast.officer.user)
    page = client.get(reverse("reporting:list-paper"), {"dated": "2024-02-27"}).text
    assert 'class="paper paper-party-2018"' in page
    assert "Đường &lt;hoa&gt; &amp; cây" in page
    assert "1 bản đăng ký trong danh sách" in page
    part = client.get(
        reverse("reporting:list-paper"),
        {"unit": cast.communes[0].pk},
        headers={"HX-Request": "true"},
    ).text
    assert part.strip().startswith('<div id="list">')
    assert "ĐẢNG ỦY XÃ AN DƯƠNG" in part


def test_long_lists_are_previewed_in_part(
    cast: Cast, round: Round, unit: Participation, client: Client
) -> None:
    for number in range(31):
        make_registration(unit, name=f"Số {number:02}", order=number)
    client.force_login(cast.officer.user)
    page = client.get(reverse("reporting:list-paper")).text
    assert "gồm 30 dòng đầu" in page
    assert "Số 29" in page
    assert "Số 30" not in page


def test_without_a_round_the_page_says_so(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer.user)
    assert "Chưa có đợt đăng ký nào" in client.get(reverse("reporting:list-paper")).text
    assert client.get(reverse("reporting:list-file", args=["pdf"])).status_code == 404


def test_nobody_prints_what_lies_outside_the_own_reach(
    cast: Cast, round: Round, unit: Participation, client: Client
) -> None:
    make_registration(make_unit(round, cast.communes[1]), name="Của xã khác")
    page = reverse("reporting:list-paper")
    client.force_login(cast.clerk.user)
    assert client.get(page, {"unit": cast.communes[1].pk}).status_code == 404
    assert client.get(page, {"round": 10_000}).status_code == 404
    assert "Của xã khác" not in client.get(page).text
    client.force_login(cast.stranger.user)
    assert "Chưa có đợt đăng ký nào" in client.get(page).text


@pytest.mark.parametrize("query", ["layout=x", "level=x", "state=x", "dated=31/02/2024", "unit=x"])
def test_a_strange_address_does_no_harm(
    cast: Cast, round: Round, unit: Participation, client: Client, query: str
) -> None:
    client.force_login(cast.officer.user)
    assert client.get(f"{reverse('reporting:list-paper')}?{query}").status_code == 200


def test_the_files_hold_the_whole_list(
    cast: Cast, round: Round, unit: Participation, client: Client
) -> None:
    for number in range(35):
        make_registration(unit, name=f"Mô hình số {number:02}", order=number)
    client.force_login(cast.officer.user)
    files = {
        fmt: client.get(reverse("reporting:list-file", args=[fmt]), {"dated": ""}).content
        for fmt in ("docx", "pdf", "xlsx")
    }
    assert files["pdf"].startswith(b"%PDF")
    (table,) = [
        table for table in WordDocument(io.BytesIO(files["docx"])).tables if len(table.rows) > 30
    ]
    assert sum("Mô hình số" in cell.text for row in table.rows for cell in row.cells) == 35
    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"])).active
    names = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert sum("Mô hình số" in str(name) for name in names) == 35
    assert any("ngày … tháng … năm 2024" in str(name) for name in names)


def test_five_thousand_rows_are_written_in_time(cast: Cast, round: Round) -> None:
    row = ListRow._make(
        (
            "Đảng ủy xã An Dương", "collective", "model", "Thôn Đông", "", "", "",
            "Vận động nhân dân hiến đất mở rộng đường", "economy", None,
            "Họp dân, thống nhất mức hiến đất. Ra quân thứ Bảy hằng tuần.", "Tháng 3/2024",
            "Tháng 11/2024", "Xã An Dương", "100% hộ đồng thuận", "new", None, {}, "accepted",
        )
    )  # fmt: skip
    spec = list_spec(Layout.objects.get(code="M3", is_shipped=True))
    made_of = ListPaper(
        spec=spec,
        texts=text_values(round, "Huyện ủy Tân Yên"),
        issuer=issuer_of(cast.district, DAY),
        dated=DAY,
        sections=sections_of(spec, round),
        levels={},
    )
    rows = [row._replace(field=list(Field.values)[number % 4]) for number in range(5000)]
    taken = {}
    for fmt in ("docx", "xlsx"):
        begun = time.process_time()
        render(list_paper(made_of, rows), fmt)
        taken[fmt] = time.process_time() - begun
    assert taken["docx"] < 6
    assert taken["xlsx"] < 4


def test_the_page_costs_the_same_with_one_and_three_rows(
    cast: Cast, round: Round, unit: Participation, client: Client, django_assert_num_queries
) -> None:
    client.force_login(cast.officer.user)
    address = reverse("reporting:list-paper")
    make_registration(unit)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    make_registration(unit, form=Form.INDIVIDUAL)
    make_registration(make_unit(round, OrganisationFactory(parent=cast.district)))
    with django_assert_num_queries(len(one)):
        client.get(address)


def test_a_closed_round_is_dated_by_hand(
    cast: Cast, round: Round, unit: Participation, client: Client
) -> None:
    Round.objects.update(state=RoundState.CLOSED)
    client.force_login(cast.officer.user)
    assert "ngày … tháng … năm 2024" in client.get(reverse("reporting:list-paper")).text


def test_all_registrations_are_given_as_plain_rows(
    cast: Cast, round: Round, unit: Participation, client: Client
) -> None:
    make_registration(unit, name="=HYPERLINK()", field=Field.DEFENCE_SECURITY)
    make_registration(unit, name="Khác")
    make_registration(unit, name="Nháp", state=State.DRAFT, is_registered=False)
    client.force_login(cast.officer.user)
    answer = client.get(reverse("reporting:export"), {"year": "2024", "field": "defence_security"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    words = (str(Nature.MODEL.label), str(Form.COLLECTIVE.label))
    assert rows[1][:5] == (2024, "Đảng ủy xã An Dương", "=HYPERLINK()", *words)
    assert sheet["C2"].data_type != "f"
    client.force_login(cast.stranger.user)
    empty = client.get(reverse("reporting:export"), {"year": "2024"})
    assert (
        len(list(openpyxl.load_workbook(io.BytesIO(b"".join(empty.streaming_content))).active)) == 1
    )
