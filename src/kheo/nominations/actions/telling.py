"""Who is told what of a list: the officers on both sides, and the units of its models."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from kheo.nominations.enums import Standing
from kheo.nominations.models import Nomination, NominationList
from kheo.nominations.queries.structure import handlers_of
from kheo.notices.actions import Telling, in_house_language, notify, notify_each
from kheo.organisations.models import Organisation

MOST_NAMED = 30


@in_house_language
def tell_of_sending(
    row: NominationList, sent: list[Nomination], *, first: bool, at: datetime
) -> None:
    """Tell the committee above, the units whose models go up, and once those whose stop."""
    if row.target is not None:
        subject = _("List of nominations: %s") % row
        body = _("%s models are put forward, by rank.") % len(sent)
        _tell_handlers(row.target, subject, body, row, at)
    going = {"target": str(row.target), "owner": str(row.owner)}
    _tell_units(
        sent,
        _("%(owner)s puts models of yours forward to %(target)s") % going,
        lambda one: _("%(model)s (rank %(rank)s)") % {"model": one.registration, "rank": one.rank},
        at,
    )
    if first:
        stopped = row.nominations.filter(stands=Standing.STOPPED).select_related("registration")
        _tell_units(
            stopped,
            _("%(owner)s does not put these models of yours forward") % going,
            lambda one: f"{one.registration}: {one.reason}",
            at,
        )


@in_house_language
def tell_of_taking_back(row: NominationList, *, at: datetime) -> None:
    """Tell the committee above that the list no longer lies there."""
    if row.target is not None:
        subject = _("List of nominations taken back: %s") % row
        _tell_handlers(row.target, subject, "", row, at)


@in_house_language
def tell_of_answers(row: NominationList, answered: list[Nomination], *, at: datetime) -> None:
    """Tell the nominating body and the units of the models what was answered."""
    lines = [f"{one.rank}. {_in_words(one)}" for one in answered]
    subject = _("Answer of %(target)s to the list: %(list)s") % {"target": row.target, "list": row}
    _tell_handlers(row.owner, subject, "\n".join(lines), row, at)
    _tell_units(answered, _("Answer of %s on models of yours") % row.target, _in_words, at)


@in_house_language
def tell_of_return(row: NominationList, *, at: datetime) -> None:
    """Tell the nominating body that its list came back, and why."""
    subject = _("List of nominations sent back: %s") % row
    _tell_handlers(row.owner, subject, row.answer_reason, row, at)


def _in_words(one: Nomination) -> str:
    reason = f" – {one.answer_reason}" if one.answer_reason else ""
    return f"{one.registration}: {one.get_answer_display()}{reason}"


def _tell_handlers(
    organisation: Organisation, subject: str, body: str, row: NominationList, at: datetime
) -> None:
    notify(
        organisation=organisation,
        subject=subject,
        body=body,
        users=handlers_of(organisation.pk, at),
        link=reverse("nominations:detail", args=[row.pk]),
        at=at,
    )


def _tell_units(
    rows: Iterable[Nomination], subject: str, words: Callable[[Nomination], str], at: datetime
) -> None:
    """Tell each unit of all its models at once."""
    by_unit: dict[int, list[Nomination]] = {}
    for one in rows:
        by_unit.setdefault(one.registration.organisation_id, []).append(one)
    tellings = [
        Telling(
            organisation_id=unit,
            subject=subject,
            body="\n".join(f"- {words(one)}" for one in ones[:MOST_NAMED]),
            link=reverse("exemplars:detail", args=[ones[0].registration_id]),
        )
        for unit, ones in sorted(by_unit.items())
    ]
    notify_each(tellings=tellings, at=at)
