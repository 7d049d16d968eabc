"""What is typed of an audience: whom it describes, its forms, deadline and quotas."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.lib.text.folding import fold
from kheo.organisations.models import Kind, Level, Organisation
from kheo.rounds.actions import AudienceTerms, QuotaTerms
from kheo.rounds.models import Audience, Layout, Round
from kheo.rounds.queries.asked import units_below
from kheo.rounds.queries.visible import layouts_for
from kheo.ui.forms import DayField

HIGHEST = 999
MOST_LISTED = 500
_SEPARATOR = re.compile(r"[\n;]+")


@dataclass(frozen=True)
class QuotaRow:
    """The two boxes for one level, as the page places them."""

    label: str | Promise
    minimum: BoundField
    maximum: BoundField


class AudienceForm(forms.Form):
    """One group of units of a round."""

    name = forms.CharField(label=gettext_lazy("Name of the audience"), max_length=200)
    kinds = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Kinds of organisation"),
        queryset=Kind.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: every kind of the levels below."),
    )
    levels = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Levels"),
        queryset=Level.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: every level of the kinds above."),
    )
    listed = forms.CharField(
        label=gettext_lazy("Single units besides"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One unit a line: its name or its code."),
    )
    layouts = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Forms"),
        queryset=Layout.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = DayField(label=gettext_lazy("Deadline"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round
        standing = Q(valid_to__isnull=True) | Q(valid_to__gt=round.opens_on)
        self.standing = list(Level.objects.filter(standing))
        self.fields["levels"].queryset = Level.objects.filter(standing)  # type: ignore[attr-defined]
        self.fields["layouts"].queryset = layouts_for(round.organiser)  # type: ignore[attr-defined]
        for key in self.quota_keys:
            for side, label in (("min", _("At least")), ("max", _("At most"))):
                self.fields[f"{side}_{key}"] = forms.IntegerField(
                    label=label, min_value=0, max_value=HIGHEST, required=False
                )

    @property
    def quota_keys(self) -> list[str]:
        """Return the keys of the quota boxes: each level, then all together."""
        return [*(level.code for level in self.standing), "all"]

    @property
    def quota_rows(self) -> list[QuotaRow]:
        """Return the quota boxes in rows."""
        labels = [*(level.name for level in self.standing), _("all levels together")]
        return [
            QuotaRow(label, self[f"min_{key}"], self[f"max_{key}"])
            for label, key in zip(labels, self.quota_keys, strict=True)
        ]

    def clean_listed(self) -> tuple[Organisation, ...]:
        """Find each unit by code or name below the organiser, saying which lines name none."""
        lines = [line.strip() for line in _SEPARATOR.split(self.cleaned_data["listed"])]
        wanted = list(dict.fromkeys(line for line in lines if line))
        if len(wanted) > MOST_LISTED:
            raise ValidationError(_("At most 500 units can be listed; describe them by kind."))
        found, errors = [], []
        for line in wanted:
            units = self._units_called(line)
            if len(units) == 1:
                found.append(units[0])
            else:
                errors.append(_describe(line, units))
        if errors:
            raise ValidationError(errors)
        return tuple(found)

    def _units_called(self, line: str) -> list[Organisation]:
        units = units_below(self.round.organiser, self.round.opens_on)
        if by_code := list(units.filter(code=line)):
            return by_code
        near = list(units.filter(search_key__contains=fold(line))[:50])
        return [unit for unit in near if fold(line) in {fold(unit.name), fold(unit.short_name)}]

    def clean(self) -> None:
        """Ask for somebody to describe, and for quotas that can be met."""
        data = self.cleaned_data
        described = data.get("kinds") or data.get("levels") or data.get("listed")
        if not described and "listed" not in self.errors:
            self.add_error(
                "kinds", _("Choose kinds, levels or single units: nobody is described yet.")
            )
        due_on = data.get("due_on")
        if due_on and due_on < self.round.opens_on:
            self.add_error("due_on", _("The deadline lies before the day the round opens."))
        layouts = data.get("layouts")
        if layouts is not None and not any(layout.kind == "form" for layout in layouts):
            self.add_error("layouts", _("Choose at least one form to register on (M1 or M2)."))
        for key in self.quota_keys:
            least, most = data.get(f"min_{key}"), data.get(f"max_{key}")
            if least is not None and most is not None and most < least:
                self.add_error(f"max_{key}", _("“At most” is less than “at least”."))

    def terms(self) -> AudienceTerms:
        """Return what was typed."""
        data = self.cleaned_data
        by_key: list[tuple[Level | None, str]] = [(level, level.code) for level in self.standing]
        return AudienceTerms(
            name=data["name"],
            due_on=data["due_on"],
            kinds=tuple(data["kinds"]),
            levels=tuple(data["levels"]),
            listed=data["listed"],
            layouts=tuple(data["layouts"]),
            quotas=tuple(
                QuotaTerms(level=level, minimum=data[f"min_{key}"], maximum=data[f"max_{key}"])
                for level, key in [*by_key, (None, "all")]
                if data[f"min_{key}"] is not None or data[f"max_{key}"] is not None
            ),
        )


def initial_audience(audience: Audience) -> dict[str, object]:
    """Return what the form shows of an audience."""
    values: dict[str, object] = {
        "name": audience.name,
        "kinds": audience.kinds.all(),
        "levels": audience.levels.all(),
        "listed": "\n".join(unit.code for unit in audience.listed.all()),
        "layouts": audience.layouts.all(),
        "due_on": audience.due_on,
        "version": audience.round.version,
    }
    for line in audience.quotas.select_related("level"):
        key = line.level.code if line.level else "all"
        values |= {f"min_{key}": line.minimum, f"max_{key}": line.maximum}
    return values


def _describe(line: str, units: list[Organisation]) -> str:
    if not units:
        return _("“%s”: there is no such unit below the organiser on the opening day.") % line
    return _("“%(line)s” may be any of %(codes)s: write the code.") % {
        "line": line,
        "codes": ", ".join(unit.code for unit in units[:5]),
    }
