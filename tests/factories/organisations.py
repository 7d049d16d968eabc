"""Makes organisations and seats for tests, by the same deeds as people use, and the shared cast."""

from dataclasses import dataclass
from datetime import date

import factory
from tests.factories.accounts import START, UserFactory

from kheo.organisations.actions import establish_organisation, grant_seat
from kheo.organisations.enums import Role
from kheo.organisations.models import Kind, Level, Organisation, Seat

FOUNDED = date(2010, 1, 1)


def kind_of(code: str) -> Kind:
    return Kind.objects.get(code=code)


def level_of(code: str) -> Level:
    return Level.objects.get(code=code)


class OrganisationFactory(factory.django.DjangoModelFactory):
    """An organisation; below nothing unless a parent is given."""

    class Meta:
        model = Organisation

    class Params:
        kind_code = "commune_committee"
        level_code = "commune"

    code = factory.Sequence(lambda number: f"DV{number:04}")
    name = factory.Sequence(lambda number: f"Đảng ủy xã Mẫu {number}")
    kind = factory.LazyAttribute(lambda made: kind_of(made.kind_code))
    level = factory.LazyAttribute(lambda made: level_of(made.level_code))
    parent = None
    on = FOUNDED

    @classmethod
    def _create(cls, _model_class, *_args, **kwargs):
        return establish_organisation(**kwargs, by=None, at=START)


class SeatFactory(factory.django.DjangoModelFactory):
    """A person in an organisation with a role."""

    class Meta:
        model = Seat

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.CLERK
    starts_on = date(2020, 1, 1)

    @classmethod
    def _create(cls, _model_class, *_args, **kwargs):
        return grant_seat(**kwargs, by=None, at=START)


@dataclass(frozen=True)
class Cast:
    """The people of the tests: a district with three communes and an agency, and a stranger."""

    province: Organisation
    district: Organisation
    advisory: Organisation
    communes: tuple[Organisation, Organisation, Organisation]
    agency: Organisation
    elsewhere: Organisation
    clerk: Seat
    head: Seat
    officer: Seat
    leader: Seat
    administrator: Seat
    stranger: Seat


def make_cast() -> Cast:
    """Make the shared cast; names of people are invented."""
    province = _organisation("24", "Tỉnh ủy Bắc Giang", "party_committee", "province", None)
    district = _organisation("TY", "Huyện ủy Tân Yên", "party_committee", "district", province)
    advisory = _organisation(
        "TY-BDV", "Ban Dân vận Huyện ủy Tân Yên", "party_advisory", "district", district
    )
    communes = (
        _organisation("TY-01", "Đảng ủy xã An Dương", "commune_committee", "commune", district),
        _organisation("TY-02", "Đảng ủy xã Cao Xá", "commune_committee", "commune", district),
        _organisation(
            "TY-03", "Đảng ủy thị trấn Nhã Nam", "commune_committee", "commune", district
        ),
    )
    agency = _organisation("TY-PNN", "Phòng Nông nghiệp huyện", "agency", "district", district)
    elsewhere = _organisation("HH", "Huyện ủy Hiệp Hòa", "party_committee", "district", province)
    return Cast(
        province=province,
        district=district,
        advisory=advisory,
        communes=communes,
        agency=agency,
        elsewhere=elsewhere,
        clerk=_seat("Ngọ Thị Mai", communes[0], Role.CLERK, "Cán bộ văn phòng"),
        head=_seat("Giáp Văn Lâm", communes[0], Role.HEAD, "Bí thư Đảng ủy"),
        officer=_seat("Thân Thị Hạnh", advisory, Role.OFFICER, "Phó Trưởng ban"),
        leader=_seat("Dương Văn Toàn", district, Role.LEADER, "Phó Bí thư Thường trực"),
        administrator=_seat("Lê Quốc Việt", district, Role.ADMINISTRATOR, "Quản trị"),
        stranger=_seat("Hoàng Thị Xa", elsewhere, Role.OFFICER, "Chuyên viên"),
    )


def _organisation(code, name, kind, level, parent) -> Organisation:
    return OrganisationFactory(
        code=code, name=name, kind_code=kind, level_code=level, parent=parent, place="Tân Yên"
    )


def _seat(name, organisation, role, title) -> Seat:
    user = UserFactory(full_name=name)
    return SeatFactory(user=user, organisation=organisation, role=role, title=title)
