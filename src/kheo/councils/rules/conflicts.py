"""Finding who keeps out of a file because it is of the own unit, or of a unit below it."""

from kheo.councils.enums import ConflictKind
from kheo.organisations.models import Organisation


def conflict_of(
    unit: Organisation, *, file_unit_id: int, file_path: str, council_path: str
) -> ConflictKind | None:
    """Return why a member of this unit keeps out of a file, or None.

    The committee that set the council up stands above every file, and so do its superiors: their
    people keep out of files of their very unit only, or nobody could score.

    :param unit: the organisation in which the member has the seat.
    :param file_path: the path of the file's unit, as organised when it was entered.
    :param council_path: the path of the committee that set the council up.
    """
    if unit.pk == file_unit_id or file_path == unit.path:
        return ConflictKind.OWN_UNIT
    if council_path.startswith(unit.path):
        return None
    return ConflictKind.OWN_LINE if file_path.startswith(unit.path) else None
