"""What can be done to a registration from a seat, as buttons that say why not."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kheo.exemplars.enums import Deed
from kheo.exemplars.models import Registration
from kheo.exemplars.queries.one import Sheet
from kheo.exemplars.rules import (
    TRANSITIONS,
    Side,
    can_amend,
    can_do,
    can_sign_off,
    content_gaps,
    holders_of_places,
    is_checker,
    submission_verdicts,
)
from kheo.organisations.models import Seat
from kheo.organisations.rules import Verdict
from kheo.rounds.models import Quota

UNIT_DEEDS = (Deed.SIGN_OFF, Deed.SUBMIT, Deed.REOPEN_DRAFT, Deed.AMEND, Deed.WITHDRAW)
OFFICER_DEEDS = (Deed.ACCEPT, Deed.RETURN, Deed.DECLINE, Deed.RECONSIDER)
LEADING = frozenset({Deed.SIGN_OFF, Deed.SUBMIT, Deed.ACCEPT})
GRAVE = frozenset({Deed.WITHDRAW, Deed.DECLINE})
LABELS: dict[Deed, Promise] = {
    Deed.SIGN_OFF: _("Sign off"),
    Deed.REOPEN_DRAFT: _("Take back to draft"),
    Deed.SUBMIT: _("Submit to the level above"),
    Deed.RETURN: _("Return for correction"),
    Deed.ACCEPT: _("Accept"),
    Deed.DECLINE: _("Decline"),
    Deed.WITHDRAW: _("Withdraw the registration"),
    Deed.AMEND: _("Change what was submitted"),
    Deed.RECONSIDER: _("Consider again"),
}


@dataclass(frozen=True, kw_only=True)
class DeedButton:
    """One deed as a button; ``asks`` first opens a page, where a reason or a preview is needed."""

    deed: Deed
    label: Promise
    url: str
    verdict: Verdict
    asks: bool

    @property
    def primary(self) -> bool:
        """Tell whether it is the one obvious next step."""
        return self.deed in LEADING

    @property
    def danger(self) -> bool:
        """Tell whether it is hard to undo."""
        return self.deed in GRAVE


def deed_buttons(sheet: Sheet, seat: Seat, today: date) -> list[DeedButton]:
    """Return the deeds that fit the state and the seat's side, those refused with their reason."""
    row = sheet.registration
    side = deed_side(seat, row)
    if side is None:
        return []
    deeds = UNIT_DEEDS if side == Side.UNIT else OFFICER_DEEDS
    return [
        DeedButton(
            deed=deed,
            label=LABELS[deed],
            url=_address(deed, row),
            verdict=deed_verdict(deed, sheet, seat, today),
            asks=deed in {Deed.SUBMIT, Deed.RETURN} or TRANSITIONS[deed].needs_reason,
        )
        for deed in deeds
        if row.state in TRANSITIONS[deed].sources
    ]


def deed_side(seat: Seat, row: Registration) -> Side | None:
    """Return on which side a seat stands to a registration; None for those who only read."""
    if seat.organisation_id == row.organisation_id:
        return Side.UNIT
    return Side.OFFICER if is_checker(seat, row) else None


def deed_verdict(deed: Deed, sheet: Sheet, seat: Seat, today: date) -> Verdict:
    """Judge one deed with all that it asks."""
    row = sheet.registration
    match deed:
        case Deed.SIGN_OFF:
            return can_sign_off(seat, row, content_gaps(row, sheet.spec).values())
        case Deed.AMEND:
            return can_amend(seat, row, row.participation, today=today)
        case Deed.SUBMIT:
            return _submission(sheet, seat, today)
    return can_do(deed, seat, row)


def _submission(sheet: Sheet, seat: Seat, today: date) -> Verdict:
    row = sheet.registration
    others = Registration.objects.filter(participation=row.participation_id)
    quotas = Quota.objects.filter(audience=row.participation.audience_id).select_related("level")
    verdicts = submission_verdicts(
        [row],
        holders_of_places(others),
        quotas=list(quotas),
        specs={row.form: sheet.spec},
        seat=seat,
        today=today,
    )
    return verdicts[row.pk]


def _address(deed: Deed, row: Registration) -> str:
    if deed == Deed.SUBMIT:
        return f"{reverse('exemplars:unit-submit', args=[row.participation_id])}?r={row.pk}"
    if deed == Deed.RETURN:
        return reverse("exemplars:return", args=[row.pk])
    return reverse("exemplars:deed", args=[row.pk, deed.value])
