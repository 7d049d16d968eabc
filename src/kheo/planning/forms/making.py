"""What an officer may change of a proposal before the work is made."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.assignments.enums import BodyRole, Timing
from kheo.organisations.models import Organisation
from kheo.planning.queries.review_proposal import HeadingProposal, ReviewProposal
from kheo.planning.queries.round_proposal import RoundProposal
from kheo.planning.queries.task_proposals import TaskProposal
from kheo.reviews.actions import HeadingTerms
from kheo.reviews.enums import ReviewKind
from kheo.reviews.rules.reviews import numbers_of
from kheo.rounds.actions import PeriodTerms
from kheo.rounds.enums import LatePolicy
from kheo.rounds.models import FieldScheme, Period
from kheo.rounds.queries.visible import periods_for, schemes_for
from kheo.ui.forms import DayField

_DASHES = ("-", "–", "•")
_NUMBER = re.compile(r"^\s*(?P<number>[IVX]+|\d+(?:\.\d+){0,3})[.)]\s+(?P<title>\S.*)$")


class RoundWorkForm(forms.Form):
    """A round as proposed, before whom it asks."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    year = forms.IntegerField(
        label=gettext_lazy("Year"), min_value=1999, max_value=2100, localize=False
    )
    theme = forms.CharField(
        label=gettext_lazy("Theme"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    governing = forms.ChoiceField(label=gettext_lazy("Governing document"))
    receiver_name = forms.CharField(
        label=gettext_lazy("Received through"), max_length=200, required=False
    )
    opens_on = DayField(
        label=gettext_lazy("Opens on"),
        help_text=gettext_lazy("Units are asked as they are organised on this day."),
    )
    nomination_cap = forms.IntegerField(
        label=gettext_lazy("Nomination cap"),
        required=False,
        min_value=1,
        max_value=999,
        localize=False,
    )
    late_policy = forms.ChoiceField(
        label=gettext_lazy("Late submissions are"), choices=LatePolicy, widget=forms.RadioSelect
    )
    field_scheme = forms.ModelChoiceField(
        label=gettext_lazy("Scheme of fields"), queryset=FieldScheme.objects.none()
    )
    period = forms.ModelChoiceField(
        label=gettext_lazy("Period"),
        queryset=Period.objects.none(),
        required=False,
        empty_label=gettext_lazy("a new one, entered below"),
    )
    period_name = forms.CharField(
        label=gettext_lazy("Name of the new period"), max_length=60, required=False
    )
    first_year = forms.IntegerField(
        label=gettext_lazy("First year"),
        min_value=1999,
        max_value=2100,
        localize=False,
        required=False,
    )
    last_year = forms.IntegerField(
        label=gettext_lazy("Last year"),
        min_value=1999,
        max_value=2100,
        localize=False,
        required=False,
    )
    usual_due_day = forms.IntegerField(
        label=gettext_lazy("Usual deadline, day"),
        min_value=1,
        max_value=31,
        required=False,
        help_text=gettext_lazy("If units register by the same day every year, like 31/3."),
    )
    usual_due_month = forms.IntegerField(
        label=gettext_lazy("Usual deadline, month"), min_value=1, max_value=12, required=False
    )
    reading_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, organiser: Organisation, proposal: RoundProposal, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = {
            "period": periods_for(organiser),
            "field_scheme": schemes_for(organiser),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        governing = [(choice.key, choice.label) for choice in proposal.governing]
        self.fields["governing"].choices = governing  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Ask for the period, old or new, and for both halves of the usual deadline."""
        data = self.cleaned_data
        asked = ("period_name", "first_year", "last_year")
        if not data.get("period") and not all(data.get(name) for name in asked):
            self.add_error(
                "period", _("Choose a period, or write name and years of a new one below.")
            )
        if (data.get("usual_due_day") is None) != (data.get("usual_due_month") is None):
            self.add_error("usual_due_day", _("The usual deadline needs both day and month."))

    @property
    def new_period(self) -> PeriodTerms | None:
        """Return the period that was typed, when none was chosen."""
        data = self.cleaned_data
        if data["period"]:
            return None
        return PeriodTerms(
            name=data["period_name"], first_year=data["first_year"], last_year=data["last_year"]
        )

    @property
    def usual_due(self) -> tuple[int, int] | None:
        """Return month and day of the deadline that returns every year."""
        month, day = self.cleaned_data["usual_due_month"], self.cleaned_data["usual_due_day"]
        return (month, day) if month and day else None


class UseForm(forms.Form):
    """Whether one part of a proposal is made."""

    use = forms.BooleanField(label=gettext_lazy("make this"), required=False)


class ReviewWorkForm(forms.Form):
    """A review as proposed; the outline is a text whose numbers say how deep a heading stands."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of review"), choices=ReviewKind)
    period_from = DayField(label=gettext_lazy("Period covered, from"), required=False)
    period_to = DayField(label=gettext_lazy("Period covered, to"), required=False)
    outline = forms.CharField(
        label=gettext_lazy("Outline of the report"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=gettext_lazy(
            "One heading a line; its number says where it stands: I., then 1., then 1.1., 1.1.1."
        ),
    )
    reading_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        """Refuse a period that ends before it begins."""
        first, last = (self.cleaned_data.get(name) for name in ("period_from", "period_to"))
        if first and last and last < first:
            self.add_error("period_to", _("The period covered ends before it begins."))

    def clean_outline(self) -> tuple[HeadingTerms, ...]:
        """Read the headings; a line without a number stands as deep as the one before it."""
        return tuple(headings_in(str(self.cleaned_data["outline"])))


class TaskWorkForm(forms.Form):
    """A task as proposed; each body stands on a line of its own."""

    use = forms.BooleanField(label=gettext_lazy("give this task"), required=False)
    content = forms.CharField(
        label=gettext_lazy("Content"), widget=forms.Textarea(attrs={"rows": 4})
    )
    directing = forms.CharField(
        label=gettext_lazy("Directing bodies"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 1}),
    )
    executing = forms.CharField(
        label=gettext_lazy("Bodies that carry it out"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One body or group a line, as papers name them."),
    )
    cooperating = forms.CharField(
        label=gettext_lazy("Cooperating bodies"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    time_text = forms.CharField(
        label=gettext_lazy("Time as the paper words it"), max_length=300, required=False
    )
    timing = forms.ChoiceField(label=gettext_lazy("When it is due"), choices=Timing)
    starts_on = DayField(label=gettext_lazy("From"), required=False)
    due_on = DayField(label=gettext_lazy("Until"), required=False)
    due_day = forms.IntegerField(
        label=gettext_lazy("Every year, day"), min_value=1, max_value=31, required=False
    )
    due_month = forms.IntegerField(
        label=gettext_lazy("Every year, month"), min_value=1, max_value=12, required=False
    )

    def clean(self) -> None:
        """Ask for what the chosen timing needs, if the task is to be given at all."""
        data = self.cleaned_data
        if not data.get("use"):
            return
        if not data.get("executing"):
            self.add_error("executing", _("Name at least one body."))
        if data.get("timing") in {Timing.BY, Timing.BETWEEN} and not data.get("due_on"):
            self.add_error("due_on", _("Say until when."))
        if data.get("timing") == Timing.YEARLY and not (
            data.get("due_day") and data.get("due_month")
        ):
            raise ValidationError(_("A task of every year needs day and month."))

    def bodies(self) -> dict[str, tuple[str, ...]]:
        """Return the names that were typed, by role."""
        return {
            role.value: tuple(
                line.strip() for line in self.cleaned_data[role.value].splitlines() if line.strip()
            )
            for role in BodyRole
        }


def headings_in(text: str) -> Iterable[HeadingTerms]:
    """Read an outline: "I." is a main heading, "1." one below it, "1.1." below that.

    A line with a dash says what is to be written under the heading above it (S0).
    """
    depth = 1
    read: list[HeadingTerms] = []
    for line in text.splitlines():
        title = line.strip()
        if read and title.startswith(_DASHES):
            said = f"{read[-1].guidance}\n- {title.lstrip(''.join(_DASHES)).strip()}".strip()
            read[-1] = replace(read[-1], guidance=said)
            continue
        if found := _NUMBER.match(line):
            number, title = found["number"], found["title"].strip()
            depth = 1 if number[0] in "IVX" else 2 + number.count(".")
        if title:
            read.append(HeadingTerms(title=title, depth=depth))
    return read


def outline_text(headings: Iterable[HeadingProposal]) -> str:
    """Write an outline as its text."""
    rows = list(headings)
    depths: list[int] = []
    for row in rows:
        deepest = depths[-1] + 1 if depths else 1
        depths.append(max(1, min(row.depth, deepest, 4)))
    return "\n".join(
        line
        for number, row in zip(numbers_of(depths), rows, strict=True)
        for line in (f"{number}. {row.title}", *(f"- {one}" for one in row.guidance))
    )


def initial_round(proposal: RoundProposal, version: int) -> dict[str, object]:
    """Return what the form shows of a proposed round."""
    names = ("title", "year", "theme", "receiver_name", "opens_on", "nomination_cap", "period")
    values: dict[str, object] = {name: getattr(proposal, name) for name in names}
    if new := proposal.new_period:
        values |= {
            "period_name": new.name,
            "first_year": new.first_year,
            "last_year": new.last_year,
        }
    month, day = proposal.usual_due or (None, None)
    return values | {
        "field_scheme": proposal.field_scheme,
        "governing": proposal.governing_key,
        "late_policy": LatePolicy.ACCEPT,
        "usual_due_day": day,
        "usual_due_month": month,
        "reading_version": version,
    }


def initial_work_review(proposal: ReviewProposal, version: int) -> dict[str, object]:
    """Return what the form shows of a proposed review."""
    names = ("title", "kind", "period_from", "period_to")
    values: dict[str, object] = {name: getattr(proposal, name) for name in names}
    return values | {"outline": outline_text(proposal.headings), "reading_version": version}


def initial_task(proposal: TaskProposal, *, use: bool) -> dict[str, object]:
    """Return what the form shows of a proposed task."""
    time = proposal.time
    names = ("timing", "starts_on", "due_on", "due_day", "due_month")
    values: dict[str, object] = {name: getattr(time, name) for name in names}
    values |= {role: "\n".join(part) for role, part in proposal.bodies.items()}
    return values | {"use": use, "content": proposal.content, "time_text": proposal.time_text}
