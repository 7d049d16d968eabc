"""What is typed on the pages of the room; the registration's own form follows its layout."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from kheo.exemplars.enums import BatchDeed, Continuity, Likeness, Nature, Stage, State
from kheo.exemplars.models import Registration, Remark
from kheo.exemplars.queries.batches import seat_label
from kheo.exemplars.queries.one import Sheet
from kheo.exemplars.rules.batches import REMARKED, Terms
from kheo.organisations.models import Level, Seat
from kheo.rounds.enums import Field, Form
from kheo.rounds.models import Participation
from kheo.rounds.queries.specs import FormField
from kheo.ui.fields import DayField, LinesInput

BATCH_FIELDS: Mapping[BatchDeed, Sequence[str]] = {
    BatchDeed.RETURN: ("item", "text", "due_on"),
    BatchDeed.DECLINE: ("text",),
    BatchDeed.ASSIGN: ("assignee",),
    BatchDeed.CHANGE_FIELD: ("field",),
    BatchDeed.COPY_FORWARD: ("participation", "continuity"),
}
# how much fits into the columns of a registration
LIMITS = {
    field.name: field.max_length for field in Registration._meta.concrete_fields if field.max_length
}
MONTHS = ("starts", "ends")
LONG = frozenset({"content", "expected_results"})
GREATEST_KEY = 2**62


@dataclass(frozen=True, kw_only=True)
class FormItem:
    """One item of the form as the page shows it, beside what was said about it."""

    item: FormField
    number: int
    boxes: list[BoundField]
    remarks: list[Remark]
    before: str | None = None
    gaps: tuple[str, ...] = ()


class RegistrationForm(forms.Form):
    """The form of a layout: its items in its order, each with its own hint."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=GREATEST_KEY)
    confirmed_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    use_required_attribute = False

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, sheet: Sheet, levels: Sequence[Level]
    ) -> None:
        row = sheet.registration
        super().__init__(data, initial=_initial(row))
        self.sheet = sheet
        for item in sheet.spec.shown:
            for name, field in _fields_of(item, sheet, levels).items():
                field.label = field.label or item.label
                self.fields[name] = field

    @property
    def typed(self) -> dict[str, object]:
        """Return what passed, by item; a group without a choice leaves things as they are."""
        hidden = {"version", "confirmed_version"}
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in hidden and (value or name in self.data)
        }

    def reopen(self, version: int) -> None:
        """Let the page that shows what was typed carry a newer version."""
        self.data = dict(self.data.items()) | {"version": str(version), "confirmed_version": ""}

    @property
    def opened_version(self) -> int:
        """Return the version the person has seen: the one they chose to write over, or opened."""
        chosen = self.cleaned_data.get("confirmed_version")
        return int(chosen if chosen is not None else self.cleaned_data.get("version") or 0)

    def items(
        self,
        *,
        remarks: Iterable[Remark] = (),
        before: Mapping[str, str] | None = None,
        gaps: Mapping[str, str] | None = None,
    ) -> list[FormItem]:
        """Return the items in the order of the paper, with what was said about each."""
        said = list(remarks)
        shown: list[FormItem] = []
        number = 0
        for item in self.sheet.spec.shown:
            number += item.numbered
            names = _names_of(item.key)
            shown.append(
                FormItem(
                    item=item,
                    number=number if item.numbered else 0,
                    boxes=[self[name] for name in names],
                    remarks=[remark for remark in said if remark.item == item.key],
                    before=(before or {}).get(item.key),
                    gaps=tuple(
                        (gaps or {})[name] for name in {item.key, *names} & (gaps or {}).keys()
                    ),
                )
            )
        return shown


