"""Makes recognised models and their replicas for tests, by the same deeds as people use."""

from tests.factories.exemplars import IN_TIME, Stage

from kheo.exemplars.actions import reach_stage
from kheo.exemplars.enums import Stage as Reached
from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.replication.actions import answer_request, ask_to_replicate
from kheo.replication.models import Replication


class Replicating(Stage):
    """The round of S4 with recognised models of its units."""

    def recognised(self, unit: int = 0, **changes) -> Registration:
        row = self.registration(State.ACCEPTED, unit=self.cast.communes[unit], **changes)
        reach_stage(registrations=[row.pk], stage=Reached.RECOGNISED)
        row.refresh_from_db()
        return row

    def asked(self, entry: Registration, unit: int = 1) -> Replication:
        head = self.head_of(self.cast.communes[unit])
        words = "Làm ở ba thôn."
        return ask_to_replicate(origin=entry.exemplar, adaptation=words, by=head, at=IN_TIME)

    def agreed(self, entry: Registration, unit: int = 1) -> Replication:
        row = self.asked(entry, unit)
        return answer_request(row=row, agree=True, by=self.head, at=IN_TIME)
