"""The forms by which the journal and everything else is searched, and the gallery's."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.exemplars.enums import State
from kheo.organisations.models import Level
from kheo.rounds.enums import Field, Form
from kheo.ui.fields import DayField, LinesInput

LEVELS = [("commune", _("commune level")), ("district", _("district level"))]
FIELDS = [
    ("economy", _("economy")),
    ("culture", _("culture and society")),
    ("defence", _("defence and security")),
    ("politics", _("building the political system")),
]


class SampleForm(forms.Form):
    """Every kind of field, in order of appearance on the official form."""

    name = forms.CharField(
        label=_("Name of the model"),
        max_length=300,
        help_text=_("Short; no longer than two lines on the form."),
    )
    level = forms.ChoiceField(label=_("Level"), choices=LEVELS)
    field = forms.ChoiceField(label=_("Field"), choices=FIELDS, widget=forms.RadioSelect)
    focuses = forms.MultipleChoiceField(
        label=_("Also touches"),
        choices=FIELDS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Tick all that apply."),
    )
    begins_on = DayField(label=_("Begins on"))
    content = forms.CharField(
        label=_("Content"),
        widget=LinesInput(lines="3-5"),
        help_text=_("3 to 5 lines: what is done, how, with whom."),
    )
    evidence = forms.FileField(label=_("Evidence"), required=False)
    agreed = forms.BooleanField(label=_("The head of the unit has read it"), required=False)


class SampleFilterForm(forms.Form):
    """What a list is filtered by."""

    q = forms.CharField(label=_("Search"), required=False)
    level = forms.ChoiceField(label=_("Level"), choices=[("", _("all")), *LEVELS], required=False)


class JournalForm(forms.Form):
    """What of the journal is looked at."""

    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("To"), required=False)
    verb = forms.ChoiceField(label=_("Deed"), required=False)
    person = forms.CharField(label=_("Person or seat"), required=False, max_length=100)
    record = forms.CharField(label=_("Record"), required=False, max_length=100)
    text = forms.CharField(
        label=_("Text in the change or the reason"), required=False, max_length=100
    )

    def __init__(self, data: Mapping[str, Any], *, deeds: Mapping[str, Any]) -> None:
        super().__init__(data)
        ordered = sorted(
            ((verb, str(words)) for verb, words in deeds.items()), key=lambda it: it[1]
        )
        self.fields["verb"].choices = [("", _("all")), *ordered]  # type: ignore[attr-defined]

    def value(self, name: str) -> Any:
        """Return a cleaned value; one that makes no sense counts as not given."""
        self.is_valid()
        return self.cleaned_data.get(name)


class FindForm(forms.Form):
    """What is looked for, and by what it is narrowed."""

    q = forms.CharField(label=_("Words"), required=False, max_length=20_000)
    kind = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    field = forms.ChoiceField(label=_("Field"), required=False)
    level = forms.TypedChoiceField(label=_("Level"), required=False, coerce=int, empty_value=None)
    form = forms.ChoiceField(label=_("Collective or individual"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    unit = forms.CharField(label=_("Unit and below"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        kinds: Sequence[tuple[str, Any]],
        years: Sequence[int],
        levels: Sequence[Level],
    ) -> None:
        super().__init__(data)
        choices: dict[str, list[tuple[Any, Any]]] = {
            "kind": list(kinds),
            "field": list(Field.choices),
            "level": [(level.pk, str(level)) for level in levels],
            "form": list(Form.choices),
            "year": [(year, str(year)) for year in years],
            "state": list(State.choices),
        }
        for name, rows in choices.items():
            self.fields[name].choices = [("", _("all")), *rows]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, Any]:
        """Return the words and filters that are set; what makes no sense is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in {None, ""}}

    @property
    def is_narrowed(self) -> bool:
        """Tell whether any filter is set, so that the filters are shown open."""
        return bool(self.chosen.keys() - {"q", "kind"})


class ViewNameForm(forms.Form):
    """What a saved view is called."""

    name = forms.CharField(label=_("Name of the view"), max_length=100)
