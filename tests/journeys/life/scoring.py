"""How units, superior and members score in this story: the points by total, and who gives them."""

from collections.abc import Iterable
from decimal import Decimal

from tests.journeys.life.world import HOUSE, LIGHT, LYCHEE, STREET, WATCH, entry_of
from tests.journeys.s4.models import ROAD, Written
from tests.journeys.s4.story import Story

from kheo.appraisal.actions import ScoreLine, save_scores, save_superior_scores, send_file
from kheo.appraisal.models import AppraisalFile
from kheo.councils.actions import Mark, save_member_scores
from kheo.councils.models import Allotment
from kheo.criteria.enums import Side
from kheo.criteria.models import CriteriaSet, Criterion
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat

# points of the criteria 1–8 by what they come to; the most is 10, 10, 15, 15, 20, 10, 10, 10
POINTS = {
    100: (10, 10, 15, 15, 20, 10, 10, 10),
    95: (10, 10, 15, 15, 20, 10, 10, 5),
    92: (10, 10, 15, 15, 20, 10, 10, 2),
    90: (10, 10, 15, 15, 20, 10, 5, 5),
    85: (10, 10, 15, 15, 15, 10, 5, 5),
    60: (8, 8, 10, 10, 10, 6, 4, 4),
}
# what the superior gives, and what the council comes to
SUPERIOR = {ROAD: 92, LIGHT: 90, HOUSE: 90, STREET: 85, LYCHEE: 85, WATCH: 60}
COUNCIL = SUPERIOR | {ROAD: 95}
# the light and the house are handed in together: no rule parts them
TOGETHER = (LIGHT, HOUSE)
NOTE = "Minh chứng chưa đủ để xác nhận toàn bộ số liệu tự báo cáo."


def leaves_of(used: CriteriaSet, side: Side) -> list[Criterion]:
    """Return the criteria that a side scores, in order."""
    rows = list(used.criteria.order_by("order", "pk"))
    headings = {row.parent_id for row in rows}
    return [row for row in rows if row.pk not in headings and side in row.scored_by]


def points_for(leaves: Iterable[Criterion], total: int) -> dict[Criterion, Decimal]:
    """Return points that come to a total: bonus none, conditions not met."""
    given = iter(POINTS[total])
    return {leaf: Decimal(next(given)) if leaf.kind == "points" else Decimal(0) for leaf in leaves}


def file_of(text: Written) -> AppraisalFile:
    """Return the appraisal file of a model, as it stands."""
    return AppraisalFile.objects.get(registration=entry_of(text))


def units_score_themselves(story: Story) -> None:
    """Let the heads give their models all points and send them, two at the same moment."""
    together = story.clock()
    for text in SUPERIOR:
        file = file_of(text)
        head = Seat.objects.get(organisation=file.organisation, role=Role.HEAD)
        at = together if text in TOGETHER else story.clock()
        lines = lines_for(file, Side.SELF, 100)
        save_scores(file=file, lines=lines, by=head, at=at)
        send_file(file=file, by=head, at=at)


def superior_scores(story: Story, *texts: Written) -> None:
    """Let the officer score files with a reason wherever points are taken off."""
    officer = story.district.seats["officer"]
    for text in texts:
        file = file_of(text)
        lines = lines_for(file, Side.SUPERIOR, SUPERIOR[text])
        save_superior_scores(file=file, lines=lines, by=officer, at=story.clock())


def lines_for(file: AppraisalFile, side: Side, total: int) -> list[ScoreLine]:
    """Return the scores of a side that come to a total."""
    given = points_for(leaves_of(file.criteria_set, side), total)
    note = NOTE if side == Side.SUPERIOR else ""
    return [
        ScoreLine(criterion=leaf.pk, points=points, note=note) for leaf, points in given.items()
    ]


def members_score(story: Story, *, total: dict[str, int]) -> None:
    """Let every member hand in what is not in yet; ``total`` is by the name of the file."""
    rows = Allotment.objects.exclude(state="done").select_related(
        "member__seat", "file__file__criteria_set", "file__council"
    )
    for row in rows.order_by("file__order", "member"):
        leaves = leaves_of(row.file.file.criteria_set, Side.COUNCIL)
        given = points_for(leaves, total[row.file.file.name])
        marks = {leaf.pk: Mark(points) for leaf, points in given.items()}
        seat = row.member.seat
        save_member_scores(allotment=row, marks=marks, hand_in=True, by=seat, at=story.clock())
