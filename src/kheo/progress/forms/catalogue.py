"""What is typed of an indicator."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.lib.text.folding import normalise
from kheo.lib.text.numbers import NumberError, format_number, parse_number
from kheo.progress.actions import IndicatorTerms
from kheo.progress.enums import Adding, IndicatorGroup
from kheo.progress.models import Indicator


class IndicatorForm(forms.Form):
    """An indicator: name, units and the rule of adding up."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    sub_kind = forms.CharField(
        label=gettext_lazy("Sub-kind"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("What may not be added to each other stands apart by its sub-kind."),
    )
    group = forms.ChoiceField(label=gettext_lazy("Group"), choices=IndicatorGroup.choices)
    unit = forms.CharField(label=gettext_lazy("Unit of measure"), max_length=30)
    units = forms.CharField(
        label=gettext_lazy("Further units"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1_000,
        help_text=gettext_lazy(
            "One a line, with how many of the unit of measure it is: ha = 10.000"
        ),
    )
    adding = forms.ChoiceField(
        label=gettext_lazy("Rule of adding up"), choices=Adding.choices, widget=forms.RadioSelect
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_units(self) -> dict[str, Decimal]:
        """Read the further units line by line."""
        found: dict[str, Decimal] = {}
        for line in filter(str.strip, self.cleaned_data["units"].splitlines()):
            unit, sign, amount = line.rpartition("=")
            try:
                found[normalise(unit)[:30]] = parse_number(amount)
            except NumberError as error:
                sign = ""
                cause: Exception | None = error
            else:
                cause = None
            if not sign or not normalise(unit):
                words = _("“%s” is not understood; write a unit, = and a number: ha = 10.000")
                raise forms.ValidationError(words % line[:80]) from cause
        return found

    def terms(self) -> IndicatorTerms:
        """Return what was typed."""
        data = self.cleaned_data
        return IndicatorTerms(**{name: data[name] for name in TERMS})


TERMS = ("name", "sub_kind", "group", "unit", "units", "adding")


def initial_indicator(indicator: Indicator) -> dict[str, Any]:
    """Return what the form shows of an indicator."""
    lines = [
        f"{unit} = {format_number(indicator.factor(unit))}"
        for unit in indicator.units
        if unit != indicator.unit
    ]
    shown = {name: getattr(indicator, name) for name in TERMS}
    return shown | {"units": "\n".join(lines), "version": indicator.version}
