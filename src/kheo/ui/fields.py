"""Fields and boxes that several rooms ask with: days, points, files, texts of so many lines."""

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


class FilesInput(forms.ClearableFileInput):
    """The browser's own choice of files, one or many; a phone offers its camera, too."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """One or many files; what they are is judged by the deed."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        # an empty file is refused by the deed, in words of its own
        super().__init__(**({"allow_empty_file": True} | kwargs))

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files as a list, an empty one where there may be none."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files and self.required:
            files = [None]
        return [super(FilesField, self).clean(file, initial) for file in files]


class LinesInput(forms.Textarea):
    """A text of so many lines as the official form asks; a counter shows them while typing."""

    def __init__(self, lines: str = "", attrs: Mapping[str, Any] | None = None) -> None:
        rows = int(lines.rpartition("-")[2]) + 1 if lines else 4
        asked = {"data-lines": lines} if lines else {}
        super().__init__(attrs={"rows": rows} | asked | dict(attrs or {}))
