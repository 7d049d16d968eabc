"""Who can be named as a member of a council."""

from django.db.models import QuerySet
from django.utils import timezone

from kheo.councils.models import Council
from kheo.lib.text.folding import fold
from kheo.organisations.models import Seat, below

MOST_FOUND = 20


def found_seats(council: Council, words: str) -> QuerySet[Seat]:
    """Return the seats held today at or below the council's committee, by a person's name.

    Without words all of them; with words the first few, those already in the council left out.
    """
    held = Seat.objects.held(timezone.localdate()).filter(
        below(council.path, "organisation__path"), acting_for=None
    )
    rows = held.select_related("user", "organisation__kind").order_by("user__full_name", "pk")
    if not words:
        return rows
    known = council.members.values("seat")
    return rows.filter(user__search_key__contains=fold(words)).exclude(pk__in=known)[:MOST_FOUND]
