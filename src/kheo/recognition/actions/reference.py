"""Puts the shipped forms of honour in place, and lets an administrator change them."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from kheo.audit.actions import Deed, record
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.recognition.models import HonourForm
from kheo.recognition.rules.transitions import can_keep_forms

DATA = Path(__file__).parent.parent / "data" / "honour_forms.json"


@transaction.atomic
def load_honour_forms() -> None:
    """Make the shipped forms of honour where they are missing; what is there stays as it is."""
    rows = json.loads(DATA.read_text(encoding="utf-8"))
    HonourForm.objects.bulk_create(
        (HonourForm(order=order, **row) for order, row in enumerate(rows, start=1)),
        ignore_conflicts=True,
    )


@dataclass(frozen=True, kw_only=True)
class HonourFormTerms:
    """What an administrator says of a form of honour: who gives it, when, for how long."""

    name: str
    giver_kinds: list[str]
    giver_levels: list[str]
    needs_recognition: bool
    valid_years: int | None
    source: str
    is_active: bool


@transaction.atomic
def edit_honour_form(
    *, form: HonourForm, terms: HonourFormTerms, by: Seat, at: datetime
) -> HonourForm:
    """Change what is said of a form of honour; what was given keeps standing.

    :raises NotAllowedError: when the seat is no administrator of the whole.
    """
    demand(can_keep_forms(by))
    locked = HonourForm.objects.select_for_update().get(pk=form.pk)
    after = asdict(terms)
    before = {name: getattr(locked, name) for name in after}
    for name, value in after.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(after))
    changed = [name for name in after if before[name] != after[name]]
    deed = Deed(
        verb="honour-form.edit",
        record=locked,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    record(deed=deed, by=by, at=at)
    return locked
