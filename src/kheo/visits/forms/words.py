"""Forms of one text: a reason, a remark, an answer with files."""

from django import forms
from django.utils.translation import gettext_lazy

from kheo.ui.fields import FilesField


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


class AnswerForm(forms.Form):
    """What the unit answers to a recommendation."""

    text = forms.CharField(
        label=gettext_lazy("What has been done"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10_000,
        required=False,
    )
    evidence = FilesField(label=gettext_lazy("Files that show it"), required=False, max_length=255)
