"""What the chapters of the story hand on to one another."""

from dataclasses import dataclass, field
from pathlib import Path

from tests.journeys.player import Player, Troupe
from tests.journeys.s4.clock import Clock
from tests.journeys.s4.world import District

from kheo.rounds.models import Participation, Round


@dataclass
class Story:
    """One district, one server, one clock, and everybody who has come in."""

    troupe: Troupe
    district: District
    clock: Clock
    folder: Path
    failed: list[str] = field(default_factory=list)

    def call(self, username: str) -> Player:
        """Return a person at their window."""
        return self.troupe.call(username)

    def turn_to(self, day: int, month: int, hour: int = 8, year: int = 2024) -> None:
        """Go on to another day."""
        self.troupe.new_day()
        self.clock.turn_to(day, month, hour, year)

    @property
    def round(self) -> Round:
        """Return the round of 2024 as it stands."""
        return Round.objects.get(year=2024)

    def part(self, code: str) -> Participation:
        """Return the part of a unit in the round."""
        return Participation.objects.get(round__year=2024, organisation__code=code)

    def unit_page(self, code: str) -> str:
        """Return the address of a unit's part in the round."""
        return f"/registrations/units/{self.part(code).pk}"

    def board(self) -> str:
        """Return the address of the board of the round."""
        return f"/reports/board/{self.round.pk}/"
