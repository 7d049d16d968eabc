"""What a council does with files, and committees with honours: deeds, and who may do them."""

from typing import Any

from tests.factories.recognition import MERIT
from tests.life.deeds import REASON, Attempt, Deed, attempt, chosen
from tests.life.world import NOW, Life

from kheo.appraisal.models import TitleEntry
from kheo.councils.actions import (
    Mark,
    Presence,
    SessionTerms,
    allot_by_hand,
    allot_evenly,
    announce_outcome,
    break_tie,
    carry_out_announcement,
    cast_ballot,
    close_vote,
    declare_conflict,
    give_back_scores,
    move_council,
    open_vote,
    save_member_scores,
    save_session,
    settle_changes,
    take_from_member,
    take_in_files,
    take_in_registrations,
    take_out_files,
)
from kheo.councils.enums import Choice, CouncilDeed
from kheo.councils.models import Allotment, Announcement, Council, CouncilFile, CouncilMember, Vote
from kheo.councils.queries.meeting import files_voted_on
from kheo.councils.queries.outcomes import shared_places
from kheo.criteria.enums import Side
from kheo.criteria.rules.totals import highest_points, scored_by
from kheo.criteria.rules.tree import leaves_of
from kheo.exemplars.models import Registration
from kheo.recognition.actions import (
    CandidateTerms,
    add_candidates,
    announce_decision,
    create_proposal,
    decline_proposal,
    discard_decision,
    discard_proposal,
    draw_up_decision,
    draw_up_revocation,
    edit_decision,
    issue_decision,
    send_proposal,
    take_back_proposal,
)
from kheo.recognition.models import Decision, Honour, HonourProposal


def council_of(number: int) -> Council:
    """Return the council of models; for some numbers that of titles."""
    return Council.objects.order_by("pk")[1 if number % 4 == 3 else 0]


def in_council(act, *, by: str = "officer", given=lambda _council, _place, _number: {}) -> Deed:
    def deed(life: Life, place: int, number: int) -> Attempt | None:
        council = council_of(number)
        words = given(council, place, number)
        return None if words is None else attempt(act, life.people[by], council=council, **words)

    return deed


def moves(deed: CouncilDeed, by: str, reason: str = "") -> Deed:
    return in_council(move_council, by=by, given=lambda *_: {"deed": deed, "reason": reason})


def files_in(council: Council, _place: int = 0, _number: int = 0) -> dict[str, Any]:
    return {"files": list(council.files.values_list("pk", flat=True))}


def one_file(council: Council, place: int, _number: int) -> dict[str, Any]:
    row = chosen(council.files.all(), place)
    return {"files": [row.pk] if row else []}


def by_hand(council: Council, place: int, number: int) -> dict[str, Any]:
    member = chosen(council.members.all(), number)
    return one_file(council, place, number) | {"members": [member.pk]}


def registered(_council: Council, place: int, _number: int) -> dict[str, Any]:
    return {"registrations": [chosen(Registration.objects.all(), place).pk]}


def present(council: Council, _place: int, number: int) -> dict[str, Any]:
    members = list(CouncilMember.objects.filter(council=council).order_by("pk"))
    away = abs(number) // 4
    presence = {one.pk: Presence(place >= away) for place, one in enumerate(members)}
    return {"terms": SessionTerms(held_on=NOW.date()), "presence": presence}


def tied(council: Council, _place: int, _number: int) -> dict[str, Any] | None:
    groups = shared_places(council)
    return {"order": [row.file_id for row in groups[0]], **REASON} if groups else None


def marks_of(council: Council, number: int) -> dict[int, Mark]:
    """Return good marks of a member; an odd number takes some off, -1 gives too much."""
    own = scored_by(Side.COUNCIL, leaves_of(council.criteria_set.criteria.all()))
    marks = {}
    for criterion in own:
        most = highest_points(criterion) if criterion.is_counted else 0
        marks[criterion.pk] = Mark(most - most * max(number % 2, 0) / 10 if most > 30 else most)
    if number == -1:
        marks[own[0].pk] = Mark(highest_points(own[0]) + 1)
    return marks


def member_scores(life: Life, place: int, number: int) -> Attempt | None:
    rows = Allotment.objects.select_related("member__seat", "file__council")
    row = chosen(rows.exclude(state="done"), place) or chosen(rows, place)
    if row is None:
        return None
    words = {"marks": marks_of(row.file.council, number), "hand_in": number != 6}
    return attempt(save_member_scores, row.member.seat, allotment=row, **words)


def given_back(life: Life, place: int, _number: int) -> Attempt | None:
    row = chosen(Allotment.objects.filter(state="done"), place)
    return attempt(give_back_scores, life.cast.leader, allotment=row, **REASON) if row else None


def taken(life: Life, place: int, _number: int) -> Attempt | None:
    row = chosen(Allotment.objects.all(), place)
    return attempt(take_from_member, life.cast.officer, allotment=row) if row else None


def kept_out(life: Life, place: int, number: int) -> Attempt | None:
    file = chosen(CouncilFile.objects.all(), place)
    right = life.people[f"member {number % 3}"]
    return attempt(declare_conflict, right, file=file, **REASON) if file else None


