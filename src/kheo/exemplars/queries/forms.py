"""The forms a unit is asked to fill in, as typed specifications."""

import json
from functools import lru_cache

from kheo.rounds.enums import Form, LayoutKind
from kheo.rounds.models import Audience
from kheo.rounds.queries.specs import FormSpec, parse_spec


def form_specs(audience: Audience) -> dict[str, FormSpec]:
    """Return the audience's form for a collective and for an individual, as far as it asks them.

    One statement, whatever the forms.
    """
    layouts = audience.layouts.filter(kind=LayoutKind.FORM).order_by("code", "pk")
    specs = [_parsed(json.dumps(content)) for content in layouts.values_list("spec", flat=True)]
    # the last one holds: an issuer's own copy stands after the official form
    return {Form(spec.form).value: spec for spec in specs}


@lru_cache(maxsize=64)
def _parsed(content: str) -> FormSpec:
    spec = parse_spec(json.loads(content))
    if not isinstance(spec, FormSpec):
        raise TypeError("a layout of the kind “form” holds a list")
    return spec
