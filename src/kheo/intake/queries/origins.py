"""Which models of other units a row may be said to replicate: alike ones, or found by words."""

from collections.abc import Iterable, Mapping

from kheo.exemplars.models import Exemplar, Registration
from kheo.exemplars.queries.earlier import latest_public_registration, replicable_exemplars
from kheo.exemplars.queries.likeness import hints_for
from kheo.intake.enums import Link
from kheo.intake.models import IntakeEntry
from kheo.organisations.models import Seat

FOUND = 20
# how a choice of the page names the model that a row replicates: "replicates:12"
PREFIX = f"{Link.REPLICATES.value}:"


def like_origins(seat: Seat, entry: IntakeEntry, items: Mapping[str, str]) -> list[Registration]:
    """Return entries of other units that are like a row, the most like first.

    They are looked for where a person who writes such a draft is told of them.
    """
    draft = _draft(entry, items)
    return _foreign((one.registration for one in hints_for(seat, draft)), draft)


def origins_found(seat: Seat, entry: IntakeEntry, text: str) -> list[Registration]:
    """Return accepted entries of other units that hold all words of a text, newest first."""
    return _foreign(replicable_exemplars(seat, text)[:FOUND], _draft(entry, {}))


def origin_of(seat: Seat, entry: IntakeEntry, exemplar_id: int) -> Registration | None:
    """Return the entry by which a model is known; None where a row cannot replicate it.

    It must have been accepted or be readable for the seat, and be another unit's.
    """
    exemplar = Exemplar.objects.filter(pk=exemplar_id).first()
    known = exemplar and latest_public_registration(exemplar, seat)
    return next(iter(_foreign([known] if known else [], _draft(entry, {}))), None)


def origin_choices(origins: Iterable[Registration]) -> list[tuple[str, str]]:
    """Return entries as choices of what a row is, each model once."""
    known = {one.exemplar_id: one for one in reversed(list(origins))}
    return [
        (
            f"{PREFIX}{key}",
            f"{Link.REPLICATES.label}: {one.name} – {one.unit_name}, {one.year}",
        )
        for key, one in reversed(known.items())
    ]


def chosen_origin(value: str) -> int | None:
    """Return the key of the model that a choice names."""
    key = value.removeprefix(PREFIX)
    return int(key) if value.startswith(PREFIX) and key.isdecimal() and len(key) < 19 else None


def _foreign(rows: Iterable[Registration], draft: Registration) -> list[Registration]:
    return [row for row in rows if row.organisation_id != draft.organisation_id]


def _draft(entry: IntakeEntry, items: Mapping[str, str]) -> Registration:
    """Return a row as the draft it would become, not stored and of no model yet."""
    form = entry.form
    intake, part = form.file.intake, form.participation
    return Registration(
        pk=0,
        exemplar_id=0,
        round=intake.round,
        organisation_id=part.organisation_id if part else intake.organisation_id,
        path=part.path if part else intake.path,
        unit_name=part.unit_name if part else "",
        year=intake.round.year,
        form=items.get("form", ""),
        name=items.get("name", ""),
        content=items.get("content", ""),
    )
