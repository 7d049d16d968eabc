"""How far the index is, while it is being filled."""

from dataclasses import dataclass

from django.db.models import Sum

from kheo.search.models import Filling


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How many records are found already of those that are to be found."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        """Return the share, never the whole while something is left."""
        return min(99, self.done * 100 // max(self.total, 1))


def filling_progress() -> Progress | None:
    """Return how far the index is; None when it is whole."""
    told = Filling.objects.aggregate(done=Sum("done"), total=Sum("total"))
    if told["total"] is None:
        return None
    return Progress(done=told["done"], total=told["total"])
