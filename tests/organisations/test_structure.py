"""Organisations in time: what was called what, and stood where, on any day."""

from datetime import date

import pytest
from tests.factories.accounts import START
from tests.factories.organisations import Cast, OrganisationFactory, kind_of, level_of

from kheo.audit.models import Entry
from kheo.organisations.actions import (
    Basis,
    CodeTakenError,
    StaleError,
    StructureError,
    add_affiliation,
    correct_organisation,
    dissolve_organisation,
    establish_organisation,
    move_organisation,
    rename_organisation,
    retype_organisation,
)
from kheo.organisations.enums import Line
from kheo.organisations.models import Organisation, Profile, Seat
from kheo.organisations.queries import children_as_of, organisations_as_of, stamp_of
from kheo.organisations.rules import NotAllowedError


def name_on(organisation: Organisation, day: date) -> str:
    return organisations_as_of(day).get(organisation=organisation).name


def path_on(organisation: Organisation, day: date) -> str:
    return organisations_as_of(day).get(organisation=organisation).path


def test_a_founded_organisation_stands_below_its_superior(cast: Cast) -> None:
    commune = cast.communes[0]
    assert commune.path == f".{cast.province.pk}.{cast.district.pk}.{commune.pk}."
    assert path_on(commune, date(2010, 1, 1)) == commune.path
    assert not organisations_as_of(date(2009, 12, 31)).filter(organisation=commune).exists()


def test_a_name_of_300_letters_is_kept_and_301_refused(cast: Cast) -> None:
    made = OrganisationFactory(name="Đ" * 300, parent=cast.district)
    assert Organisation.objects.get(pk=made.pk).name == "Đ" * 300
    with pytest.raises(StructureError):
        OrganisationFactory(name="Đ" * 301, parent=cast.district)


def test_names_are_kept_composed_and_found_without_marks(cast: Cast) -> None:
    made = OrganisationFactory(name="Đảng u\u0309y  xa\u0303 Hoà An", parent=cast.district)
    assert made.name == "Đảng ủy xã Hòa An"
    assert "dang uy xa hoa an" in made.search_key


def test_a_code_belongs_to_one(cast: Cast) -> None:
    with pytest.raises(CodeTakenError, match="TY-01"):
        OrganisationFactory(code="TY-01", parent=cast.district)


def test_nothing_is_founded_before_its_superior_or_ahead_of_time(cast: Cast) -> None:
    with pytest.raises(StructureError, match="Tân Yên"):
        OrganisationFactory(parent=cast.district, on=date(2009, 12, 31))
    with pytest.raises(StructureError):
        OrganisationFactory(parent=cast.district, on=date(2024, 1, 3))


def test_a_new_name_holds_from_its_day_on(cast: Cast) -> None:
    town = cast.communes[2]
    rename_organisation(
        organisation=town, name="Đảng ủy xã Nhã Nam", on=date(2023, 6, 1), by=None, at=START
    )
    assert name_on(town, date(2023, 5, 31)) == "Đảng ủy thị trấn Nhã Nam"
    assert name_on(town, date(2023, 6, 1)) == "Đảng ủy xã Nhã Nam"
    assert Organisation.objects.get(pk=town.pk).name == "Đảng ủy xã Nhã Nam"


def test_a_name_entered_late_holds_until_the_next_one(cast: Cast) -> None:
    town = cast.communes[2]
    for name, day in (("Mới nhất", date(2023, 1, 1)), ("Ở giữa", date(2015, 1, 1))):
        rename_organisation(organisation=town, name=name, on=day, by=None, at=START)
    assert name_on(town, date(2022, 12, 31)) == "Ở giữa"
    assert name_on(town, date(2023, 1, 1)) == "Mới nhất"
    assert Organisation.objects.get(pk=town.pk).name == "Mới nhất"


def test_a_name_of_the_same_day_is_corrected_in_place(cast: Cast) -> None:
    town = cast.communes[2]
    for name in ("Sai", "Đúng"):
        rename_organisation(organisation=town, name=name, on=date(2023, 1, 1), by=None, at=START)
    assert Profile.objects.filter(organisation=town).count() == 2
    assert name_on(town, date(2023, 1, 1)) == "Đúng"


def test_another_kind_keeps_the_name(cast: Cast) -> None:
    agency = cast.agency
    retype_organisation(
        organisation=agency,
        kind=kind_of("public_service"),
        level=level_of("commune"),
        on=date(2022, 1, 1),
        by=None,
        at=START,
    )
    then = organisations_as_of(date(2021, 1, 1)).get(organisation=agency)
    now = organisations_as_of(date(2023, 1, 1)).get(organisation=agency)
    assert (then.kind.code, now.kind.code) == ("agency", "public_service")
    assert then.name == now.name


def test_a_move_takes_everything_below_along_from_its_day_on(cast: Cast) -> None:
    commune = cast.communes[0]
    cell = OrganisationFactory(parent=commune, kind_code="grassroots_party")
    move_organisation(
        organisation=commune, parent=cast.elsewhere, on=date(2022, 7, 1), by=None, at=START
    )
    cell.refresh_from_db()
    assert cell.path == f"{cast.elsewhere.path}{commune.pk}.{cell.pk}."
    assert path_on(cell, date(2022, 6, 30)).startswith(cast.district.path)
    assert path_on(cell, date(2022, 7, 1)) == cell.path
    before = {node.pk for node in children_as_of(cast.district.pk, date(2022, 6, 30))}
    after = {node.pk for node in children_as_of(cast.district.pk, date(2022, 7, 1))}
    assert before - after == {commune.pk}


