"""Votes of those present: opened, cast, closed; of a secret one nothing but the count is kept."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kheo.councils.actions.journal import locked_council, member_of, note_council
from kheo.councils.enums import Choice
from kheo.councils.models import Ballot, Council, CouncilFile, OpenBallot, Vote, Voter
from kheo.councils.queries.meeting import files_voted_on, kept_out, present_count
from kheo.councils.rules.deeds import CouncilError, can_run_session, can_vote
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand

# one ballot paper names no more than people can judge in one go
MOST_FILES = 100


@transaction.atomic
def open_vote(*, council: Council, files: Collection[int], by: Seat, at: datetime) -> Vote:
    """Let those who are present vote on files.

    :param files: keys of council files.
    :raises NotAllowedError: when the seat does not run the session, or it is not the time.
    :raises CouncilError: when there is no quorum, a vote runs, or too few or many files are named.
    """
    row = locked_council(council)
    demand(can_run_session(by, row, member_of(row, by)))
    present = present_count(row)
    chosen = list(row.files.filter(pk__in=files).order_by("order", "pk"))
    _judge_vote(row, present, chosen)
    vote = Vote.objects.create(council=row, is_secret=row.is_secret, opened_at=at, present=present)
    out = Counter(kept_out(row, chosen, is_present=True).values_list("file_id", flat=True))
    Ballot.objects.bulk_create(
        [Ballot(vote=vote, file=file, entitled=present - out[file.pk]) for file in chosen]
    )
    after = {"council_files": len(chosen), "present": present, "is_secret": vote.is_secret}
    note_council("council.open-vote", vote, by, at, scope=row.path, after=after)
    return vote


@transaction.atomic
def cast_ballot(*, vote: Vote, choices: Mapping[int, str], by: Seat, at: datetime) -> Vote:
    """Drop the ballot of a member; a file without a choice counts as no opinion.

    A member who keeps out of a file, found or declared, has no vote on it.

    Of a secret vote only the count grows, and the list of voters by one: no row, key, order or
    time leads from what was said to who said it. The vote closes with the last who is present.

    :param choices: by key of the council file, a :class:`Choice`.
    :raises NotAllowedError: when the seat may not vote, or the vote is closed.
    :raises CouncilError: when the member has voted, or a choice is unknown.
    """
    row = Vote.objects.select_for_update(of=("self",)).select_related("council").get(pk=vote.pk)
    member = member_of(row.council, by)
    demand(can_vote(by, row, member))
    if member is None or row.voters.filter(member=member).exists():
        raise CouncilError(_("You have voted already; nobody votes twice."))
    if not set(choices.values()) <= set(Choice.values):
        raise CouncilError(_("Choose one of the answers on the ballot."))
    voter = Voter.objects.create(vote=row, member=member)
    _count(row, voter, by, choices)
    note_council("council.vote", row, by, at, scope=row.council.path)
    if row.voters.count() >= row.present:
        _close(row, by, at)
    return row


@transaction.atomic
def close_vote(*, vote: Vote, by: Seat, at: datetime) -> Vote:
    """Close a vote before everybody has voted.

    :raises NotAllowedError: when the seat does not run the session, or it is not the time.
    :raises CouncilError: when it is closed already.
    """
    council = locked_council(vote.council)
    demand(can_run_session(by, council, member_of(council, by)))
    row = Vote.objects.select_for_update(of=("self",)).select_related("council").get(pk=vote.pk)
    if row.closed_at is not None:
        raise CouncilError(_("The vote is closed."))
    _close(row, by, at)
    return row


def _judge_vote(council: Council, present: int, files: list[CouncilFile]) -> None:
    faults = []
    if present < council.quorum:
        words = _("%(present)s are present, %(quorum)s are needed for the quorum.")
        faults.append(words % {"present": present, "quorum": council.quorum})
    if council.votes.filter(closed_at=None).exists():
        faults.append(_("A vote is open; close it first."))
    if not files:
        faults.append(_("Tick the files that are voted on."))
    if len(files) > MOST_FILES:
        faults.append(_("One ballot takes %s files at most.") % MOST_FILES)
    if faults:
        raise CouncilError(*faults)


def _count(vote: Vote, voter: Voter, seat: Seat, choices: Mapping[int, str]) -> None:
    files = files_voted_on(vote, seat)
    if choices.keys() - set(files):
        raise CouncilError(_("You keep out of one of these files and have no vote on it."))
    said = {file: Choice(choices.get(file, Choice.BLANK)) for file in files}
    for choice in Choice:
        alike = [file for file, one in said.items() if one == choice]
        vote.ballots.filter(file__in=alike).update(**{choice.value: F(choice.value) + 1})
    if not vote.is_secret:
        OpenBallot.objects.bulk_create(
            [OpenBallot(voter=voter, file_id=file, choice=choice) for file, choice in said.items()]
        )


def _close(vote: Vote, by: Seat, at: datetime) -> None:
    vote.closed_at, vote.version = at, vote.version + 1
    vote.save(update_fields=["closed_at", "version"])
    after = {"voted": vote.voters.count(), "present": vote.present}
    note_council("council.close-vote", vote, by, at, scope=vote.council.path, after=after)
