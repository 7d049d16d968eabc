"""What is typed of a layout: its texts, and its columns or items one by one."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kheo.lib.text.folding import fold
from kheo.organisations.models import Organisation
from kheo.rounds.models import FieldScheme, Period
from kheo.rounds.queries.specs import COLUMN_KEYS, FormSpec, ListSpec, Signature, Spec, parse_spec

LETTERHEADS = [
    ("full", _("full: body, motto, number, date")),
    ("light", _("light: name of the body only")),
    ("none", _("none")),
]
ALIGNS = [("left", _("left")), ("center", _("centre")), ("right", _("right"))]
ORIENTATIONS = [("portrait", _("upright")), ("landscape", _("across"))]
FILLED_IN = _(
    "Filled in by themselves: {year}, {previous_year}, {unit}, {period}, {governing_document},"
    " {governing_reference}."
)
KEY_LENGTH = 30


class CopyLayoutForm(forms.Form):
    """For whom, and under what name, a layout or a scheme is copied."""

    name = forms.CharField(label=_("Name of the copy"), max_length=200)
    issuer = forms.ModelChoiceField(label=_("Issuer"), queryset=Organisation.objects.none())
    period = forms.ModelChoiceField(
        label=_("Period"),
        queryset=Period.objects.none(),
        required=False,
        empty_label=_("every period"),
    )

    def __init__(self, *args: Any, issuers: Any, periods: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = issuers  # type: ignore[attr-defined]
        if periods is None:
            del self.fields["period"]
        else:
            self.fields["period"].queryset = periods  # type: ignore[attr-defined]


class HeadForm(forms.Form):
    """The texts that forms and lists share."""

    name = forms.CharField(label=_("Name of the layout"), max_length=200)
    title = forms.CharField(
        label=_("Title"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=FILLED_IN,
    )
    letterhead = forms.ChoiceField(label=_("Letterhead"), choices=LETTERHEADS)
    orientation = forms.ChoiceField(label=_("Sheet"), choices=ORIENTATIONS)
    field_scheme_code = forms.ChoiceField(label=_("Scheme of fields"), required=False)
    signatures = forms.CharField(
        label=_("Places to sign"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line; after | the remark in brackets under it."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, schemes: Iterable[FieldScheme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = {scheme.code: scheme.name for scheme in schemes if scheme.code}
        choices: list[tuple[str, str | Promise]] = [("", _("that of the round")), *codes.items()]
        self.fields["field_scheme_code"].choices = choices  # type: ignore[attr-defined]

    def clean_signatures(self) -> tuple[Signature, ...]:
        """Read the places to sign."""
        lines = (line.partition("|") for line in self.cleaned_data["signatures"].splitlines())
        return tuple(
            Signature(position=position.strip(), note=note.strip())
            for position, _bar, note in lines
            if position.strip()
        )


class ListHeadForm(HeadForm):
    """The texts of a list."""

    unit_line = forms.CharField(label=_("Line of the unit"), max_length=200, required=False)
    attached_to = forms.CharField(label=_("Attached to"), max_length=300, required=False)
    group_by = forms.ChoiceField(
        label=_("Sections"),
        choices=[("", _("one piece")), ("field", _("one section for each field"))],
        required=False,
    )
    section = forms.CharField(
        label=_("Head of a section"),
        max_length=100,
        required=False,
        help_text=_("{number} is the roman number, {label} the name of the field."),
    )
    numbering_row = forms.BooleanField(
        label=_("A row 1, 2, 3 … under the heads of columns"), required=False
    )


class FormHeadForm(HeadForm):
    """The texts of a registration form."""

    label = forms.CharField(label=_("Line at the top"), max_length=100, required=False)
    subject = forms.CharField(label=_("Below the title"), max_length=300, required=False)
    basis = forms.CharField(
        label=_("Opening words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    lead_in = forms.CharField(
        label=_("Words before the numbered items"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    lead_in_hint = forms.CharField(
        label=_("Hint after these words"), max_length=200, required=False
    )


class ColumnForm(forms.Form):
    """One column of a list."""

    # an empty row is sent with the first choice of each list: these count as untouched
    key = forms.ChoiceField(label=_("Shows"), initial="note")
    heading = forms.CharField(label=_("Heading"), max_length=300)
    group_heading = forms.CharField(label=_("Common heading"), max_length=200, required=False)
    note = forms.CharField(label=_("Remark under the heading"), max_length=300, required=False)
    width_mm = forms.IntegerField(label=_("Width, mm"), min_value=5, max_value=260, initial=25)
    align = forms.ChoiceField(label=_("Alignment"), choices=ALIGNS, initial="left")
    on = forms.BooleanField(label=_("Shown"), required=False, initial=True)

    def __init__(self, *args: Any, own_keys: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [*COLUMN_KEYS.items(), *own_keys.items()]  # type: ignore[attr-defined]


class FieldForm(forms.Form):
    """One item of a registration form; an item without key is a new one of the issuer's own."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    label = forms.CharField(label=_("Label"), max_length=200)
    hint = forms.CharField(
        label=_("Hint"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    min_lines = forms.IntegerField(
        label=_("Lines at least"), min_value=0, max_value=50, required=False
    )
    max_lines = forms.IntegerField(
        label=_("Lines at most"), min_value=0, max_value=50, required=False
    )
    required = forms.BooleanField(label=_("Must be filled in"), required=False, initial=True)
    on = forms.BooleanField(label=_("Asked"), required=False, initial=True)
    numbered = forms.BooleanField(label=_("Numbered"), required=False, initial=True)
    printed = forms.BooleanField(label=_("On paper"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        """Give a new item a key of the issuer's own, made of its label."""
        data = self.cleaned_data
        data["key"] = data.get("key") or own_key(data.get("label", ""))
        for name in ("min_lines", "max_lines"):
            data[name] = data.get(name) or 0
        return data


ColumnFormSet = forms.formset_factory(
    ColumnForm, extra=1, can_order=True, can_delete=True, max_num=40, absolute_max=60
)
FieldFormSet = forms.formset_factory(
    FieldForm, extra=1, can_order=True, can_delete=True, max_num=60, absolute_max=80
)


def own_key(label: str) -> str:
    """Return the key of an item that an issuer added."""
    return f"x-{fold(label).replace(' ', '-')[:KEY_LENGTH].strip('-')}"


def initial_head(spec: Spec, version: int) -> dict[str, Any]:
    """Return what the form of the texts shows of a layout."""
    values = asdict(spec)
    signatures = "\n".join(
        f"{one.position} | {one.note}" if one.note else one.position for one in spec.signatures
    )
    return values | {"signatures": signatures, "version": version}


def initial_parts(spec: Spec) -> list[dict[str, Any]]:
    """Return what the forms of columns or items show of a layout."""
    parts = spec.fields if isinstance(spec, FormSpec) else spec.columns
    return [asdict(part) for part in parts]


def typed_spec(old: Spec, head: HeadForm, parts: "BaseFormSet[Any]") -> Spec:
    """Return the layout as typed.

    :raises SpecError: when no paper could be made of it.
    """
    values = {key: value for key, value in head.cleaned_data.items() if key != "version"}
    values["signatures"] = [asdict(one) for one in values["signatures"]]
    rows = [
        {key: value for key, value in form.cleaned_data.items() if key not in {"ORDER", "DELETE"}}
        for form in parts.ordered_forms
        if form.cleaned_data
    ]
    if isinstance(old, ListSpec):
        return parse_spec({"kind": "list", "code": old.code, **values, "columns": rows})
    fixed = {"kind": "form", "code": old.code, "form": old.form}
    return parse_spec({**fixed, **values, "fields": rows})
