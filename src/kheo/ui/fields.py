"""Fields and boxes that several rooms ask with: days, and texts of so many lines."""

from collections.abc import Mapping
from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """The browser's own calendar, which speaks ISO."""

    input_type = "date"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(attrs=dict(attrs or {}), format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day, chosen from the calendar or typed day first."""

    widget = DayInput


class LinesInput(forms.Textarea):
    """A text of so many lines as the official form asks; a counter shows them while typing."""

    def __init__(self, lines: str = "", attrs: Mapping[str, Any] | None = None) -> None:
        rows = int(lines.rpartition("-")[2]) + 1 if lines else 4
        asked = {"data-lines": lines} if lines else {}
        super().__init__(attrs={"rows": rows} | asked | dict(attrs or {}))
