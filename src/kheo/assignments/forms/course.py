"""What is typed in the course of a part: reports with files, answers."""

from django import forms
from django.utils.translation import gettext_lazy

from kheo.ui.fields import FilesField


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
