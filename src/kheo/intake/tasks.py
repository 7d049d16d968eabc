"""Work in the background: reading what was handed in."""

from kheo.intake.actions import read_waiting_files
from kheo.intake.models import Intake


def read_intake(pk: int) -> str:
    """Read the files of an import that wait; given out twice, it reads nothing twice."""
    intake = Intake.objects.select_related("round", "seat__organisation__kind", "organisation").get(
        pk=pk
    )
    return str(read_waiting_files(intake=intake).state)
