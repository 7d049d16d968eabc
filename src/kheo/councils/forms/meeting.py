"""What is typed of a session."""

from django import forms
from django.utils.translation import gettext_lazy

from kheo.councils.actions import SessionTerms
from kheo.councils.models import Council
from kheo.ui.forms import DayField

NAMES = tuple(SessionTerms.__dataclass_fields__)
LONG = 20_000


class SessionForm(forms.Form):
    """Day, place, agenda and minutes of a session."""

    held_on = DayField(label=gettext_lazy("Day of the session"), required=False)
    starts = forms.CharField(label=gettext_lazy("Begins at"), max_length=20, required=False)
    ends = forms.CharField(label=gettext_lazy("Ends at"), max_length=20, required=False)
    place = forms.CharField(
        label=gettext_lazy("Place of the session"), max_length=300, required=False
    )
    guests = forms.CharField(
        label=gettext_lazy("Also present, one a line"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONG,
        required=False,
    )
    agenda = forms.CharField(
        label=gettext_lazy("Agenda, one item a line"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONG,
        required=False,
    )
    discussion = forms.CharField(
        label=gettext_lazy("What was discussed"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONG,
        required=False,
    )
    conclusion = forms.CharField(
        label=gettext_lazy("Conclusion of the chair"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONG,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def terms(self) -> SessionTerms:
        """Return what was typed."""
        return SessionTerms(**{name: self.cleaned_data[name] for name in NAMES})


def initial_session(council: Council) -> dict[str, object]:
    """Return what the form shows of a council's session."""
    return {name: getattr(council, name) for name in (*NAMES, "version")}
