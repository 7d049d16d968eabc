"""What every page's frame needs: the seat, the seats to choose from, the menu."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from kheo.ui.menu import shown_menu


def shell(request: HttpRequest) -> dict[str, object]:
    """Return the context of the page frame; what costs a query is made only when it is shown."""
    return {
        "seat": getattr(request, "seat", None),
        "held_seats": SimpleLazyObject(lambda: _held_seats(request)),
        "menu": SimpleLazyObject(lambda: shown_menu(request)),
    }


def _held_seats(request: HttpRequest) -> list[Any]:
    # seats belong to a floor above; here they are only listed
    seats = getattr(getattr(request, "user", None), "seats", None)
    if seats is None:
        return []
    held = seats.all().held(timezone.localdate())
    return list(held.select_related("organisation").own_first())
