"""What is asked about organisations, seats and people."""

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.organisations.enums import Line, Role
from kheo.organisations.models import Kind, Level, Organisation, Seat
from kheo.organisations.queries import organisations_visible_to, provinces
from kheo.organisations.rules import ROLES_GIVEN_BY
from kheo.ui.forms import DayField

SEPARATOR = " – "


class UnitInput(forms.TextInput):
    """A box that proposes units while one types; it works with the bare code as well."""

    def __init__(self) -> None:
        super().__init__(
            attrs={
                "list": "unit-options",
                "autocomplete": "off",
                "hx-get": reverse_lazy("organisations:options"),
                "hx-trigger": "input changed delay:250ms",
                "hx-target": "#unit-options",
                "hx-swap": "innerHTML",
            }
        )


class UnitField(forms.CharField):
    """A unit in the reach of a seat, by its code or its exact name."""

    widget = UnitInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"help_text": _("Type a part of the name, or the code.")} | kwargs))
        self.seat: Seat | None = None

    def clean(self, value: Any) -> Any:
        """Return the organisation meant."""
        text = super().clean(value)
        if not text or self.seat is None:
            return None
        units = organisations_visible_to(self.seat).select_related("kind", "level", "parent")
        code = text.partition(SEPARATOR)[0].strip()
        found = list(units.filter(code=code)[:1]) or list(units.filter(name=text)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("Several units have this name; give the code."))
        raise forms.ValidationError(_("No unit in your reach has this code or name."))


def unit_text(organisation: Organisation) -> str:
    """Return how a unit stands in the box that chooses it."""
    return f"{organisation.code}{SEPARATOR}{organisation.name}"


class SeatedForm(forms.Form):
    """A form that knows the seat from which it is filled."""

    def __init__(self, seat: Seat, *arguments: Any, **kwargs: Any) -> None:
        super().__init__(*arguments, **kwargs)
        self.seat = seat
        for field in self.fields.values():
            if isinstance(field, UnitField):
                field.seat = seat


class DatedForm(SeatedForm):
    """From when a change holds, on what document it rests, and what was seen before it."""

    on = DayField(
        label=_("As of"),
        initial=timezone.localdate,
        help_text=_("The day the change takes effect; a past day corrects the record."),
    )
    basis = forms.CharField(
        label=_("Basis document"),
        max_length=300,
        required=False,
        help_text=_("For example: Quyết định số 15-QĐ/TU ngày 01/3/2024."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_on(self) -> date:
        """Refuse days ahead."""
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(
                _("The day lies ahead; enter the change on the day it takes effect.")
            )
        return on


class NameFields(forms.Form):
    """What an organisation is called."""

    name = forms.CharField(label=_("Name"), max_length=300)
    short_name = forms.CharField(
        label=_("Short name"),
        max_length=120,
        required=False,
        help_text=_("Shown in lists and tables."),
    )


class KindFields(forms.Form):
    """What an organisation is."""

    kind = forms.ModelChoiceField(Kind.objects.all(), label=_("Kind"), empty_label=_("– choose –"))
    level = forms.ModelChoiceField(
        Level.objects.all(), label=_("Level"), empty_label=_("– choose –")
    )


class PlaceFields(forms.Form):
    """The facts of an organisation that have no date."""

    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("Your own short sign; each unit has another.")
    )
    national_code = forms.CharField(
        label=_("National code"),
        max_length=10,
        required=False,
        help_text=_("Two digits for a province, five for a commune."),
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=120,
        required=False,
        help_text=_("As its papers write it before the date: “Tân Yên, ngày …”."),
    )


class FoundForm(DatedForm, NameFields, KindFields, PlaceFields):
    """A new organisation below another one."""

    parent = UnitField(label=_("Superior"))
    field_order = [
        "parent",
        "name",
        "short_name",
        "kind",
        "level",
        "code",
        "national_code",
        "place",
        "on",
        "basis",
    ]


class RenameForm(DatedForm, NameFields):
    """Another name from a day on."""

    field_order = ["name", "short_name", "on", "basis"]


class RetypeForm(DatedForm, KindFields):
    """Another kind or level from a day on."""

    field_order = ["kind", "level", "on", "basis"]


class MoveForm(DatedForm):
    """Another superior from a day on."""

    parent = UnitField(label=_("New superior"))
    field_order = ["parent", "on", "basis"]


class AffiliateForm(DatedForm):
    """A superior on a further line from a day on."""

    line = forms.ChoiceField(label=_("Line"), choices=Line.choices)
    parent = UnitField(label=_("Superior on this line"))
    field_order = ["line", "parent", "on", "basis"]


class DissolveForm(DatedForm):
    """The end of an organisation."""

    field_order = ["on", "basis"]


class EditForm(DatedForm, PlaceFields):
    """Corrections of what has no date."""

    # Django leaves an inherited field out when it is None
    on = None  # type: ignore[assignment]
    field_order = ["code", "national_code", "place", "basis"]


class TopForm(NameFields, KindFields):
    """The organisation at the top, in an empty Khéo."""

    province = forms.ChoiceField(
        label=_("Province"),
        required=False,
        help_text=_("If it is a provincial body: its communes can then be taken over in one step."),
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=120,
        required=False,
        help_text=_("As its papers write it before the date: “Tân Yên, ngày …”."),
    )
    on = DayField(
        label=_("Exists since"),
        initial=date(2010, 1, 1),
        help_text=_("Early enough for the years whose records you want to keep here."),
    )

    def __init__(self, *arguments: Any, **kwargs: Any) -> None:
        super().__init__(*arguments, **kwargs)
        self.fields["province"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((place.code, f"{place.code} {place.name}") for place in provinces()),
        ]

    def clean_on(self) -> date:
        """Refuse days ahead."""
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("The day lies ahead."))
        return on


