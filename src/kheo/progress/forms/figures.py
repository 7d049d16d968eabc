"""What is typed of figures: news of a model with files, and what it is to achieve."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.lib.text.numbers import NumberError, format_number, parse_number
from kheo.progress.actions import FigureTerms
from kheo.progress.models import PLACES, Indicator
from kheo.progress.queries.one import ResultLine, indicator_choices
from kheo.progress.rules.figures import fault_of
from kheo.ui.fields import FilesField
from kheo.ui.forms import DayField

EMPTY_ROWS = 3
MOST_ROWS = 40


class AmountField(forms.CharField):
    """A number as Vietnamese writes it: points between thousands, a decimal comma."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the number, None when nothing was typed."""
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = parse_number(text)
        except NumberError as error:
            words = _(
                "“%s” is no number as it is written here: points between thousands, a comma before"
                " decimals, such as 241.653,5."
            )
            raise forms.ValidationError(words % text) from error
        if fault := fault_of(amount):
            raise forms.ValidationError(str(fault))
        if -int(amount.as_tuple().exponent) > PLACES:
            raise forms.ValidationError(_("At most %s decimals.") % PLACES)
        return amount


class FigureRowsForm(forms.Form):
    """Rows of an indicator with its unit and an amount; empty rows count for nothing."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        indicators: Sequence[Indicator],
        measures: Sequence[tuple[str, Decimal | None]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicators = {one.pk: one for one in indicators}
        choices = [("", _("choose what was counted")), *indicator_choices(indicators)]
        self.count = min(len(measures) + EMPTY_ROWS, MOST_ROWS)
        for number in range(self.count):
            measure, amount = measures[number] if number < len(measures) else ("", None)
            typed = "" if amount is None else format_number(amount)
            self.fields[f"measure_{number}"] = forms.ChoiceField(
                label=_("Indicator and unit"), choices=choices, required=False, initial=measure
            )
            self.fields[f"amount_{number}"] = AmountField(
                label=_("Amount"), required=False, initial=typed
            )

    @property
    def figure_rows(self) -> list[tuple[BoundField, BoundField]]:
        """Return the pairs of boxes, row by row."""
        return [(self[f"measure_{n}"], self[f"amount_{n}"]) for n in range(self.count)]

    def clean(self) -> None:
        """Ask for what was counted where there is an amount."""
        for number in range(self.count):
            if self.cleaned_data.get(f"amount_{number}") is None:
                continue
            if not self.cleaned_data.get(f"measure_{number}"):
                self.add_error(f"measure_{number}", _("Choose what this figure counts."))

    def figures(self) -> list[FigureTerms]:
        """Return the rows that say something."""
        found = []
        for number in range(self.count):
            amount = self.cleaned_data.get(f"amount_{number}")
            measure = self.cleaned_data.get(f"measure_{number}")
            if amount is None or not measure:
                continue
            key, _colon, unit = measure.partition(":")
            indicator = self.indicators[int(key)]
            found.append(FigureTerms(indicator=indicator, amount=amount, unit=unit))
        return found


class UpdateForm(FigureRowsForm):
    """What was done on a model."""

    text = forms.CharField(
        label=gettext_lazy("What has been done"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=10_000,
    )
    happened_on = DayField(label=gettext_lazy("Day on which it was done"), required=False)
    photos = FilesField(
        label=gettext_lazy("Photos and files that show it"), required=False, max_length=255
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("happened_on", timezone.localdate())


class PlanForm(FigureRowsForm):
    """What a model is to achieve; an emptied amount is planned no more."""


def planned_measures(lines: Sequence[ResultLine]) -> list[tuple[str, Decimal | None]]:
    """Return the rows of the plan as they stand."""
    return [
        (f"{line.indicator.pk}:{line.unit}", line.planned)
        for line in lines
        if line.planned is not None
    ]


def known_measures(lines: Sequence[ResultLine]) -> list[tuple[str, Decimal | None]]:
    """Return the rows of what a model plans or has reported before, without amounts."""
    return [(f"{line.indicator.pk}:{line.unit}", None) for line in lines]
