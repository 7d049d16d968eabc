"""What is typed of a review: what it is, who reports until when, which tables are attached."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kheo.directives.models import Document
from kheo.directives.queries import documents_visible_to
from kheo.organisations.models import Level, Seat
from kheo.reviews.actions import AnnexTerms, DueTerms, ReviewTerms
from kheo.reviews.enums import GUIDING_DOCUMENTS, TABLE_CODES, ReviewKind
from kheo.reviews.models import Review, TableDesign
from kheo.reviews.queries.designs import designs_visible_to
from kheo.ui.forms import DayField

BASICS = ("title", "kind", "document", "period_from", "period_to")
TABLES = [(code, code) for code in TABLE_CODES if code != GUIDING_DOCUMENTS]


class ReviewForm(forms.Form):
    """What a review is."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of review"), choices=ReviewKind)
    document = forms.ModelChoiceField(
        label=gettext_lazy("Governing document"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=gettext_lazy("none yet"),
    )
    period_from = DayField(label=gettext_lazy("Period covered, from"), required=False)
    period_to = DayField(label=gettext_lazy("Period covered, to"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = documents_visible_to(seat)  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Refuse a period that ends before it begins."""
        first, last = (self.cleaned_data.get(name) for name in ("period_from", "period_to"))
        if first and last and last < first:
            self.add_error("period_to", _("The period covered ends before it begins."))


class DueForm(forms.Form):
    """Who reports until when; a line without either is left out."""

    audience = forms.CharField(label=gettext_lazy("Who reports"), max_length=1000, required=False)
    level = forms.ModelChoiceField(
        label=gettext_lazy("Level"),
        queryset=Level.objects.all(),
        required=False,
        empty_label=gettext_lazy("all levels"),
    )
    due_on = DayField(label=gettext_lazy("Report due by"), required=False)

    def clean(self) -> None:
        """Ask for the other half of a line of which one half is typed."""
        audience, due_on = (self.cleaned_data.get(name) for name in ("audience", "due_on"))
        if bool(audience) != bool(due_on) and not self.errors:
            raise ValidationError(_("A due date needs both: who reports, and until when."))


class AnnexForm(forms.Form):
    """A table to attach; a line without a title is left out.

    A composed table is chosen out of those the seat sees, without a seat out of the shipped ones.
    """

    title = forms.CharField(
        label=gettext_lazy("Title of the annex"), max_length=500, required=False
    )
    layout_code = forms.ChoiceField(
        label=gettext_lazy("Form"),
        choices=[
            ("", gettext_lazy("a table of its own")),
            (GUIDING_DOCUMENTS, gettext_lazy("guiding documents by year")),
            *TABLES,
        ],
        required=False,
    )
    design = forms.ModelChoiceField(
        label=gettext_lazy("Composed table"),
        queryset=TableDesign.objects.filter(owner=None),
        required=False,
        empty_label=pgettext_lazy("composed table", "none"),
    )

    def __init__(self, *args: Any, seat: Seat | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if seat is not None:
            self.fields["design"].queryset = designs_visible_to(seat)  # type: ignore[attr-defined]


DueFormSet = forms.formset_factory(DueForm, extra=2, max_num=40)
AnnexFormSet = forms.formset_factory(AnnexForm, extra=1, max_num=40)


class ReviewFilterForm(forms.Form):
    """What the list of reviews can be narrowed to."""

    search = forms.CharField(label=gettext_lazy("Search"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of review"),
        choices=[("", gettext_lazy("all kinds")), *ReviewKind.choices],
        required=False,
    )


def initial_review(review: Review) -> dict[str, Any]:
    """Return what the forms show of a review: its own fields, due dates and annexes."""
    return {
        "basics": {name: getattr(review, name) for name in (*BASICS, "version")},
        "dues": [
            {"audience": due.audience, "level": due.level, "due_on": due.due_on}
            for due in review.dues.all()
        ],
        "annexes": [
            {"title": annex.title, "layout_code": annex.layout_code, "design": annex.design_id}
            for annex in review.annexes.all()
        ],
    }


def terms_typed(form: forms.Form, dues: Any, annexes: Any) -> ReviewTerms:
    """Return what was typed in the three forms, all of them valid."""
    return ReviewTerms(
        **{name: form.cleaned_data[name] for name in BASICS},
        dues=tuple(DueTerms(**row) for row in _filled(dues, "audience")),
        annexes=tuple(AnnexTerms(**row) for row in _filled(annexes, "title")),
    )


def _filled(rows: Any, wanted: str) -> list[dict[str, Any]]:
    return [row.cleaned_data for row in rows if row.cleaned_data.get(wanted)]
