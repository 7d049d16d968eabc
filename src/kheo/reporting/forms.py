"""What the pages of this room ask for in their addresses."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.reporting.enums import Cut
from kheo.reporting.queries.counting import CHOICES
from kheo.rounds.enums import UnitState
from kheo.ui.fields import DayField

ALL = "all"


class BoardFilterForm(forms.Form):
    """What of a round's units is looked at."""

    q = forms.CharField(
        label=_("Unit"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": _("with or without tone marks")}),
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *UnitState.choices]
    )
    audience = forms.ChoiceField(label=_("Audience"), required=False)
    late = forms.BooleanField(label=_("late"), required=False)
    short = forms.BooleanField(label=_("below the minimum"), required=False)
    area = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], *, audiences: Mapping[int, str]) -> None:
        super().__init__(data)
        choices = [("", _("all")), *((str(pk), name) for pk, name in audiences.items())]
        self.fields["audience"].choices = choices  # type: ignore[attr-defined]

    def value(self, name: str) -> Any:
        """Return a cleaned value; one that makes no sense counts as not given."""
        self.is_valid()
        return self.cleaned_data.get(name)


class CountingForm(forms.Form):
    """What is counted, and by which two properties."""

    year = forms.TypedChoiceField(label=_("From year"), coerce=int, required=False)
    year_to = forms.TypedChoiceField(label=_("To year"), coerce=int, required=False)
    rows = forms.ChoiceField(label=_("Rows"), choices=Cut.choices, required=False)
    columns = forms.ChoiceField(label=_("Columns"), choices=Cut.choices, required=False)
    field = forms.ChoiceField(label=_("Field"), required=False)
    form = forms.ChoiceField(label=_("Collective or individual"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)
    continuity = forms.ChoiceField(label=_("New, kept up or replicated"), required=False)
    nature = forms.ChoiceField(label=_("Model or exemplary case"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    unit = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any], *, years: tuple[int, int], levels: Mapping[int, str]
    ) -> None:
        values = {
            "year": str(years[1]),
            "rows": Cut.UNIT.value,
            "columns": Cut.FIELD.value,
        } | {key: data[key] for key in data if data[key]}
        values.setdefault("year_to", values["year"])
        super().__init__(values)
        known = [(str(year), str(year)) for year in range(years[1], years[0] - 1, -1)]
        self.fields["year"].choices = self.fields["year_to"].choices = known  # type: ignore[attr-defined]
        choices = CHOICES | {Cut.LEVEL: [(str(pk), name) for pk, name in levels.items()]}
        for cut, options in choices.items():
            self.fields[cut.value].choices = [("", _("all")), *options]  # type: ignore[attr-defined]

    def value(self, name: str) -> Any:
        """Return a cleaned value; one that makes no sense counts as not given."""
        self.is_valid()
        return self.cleaned_data.get(name)


class FunnelForm(CountingForm):
    """What is counted, and by which property; the columns are how far it came."""

    def __init__(
        self, data: Mapping[str, Any], *, years: tuple[int, int], levels: Mapping[int, str]
    ) -> None:
        super().__init__(data, years=years, levels=levels)
        for name in ("columns", "state"):
            del self.fields[name]
        self.fields["rows"].choices = [  # type: ignore[attr-defined]
            (cut.value, cut.label) for cut in Cut if cut != Cut.STATE
        ]


class ListPaperForm(forms.Form):
    """Which list is made: of which round and unit, by which layout, dated when."""

    round = forms.TypedChoiceField(label=_("Round"), coerce=int, required=False)
    unit = forms.TypedChoiceField(label=_("For"), coerce=int, required=False)
    layout = forms.TypedChoiceField(label=_("Layout"), coerce=int, required=False)
    audience = forms.ChoiceField(label=_("Audience"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)
    state = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[
            ("", _("registered, without declined ones")),
            ("accepted", _("accepted only")),
            (ALL, _("all registered")),
        ],
    )
    dated = DayField(label=_("Date on the paper (empty: dots)"), required=False)

    def __init__(self, data: Mapping[str, Any], *, choices: Mapping[str, Sequence[Any]]) -> None:
        super().__init__(data)
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]

    def value(self, name: str) -> Any:
        """Return a cleaned value; one that makes no sense counts as not given."""
        self.is_valid()
        return self.cleaned_data.get(name)
