"""What is typed of the relations of a document, of its files and of the annex of documents."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.directives.enums import DocumentKind, Relation
from kheo.directives.rules import Named
from kheo.lib.text.documents import SymbolError, parse_symbol
from kheo.ui.forms import DayField


class PaperFileForm(forms.Form):
    """One file of a document."""

    file = forms.FileField(
        label=gettext_lazy("Word, PDF or text file"), allow_empty_file=True, max_length=1000
    )


class RelationForm(forms.Form):
    """Another document, as this one names it."""

    relation = forms.ChoiceField(label=gettext_lazy("Relation"), choices=Relation)
    symbol = forms.CharField(label=gettext_lazy("Number and symbol"), max_length=60)
    issued_on = DayField(label=gettext_lazy("Date of issue"), required=False)
    issuer = forms.CharField(label=gettext_lazy("Issuer"), max_length=300, required=False)

    def clean_symbol(self) -> str:
        """Read the symbol as it is kept."""
        try:
            return str(parse_symbol(str(self.cleaned_data["symbol"])))
        except SymbolError:
            raise ValidationError(
                _("This is not a number and symbol; write it like 31-KH/TU or 30/QĐ-UBND.")
            ) from None

    def named(self) -> Named:
        """Return what was typed of the other document."""
        data = self.cleaned_data
        kind = parse_symbol(data["symbol"]).kind
        day = data["issued_on"]
        return Named(
            kind=kind if kind in DocumentKind.values else "",
            symbol=data["symbol"],
            issued_on=day.isoformat() if day else "",
            issuer=data["issuer"],
        )


class SummaryForm(forms.Form):
    """Which documents stand in the annex."""

    unit = forms.TypedChoiceField(label=gettext_lazy("Unit"), coerce=int)
    lower = forms.BooleanField(label=gettext_lazy("with the units below"), required=False)
    year_from = forms.IntegerField(
        label=gettext_lazy("From the year"), min_value=1945, max_value=2200
    )
    year_to = forms.IntegerField(label=gettext_lazy("to the year"), min_value=1945, max_value=2200)
    attached_to = forms.CharField(
        label=gettext_lazy("Attached to"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Kèm theo Báo cáo số …"}),
    )

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Refuse a span that ends before it begins, or is longer than the annex makes sense."""
        first, last = (self.cleaned_data.get(name) for name in ("year_from", "year_to"))
        if first and last and not 0 <= last - first <= 50:
            self.add_error(
                "year_to", _("Choose at most 50 years, the last one not before the first.")
            )
