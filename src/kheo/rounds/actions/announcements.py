"""Telling the units that a round asks them to register."""

from datetime import datetime

from django.urls import reverse

from kheo.notices.actions import notify, notify_all
from kheo.organisations.models import Organisation
from kheo.rounds.models import Audience, Participation, Round


def tell_asked_units(round: Round, at: datetime) -> None:
    """Tell the clerks and heads of all units of a round, with one statement per audience."""
    for audience in Audience.objects.filter(round=round):
        asked = Participation.objects.filter(round=round, audience=audience)
        subject, body = announcement(round, audience)
        notify_all(
            organisations=Organisation.objects.filter(pk__in=asked.values("organisation")),
            subject=subject,
            body=body,
            link=reverse("rounds:detail", args=[round.pk]),
            at=at,
        )


def tell_unit(participation: Participation, at: datetime) -> None:
    """Tell the clerks and heads of a unit that was added to a round."""
    round = participation.round
    subject, body = announcement(round, participation.audience)
    notify(
        organisation=participation.organisation,
        subject=subject,
        body=body,
        link=reverse("rounds:detail", args=[round.pk]),
        at=at,
    )


def announcement(round: Round, audience: Audience) -> tuple[str, str]:
    """Write what a unit is told: the round and the deadline. An official text, in Vietnamese."""
    due = f"{audience.due_on:%d/%m/%Y}"
    document = round.governing_document
    opening = f"Thực hiện {document.citation}, đề nghị" if document else "Đề nghị"
    receiver = f" (qua {round.receiver_name})" if round.receiver_name else ""
    body = (
        f"{opening} đơn vị đăng ký xây dựng mô hình, điển hình “Dân vận khéo” năm {round.year} "
        f"và gửi về {round.organiser.name}{receiver} chậm nhất ngày {due}."
    )
    return f"Đợt đăng ký mới, hạn {due}: {round.title}", body
