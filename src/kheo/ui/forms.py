"""How forms look: label, hint, errors and box; the settings name this renderer."""

from typing import Any

from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Widget

from kheo.ui.fields import DayField, DayInput, LinesInput, PointsField

__all__ = [
    "DayField",
    "DayInput",
    "FormRenderer",
    "LinesInput",
    "PointsField",
    "StyledField",
    "control_class",
]

CHECKS = (CheckboxInput, CheckboxSelectMultiple, RadioSelect)


class StyledField(BoundField):
    """A field whose box carries the class of its kind, also when a page places it by hand."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: Widget | None = None
    ) -> dict[str, Any]:
        """Add the class, and for groups the links that Django leaves to the fieldset."""
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        shown = widget or self.field.widget
        classes = [shown.attrs.get("class", ""), control_class(shown)]
        if self.errors:
            classes.append("is-invalid")
        built["class"] = " ".join(filter(None, classes))
        return built

    @property
    def is_choice_group(self) -> bool:
        """Tell whether the field is a group of boxes or buttons to tick."""
        return isinstance(self.field.widget, RadioSelect | CheckboxSelectMultiple)

    @property
    def is_single_check(self) -> bool:
        """Tell whether the field is one box to tick."""
        return isinstance(self.field.widget, CheckboxInput)


class FormRenderer(DjangoTemplates):
    """Renders every form of Khéo; named in the settings."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = StyledField


def control_class(widget: Widget) -> str:
    """Return the class that gives a widget its look."""
    if isinstance(widget, CHECKS):
        return "form-check-input"
    if isinstance(widget, Select):
        return "form-select"
    return "" if widget.is_hidden else "form-control"
