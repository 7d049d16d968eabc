"""What is chosen for a figure: what is counted, of which years, narrowed to what, how it reads."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kheo.organisations.models import Kind, Level
from kheo.progress.models import Indicator
from kheo.reviews.enums import Measure
from kheo.reviews.models import Report
from kheo.reviews.queries.annex_data import AnnexData
from kheo.reviews.queries.definitions import CHOICES
from kheo.reviews.rules.figures import LONGEST_NOUN, FigureTerms, narrowings_of

ALWAYS = ("measure", "heading", "first_year", "last_year", "noun", "is_bare")
EVERYTHING = pgettext_lazy("filter", "everything")


class FigureForm(forms.Form):
    """A figure of one measure; only what the measure can be narrowed to is asked."""

    measure = forms.ChoiceField(choices=Measure.choices, widget=forms.HiddenInput)
    heading = forms.IntegerField(required=False, widget=forms.HiddenInput)
    indicator = forms.ModelChoiceField(
        label=_("Indicator"), queryset=Indicator.objects.none(), required=False
    )
    first_year = forms.IntegerField(label=_("From year"), min_value=1990, max_value=2100)
    last_year = forms.IntegerField(label=_("To year"), min_value=1990, max_value=2100)
    nature = forms.ChoiceField(label=_("Model or exemplary case"), required=False)
    field = forms.ChoiceField(label=_("Field"), required=False)
    form = forms.ChoiceField(label=_("Collective or individual"), required=False)
    level = forms.TypedChoiceField(label=_("Level"), required=False, coerce=int)
    continuity = forms.ChoiceField(label=_("New, kept up or replicated"), required=False)
    act = forms.ChoiceField(label=_("Recognised, praised or commended"), required=False)
    kind = forms.ChoiceField(label=_("Kind of unit"), required=False)
    unit = forms.TypedChoiceField(label=_("Unit below"), required=False, coerce=int)
    noun = forms.CharField(
        label=_("Words after the number"), required=False, max_length=LONGEST_NOUN
    )
    is_bare = forms.BooleanField(label=_("the number alone"), required=False)

    def __init__(self, data: Any, *, report: Report) -> None:
        annex = AnnexData(report)
        values = {
            "measure": Measure.MODELS.value,
            "first_year": annex.years[0],
            "last_year": annex.years[-1],
        } | {name: data[name] for name in data if data[name]}
        super().__init__(values)
        self._leave_out(str(values["measure"]))
        choices: dict[str, list[tuple[Any, Any]]] = {
            name: list(known.items()) for name, known in CHOICES.items()
        }
        choices["level"] = list(Level.objects.order_by("rank").values_list("pk", "name"))
        choices["kind"] = list(Kind.objects.values_list("code", "name"))
        choices["unit"] = [(part.pk, part.name) for part in annex.parts.areas]
        for name in choices.keys() & self.fields.keys():
            options = [("", EVERYTHING), *choices[name]]
            self.fields[name].choices = options  # type: ignore[attr-defined]
        if "indicator" in self.fields:
            indicators = Indicator.objects.filter(retired_at=None)
            self.fields["indicator"].queryset = indicators  # type: ignore[attr-defined]

    def _leave_out(self, measure: str) -> None:
        known = measure if measure in Measure.values else Measure.MODELS
        kept = {*narrowings_of(Measure(known)), *ALWAYS}
        if known == Measure.RESULT:
            kept.add("indicator")
        for name in self.fields.keys() - kept:
            del self.fields[name]

    def clean(self) -> None:
        """Ask for an indicator where a result is counted, and for years in order."""
        cleaned = self.cleaned_data
        if cleaned.get("measure") == Measure.RESULT and not cleaned.get("indicator"):
            self.add_error("indicator", _("Choose the indicator whose results are added up."))
        first, last = cleaned.get("first_year"), cleaned.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", _("The last year lies before the first."))

    def terms(self) -> FigureTerms:
        """Return what was chosen; the form is valid."""
        cleaned = self.cleaned_data
        measure = Measure(cleaned["measure"])
        only = {name: cleaned[name] for name in narrowings_of(measure) if cleaned.get(name)}
        return FigureTerms(
            measure=measure,
            first_year=cleaned["first_year"],
            last_year=cleaned["last_year"],
            only=only,
            indicator=cleaned.get("indicator"),
            noun=cleaned["noun"],
            is_bare=cleaned["is_bare"],
        )
