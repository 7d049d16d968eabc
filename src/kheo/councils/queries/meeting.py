"""What a session needs to know: who is present, how files were voted on."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from kheo.councils.models import Ballot, Conflict, Council, CouncilFile, CouncilMember, Vote
from kheo.councils.rules.deeds import sees_count
from kheo.organisations.models import Seat
from kheo.organisations.rules import Verdict, no


@dataclass(frozen=True, kw_only=True)
class VotePage:
    """The vote that runs, or the last one; ballots carry counts only where they may be seen."""

    vote: Vote | None
    ballots: list[Ballot]
    voters: list[str]
    missing: list[str]
    has_voted: bool
    # files on which the member who looks has no vote
    kept_out: frozenset[int] = frozenset()
    counted: Verdict
    earlier: list[Vote]

    @property
    def is_open(self) -> bool:
        """Tell whether ballots can be dropped."""
        return self.vote is not None and self.vote.closed_at is None


def present_count(council: Council) -> int:
    """Return how many members are marked as present."""
    return council.members.filter(is_present=True).count()


def kept_out(
    council: Council, files: Iterable[CouncilFile], **members: object
) -> "QuerySet[Conflict]":
    """Return why members keep out of files of a council.

    :param members: what the members are narrowed to, by field.
    """
    narrowed = {f"member__{name}": value for name, value in members.items()}
    return Conflict.objects.filter(member__council=council, file__in=files, **narrowed)


def files_voted_on(vote: Vote, seat: Seat) -> list[int]:
    """Return the keys of the files of a vote of which a member does not keep out."""
    rows = vote.ballots.exclude(file__conflicts__member__seat=seat)
    return list(rows.values_list("file_id", flat=True))


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
    ballots = list(vote.ballots.select_related("file__file").order_by("file__order", "file"))
    own = set(files_voted_on(vote, member.seat)) if member is not None else set()
    return VotePage(
        vote=vote,
        ballots=ballots,
        kept_out=frozenset(ballot.file_id for ballot in ballots if ballot.file_id not in own),
        voters=[one.name for one in people if one.pk in voted],
        missing=[one.name for one in people if one.pk not in voted],
        has_voted=member is not None and member.pk in voted,
        counted=sees_count(vote, len(voted)),
        earlier=votes[1:],
    )
