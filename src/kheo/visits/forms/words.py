"""Forms of one text: a reason, a remark, an answer with files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
    )


class RemarkForm(forms.Form):
    """What the unit says of a visit."""

    text = forms.CharField(
        label=gettext_lazy("Remark of the unit"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5_000,
        required=False,
    )


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


class AnswerForm(forms.Form):
    """What the unit answers to a recommendation."""

    text = forms.CharField(
        label=gettext_lazy("What has been done"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10_000,
        required=False,
    )
    evidence = FilesField(label=gettext_lazy("Files that show it"), required=False, max_length=255)
