"""What is typed about a round that runs: reasons, new days, late joiners, copies, filters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.organisations.models import Organisation
from kheo.rounds.enums import RoundState
from kheo.rounds.models import Audience, Round
from kheo.rounds.queries.asked import units_below
from kheo.ui.forms import DayField


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class OptionalReasonForm(ReasonForm):
    """Why something is done, if there is anything to say."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False


class ExtensionForm(ReasonForm):
    """Until when one unit has time, and why."""

    due_on = DayField(label=_("New deadline"))
    field_order = ("due_on", "reason")


class CopyForm(forms.Form):
    """For which year a round is copied."""

    year = forms.IntegerField(label=_("Year"), min_value=1999, max_value=2100, localize=False)
    opens_on = DayField(
        label=_("Opens on"),
        required=False,
        help_text=_("Empty: the same day as in the round that is copied."),
    )


class LateJoinerForm(forms.Form):
    """Which unit is asked besides, and as what."""

    code = forms.CharField(label=_("Code of the unit"), max_length=60)
    audience = forms.ModelChoiceField(
        label=_("Audience"), queryset=Audience.objects.none(), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, round: Round, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round, self.today = round, today
        self.fields["audience"].queryset = round.audiences.all()  # type: ignore[attr-defined]

    def clean_code(self) -> Organisation:
        """Find the unit below the organiser as organised today."""
        code = self.cleaned_data["code"].strip()
        unit = units_below(self.round.organiser, self.today).filter(code=code).first()
        if unit is None:
            raise forms.ValidationError(_("There is no such unit below the organiser today."))
        return Organisation.objects.get(pk=unit.pk)


class RoundFilterForm(forms.Form):
    """What the list of rounds can be narrowed to."""

    search = forms.CharField(label=_("Search"), max_length=100, required=False)
    year = forms.IntegerField(
        label=_("Year"), min_value=1999, max_value=2100, required=False, localize=False
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("all")), *RoundState.choices], required=False
    )


class UnitFilterForm(forms.Form):
    """What the preview of units can be narrowed to."""

    search = forms.CharField(label=_("Search"), max_length=100, required=False)
    show = forms.CharField(widget=forms.HiddenInput, required=False)
