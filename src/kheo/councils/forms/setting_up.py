"""What is typed of a council and its sources, and by what its lists are narrowed."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.councils.actions import CouncilTerms
from kheo.councils.enums import Facet, Result
from kheo.councils.models import Council
from kheo.criteria.enums import SetState
from kheo.criteria.models import CriteriaSet
from kheo.organisations.models import Level, Organisation
from kheo.rounds.enums import Field, Form
from kheo.ui.forms import DayField


class CouncilForm(forms.Form):
    """The terms of a council."""

    name = forms.CharField(
        label=gettext_lazy("Name of the council"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1999, max_value=2100)
    criteria_set = forms.ModelChoiceField(
        label=gettext_lazy("Criteria set"), queryset=CriteriaSet.objects.none()
    )
    decision_number = forms.CharField(
        label=gettext_lazy("Number of the founding decision"), max_length=60, required=False
    )
    decision_on = DayField(label=gettext_lazy("Date of the decision"), required=False)
    quorum = forms.IntegerField(
        label=gettext_lazy("Quorum"),
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("How many members must be present at the session."),
    )
    scorers = forms.IntegerField(
        label=gettext_lazy("Members who score a file"), min_value=1, max_value=100, initial=3
    )
    scores_due_on = DayField(label=gettext_lazy("Scores due on"), required=False)
    ranked_by = forms.MultipleChoiceField(
        label=gettext_lazy("Rank apart by"),
        choices=Facet.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=Facet.values,
    )
    is_secret = forms.BooleanField(label=gettext_lazy("Votes are secret"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["criteria_set"]
        chosen.queryset = sets_for(organisation)

    def terms(self) -> CouncilTerms:
        """Return what was typed."""
        data = self.cleaned_data
        names = CouncilTerms.__dataclass_fields__
        return CouncilTerms(**{name: data[name] for name in names})


def sets_for(organisation: Organisation) -> QuerySet[CriteriaSet]:
    """Return the sets in force of a committee and of those above it."""
    issuers = Q(issuer=None) | Q(issuer__in=organisation.ancestor_ids)
    return CriteriaSet.objects.filter(issuers, state=SetState.IN_FORCE)


def initial_council(council: Council) -> dict[str, object]:
    """Return what the form shows of a council."""
    names = [*CouncilTerms.__dataclass_fields__, "version"]
    return {name: getattr(council, name) for name in names}


class FacetForm(forms.Form):
    """By field, form and level: what is taken in, or listed."""

    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)
    form = forms.ChoiceField(label=gettext_lazy("Collective or individual"), required=False)
    level = forms.ModelChoiceField(
        label=gettext_lazy("Level"), queryset=Level.objects.all(), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["field"]
        field.choices = [("", _("all fields")), *Field.choices]
        form: Any = self.fields["form"]
        form.choices = [("", _("all")), *Form.choices]
        level: Any = self.fields["level"]
        level.empty_label = _("all levels")

    def values(self) -> dict[str, Any]:
        """Return what was chosen; nothing strange comes through."""
        data = self.cleaned_data if self.is_valid() else {}
        level = data.get("level")
        return {
            "field": data.get("field", ""),
            "form": data.get("form", ""),
            "level": level.pk if level else None,
        }


class FilesForm(FacetForm):
    """What a council's list of files is narrowed to."""

    which = forms.ChoiceField(label=gettext_lazy("Show"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        which: Any = self.fields["which"]
        which.choices = [
            ("", _("all files")),
            ("bare", _("given to nobody")),
            ("waiting", _("without scores")),
            ("apart", _("scores far apart")),
            ("unreasoned", _("changes without a reason")),
        ]

    def values(self) -> dict[str, Any]:
        """Return what was chosen."""
        found = super().values()
        return found | {"which": self.cleaned_data.get("which", "") if self.is_valid() else ""}


class OutcomeForm(FacetForm):
    """What the list of outcomes is narrowed to."""

    result = forms.ChoiceField(label=gettext_lazy("Result"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        result: Any = self.fields["result"]
        result.choices = [("", _("all results")), *Result.choices]

    def values(self) -> dict[str, Any]:
        """Return what was chosen."""
        found = super().values()
        return found | {"result": self.cleaned_data.get("result", "") if self.is_valid() else ""}


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
