"""What a composed table may be: its rows, its columns and what it is narrowed to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.organisations.rules import YES, Verdict, no
from kheo.reporting.enums import Cut, Step
from kheo.reviews.enums import TableContent
from kheo.reviews.models import TableDesign
from kheo.reviews.rules.figures import CHOICES
from kheo.reviews.rules.reviews import ReviewError

STEPS = "steps"
CUTS = (Cut.FIELD, Cut.FORM, Cut.LEVEL, Cut.CONTINUITY, Cut.NATURE, Cut.YEAR, Cut.UNIT)
NARROWED_BY = ("field", "form", "level", "continuity", "nature")
ALL_STEPS = tuple(step.value for step in Step)
# what S0 asks for in 2.2: registered, achieved, recognised, replicated
USUAL_STEPS = (
    Step.REGISTERED.value,
    Step.CARRIED_OUT.value,
    Step.RECOGNISED.value,
    Step.REPLICATED.value,
)


@dataclass(frozen=True, kw_only=True)
class TableSpec:
    """A table: what it tells; of models, which cuts make sections, rows, groups and columns."""

    content: str = TableContent.MODELS
    sections: str = ""
    rows: str = Cut.FIELD
    groups: str = ""
    columns: str = STEPS
    steps: tuple[str, ...] = USUAL_STEPS
    only: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def cuts(self) -> tuple[str, ...]:
        """Return the cuts it uses, from the outermost of the rows to the columns."""
        used = (self.sections, self.rows, self.groups, self.columns)
        return tuple(cut for cut in used if cut and cut != STEPS)

    @property
    def counts_entries(self) -> bool:
        """Tell whether a model counts once in each year, as years can only be told apart so."""
        return Cut.YEAR in self.cuts

    def content_of(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {
            "content": str(self.content),
            "sections": str(self.sections),
            "rows": str(self.rows),
            "groups": str(self.groups),
            "columns": str(self.columns),
            "steps": list(self.steps),
            "only": dict(self.only),
        }


def table_spec(content: Mapping[str, Any]) -> TableSpec:
    """Return the table that a kept description tells; what it lacks is as usual.

    :raises ReviewError: when no table can be made of it.
    """
    known = {name: content[name] for name in KEPT if name in content}
    if "steps" in known:
        known["steps"] = tuple(step for step in ALL_STEPS if step in known["steps"])
    spec = TableSpec(**known)
    refuse_impossible_table(spec)
    return spec


def refuse_impossible_table(spec: TableSpec) -> None:
    """Refuse a table that tells the same twice or nothing at all.

    :raises ReviewError: says why.
    """
    if spec.content != TableContent.MODELS:
        return
    if any(cut not in CUTS for cut in spec.cuts) or spec.rows == STEPS or not spec.columns:
        raise ReviewError(_("This table has rows or columns that are not known."))
    if len(set(spec.cuts)) != len(spec.cuts) or spec.groups == STEPS == spec.columns:
        raise ReviewError(_("Rows and columns of a table must differ."))
    if STEPS in (spec.groups, spec.columns) and not spec.steps:
        raise ReviewError(_("Choose at least one step for the columns."))
    for name, value in spec.only.items():
        known = CHOICES.get(name)
        if name not in NARROWED_BY or (known is not None and value not in known):
            raise ReviewError(_("This table cannot be narrowed like that."))


def can_compose(seat: Seat) -> Verdict:
    """Let officers, heads and clerks compose tables for their body."""
    if seat.role not in {Role.OFFICER, Role.HEAD, Role.CLERK}:
        return no(_("Your seat does not compose tables."))
    return YES


def can_change_design(seat: Seat, design: TableDesign) -> Verdict:
    """Let the body that composed a table change it; shipped ones are copied."""
    if design.owner_id is None:
        return no(_("This table was shipped with the system; save a copy under another name."))
    if design.owner_id != seat.organisation.reach_id:
        return no(_("Another body composed this table; save a copy under another name."))
    return can_compose(seat)


KEPT = ("content", "sections", "rows", "groups", "columns", "steps", "only")
