"""What is typed of a task: content, paper, time, and its bodies one a line."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.assignments.actions import TaskTerms
from kheo.assignments.enums import BodyRole, Timing
from kheo.assignments.models import Task
from kheo.assignments.queries.naming import Known, Named, bodies_as_written, task_bodies_named
from kheo.directives.models import Document
from kheo.organisations.models import Organisation
from kheo.ui.forms import DayField

MOST_DOCUMENTS = 300
LINES = forms.Textarea(attrs={"rows": 3})


class TaskForm(forms.Form):
    """One task."""

    content = forms.CharField(
        label=gettext_lazy("Content of the task"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
    )
    document = forms.ModelChoiceField(
        label=gettext_lazy("Document"), queryset=Document.objects.none(), required=False
    )
    ordinal = forms.IntegerField(
        label=gettext_lazy("Number in the paper"), min_value=1, max_value=999, required=False
    )
    directing = forms.CharField(
        label=gettext_lazy("Directing bodies"), widget=LINES, required=False, max_length=5_000
    )
    executing = forms.CharField(
        label=gettext_lazy("Bodies that carry it out"),
        widget=LINES,
        max_length=20_000,
        help_text=gettext_lazy(
            "One a line: the name or the code of an organisation, or a group such as “các xã,"
            " thị trấn”, which becomes the units below you."
        ),
    )
    cooperating = forms.CharField(
        label=gettext_lazy("Cooperating bodies"), widget=LINES, required=False, max_length=20_000
    )
    timing = forms.ChoiceField(
        label=gettext_lazy("Time"), choices=Timing.choices, widget=forms.RadioSelect
    )
    starts_on = DayField(label=gettext_lazy("From"), required=False)
    due_on = DayField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Of a yearly task: the last day on which it recurs, if any."),
    )
    due_day = forms.IntegerField(
        label=gettext_lazy("Every year by day"), min_value=1, max_value=31, required=False
    )
    due_month = forms.IntegerField(
        label=gettext_lazy("of month"), min_value=1, max_value=12, required=False
    )
    time_text = forms.CharField(
        label=gettext_lazy("Time as the paper words it"), max_length=300, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        owner: Organisation,
        documents: QuerySet[Document],
        known: Known | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owner, self.known, self.named = owner, known, Named()
        chosen: Any = self.fields["document"]
        newest = documents.order_by("-issued_on", "-pk").values("pk")[:MOST_DOCUMENTS]
        kept = [self.initial["document"]] if self.initial.get("document") else []
        chosen.queryset = Document.objects.filter(
            pk__in=[*newest.values_list("pk", flat=True), *kept]
        )
        chosen.empty_label = _("no document")

    def clean(self) -> None:
        """Find the bodies that the lines name."""
        data = self.cleaned_data
        lines = {role: data.get(role, "").splitlines() for role in BodyRole.values}
        day = timezone.localdate()
        self.named = task_bodies_named(lines, owner=self.owner, day=day, known=self.known)
        for name, units in self.named.doubtful.items():
            role = next(role for role, names in lines.items() if name in " ".join(names))
            words = _("“%(name)s” may be any of %(units)s: write the code.")
            self.add_error(role, words % {"name": name, "units": "; ".join(units[:5])})

    def terms(self) -> TaskTerms:
        """Return what was typed."""
        data = self.cleaned_data
        return TaskTerms(
            content=data["content"],
            timing=data["timing"],
            bodies=self.named.terms,
            ordinal=data["ordinal"],
            starts_on=data["starts_on"],
            due_on=data["due_on"],
            due_month=data["due_month"],
            due_day=data["due_day"],
            exceptions=self.initial.get("exceptions", ()),
            time_text=data["time_text"],
        )


def initial_task(task: Task) -> dict[str, object]:
    """Return what the form shows of a task."""
    names = ("content", "ordinal", "timing", "starts_on", "due_on", "due_month", "due_day")
    values: dict[str, object] = {name: getattr(task, name) for name in names}
    written = bodies_as_written(task)
    values |= {role: "\n".join(written.get(role, [])) for role in BodyRole.values}
    return values | {
        "document": task.document_id,
        "time_text": task.time_text,
        "exceptions": task.exceptions,
        "version": task.version,
    }


class TaskFilterForm(forms.Form):
    """What a list of tasks is narrowed to."""

    q = forms.CharField(label=gettext_lazy("Words of the task"), required=False, max_length=200)
    document = forms.ModelChoiceField(
        label=gettext_lazy("Document"), queryset=Document.objects.none(), required=False
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    late = forms.BooleanField(label=gettext_lazy("late only"), required=False)

    def __init__(
        self, *args: Any, documents: QuerySet[Document], states: list[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["document"]
        chosen.queryset, chosen.empty_label = documents, _("all documents")
        state: Any = self.fields["state"]
        state.choices = [("", _("all states")), *states]
