"""What is typed of a scheme of fields: the name of each field, its sub-topics, their order."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.rounds.actions.layouts import LabelTerms


class SchemeForm(forms.Form):
    """A scheme with the names of its fields."""

    name = forms.CharField(label=_("Name of the scheme"), max_length=200)

    def __init__(self, *args: Any, labels: list[LabelTerms], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.labels = labels
        for place, row in enumerate(labels, start=1):
            self.fields[f"order_{row.field}"] = forms.IntegerField(
                label=_("Order"), min_value=1, max_value=99, initial=place
            )
            self.fields[f"label_{row.field}"] = forms.CharField(
                label=_("Name of the field"), max_length=200, initial=row.label
            )
            self.fields[f"topics_{row.field}"] = forms.CharField(
                label=_("Sub-topics"),
                max_length=1000,
                required=False,
                initial=row.topics,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            # what the page showed, to notice when somebody else has saved meanwhile
            for name in ("label", "topics"):
                self.fields[f"seen_{name}_{row.field}"] = forms.CharField(
                    widget=forms.HiddenInput, required=False, initial=getattr(row, name)
                )
        self.fields["seen_order"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=",".join(row.field for row in labels)
        )

    @property
    def rows(self) -> list[tuple[str, Any, Any, Any]]:
        """Return the boxes of each field, as the page places them."""
        return [
            (
                row.label,
                self[f"order_{row.field}"],
                self[f"label_{row.field}"],
                self[f"topics_{row.field}"],
            )
            for row in self.labels
        ]

    def typed(self) -> list[LabelTerms]:
        """Return the labels as typed, in the order typed."""
        data = self.cleaned_data
        keys = sorted((row.field for row in self.labels), key=lambda key: data[f"order_{key}"])
        return [
            LabelTerms(field=key, label=data[f"label_{key}"], topics=data[f"topics_{key}"])
            for key in keys
        ]

    def seen(self) -> list[LabelTerms]:
        """Return the labels as the page showed them."""
        data = self.cleaned_data
        keys = [key for key in data["seen_order"].split(",") if f"seen_label_{key}" in data]
        return [
            LabelTerms(
                field=key, label=data[f"seen_label_{key}"], topics=data[f"seen_topics_{key}"]
            )
            for key in keys
        ]
