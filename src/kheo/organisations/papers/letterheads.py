"""Who stands at the head of a paper: the body, its superior above it, place and date."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kheo.lib.papers.nodes import Letterhead
from kheo.lib.text.dates import official_date
from kheo.organisations.enums import Line
from kheo.organisations.models import Kind, Organisation, Placement, Profile, valid_on

# the top of the country stands on no paper of a province (S0: TỈNH ỦY QUẢNG NGÃI alone)
TOP_LEVEL = "central"
# S4: the superior of "Huyện ủy Tân Yên" is printed as "Đảng bộ tỉnh Bắc Giang"
PARTY_BODIES = (
    (re.compile(r"^Tỉnh ủy\b", re.IGNORECASE), "Đảng bộ tỉnh"),
    (re.compile(r"^Thành ủy\b", re.IGNORECASE), "Đảng bộ thành phố"),
    (re.compile(r"^Thị ủy\b", re.IGNORECASE), "Đảng bộ thị xã"),
    (re.compile(r"^Quận ủy\b", re.IGNORECASE), "Đảng bộ quận"),
    (re.compile(r"^Huyện ủy\b", re.IGNORECASE), "Đảng bộ huyện"),
    (re.compile(r"^Đảng ủy\b", re.IGNORECASE), "Đảng bộ"),
)
# one mark for each: with two the line breaks beside most names of communes
BLANK_DATE = "ngày … tháng … năm {year}"


@dataclass(frozen=True, slots=True)
class Issuer:
    """The body that issues a paper, as it was on the day: name, superior, place, kind."""

    name: str
    superior: str
    place: str
    is_party: bool

    @property
    def profile_kind(self) -> Literal["party", "state"]:
        """Return whose form the paper follows."""
        return "party" if self.is_party else "state"

    def letterhead(self, form: Literal["full", "light"], dated: str) -> Letterhead:
        """Return the head: full with motto, place and date, or light with the names alone."""
        issuer = self.name
        if self.superior and issuer.casefold().endswith(f" {self.superior.casefold()}"):
            issuer = issuer[: -len(self.superior) - 1]
        full = form == "full"
        return Letterhead(
            superiors=(self.superior.upper(),) if self.superior else (),
            issuers=(issuer.upper(),),
            place_and_date=dated if full else "",
            motto=full,
        )


def issuer_of(organisation: Organisation, day: date) -> Issuer:
    """Return an organisation as it heads a paper of a day, with at most four statements."""
    profile = _profile(organisation.pk, day)
    kind = profile.kind if profile else organisation.kind
    superior = _superior_of(organisation, kind, day)
    return Issuer(
        name=profile.name if profile else organisation.name,
        superior=_as_superior(superior, kind) if superior else "",
        place=organisation.place or _place_in(organisation.name),
        is_party=kind.is_party,
    )


def place_and_date(issuer: Issuer, dated: date | None, year: int) -> str:
    """Write "Tân Yên, ngày 05 tháng 02 năm 2024", or dots where the date is left blank."""
    if dated is not None:
        return official_date(dated, issuer.place)
    blank = BLANK_DATE.format(year=year)
    return f"{issuer.place}, {blank}" if issuer.place else blank


def _profile(pk: int, day: date) -> Profile | None:
    rows = Profile.objects.filter(valid_on(day), organisation=pk)
    return rows.select_related("kind", "level").first()


def _superior_of(organisation: Organisation, kind: Kind, day: date) -> Profile | None:
    """Return the superior on the line of the organisation's kind, else none."""
    placements = Placement.objects.filter(valid_on(day), organisation=organisation)
    rows = placements.exclude(parent=None).values_list("line", "parent", "is_main")
    by_line = {line: parent for line, parent, _is_main in sorted(rows, key=lambda row: row[2])}
    parent = by_line.get(kind.line)
    if parent is None:
        return None
    superior = _profile(parent, day)
    if superior is None or superior.level.code == TOP_LEVEL:
        return None
    same_form = superior.kind.is_party == kind.is_party
    return superior if same_form or kind.line != Line.GOVERNMENT else None


def _as_superior(superior: Profile, kind: Kind) -> str:
    # an advisory body stands under its committee, a committee under its party organisation
    if kind.advises or not kind.is_party:
        return superior.name
    for pattern, name in PARTY_BODIES:
        if pattern.search(superior.name):
            return pattern.sub(name, superior.name)
    return superior.name


_BEFORE_PLACE = re.compile(
    r"^.*\b(?:tỉnh|thành phố|thành|huyện|thị xã|thị trấn|thị|quận|phường|xã|đặc khu)\s+(?:ủy\s+)?",
    re.IGNORECASE,
)


def _place_in(name: str) -> str:
    found = _BEFORE_PLACE.sub("", name)
    return found if found != name else ""
