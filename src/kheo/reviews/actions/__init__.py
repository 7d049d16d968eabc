"""All deeds of the room, under one roof."""

from kheo.reviews.actions.outline import (
    add_heading,
    move_heading,
    remove_heading,
    rename_heading,
)
from kheo.reviews.actions.reviews import (
    AnnexTerms,
    DueTerms,
    HeadingTerms,
    ReviewTerms,
    create_review,
    delete_draft_review,
    edit_review,
)

__all__ = [
    "AnnexTerms",
    "DueTerms",
    "HeadingTerms",
    "ReviewTerms",
    "add_heading",
    "create_review",
    "delete_draft_review",
    "edit_review",
    "move_heading",
    "remove_heading",
    "rename_heading",
]
