"""Whether a model still stands nominated by another list when one list lets it go."""

from collections.abc import Iterable

from kheo.nominations.enums import Answer, ListState, Standing
from kheo.nominations.models import Nomination


def no_longer_nominated(rows: Iterable[Nomination]) -> list[int]:
    """Return the registrations of nominations that no other list sends up.

    A model that a commune sent to its district stays nominated when the province sends the
    district's list back.
    """
    gone = list(rows)
    keys = {one.registration_id for one in gone}
    elsewhere = Nomination.objects.filter(
        registration__in=keys,
        stands=Standing.NOMINATED,
        nomination_list__sent_at__isnull=False,
    ).exclude(pk__in=[one.pk for one in gone])
    standing = elsewhere.exclude(nomination_list__state=ListState.DRAFT).exclude(
        answer=Answer.RETURNED
    )
    return sorted(keys - set(standing.values_list("registration", flat=True)))
