"""What the checking page asks: a value that fits its field, a reason, a place in the text."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.directives.enums import FindingField
from kheo.directives.forms.duties import (
    AssignmentForm,
    DeadlineForm,
    FigureForm,
    OutlineForm,
    QuotaForm,
)
from kheo.directives.forms.values import (
    DateForm,
    KindForm,
    NumberForm,
    ReferenceForm,
    SignatureForm,
    SymbolForm,
    TextForm,
    ValueForm,
)

VALUE_FORMS: dict[str, type[ValueForm]] = {
    FindingField.KIND: KindForm,
    FindingField.NUMBER: NumberForm,
    FindingField.SYMBOL: SymbolForm,
    FindingField.ISSUED_ON: DateForm,
    FindingField.SIGNATURE: SignatureForm,
    FindingField.REFERENCE: ReferenceForm,
    FindingField.DEADLINE: DeadlineForm,
    FindingField.QUOTA: QuotaForm,
    FindingField.ASSIGNMENT: AssignmentForm,
    FindingField.OUTLINE: OutlineForm,
    FindingField.FIGURE: FigureForm,
}


def value_form(field: str) -> type[ValueForm]:
    """Return the form that fits a field; words where it has none of its own."""
    return VALUE_FORMS.get(field, TextForm)


class ReasonForm(forms.Form):
    """Why a finding does not hold, for whoever looks at it later."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class PlaceForm(forms.Form):
    """What is to be marked: a kind of finding, and words of the text or their place in it."""

    field = forms.ChoiceField(label=gettext_lazy("What it says"), choices=FindingField)
    words = forms.CharField(
        label=gettext_lazy("Words of the document"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Select them in the text, or paste them here."),
    )
    start = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    end = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)

    def __init__(self, *args: Any, text: str = "", **kwargs: Any) -> None:
        self.text = text
        super().__init__(*args, **kwargs)

    def clean(self) -> None:
        """Find the words where no place is given."""
        data = self.cleaned_data
        words = str(data.get("words", "")).split()
        start, end = data.get("start"), data.get("end")
        if start is not None and end is not None and self.text[start:end].split() == words:
            return
        if not words:
            return
        pattern = r"\s+".join(map(re.escape, words))
        found = re.search(pattern, self.text) or re.search(pattern, self.text, re.IGNORECASE)
        if found is None:
            self.add_error(
                "words", _("These words do not stand in the document; copy them exactly as there.")
            )
            return
        data["start"], data["end"] = found.span()