def test_a_move_entered_late_keeps_the_later_one(cast: Cast) -> None:
    commune, agency = cast.communes[0], cast.agency
    move_organisation(
        organisation=commune, parent=cast.elsewhere, on=date(2022, 1, 1), by=None, at=START
    )
    move_organisation(organisation=commune, parent=agency, on=date(2015, 1, 1), by=None, at=START)
    assert path_on(commune, date(2014, 12, 31)).startswith(cast.district.path)
    assert path_on(commune, date(2015, 1, 1)) == f"{agency.path}{commune.pk}."
    assert path_on(commune, date(2022, 1, 1)) == f"{cast.elsewhere.path}{commune.pk}."
    assert Organisation.objects.get(pk=commune.pk).parent == cast.elsewhere


def test_nothing_moves_below_itself(cast: Cast) -> None:
    with pytest.raises(StructureError):
        move_organisation(
            organisation=cast.district,
            parent=cast.communes[0],
            on=date(2022, 1, 1),
            by=None,
            at=START,
        )
    assert Organisation.objects.get(pk=cast.district.pk).path == cast.district.path


def test_nothing_moves_below_what_came_later(cast: Cast) -> None:
    young = OrganisationFactory(parent=cast.province, on=date(2023, 1, 1))
    with pytest.raises(StructureError):
        move_organisation(
            organisation=cast.communes[0], parent=young, on=date(2022, 1, 1), by=None, at=START
        )


def test_what_has_something_below_it_is_not_dissolved(cast: Cast) -> None:
    with pytest.raises(StructureError, match=r"An Dương|Cao Xá|Nhã Nam|Ban Dân vận|Phòng"):
        dissolve_organisation(organisation=cast.district, on=date(2023, 1, 1), by=None, at=START)


def test_a_dissolved_organisation_stays_on_record_and_its_seats_end(cast: Cast) -> None:
    commune = cast.communes[0]
    dissolve_organisation(organisation=commune, on=date(2023, 7, 1), by=None, at=START)
    assert name_on(commune, date(2023, 6, 30)) == commune.name
    assert not organisations_as_of(date(2023, 7, 1)).filter(organisation=commune).exists()
    ends = set(Seat.objects.filter(organisation=commune).values_list("ends_on", flat=True))
    assert ends == {date(2023, 6, 30)}
    with pytest.raises(StructureError):
        rename_organisation(
            organisation=commune, name="Khác", on=date(2023, 1, 1), by=None, at=START
        )


def test_an_organisation_stands_on_several_lines_with_one_main_line(cast: Cast) -> None:
    add_affiliation(
        organisation=cast.agency,
        parent=cast.province,
        line=Line.FRONT,
        on=date(2020, 1, 1),
        by=None,
        at=START,
    )
    on_front = children_as_of(cast.province.pk, date(2021, 1, 1), Line.FRONT)
    assert [node.pk for node in on_front] == [cast.agency.pk]
    assert path_on(cast.agency, date(2021, 1, 1)).startswith(cast.district.path)
    with pytest.raises(StructureError):
        add_affiliation(
            organisation=cast.agency,
            parent=cast.province,
            line=Line.GOVERNMENT,
            on=date(2020, 1, 1),
            by=None,
            at=START,
        )


def test_a_change_on_what_was_seen_before_is_refused(cast: Cast) -> None:
    basis = Basis(seen=stamp_of(cast.agency))
    values = {"code": "TY-PNN", "national_code": "", "place": "Cao Thượng"}
    correct_organisation(
        organisation=cast.agency, **values, basis=basis, by=cast.administrator, at=START
    )
    with pytest.raises(StaleError):
        correct_organisation(
            organisation=cast.agency, **values, basis=basis, by=cast.administrator, at=START
        )


def test_only_administrators_change_and_only_in_their_reach(cast: Cast) -> None:
    change = {"name": "Khác", "on": date(2023, 1, 1), "at": START}
    with pytest.raises(NotAllowedError):
        rename_organisation(organisation=cast.communes[0], by=cast.officer, **change)
    with pytest.raises(NotAllowedError):
        rename_organisation(organisation=cast.elsewhere, by=cast.administrator, **change)
    rename_organisation(organisation=cast.communes[0], by=cast.administrator, **change)


def test_an_administrator_does_not_move_things_out_of_reach(cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        move_organisation(
            organisation=cast.communes[0],
            parent=cast.elsewhere,
            on=date(2023, 1, 1),
            by=cast.administrator,
            at=START,
        )


def test_a_seat_founds_nothing_at_the_top(cast: Cast) -> None:
    with pytest.raises(StructureError):
        establish_organisation(
            code="X",
            name="X",
            kind=cast.province.kind,
            level=cast.province.level,
            parent=None,
            on=date(2020, 1, 1),
            by=cast.administrator,
            at=START,
        )


def test_each_deed_leaves_its_basis_and_trace(cast: Cast) -> None:
    rename_organisation(
        organisation=cast.agency,
        name="Phòng Nông nghiệp và Môi trường",
        on=date(2023, 1, 1),
        basis=Basis(document="Quyết định số 15-QĐ/HU"),
        by=cast.administrator,
        at=START,
    )
    entry = Entry.objects.get(verb="organisation.rename")
    assert entry.before["name"] == "Phòng Nông nghiệp huyện"
    assert entry.after["name"] == "Phòng Nông nghiệp và Môi trường"
    assert entry.reason == "Quyết định số 15-QĐ/HU"
    assert entry.seat_id == cast.administrator.pk
    event = cast.agency.successions_out.get().event
    assert event.basis == "Quyết định số 15-QĐ/HU"


def test_a_move_to_where_it_stands_is_refused(cast: Cast) -> None:
    with pytest.raises(StructureError):
        move_organisation(
            organisation=cast.communes[0],
            parent=cast.district,
            on=date(2022, 1, 1),
            by=None,
            at=START,
        )
