"""Loads the shipped examples of criteria sets; what they say stands in ``criteria/data``."""

import tomllib
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from kheo.criteria.enums import CriterionKind, SetState
from kheo.criteria.models import CriteriaSet, Criterion, GradeBand, all_sides

SETS = Path(__file__).parent.parent / "data" / "sets.toml"


@transaction.atomic
def load_shipped_sets(*, at: datetime) -> None:
    """Put the examples in place that are not there yet; it can be run any number of times.

    What is there is left alone: files may be scored by it.
    """
    rows: list[dict[str, Any]] = tomllib.loads(SETS.read_text(encoding="utf-8"))["set"]
    known = set(CriteriaSet.objects.filter(is_shipped=True).values_list("code", flat=True))
    for row in rows:
        if row["code"] not in known:
            _load_set(row, at)


def _load_set(row: dict[str, Any], at: datetime) -> None:
    made = CriteriaSet.objects.create(
        code=row["code"],
        name=row["name"],
        subject=row["subject"],
        title=row.get("title", ""),
        period_text=row["period_text"],
        total=Decimal(row["total"]),
        bonus_cap=Decimal(row["bonus_cap"]),
        state=SetState.IN_FORCE,
        is_shipped=True,
        created_at=at,
    )
    _load_criteria(made, row["criterion"], None)
    GradeBand.objects.bulk_create(
        GradeBand(
            set=made,
            name=grade["name"],
            minimum=Decimal(grade["minimum"]),
            may_be_recognised=grade.get("may_be_recognised", True),
            order=order,
        )
        for order, grade in enumerate(row["grades"], start=1)
    )


def _load_criteria(made: CriteriaSet, rows: list[dict[str, Any]], parent: Criterion | None) -> None:
    for order, row in enumerate(rows, start=1):
        criterion = Criterion.objects.create(
            set=made,
            parent=parent,
            number=row["number"],
            text=row["text"],
            kind=row.get("kind", CriterionKind.POINTS),
            points=Decimal(row.get("points", "0")),
            scored_by=row.get("scored_by", all_sides()),
            evidence_needed=row.get("evidence", ""),
            order=order,
        )
        _load_criteria(made, row.get("criterion", []), criterion)