class DecisionForm(forms.Form):
    """Why something is done; the words go to the other side and into the history."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReturnForm(forms.Form):
    """Remarks on single items, one on the whole, and until when it is to be corrected."""

    due_on = DayField(
        label=_("To be corrected by"), help_text=_("The unit sees this day beside its remarks.")
    )
    whole = forms.CharField(
        label=_("On the whole"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        items: Sequence[FormField] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        for item in items:
            self.fields[f"on-{item.key}"] = forms.CharField(
                label=item.label,
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def remarks(self) -> list[tuple[str, str]]:
        """Return the remarks that were written, by item; "" is the whole."""
        values = self.cleaned_data
        written = [("", values.get("whole", ""))]
        written += [
            (name.removeprefix("on-"), text)
            for name, text in values.items()
            if name.startswith("on-")
        ]
        return [(item, text) for item, text in written if text.strip()]


class BatchForm(forms.Form):
    """What a deed on many registrations asks for; nothing, for some deeds."""

    item = forms.ChoiceField(
        label=_("The remark is on"), choices=list(REMARKED.items()), required=False
    )
    text = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = DayField(
        label=_("To be corrected by"), help_text=_("The unit sees this day beside its remarks.")
    )
    field = forms.ChoiceField(label=_("Field"), choices=Field.choices, widget=forms.RadioSelect)
    assignee = forms.ChoiceField(label=_("To be checked by"))
    participation = forms.ChoiceField(label=_("Into the round"))
    continuity = forms.ChoiceField(
        label=_("They are entered as"), choices=Continuity.choices, widget=forms.RadioSelect
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        deed: BatchDeed,
        seats: Sequence[Seat] = (),
        parts: Sequence[Participation] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.seats = {str(seat.pk): seat for seat in seats}
        self.parts = {str(part.pk): part for part in parts}
        for name in self.fields.keys() - set(BATCH_FIELDS.get(deed, ())):
            del self.fields[name]
        label = _("Reason") if deed == BatchDeed.DECLINE else _("Remark")
        choices = {
            "assignee": [
                (key, f"{seat_label(seat)}, {seat.organisation}")
                for key, seat in self.seats.items()
            ],
            "participation": [(key, part.round.title) for key, part in self.parts.items()],
        }
        for name, field in self.fields.items():
            if name in choices:
                field.choices = choices[name]  # type: ignore[attr-defined]
            if name == "text":
                field.label = label

    @property
    def terms(self) -> Terms:
        """Return what was chosen."""
        values = self.cleaned_data
        return Terms(
            text=values.get("text", ""),
            item=values.get("item", ""),
            due_on=values.get("due_on"),
            field=values.get("field", ""),
            assignee=self.seats.get(values.get("assignee", "")),
            participation=self.parts.get(values.get("participation", "")),
            continuity=Continuity(values.get("continuity") or Continuity.KEPT),
        )


class EvidenceForm(forms.Form):
    """Files that show what a registration says."""

    file = forms.FileField(label=_("File"), max_length=255)


class SearchForm(forms.Form):
    """Words to find a model by, with or without tone marks."""

    q = forms.CharField(label=_("Words of the name or the unit"), required=False, max_length=200)


class LikenessFilter(forms.Form):
    """By what the like pairs of a round are narrowed."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        required=False,
        choices=[
            ("", _("not decided yet")),
            ("claimed", _("a unit says something of it")),
            *Likeness.choices,
        ],
    )
    suggestion = forms.ChoiceField(
        label=_("Looks like"), required=False, choices=[("", _("all")), *Likeness.choices[:3]]
    )


