"""Makes lists of nominations for tests by the same deeds as people use."""

from datetime import timedelta

from tests.factories.accounts import UserFactory
from tests.factories.exemplars import IN_TIME, Stage
from tests.factories.organisations import SeatFactory, level_of

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.nominations.actions import begin_nominations, put_forward, send_nominations, stop_models
from kheo.nominations.models import NominationList
from kheo.organisations.enums import Role

LATER = IN_TIME + timedelta(days=9)


class Nominating(Stage):
    """The round of S4 with accepted models, and an officer of the province beside the cast."""

    def __init__(self, cast, **changes) -> None:
        super().__init__(cast, **changes)
        self.above = SeatFactory(
            user=UserFactory(full_name="Ong Thế Vinh"),
            organisation=cast.province,
            role=Role.OFFICER,
        )

    def accepted(self, count: int = 1, *, level: str = "province", unit: int = 0) -> list:
        """Accepted registrations of a commune at a level."""
        return [
            self.registration(
                State.ACCEPTED,
                unit=self.cast.communes[unit],
                name=f"Mô hình {level} {unit}.{number}",
                level=level_of(level),
            )
            for number in range(1, count + 1)
        ]

    def begin(self) -> NominationList:
        return begin_nominations(
            round=self.round, owner=self.cast.district, by=self.officer, at=LATER
        )

    def forward(self, row: NominationList, *models: Registration) -> None:
        for model in models:
            put_forward(row=row, registration=model, by=self.officer, at=LATER)

    def stop(self, row: NominationList, *models: Registration, reason="Chưa đủ hồ sơ.") -> int:
        keys = [model.pk for model in models] or None
        return stop_models(row=row, registrations=keys, reason=reason, by=self.officer, at=LATER)

    def sent(self, count: int = 2) -> NominationList:
        """A list with so many models, sent to the province."""
        models = self.accepted(count)
        row = self.begin()
        self.forward(row, *models)
        return send_nominations(row=row, by=self.officer, at=LATER)
