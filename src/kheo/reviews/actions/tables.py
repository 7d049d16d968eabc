"""Composed tables: kept under a name, changed, dropped; shipped ones kept as they are shipped."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.audit.actions import Deed, record
from kheo.lib.text.folding import normalise
from kheo.organisations.actions import By
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand
from kheo.reviews.enums import TableContent
from kheo.reviews.models import ReviewAnnex, TableDesign
from kheo.reviews.rules.designs import (
    TableSpec,
    can_change_design,
    refuse_impossible_table,
)
from kheo.reviews.rules.reviews import ReviewError, StaleReviewError

# official words: they become titles of annexes
SHIPPED: dict[str, TableSpec] = {
    "Số mô hình, điển hình đăng ký, thực hiện, công nhận, nhân rộng theo lĩnh vực": TableSpec(),
    "Số mô hình, điển hình theo lĩnh vực, hình thức và cấp": TableSpec(
        sections="level", rows="field", groups="form"
    ),
    "Số mô hình, điển hình từng năm theo lĩnh vực, hình thức và cấp": TableSpec(
        sections="year", rows="field", groups="level", columns="form"
    ),
    "Số mô hình, điển hình của từng đơn vị theo lĩnh vực": TableSpec(rows="unit", columns="field"),
    "Kết quả của từng đơn vị từ đăng ký đến nhân rộng": TableSpec(rows="unit"),
    "Số mô hình, điển hình xây dựng mới, duy trì, nhân rộng theo lĩnh vực": TableSpec(
        columns="continuity"
    ),
    "Kết quả thực hiện theo chỉ tiêu": TableSpec(content=TableContent.RESULTS),
    "Kết quả đề nghị và trao tặng các hình thức công nhận, biểu dương, khen thưởng": TableSpec(
        content=TableContent.HONOURS
    ),
}


@transaction.atomic
def compose_table(
    *, name: str, spec: TableSpec, owner: Organisation, by: Seat, at: datetime
) -> TableDesign:
    """Keep a composed table under a name, so that it can be attached to reviews.

    :raises NotAllowedError: when the seat does not compose tables of that body.
    :raises ReviewError: when the table cannot be, or the body has one of that name.
    """
    design = TableDesign(owner=owner, created_at=at)
    demand(can_change_design(by, design))
    _write(design, name, spec)
    _note("table.compose", design, by, at)
    return design


@transaction.atomic
def change_table(
    *,
    design: TableDesign,
    name: str,
    spec: TableSpec,
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> TableDesign:
    """Change a composed table; annexes of open reviews follow, frozen ones stay.

    :raises NotAllowedError: when another body composed it, or it was shipped.
    :raises StaleReviewError: when somebody else changed it since ``seen_version``.
    :raises ReviewError: when the table cannot be, or the body has another one of that name.
    """
    locked = TableDesign.objects.select_for_update().get(pk=design.pk)
    demand(can_change_design(by, locked))
    if seen_version is not None and seen_version != locked.version:
        raise StaleReviewError
    locked.version += 1
    _write(locked, name, spec)
    _note("table.change", locked, by, at)
    return locked


@transaction.atomic
def drop_table(*, design: TableDesign, by: Seat, at: datetime) -> None:
    """Drop a composed table that is attached to no review.

    :raises NotAllowedError: when another body composed it, or it was shipped.
    :raises ReviewError: when a review attaches it.
    """
    locked = TableDesign.objects.select_for_update().get(pk=design.pk)
    demand(can_change_design(by, locked))
    if ReviewAnnex.objects.filter(design=locked).exists():
        raise ReviewError(_("A review attaches this table; it stays."))
    _note("table.drop", locked, by, at)
    locked.delete()


@transaction.atomic
def keep_shipped_tables(*, at: datetime) -> int:
    """See to it that the shipped tables are there as shipped; return how many there are."""
    for name, spec in SHIPPED.items():
        TableDesign.objects.update_or_create(
            owner=None,
            name=name,
            defaults={"spec": spec.content_of()},
            create_defaults={"spec": spec.content_of(), "created_at": at},
        )
    return len(SHIPPED)


def _write(design: TableDesign, name: str, spec: TableSpec) -> None:
    refuse_impossible_table(spec)
    design.name, design.spec = normalise(name), spec.content_of()
    if not design.name:
        raise ReviewError(_("The table needs a name."))
    same = TableDesign.objects.filter(owner=design.owner, name=design.name).exclude(pk=design.pk)
    if same.exists():
        raise ReviewError(_("Your body has a table of that name already."))
    design.save()


def _note(verb: str, design: TableDesign, by: By, at: datetime) -> None:
    scope = design.owner.path if design.owner else ""
    after = {"name": design.name, "table": design.spec}
    record(deed=Deed(verb=verb, record=design, scope=scope, after=after), by=by, at=at)
