"""What is typed in the course of a part: reports with files, answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class FilesInput(forms.ClearableFileInput):
    """Takes several files at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several files; what they are is judged by the deed."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files as a list, an empty one when there is none."""
        # an empty file is refused by the deed, in words of its own
        self.allow_empty_file = True
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(file, initial) for file in files]


class ReportForm(forms.Form):
    """How far a body has come with its part."""

    text = forms.CharField(
        label=gettext_lazy("What has been done"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=10_000,
    )
    evidence = FilesField(label=gettext_lazy("Files that show it"), required=False, max_length=255)


class AnswerForm(forms.Form):
    """What the directing side answers."""

    text = forms.CharField(
        label=gettext_lazy("Remark"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5_000,
        help_text=gettext_lazy("When you return the part, say what is still missing."),
    )
