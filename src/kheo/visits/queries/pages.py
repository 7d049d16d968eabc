"""What the pages of a team, a visit and a sheet show, in a fixed number of statements."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from kheo.organisations.models import Organisation, Seat
from kheo.organisations.queries.tree import matching
from kheo.organisations.rules import Verdict
from kheo.visits.enums import Outcome, Side, VisitDeed, VisitState
from kheo.visits.models import (
    Finding,
    Participant,
    Recommendation,
    SheetEntry,
    SheetPhoto,
    SurveyTeam,
    Visit,
    VisitSheet,
)
from kheo.visits.queries.standing import is_on_team_side, parts_in, units_to_visit
from kheo.visits.queries.visible import sheets_visible_to
from kheo.visits.rules.deeds import can_change_team, can_do_visit, can_plan_visit
from kheo.visits.rules.values import FINDING_FIELDS, TEXT_FIELDS, TEXTS, as_kept

MOST_OFFERED = 5
LABELS = {
    "seen": _("What was seen"),
    "assessment": _("Assessment"),
    "place": _("Whereabouts"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "item": _("What is looked at"),
    "found": _("Finding"),
    "words": _("Note"),
    "points": _("Points"),
}
BLANK_ITEMS = 2


@dataclass(frozen=True, kw_only=True)
class TeamPage:
    """A team and what may be done to it."""

    team: SurveyTeam
    may_change: Verdict
    may_plan: Verdict


@dataclass(frozen=True, kw_only=True)
class VisitPage:
    """A visit, who was there, its sheets as far as they are seen, and what may be done."""

    visit: Visit
    people: list[tuple[str, list[Participant]]]
    sheets: list[VisitSheet]
    advice: list[Recommendation]
    sees_result: bool
    may: Mapping[str, Verdict]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One piece of a sheet as the page shows it: name, version, and what its fields hold."""

    name: str
    version: int
    values: Mapping[str, str]
    finding: Finding | None = None
    # of the entry that a post of the page makes: posting twice makes it once
    key: str = field(default_factory=lambda: str(uuid4()))

    @property
    def was(self) -> str:
        """Return the values as the form carries them along, to see later what was touched."""
        return json.dumps(self.values, ensure_ascii=False)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """An entry that waits: field by field what was sent and what stands in the sheet."""

    entry: SheetEntry
    about: str
    version: int
    fields: list[tuple[str, str, str]]


@dataclass(frozen=True, kw_only=True)
class SheetPage:
    """A sheet in pieces, its photos, what waits for a choice, and whether it may be written."""

    sheet: VisitSheet
    texts: Piece
    findings: list[Piece]
    blank: list[Piece]
    photo_key: str
    photos: Sequence[SheetPhoto]
    choices: list[Choice]
    may_fill: Verdict
    may_lay: Verdict


def team_page(seat: Seat, team: SurveyTeam) -> TeamPage:
    """Return what the page of a team shows."""
    return TeamPage(
        team=team,
        may_change=can_change_team(seat, team),
        may_plan=can_plan_visit(seat, team, parts_in(seat, team)),
    )


def visit_page(seat: Seat, visit: Visit) -> VisitPage:
    """Return what the page of a visit shows; sheets and conclusions only to whom they are open."""
    parts = parts_in(seat, visit.team)
    people: dict[str, list[Participant]] = {side: [] for side in Side.values}
    for one in visit.participants.all():
        people[one.side].append(one)
    sheets = list(
        sheets_visible_to(seat)
        .filter(visit=visit)
        .select_related("registration", "updated_by__user")
        .prefetch_related("findings", "photos")
    )
    may = {deed.value: can_do_visit(deed, seat, visit, parts) for deed in VisitDeed}
    sees = visit.state == VisitState.CONCLUDED or is_on_team_side(seat, visit.team)
    return VisitPage(
        visit=visit,
        people=[(str(Side(side).label), found) for side, found in people.items() if found],
        sheets=sheets,
        advice=list(visit.recommendations.all()) if sees else [],
        sees_result=sees,
        may=may,
    )


def sheet_page(seat: Seat, sheet: VisitSheet) -> SheetPage:
    """Return what the page of a sheet shows."""
    parts = parts_in(seat, sheet.visit.team)
    findings = list(sheet.findings.select_related("criterion", "updated_by__user"))
    pieces = {str(one.key): _finding_piece(one) for one in findings}
    texts = Piece(name=TEXTS, version=sheet.version, values=_values(sheet, TEXT_FIELDS))
    waiting = sheet.entries.filter(outcome=Outcome.CONFLICT).select_related("made_by__user")
    may_fill = can_do_visit(VisitDeed.FILL, seat, sheet.visit, parts)
    return SheetPage(
        sheet=sheet,
        texts=texts,
        findings=list(pieces.values()),
        blank=[_blank_piece() for _place in range(BLANK_ITEMS)],
        photo_key=str(uuid4()),
        photos=list(sheet.photos.filter(removed_at__isnull=True).select_related("added_by__user")),
        choices=[_choice(entry, pieces.get(entry.piece, texts)) for entry in waiting],
        may_fill=may_fill,
        may_lay=may_fill or can_do_visit(VisitDeed.CHANGE, seat, sheet.visit, parts),
    )


def versions_of(sheet: VisitSheet) -> dict[str, int]:
    """Return the version of every piece of a sheet."""
    found = {str(key): version for key, version in sheet.findings.values_list("key", "version")}
    return {TEXTS: sheet.version} | found


def units_called(team: SurveyTeam, words: str) -> list[Organisation]:
    """Return the units a team may visit that a name or code means: one, several to ask, or none."""
    units = units_to_visit(team)
    text = words.strip()
    exact = units.filter(code=text).first()
    if exact is None and " " in text:
        same = list(units.filter(name__iexact=text)[:2])
        exact = same[0] if len(same) == 1 else None
    if exact is not None:
        return [exact]
    if not text:
        return []
    return list(units.filter(matching(text)).order_by("path", "sort_key")[: MOST_OFFERED + 1])


def _finding_piece(finding: Finding) -> Piece:
    return Piece(
        name=str(finding.key),
        version=finding.version,
        values=_values(finding, FINDING_FIELDS),
        finding=finding,
    )


def _blank_piece() -> Piece:
    return Piece(name=str(uuid4()), version=0, values=dict.fromkeys(FINDING_FIELDS, ""))


def _values(row: VisitSheet | Finding, fields: Sequence[str]) -> dict[str, str]:
    found = {name: getattr(row, name) for name in fields}
    return {
        name: as_kept(value).replace(".", ",") if isinstance(value, Decimal) else as_kept(value)
        for name, value in found.items()
    }


def _choice(entry: SheetEntry, piece: Piece) -> Choice:
    fields = [
        (str(LABELS[name]), str(value), piece.values.get(name, ""))
        for name, value in entry.value.items()
    ]
    about = piece.finding.item if piece.finding else ""
    return Choice(entry=entry, about=about, version=piece.version, fields=fields)
