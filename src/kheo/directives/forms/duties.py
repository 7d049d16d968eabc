"""Values of what a document asks for, as they are typed: time limits, quotas, tasks, outlines."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.directives.forms.values import ValueForm, read_day, why_no_day
from kheo.directives.queries.finding_words import ROLES, WHAT, day_words
from kheo.lib.text.dates import DateError, make_date
from kheo.lib.text.folding import normalise

_DAY_MONTH = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})")
_EXCEPTION = re.compile(r"(?:năm\s*)?(\d{4})\s*[:–-]\s*(.+)")
_PART = re.compile(r"(.+?)\s*[:=–-]\s*(\d+)")
LEVELS = ("", "trung ương", "tỉnh", "huyện", "xã", "cơ sở")


class DeadlineForm(ValueForm):
    """A time limit: its day, whether it returns every year, and in which years it is another."""

    on = forms.CharField(
        label=gettext_lazy("Day"),
        max_length=40,
        help_text=gettext_lazy("Like 27/02/2024; without the year where it returns every year."),
    )
    yearly = forms.BooleanField(label=gettext_lazy("Returns every year"), required=False)
    exceptions = forms.CharField(
        label=gettext_lazy("Other days in single years"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One a line, like 2021: 01/5/2021."),
    )
    task = forms.CharField(label=gettext_lazy("What"), max_length=1000, required=False)
    audience = forms.CharField(label=gettext_lazy("For whom"), max_length=600, required=False)
    role = forms.ChoiceField(label=gettext_lazy("Kind of time limit"), choices=ROLES)

    @staticmethod
    def shown(was: Any) -> dict[str, Any]:
        """Show days day first, exceptions a line each."""
        if not isinstance(was, dict):
            return {"role": "task"}
        lines = (
            f"{other.get('year')}: {day_words(str(other.get('on') or ''))}"
            for other in was.get("except") or []
        )
        day = str(was.get("on") or "")
        shown = {
            "on": day_words(day),
            "yearly": bool(was.get("every")),
            "exceptions": "\n".join(lines),
        }
        return dict(was) | shown

    def clean(self) -> None:
        """Read the days; a day without its year must return every year."""
        data = self.cleaned_data
        text = str(data.get("on", "")).strip()
        if not text:
            return
        try:
            data["day"] = _yearly_day(text) if data.get("yearly") else read_day(text)
        except ValidationError as error:
            self.add_error("on", error)
        try:
            data["others"] = [
                _exception(line) for line in data["exceptions"].splitlines() if line.strip()
            ]
        except ValidationError as error:
            self.add_error("exceptions", error)
        if data.get("others") and not data.get("yearly"):
            self.add_error(
                "exceptions",
                _("Only a time limit that returns every year has other days in single years."),
            )

    @property
    def value(self) -> dict[str, Any]:
        """Return the time limit."""
        data = self.cleaned_data
        return self.kept(
            {
                "on": data["day"],
                "every": "year" if data["yearly"] else None,
                "except": data["others"],
                "task": normalise(data["task"]),
                "audience": normalise(data["audience"]) or None,
                "role": data["role"],
            }
        )


class QuotaForm(ValueForm):
    """How many of what, for whom."""

    min = forms.IntegerField(
        label=gettext_lazy("At least"), min_value=0, max_value=999, required=False
    )
    max = forms.IntegerField(
        label=gettext_lazy("At most"), min_value=0, max_value=999, required=False
    )
    level = forms.ChoiceField(
        label=gettext_lazy("On the level"),
        choices=[(level, level or "–") for level in LEVELS],
        required=False,
    )
    per = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=[("", gettext_lazy("once")), ("year", gettext_lazy("a year"))],
        required=False,
    )
    what = forms.ChoiceField(label=gettext_lazy("What for"), choices=WHAT)
    audience = forms.CharField(label=gettext_lazy("For whom"), max_length=600, required=False)

    @staticmethod
    def shown(was: Any) -> dict[str, Any]:
        """Show each part."""
        return dict(was) if isinstance(was, dict) else {"what": "register"}

    def clean(self) -> None:
        """Ask for a number, and for the lesser one first."""
        least, most = self.cleaned_data.get("min"), self.cleaned_data.get("max")
        if least is None and most is None and not self.errors:
            self.add_error("min", _("Give the least number, the most, or both."))
        if least is not None and most is not None and least > most:
            self.add_error("max", _("The most cannot be less than the least."))

    @property
    def value(self) -> dict[str, Any]:
        """Return the quota."""
        names = ("audience", "level", "per")
        data = self.cleaned_data
        words = {name: normalise(data[name]) or None for name in names}
        return self.kept(words | {"min": data["min"], "max": data["max"], "what": data["what"]})


class AssignmentForm(ValueForm):
    """A task with the bodies that direct, carry out and cooperate."""

    ordinal = forms.IntegerField(
        label=gettext_lazy("Ordinal"), min_value=1, max_value=999, required=False
    )
    content = forms.CharField(
        label=gettext_lazy("Content"), max_length=6000, widget=forms.Textarea(attrs={"rows": 5})
    )
    directing = forms.CharField(label=gettext_lazy("Directs"), required=False)
    executing = forms.CharField(label=gettext_lazy("Carries out"), required=False)
    cooperating = forms.CharField(label=gettext_lazy("Cooperates"), required=False)
    time = forms.CharField(label=gettext_lazy("When"), max_length=300, required=False)

    BODIES: ClassVar = ("directing", "executing", "cooperating")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.BODIES:
            self.fields[name].widget = forms.Textarea(attrs={"rows": 2})
            self.fields[name].help_text = _("One body a line.")

    @staticmethod
    def shown(was: Any) -> dict[str, Any]:
        """Show one body a line."""
        if not isinstance(was, dict):
            return {}
        lists = {name: "\n".join(was.get(name) or []) for name in AssignmentForm.BODIES}
        return dict(was) | lists

    @property
    def value(self) -> dict[str, Any]:
        """Return the task."""
        data = self.cleaned_data
        lists = {
            name: [normalise(line) for line in data[name].splitlines() if line.strip()]
            for name in self.BODIES
        }
        words = {"content": normalise(data["content"]), "time": normalise(data["time"]) or None}
        return self.kept({"ordinal": data["ordinal"]} | words | lists)


class OutlineForm(ValueForm):
    """A heading of the outline of a report."""

    number = forms.CharField(label=gettext_lazy("Number"), max_length=20, required=False)
    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )
    depth = forms.IntegerField(label=gettext_lazy("Depth"), min_value=1, max_value=6)

    @staticmethod
    def shown(was: Any) -> dict[str, Any]:
        """Show each part."""
        return dict(was) if isinstance(was, dict) else {"depth": 1}

    @property
    def value(self) -> dict[str, Any]:
        """Return the heading."""
        data = self.cleaned_data
        words = {name: normalise(data[name]) for name in ("number", "title")}
        return self.kept(words | {"depth": data["depth"]})


class FigureForm(ValueForm):
    """A total and its parts."""

    total = forms.IntegerField(label=gettext_lazy("Total"), min_value=0)
    parts = forms.CharField(
        label=gettext_lazy("Of these"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One part a line, like kinh tế: 53."),
    )

    @staticmethod
    def shown(was: Any) -> dict[str, Any]:
        """Show a part a line."""
        parts = was.get("parts") if isinstance(was, dict) else None
        pairs = parts.items() if isinstance(parts, dict) else ()
        total = was.get("total") if isinstance(was, dict) else None
        return {"total": total, "parts": "\n".join(f"{name}: {count}" for name, count in pairs)}

    def clean_parts(self) -> dict[str, int]:
        """Read name and number of each part."""
        found = {}
        for line in str(self.cleaned_data["parts"]).splitlines():
            if not line.strip():
                continue
            match = _PART.fullmatch(line.strip())
            if match is None:
                raise ValidationError(
                    _("“%s” is not a name and a number, like kinh tế: 53.") % line
                )
            found[normalise(match[1])] = int(match[2])
        return found

    @property
    def value(self) -> dict[str, Any]:
        """Return the figure, and whether its parts add up."""
        total, parts = self.cleaned_data["total"], self.cleaned_data["parts"]
        adds_up = not parts or sum(parts.values()) == total
        return self.kept({"total": total, "parts": parts, "adds_up": adds_up})


def _yearly_day(text: str) -> str:
    found = _DAY_MONTH.fullmatch(text)
    if found is None:
        return f"--{read_day(text)[5:]}"
    try:
        # a leap year, so that 29/2 is a day
        day = make_date(2024, int(found[2]), int(found[1]))
    except DateError as error:
        raise ValidationError(why_no_day(error, text)) from None
    return f"--{day:%m-%d}"


def _exception(line: str) -> dict[str, Any]:
    found = _EXCEPTION.fullmatch(line.strip())
    if found is None:
        raise ValidationError(_("“%s” is not a year and a day, like 2021: 01/5/2021.") % line)
    day = found[2].strip()
    if _DAY_MONTH.fullmatch(day):
        day = f"{day}/{found[1]}"
    return {"year": int(found[1]), "on": read_day(day)}
