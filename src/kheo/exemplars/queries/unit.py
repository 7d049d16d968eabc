"""A unit's part in a round as its page shows it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration, Remark
from kheo.exemplars.queries.earlier import continuable_registrations
from kheo.exemplars.queries.forms import form_specs
from kheo.exemplars.rules import (
    can_sign_off,
    can_start,
    gaps_in_words,
    holders_of_places,
    is_person_of,
    submission_verdicts,
)
from kheo.lib.text.folding import fold
from kheo.organisations.models import Seat, below
from kheo.organisations.rules import Verdict, reach_of
from kheo.rounds.enums import Form
from kheo.rounds.models import Participation, Quota
from kheo.rounds.queries.quotas import QuotaLine, quota_lines
from kheo.rounds.queries.specs import FormSpec

OFFERED_FORMS = (Form.COLLECTIVE, Form.INDIVIDUAL)


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    """One of the unit's registrations, with what can be done to it next and what it warns of."""

    registration: Registration
    open_remarks: int
    can_sign: Verdict
    can_send: Verdict
    warnings: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, kw_only=True)
class UnitPage:
    """All that the page of a unit's part in a round shows."""

    participation: Participation
    quotas: list[QuotaLine]
    rows: list[UnitRow]
    forms: list[tuple[str, str]]
    earlier: list[Registration]
    can_start: Verdict
    today: date

    @property
    def signable(self) -> list[UnitRow]:
        """Return what the seat may sign now."""
        return [row for row in self.rows if row.can_sign]

    @property
    def sendable(self) -> list[UnitRow]:
        """Return what the seat may submit now."""
        return [row for row in self.rows if row.can_send]

    @property
    def is_late(self) -> bool:
        """Tell whether what is submitted now comes late."""
        return self.today > self.participation.due_on

    @property
    def short_after(self) -> list[tuple[QuotaLine, int]]:
        """Return the quotas still below their minimum once all that can be is submitted."""
        coming = [
            row.registration.level_id for row in self.sendable if not row.registration.is_registered
        ]
        lines = []
        for line in self.quotas:
            level = line.level.pk if line.level else None
            added = len(coming) if level is None else coming.count(level)
            if line.missing > added:
                lines.append((line, line.missing - added))
        return lines


def parts_readable(seat: Seat) -> QuerySet[Participation]:
    """Return the parts in published rounds of the seat's unit and of what is below its reach."""
    inside = below(reach_of(seat)) | Q(organisation=seat.organisation_id)
    rows = Participation.objects.filter(inside).exclude(round__state="draft")
    return rows.select_related(
        "round__organiser", "round__governing_document", "round__period", "audience", "organisation"
    )


def unit_page(participation: Participation, seat: Seat, today: date) -> UnitPage:
    """Return the page of a unit's part in a round; the number of statements is fixed."""
    specs = form_specs(participation.audience)
    may_start = can_start(seat, participation, today=today, forms=specs)
    return UnitPage(
        participation=participation,
        quotas=quota_lines(participation),
        rows=_unit_rows(participation, specs, seat, today),
        forms=[(form.value, specs[form.value].code) for form in OFFERED_FORMS if form in specs],
        earlier=list(continuable_registrations(participation)) if may_start else [],
        can_start=may_start,
        today=today,
    )


def _unit_rows(
    participation: Participation, specs: Mapping[str, FormSpec], seat: Seat, today: date
) -> list[UnitRow]:
    rows = _known_registrations(participation)
    quotas = Quota.objects.filter(audience=participation.audience_id).select_related("level")
    places = holders_of_places(rows)
    sending = submission_verdicts(
        rows, places, quotas=list(quotas), specs=specs, seat=seat, today=today
    )
    open_remarks = Remark.objects.filter(registration__in=rows, answered_at=None)
    remarks = Counter(open_remarks.values_list("registration_id", flat=True))
    warnings = twin_warnings(rows)
    return [
        UnitRow(
            registration=row,
            open_remarks=remarks[row.pk],
            can_sign=can_sign_off(seat, row, gaps_in_words(row, specs)),
            can_send=sending[row.pk],
            warnings=tuple(warnings.get(row.pk, ())),
        )
        for row in rows
    ]


def _known_registrations(participation: Participation) -> list[Registration]:
    found = Registration.objects.filter(participation=participation).select_related("level")
    rows = list(found.order_by("order", "pk"))
    for row in rows:
        # what is at hand is not fetched again by a rule
        row.participation, row.round = participation, participation.round
        row.organisation = participation.organisation
    return rows


def twin_warnings(rows: list[Registration]) -> dict[int, list[Mapping[str, object]]]:
    """Return, by key, what looks registered twice: a name in the unit, a person in the round.

    One statement for all rows together.
    """
    live = [row for row in rows if row.state != State.WITHDRAWN]
    warnings: dict[int, list[Mapping[str, object]]] = {}
    for row in live:
        for other in live:
            if other.pk != row.pk and row.name and fold(other.name) == fold(row.name):
                warnings.setdefault(row.pk, []).append({"kind": "name", "other": other})
    persons = [row for row in live if row.full_name]
    if persons:
        for row, other in _same_persons(persons):
            warnings.setdefault(row.pk, []).append({"kind": "person", "other": other})
    return warnings


def _same_persons(rows: list[Registration]) -> list[tuple[Registration, Registration]]:
    names = Q()
    for row in rows:
        # the key is folded: it finds the person however the name is written
        names |= Q(search_key__contains=fold(row.full_name))
    others = (
        Registration.objects.filter(names, round=rows[0].round_id)
        .exclude(full_name="")
        .exclude(state=State.WITHDRAWN)
        .only("pk", "name", "full_name", "workplace", "unit_name", "participation_id")
    )
    return [
        (row, other)
        for row in rows
        for other in others
        if other.pk != row.pk and is_person_of(row, other)
    ]
