"""What a session needs to know: who is present, how files were voted on."""

from dataclasses import dataclass

from kheo.councils.models import Ballot, Council, CouncilMember, Vote
from kheo.councils.rules.deeds import sees_count
from kheo.organisations.rules import Verdict, no


@dataclass(frozen=True, kw_only=True)
class VotePage:
    """The vote that runs, or the last one; ballots carry counts only where they may be seen."""

    vote: Vote | None
    ballots: list[Ballot]
    voters: list[str]
    missing: list[str]
    has_voted: bool
    counted: Verdict
    earlier: list[Vote]

    @property
    def is_open(self) -> bool:
        """Tell whether ballots can be dropped."""
        return self.vote is not None and self.vote.closed_at is None


def present_count(council: Council) -> int:
    """Return how many members are marked as present."""
    return council.members.filter(is_present=True).count()


def last_ballots(council: Council) -> dict[int, Ballot]:
    """Return the count of the last closed vote on each file, by key of the council file."""
    rows = Ballot.objects.filter(vote__council=council, vote__closed_at__isnull=False)
    return {row.file_id: row for row in rows.select_related("vote").order_by("vote", "pk")}


def vote_page(council: Council, member: CouncilMember | None) -> VotePage:
    """Return the newest vote of a council as the page shows it."""
    votes = list(council.votes.order_by("-pk"))
    if not votes:
        return VotePage(
            vote=None,
            ballots=[],
            voters=[],
            missing=[],
            has_voted=False,
            counted=no(""),
            earlier=[],
        )
    vote = votes[0]
    voted = set(vote.voters.values_list("member_id", flat=True))
    # by name, not by when they voted
    people = council.members.filter(is_present=True).order_by("name", "pk")
    return VotePage(
        vote=vote,
        ballots=list(vote.ballots.select_related("file__file").order_by("file__order", "file")),
        voters=[one.name for one in people if one.pk in voted],
        missing=[one.name for one in people if one.pk not in voted],
        has_voted=member is not None and member.pk in voted,
        counted=sees_count(vote, len(voted)),
        earlier=votes[1:],
    )
