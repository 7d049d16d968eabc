"""What is typed of a set: its terms, its criteria line by line, its grades."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.criteria.actions import CriterionLine, GradeLine, SetTerms
from kheo.criteria.enums import CriterionKind, SetState, Side, Subject
from kheo.criteria.models import CriteriaSet, Criterion
from kheo.directives.models import Document
from kheo.ui.forms import DayField, PointsField

MOST_GRADES = 10
MOST_DOCUMENTS = 300


class SetForm(forms.Form):
    """The terms of a set."""

    name = forms.CharField(label=gettext_lazy("Name of the set"), max_length=300)
    subject = forms.ChoiceField(
        label=gettext_lazy("Judges"), choices=Subject.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=gettext_lazy("Unit title"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Of a set for unit titles, e.g. Cơ quan “Dân vận khéo”."),
    )
    document = forms.ModelChoiceField(
        label=gettext_lazy("Document that issues it"),
        queryset=Document.objects.none(),
        required=False,
    )
    period_text = forms.CharField(
        label=gettext_lazy("When it is scored"), max_length=300, required=False
    )
    valid_from = DayField(label=gettext_lazy("Valid from"), required=False)
    valid_to = DayField(label=gettext_lazy("Valid to"), required=False)
    total = PointsField(label=gettext_lazy("Total points"), initial=100)
    bonus_cap = PointsField(
        label=gettext_lazy("Bonus points at most"),
        required=False,
        help_text=gettext_lazy("Empty: every bonus point counts."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, documents: QuerySet[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["document"]
        newest = documents.order_by("-issued_on", "-pk").values_list("pk", flat=True)
        kept = [self.initial["document"]] if self.initial.get("document") else []
        keys = [*newest[:MOST_DOCUMENTS], *kept]
        chosen.queryset = Document.objects.filter(pk__in=keys)
        chosen.empty_label = _("no document")

    def terms(self) -> SetTerms:
        """Return what was typed."""
        names = [name for name in self.fields if name != "version"]
        return SetTerms(**{name: self.cleaned_data[name] for name in names})


def initial_terms(criteria_set: CriteriaSet) -> dict[str, object]:
    """Return what the form shows of a set."""
    names = ("name", "subject", "title", "period_text", "valid_from", "valid_to", "total")
    values: dict[str, object] = {name: getattr(criteria_set, name) for name in names}
    return values | {
        "bonus_cap": criteria_set.bonus_cap,
        "document": criteria_set.document_id,
        "version": criteria_set.version,
    }


class CriterionForm(forms.Form):
    """One line of the tree; a heading needs only number and text."""

    number = forms.CharField(label=gettext_lazy("Number"), max_length=20, required=False)
    text = forms.CharField(
        label=gettext_lazy("Criterion"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=CriterionKind.choices, required=False
    )
    points = PointsField(label=gettext_lazy("Points"), required=False)
    scored_by = forms.MultipleChoiceField(
        label=gettext_lazy("Scored by"),
        choices=Side.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    evidence_needed = forms.CharField(
        label=gettext_lazy("Evidence needed"), max_length=500, required=False
    )

    def line(self, criterion: Criterion) -> CriterionLine:
        """Return what was typed; what the page does not show of a heading stays."""
        data = self.cleaned_data
        return CriterionLine(
            pk=criterion.pk,
            number=data["number"],
            text=data["text"],
            kind=data["kind"] or criterion.kind,
            points=criterion.points if data["points"] is None else data["points"],
            scored_by=data["scored_by"] if data["kind"] else criterion.scored_by,
            evidence_needed=data["evidence_needed"],
        )


def criterion_forms(
    criteria: Iterable[Criterion], data: QueryDict | None
) -> dict[int, CriterionForm]:
    """Return a form for each criterion, by its key, as typed or as it stands."""
    return {
        one.pk: CriterionForm(
            data,
            prefix=f"c{one.pk}",
            use_required_attribute=False,
            initial={
                "number": one.number,
                "text": one.text,
                "kind": one.kind,
                "points": one.points or "",
                "scored_by": one.scored_by,
                "evidence_needed": one.evidence_needed,
            },
        )
        for one in criteria
    }


class GradeForm(forms.Form):
    """One grade; a line without a name is no grade."""

    name = forms.CharField(label=gettext_lazy("Grade"), max_length=100, required=False)
    minimum = PointsField(label=gettext_lazy("From points"), required=False)
    may_be_recognised = forms.BooleanField(label=gettext_lazy("May be recognised"), required=False)

    def clean(self) -> None:
        """Ask where a named grade begins."""
        if self.cleaned_data.get("name") and self.cleaned_data.get("minimum") is None:
            self.add_error("minimum", _("Say from how many points the grade is given."))


def grade_forms(criteria_set: CriteriaSet, data: QueryDict | None) -> list[GradeForm]:
    """Return a form for each grade and some empty ones."""
    grades = list(criteria_set.grades.all())
    lines: list[dict[str, object]] = [
        {
            "name": grade.name,
            "minimum": grade.minimum,
            "may_be_recognised": grade.may_be_recognised,
        }
        for grade in grades
    ]
    lines += [{"may_be_recognised": True}] * max(min(3, MOST_GRADES - len(lines)), 0)
    shown = range(MOST_GRADES) if data is not None else range(len(lines))
    return [
        GradeForm(
            data,
            prefix=f"g{place}",
            initial=lines[place] if place < len(lines) else {},
            use_required_attribute=False,
        )
        for place in shown
    ]


def typed_grades(found: Iterable[GradeForm]) -> list[GradeLine]:
    """Return the grades that have a name."""
    return [
        GradeLine(
            name=form.cleaned_data["name"],
            minimum=form.cleaned_data["minimum"],
            may_be_recognised=form.cleaned_data["may_be_recognised"],
        )
        for form in found
        if form.cleaned_data["name"]
    ]


class SetFilterForm(forms.Form):
    """What the list of sets is narrowed to."""

    subject = forms.ChoiceField(label=gettext_lazy("Judges"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subject: Any = self.fields["subject"]
        subject.choices = [("", _("all")), *Subject.choices]
        state: Any = self.fields["state"]
        state.choices = [("", _("all states")), *SetState.choices]
