"""What is typed of reports: who is asked, under a heading, remarks, days, reasons, filters."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.organisations.models import Kind, Level, Organisation
from kheo.reviews.enums import HeadingPurpose, ReportState
from kheo.reviews.models import OutlineHeading, Review
from kheo.reviews.queries.asking import AskTerms
from kheo.reviews.queries.guessing import (
    GuessedGroup,
    bodies_called,
    kinds_and_levels_below,
)
from kheo.rounds.enums import Field
from kheo.ui.forms import DayField

MOST_LISTED = 500
LATE, OWING = "late", "owing"
_SEPARATOR = re.compile(r"[\n;]+")


class AskForm(forms.Form):
    """A group of bodies that report until one day; a group without a day is left out."""

    due_on = DayField(label=gettext_lazy("Report due by"), required=False)
    kinds = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Kinds of organisation"),
        queryset=Kind.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    levels = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Levels"),
        queryset=Level.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    straight = forms.BooleanField(label=gettext_lazy("Only those directly below"), required=False)
    listed = forms.CharField(
        label=gettext_lazy("Single units besides"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One unit a line: its name or its code."),
    )

    def __init__(
        self, *args: Any, owner: Organisation, day: date, offered: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owner, self.day = owner, day
        self.fields["kinds"].queryset, self.fields["levels"].queryset = offered  # type: ignore[attr-defined]

    def clean_listed(self) -> tuple[Organisation, ...]:
        """Find each unit below the body that asks, saying which lines name none."""
        lines = [line.strip() for line in _SEPARATOR.split(self.cleaned_data["listed"])]
        wanted = list(dict.fromkeys(line for line in lines if line))
        if len(wanted) > MOST_LISTED:
            raise ValidationError(_("At most 500 units can be listed; describe them by kind."))
        found = bodies_called(self.owner, wanted, self.day)
        if errors := [_describe(line, units) for line, units in found.items() if len(units) != 1]:
            raise ValidationError(errors)
        return tuple(units[0] for units in found.values())

    def clean(self) -> None:
        """Ask for a day where somebody is described, and for somebody where there is a day."""
        data = self.cleaned_data
        described = data.get("kinds") or data.get("levels") or data.get("listed")
        if described and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Say until when this group reports."))
        if data.get("due_on") and not described and "listed" not in self.errors:
            message = _("Choose kinds, levels or single units: nobody is described yet.")
            self.add_error("kinds", message)

    def terms(self) -> AskTerms | None:
        """Return what was typed; None where the group is left out."""
        data = self.cleaned_data
        if not data.get("due_on"):
            return None
        return AskTerms(
            due_on=data["due_on"],
            kinds=tuple(data["kinds"]),
            levels=tuple(data["levels"]),
            listed=data["listed"],
            straight=data["straight"],
        )


class OwnDueForm(forms.Form):
    """Until when the organiser's own report is done."""

    own_due_on = DayField(
        label=gettext_lazy("Own consolidated report due by"),
        required=False,
        help_text=gettext_lazy("All others report before that day."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AnswerForm(forms.Form):
    """The text under a heading, and which version of it the page showed."""

    body = forms.CharField(
        label=gettext_lazy("Text under this heading"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 22, "spellcheck": "true"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class HeadingDetailForm(forms.Form):
    """What a heading of the outline says and asks for."""

    title = forms.CharField(
        label=gettext_lazy("Heading of the outline"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    guidance = forms.CharField(
        label=gettext_lazy("Guidance for those who write"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("It stands above the box under this heading."),
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("What it asks for"),
        choices=[("", gettext_lazy("by its words")), *HeadingPurpose.choices],
        required=False,
        help_text=gettext_lazy("Drafts, petitions and lessons start from it."),
    )
    field = forms.ChoiceField(
        label=gettext_lazy("Field"),
        choices=[("", gettext_lazy("no single field")), *Field.choices],
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        """Ask for the field where a heading asks for results in one."""
        data = self.cleaned_data
        if data.get("purpose") == HeadingPurpose.FIELD and not data.get("field"):
            self.add_error("field", _("Say which field the heading asks about."))


class RemarksForm(forms.Form):
    """A remark beside each heading, and one on the whole."""

    whole = forms.CharField(
        label=gettext_lazy("Remark on the whole report"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, headings: Sequence[OutlineHeading], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings = headings
        for heading in headings:
            self.fields[f"heading_{heading.pk}"] = forms.CharField(
                label=str(heading),
                max_length=5000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def remarks(self) -> dict[int | None, str]:
        """Return what was remarked, by heading; None stands for the whole."""
        data = self.cleaned_data
        said: dict[int | None, str] = {None: data["whole"]}
        return said | {row.pk: data[f"heading_{row.pk}"] for row in self.headings}


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ExtendForm(ReasonForm):
    """More time, and why."""

    due_on = DayField(label=gettext_lazy("New deadline"))
    field_order = ("due_on", "reason")


class AnotherForm(forms.Form):
    """One more body, and until when it reports."""

    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        max_length=300,
        help_text=gettext_lazy("Its name or its code."),
    )
    due_on = DayField(label=gettext_lazy("Report due by"))

    def __init__(self, *args: Any, owner: Organisation, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner, self.day = owner, day

    def clean_unit(self) -> Organisation:
        """Find the unit below the body that asks."""
        line = self.cleaned_data["unit"].strip()
        units = bodies_called(self.owner, [line], self.day)[line]
        if len(units) != 1:
            raise ValidationError(_describe(line, units))
        return units[0]


class ReportFilterForm(forms.Form):
    """What the list of reports of a review can be narrowed to."""

    search = forms.CharField(label=gettext_lazy("Search"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[
            ("", gettext_lazy("all states")),
            (OWING, gettext_lazy("not submitted yet")),
            (LATE, gettext_lazy("late")),
            *ReportState.choices,
        ],
        required=False,
    )


class CopyOutlineForm(forms.Form):
    """The review whose outline is taken over."""

    source = forms.ModelChoiceField(label=gettext_lazy("Review"), queryset=Review.objects.none())
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, reviews: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = reviews  # type: ignore[attr-defined]


def ask_forms(data: Any, *, owner: Organisation, day: date, groups: Sequence[GuessedGroup]) -> Any:
    """Return the set of groups as a page shows it, one empty group at the end.

    Kinds and levels are offered as far as they stand below the body that asks.
    """
    kinds, levels = kinds_and_levels_below(owner, day)
    offered = (Kind.objects.filter(pk__in=kinds), Level.objects.filter(pk__in=levels))
    made = forms.formset_factory(AskForm, extra=1, max_num=40)
    initial = [
        {
            "due_on": group.due_on,
            "kinds": group.kinds,
            "levels": group.levels,
            "listed": "\n".join(unit.code for unit in group.listed),
        }
        for group in groups
    ]
    known = {"owner": owner, "day": day, "offered": offered}
    return made(data, prefix="groups", initial=initial, form_kwargs=known)


def asked_in(formset: Any) -> list[AskTerms]:
    """Return the groups that were typed, all of them valid."""
    return [terms for form in formset if (terms := form.terms()) is not None]


def _describe(line: str, units: list[Organisation]) -> str:
    if not units:
        return _("“%s”: no such unit stands below the body that asks.") % line
    return _("“%(line)s” may be any of %(codes)s: write the code.") % {
        "line": line,
        "codes": ", ".join(unit.code for unit in units[:5]),
    }
