"""What the papers of a council are made of, with a fixed number of statements."""

from collections import defaultdict
from decimal import Decimal

from django.db.models import F

from kheo.councils.enums import AllotmentState
from kheo.councils.models import Allotment, Conflict, Council, CouncilFile, CouncilMember
from kheo.councils.queries.outcomes import in_ranking

ORDER = {"chair": 0, "secretary": 1, "member": 2}


def members_in_order(council: Council) -> list[CouncilMember]:
    """Return the members as papers name them: chair, secretary, the others."""
    return sorted(council.members.all(), key=lambda one: (ORDER[one.role], one.pk))


def files_in_order(council: Council) -> list[CouncilFile]:
    """Return the files group by group and place by place; where nothing is settled, by total."""
    rows = CouncilFile.objects.filter(council=council).select_related(
        "file__level", "outcome__grade", "council"
    )
    groups = in_ranking(council, "file__", "outcome__place")
    return list(rows.order_by(*groups, F("total").desc(nulls_last=True), "order", "pk"))


def kept_out_of(council: Council) -> dict[int, list[str]]:
    """Return the names of the members who keep out of a file, by the key of the file."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Conflict.objects.filter(file__council=council).select_related("member")
    for row in rows.order_by("member", "file"):
        found[row.file_id].append(row.member.name)
    return found


def member_totals_of(council: Council) -> dict[int, dict[int, Decimal]]:
    """Return what each member gave each file in all, by file and member; only what is in."""
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    rows = Allotment.objects.filter(file__council=council, state=AllotmentState.DONE)
    for file, member, total in rows.values_list("file", "member", "total"):
        if total is not None:
            found[file][member] = total
    return found
