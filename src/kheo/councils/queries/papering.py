"""What the papers of a council are made of, with a fixed number of statements."""

from collections import defaultdict
from decimal import Decimal

from django.db.models import F

from kheo.councils.enums import AllotmentState
from kheo.councils.models import Allotment, Council, CouncilFile, CouncilMember

ORDER = {"chair": 0, "secretary": 1, "member": 2}
FIELD_ORDER = ("economy", "culture_society", "defence_security", "political_system", "")


def members_in_order(council: Council) -> list[CouncilMember]:
    """Return the members as papers name them: chair, secretary, the others."""
    return sorted(council.members.all(), key=lambda one: (ORDER[one.role], one.pk))


def files_in_order(council: Council) -> list[CouncilFile]:
    """Return the files by field and place; where no outcome is settled, by total."""
    rows = CouncilFile.objects.filter(council=council).select_related(
        "file__level", "outcome__grade", "council"
    )
    ordered = rows.order_by(
        F("outcome__place").asc(nulls_last=True), F("total").desc(nulls_last=True), "order", "pk"
    )
    return sorted(ordered, key=lambda row: FIELD_ORDER.index(row.file.field))


def member_totals_of(council: Council) -> dict[int, dict[int, Decimal]]:
    """Return what each member gave each file in all, by file and member; only what is in."""
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    rows = Allotment.objects.filter(file__council=council, state=AllotmentState.DONE)
    for file, member, total in rows.values_list("file", "member", "total"):
        if total is not None:
            found[file][member] = total
    return found
