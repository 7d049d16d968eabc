"""The words of a message, while it lies in the outbox."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MessageForm(forms.Form):
    """Subject and text of a message."""

    subject = forms.CharField(label=_("Subject line"), max_length=300)
    body = forms.CharField(
        label=_("Text"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Plain text; the address of the page concerned is added by itself."),
    )
