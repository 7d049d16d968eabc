"""What is typed in the room, under one roof."""

from kheo.directives.forms.documents import DocumentFilterForm, DocumentForm, initial_of

__all__ = ["DocumentFilterForm", "DocumentForm", "initial_of"]
