"""How the room's deeds and fields are called: in histories, and where two edits are compared."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kheo.rounds.enums import LatePolicy, RoundState

DEEDS: dict[str, str | Promise] = {
    "period.create": _("period entered"),
    "period.edit": _("period changed"),
    "round.create": _("round begun"),
    "round.edit": _("round changed"),
    "round.audiences": _("audiences set"),
    "round.publish": _("round published"),
    "round.close": _("round closed"),
    "round.reopen": _("round reopened"),
    "round.delete": _("draft of a round discarded"),
    "audience.add": _("audience added"),
    "audience.edit": _("audience changed"),
    "audience.remove": _("audience removed"),
    "audience.move": _("audience moved"),
    "participation.add": _("unit added to the round"),
    "participation.extend": _("deadline extended"),
    "layout.copy": _("layout copied"),
    "layout.edit": _("layout changed"),
    "scheme.copy": _("scheme of fields copied"),
    "scheme.edit": _("scheme of fields changed"),
}
FIELDS: dict[str, str | Promise] = {
    "period": _("period"),
    "year": _("year"),
    "title": _("title"),
    "theme": _("theme"),
    "opens_on": _("opening day"),
    "governing_document": _("governing document"),
    "governing_documents": _("governing documents"),
    "field_scheme": _("scheme of fields"),
    "receiver_name": _("received through"),
    "late_policy": _("late submissions"),
    "nomination_cap": _("nomination cap"),
    "name": _("name"),
    "movement": _("movement"),
    "first_year": _("first year"),
    "last_year": _("last year"),
    "usual_due": _("usual deadline"),
    "due_on": _("deadline"),
    "kinds": _("kinds"),
    "levels": _("levels"),
    "listed": _("listed units"),
    "layouts": _("forms"),
    "quotas": _("quotas"),
    "audience": _("audience"),
    "audiences": _("audiences"),
    "order": _("order"),
    "state": _("state"),
    "units": _("units"),
    "labels": _("labels of fields"),
    "columns": _("columns"),
    "fields": _("items"),
}
VALUES: dict[str, str | Promise] = {
    choice.value: choice.label for choice in (*RoundState, *LatePolicy) if choice != "draft"
}


@dataclass(frozen=True)
class Difference:
    """One field as somebody else has saved it meanwhile, and as it was typed here."""

    label: str | Promise
    theirs: str
    yours: str


def differing_fields(theirs: Mapping[str, object], yours: Mapping[str, object]) -> list[Difference]:
    """Return the fields in which two edits of one record differ."""
    return [
        Difference(FIELDS.get(name, name), _shown(theirs.get(name)), _shown(value))
        for name, value in yours.items()
        if _shown(theirs.get(name)) != _shown(value)
    ]


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(_shown(item) for item in value)
    if value is None:
        return ""
    return str(VALUES.get(value, value)) if isinstance(value, str) else str(value)
