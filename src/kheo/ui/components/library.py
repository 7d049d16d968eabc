"""The one library of tags, the icons it knows, and what components share."""

import re
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Protocol

from django import template
from django.utils.functional import Promise

register = template.Library()

Words = str | Promise
SPRITE = "ui/icons/icons.svg"

# ids must differ within a page, also when htmx swaps a part of it
_numbers = count(1)


class VerdictLike(Protocol):
    """Yes, or no with a reason; the rules of the rooms above give such answers."""

    @property
    def allowed(self) -> bool:
        """Tell whether the deed may be done."""

    @property
    def reason(self) -> Words:
        """Return why not."""


@lru_cache
def icon_names() -> frozenset[str]:
    """Return the names of all icons in the sprite."""
    sprite = Path(__file__).parent.parent / "static" / SPRITE
    return frozenset(re.findall(r'<symbol id="([^"]+)"', sprite.read_text()))


def known_icon(name: str) -> str:
    """Return the name if there is such an icon.

    :raises TemplateSyntaxError: if there is none.
    """
    if name and name not in icon_names():
        raise template.TemplateSyntaxError(f"There is no icon {name!r}; see {SPRITE}")
    return name


def one_of(value: str, allowed: frozenset[str], what: str) -> str:
    """Return the value if it is one of the allowed ones.

    :raises TemplateSyntaxError: if it is not.
    """
    if value not in allowed:
        raise template.TemplateSyntaxError(f"{what} {value!r} is not one of {sorted(allowed)}")
    return value


def fresh_id(prefix: str) -> str:
    """Return an id that occurs once on a page."""
    return f"{prefix}-{next(_numbers)}"
