"""Opens the rounds of a world: one for each province and year, and one of the centre."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bench.tree import Tree, Unit
from kheo.organisations.models import Kind, Level
from kheo.rounds.enums import RoundState
from kheo.rounds.models import Audience, FieldScheme, Layout, Period, Quota, Round

YEARS = (2022, 2023, 2024, 2025, 2026)
YEAR_WEIGHTS = (17, 18, 20, 21, 24)
# the round of the centre takes this share of all registrations
CENTRE_SHARE = 0.03
COMMUNES, GRASSROOTS = 0, 1


@dataclass(frozen=True, slots=True)
class Asked:
    """One of two audiences: its key, and what it asks at least by level."""

    pk: int
    minimum: dict[int, int]
    due_on: date


@dataclass(frozen=True, slots=True)
class Call:
    """A round, whom it asks, and how many registrations it shall have."""

    pk: int
    year: int
    is_open: bool
    audiences: tuple[Asked, Asked]
    units: tuple[Unit, ...]
    registrations: int

    def audience_of(self, unit: Unit) -> Asked:
        """Return the audience that takes a unit."""
        return self.audiences[COMMUNES if unit.is_commune else GRASSROOTS]


class Opener:
    """Makes periods and rounds with the levels, kinds and forms at hand."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.levels = Level.objects.in_bulk(field_name="code")
        self.kinds = Kind.objects.in_bulk(field_name="code")
        self.forms = list(Layout.objects.filter(is_shipped=True, code__in=["M1", "M2"]))
        self.lists = {layout.code: layout for layout in Layout.objects.filter(is_shipped=True)}
        self.scheme = FieldScheme.objects.get(code="s4-m1-m2", issuer=None)
        self.periods = [
            Period.objects.create(
                name=f"{first} – {first + 4}",
                first_year=first,
                last_year=first + 4,
                organiser_id=tree.centre,
                usual_due_month=3,
                usual_due_day=31,
            )
            for first in (2021, 2026)
        ]

    def calls(self, registrations: int) -> Iterator[Call]:
        """Open all rounds, oldest year first, which together shall have so many registrations."""
        centre = round(registrations * CENTRE_SHARE)
        total = sum(len(p.units) for p in self.tree.provinces) * sum(YEAR_WEIGHTS)
        done, weight_done = 0, 0
        for year, weight in zip(YEARS, YEAR_WEIGHTS, strict=True):
            for province in self.tree.provinces:
                weight_done += len(province.units) * weight
                share = round((registrations - centre) * weight_done / total) - done
                done += share
                yield self._open(
                    province.pk, province.path, province.name, year, (province.units, share)
                )
        yield self._open(
            self.tree.centre,
            self.tree.centre_path,
            "Trung ương",
            YEARS[-1],
            (tuple(self.tree.units), centre),
        )

    def _open(
        self, organiser: int, path: str, name: str, year: int, load: tuple[tuple[Unit, ...], int]
    ) -> Call:
        is_open = year == YEARS[-1]
        row = Round.objects.create(
            organiser_id=organiser,
            organiser_path=path,
            receiver_name="Ban Tuyên giáo và Dân vận",
            period=self.periods[year > 2025],
            year=year,
            title=f"Đăng ký mô hình, điển hình “Dân vận khéo” năm {year} – {name}",
            theme="Dân vận khéo trong phát triển kinh tế, xây dựng nông thôn mới, đô thị văn minh",
            field_scheme=self.scheme,
            opens_on=date(year, 2, 1),
            nomination_cap=5,
            state=RoundState.OPEN if is_open else RoundState.CLOSED,
            published_at=datetime(year, 2, 1, 2, tzinfo=UTC),
            closed_at=None if is_open else datetime(year, 12, 20, 2, tzinfo=UTC),
            created_at=datetime(year, 1, 20, 2, tzinfo=UTC),
        )
        audiences = (
            self._audience(
                row,
                1,
                "Đảng ủy các xã, phường, đặc khu",
                "commune_committee",
                {"province": (1, 2), "commune": (2, None)},
            ),
            self._audience(
                row, 2, "Các tổ chức cơ sở đảng", "grassroots_party", {"commune": (1, None)}
            ),
        )
        return Call(row.pk, year, is_open, audiences, *load)

    def _audience(
        self,
        row: Round,
        order: int,
        name: str,
        kind: str,
        quotas: dict[str, tuple[int, int | None]],
    ) -> Asked:
        due_on = date(row.year, 3, 31)
        audience = Audience.objects.create(round=row, name=name, order=order, due_on=due_on)
        audience.kinds.add(self.kinds[kind])
        audience.layouts.add(*self.forms, self.lists["M3" if order == 1 else "M4"])
        Quota.objects.bulk_create(
            Quota(audience=audience, level=self.levels[level], minimum=least, maximum=most)
            for level, (least, most) in quotas.items()
        )
        minimum = {self.levels[level].pk: least for level, (least, _most) in quotas.items()}
        return Asked(audience.pk, minimum, due_on)
