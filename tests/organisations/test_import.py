"""A whole structure comes in from a file, all of it or nothing, and goes out again."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.factories.accounts import START
from tests.factories.organisations import Cast, OrganisationFactory
from tests.organisations.conftest import Enter

from kheo.audit.models import Entry
from kheo.lib.sheets.writing import write_rows
from kheo.organisations.actions import (
    NewOrganisation,
    StructureError,
    import_places,
    import_structure,
    move_organisation,
)
from kheo.organisations.models import Organisation, Placement
from kheo.organisations.queries import all_places, organisations_as_of, places_of
from kheo.organisations.rules import NotAllowedError
from kheo.organisations.sheets import COLUMNS

HEAD = "Mã;Tên;Tên gọi tắt;Loại;Cấp;Mã cấp trên;Ngày thành lập;Địa danh;Mã quốc gia\n"
GOOD = (
    "CB2;Chi bộ thôn Hạ;;tổ chức cơ sở đảng;cơ sở;XA;;;\n"
    "XA;Đảng ủy xã Mới;ĐU Mới;commune_committee;Cơ sở;TY;01/02/2020;Mới;\n"
    "CB1;Chi bộ thôn Thu\u031b\u01a1\u0323ng;;To chuc co so dang;co so;XA;;;\n"
)


@pytest.fixture
def admin(cast: Cast, enter: Enter) -> Client:
    return enter(cast.administrator)


def send(client: Client, content: str | bytes, name: str = "co-cau.csv"):
    data = content.encode() if isinstance(content, str) else content
    return client.post("/organisations/import", {"file": SimpleUploadedFile(name, data)})


def test_rows_in_any_order_are_shown_first_and_then_founded(admin: Client, cast: Cast) -> None:
    preview = send(admin, HEAD + GOOD)
    assert "3 tổ chức sẽ được tạo" in preview.content.decode()
    assert not Organisation.objects.filter(code="XA").exists()
    answer = admin.post("/organisations/import/apply", {"ticket": preview.context["ticket"]})
    assert answer.url == "/organisations/"
    made = Organisation.objects.get(code="XA")
    assert made.path == f"{cast.district.path}{made.pk}."
    assert made.established_on == date(2020, 2, 1)
    cell = Organisation.objects.get(code="CB2")
    assert cell.path == f"{made.path}{cell.pk}."
    assert Placement.objects.get(organisation=cell).path == cell.path
    entry = Entry.objects.get(verb="organisation.establish", record_id=cell.pk)
    assert entry.seat_id == cast.administrator.pk


def test_the_same_file_again_changes_nothing(admin: Client) -> None:
    preview = send(admin, HEAD + GOOD)
    admin.post("/organisations/import/apply", {"ticket": preview.context["ticket"]})
    count = Organisation.objects.count()
    again = send(admin, HEAD + GOOD)
    assert "Tệp không có gì mới" in again.content.decode()
    assert Organisation.objects.count() == count


def test_each_problem_is_told_with_row_column_expected_and_found(admin: Client, cast: Cast) -> None:
    rows = (
        "A;Tên A;;không có;cơ sở;;31/02/2020;;\n"
        "A;Tên A lần hai;;agency;cơ sở;;;;\n"
        ";Thiếu mã;;agency;cơ sở;;;;\n"
        "B;Tên B;;agency;sao Hỏa;KHÔNG;01/01/2999;;\n"
        f"C;{'Đ' * 301};;agency;cơ sở;;;;\n"
        "D;Ngoài phạm vi;;agency;cơ sở;HH;;;\n"
        "TY-01;Tên khác;;agency;cơ sở;;;;\n"
        "E1;Vòng 1;;agency;cơ sở;E2;;;\n"
        "E2;Vòng 2;;agency;cơ sở;E1;;;\n"
    )
    answer = send(admin, HEAD + rows)
    assert answer.status_code == 422
    found = {(problem.row, problem.column) for problem in answer.context["preview"].problems}
    assert found >= {
        (2, "Loại"),
        (2, "Ngày thành lập"),
        (3, "Mã"),
        (4, "Mã"),
        (5, "Cấp"),
        (5, "Mã cấp trên"),
        (5, "Ngày thành lập"),
        (6, "Tên"),
        (7, "Mã cấp trên"),
        (8, "Tên"),
        (None, "Mã cấp trên"),
    }
    page = answer.content.decode()
    assert "31/02/2020" in page
    assert "sao Hỏa" in page
    assert not answer.context["ticket"]
    assert not Organisation.objects.filter(code="A").exists()


def test_a_code_of_somebody_else_betrays_no_name(admin: Client, cast: Cast) -> None:
    page = send(admin, HEAD + "HH;Tên thử;;agency;cơ sở;;;;\n").content.decode()
    assert "Hiệp Hòa" not in page


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.csv", "rỗng"),
        (b"%PDF-1.7 ...", "a.pdf", "không phải tệp Excel"),
        (b"PK\x03\x04 broken", "a.xlsx", "Tệp bị hỏng"),
        ("Mã;Tên\n".encode("utf-16-be"), "a.csv", ""),
        ("Số;Nội dung\n1;x\n", "a.csv", "không tìm thấy dòng tiêu đề"),
        ("Mã;Tên\nA;B\n", "a.csv", "thiếu cột này"),
    ],
)
def test_unfit_files_are_refused_in_words(
    admin: Client, content: str | bytes, name: str, words: str
) -> None:
    answer = send(admin, content, name)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_file_over_the_limit_is_refused(admin: Client, settings) -> None:
    settings.IMPORT_LIMIT_MIB = 0
    assert "lớn hơn 0 MiB" in send(admin, HEAD + GOOD).content.decode()


def test_a_ticket_of_another_seat_or_none_imports_nothing(
    admin: Client, cast: Cast, enter: Enter
) -> None:
    ticket = send(admin, HEAD + GOOD).context["ticket"]
    officer = enter(cast.officer)
    assert officer.post("/organisations/import/apply", {"ticket": ticket}).status_code == 403
    gone = admin.post("/organisations/import/apply", {"ticket": f"{ticket}x"}, follow=True)
    assert "chỉ được giữ trong hai giờ" in gone.content.decode()
    assert not Organisation.objects.filter(code="XA").exists()


def test_what_changed_since_the_preview_stops_the_import(admin: Client, cast: Cast) -> None:
    ticket = send(admin, HEAD + GOOD).context["ticket"]
    OrganisationFactory(code="CB1", parent=cast.district)
    answer = admin.post("/organisations/import/apply", {"ticket": ticket})
    assert answer.status_code == 409
    assert not Organisation.objects.filter(code="XA").exists()


def test_the_export_can_be_imported_elsewhere_and_the_template_too(
    admin: Client, cast: Cast
) -> None:
    export = admin.get("/organisations/export").content
    again = send(admin, export, "xuat.xlsx").context["preview"]
    # the top and those below it stand already; the superior of the top is not in reach
    assert again.unchanged == 6
    assert not again.new
    template = send(admin, admin.get("/organisations/import/template").content, "mau.xlsx")
    problems = template.context["preview"].problems
    assert {problem.row for problem in problems} <= {2, 3}


def test_a_lost_leading_zero_of_a_national_code_comes_back(admin: Client) -> None:
    stream = io.BytesIO()
    row = ("N1", "Đảng ủy phường Cửa Nam", "", "agency", "cơ sở", "", None, "", 82)
    write_rows(stream, title="x", columns=COLUMNS, rows=[row])
    preview = send(admin, stream.getvalue(), "a.xlsx").context["preview"]
    assert [new.national_code for new in preview.new] == ["00082"]


def test_places_are_34_provinces_and_3321_communes() -> None:
    provinces = [place for place in all_places() if place.is_province]
    assert (len(provinces), len(all_places()) - len(provinces)) == (34, 3321)
    assert {place.committee for place in provinces} >= {"Tỉnh ủy Bắc Ninh", "Thành ủy Huế"}


@pytest.fixture
def centre(db: None) -> Organisation:
    return OrganisationFactory(
        code="TW", name="Trung ương", kind_code="party_committee", level_code="central"
    )


def test_one_province_comes_with_its_communes(centre: Organisation) -> None:
    made = import_places(parent=centre, province="24", by=None, at=timezone.now())
    assert len(made) == len(places_of("24")) == 100
    province = Organisation.objects.get(national_code="24")
    commune = Organisation.objects.filter(parent=province).first()
    assert commune is not None
    assert commune.path == f"{province.path}{commune.pk}."
    assert commune.latitude is not None
    assert not import_places(parent=centre, province="24", by=None, at=timezone.now())


def test_a_province_takes_its_own_communes_below_itself(db: None) -> None:
    hue = OrganisationFactory(
        name="Thành ủy Huế",
        kind_code="party_committee",
        level_code="province",
        national_code="46",
    )
    made = import_places(parent=hue, by=None, at=timezone.now())
    assert {organisation.parent_id for organisation in made} == {hue.pk}
    assert "Đảng ủy phường Kim Trà" in {organisation.name for organisation in made}


def test_a_renamed_province_had_its_former_name_before(centre: Organisation) -> None:
    import_places(parent=centre, province="75", by=None, at=timezone.now())
    names = [
        organisations_as_of(day).get(organisation__national_code="75").name
        for day in (date(2025, 12, 31), date(2026, 5, 1))
    ]
    assert names == ["Tỉnh ủy Đồng Nai", "Thành ủy Đồng Nai"]


def test_the_button_founds_the_places_of_a_province(admin: Client, cast: Cast) -> None:
    admin.post("/organisations/import/places", {"province": "46"})
    assert Organisation.objects.get(national_code="46").parent == cast.district


def test_the_import_is_for_administrators(cast: Cast, enter: Enter) -> None:
    assert enter(cast.officer).get("/organisations/import").status_code == 403


def row_below(superior: str, cast: Cast, **more: object) -> NewOrganisation:
    values = {
        "code": "X1",
        "name": "Đơn vị mới",
        "kind": cast.agency.kind,
        "level": cast.agency.level,
        "parent_code": superior,
        "on": date(2020, 1, 1),
    }
    return NewOrganisation(**(values | more))


def test_what_is_imported_below_something_that_moved_stood_where_it_stood(cast: Cast) -> None:
    move_organisation(
        organisation=cast.agency, parent=cast.elsewhere, on=date(2022, 1, 1), by=None, at=START
    )
    made = import_structure(rows=[row_below("TY-PNN", cast)], by=None, at=START)[0]
    paths = {
        day: organisations_as_of(day).get(organisation=made).path
        for day in (date(2021, 1, 1), date(2023, 1, 1))
    }
    assert paths[date(2021, 1, 1)].startswith(cast.district.path)
    assert paths[date(2023, 1, 1)].startswith(cast.elsewhere.path)
    assert Organisation.objects.get(code="X1").path == paths[date(2023, 1, 1)]


@pytest.mark.parametrize("change", [{"code": "TY-01"}, {"parent_code": "?"}])
def test_a_list_that_does_not_hold_together_founds_nothing(cast: Cast, change: dict) -> None:
    rows = [row_below("TY", cast, code="X0"), row_below("TY", cast, **change)]
    with pytest.raises(StructureError):
        import_structure(rows=rows, by=None, at=START)
    assert not Organisation.objects.filter(code="X0").exists()


def test_a_list_founds_nothing_beyond_the_reach_of_the_seat(cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        import_structure(rows=[row_below("HH", cast)], by=cast.administrator, at=START)
