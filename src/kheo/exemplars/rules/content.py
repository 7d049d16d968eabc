"""What a registration says, item by item: what it still lacks, and by what it is counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from kheo.exemplars.enums import Continuity
from kheo.exemplars.models import Registration
from kheo.lib.text.dates import DateError
from kheo.lib.text.folding import fold
from kheo.lib.text.periods import parse_period
from kheo.rounds.queries.specs import FormSpec

# the columns that hold content, in the order of M2 (M1 leaves the person out)
COLUMNS = (
    "full_name",
    "position",
    "workplace",
    "address",
    "name",
    "field",
    "level_id",
    "content",
    "starts",
    "ends",
    "scope",
    "expected_results",
    "nature",
    "continuity",
    "replicated_from_id",
    "intended_level_id",
)
# items of a form that are kept under another name
COLUMN_OF = {
    "level": "level_id",
    "replicated_from": "replicated_from_id",
    "intended_level": "intended_level_id",
}


class Facets(NamedTuple):
    """All by which registrations are counted."""

    field: str
    nature: str
    form: str
    level_id: int
    continuity: str
    state: str
    stages: int


@dataclass(frozen=True, slots=True)
class Timespan:
    """The days understood from what was typed, and what could not be understood."""

    starts_on: date | None
    ends_on: date | None
    problems: Mapping[str, str]


def facets_of(registration: Registration) -> Facets | None:
    """Return by what a registration is counted; None while it was never submitted."""
    if registration.submitted_at is None or registration.level_id is None:
        return None
    return Facets(
        field=str(registration.field),
        nature=str(registration.nature),
        form=str(registration.form),
        level_id=registration.level_id,
        continuity=str(registration.continuity),
        state=str(registration.state),
        stages=registration.stages,
    )


def content_of(registration: Registration) -> dict[str, object]:
    """Return the whole content, as a submitted version keeps it."""
    values = {name: getattr(registration, name) for name in COLUMNS}
    return {"form": str(registration.form)} | values | {"extra": dict(registration.extra)}


def content_gaps(registration: Registration, spec: FormSpec) -> dict[str, str]:
    """Return what keeps a registration from being submitted, by item, in words."""
    gaps = {
        field.key: _("“%(item)s” is empty.") % {"item": field.label}
        for field in spec.shown
        if field.required and not _is_filled(registration, field.key)
    }
    gaps |= understand_period(registration.starts, registration.ends, registration.year).problems
    replicated = registration.continuity == Continuity.REPLICATED
    if replicated and registration.replicated_from_id is None:
        gaps["replicated_from"] = _("Say which model it replicates.")
    if replicated and registration.replicated_from_id == registration.exemplar_id:
        gaps["replicated_from"] = _("A model cannot replicate itself.")
    return gaps


def understand_period(starts: str, ends: str, year: int) -> Timespan:
    """Read start and finish as people write them: a day, a month, a quarter, a year.

    :param year: the round's, for "tháng 3" and such.
    """
    return _plain_span(starts, ends, year) or _span(starts, ends, year)


@lru_cache(maxsize=4_000)
def _plain_span(starts: str, ends: str, year: int) -> Timespan | None:
    """Return what lists say over and over; None where words, in some language, must be said."""
    span = _span(starts, ends, year)
    return None if span.problems else span


def _span(starts: str, ends: str, year: int) -> Timespan:
    problems: dict[str, str] = {}
    days: dict[str, date | None] = {}
    for item, text in (("starts", starts), ("ends", ends)):
        try:
            span = parse_period(text, default_year=year) if text else None
        except DateError as error:
            problems[item] = _date_words(error)
            span = None
        days[item] = None if span is None else span.start if item == "starts" else span.end
    first, last = days["starts"], days["ends"]
    if first is not None and last is not None and last < first:
        problems["ends"] = _("The finish (%(ends)s) lies before the start (%(starts)s).") % {
            "ends": ends,
            "starts": starts,
        }
        last = None
    return Timespan(first, last, problems)


def is_person_of(one: Registration, other: Registration) -> bool:
    """Tell whether two registrations name the same person of the same workplace."""
    name = fold(one.full_name)
    return bool(name) and (name, fold(one.workplace)) == (
        fold(other.full_name),
        fold(other.workplace),
    )


def _is_filled(registration: Registration, key: str) -> bool:
    if key == "period":
        return bool(registration.starts and registration.ends)
    column = COLUMN_OF.get(key, key)
    if column in COLUMNS:
        return bool(getattr(registration, column))
    return bool(str(registration.extra.get(key, "")).strip())


def _date_words(error: DateError) -> str:
    words = {
        "no_such_day": _("There is no such day: “%s”."),
        "year_out_of_range": _("The year of “%s” cannot be right."),
        "reversed": _("In “%s” the finish lies before the start."),
    }
    pattern = words.get(error.code) or _(
        "“%s” is no time; write a month (3/2024) or a year (2024)."
    )
    return pattern % error.found
