"""Lets the best model be described, published, and asked for by another unit."""

from collections.abc import Sequence
from datetime import date

from kheo.demo.world import World, moment
from kheo.exemplars.enums import Stage
from kheo.exemplars.models import Registration
from kheo.organisations.enums import Role
from kheo.replication.actions import (
    GuideTerms,
    answer_request,
    ask_to_replicate,
    publish_guide,
    write_guide,
)

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


def spread(world: World, rows: Sequence[Registration]) -> None:
    """Publish how the first recognised model is done; two units ask for it, one is answered."""
    recognised = Registration.objects.filter(
        pk__in=[row.pk for row in rows], stages__gte=Stage.RECOGNISED
    )
    row = recognised.select_related("exemplar", "organisation").order_by("path", "pk").first()
    if row is None:
        return
    head = world.seat(row.organisation, Role.HEAD)
    officer = world.seat(world.advisory, Role.OFFICER)
    at = moment(date(row.year, 10, 21))
    guide = write_guide(exemplar=row.exemplar, terms=GUIDE, by=head, at=at)
    publish_guide(guide=guide, by=officer, at=moment(date(row.year, 10, 23)))
    others = [unit for unit in world.communes if unit.pk != row.organisation_id]
    for number, unit in enumerate(others[3:5]):
        asked = ask_to_replicate(
            origin=row.exemplar,
            adaptation=ADAPTATION,
            by=world.seat(unit, Role.HEAD),
            at=moment(date(row.year, 10, 27 + number)),
        )
        if number == 0:
            answer_request(
                row=asked, agree=True, text=AGREED, by=head, at=moment(date(row.year, 11, 3))
            )
