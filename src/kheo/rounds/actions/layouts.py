"""Deeds on layouts and schemes of fields: copying an official one, and changing the copy."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.lib.text.folding import normalise
from kheo.organisations.actions import By
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import NotAllowedError, no
from kheo.rounds.actions.journal import demand_of, note
from kheo.rounds.models import FieldLabel, FieldScheme, Layout, Period
from kheo.rounds.queries.specs import Spec, SpecError, spec_json, spec_problems
from kheo.rounds.rules import RoundError, StaleError, can_edit_layout, can_keep_layouts

CODE_LENGTH = 25


@dataclass(frozen=True, kw_only=True)
class LabelTerms:
    """How an issuer calls one field; the order of the labels is their order in lists."""

    field: str
    label: str
    topics: str = ""


@transaction.atomic
def copy_layout(
    *,
    source: Layout,
    issuer: Organisation,
    name: str,
    period: Period | None = None,
    by: By,
    at: datetime,
) -> Layout:
    """Make an issuer's own copy of a layout, for one period or for all.

    :raises NotAllowedError: when the seat does not keep the issuer's layouts.
    :raises RoundError: without a name.
    """
    if isinstance(by, Seat):
        demand_of(by, can_keep_layouts(by, issuer))
    if not (name := normalise(name)):
        raise RoundError(_("The layout needs a name."))
    layout = Layout.objects.create(
        code=source.code,
        kind=source.kind,
        name=name,
        issuer=issuer,
        period=period,
        spec=source.spec | {"name": name},
        copied_from=source,
    )
    after = {"name": name, "copied_from": str(source), "period": str(period or "")}
    note("layout.copy", layout, scope=issuer.path, by=by, at=at, after=after)
    return layout


@transaction.atomic
def edit_layout(
    *, layout: Layout, spec: Spec, seen_version: int | None = None, by: By, at: datetime
) -> Layout:
    """Change what an issuer's layout says; its name comes from the specification.

    :raises NotAllowedError: when the seat may not, or the layout is an official one.
    :raises StaleError: when somebody else changed it since ``seen_version``.
    :raises SpecError: when no paper could be made of it.
    """
    locked = (
        Layout.objects.select_for_update(of=("self",))
        .select_related("issuer", "period")
        .get(pk=layout.pk)
    )
    if isinstance(by, Seat):
        demand_of(by, can_edit_layout(by, locked))
    if locked.is_shipped or locked.issuer is None:
        raise NotAllowedError(no(_("This is an official layout; make a copy and change that.")))
    if seen_version is not None and locked.version != seen_version:
        raise StaleError
    if problems := spec_problems(spec):
        raise SpecError(problems)
    before = facts_of_spec(locked.spec)
    content = json.loads(json.dumps(spec_json(spec)))
    locked.spec, locked.name = content, normalise(spec.name) or locked.name
    locked.version += 1
    locked.save(update_fields=["spec", "name", "version"])
    note(
        "layout.edit",
        locked,
        scope=locked.issuer.path,
        by=by,
        at=at,
        before=before,
        after=facts_of_spec(content),
    )
    return locked


def facts_of_spec(content: dict[str, object]) -> dict[str, object]:
    """Return what the audit keeps of a layout: its texts, and its columns or items in order."""
    facts: dict[str, object] = {}
    for key, value in content.items():
        if isinstance(value, list | tuple):
            facts[key] = [_words(part) for part in value if isinstance(part, dict)]
        elif isinstance(value, str | bool):
            facts[key] = value
    return facts


def _words(part: dict[str, object]) -> str:
    texts = (str(value) for value in part.values() if value not in {"", 0})
    return " · ".join(texts)


@transaction.atomic
def copy_scheme(
    *, source: FieldScheme, issuer: Organisation, name: str, by: By, at: datetime
) -> FieldScheme:
    """Make an issuer's own copy of a scheme of fields.

    :raises NotAllowedError: when the seat does not keep the issuer's schemes.
    :raises RoundError: without a name.
    """
    if isinstance(by, Seat):
        demand_of(by, can_keep_layouts(by, issuer))
    if not (name := normalise(name)):
        raise RoundError(_("The scheme needs a name."))
    scheme = FieldScheme.objects.create(name=name, issuer=issuer)
    # layouts name a scheme by its code, so each copy has one of its own
    scheme.code = f"{source.code[:CODE_LENGTH]}-{scheme.pk}".strip("-")
    scheme.save(update_fields=["code"])
    FieldLabel.objects.bulk_create(
        FieldLabel(
            scheme=scheme, field=row.field, label=row.label, topics=row.topics, order=row.order
        )
        for row in source.labels.all()
    )
    note(
        "scheme.copy",
        scheme,
        scope=issuer.path,
        by=by,
        at=at,
        after={"name": name, "copied_from": str(source)},
    )
    return scheme


@transaction.atomic
def edit_scheme(
    *,
    scheme: FieldScheme,
    name: str,
    labels: Sequence[LabelTerms],
    seen: Sequence[LabelTerms] | None = None,
    by: By,
    at: datetime,
) -> FieldScheme:
    """Change how an issuer calls and orders the fields; each field keeps exactly one label.

    :raises NotAllowedError: when the seat may not, or the scheme is an official one.
    :raises StaleError: when the labels are no longer those the page showed.
    :raises RoundError: when a field has no label or two.
    """
    locked = (
        FieldScheme.objects.select_for_update(of=("self",))
        .select_related("issuer")
        .get(pk=scheme.pk)
    )
    if locked.issuer is None:
        raise NotAllowedError(no(_("This is an official scheme; make a copy and change that.")))
    if isinstance(by, Seat):
        demand_of(by, can_keep_layouts(by, locked.issuer))
    before = labels_of(locked)
    if seen is not None and list(seen) != before:
        raise StaleError
    _refuse_incomplete(name, labels, before)
    old_name = locked.name
    _write_labels(locked, name, labels)
    note(
        "scheme.edit",
        locked,
        scope=locked.issuer.path,
        by=by,
        at=at,
        before={"name": old_name, "labels": [row.label for row in before]},
        after={"name": locked.name, "labels": [row.label for row in labels]},
    )
    return locked


def _refuse_incomplete(
    name: str, labels: Sequence[LabelTerms], before: Sequence[LabelTerms]
) -> None:
    if sorted(row.field for row in labels) != sorted(row.field for row in before):
        raise RoundError(_("Every field needs exactly one label."))
    if not normalise(name) or not all(normalise(row.label) for row in labels):
        raise RoundError(_("The scheme and each of its fields need a name."))


def _write_labels(scheme: FieldScheme, name: str, labels: Sequence[LabelTerms]) -> None:
    scheme.name = normalise(name)
    scheme.save(update_fields=["name"])
    for order, row in enumerate(labels, start=1):
        scheme.labels.filter(field=row.field).update(
            label=normalise(row.label), topics=normalise(row.topics), order=order
        )


def labels_of(scheme: FieldScheme) -> list[LabelTerms]:
    """Return the labels of a scheme in their order."""
    return [
        LabelTerms(field=row.field, label=row.label, topics=row.topics)
        for row in scheme.labels.order_by("order")
    ]
