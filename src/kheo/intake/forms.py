"""What is typed on the pages of an import."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.exemplars.enums import Continuity, Nature
from kheo.intake.enums import Decision
from kheo.intake.queries.items import EXTRA
from kheo.intake.queries.judging import LIMITS
from kheo.intake.queries.pages import Words
from kheo.intake.queries.words import item_words
from kheo.rounds.enums import Form
from kheo.rounds.models import Participation
from kheo.ui.fields import FilesField, LinesInput

GREATEST_KEY = 2**62
FIRST = ("name", "form", "field", "level")
TEXTS = ("full_name", "position", "workplace", "address", "scope", "starts", "ends")
LONG = ("content", "expected_results")
# what a column may be taken for, in the order of the forms
COLUMN_CHOICES = (
    "ordinal",
    "unit",
    "form",
    "collective",
    "individual",
    "full_name",
    "position",
    "workplace",
    "address",
    "name",
    "numbered_name",
    "field",
    "level",
    "content",
    "summary",
    "starts",
    "ends",
    "period",
    "kept",
    "new",
    "replicated",
    "scope",
    "expected_results",
    "nature",
    "continuity",
    *EXTRA,
    "note",
)


class FilesForm(forms.Form):
    """The files to be handed in."""

    chosen = FilesField(
        label=_("Word, Excel, OpenDocument or PDF files, or a zip of them"), max_length=1000
    )


class UnitForm(forms.Form):
    """Whose a form is."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=GREATEST_KEY)

    def __init__(self, *args: Any, parts: Sequence[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[Any, Any]] = [(part.pk, part.unit_name) for part in parts]
        if len(choices) != 1:
            choices.insert(0, ("", _("– choose –")))
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]


class ColumnsForm(forms.Form):
    """What each column of a form is taken for."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=GREATEST_KEY)

    def __init__(self, *args: Any, columns: Sequence[Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        known = [(key, item_words(key)) for key in COLUMN_CHOICES]
        for number, column in enumerate(columns):
            key = column["key"] or ""
            strange = [] if not key or key in COLUMN_CHOICES else [(key, item_words(key))]
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=" ".join(str(column["title"]).split()) or _("(no heading)"),
                choices=[("", _("– not taken –")), *known, *strange],
                initial=key,
                required=False,
            )

    @property
    def keys(self) -> dict[tuple[str, int, int], str | None]:
        """Return the item of each column by its place."""
        return {
            (str(column["part"]), int(column["table"]), int(column["column"])): (
                self.cleaned_data[f"column-{number}"] or None
            )
            for number, column in enumerate(self.columns)
        }


class RowForm(forms.Form):
    """One row: all its items, whether it is taken, and what it is to what is known."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=GREATEST_KEY)

    def __init__(
        self,
        *args: Any,
        items: Mapping[str, str],
        words: Words,
        links: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        levels = [(code, str(level)) for code, level in words.levels.items()]
        empty = ("", _("– choose –"))
        choices: dict[str, Sequence[tuple[Any, Any]]] = {
            "form": Form.choices,
            "field": [empty, *words.fields.items()],
            "level": [empty, *levels],
            "nature": Nature.choices,
            "continuity": Continuity.choices,
        }
        extra = [
            key for key in items if key not in {*FIRST, *TEXTS, *LONG, *choices, "intended_level"}
        ]
        for key in (*FIRST, *TEXTS, *LONG, *extra, "nature", "continuity"):
            self.fields[key] = _field(key, items, choices)
        if items.get("intended_level"):
            self.fields["intended_level"] = _field(
                "intended_level", items, {"intended_level": [empty, *levels]}
            )
        self.fields["link"] = forms.ChoiceField(label=_("This row is"), choices=links)
        self.fields["find"] = forms.CharField(
            label=_("Find the model it replicates"),
            required=False,
            max_length=200,
            help_text=_("Words of its name or unit; what is found can be chosen above."),
        )
        self.fields["decision"] = forms.ChoiceField(
            label=_("Decision"), choices=Decision.choices, widget=forms.RadioSelect
        )

    @property
    def values(self) -> dict[str, str]:
        """Return what was typed, by item."""
        apart = {"version", "link", "find", "decision"}
        return {key: text for key, text in self.cleaned_data.items() if key not in apart}


def _field(
    key: str, items: Mapping[str, str], choices: Mapping[str, Sequence[tuple[Any, Any]]]
) -> forms.Field:
    initial = items.get(key, "")
    label = item_words(key)
    if key in choices:
        given = list(choices[key])
        if initial and initial not in {str(value) for value, _words in given}:
            # what stands there is no choice: the first one must not be taken silently
            initial = ""
        if key in {"nature", "continuity"}:
            initial = initial or str(given[0][0])
        return forms.ChoiceField(label=label, choices=given, required=False, initial=initial)
    limit = LIMITS.get(key, 5_000)
    widget = LinesInput() if key in LONG or limit > 500 else forms.TextInput()
    return forms.CharField(
        label=label, required=False, max_length=limit, widget=widget, initial=initial
    )
