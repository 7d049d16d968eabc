"""When two people write under one heading: who is still there, and what neither may lose."""

from datetime import datetime, timedelta

from kheo.reviews.models import Answer
from kheo.reviews.rules.reviews import StaleReviewError

# a box that is open says so every 20 seconds
FRESH = timedelta(seconds=60)


class StaleAnswerError(StaleReviewError):
    """Somebody else wrote under the heading; ``current`` holds their text, ``mine`` one's own."""

    def __init__(self, current: Answer, mine: str) -> None:
        """Keep both texts, so that the page shows them side by side."""
        super().__init__()
        self.current = current
        self.mine = mine


def is_fresh(answer: Answer, at: datetime) -> bool:
    """Tell whether somebody has the box open now."""
    return answer.opened_at is not None and answer.opened_at > at - FRESH
