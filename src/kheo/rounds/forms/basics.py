"""What is typed of a round before whom it asks, and of periods."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.directives.models import Document
from kheo.directives.queries import documents_visible_to
from kheo.organisations.models import Organisation, Seat
from kheo.rounds.actions import PeriodTerms, RoundBasics
from kheo.rounds.enums import LatePolicy, RoundState
from kheo.rounds.models import FieldScheme, Period, Round
from kheo.rounds.queries.visible import periods_for, schemes_for
from kheo.ui.forms import DayField

BASICS = (
    "period",
    "year",
    "title",
    "theme",
    "governing_document",
    "receiver_name",
    "opens_on",
    "late_policy",
    "nomination_cap",
    "field_scheme",
)


class BasicsForm(forms.Form):
    """The first step of a round."""

    period = forms.ModelChoiceField(
        label=_("Period"), queryset=Period.objects.none(), empty_label=_("– choose –")
    )
    year = forms.IntegerField(label=_("Year"), min_value=1999, max_value=2100, localize=False)
    title = forms.CharField(label=_("Title"), max_length=300)
    theme = forms.CharField(
        label=_("Theme"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    governing_document = forms.ModelChoiceField(
        label=_("Governing document"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("none yet"),
        help_text=_("Papers cite it. If it is not on the list, enter it below."),
    )
    receiver_name = forms.CharField(
        label=_("Received through"),
        max_length=200,
        required=False,
        help_text=_("The body that receives and checks for the organiser."),
    )
    opens_on = DayField(
        label=_("Opens on"),
        help_text=_("Units are asked as they are organised on this day."),
    )
    late_policy = forms.ChoiceField(
        label=_("Late submissions are"), choices=LatePolicy, widget=forms.RadioSelect
    )
    nomination_cap = forms.IntegerField(
        label=_("Nomination cap"),
        required=False,
        min_value=1,
        max_value=999,
        localize=False,
        help_text=_("How many may be put forward to the level above; empty for no limit."),
    )
    field_scheme = forms.ModelChoiceField(
        label=_("Scheme of fields"),
        queryset=FieldScheme.objects.none(),
        help_text=_("How the four fields are labelled and ordered when registering."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, seat: Seat, organiser: Organisation, state: str = "draft", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = {
            "period": periods_for(organiser),
            "governing_document": documents_visible_to(seat),
            "field_scheme": schemes_for(organiser),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if state != RoundState.DRAFT:
            for name in ("period", "year", "opens_on"):
                self.fields[name].disabled = True

    def basics(self, document: Document | None = None) -> RoundBasics:
        """Return what was typed, with a document that was entered together with it."""
        values = {name: self.cleaned_data[name] for name in BASICS}
        if document is not None:
            values["governing_document"] = document
        return RoundBasics(**values)


def initial_basics(round: Round) -> dict[str, object]:
    """Return what the form shows of a round."""
    return {name: getattr(round, name) for name in (*BASICS, "version")}


class PeriodForm(forms.Form):
    """A period of the movement."""

    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("As papers write it, like 2021 – 2025.")
    )
    first_year = forms.IntegerField(
        label=_("First year"), min_value=1999, max_value=2100, localize=False
    )
    last_year = forms.IntegerField(
        label=_("Last year"), min_value=1999, max_value=2100, localize=False
    )
    usual_due_day = forms.IntegerField(
        label=_("Usual deadline, day"),
        min_value=1,
        max_value=31,
        required=False,
        help_text=_("If units register by the same day every year, like 31/3."),
    )
    usual_due_month = forms.IntegerField(
        label=_("Usual deadline, month"), min_value=1, max_value=12, required=False
    )
    movement = forms.CharField(label=_("Movement"), max_length=200, initial="Dân vận khéo")
    governing_documents = forms.ModelMultipleChoiceField(
        label=_("Governing documents"),
        queryset=Document.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        documents = documents_visible_to(seat)
        self.fields["governing_documents"].queryset = documents  # type: ignore[attr-defined]

    def terms(self) -> PeriodTerms:
        """Return what was typed."""
        values = {name: self.cleaned_data[name] for name in self.fields if name != "version"}
        documents = tuple(values.pop("governing_documents"))
        return PeriodTerms(**values, governing_documents=documents)


def initial_period(period: Period) -> dict[str, object]:
    """Return what the form shows of a period."""
    names = ("name", "movement", "first_year", "last_year", "usual_due_day", "usual_due_month")
    values: dict[str, object] = {name: getattr(period, name) for name in (*names, "version")}
    return values | {"governing_documents": period.governing_documents.all()}
