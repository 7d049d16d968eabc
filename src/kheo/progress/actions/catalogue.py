"""Keeps the catalogue of indicators: what is shipped, and what administrators add."""

import secrets
import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from importlib import resources

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.audit.actions import Deed, record
from kheo.lib.text.folding import fold, normalise
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.progress.enums import Adding, IndicatorGroup
from kheo.progress.models import Indicator
from kheo.progress.rules.catalogue import can_add_indicators, can_edit_indicator
from kheo.progress.rules.course import ProgressError, StaleCourseError

# between two shipped ones there is room for those that organisations add
STEP = 10
FACTS = ("name", "group", "sub_kind", "unit", "units", "adding")


@dataclass(frozen=True, kw_only=True)
class IndicatorTerms:
    """What an indicator says; ``units`` are further units: how many of the base unit one is."""

    name: str
    group: str
    unit: str
    adding: str
    sub_kind: str = ""
    units: dict[str, Decimal] = field(default_factory=dict)


@transaction.atomic
def keep_indicators() -> int:
    """See to it that the shipped indicators are there as shipped; return how many there are.

    What they are called and how they add up may change with a release, their codes never do.
    """
    rows = shipped_indicators()
    for number, row in enumerate(rows, start=1):
        Indicator.objects.update_or_create(
            code=row["code"], defaults=row | {"order": number * STEP, "is_shipped": True}
        )
    return len(rows)


def shipped_indicators() -> list[dict[str, object]]:
    """Return the rows of the shipped catalogue, as the model has them."""
    text = resources.files("kheo.progress").joinpath("data/indicators.toml").read_text("utf-8")
    found = tomllib.loads(text)["indicator"]
    return [{"sub_kind": ""} | row | {"unit": next(iter(row["units"]))} for row in found]


@transaction.atomic
def create_indicator(*, terms: IndicatorTerms, by: Seat, at: datetime) -> Indicator:
    """Add an indicator for the seat's organisation and all below it.

    :raises NotAllowedError: when the seat is no administrator.
    :raises ProgressError: when something is missing or contradicts itself.
    """
    demand(can_add_indicators(by))
    # two administrators adding at once must not both get the same name
    organisation = type(by.organisation).objects.select_for_update().get(pk=by.organisation_id)
    facts = _facts(terms)
    _refuse_namesake(facts, organisation.pk)
    last = Indicator.objects.filter(group=terms.group).order_by("-order").first()
    indicator = Indicator.objects.create(
        code=_code(str(facts["name"])),
        order=(last.order if last else 0) + 1,
        owner=organisation,
        owner_path=organisation.reach_path,
        **facts,
    )
    _note("progress.create-indicator", indicator, by, at, after=facts)
    return indicator


@transaction.atomic
def edit_indicator(
    *, indicator: Indicator, terms: IndicatorTerms, version: int, by: Seat, at: datetime
) -> Indicator:
    """Change an indicator; units and the rule stay once results are counted by it.

    :raises NotAllowedError: when it is shipped or belongs to another organisation.
    :raises ProgressError: when something is missing, or results stand in the way.
    :raises StaleCourseError: when somebody changed it meanwhile.
    """
    locked = _locked(indicator, version)
    demand(can_edit_indicator(by, locked))
    facts = _facts(terms)
    _refuse_namesake(facts, by.organisation_id, locked.pk)
    if locked.results.exists():
        _refuse_other_counting(locked, facts)
    before = {name: getattr(locked, name) for name in FACTS}
    for name, value in facts.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save()
    _note("progress.edit-indicator", locked, by, at, before=before, after=facts)
    return locked


@transaction.atomic
def retire_indicator(
    *, indicator: Indicator, retired: bool, version: int, by: Seat, at: datetime
) -> Indicator:
    """Take an indicator out of use, or into use again; results counted by it stay.

    :raises NotAllowedError: when it is shipped or belongs to another organisation.
    :raises StaleCourseError: when somebody changed it meanwhile.
    """
    locked = _locked(indicator, version)
    demand(can_edit_indicator(by, locked))
    if (locked.retired_at is not None) == retired:
        return locked
    locked.retired_at = at if retired else None
    locked.version += 1
    locked.save(update_fields=["retired_at", "version"])
    verb = "progress.retire-indicator" if retired else "progress.restore-indicator"
    _note(verb, locked, by, at)
    return locked


def _locked(indicator: Indicator, version: int) -> Indicator:
    locked = Indicator.objects.select_for_update().get(pk=indicator.pk)
    if locked.version != version:
        raise StaleCourseError
    return locked


def _facts(terms: IndicatorTerms) -> dict[str, object]:
    name, unit = normalise(terms.name), normalise(terms.unit)
    if not name or not unit:
        raise ProgressError(_("Give the name and the unit of measure."))
    if terms.adding not in Adding.values or terms.group not in IndicatorGroup.values:
        raise ProgressError(_("Choose a group and how the figures add up."))
    units = {unit: Decimal(1)} | {normalise(key): value for key, value in terms.units.items()}
    if units[unit] != 1 or len(units) != len(terms.units) + 1:
        raise ProgressError(_("Write each further unit once, and not the base unit itself."))
    if any(value <= 0 for value in units.values()):
        raise ProgressError(_("A conversion is greater than zero."))
    return {
        "name": name[:200],
        "group": terms.group,
        "sub_kind": normalise(terms.sub_kind)[:100],
        "unit": unit[:30],
        "units": {key: format(value.normalize(), "f") for key, value in units.items()},
        "adding": terms.adding,
    }


def _refuse_namesake(facts: dict[str, object], owner: int, but: int | None = None) -> None:
    same = Indicator.objects.filter(name__iexact=facts["name"], sub_kind__iexact=facts["sub_kind"])
    theirs = same.filter(owner=None) | same.filter(owner=owner)
    others = theirs if but is None else theirs.exclude(pk=but)
    if others.exists():
        raise ProgressError(_("There is an indicator of this name and sub-kind already; use that."))


def _refuse_other_counting(indicator: Indicator, facts: dict[str, object]) -> None:
    kept = indicator.units.items() <= dict(facts["units"]).items()  # type: ignore[call-overload]
    same = facts["unit"] == indicator.unit and facts["adding"] == indicator.adding
    if not (kept and same):
        raise ProgressError(
            _(
                "Results are counted by this indicator already: its unit, conversions and rule"
                " stay. Retire it and add another instead."
            )
        )


def _code(name: str) -> str:
    words = "-".join(word for word in fold(name).split() if word.isascii() and word.isalnum())
    return f"{words[:45] or 'chi-tieu'}-{secrets.token_hex(4)}"


def _note(
    verb: str,
    indicator: Indicator,
    by: Seat,
    at: datetime,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    entry = Deed(
        verb=verb,
        record=indicator,
        scope=indicator.owner_path,
        before=before or {},
        after=after or {},
    )
    record(deed=entry, by=by, at=at)
