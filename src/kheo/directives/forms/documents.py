"""What is typed of a document."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.directives.actions import DocumentFacts
from kheo.directives.enums import DocumentKind
from kheo.directives.models import Document
from kheo.directives.queries.arrivals import FoundValue
from kheo.directives.rules import can_take_in
from kheo.lib.text.documents import SymbolError, parse_symbol
from kheo.organisations.models import Organisation
from kheo.ui.forms import DayField

FACTS = (
    *("kind", "symbol", "issued_on", "issuer_name", "issuer", "subject", "place", "signatory"),
    *("period_from", "period_to"),
)
RELATIONS = [
    ("", gettext_lazy("all documents")),
    ("any", gettext_lazy("with relations")),
    ("none", gettext_lazy("without relations")),
    ("implements", gettext_lazy("implementing another")),
    ("replaced", gettext_lazy("replaced by another")),
    ("amended", gettext_lazy("amended by another")),
]


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
    period_from = forms.IntegerField(
        label=gettext_lazy("Governs the years from"), min_value=1945, max_value=2200, required=False
    )
    period_to = forms.IntegerField(
        label=gettext_lazy("to the year"), min_value=1945, max_value=2200, required=False
    )
    is_another = forms.BooleanField(
        label=gettext_lazy("It is another document; enter it all the same"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        found: Mapping[str, FoundValue] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_another"]
        for name, value in (found or {}).items():
            self._mark(name, value)
        issuers = Organisation.objects.filter(pk__in=organisation.ancestor_ids).order_by("path")
        self.fields["issuer"].queryset = issuers  # type: ignore[attr-defined]

    def offer_another(self) -> None:
        """Let the person say that it is not what the register has already."""
        self.fields["is_another"] = self.base_fields["is_another"]

    def _mark(self, name: str, value: FoundValue) -> None:
        """Say below a box that its value was read, from which words, and how surely."""
        field = self.fields[name]
        said = _("Read in the document: “%s”.") % value.words if value.words else ""
        unsure = _("Not certain: compare it with the document.") if value.is_unsure else ""
        field.help_text = f"{said} {unsure}".strip()
        field.widget.attrs["class"] = "value-unsure" if value.is_unsure else "value-read"

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
        first, last = (self.cleaned_data.get(name) for name in ("period_from", "period_to"))
        if first and last and first > last:
            self.add_error("period_to", _("The period ends before it begins."))
        symbol, kind = self.cleaned_data.get("symbol"), self.cleaned_data.get("kind")
        told = parse_symbol(symbol).kind if symbol else kind
        if told in DocumentKind.values and told != kind:
            self.add_error(
                "kind", _("The symbol says “%s”; choose that type.") % DocumentKind(told).label
            )

    def facts(self) -> DocumentFacts:
        """Return what was typed."""
        data = self.cleaned_data
        return DocumentFacts(**{name: data[name] for name in FACTS})


def initial_of(document: Document) -> dict[str, object]:
    """Return what the form shows of a document."""
    return {name: getattr(document, name) for name in (*FACTS, "version")}


class DocumentFilterForm(forms.Form):
    """What the list of documents can be narrowed to."""

    search = forms.CharField(label=gettext_lazy("Search"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Type"),
        choices=[("", gettext_lazy("all types")), *DocumentKind.choices],
        required=False,
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year of issue"), min_value=1900, max_value=2200, required=False
    )
    issuer = forms.CharField(label=gettext_lazy("Issuer"), max_length=100, required=False)
    period = forms.RegexField(
        label=gettext_lazy("Period"),
        regex=r"^\s*\d{4}\s*[-–]\s*\d{4}\s*$",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "2021-2025"}),
    )
    relation = forms.ChoiceField(label=gettext_lazy("Relations"), choices=RELATIONS, required=False)

    def clean_period(self) -> str:
        """Return the years as "2021-2025"."""
        return re.sub(r"\s", "", str(self.cleaned_data["period"])).replace("–", "-")
