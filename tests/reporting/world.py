"""Rounds, units and registrations for these tests, as rows, with the tallies their deeds keep."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import count

from django.db.models import F
from tests.factories.accounts import HANOI

from kheo.exemplars.enums import Continuity, Nature, State
from kheo.exemplars.models import Exemplar, Registration, RegistrationTally
from kheo.organisations.models import Level, Organisation
from kheo.rounds.actions.tallies import recount_participations
from kheo.rounds.enums import Field, Form, RoundState, UnitState
from kheo.rounds.models import Audience, FieldScheme, Participation, Period, Quota, Round

OPENS = date(2024, 2, 1)
DUE = date(2024, 2, 27)
NOW = datetime(2024, 2, 20, 9, 0, tzinfo=HANOI)
_names = count(1)


def make_round(organiser: Organisation, *, year: int = 2024, **changes: object) -> Round:
    """Make an open round with one audience that is asked for 1–2 and 4–5 (S4)."""
    period = Period.objects.create(
        name="2021–2025", first_year=2021, last_year=2025, organiser=organiser
    )
    values = {
        "organiser": organiser,
        "organiser_path": organiser.path,
        "period": period,
        "year": year,
        "title": f"Đăng ký mô hình, điển hình “Dân vận khéo” năm {year}",
        "field_scheme": FieldScheme.objects.first() or FieldScheme.objects.create(name="S4"),
        "opens_on": date(year, 2, 1),
        "state": RoundState.OPEN,
        "created_at": NOW,
    }
    made = Round.objects.create(**(values | changes))
    audience = Audience.objects.create(round=made, name="Các xã, thị trấn", due_on=DUE)
    for code, least, most in (("province", 1, 2), ("district", 4, 5)):
        level = Level.objects.get(code=code)
        Quota.objects.create(audience=audience, level=level, minimum=least, maximum=most)
    return made


def make_unit(
    round: Round, organisation: Organisation, state: UnitState = UnitState.NOT_STARTED, **changes
) -> Participation:
    """Ask a unit, as far as the round's own deeds would have brought it."""
    values = {
        "round": round,
        "audience": round.audiences.first(),
        "organisation": organisation,
        "unit_name": organisation.name,
        "sort_key": organisation.sort_key,
        "path": organisation.path,
        "original_due_on": DUE,
        "due_on": DUE,
        "state": state,
        "is_short": True,
    }
    if state in {UnitState.SUBMITTED, UnitState.RETURNED, UnitState.ACCEPTED}:
        values |= {"first_submitted_at": NOW, "last_submitted_at": NOW, "touched_at": NOW}
    return Participation.objects.create(**(values | changes))


def counted(round: Round) -> Round:
    """Bring the tallies of units up to date."""
    recount_participations(round=round)
    return round


def make_registration(unit: Participation, **changes: object) -> Registration:
    """Register a model of a unit: submitted, new, in the economy, by a collective."""
    number = next(_names)
    values = {
        "participation": unit,
        "round": unit.round,
        "organisation": unit.organisation,
        "unit_name": unit.unit_name,
        "path": unit.path,
        "year": unit.round.year,
        "form": Form.COLLECTIVE,
        "nature": Nature.MODEL,
        "name": f"Mô hình {number}",
        "field": Field.ECONOMY,
        "level": Level.objects.get(code="district"),
        "continuity": Continuity.NEW,
        "state": State.SUBMITTED,
        "is_registered": True,
        "created_at": NOW,
        "updated_at": NOW + timedelta(seconds=number),
        "submitted_at": NOW,
    } | changes
    if "exemplar" not in values:
        values["exemplar"] = Exemplar.objects.create(
            owner=unit.organisation,
            nature=values["nature"],
            form=values["form"],
            name=values["name"],
            search_key="",
            first_year=unit.round.year,
            created_at=NOW,
        )
    made = Registration.objects.create(**values)
    tally(made)
    return made


def tally(made: Registration) -> None:
    """Count a registration for its unit and all superiors."""
    if made.state in {State.DRAFT, State.SIGNED_OFF}:
        return
    key = {
        name: getattr(made, name)
        for name in ("year", "field", "nature", "form", "level", "continuity", "state")
    }
    for pk in made.path.strip(".").split("."):
        row, _new = RegistrationTally.objects.get_or_create(
            organisation_id=int(pk), **key, defaults={"count": 0}
        )
        RegistrationTally.objects.filter(pk=row.pk).update(count=F("count") + 1)


def count_by(rows: list[Registration], *names: str) -> Counter[tuple[object, ...]]:
    """Count registrations by attributes, the slow and certain way."""
    return Counter(tuple(getattr(row, name) for name in names) for row in rows)
