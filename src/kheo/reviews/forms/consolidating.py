"""What is typed where reports below become one: filters, the own text."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from kheo.reviews.queries.consolidating import EMPTY, FILLED, LATE, MISSING, BelowFilter

STANDINGS = [
    ("", pgettext_lazy("reports", "all")),
    (FILLED, gettext_lazy("with text under this heading")),
    (EMPTY, gettext_lazy("without text under this heading")),
    (MISSING, gettext_lazy("not handed in yet")),
    (LATE, pgettext_lazy("reports", "late")),
]


class BelowFilterForm(forms.Form):
    """To which reports the page is narrowed."""

    search = forms.CharField(label=gettext_lazy("Search"), max_length=100, required=False)
    standing = forms.ChoiceField(
        label=gettext_lazy("Which reports"), choices=STANDINGS, required=False
    )
    unit = forms.TypedChoiceField(
        label=gettext_lazy("Unit"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: object, units: Sequence[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        every = ("", pgettext_lazy("units", "all"))
        self.fields["unit"].choices = [every, *units]  # type: ignore[attr-defined]

    def chosen(self) -> BelowFilter:
        """Return the filter; what cannot be is no filter."""
        return BelowFilter(**self.cleaned_data) if self.is_valid() else BelowFilter()


class OwnTextForm(forms.Form):
    """The own text under a heading, and which version of it the page showed."""

    body = forms.CharField(
        label=gettext_lazy("Own text under this heading"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
