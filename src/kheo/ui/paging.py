"""Pages of long lists: counting stops where nobody reads any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

PAGE_SIZE = 50
# counting a million rows costs more than showing fifty (design/speed.md)
COUNT_CAP = 10_000
LAST_PAGE = 1_000_000


@dataclass(frozen=True)
class CappedPage:
    """One page of rows, with a total that is exact up to the cap."""

    rows: Sequence[Any]
    number: int
    size: int
    total: int
    capped: bool
    has_next: bool

    @property
    def start(self) -> int:
        """Return the position of the first row, from 1; 0 when there is none."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def end(self) -> int:
        """Return the position of the last row."""
        return (self.number - 1) * self.size + len(self.rows)


def page_number(request: HttpRequest) -> int:
    """Return the page asked for; anything strange is the first page."""
    text = request.GET.get("page", "")
    if not (text.isascii() and text.isdigit() and len(text) < len(str(LAST_PAGE))):
        return 1
    return max(int(text), 1)


def page_of(rows: QuerySet[Any], request: HttpRequest, *, size: int = PAGE_SIZE) -> CappedPage:
    """Return the page the request asks for, with two statements whatever the size of the list."""
    number = page_number(request)
    found = list(rows[(number - 1) * size : number * size + 1])
    total = rows.order_by()[: COUNT_CAP + 1].count()
    return CappedPage(
        rows=found[:size],
        number=number,
        size=size,
        total=min(total, COUNT_CAP),
        capped=total > COUNT_CAP,
        has_next=len(found) > size,
    )
