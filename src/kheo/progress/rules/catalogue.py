"""Who keeps the catalogue of indicators, and which of it a unit may count by."""

from django.utils.translation import gettext_lazy as _

from kheo.exemplars.models import Registration
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.organisations.rules import YES, Verdict, no
from kheo.progress.models import Indicator


def can_add_indicators(seat: Seat) -> Verdict:
    """Let administrators add to the catalogue, for their organisation and all below it."""
    if seat.role != Role.ADMINISTRATOR:
        return no(_("Only an administrator changes the catalogue of indicators."))
    return YES


def can_edit_indicator(seat: Seat, indicator: Indicator) -> Verdict:
    """Let administrators change and retire what their own organisation added."""
    if not (verdict := can_add_indicators(seat)):
        return verdict
    if indicator.is_shipped or indicator.owner_id is None:
        return no(_("This indicator was shipped with the program and stays as it is."))
    if indicator.owner_id != seat.organisation_id:
        return no(_("This indicator belongs to another organisation."))
    return YES


def usable_verdict(indicator: Indicator, registration: Registration) -> Verdict:
    """Tell whether a new result of a model may be counted by this indicator."""
    if indicator.retired_at is not None:
        return no(_("This indicator is not used any more; choose another."))
    if not registration.path.startswith(indicator.owner_path):
        return no(_("This indicator belongs to another organisation."))
    return YES
