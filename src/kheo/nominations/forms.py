"""What is typed on the pages of nominations: filters, reasons, answers, the proposal's words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kheo.nominations.actions import ProposalTerms, Reply
from kheo.nominations.enums import Answer
from kheo.nominations.queries.candidates import CandidateFilter
from kheo.nominations.queries.page import RankedLine
from kheo.ui.fields import DayField

LONGEST_REASON = 2_000
GREATEST_KEY = 2**62
STANDINGS = [
    ("", gettext_lazy("all")),
    ("open", pgettext_lazy("nomination", "not decided yet")),
    ("stopped", gettext_lazy("stops here")),
]


class VersionForm(forms.Form):
    """The version of the list that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=GREATEST_KEY)


class CandidateFilterForm(forms.Form):
    """What the candidates are narrowed to."""

    q = forms.CharField(label=gettext_lazy("Name or unit"), required=False, max_length=200)
    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)
    level = forms.TypedChoiceField(
        label=gettext_lazy("Level"), required=False, coerce=int, empty_value=None
    )
    standing = forms.ChoiceField(label=gettext_lazy("Decision"), required=False, choices=STANDINGS)

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        fields: Sequence[tuple[str, str]],
        levels: Sequence[tuple[int, str]],
    ) -> None:
        super().__init__(data)
        choices: dict[str, Sequence[tuple[Any, Any]]] = {"field": fields, "level": levels}
        for name, rows in choices.items():
            self.fields[name].choices = [("", _("all")), *rows]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> CandidateFilter:
        """Return what was chosen; what is not among the choices is left out."""
        self.is_valid()
        return CandidateFilter(
            **{name: value for name, value in self.cleaned_data.items() if value}
        )


class ReasonForm(VersionForm):
    """Why models stop, or why a list goes back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=LONGEST_REASON,
    )


class AnswerForm(VersionForm):
    """An answer and a reason for each model that waits."""

    use_required_attribute = False

    def __init__(
        self, data: Mapping[str, Any] | None, *, lines: Sequence[RankedLine], version: int
    ) -> None:
        super().__init__(data, initial={"version": version})
        self.lines = lines
        choices = [
            (Answer.WAITING.value, _("later")),
            (Answer.ACCEPTED.value, _("take it")),
            (Answer.RETURNED.value, _("send it back")),
            (Answer.KEPT.value, _("keep it at the lower level")),
        ]
        for line in lines:
            key = line.nomination.pk
            name = str(line.registration)
            self.fields[f"answer-{key}"] = forms.ChoiceField(
                label=_("Answer on “%s”") % name,
                choices=choices,
                widget=forms.RadioSelect,
                initial=Answer.WAITING.value,
                required=False,
            )
            self.fields[f"reason-{key}"] = forms.CharField(
                label=_("Reason"),
                required=False,
                max_length=LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def rows(self) -> list[tuple[RankedLine, BoundField, BoundField]]:
        """Return each model with its two boxes."""
        return [
            (line, self[f"answer-{line.nomination.pk}"], self[f"reason-{line.nomination.pk}"])
            for line in self.lines
        ]

    @property
    def replies(self) -> dict[int, Reply]:
        """Return what was answered, by the key of the nomination."""
        found = {}
        for line in self.lines:
            key = line.nomination.pk
            answer = Answer(self.cleaned_data[f"answer-{key}"] or Answer.WAITING)
            found[key] = Reply(answer, self.cleaned_data[f"reason-{key}"])
        return found


class ProposalForm(VersionForm):
    """What the proposal says beside the list."""

    number = forms.IntegerField(
        label=gettext_lazy("Number"),
        required=False,
        min_value=1,
        max_value=99_999,
        help_text=gettext_lazy("Empty: the number is left blank on the paper."),
    )
    issued_on = DayField(
        label=gettext_lazy("Date of issue"),
        required=False,
        help_text=gettext_lazy("Empty: the day is left blank on the paper."),
    )
    addressee = forms.CharField(label=gettext_lazy("Addressed to"), required=False, max_length=300)
    grounds = forms.CharField(
        label=gettext_lazy("Grounds and reasons"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("One paragraph a line; they stand before what is proposed."),
    )
    recipients = forms.CharField(
        label=gettext_lazy("Recipients, one a line"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    position = forms.CharField(
        label=gettext_lazy("Position of the signatory"), required=False, max_length=200
    )
    signatory = forms.CharField(label=gettext_lazy("Signatory"), required=False, max_length=200)

    @property
    def terms(self) -> ProposalTerms:
        """Return what was typed."""
        names = (name for name in self.cleaned_data if name != "version")
        return ProposalTerms(**{name: self.cleaned_data[name] for name in names})
