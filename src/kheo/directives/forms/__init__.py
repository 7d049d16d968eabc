"""What is typed in the room, under one roof."""

from kheo.directives.forms.checking import PlaceForm, ReasonForm, value_form
from kheo.directives.forms.documents import DocumentFilterForm, DocumentForm, initial_of
from kheo.directives.forms.values import ValueForm

__all__ = [
    "DocumentFilterForm",
    "DocumentForm",
    "PlaceForm",
    "ReasonForm",
    "ValueForm",
    "initial_of",
    "value_form",
]
