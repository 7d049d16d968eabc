"""Reminding units from the board of a round."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from kheo.notices.actions import prepare_message
from kheo.notices.models import Message
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand
from kheo.reporting.rules import can_remind_units
from kheo.rounds.enums import OWING
from kheo.rounds.models import Participation, Round


class NobodyToRemindError(Exception):
    """None of the chosen units still owes anything."""


@transaction.atomic
def remind_units(
    *, round: Round, units: Sequence[Participation], by: Seat, at: datetime
) -> Message:
    """Lay a reminder to those of the units that still owe something into the outbox.

    The message is an official text, in Vietnamese; the officer reads and changes it before it is
    sent.

    :raises NotAllowedError: if the seat may not remind units, or not one of these.
    :raises NobodyToRemindError: if all of them have handed in.
    """
    demand(can_remind_units(by, round))
    owing = [unit for unit in units if unit.state in OWING]
    if not owing:
        raise NobodyToRemindError
    return prepare_message(
        sender=Organisation.objects.get(pk=by.organisation.reach_id),
        units=[unit.organisation for unit in owing],
        subject=f"Đôn đốc đăng ký mô hình, điển hình “Dân vận khéo” năm {round.year}",
        body=reminder_text(round, [unit.due_on for unit in owing]),
        # the first page of the unit shows what is due from it
        link=reverse("home:my-work"),
        by=by,
        at=at,
    )


def reminder_text(round: Round, deadlines: Sequence[date]) -> str:
    """Write the reminder: which round, until when, and what is asked."""
    document = round.governing_document
    opening = f"Thực hiện {document.citation}, đề nghị" if document else "Đề nghị"
    receiver = f" (qua {round.receiver_name})" if round.receiver_name else ""
    return (
        "Kính gửi các đơn vị,\n\n"
        f"{opening} đơn vị khẩn trương hoàn thành việc đăng ký xây dựng mô hình, điển hình "
        f"“Dân vận khéo” của đợt “{round.title}”, thủ trưởng đơn vị duyệt và gửi về "
        f"{round.organiser.name}{receiver} {_deadline_words(deadlines)}.\n\n"
        "Đơn vị đã được trả lại bản đăng ký đề nghị bổ sung theo ý kiến ghi tại từng mục và gửi "
        "lại. Nếu có khó khăn, vướng mắc, đề nghị phản ánh kịp thời để được hướng dẫn.\n\n"
        "Trân trọng!"
    )


def _deadline_words(deadlines: Sequence[date]) -> str:
    first, last = min(deadlines), max(deadlines)
    if first == last:
        return f"chậm nhất ngày {first:%d/%m/%Y}"
    return f"theo thời hạn của đơn vị (từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y})"
