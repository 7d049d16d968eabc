"""Fields and boxes that several rooms ask with: days, points, and texts of so many lines."""

from collections.abc import Mapping
from decimal import Decimal
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


class PointsField(forms.DecimalField):
    """Points of a criterion, typed with a comma or a point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        bounds: dict[str, Any] = {"max_digits": 7, "decimal_places": 2, "min_value": Decimal(0)}
        super().__init__(**(bounds | kwargs))

    def to_python(self, value: Any) -> Any:
        """Read "9,5" as people write it."""
        if isinstance(value, str):
            value = value.strip().replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Write "9,5" and 10, without zeros at the end; what was typed stays as it is."""
        if not isinstance(value, Decimal):
            return value
        shown = f"{value:f}"
        return (shown.rstrip("0").rstrip(".") if "." in shown else shown).replace(".", ",")


class LinesInput(forms.Textarea):
    """A text of so many lines as the official form asks; a counter shows them while typing."""

    def __init__(self, lines: str = "", attrs: Mapping[str, Any] | None = None) -> None:
        rows = int(lines.rpartition("-")[2]) + 1 if lines else 4
        asked = {"data-lines": lines} if lines else {}
        super().__init__(attrs={"rows": rows} | asked | dict(attrs or {}))
