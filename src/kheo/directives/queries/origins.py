"""The way from a piece of work back to the sentence it was made of."""

from collections.abc import Iterable

from kheo.directives.models import Origin


def origins_of(subject: str, ids: Iterable[int]) -> dict[int, list[Origin]]:
    """Return the origins of pieces of work by their key, each with finding, reading and document.

    :param subject: the table of the work, like "rounds.round".
    """
    rows = (
        Origin.objects.filter(subject=subject, subject_id__in=list(ids))
        .select_related("finding__reading__document")
        .defer("finding__reading__text", "finding__reading__document__text")
        .order_by("finding__ordinal", "pk")
    )
    found: dict[int, list[Origin]] = {}
    for row in rows:
        found.setdefault(row.subject_id, []).append(row)
    return found
