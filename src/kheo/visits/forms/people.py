"""People one a line, "name – position", as the minutes name them."""

import re
from collections.abc import Iterable
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext_lazy

from kheo.lib.text.folding import normalise
from kheo.visits.actions import Person

PARTED = re.compile(r"\s+[-–—]\s+|\s*[,;]\s+")
MOST_PEOPLE = 60


class Named(Protocol):
    """Whoever has a name and a position."""

    name: str
    position: str


class PeopleField(forms.CharField):
    """Names with positions, one person a line."""

    def __init__(self, **kwargs: Any) -> None:
        settings: dict[str, Any] = {
            "widget": forms.Textarea(attrs={"rows": 4}),
            "required": False,
            "max_length": 20_000,
            "help_text": gettext_lazy("One person a line: full name – position."),
        }
        super().__init__(**(settings | kwargs))

    def to_python(self, value: Any) -> Any:
        """Return the people of the lines."""
        lines = (normalise(line) for line in str(value or "").splitlines())
        return [person_of(line) for line in lines if line][:MOST_PEOPLE]

    def validate(self, value: Any) -> None:
        """Take an empty list as none."""

    def run_validators(self, value: Any) -> None:
        """Leave lengths to the columns, which cut them."""


def person_of(line: str) -> Person:
    """Return the person a line names."""
    name, *rest = PARTED.split(line, maxsplit=1)
    return Person(name=name, position=rest[0] if rest else "")


def people_as_lines(people: Iterable[Named]) -> str:
    """Return people as they are typed."""
    return "\n".join(f"{one.name} – {one.position}" if one.position else one.name for one in people)
