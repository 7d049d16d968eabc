"""Makes the course of models for tests, by the same deeds as people use."""

from datetime import datetime
from decimal import Decimal

from tests.factories.accounts import HANOI
from tests.factories.exemplars import Stage

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.organisations.models import Seat
from kheo.progress.actions import FigureTerms, report_update, set_results
from kheo.progress.models import Course, Indicator, Update

SPRING = datetime(2024, 4, 10, 9, 0, tzinfo=HANOI)
SUMMER = datetime(2024, 7, 10, 9, 0, tzinfo=HANOI)


def indicator(code: str) -> Indicator:
    return Indicator.objects.get(code=code)


def terms(code: str, amount: str | int, unit: str = "") -> FigureTerms:
    one = indicator(code)
    return FigureTerms(indicator=one, amount=Decimal(amount), unit=unit or one.unit)


def accepted(stage: Stage, unit=None, **changes) -> Registration:
    """An accepted registration of the round of S4."""
    return stage.registration(State.ACCEPTED, unit, **changes)


def report(row: Registration, by: Seat, *figures: FigureTerms, at=SPRING, **changes) -> Update:
    """News of a model, with figures."""
    words = {"text": "Đã họp thôn, 20 hộ đồng ý hiến đất."} | changes
    return report_update(registration=row, figures=figures, by=by, at=at, **words)


def plan(row: Registration, by: Seat, *planned: FigureTerms, at=SPRING) -> Course:
    return set_results(registration=row, planned=planned, by=by, at=at)
