"""Values of the head and the references of a document, as they are typed."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.directives.enums import DocumentKind, Relation
from kheo.lib.text.dates import FIRST_YEAR, LAST_YEAR, DateError, parse_date
from kheo.lib.text.documents import SymbolError, parse_symbol
from kheo.lib.text.folding import normalise

_MONTH = re.compile(r"(?:tháng\s*)?(\d{1,2})\s*[/.-]\s*(\d{4})")


class ValueForm(forms.Form):
    """A value of one field; ``value`` gives it in the shape in which findings keep it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, was: Any = None, **kwargs: Any) -> None:
        self.was = was
        kwargs.setdefault("initial", self.shown(was))
        super().__init__(*args, **kwargs)

    @staticmethod
    def shown(was: Any) -> dict[str, Any]:
        """Return what the boxes show of a value."""
        return {"text": "" if was is None else was}

    @property
    def value(self) -> Any:
        """Return what was typed."""
        return normalise(str(self.cleaned_data["text"]))

    def kept(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was typed over what the value held besides."""
        before: dict[str, Any] = dict(self.was) if isinstance(self.was, dict) else {}
        return before | dict(typed)


class TextForm(ValueForm):
    """Plain words."""

    text = forms.CharField(
        label=gettext_lazy("What holds"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class KindForm(ValueForm):
    """A type of document."""

    text = forms.ChoiceField(label=gettext_lazy("Type"), choices=DocumentKind)

    @property
    def value(self) -> str:
        """Return the code."""
        return str(self.cleaned_data["text"])


class NumberForm(ValueForm):
    """The number of a document; none while it is a draft."""

    text = forms.IntegerField(
        label=gettext_lazy("Number"), min_value=1, max_value=99_999, required=False
    )

    @property
    def value(self) -> int | None:
        """Return the number."""
        number: int | None = self.cleaned_data["text"]
        return number


class SymbolForm(ValueForm):
    """Number and symbol, like 31-KH/TU."""

    text = forms.CharField(label=gettext_lazy("Number and symbol"), max_length=60)

    def clean_text(self) -> str:
        """Read the symbol as it is kept."""
        return read_symbol(str(self.cleaned_data["text"]))


class DateForm(ValueForm):
    """The date of issue; the day may still be blank."""

    text = forms.CharField(
        label=gettext_lazy("Date of issue"),
        max_length=40,
        help_text=gettext_lazy("Like 16/03/2021; 02/2024 while the day is left blank."),
    )

    @staticmethod
    def shown(was: Any) -> dict[str, Any]:
        """Show the date day first."""
        parts = str(was or "").split("-")
        return {"text": "/".join(reversed(parts))}

    def clean_text(self) -> str:
        """Read a day, or a month of a year."""
        text = str(self.cleaned_data["text"]).strip()
        if found := _MONTH.fullmatch(text):
            return str(read_day(f"1/{found[1]}/{found[2]}"))[:7]
        return read_day(text)


class SignatureForm(ValueForm):
    """Who signed, for whom, in what position."""

    authority = forms.CharField(
        label=gettext_lazy("Signed for (T/M, K/T)"), max_length=20, required=False
    )
    body = forms.CharField(label=gettext_lazy("Body"), max_length=300, required=False)
    position = forms.CharField(label=gettext_lazy("Position"), max_length=200, required=False)
    name = forms.CharField(label=gettext_lazy("Full name"), max_length=200)

    @staticmethod
    def shown(was: Any) -> dict[str, Any]:
        """Show each part."""
        return dict(was) if isinstance(was, dict) else {}

    @property
    def value(self) -> dict[str, Any]:
        """Return the parts; none where nothing was typed."""
        names = ("authority", "body", "position", "name")
        return self.kept({name: normalise(self.cleaned_data[name]) or None for name in names})


class ReferenceForm(ValueForm):
    """A document that this one names."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Type"), choices=[("", "–"), *DocumentKind.choices], required=False
    )
    symbol = forms.CharField(label=gettext_lazy("Number and symbol"), max_length=60)
    issued_on = forms.CharField(label=gettext_lazy("Date of issue"), max_length=40, required=False)
    issuer = forms.CharField(label=gettext_lazy("Issuer"), max_length=300, required=False)
    relation = forms.ChoiceField(label=gettext_lazy("Relation"), choices=Relation)

    @staticmethod
    def shown(was: Any) -> dict[str, Any]:
        """Show the date day first."""
        if not isinstance(was, dict):
            return {"relation": Relation.CITES}
        return dict(was) | {
            "issued_on": "/".join(reversed(str(was.get("issued_on") or "").split("-")))
        }

    def clean_symbol(self) -> str:
        """Read the symbol as it is kept."""
        return read_symbol(str(self.cleaned_data["symbol"]))

    def clean_issued_on(self) -> str | None:
        """Read the day, where there is one."""
        text = str(self.cleaned_data["issued_on"]).strip()
        return read_day(text) if text else None

    @property
    def value(self) -> dict[str, Any]:
        """Return the parts."""
        data = self.cleaned_data
        names = ("kind", "symbol", "issued_on", "issuer", "relation")
        return self.kept({name: data[name] or None for name in names})


def read_symbol(text: str) -> str:
    """Return a symbol as it is kept, or say how it is written."""
    try:
        return str(parse_symbol(text))
    except SymbolError:
        raise ValidationError(
            _("This is not a number and symbol; write it like 31-KH/TU or 30/QĐ-UBND.")
        ) from None


def read_day(text: str) -> str:
    """Return a day as 2024-02-27, or say why it is none."""
    try:
        return parse_date(text).isoformat()
    except DateError as error:
        raise ValidationError(why_no_day(error, text)) from None


def why_no_day(error: DateError, text: str) -> str:
    """Say why a text is no day."""
    if error.code == "no_such_day":
        return _("There is no %s in the calendar.") % text
    if error.code == "year_out_of_range":
        return _("The year must lie between %(first)s and %(last)s.") % {
            "first": FIRST_YEAR,
            "last": LAST_YEAR,
        }
    return _("“%s” is not a day; write it like 27/02/2024.") % text
