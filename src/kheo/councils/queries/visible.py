"""Which councils a seat sees, and what it is to score."""

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from kheo.councils.enums import AllotmentState, CouncilState
from kheo.councils.models import Allotment, Council, CouncilFile, CouncilMember
from kheo.councils.rules.deeds import WATCHERS
from kheo.organisations.models import Seat, below
from kheo.organisations.rules import reach_of


def councils_visible_to(seat: Seat) -> QuerySet[Council]:
    """Return the councils in which the seat sits, and to its watchers those of its reach."""
    own = CouncilMember.objects.filter(council=OuterRef("pk"), seat=seat)
    seen = Q(Exists(own))
    if seat.role in WATCHERS:
        seen |= below(reach_of(seat))
    return Council.objects.filter(seen)


def listed_councils(seat: Seat) -> QuerySet[Council]:
    """Return the visible councils, newest first, with how far their scores have come."""
    return with_progress(councils_visible_to(seat))


def with_progress(councils: QuerySet[Council]) -> QuerySet[Council]:
    """Return councils, newest first, with the numbers of their files, members and scores."""
    files = CouncilFile.objects.filter(council=OuterRef("pk")).order_by().values("council")
    scores = Allotment.objects.filter(file__council=OuterRef("pk")).order_by()
    members = CouncilMember.objects.filter(council=OuterRef("pk")).order_by().values("council")
    done = scores.filter(state=AllotmentState.DONE)
    return (
        councils.select_related("organisation")
        .annotate(
            file_count=files.annotate(n=Count("pk")).values("n"),
            member_count=members.annotate(n=Count("pk")).values("n"),
            score_count=scores.values("file__council").annotate(n=Count("pk")).values("n"),
            done_count=done.values("file__council").annotate(n=Count("pk")).values("n"),
        )
        .order_by("-year", "-pk")
    )


def queue_of_member(seat: Seat, *, open_only: bool = False) -> QuerySet[Allotment]:
    """Return the files given to a seat in councils that score, what is not done first."""
    rows = Allotment.objects.filter(
        member__seat=seat, file__council__state=CouncilState.SCORING
    ).select_related("file__file", "file__council")
    if open_only:
        rows = rows.exclude(state=AllotmentState.DONE)
    last = Case(
        When(state=AllotmentState.DONE, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return rows.order_by(last, "file__council", "order", "pk")


def waiting_scores(seat: Seat) -> int:
    """Return how many files wait for the scores of a seat."""
    rows = Allotment.objects.filter(member__seat=seat, file__council__state=CouncilState.SCORING)
    return rows.exclude(state=AllotmentState.DONE).count()


def neighbours_of(allotment: Allotment) -> tuple[int | None, int | None]:
    """Return the keys of the council files before and after one in its member's queue."""
    rows = Allotment.objects.filter(member=allotment.member_id).order_by("order", "pk")
    here = (allotment.order, allotment.pk)
    earlier = rows.filter(Q(order__lt=here[0]) | Q(order=here[0], pk__lt=here[1]))
    later = rows.filter(Q(order__gt=here[0]) | Q(order=here[0], pk__gt=here[1]))
    return (
        earlier.reverse().values_list("file_id", flat=True).first(),
        later.values_list("file_id", flat=True).first(),
    )


def next_to_score(allotment: Allotment) -> int | None:
    """Return the next file of the member whose scores are not in, from the top when at the end."""
    rows = Allotment.objects.filter(member=allotment.member_id)
    waiting = rows.exclude(state=AllotmentState.DONE).exclude(pk=allotment.pk)
    later = Q(order__gt=allotment.order) | Q(order=allotment.order, pk__gt=allotment.pk)
    ordered = waiting.order_by("order", "pk").values_list("file_id", flat=True)
    return ordered.filter(later).first() or ordered.first()
