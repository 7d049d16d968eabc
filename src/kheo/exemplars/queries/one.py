"""One registration with all that its pages and papers need, in a fixed number of statements."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from kheo.audit.models import Entry
from kheo.exemplars.enums import Continuity, Nature, State
from kheo.exemplars.models import Evidence, Registration, Remark, Submission
from kheo.exemplars.queries.forms import form_specs
from kheo.exemplars.queries.labels import field_labels
from kheo.exemplars.queries.visibility import registrations_visible_to
from kheo.exemplars.rules import content_of
from kheo.exemplars.rules.content import COLUMN_OF
from kheo.organisations.models import Level, Seat
from kheo.rounds.enums import Field
from kheo.rounds.queries.specs import FormSpec

WITH = (
    "exemplar__replicated_from",
    "round__organiser",
    "round__governing_document",
    "round__period",
    "participation__audience",
    "organisation__kind",
    "organisation__parent",
    "level",
    "intended_level",
    "replicated_from",
    "previous",
    "signed_off_by__user",
)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A registration with its form: what its paper and its pages are made from."""

    registration: Registration
    spec: FormSpec
    labels: list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """What was said and done about a registration."""

    remarks: list[Remark]
    evidence: list[Evidence]
    submissions: list[Submission]
    entries: list[Entry] = field(default_factory=list)

    @property
    def open_remarks(self) -> list[Remark]:
        """Return the remarks that are not answered yet."""
        return [remark for remark in self.remarks if remark.answered_at is None]


def readable_registrations(seat: Seat) -> QuerySet[Registration]:
    """Return what the seat may see, with all that rules and papers ask for."""
    return registrations_visible_to(seat).select_related(*WITH)


def sheet_of(registration: Registration) -> Sheet:
    """Return a registration with its form's specification and the labels of its fields.

    :raises LookupError: when the round's forms were taken away from under the registration.
    """
    registration.participation.round = registration.round
    registration.participation.organisation = registration.organisation
    spec = form_specs(registration.participation.audience).get(registration.form)
    if spec is None:
        raise LookupError(f"no form for registration {registration.pk}")
    labels = field_labels(registration.round, spec)
    return Sheet(registration=registration, spec=spec, labels=labels)


def dossier_of(registration: Registration, *, with_history: bool = True) -> Dossier:
    """Return remarks, evidence, submitted versions and history, newest deed first."""
    entries = Entry.objects.filter(
        record_type=Registration._meta.label_lower, record_id=registration.pk
    )
    return Dossier(
        remarks=list(registration.remarks.select_related("seat__organisation")),
        evidence=list(registration.evidence.filter(removed_at=None)),
        submissions=list(registration.submissions.order_by("-sequence")),
        entries=list(entries.order_by("-sequence")[:100]) if with_history else [],
    )


def changed_items(registration: Registration, since: Submission | None) -> dict[str, str]:
    """Return, by item, what the submitted version said where it says otherwise now."""
    if since is None:
        return {}
    now = content_of(registration)
    before = since.content
    changed = {
        name.removesuffix("_id"): _shown(name, before.get(name))
        for name, value in now.items()
        if name != "extra" and value != before.get(name)
    }
    old_extra, new_extra = before.get("extra", {}), registration.extra
    for key in old_extra.keys() | new_extra.keys():
        if old_extra.get(key, "") != new_extra.get(key, ""):
            changed[key] = str(old_extra.get(key, ""))
    if {"starts", "ends"} & changed.keys():
        changed["period"] = f"{before.get('starts', '')} – {before.get('ends', '')}"
    return changed


def differences(
    sheet: Sheet, current: Registration, typed: Mapping[str, object]
) -> list[tuple[str, str, str]]:
    """Return (label, as saved meanwhile, as typed here) of the items that differ."""
    labels = {item.key: item.label for item in sheet.spec.shown}
    labels |= dict.fromkeys(("starts", "ends"), labels.get("period", ""))
    saved = content_of(current)
    rows: list[tuple[str, str, str]] = []
    for name, mine in typed.items():
        key = name.removeprefix("extra.")
        column = COLUMN_OF.get(name, name)
        theirs = current.extra.get(key, "") if name != key else saved.get(column)
        if str(theirs or "") != str(mine or "").replace("\r\n", "\n"):
            rows.append((labels.get(key, key), _shown(column, theirs), _shown(column, mine)))
    return rows


def turn_of(registration: Registration) -> str:
    """Return whose turn it is: "unit", "officer" or "" when it is nobody's."""
    if registration.state in {State.DRAFT, State.SIGNED_OFF, State.RETURNED}:
        return "unit"
    return "officer" if registration.state == State.SUBMITTED else ""


def _shown(name: str, value: object) -> str:
    if name in {"level_id", "intended_level_id"} and value:
        return str(Level.objects.filter(pk=str(value)).first() or "")
    choices = CHOICES.get(name, {})
    return str(choices.get(str(value), value or ""))


CHOICES: dict[str, dict[str, object]] = {
    "field": dict(Field.choices),
    "nature": dict(Nature.choices),
    "continuity": dict(Continuity.choices),
}
