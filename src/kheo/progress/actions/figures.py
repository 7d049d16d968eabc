"""Keeps the figures of results: converted, added up by the indicator's rule, struck out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.exemplars.models import Registration
from kheo.lib.text.folding import normalise
from kheo.lib.text.numbers import format_number
from kheo.organisations.models import Seat
from kheo.progress.actions.journal import close_deed, lay_open, note_progress
from kheo.progress.enums import Deed
from kheo.progress.models import Course, Figure, Indicator, Result, Update
from kheo.progress.rules.catalogue import usable_verdict
from kheo.progress.rules.course import ProgressError
from kheo.progress.rules.figures import added_up, in_base


@dataclass(frozen=True, kw_only=True)
class FigureTerms:
    """An amount of an indicator in one of its units; planned or achieved."""

    indicator: Indicator
    amount: Decimal
    unit: str

    def __str__(self) -> str:
        """Write it as papers do."""
        return f"{self.indicator}: {format_number(self.amount)} {self.unit}"


@transaction.atomic
def set_results(
    *,
    registration: Registration,
    planned: Sequence[FigureTerms],
    by: Seat,
    at: datetime,
    version: int | None = None,
) -> Course:
    """Say what a model is to achieve; what is not among the terms any more is planned no more.

    :raises NotAllowedError: when the seat may not, or the model is not under way.
    :raises ProgressError: when an indicator stands twice or is not counted in that unit.
    :raises StaleCourseError: when somebody changed the course meanwhile.
    """
    row, course = lay_open(registration, Deed.PLAN, version=version, by=by)
    _refuse_twice(planned)
    before = row.results.exclude(planned=None).select_related("indicator")
    said = [f"{one.indicator}: {format_number(one.planned or 0)}" for one in before]
    wanted = {terms.indicator.pk for terms in planned}
    row.results.exclude(indicator__in=wanted).update(planned=None)
    row.results.filter(planned=None, achieved=None, figures=None).delete()
    for terms in planned:
        result = _result(row, terms)
        result.planned = in_base(terms.indicator, terms.amount, terms.unit)
        result.unit = terms.unit
        result.save()
    after = {"planned": [str(terms) for terms in planned]}
    return close_deed(course, Deed.PLAN, by, at, before={"planned": said}, after=after)


@transaction.atomic
def strike_figure(
    *, figure: Figure, reason: str, by: Seat, at: datetime, version: int | None = None
) -> Result:
    """Strike a wrong figure out; it stays readable, and counts no more.

    :raises NotAllowedError: when the seat may not.
    :raises ProgressError: when it is struck out already, or no reason is given.
    :raises StaleCourseError: when somebody changed the course meanwhile.
    """
    row, course = lay_open(figure.result.registration, Deed.REPORT, version=version, by=by)
    if not normalise(reason):
        raise ProgressError(_("Give the reason; it stays in the history of the model."))
    locked = Figure.objects.select_related("result__indicator").get(pk=figure.pk)
    if locked.struck_at is not None:
        raise ProgressError(_("The figure is struck out already."))
    locked.struck_at, locked.struck_by, locked.struck_reason = at, by, normalise(reason)[:300]
    locked.save(update_fields=["struck_at", "struck_by", "struck_reason"])
    result = _recount(locked.result)
    course.version += 1
    course.save()
    said = f"{result.indicator}: {format_number(locked.amount)} {locked.unit}"
    note_progress("progress.strike-figure", row, by, at, before={"figures": said}, reason=reason)
    return result


def keep_figures(
    row: Registration, update: Update, terms: Iterable[FigureTerms], as_of: date
) -> list[Figure]:
    """Keep the figures of an update, and what the model achieved by them.

    :raises ProgressError: when an indicator stands twice or is not counted in that unit.
    """
    given = list(terms)
    _refuse_twice(given)
    kept = []
    for one in given:
        base = in_base(one.indicator, one.amount, one.unit)
        result = _result(row, one)
        result.save()
        kept.append(
            Figure.objects.create(
                result=result,
                update=update,
                amount=one.amount,
                unit=one.unit,
                base_amount=base,
                as_of=as_of,
            )
        )
        _recount(result)
    return kept


def _result(row: Registration, terms: FigureTerms) -> Result:
    found = row.results.filter(indicator=terms.indicator).first()
    if found is None and not (verdict := usable_verdict(terms.indicator, row)):
        raise ProgressError(str(verdict.reason))
    return found or Result(
        registration=row,
        indicator=terms.indicator,
        unit=terms.unit,
        path=row.path,
        year=row.year,
    )


def _recount(result: Result) -> Result:
    standing = list(
        result.figures.filter(struck_at=None)
        .order_by("as_of", "pk")
        .values_list("as_of", "base_amount")
    )
    result.achieved = added_up(result.indicator.adding, standing)
    result.as_of = standing[-1][0] if standing else None
    result.save(update_fields=["achieved", "as_of"])
    return result


def _refuse_twice(terms: Sequence[FigureTerms]) -> None:
    seen: set[int] = set()
    for one in terms:
        if one.indicator.pk in seen:
            words = _("“%s” stands there twice; write it once, with the sum.")
            raise ProgressError(words % one.indicator)
        seen.add(one.indicator.pk)
