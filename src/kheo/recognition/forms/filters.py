"""By what the lists of the room are narrowed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.exemplars.enums import Stage
from kheo.organisations.models import Level
from kheo.recognition.enums import Act, DecisionState, ProposalState, Track
from kheo.recognition.queries.offered import OfferFilter
from kheo.recognition.queries.visible import HonourFilter
from kheo.rounds.enums import Field

STATES: dict[str, list[Any]] = {
    "proposals": ProposalState.choices,
    "decisions": DecisionState.choices,
    "honours": [],
}


class HonourFilterForm(forms.Form):
    """What lists of proposals, decisions and honours are narrowed to."""

    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    act = forms.ChoiceField(label=_("Act"), choices=[("", _("all")), *Act.choices], required=False)
    track = forms.ChoiceField(
        label=_("Track"), choices=[("", _("all")), *Track.choices], required=False
    )
    state = forms.ChoiceField(label=_("State"), required=False)
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100, required=False)

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if STATES[of]:
            state: Any = self.fields["state"]
            state.choices = [("", _("all")), *STATES[of]]
        else:
            del self.fields["state"]

    def chosen(self) -> HonourFilter:
        """Return the filter; what makes no sense filters nothing."""
        data = self.cleaned_data if self.is_valid() else {}
        return HonourFilter(
            q=data.get("q", ""),
            act=data.get("act", ""),
            track=data.get("track", ""),
            state=data.get("state", ""),
            year=data.get("year"),
        )


class OfferFilterForm(forms.Form):
    """What registrations to choose from are narrowed to."""

    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    field = forms.ChoiceField(
        label=_("Field"), choices=[("", _("all")), *Field.choices], required=False
    )
    level = forms.ModelChoiceField(
        label=_("Level"), queryset=Level.objects.all(), required=False, empty_label=_("all")
    )
    stage = forms.TypedChoiceField(
        label=_("Stage reached"),
        choices=[("", _("all")), *Stage.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def chosen(self) -> OfferFilter:
        """Return the filter; what makes no sense filters nothing."""
        data = self.cleaned_data if self.is_valid() else {}
        level = data.get("level")
        return OfferFilter(
            q=data.get("q", ""),
            field=data.get("field", ""),
            level=level.pk if level else None,
            stage=data.get("stage"),
        )
