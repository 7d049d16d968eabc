"""Loads the shipped schemes of fields and layouts; what they say stands in ``rounds/data``."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from kheo.rounds.enums import LayoutCode
from kheo.rounds.models import FieldLabel, FieldScheme, Layout
from kheo.rounds.queries.specs import parse_spec, spec_json

DATA = Path(__file__).parent.parent / "data"


@transaction.atomic
def load_official_layouts() -> None:
    """Put the shipped schemes and layouts in place, and renew those whose text has changed.

    Copies that issuers made are left alone. It can be run any number of times.
    """
    for row in _read("field_schemes"):
        _load_scheme(row)
    for code in LayoutCode:
        _load_layout(code)


def _load_scheme(row: dict[str, Any]) -> None:
    scheme, made = FieldScheme.objects.get_or_create(
        code=row["code"], issuer=None, defaults={"name": row["name"]}
    )
    if made:
        FieldLabel.objects.bulk_create(
            FieldLabel(scheme=scheme, order=order, **label)
            for order, label in enumerate(row["labels"], start=1)
        )


def _load_layout(code: LayoutCode) -> None:
    spec = parse_spec(_read(code))
    # as it comes back from the database, so that a second run finds nothing to renew
    content = json.loads(json.dumps(spec_json(spec)))
    layout, made = Layout.objects.get_or_create(
        code=code,
        is_shipped=True,
        defaults={"kind": content["kind"], "name": spec.name, "spec": content},
    )
    if not made and (layout.spec, layout.name) != (content, spec.name):
        layout.spec, layout.name = content, spec.name
        layout.version += 1
        layout.save(update_fields=["spec", "name", "version"])


def _read(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