def ballot(life: Life, place: int, number: int) -> Attempt | None:
    vote = Vote.objects.order_by("-pk").first()
    if vote is None:
        return None
    people = list(vote.council.members.select_related("seat").order_by("pk"))
    waiting = [one for one in people if not vote.voters.filter(member=one).exists()] or people
    right = waiting[place % len(waiting)].seat
    choices = {key: list(Choice)[number % 3] for key in files_voted_on(vote, right)}
    return attempt(cast_ballot, right, vote=vote, choices=choices)


def vote_closed(life: Life, _place: int, _number: int) -> Attempt | None:
    vote = Vote.objects.order_by("-pk").first()
    return attempt(close_vote, life.cast.leader, vote=vote) if vote else None


def announced(*, council: Council, by, at) -> None:
    """Announce what was settled, to the end."""
    announce_outcome(council=council, by=by, at=at)
    carry_out_announcement(announcement=Announcement.objects.get(council=council), at=at)


COUNCIL = {
    "take in": in_council(take_in_files),
    "take in registrations": in_council(take_in_registrations, given=registered),
    "take out": in_council(take_out_files, given=one_file),
    "allot": in_council(allot_evenly, given=lambda *_: {"by_field": False}),
    "allot by hand": in_council(allot_by_hand, given=by_hand),
    "take from a member": taken,
    "score": member_scores,
    "give back": given_back,
    "keep out": kept_out,
    "open scoring": moves(CouncilDeed.OPEN_SCORING, "officer"),
    "back to draft": moves(CouncilDeed.BACK_TO_DRAFT, "officer", "Bổ sung hồ sơ."),
    "open session": moves(CouncilDeed.OPEN_SESSION, "leader"),
    "reopen scoring": moves(CouncilDeed.REOPEN_SCORING, "leader", "Chấm lại."),
    "decide": moves(CouncilDeed.DECIDE, "leader"),
    "reopen session": moves(CouncilDeed.REOPEN_SESSION, "leader", "Xem lại."),
    "present": in_council(save_session, given=present),
    "settle": in_council(
        settle_changes, by="leader", given=lambda council, *_: files_in(council) | REASON
    ),
    "open a vote": in_council(open_vote, by="leader", given=files_in),
    "vote": ballot,
    "close the vote": vote_closed,
    "break a tie": in_council(break_tie, by="leader", given=tied),
    "announce": in_council(announced),
}

FORMS = ("party-recognition", "party-praise", "party-commendation")


def proposed(life: Life, _place: int, number: int) -> Attempt:
    terms = life.proposal(FORMS[number % 3])
    body = life.cast.officer.organisation
    return attempt(create_proposal, life.cast.officer, organisation=body, terms=terms)


def candidate(place: int, number: int) -> CandidateTerms:
    """Return a model; for some numbers a unit's entry for a title, or a renewal of an honour."""
    entry = TitleEntry.objects.order_by("pk").first()
    honour = chosen(Honour.objects.exclude(registration=None), place)
    if number == 0 and entry:
        return CandidateTerms(title_entry=entry)
    if number in {4, 5}:
        return CandidateTerms(registration=honour.registration, renews=honour, achievement=MERIT)
    row = chosen(Registration.objects.all(), place)
    return CandidateTerms(registration=row, achievement=MERIT)


def named(life: Life, place: int, number: int) -> Attempt | None:
    proposal = HonourProposal.objects.order_by("-pk").first()
    words = {"proposal": proposal, "candidates": [candidate(place, number)]}
    return attempt(add_candidates, life.cast.officer, **words)


def on_proposal(act, *, by: str = "officer", **words) -> Deed:
    def deed(life: Life, _place: int, _number: int) -> Attempt:
        row = HonourProposal.objects.order_by("-pk").first()
        return attempt(act, life.people[by], proposal=row, **words)

    return deed


def on_decision(act, *, by: str = "officer", **words) -> Deed:
    def deed(life: Life, place: int, number: int) -> Attempt:
        rows = Decision.objects.order_by("-pk")
        row = rows.first() if number < 5 else chosen(rows, place)
        return attempt(act, life.people[by], decision=row, seen_version=None, **words)

    return deed


def completed(life: Life, _place: int, number: int) -> Attempt:
    row = Decision.objects.order_by("-pk").first()
    words = {"decision": row, "terms": life.whole(row), "seen_version": 99 if number == 3 else None}
    return attempt(edit_decision, life.cast.officer, **words)


def revoked(life: Life, place: int, number: int) -> Attempt:
    honour = chosen(Honour.objects.all(), place)
    words = {"decision": honour.decision, "honours": [honour.pk], "along": number % 2 == 0}
    return attempt(draw_up_revocation, life.cast.officer, **words, **REASON)


UNSEEN = {"seen_version": None}
HONOURS = {
    "propose": proposed,
    "name": named,
    "send": on_proposal(send_proposal, **UNSEEN),
    "take back": on_proposal(take_back_proposal, **UNSEEN),
    "decline": on_proposal(decline_proposal, by="leader", **UNSEEN, **REASON),
    "discard": on_proposal(discard_proposal, **UNSEEN),
    "draw up": on_proposal(draw_up_decision),
    "complete": completed,
    "issue": on_decision(issue_decision, by="leader"),
    "announce": on_decision(announce_decision, on=NOW.date(), occasion="Tháng Dân vận"),
    "discard the decision": on_decision(discard_decision),
    "revoke": revoked,
}
