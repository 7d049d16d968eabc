"""What is typed of petitions, of the paper of a report, and of the plan drawn out of it."""

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from kheo.reviews.actions import PaperTerms
from kheo.reviews.enums import PetitionState
from kheo.reviews.rules.following import MOST_WORDS
from kheo.ui.fields import DayField

SIDES = [
    ("", pgettext_lazy("petitions", "all in view")),
    ("to-us", gettext_lazy("addressed to us")),
    ("by-us", gettext_lazy("asked by us")),
]


class PetitionFilterForm(forms.Form):
    """To which petitions the list is narrowed."""

    search = forms.CharField(label=gettext_lazy("Search"), max_length=100, required=False)
    side = forms.ChoiceField(label=gettext_lazy("Whose"), choices=SIDES, required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", pgettext_lazy("states", "all")), *PetitionState.choices],
        required=False,
    )


class PetitionAnswerForm(forms.Form):
    """What the body addressed answers, and which version of the petition it saw."""

    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)


class PaperForm(forms.Form):
    """Number, day, signatory and recipients of the paper of a report."""

    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("The number alone is enough; the symbol follows from the body."),
    )
    dated = DayField(label=gettext_lazy("Date of the paper"), required=False)
    signer_position = forms.CharField(
        label=gettext_lazy("Position of the signatory"), max_length=200, required=False
    )
    signer_name = forms.CharField(
        label=gettext_lazy("Name of the signatory"), max_length=200, required=False
    )
    recipients = forms.CharField(
        label=pgettext_lazy("paper", "Recipients"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One on each line."),
    )

    def terms(self) -> PaperTerms:
        """Return what was typed."""
        return PaperTerms(**self.cleaned_data)


class PlanPartForm(forms.Form):
    """A part of the plan of the next period."""

    title = forms.CharField(label=gettext_lazy("Title of the part"), max_length=500)
    body = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
