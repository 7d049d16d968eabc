"""An import, locked: where every deed on it begins and ends, and the errors of these deeds."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from kheo.audit.actions import Deed, record
from kheo.intake.models import Intake
from kheo.intake.rules import can_change
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand


class IntakeError(Exception):
    """The files cannot be taken, or a correction does not fit; the message says why."""


class StaleIntakeError(Exception):
    """Somebody else, or another window, has gone on with the import since."""

    def __init__(self) -> None:
        """Say in plain words what happened and what to do."""
        super().__init__(
            _(
                "This import was changed in another window since you opened the page. Nothing of"
                " yours was saved; look at it again."
            )
        )


def lock_intake(intake_id: int) -> Intake:
    """Return an import as it stands, locked until the end of the transaction."""
    rows = Intake.objects.select_for_update(of=("self",))
    return rows.select_related("round__organiser", "organisation", "seat").get(pk=intake_id)


def begin_change(intake_id: int, by: Seat) -> Intake:
    """Lock an import that is to be changed.

    :raises NotAllowedError: when the seat may not, or it is saved or abandoned.
    """
    intake = lock_intake(intake_id)
    demand(can_change(by, intake))
    return intake


def end_change(
    intake: Intake,
    verb: str,
    *,
    by: Seat,
    at: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Count the change and leave its trace."""
    intake.version += 1
    intake.save(update_fields=["version", "state", "setback", "ended_at"])
    deed = Deed(verb=verb, record=intake, scope=intake.path, before=before or {}, after=after or {})
    record(deed=deed, by=by, at=at)