class TreeForm(forms.Form):
    """Which tree is shown."""

    on = DayField(label=_("On the day"), required=False)
    line = forms.ChoiceField(
        label=_("Line"), required=False, choices=[("", _("main line")), *Line.choices]
    )
    q = forms.CharField(label=_("Search by name"), max_length=200, required=False)


class PeopleForm(forms.Form):
    """Which people are listed."""

    q = forms.CharField(label=_("Name, account or unit"), max_length=200, required=False)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("all roles")), *Role.choices]
    )
    ended = forms.ChoiceField(
        label=_("Seats"), required=False, choices=[("", _("held now")), ("1", _("ended"))]
    )


class InviteForm(SeatedForm):
    """Who is invited to which seat."""

    full_name = forms.CharField(label=_("Full name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"))
    organisation = UnitField(label=_("Unit"))
    role = forms.ChoiceField(label=_("Role"))
    title = forms.CharField(
        label=_("Position"),
        max_length=200,
        required=False,
        help_text=_("As papers name it, for example “Phó Trưởng ban”."),
    )

    def __init__(self, seat: Seat, *arguments: Any, **kwargs: Any) -> None:
        super().__init__(seat, *arguments, **kwargs)
        given = ROLES_GIVEN_BY.get(Role(seat.role), frozenset())
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            choice for choice in Role.choices if choice[0] in given
        ]


class EndSeatForm(forms.Form):
    """The last day of a seat."""

    on = DayField(label=_("Last day"), initial=timezone.localdate)
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


class CloseAccountForm(forms.Form):
    """Why an account is closed or opened again; which of both is fixed when the form is shown."""

    active = forms.BooleanField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=500)


class StandInForm(forms.Form):
    """Who stands in for a seat, and for how long."""

    username = forms.CharField(
        label=_("Sign-in name of the stand-in"),
        max_length=150,
        help_text=_("Somebody who has an account already."),
    )
    starts_on = DayField(label=_("From"), initial=timezone.localdate)
    ends_on = DayField(label=_("To, inclusive"))


class ImportForm(forms.Form):
    """The file of a whole structure."""

    file = forms.FileField(
        label=_("Workbook or CSV file"),
        help_text=_("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV in UTF-8."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )


class PlacesForm(forms.Form):
    """Which provinces and communes are taken over."""

    province = forms.ChoiceField(label=_("Province"), required=False)

    def __init__(self, *arguments: Any, **kwargs: Any) -> None:
        super().__init__(*arguments, **kwargs)
        self.fields["province"].choices = [  # type: ignore[attr-defined]
            ("", _("all provinces")),
            *((place.code, f"{place.code} {place.name}") for place in provinces()),
        ]
