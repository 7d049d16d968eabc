"""What is typed of reasons, questions and milestones."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from kheo.exemplars.models import Registration
from kheo.ui.forms import DayField

if TYPE_CHECKING:
    Choice = forms.ModelChoiceField[Registration]
else:
    Choice = forms.ModelChoiceField


class ReasonForm(forms.Form):
    """Why something is done to the course of a model."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5_000,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ModelChoice(Choice):
    """A model, with its unit."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name of the model and of its unit."""
        return f"{obj.name} – {obj.unit_name}"


class MergeForm(ReasonForm):
    """Into which model this one was merged, and why."""

    into = ModelChoice(
        label=gettext_lazy("Model that carries it on"), queryset=Registration.objects.none()
    )
    field_order = ("into", "reason")

    def __init__(self, *args: Any, others: QuerySet[Registration], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["into"]
        chosen.queryset = others


class MilestoneForm(forms.Form):
    """One step that a model is to reach by a day."""

    title = forms.CharField(label=gettext_lazy("Milestone"), max_length=300)
    due_on = DayField(label=gettext_lazy("To be reached by"))
