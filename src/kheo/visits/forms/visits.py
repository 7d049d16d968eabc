"""What is typed of a visit: the plan, the filter of the schedule, the record at its end."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.organisations.models import Organisation
from kheo.ui.forms import DayField
from kheo.visits.actions import AdviceTerms, RecordTerms, VisitTerms
from kheo.visits.enums import AdviceState, Side, VisitState
from kheo.visits.forms.people import PeopleField, people_as_lines
from kheo.visits.models import SurveyTeam, Visit
from kheo.visits.queries.pages import units_called

LINES = forms.Textarea(attrs={"rows": 4})
MOST_ADVICE = 50


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class UnitField(forms.CharField):
    """A unit by its name or code; which one is meant is found by the form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, **kwargs)


def unit_meant(form: forms.Form, name: str, team: SurveyTeam) -> Organisation | None:
    """Return the unit that a field names; what is unclear becomes an error of the field."""
    text = form.cleaned_data.get(name) or ""
    if not text:
        return None
    found = units_called(team, text)
    if len(found) == 1:
        return found[0]
    if not found:
        form.add_error(name, _("No unit within the team's reach is called “%s”.") % text[:100])
        return None
    units = "; ".join(f"{one.name} ({one.code})" for one in found[:5])
    words = _("“%(name)s” may be any of %(units)s: write the code.")
    form.add_error(name, words % {"name": text[:100], "units": units})
    return None


class VisitForm(forms.Form):
    """The plan of one visit."""

    unit = UnitField(
        label=gettext_lazy("Unit to visit"),
        help_text=gettext_lazy("Name or code of the unit."),
    )
    held_on = DayField(label=gettext_lazy("Day of the visit"))
    starts = forms.TimeField(label=gettext_lazy("Begins at"), widget=TimeInput(), required=False)
    ends = forms.TimeField(label=gettext_lazy("Ends at"), widget=TimeInput(), required=False)
    place = forms.CharField(label=gettext_lazy("Whereabouts"), max_length=300, required=False)
    purpose = forms.CharField(
        label=gettext_lazy("What is looked at"), widget=LINES, max_length=5_000, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, team: SurveyTeam, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team
        self.meant: Organisation | None = None

    def clean(self) -> None:
        """Find the unit that is meant."""
        self.meant = unit_meant(self, "unit", self.team)

    def terms(self, unit: Organisation) -> VisitTerms:
        """Return what was typed."""
        data = self.cleaned_data
        names = ("held_on", "starts", "ends", "place", "purpose")
        return VisitTerms(organisation=unit, **{name: data[name] for name in names})


def initial_visit(visit: Visit) -> dict[str, object]:
    """Return what the form shows of a visit."""
    names = ("held_on", "starts", "ends", "place", "purpose", "version")
    values: dict[str, object] = {name: getattr(visit, name) for name in names}
    return values | {"unit": visit.organisation.code}


class VisitFilterForm(forms.Form):
    """What the schedule is narrowed to."""

    unit = forms.CharField(label=gettext_lazy("Unit"), required=False, max_length=200)
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team"), queryset=SurveyTeam.objects.none(), required=False
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    first = DayField(label=gettext_lazy("From"), required=False)
    last = DayField(label=gettext_lazy("Up to"), required=False)

    def __init__(self, *args: Any, teams: QuerySet[SurveyTeam], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["team"]
        chosen.queryset, chosen.empty_label = teams, _("all teams")
        state: Any = self.fields["state"]
        state.choices = [("", _("all states")), *VisitState.choices]


class AdviceFilterForm(forms.Form):
    """What the list of recommendations is narrowed to."""

    unit = forms.CharField(label=gettext_lazy("Unit"), required=False, max_length=200)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state: Any = self.fields["state"]
        state.choices = [("", _("all states")), *AdviceState.choices]


class RecordForm(forms.Form):
    """What is written down at the end of a visit."""

    starts = forms.TimeField(label=gettext_lazy("Began at"), widget=TimeInput(), required=False)
    ends = forms.TimeField(label=gettext_lazy("Ended at"), widget=TimeInput(), required=False)
    place = forms.CharField(label=gettext_lazy("Whereabouts"), max_length=300, required=False)
    team = PeopleField(label=gettext_lazy("Present of the team"))
    unit = PeopleField(label=gettext_lazy("Present of the unit"))
    guests = PeopleField(label=gettext_lazy("Others present"))
    conclusions = forms.CharField(
        label=gettext_lazy("Conclusions"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def terms(self, advice: list[AdviceTerms]) -> RecordTerms:
        """Return what was typed."""
        data = self.cleaned_data
        return RecordTerms(
            starts=data["starts"],
            ends=data["ends"],
            place=data["place"],
            conclusions=data["conclusions"],
            team=data["team"],
            unit=data["unit"],
            guests=data["guests"],
            advice=advice,
        )


def initial_record(visit: Visit) -> dict[str, object]:
    """Return what the form shows of the record of a visit."""
    people = {
        name: people_as_lines(visit.participants.filter(side=side))
        for name, side in (("team", Side.TEAM), ("unit", Side.UNIT), ("guests", Side.GUEST))
    }
    names = ("starts", "ends", "place", "conclusions", "version")
    return people | {name: getattr(visit, name) for name in names}


class AdviceForm(forms.Form):
    """One recommendation; without a unit it is meant for the visited one."""

    key = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=gettext_lazy("Recommendation"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=5_000,
        required=False,
    )
    unit = UnitField(label=gettext_lazy("Unit that is to follow it"), required=False)
    due_on = DayField(label=gettext_lazy("Time limit"), required=False)

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit = visit
        self.meant: Organisation = visit.organisation

    def clean(self) -> None:
        """Find the unit that is meant."""
        self.meant = unit_meant(self, "unit", self.visit.team) or self.visit.organisation

    def terms(self) -> AdviceTerms:
        """Return what was typed."""
        data = self.cleaned_data
        return AdviceTerms(
            text=data["text"], organisation=self.meant, due_on=data["due_on"], key=data["key"]
        )


AdviceFormSet: Any = forms.formset_factory(
    AdviceForm, extra=2, max_num=MOST_ADVICE, absolute_max=MOST_ADVICE + 10
)


def advice_rows(visit: Visit, data: Any) -> Any:
    """Return the rows of recommendations, with those of a visit and two blank ones."""
    initial = [
        {
            "key": one.pk,
            "text": one.text,
            "unit": "" if one.organisation_id == visit.organisation_id else one.organisation.code,
            "due_on": one.due_on,
        }
        for one in visit.recommendations.select_related("organisation")
    ]
    return AdviceFormSet(data, initial=initial, prefix="advice", form_kwargs={"visit": visit})


def advice_terms(rows: Any) -> list[AdviceTerms]:
    """Return the recommendations that say something."""
    return [row.terms() for row in rows if row.cleaned_data.get("text")]
