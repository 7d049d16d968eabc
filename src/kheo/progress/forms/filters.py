"""What the lists of the room are narrowed to."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.progress.enums import CourseState
from kheo.rounds.enums import Field

MOST_DAYS = 730


class ProgressFilterForm(forms.Form):
    """What the list of models is narrowed to."""

    q = forms.CharField(label=gettext_lazy("Words of the model"), required=False, max_length=200)
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int, required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)
    days = forms.IntegerField(
        label=gettext_lazy("Days without news"), min_value=1, max_value=MOST_DAYS, required=False
    )
    silent = forms.BooleanField(label=gettext_lazy("without news for as long"), required=False)
    late = forms.BooleanField(label=gettext_lazy("milestones missed"), required=False)

    def __init__(self, data: Mapping[str, Any], *, years: Sequence[int], days: int) -> None:
        # what is not in the address stands there as it is applied
        shown = {"days": str(days), "year": str(years[0])} if years else {"days": str(days)}
        given = data.dict() if hasattr(data, "dict") else dict(data)
        super().__init__(shown | {key: value for key, value in given.items() if value})
        self.usual_days = days
        year: Any = self.fields["year"]
        year.choices = [(one, str(one)) for one in years]
        state: Any = self.fields["state"]
        state.choices = [("", _("all states")), *CourseState.choices]
        field: Any = self.fields["field"]
        field.choices = [("", _("all fields")), *Field.choices]

    def value(self, name: str) -> Any:
        """Return a cleaned value; one that makes no sense counts as not given."""
        self.is_valid()
        return self.cleaned_data.get(name)


class ResultsFilterForm(forms.Form):
    """What the sums are narrowed to."""

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int, required=False)
    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)
    unit = forms.TypedChoiceField(label=gettext_lazy("Area or unit"), coerce=int, required=False)

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        years: Sequence[int],
        units: Sequence[tuple[int, str]],
    ) -> None:
        super().__init__(data)
        year: Any = self.fields["year"]
        year.choices = [("", _("all years")), *((one, str(one)) for one in years)]
        field: Any = self.fields["field"]
        field.choices = [("", _("all fields")), *Field.choices]
        unit: Any = self.fields["unit"]
        unit.choices = [("", _("everything in view")), *units]

    def value(self, name: str) -> Any:
        """Return a cleaned value; one that makes no sense counts as not given."""
        self.is_valid()
        return self.cleaned_data.get(name)
