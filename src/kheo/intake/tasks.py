"""Work in the background: reading what was handed in, and saving what is long."""

from django.utils import timezone

from kheo.intake.actions import carry_out_saving, read_waiting_files
from kheo.intake.models import Intake


def read_intake(pk: int) -> str:
    """Read the files of an import that wait; given out twice, it reads nothing twice."""
    intake = Intake.objects.select_related("round", "seat__organisation__kind", "organisation").get(
        pk=pk
    )
    return str(read_waiting_files(intake=intake).state)


def save_intake_rows(pk: int, seat: int) -> str:
    """Save the rows of an import as it was ordered; given out twice, it saves nothing twice."""
    return str(carry_out_saving(intake=pk, seat=seat, at=timezone.now()).state)
