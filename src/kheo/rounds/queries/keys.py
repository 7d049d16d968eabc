"""The items that issuers added to their forms, which lists may show."""

from kheo.organisations.models import Organisation
from kheo.rounds.enums import LayoutKind
from kheo.rounds.models import FieldScheme, Layout
from kheo.rounds.queries.visible import layouts_for


def own_keys_of(issuer: Organisation) -> dict[str, str]:
    """Return the keys and labels of the items that an issuer and its superiors added."""
    contents = layouts_for(issuer).filter(kind=LayoutKind.FORM).values_list("spec", flat=True)
    return {
        field["key"]: field["label"]
        for content in contents
        for field in content.get("fields", [])
        if str(field.get("key", "")).startswith("x-")
    }


def labels_for(layout: Layout) -> list[tuple[str, str]]:
    """Return label and sub-topics of each field as a layout prints them, in order."""
    code = layout.spec.get("field_scheme_code") or "s4-m1-m2"
    scheme = FieldScheme.objects.filter(code=code).first()
    return list(scheme.labels.values_list("label", "topics")) if scheme else []
