"""What a session needs to know: who is present, how files were voted on."""

from kheo.councils.models import Ballot, Council


def present_count(council: Council) -> int:
    """Return how many members are marked as present."""
    return council.members.filter(is_present=True).count()


def last_ballots(council: Council) -> dict[int, Ballot]:
    """Return the count of the last closed vote on each file, by key of the council file."""
    rows = Ballot.objects.filter(vote__council=council, vote__closed_at__isnull=False)
    return {row.file_id: row for row in rows.select_related("vote").order_by("vote", "pk")}
