"""What is chosen of a superior's paper for one's own plan or letter."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.organisations.models import Organisation
from kheo.planning.queries.task_proposals import TaskProposal
from kheo.ui.forms import DayField

KINDS = [("KH", _("plan")), ("CV", _("official letter"))]
LONGEST_MARGIN = 365


class DraftForm(forms.Form):
    """An own plan or letter."""

    kind = forms.ChoiceField(label=_("Type"), choices=KINDS, widget=forms.RadioSelect)
    unit = forms.ModelChoiceField(
        label=_("In the name of"), queryset=Organisation.objects.none(), empty_label=None
    )
    subject = forms.CharField(
        label=_("Subject"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    dated = DayField(
        label=_("Date of issue"),
        required=False,
        help_text=_("Empty: the day is left blank on the paper."),
    )
    margin = forms.IntegerField(
        label=_("Deadlines earlier by, days"),
        min_value=0,
        max_value=LONGEST_MARGIN,
        help_text=_("So that there is time to put together what comes in before the superior's."),
    )
    tasks = forms.TypedMultipleChoiceField(
        label=_("Tasks taken over"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    directing = forms.CharField(label=_("Directing body"), max_length=300, required=False)
    executing = forms.CharField(label=_("Carried out by"), max_length=500, required=False)
    receiver = forms.CharField(label=_("Received through"), max_length=200, required=False)
    addressees = forms.CharField(
        label=_("Addressees"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line; for the letter."),
    )
    recipients = forms.CharField(
        label=_("Recipients of the paper"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line."),
    )
    position = forms.CharField(label=_("Position of the signatory"), max_length=120, required=False)
    signatory = forms.CharField(label=_("Signatory"), max_length=120, required=False)

    def __init__(
        self,
        *args: Any,
        units: Iterable[Organisation],
        tasks: Iterable[TaskProposal],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        keys = [unit.pk for unit in units]
        rows = Organisation.objects.filter(pk__in=keys).select_related("kind", "level")
        self.fields["unit"].queryset = rows  # type: ignore[attr-defined]
        self.fields["tasks"].choices = [  # type: ignore[attr-defined]
            (task.fact.finding.pk, f"{task.ordinal}. {_cut(task.content)}") for task in tasks
        ]

    def lines_of(self, name: str) -> tuple[str, ...]:
        """Return what stands on each line of a box."""
        lines = (line.strip() for line in str(self.cleaned_data[name]).splitlines())
        return tuple(line for line in lines if line)


def _cut(text: str) -> str:
    return text if len(text) <= 140 else f"{text[:137].rstrip()}…"
