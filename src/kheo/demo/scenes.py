"""Brings the round in progress to where every kind of standing can be seen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kheo.demo.registering import Desk, hand_in, keep_up, parts_of, register
from kheo.demo.world import World, moment
from kheo.exemplars.actions import accept_many, replicate, return_registration, sign_off_many
from kheo.exemplars.enums import State
from kheo.exemplars.models import Exemplar, Registration
from kheo.notices.actions import prepare_message
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.rounds.actions import extend_deadline
from kheo.rounds.models import Participation, Round

REMARKS = [
    ("content", "Nêu rõ ai làm, làm thế nào; hiện mới ghi mục đích, chưa có cách làm."),
    ("expected_results", "Đề nghị ghi con số cụ thể: số hộ, số người, kinh phí vận động."),
]


@dataclass(frozen=True)
class Moment:
    """One unit of the round in progress, and what its scene needs to know."""

    desk: Desk
    part: Participation
    previous: Round
    officer: Seat
    at: datetime
    today: date

    @property
    def levels(self) -> list[str]:
        """Return at which levels the unit registers what is new."""
        is_commune = self.part.organisation.kind.code == "commune_committee"
        return ["province", "commune"] if is_commune else ["province"]

    def drafts(self) -> list[Registration]:
        """Write what the unit registers: one model kept up, the rest new."""
        kept = keep_up(self.desk, self.part, self.previous, self.at)
        return kept + register(self.desk, self.part, self.levels, self.at)

    def submitted(self) -> list[Registration]:
        """Hand everything in, and return it."""
        hand_in(self.desk, self.part, self.drafts(), self.at)
        return list(Registration.objects.filter(participation=self.part).order_by("pk"))


def wait(_now: Moment) -> None:
    """Leave the unit as one that has not begun."""


def begin(now: Moment) -> None:
    """Leave a draft behind, half written."""
    register(now.desk, now.part, now.levels[:1], now.at)


def sign(now: Moment) -> None:
    """Have everything signed off, but not handed in."""
    drafts = now.drafts()
    head = now.desk.head(now.part)
    sign_off_many(registrations=drafts, by=head, at=now.at + timedelta(hours=1))


def submit(now: Moment) -> None:
    """Hand everything in; it waits for the officer."""
    now.submitted()


def send_back(now: Moment) -> None:
    """Have one registration returned with remarks, and the others accepted."""
    first, *others = now.submitted()
    at = now.at + timedelta(days=2)
    return_registration(
        registration=first,
        remarks=REMARKS,
        due_on=now.today + timedelta(days=4),
        by=now.officer,
        at=at,
    )
    if others:
        accept_many(registrations=others, by=now.officer, at=at)


def finish(now: Moment) -> None:
    """Have everything accepted."""
    rows = now.submitted()
    accept_many(registrations=rows, by=now.officer, at=now.at + timedelta(days=3))


def spread(now: Moment) -> None:
    """Replicate a model that another unit had accepted, and hand it in with the rest."""
    origin = (
        Exemplar.objects.filter(
            registrations__round=now.previous, registrations__state=State.ACCEPTED
        )
        .exclude(owner=now.part.organisation)
        .order_by("pk")
        .first()
    )
    now.submitted()
    if origin is not None:
        replicate(
            exemplar=origin,
            participation=now.part,
            intended_level=now.desk.levels["commune"],
            by=now.desk.clerk(now.part),
            at=now.at + timedelta(hours=3),
        )


SCENES: tuple[Callable[[Moment], None], ...] = (
    finish,
    send_back,
    submit,
    wait,
    begin,
    finish,
    sign,
    spread,
)


def play_current_round(
    desk: Desk, round: Round, *, officer: Seat, previous: Round, today: date
) -> None:
    """Let every unit of the round play its scene, then extend, and prepare a reminder."""
    parts = parts_of(round)
    for number, part in enumerate(parts):
        day = min(round.opens_on + timedelta(days=6 + number % 12), today - timedelta(days=5))
        now = Moment(desk, part, previous, officer, moment(day), today)
        SCENES[number % len(SCENES)](now)
    _extend_one(parts, officer, today)
    _prepare_reminder(desk.world, round, officer, today)


def _extend_one(parts: list[Participation], officer: Seat, today: date) -> None:
    overdue = [part for part in parts if part.due_on < today]
    for part in Participation.objects.filter(
        pk__in=[part.pk for part in overdue], first_submitted_at__isnull=True
    )[:1]:
        extend_deadline(
            participation=part,
            due_on=today + timedelta(days=6),
            reason="Đơn vị đang kiện toàn tổ chức sau sắp xếp, có văn bản xin lùi thời hạn.",
            by=officer,
            at=moment(today - timedelta(days=1)),
        )


def _prepare_reminder(world: World, round: Round, officer: Seat, today: date) -> None:
    silent = Participation.objects.filter(
        round=round, first_submitted_at__isnull=True, due_on__lt=today
    ).select_related("organisation")
    prepare_message(
        sender=world.province,
        units=[part.organisation for part in silent],
        subject=f"Nhắc đăng ký mô hình, điển hình “Dân vận khéo” năm {round.year}",
        body="Đề nghị đơn vị hoàn thành việc đăng ký và gửi về Ban Tuyên giáo và Dân vận Tỉnh ủy.",
        link="",
        by=officer,
        at=moment(today, 8),
    )


def officer_of(world: World) -> Seat:
    """Return the province's movement officer."""
    return world.seat(world.advisory, Role.OFFICER)
