"""What an administrator says of a form of honour."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.organisations.models import Kind, Level
from kheo.recognition.actions import HonourFormTerms
from kheo.recognition.models import HonourForm

NAMES = (
    "name",
    "giver_kinds",
    "giver_levels",
    "needs_recognition",
    "valid_years",
    "source",
    "is_active",
)


class HonourFormForm(forms.Form):
    """Who gives a form of honour, to whom, for how long."""

    name = forms.CharField(label=_("Name"), max_length=120)
    giver_kinds = forms.MultipleChoiceField(
        label=_("Kinds of bodies that give it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means any."),
    )
    giver_levels = forms.MultipleChoiceField(
        label=_("Levels of bodies that give it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means any."),
    )
    needs_recognition = forms.BooleanField(label=_("Only for what is recognised"), required=False)
    valid_years = forms.IntegerField(
        label=_("Years of validity"),
        min_value=1,
        max_value=50,
        required=False,
        help_text=_("Empty means without end."),
    )
    source = forms.CharField(label=_("Source of the rule"), max_length=200, required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["giver_kinds"]
        kinds.choices = [(kind.code, kind.name) for kind in Kind.objects.all()]
        levels: Any = self.fields["giver_levels"]
        levels.choices = [(level.code, level.name) for level in Level.objects.all()]

    def terms(self) -> HonourFormTerms:
        """Return what was typed."""
        return HonourFormTerms(**{name: self.cleaned_data[name] for name in NAMES})


def initial_form(form: HonourForm) -> dict[str, Any]:
    """Return what the form shows of a form of honour."""
    return {name: getattr(form, name) for name in NAMES}
