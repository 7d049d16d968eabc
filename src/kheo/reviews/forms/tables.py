"""What is chosen for a composed table: what it tells, its rows and columns, narrowed to what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kheo.organisations.models import Level
from kheo.reporting.enums import Cut, Step
from kheo.reviews.enums import TableContent
from kheo.reviews.queries.definitions import CHOICES
from kheo.reviews.rules.designs import CUTS, NARROWED_BY, STEPS, USUAL_STEPS, TableSpec

NOTHING = pgettext_lazy("cut", "none")
OPTIONS = [(cut.value, cut.label) for cut in CUTS]
STEP_OPTION = (STEPS, _("How far it came"))


class TableForm(forms.Form):
    """A composed table; its name is asked when it is saved."""

    content = forms.ChoiceField(
        label=_("The table tells"), choices=TableContent.choices, required=False
    )
    rows = forms.ChoiceField(label=_("Rows"), choices=OPTIONS, required=False)
    sections = forms.ChoiceField(
        label=_("Rows in sections by"), choices=[("", NOTHING), *OPTIONS], required=False
    )
    columns = forms.ChoiceField(label=_("Columns"), choices=[STEP_OPTION, *OPTIONS], required=False)
    groups = forms.ChoiceField(
        label=_("Columns grouped by"),
        choices=[("", NOTHING), STEP_OPTION, *OPTIONS],
        required=False,
    )
    steps = forms.MultipleChoiceField(
        label=_("Steps"),
        choices=Step.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field = forms.ChoiceField(label=_("Field"), required=False)
    form = forms.ChoiceField(label=_("Collective or individual"), required=False)
    level = forms.TypedChoiceField(label=_("Level"), required=False, coerce=int)
    continuity = forms.ChoiceField(label=_("New, kept up or replicated"), required=False)
    nature = forms.ChoiceField(label=_("Model or exemplary case"), required=False)
    year = forms.IntegerField(
        label=_("Shown from year"), min_value=1990, max_value=2100, required=False
    )
    year_to = forms.IntegerField(label=_("to year"), min_value=1990, max_value=2100, required=False)

    def __init__(self, data: Any, *, years: tuple[int, int], spec: TableSpec | None = None) -> None:
        usual = (spec or TableSpec()).content_of()
        only = usual.pop("only")
        values = usual | only | {"year": years[0], "year_to": years[1]}
        # a form that was sent tells all, also what it leaves open
        super().__init__(data if "rows" in data else values)
        choices: dict[str, list[tuple[Any, Any]]] = {
            name: list(CHOICES[name].items()) for name in NARROWED_BY if name in CHOICES
        }
        choices["level"] = list(Level.objects.order_by("rank").values_list("pk", "name"))
        for name, options in choices.items():
            self.fields[name].choices = [  # type: ignore[attr-defined]
                ("", pgettext_lazy("filter", "everything")),
                *options,
            ]

    def spec(self) -> TableSpec:
        """Return the table that was chosen; the form is valid."""
        cleaned = self.cleaned_data
        return TableSpec(
            content=cleaned["content"] or TableContent.MODELS,
            sections=cleaned["sections"],
            rows=cleaned["rows"] or Cut.FIELD,
            groups=cleaned["groups"],
            columns=cleaned["columns"] or STEPS,
            steps=tuple(cleaned["steps"]) or USUAL_STEPS,
            only={name: cleaned[name] for name in NARROWED_BY if cleaned.get(name)},
        )


class TableNameForm(forms.Form):
    """Under which name a table is kept."""

    name = forms.CharField(label=_("Name of the table"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
