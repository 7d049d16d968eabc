"""Takes times and judges them: medians, 95th percentiles, targets of the design."""

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """One figure with what was aimed at; times in milliseconds."""

    name: str
    value: float
    unit: str = "ms"
    target: float | None = None
    # whether more is better, as in requests a second
    more_is_better: bool = False
    details: dict[str, Any]

    @property
    def missed(self) -> bool:
        """Tell whether the target was missed."""
        if self.target is None:
            return False
        return self.value < self.target if self.more_is_better else self.value > self.target

    def as_dict(self) -> dict[str, Any]:
        """Return it as it goes into the JSON file."""
        return asdict(self) | {"missed": self.missed}


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which that share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def settle_memory() -> None:
    """Collect garbage and put what is left out of the collector's sight, as `kheo serve` does."""
    gc.collect()
    gc.freeze()


class Tally:
    """Counts statements and the time they take."""

    def __init__(self) -> None:
        self.count = 0
        self.milliseconds = 0.0
        self.statements: list[tuple[float, str]] = []

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            taken = (time.perf_counter() - start) * 1000
            self.count += 1
            self.milliseconds += taken
            self.statements.append((taken, sql))


@contextmanager
def counted_statements() -> Iterator[Tally]:
    """Count the statements of a block."""
    tally = Tally()
    with connection.execute_wrapper(tally):
        yield tally
