"""What is typed on the pages of the room: guides, requests, answers, outcomes, filters."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kheo.exemplars.queries.labels import levels_on
from kheo.organisations.models import Level, Organisation
from kheo.replication.actions import GuideTerms
from kheo.rounds.enums import Field
from kheo.rounds.models import Participation
from kheo.ui.fields import FilesField

LONGEST = 10_000
GREATEST_KEY = 2**62
TEXTS = (
    ("problem", gettext_lazy("Problem it solves"), 3),
    ("steps", gettext_lazy("Steps, one after the other"), 6),
    ("conditions", gettext_lazy("Conditions it needs"), 3),
    ("cost", gettext_lazy("Cost and resources"), 3),
    ("people", gettext_lazy("Who carries it out"), 3),
    ("pitfalls", gettext_lazy("What to watch for"), 3),
)


class VersionForm(forms.Form):
    """The version that the page showed."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=GREATEST_KEY, required=False
    )


class GuideForm(VersionForm):
    """How a model is done."""

    contact = forms.CharField(
        label=gettext_lazy("Contact for experience"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Office and official telephone; no private numbers."),
    )
    attachments = FilesField(label=gettext_lazy("Files"), required=False, max_length=255)
    field_order = (*(name for name, _label, _rows in TEXTS), "contact", "attachments")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, rows in TEXTS:
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": rows}),
            )
        self.order_fields(self.field_order)

    @property
    def terms(self) -> GuideTerms:
        """Return what was typed."""
        names = [name for name, _label, _rows in TEXTS]
        return GuideTerms(**{name: self.cleaned_data[name].strip() for name in [*names, "contact"]})


class AskForm(forms.Form):
    """What a unit says when it asks to replicate a model."""

    adaptation = forms.CharField(
        label=gettext_lazy("What your unit would do differently"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    intended_level = forms.ModelChoiceField(
        label=gettext_lazy("Level of replication"),
        queryset=Level.objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = levels_on(day)
        choice: Any = self.fields["intended_level"]
        choice.queryset = Level.objects.filter(pk__in=[one.pk for one in levels])
        choice.empty_label = _("not decided yet")


class WordsForm(VersionForm):
    """An answer, an outcome or a reason."""

    text = forms.CharField(
        label=pgettext_lazy("replication", "Words"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(WordsForm):
    """An answer to a request, with the unit that helps."""

    mentor = forms.CharField(
        label=gettext_lazy("Code of the mentor unit"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Empty: the unit of the model itself."),
    )

    def clean_mentor(self) -> Organisation | None:
        """Return the unit of the code."""
        code = self.cleaned_data["mentor"].strip()
        if not code:
            return None
        found = Organisation.objects.filter(code__iexact=code, dissolved_on=None).first()
        if found is None:
            raise forms.ValidationError(_("There is no organisation with this code."))
        return found


class BeginForm(VersionForm):
    """In which round the replica is registered."""

    part = forms.TypedChoiceField(label=gettext_lazy("Register it in the round"), coerce=int)

    def __init__(self, *args: Any, parts: Iterable[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["part"]
        choice.choices = [(part.pk, part.round.title) for part in parts]


class ModelFilterForm(forms.Form):
    """What the recognised models are narrowed to."""

    q = forms.CharField(label=gettext_lazy("Name or unit"), required=False, max_length=200)
    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["field"]
        choice.choices = [("", _("all")), *Field.choices]
