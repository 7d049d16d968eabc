"""What a unit was asked to register, and how far it is from it."""

from collections.abc import Iterable
from dataclasses import dataclass

from kheo.organisations.models import Level
from kheo.rounds.models import Participation


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """One quota of a unit; ``level`` None means all levels together."""

    level: Level | None
    minimum: int | None
    maximum: int | None
    registered: int
    accepted: int

    @property
    def missing(self) -> int:
        """Return how many are lacking to the minimum."""
        return max((self.minimum or 0) - self.registered, 0)

    @property
    def excess(self) -> int:
        """Return how many are too many."""
        return max(self.registered - self.maximum, 0) if self.maximum is not None else 0

    @property
    def left(self) -> int | None:
        """Return how many more may be registered; None when nothing limits them."""
        return None if self.maximum is None else max(self.maximum - self.registered, 0)


def quota_lines(participation: Participation) -> list[QuotaLine]:
    """Return what a unit was asked at each level, the highest level first, with what it has.

    One statement, or none where the audience's quotas are prefetched with their levels.
    """
    quotas = participation.audience.quotas
    cached = "quotas" in getattr(participation.audience, "_prefetched_objects_cache", {})
    rows = quotas.all() if cached else quotas.select_related("level")
    return [
        QuotaLine(
            quota.level,
            quota.minimum,
            quota.maximum,
            *_counted(participation, quota.level_id),
        )
        for quota in rows
    ]


def is_below_minimum(lines: Iterable[QuotaLine]) -> bool:
    """Tell whether a unit has registered less than it was asked at some level."""
    return any(line.missing for line in lines)


def _counted(participation: Participation, level_id: int | None) -> tuple[int, int]:
    if level_id is None:
        return participation.registered, participation.accepted
    registered, accepted = participation.counts.get(str(level_id), (0, 0))
    return registered, accepted
