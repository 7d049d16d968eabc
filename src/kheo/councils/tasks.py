"""Work in the background: announcing long outcomes."""

from django.utils import timezone

from kheo.councils.actions import carry_out_announcement
from kheo.councils.models import Announcement


def announce(council: int) -> int:
    """Do what is left of a council's announcement; given out twice, it ends no file twice."""
    row = Announcement.objects.select_related("council", "seat").get(council=council)
    return carry_out_announcement(announcement=row, at=timezone.now())
