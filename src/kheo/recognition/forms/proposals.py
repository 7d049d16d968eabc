"""What is typed of a proposal and of those it names."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.organisations.models import Organisation
from kheo.organisations.rules import Verdict
from kheo.recognition.actions import ProposalTerms
from kheo.recognition.models import HonourForm, HonourProposal
from kheo.recognition.rules.transitions import may_give
from kheo.ui.fields import DayField

# a longer achievement does not fit on one sheet beside the signature
LONGEST_ACHIEVEMENT = 700


class UnitInput(forms.TextInput):
    """A box that proposes units while one types; it works with the bare code as well."""

    def __init__(self) -> None:
        super().__init__(
            attrs={
                "list": "unit-options",
                "autocomplete": "off",
                "hx-get": reverse_lazy("organisations:options"),
                "hx-trigger": "input changed delay:250ms",
                "hx-target": "#unit-options",
                "hx-swap": "innerHTML",
            }
        )


class ProposalForm(forms.Form):
    """What a proposal asks, and of whom."""

    issuer = forms.ModelChoiceField(
        label=gettext_lazy("Body that decides"), queryset=Organisation.objects.none()
    )
    honour_form = forms.ModelChoiceField(
        label=gettext_lazy("Form of honour"),
        queryset=HonourForm.objects.none(),
        help_text=gettext_lazy("Party and state are apart; who gives which form is checked."),
    )
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1990, max_value=2100)
    title = forms.CharField(
        label=gettext_lazy("What is proposed"),
        max_length=300,
        help_text=gettext_lazy(
            "As it stands under “Tờ trình” and “Quyết định”: “tặng Giấy khen cho …”."
        ),
    )
    symbol = forms.CharField(
        label=gettext_lazy("Number and symbol"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Leave it empty to write it by hand later."),
    )
    dated_on = DayField(label=gettext_lazy("Date of the paper"), required=False)
    signatory_position = forms.CharField(
        label=gettext_lazy("Position of the signatory"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Left empty, the head of the body signs."),
    )
    signatory = forms.CharField(label=gettext_lazy("Signatory"), max_length=200, required=False)
    valid_until = DayField(
        label=gettext_lazy("Valid until"),
        required=False,
        help_text=gettext_lazy("Empty means without end."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, issuers: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [one.pk for one in issuers]
        issuer: Any = self.fields["issuer"]
        rows = Organisation.objects.filter(pk__in=keys).select_related("kind", "level")
        issuer.queryset = rows.order_by("-path")
        form: Any = self.fields["honour_form"]
        form.queryset = HonourForm.objects.filter(is_active=True)
        form.label_from_instance = _form_label

    def clean(self) -> None:
        """Refuse a form that the body does not give, beside its field."""
        issuer, form = self.cleaned_data.get("issuer"), self.cleaned_data.get("honour_form")
        if issuer is not None and form is not None:
            verdict: Verdict = may_give(form, issuer)
            if not verdict:
                self.add_error("honour_form", str(verdict.reason))

    def terms(self) -> ProposalTerms:
        """Return what was typed."""
        data = self.cleaned_data
        return ProposalTerms(
            issuer=data["issuer"],
            form=data["honour_form"],
            year=data["year"],
            title=data["title"],
            symbol=data["symbol"],
            dated_on=data["dated_on"],
            signatory_position=data["signatory_position"],
            signatory=data["signatory"],
            valid_until=data["valid_until"],
        )


class CandidateForm(forms.Form):
    """How a candidate stands on the certificate."""

    name = forms.CharField(label=gettext_lazy("Name as on the certificate"), max_length=300)
    achievement = forms.CharField(
        label=gettext_lazy("Achievement"),
        max_length=LONGEST_ACHIEVEMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HandForm(CandidateForm):
    """A person or a unit typed by hand."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Who is honoured"),
        choices=[("person", gettext_lazy("a person")), ("unit", gettext_lazy("a unit"))],
    )
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        widget=UnitInput,
        help_text=gettext_lazy("Type a part of the name, or the code."),
    )
    position = forms.CharField(label=gettext_lazy("Position"), max_length=200, required=False)
    field_order = ["kind", "name", "unit", "position", "achievement"]

    def __init__(self, *args: Any, units: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        self.fields["name"].required = False

    def clean_unit(self) -> Organisation:
        """Return the unit meant: by its code or its exact name."""
        text = self.cleaned_data["unit"]
        code = text.partition(" – ")[0].strip()
        found = list(self.units.filter(code=code)[:1]) or list(self.units.filter(name=text)[:2])
        if len(found) == 1:
            unit: Organisation = found[0]
            return unit
        if found:
            raise forms.ValidationError(_("Several units have this name; give the code."))
        raise forms.ValidationError(_("No unit in your reach has this code or name."))


class ReasonForm(forms.Form):
    """Why a proposal is declined."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def initial_proposal(proposal: HonourProposal) -> dict[str, Any]:
    """Return what the form shows of a proposal."""
    names = (
        "issuer",
        "year",
        "title",
        "symbol",
        "dated_on",
        "signatory_position",
        "signatory",
        "valid_until",
        "version",
    )
    return {name: getattr(proposal, name) for name in names} | {"honour_form": proposal.form}


def _form_label(form: HonourForm) -> str:
    return f"{form.name} – {form.get_act_display()} {form.get_track_display()}"
