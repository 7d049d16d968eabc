"""What is typed of a decision, of its announcing, and of a revocation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.recognition.actions import DecisionTerms
from kheo.recognition.models import Decision
from kheo.ui.fields import DayField

NAMES = (
    "subject",
    "number",
    "letters",
    "issued_on",
    "authority",
    "signatory_position",
    "signatory",
    "grounds",
    "reason",
    "valid_until",
)


class DecisionForm(forms.Form):
    """What a decision says."""

    subject = forms.CharField(label=_("Subject"), max_length=300)
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=99999, required=False)
    letters = forms.CharField(
        label=_("Letters of the symbol"),
        max_length=40,
        required=False,
        help_text=_("The issuer’s letters alone: HU, TU, UBND."),
    )
    issued_on = DayField(label=_("Date of issue"), required=False)
    authority = forms.CharField(
        label=_("In whose name it is signed"), max_length=200, required=False
    )
    signatory_position = forms.CharField(
        label=_("Position of the signatory"), max_length=200, required=False
    )
    signatory = forms.CharField(label=_("Signatory"), max_length=200, required=False)
    grounds = forms.CharField(
        label=_("Grounds"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line; left empty, they are written from what is known."),
    )
    reason = forms.CharField(
        label=_("Reason for taking back"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    valid_until = DayField(
        label=_("Valid until"), required=False, help_text=_("Empty means without end.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, revokes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("valid_until",) if revokes else ("reason",):
            del self.fields[name]

    def terms(self) -> DecisionTerms:
        """Return what was typed."""
        data = {name: self.cleaned_data.get(name) for name in NAMES}
        return DecisionTerms(**{name: value for name, value in data.items() if value is not None})


class AnnouncementForm(forms.Form):
    """When and on what occasion a decision is announced."""

    announced_on = DayField(label=_("Date of announcing"))
    occasion = forms.CharField(
        label=_("Occasion"),
        max_length=200,
        required=False,
        help_text=_("For instance “Tháng Dân vận” (October), or the tradition day 15/10."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class RevocationForm(forms.Form):
    """Why honours are taken back, and whether what is built on them goes too."""

    reason = forms.CharField(
        label=_("Reason for taking back"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    along = forms.BooleanField(label=_("Take back what is built on it, too"), required=False)


def initial_decision(decision: Decision) -> dict[str, Any]:
    """Return what the form shows of a decision."""
    return {name: getattr(decision, name) for name in (*NAMES, "version")}
