"""Lets a model be taken over by another unit and carried out there; described, and asked for."""

from collections.abc import Sequence
from datetime import date

from kheo.demo.carrying_out import accepted_in
from kheo.demo.registering import Desk, hand_in
from kheo.demo.scenes import officer_of
from kheo.demo.world import World, moment
from kheo.exemplars.actions import accept_many, save_draft
from kheo.exemplars.enums import Stage
from kheo.exemplars.models import Registration
from kheo.organisations.enums import Role
from kheo.replication.actions import (
    GuideTerms,
    answer_request,
    ask_to_replicate,
    begin_replica,
    finish_replication,
    publish_guide,
    write_guide,
)
from kheo.replication.enums import ReplicationState
from kheo.replication.models import Replication
from kheo.rounds.enums import Form
from kheo.rounds.models import Participation, Round

GUIDE = GuideTerms(
    problem="Việc khó kéo dài nhiều năm vì một số hộ chưa đồng thuận.",
    steps=(
        "Họp chi bộ, phân công đảng viên phụ trách nhóm hộ.\nHọp dân bàn cách làm, công khai dự"
        " toán.\nCán bộ, đảng viên làm trước; đến từng hộ chưa đồng thuận để lắng nghe.\nTổ chức"
        " thực hiện, công khai kết quả và nguồn đóng góp."
    ),
    conditions="Có tổ dân vận thôn hoạt động đều; chính quyền hỗ trợ vật tư.",
    cost="Khoảng 250 triệu đồng, trong đó nhân dân đóng góp 40%.",
    people="Ban Công tác Mặt trận thôn chủ trì; chi hội Nông dân, Phụ nữ phối hợp.",
    pitfalls="Không khoán mức đóng góp cho từng hộ; phải công khai từng đợt thu, chi.",
)
ADAPTATION = "Làm thí điểm ở hai thôn trước, sau đó mở rộng ra toàn xã."
AGREED = "Đơn vị cử hai cán bộ đã trực tiếp làm mô hình đến trao đổi, hướng dẫn."
OUTCOME = (
    "Đã làm ở cả hai thôn thí điểm, nhân dân đồng tình; cách làm giữ như đơn vị bạn, riêng việc vận"
    " động giao cho tổ liên gia. Năm sau mở rộng ra toàn xã."
)


def take_over(desk: Desk, round: Round) -> None:
    """Let a commune ask for another one's model in spring, be helped, and register its replica."""
    communes = {unit.pk for unit in desk.world.communes}
    models = [
        row
        for row in accepted_in(round)
        if row.form == Form.COLLECTIVE and row.organisation_id in communes
    ]
    origin = models[0]
    unit = next(row.organisation for row in models if row.organisation != origin.organisation)
    head, year = desk.world.seat(unit, Role.HEAD), round.year
    asked = ask_to_replicate(
        origin=origin.exemplar,
        adaptation=ADAPTATION,
        intended_level=desk.levels["commune"],
        by=head,
        at=moment(date(year, 4, 13)),
    )
    agreed = answer_request(
        row=asked,
        agree=True,
        text=AGREED,
        by=desk.world.seat(origin.organisation, Role.HEAD),
        at=moment(date(year, 4, 16)),
    )
    _register(desk, agreed, Participation.objects.get(round=round, organisation=unit))


def _register(desk: Desk, row: Replication, part: Participation) -> None:
    """Register the replica in the unit's own words, and have it accepted."""
    clerk, year = desk.clerk(part), part.round.year
    at = moment(date(year, 4, 20))
    begun = begin_replica(row=row, participation=part, by=clerk, at=at)
    draft = begun.registration
    if draft is None:
        return
    values = {
        "level": desk.levels["commune"],
        "address": f"Trụ sở {part.organisation.name}",
        "scope": f"Hai thôn của {part.organisation.label}",
        "starts": f"tháng 5/{year}",
        "ends": f"tháng 12/{year}",
    }
    draft = save_draft(registration=draft, values=values, version=draft.version, by=clerk, at=at)
    hand_in(desk, part, [draft], at)
    accept_many(registrations=[draft], by=officer_of(desk.world), at=moment(date(year, 4, 27)))


def spread(world: World, rows: Sequence[Registration]) -> None:
    """Publish how the replicated model is done; its replica is done, and two more units ask."""
    replica = _replica_of(rows)
    row = _described(rows, replica)
    if row is None:
        return
    head = world.seat(row.organisation, Role.HEAD)
    at = moment(date(row.year, 10, 21))
    guide = write_guide(exemplar=row.exemplar, terms=GUIDE, by=head, at=at)
    at = moment(date(row.year, 10, 23))
    publish_guide(guide=guide, by=officer_of(world), at=at)
    taken = {row.organisation_id}
    if replica is not None:
        taken.add(replica.unit_id)
        by = world.seat(replica.unit, Role.HEAD)
        finish_replication(row=replica, text=OUTCOME, by=by, at=moment(date(row.year, 11, 2)))
    _ask(world, row, taken)


def _replica_of(rows: Sequence[Registration]) -> Replication | None:
    """Return the replication that was carried out among these registrations."""
    under_way = Replication.objects.filter(
        registration__in=[row.pk for row in rows], state=ReplicationState.UNDER_WAY
    )
    return under_way.select_related("unit").first()


def _described(rows: Sequence[Registration], replica: Replication | None) -> Registration | None:
    """Return the recognised model that a guide is written of: the replicated one, if it is one."""
    recognised = Registration.objects.filter(
        pk__in=[row.pk for row in rows], stages__gte=Stage.RECOGNISED
    )
    found = recognised.select_related("exemplar", "organisation").order_by("path", "pk")
    origin = replica.origin_id if replica else None
    return found.filter(exemplar=origin).first() or found.first()


def _ask(world: World, row: Registration, taken: set[int]) -> None:
    """Let two units ask for the model; one of them is answered."""
    others = [unit for unit in world.communes if unit.pk not in taken]
    for number, unit in enumerate(others[3:5]):
        asked = ask_to_replicate(
            origin=row.exemplar,
            adaptation=ADAPTATION,
            by=world.seat(unit, Role.HEAD),
            at=moment(date(row.year, 10, 27 + number)),
        )
        if number == 0:
            head = world.seat(row.organisation, Role.HEAD)
            at = moment(date(row.year, 11, 3))
            answer_request(row=asked, agree=True, text=AGREED, by=head, at=at)
