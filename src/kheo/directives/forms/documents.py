"""What is typed of a document."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.directives.actions import DocumentFacts
from kheo.directives.enums import DocumentKind
from kheo.directives.models import Document
from kheo.directives.rules import can_take_in
from kheo.lib.text.documents import SymbolError, parse_symbol
from kheo.organisations.models import Organisation
from kheo.ui.forms import DayField


class DocumentForm(forms.Form):
    """A document, as its head and its signature show it."""

    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=DocumentKind)
    symbol = forms.CharField(
        label=gettext_lazy("Number and symbol"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Like 31-KH/TU or 30/QĐ-UBND; leave empty while it has no number."),
    )
    issued_on = DayField(label=gettext_lazy("Date of issue"), required=False)
    issuer_name = forms.CharField(
        label=gettext_lazy("Issuer"),
        max_length=300,
        help_text=gettext_lazy("As it stands on the paper, like Ban Thường vụ Huyện ủy."),
    )
    issuer = forms.ModelChoiceField(
        label=gettext_lazy("Issuer among our organisations"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=gettext_lazy("another"),
    )
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("As papers cite it, like “về nâng cao hiệu quả phong trào …”."),
    )
    place = forms.CharField(label=gettext_lazy("Place of issue"), max_length=120, required=False)
    signatory = forms.CharField(label=gettext_lazy("Signatory"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issuers = Organisation.objects.filter(pk__in=organisation.ancestor_ids).order_by("path")
        self.fields["issuer"].queryset = issuers  # type: ignore[attr-defined]

    def clean_symbol(self) -> str:
        """Read the symbol as it is kept."""
        text = str(self.cleaned_data["symbol"])
        if not text.strip():
            return ""
        try:
            return str(parse_symbol(text))
        except SymbolError:
            raise ValidationError(
                _("This is not a number and symbol; write it like 31-KH/TU or 30/QĐ-UBND.")
            ) from None

    def clean(self) -> None:
        """Refuse secret papers, and a symbol that contradicts the type."""
        texts = (self.data.get(self.add_prefix(name), "") for name in ("subject", "symbol"))
        if not (verdict := can_take_in(*texts)):
            raise ValidationError(str(verdict.reason))
        symbol, kind = self.cleaned_data.get("symbol"), self.cleaned_data.get("kind")
        told = parse_symbol(symbol).kind if symbol else kind
        if told in DocumentKind.values and told != kind:
            self.add_error(
                "kind", _("The symbol says “%s”; choose that type.") % DocumentKind(told).label
            )

    def facts(self) -> DocumentFacts:
        """Return what was typed."""
        data = self.cleaned_data
        names = ("kind", "symbol", "issued_on", "issuer_name", "issuer", "subject", "place")
        return DocumentFacts(**{name: data[name] for name in (*names, "signatory")})


def initial_of(document: Document) -> dict[str, object]:
    """Return what the form shows of a document."""
    names = ("kind", "symbol", "issued_on", "issuer_name", "issuer", "subject", "place")
    return {name: getattr(document, name) for name in (*names, "signatory", "version")}


class DocumentFilterForm(forms.Form):
    """What the list of documents can be narrowed to."""

    search = forms.CharField(label=gettext_lazy("Search"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Type"),
        choices=[("", gettext_lazy("all types")), *DocumentKind.choices],
        required=False,
    )