class FilterForm(forms.Form):
    """By what the list of registrations is narrowed."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    year_to = forms.TypedChoiceField(
        label=_("To year"), required=False, coerce=int, empty_value=None
    )
    round = forms.TypedChoiceField(label=_("Round"), required=False, coerce=int, empty_value=None)
    unit = forms.IntegerField(required=False, max_value=GREATEST_KEY, widget=forms.HiddenInput)
    field = forms.ChoiceField(label=_("Field"), required=False)
    level = forms.TypedChoiceField(label=_("Level"), required=False, coerce=int, empty_value=None)
    form = forms.ChoiceField(label=_("Collective or individual"), required=False)
    nature = forms.ChoiceField(label=_("Nature"), required=False)
    continuity = forms.ChoiceField(label=_("Continuity"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    stage = forms.TypedChoiceField(
        label=_("What came of it"), required=False, coerce=int, empty_value=None
    )

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        years: Sequence[int],
        rounds: Sequence[tuple[int, str]],
        levels: Sequence[Level],
    ) -> None:
        super().__init__(data)
        registered = ("registered", _("registered (submitted and not withdrawn)"))
        choices: dict[str, list[tuple[Any, Any]]] = {
            "year": [(year, str(year)) for year in years],
            "year_to": [(year, str(year)) for year in years],
            "round": list(rounds),
            "level": [(level.pk, str(level)) for level in levels],
            "field": list(Field.choices),
            "form": list(Form.choices),
            "nature": list(Nature.choices),
            "continuity": list(Continuity.choices),
            "state": [registered, *State.choices],
            "stage": list(Stage.choices),
        }
        for name, rows in choices.items():
            self.fields[name].choices = [("", _("all")), *rows]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, Any]:
        """Return the filters that are set; what is not among the choices is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in {None, ""}}


def _names_of(key: str) -> tuple[str, ...]:
    if key == "period":
        return MONTHS
    return (key,) if key in _KNOWN else (f"extra.{key}",)


_KNOWN = frozenset(
    {"address", "full_name", "position", "workplace", "name", "field", "level", "content", "scope"}
    | {"expected_results", "nature", "continuity", "replicated_from", "intended_level"}
)


def _initial(row: Registration) -> dict[str, Any]:
    initial: dict[str, Any] = {name: getattr(row, name) for name in _KNOWN - {"level"}}
    initial |= {
        "version": row.version,
        "starts": row.starts,
        "ends": row.ends,
        "level": row.level_id or "",
        "intended_level": row.intended_level_id or "",
        "replicated_from": row.replicated_from_id or "",
    }
    return initial | {f"extra.{key}": value for key, value in row.extra.items()}


def _fields_of(item: FormField, sheet: Sheet, levels: Sequence[Level]) -> dict[str, forms.Field]:
    if item.key == "period":
        return {"starts": _text("starts", _("Start")), "ends": _text("ends", _("Finish"))}
    [name] = _names_of(item.key)
    return {name: _field_of(item, name, sheet, levels)}


def _field_of(item: FormField, name: str, sheet: Sheet, levels: Sequence[Level]) -> forms.Field:
    groups: dict[str, Iterable[tuple[Any, Any]]] = {
        "field": sheet.labels,
        "nature": Nature.choices,
        "continuity": Continuity.choices,
    }
    if item.key in groups:
        return _radio(groups[item.key])
    if item.key in {"level", "intended_level"}:
        return _levels(item, sheet.registration, levels)
    if item.key == "replicated_from":
        return forms.IntegerField(required=False, widget=forms.HiddenInput)
    if item.max_lines or item.key in LONG or name.startswith("extra."):
        asked = f"{item.min_lines}-{item.max_lines}" if item.max_lines else ""
        return forms.CharField(required=False, widget=LinesInput(asked), max_length=20_000)
    return _text(item.key)


def _text(name: str, label: Any = None) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2}) if LIMITS[name] >= 300 else forms.TextInput()
    field = forms.CharField(label=label, required=False, max_length=LIMITS[name], widget=widget)
    # with it a browser would cut a pasted text in silence; the message says how long it may be
    del field.widget.attrs["maxlength"]
    return field


def _radio(choices: Iterable[tuple[Any, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, choices=list(choices), widget=forms.RadioSelect)


def _levels(item: FormField, row: Registration, levels: Sequence[Level]) -> forms.ChoiceField:
    choices: list[tuple[Any, Any]] = [(level.pk, str(level)) for level in levels]
    # what was submitted once keeps a level: it is counted by it
    if item.key != "level" or row.submitted_at is None:
        choices.insert(0, ("", _("– choose –")))
    return forms.ChoiceField(required=False, choices=choices)
