"""Lets units carry out what a finished round accepted: news, figures, one stopped, some silent."""

from datetime import date, timedelta
from decimal import Decimal

from kheo.demo.registering import Desk
from kheo.demo.world import moment
from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.organisations.enums import Role
from kheo.progress.actions import (
    FigureTerms,
    add_milestone,
    complete_milestone,
    report_done,
    report_update,
    set_results,
    stop_registration,
)
from kheo.progress.models import Indicator
from kheo.rounds.models import Round

# of the models of a round, one in nine is silent; one is stopped
SILENT, STOPPED = 4, 10
# by field: what is counted, in which unit, how much is planned, how much of it is reached
COUNTED: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "economy": (
        ("land-residential", "m²", "1200", "1.35"),
        ("roads-built", "km", "1.2", "1"),
        ("work-days", "ngày công", "300", "1.2"),
        ("money-people", "triệu đồng", "250", "0.9"),
    ),
    "culture_society": (
        ("households-joined", "hộ", "80", "1.1"),
        ("attendances", "lượt người", "900", "1.25"),
        ("roads-flowers", "m", "1500", "1"),
    ),
    "defence_security": (
        ("cameras", "camera", "20", "1.15"),
        ("self-managed", "tổ", "6", "1"),
        ("sessions", "buổi", "12", "0.75"),
    ),
    "political_system": (
        ("sessions", "buổi", "10", "1.2"),
        ("procedures", "hồ sơ", "400", "1.3"),
        ("class-people", "người", "60", "1"),
    ),
}
BEGUN = (
    "Đã họp dân, thống nhất cách làm và phân công từng thành viên phụ trách nhóm hộ; nhân dân"
    " đồng tình, đăng ký tham gia ngay tại hội nghị."
)
HALFWAY = (
    "Sơ kết 6 tháng: mô hình hoạt động đều, các hộ tham gia nhiệt tình; còn khó khăn về kinh phí"
    " ở các hộ cuối tuyến, đơn vị đang tiếp tục vận động."
)
DONE = "Đã hoàn thành các nội dung đăng ký; tổng kết mô hình và biểu dương các hộ tiêu biểu."
REASON = "Địa điểm thực hiện nằm trong vùng quy hoạch mới, đơn vị dừng để chờ phương án điều chỉnh."


def carry_out(desk: Desk, round: Round) -> list[Registration]:
    """Let the units report over the year, and return what was carried out to its end."""
    done = []
    for number, row in enumerate(accepted_in(round)):
        # whoever took a model over from elsewhere carries it out
        is_replica = row.replicated_from_id is not None
        if number % 9 == SILENT and not is_replica:
            continue
        begin(desk, row)
        if number == STOPPED and not is_replica:
            head = desk.world.seat(row.organisation, Role.HEAD)
            stop_registration(
                registration=row, reason=REASON, by=head, at=moment(date(round.year, 8, 3))
            )
            continue
        report(desk, row, number)
        if number % 6 != 5 or is_replica:
            clerk = desk.world.seat(row.organisation, Role.CLERK)
            at = moment(date(round.year, 9, 10) + timedelta(days=number % 7))
            report_done(registration=row, text=DONE, by=clerk, at=at)
            done.append(row)
    return done


def accepted_in(round: Round) -> list[Registration]:
    """Return what a round accepted, along the tree."""
    rows = Registration.objects.filter(round=round, state=State.ACCEPTED)
    return list(rows.select_related("organisation__kind", "round", "level").order_by("path", "pk"))


def begin(desk: Desk, row: Registration) -> None:
    """Plan figures and a first step, and reach it."""
    clerk = desk.world.seat(row.organisation, Role.CLERK)
    at = moment(date(row.year, 5, 12))
    planned = [_figure(code, unit, Decimal(amount)) for code, unit, amount, _ in COUNTED[row.field]]
    set_results(registration=row, planned=planned, by=clerk, at=at)
    step = add_milestone(
        registration=row,
        title="Họp dân, thống nhất kế hoạch",
        due_on=date(row.year, 5, 31),
        by=clerk,
        at=at,
    )
    later = moment(date(row.year, 5, 28))
    report_update(registration=row, text=BEGUN, by=clerk, at=later)
    complete_milestone(milestone=step, by=clerk, at=later)


def report(desk: Desk, row: Registration, number: int) -> None:
    """Report in the middle of the year, with half of what will be reached."""
    clerk = desk.world.seat(row.organisation, Role.CLERK)
    share = Decimal(5 + number % 4) / 10
    figures = [
        _figure(code, unit, _rounded(Decimal(amount) * Decimal(reached) * share, unit))
        for code, unit, amount, reached in COUNTED[row.field]
    ]
    at = moment(date(row.year, 7, 6) + timedelta(days=number % 9))
    report_update(registration=row, text=HALFWAY, figures=figures, by=clerk, at=at)
    rest = [
        _figure(code, unit, _rounded(Decimal(amount) * Decimal(reached) * (1 - share), unit))
        for code, unit, amount, reached in COUNTED[row.field]
    ]
    at = moment(date(row.year, 9, 3) + timedelta(days=number % 5))
    report_update(registration=row, text=DONE, figures=rest, by=clerk, at=at)


def _figure(code: str, unit: str, amount: Decimal) -> FigureTerms:
    return FigureTerms(indicator=Indicator.objects.get(code=code), amount=amount, unit=unit)


def _rounded(amount: Decimal, unit: str) -> Decimal:
    # lengths and money may be broken, people and households not
    places = Decimal("0.1") if unit in {"km", "triệu đồng"} else Decimal(1)
    return max(amount.quantize(places), places)
