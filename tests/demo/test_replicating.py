"""What comes of a model in the demonstration: its replica carried out, honours of three kinds."""

from datetime import date

import pytest
from tests.factories.exemplars import Stage as Registering
from tests.factories.organisations import SeatFactory

from kheo.demo.honouring import Committee
from kheo.demo.registering import Desk
from kheo.demo.replicating import spread, take_over
from kheo.demo.world import District, World
from kheo.exemplars.actions import reach_stage
from kheo.exemplars.enums import Continuity, Stage, State
from kheo.exemplars.models import Registration
from kheo.organisations.enums import Role
from kheo.organisations.models import Level
from kheo.recognition.enums import DecisionState
from kheo.replication.enums import GuideState, ReplicationState
from kheo.replication.models import Guide, Replication

pytestmark = pytest.mark.django_db


class Scene:
    """The round of S4 as a world of the demonstration, with one accepted model in two communes."""

    def __init__(self, cast) -> None:
        self.stage = Registering(cast)
        self.rows = [
            self.stage.registration(State.ACCEPTED, unit=unit, name=f"Mô hình {number}")
            for number, unit in enumerate(cast.communes[:2])
        ]
        district = District(cast.district, cast.advisory, list(cast.communes))
        self.world = World(cast.district, cast.advisory, [], [district])
        seats = self.world.seats
        for unit in cast.communes:
            seats[unit.pk, Role.HEAD] = self.stage.head_of(unit)
            seats[unit.pk, Role.CLERK] = SeatFactory(organisation=unit)
        seats[cast.advisory.pk, Role.OFFICER] = cast.officer
        seats[cast.district.pk, Role.LEADER] = cast.leader

    @property
    def desk(self) -> Desk:
        return Desk(self.world, None, [], [], Level.objects.in_bulk(field_name="code"))


@pytest.fixture
def scene(cast) -> Scene:
    return Scene(cast)


def test_a_commune_takes_a_model_over_and_carries_it_out(scene: Scene) -> None:
    take_over(scene.desk, scene.stage.round)
    replica = Registration.objects.get(continuity=Continuity.REPLICATED)
    origin, unit = scene.rows[0], scene.rows[1].organisation
    assert (replica.organisation, replica.replicated_from) == (unit, origin.exemplar)
    assert (replica.state, replica.scope) == (State.ACCEPTED, "Hai thôn của Đảng ủy xã Cao Xá")
    reach_stage(registrations=[row.pk for row in scene.rows], stage=Stage.RECOGNISED)
    spread(scene.world, [*scene.rows, replica])
    row = Replication.objects.get(registration=replica)
    assert (row.state, row.mentor) == (ReplicationState.DONE, origin.organisation)
    assert row.outcome
    assert row.closed_at is not None
    assert row.closed_at.date() == date(2024, 11, 2)
    origin.refresh_from_db()
    assert origin.stages & Stage.REPLICATED
    assert Guide.objects.get(exemplar=origin.exemplar).state == GuideState.PUBLISHED


def test_models_are_praised_by_a_decision_of_their_own(scene: Scene, cast) -> None:
    class File:
        registration = scene.rows[0]

    title = "biểu dương các mô hình “Dân vận khéo” có cách làm hay năm 2024"
    committee = Committee(scene.world, 2024)
    decision = committee.confer("party-praise", title, "Có cách làm hay năm {year}", [File], 433)
    assert decision.state == DecisionState.ANNOUNCED
    scene.rows[0].refresh_from_db()
    assert scene.rows[0].stages & Stage.PRAISED
    assert decision.honours.get().achievement == "Có cách làm hay năm 2024"
