"""Staging the outcome: result, grade and place of every file; ties that the chair decides."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.audit.actions import insert_rows
from kheo.councils.actions.journal import locked_council, member_of, note_council, touch_council
from kheo.councils.models import Ballot, Council, CouncilFile, Outcome
from kheo.councils.queries.meeting import last_ballots
from kheo.councils.rules.deeds import CouncilError, can_break_tie
from kheo.councils.rules.judging import ZERO, entry_of, is_out, judge_file
from kheo.councils.rules.ranking import Placed, ranked
from kheo.criteria.models import GradeBand
from kheo.criteria.rules.totals import grade_of
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand

PIECE = 500


def stage_outcome(council: Council) -> None:
    """Write down what the council settles on each of its files; the caller holds its lock."""
    grades = list(council.criteria_set.grades.all())
    ballots = last_ballots(council)
    files = list(council.files.select_related("file"))
    places = _places(council, files)
    insert_rows(
        [_outcome(council, row, grades, ballots.get(row.pk), places.get(row.pk)) for row in files],
        keyed=False,
    )


def drop_outcome(council: Council) -> None:
    """Forget what was settled, ties too, before it was announced."""
    council.outcomes.all().delete()
    council.files.exclude(chair_order=0).update(chair_order=0, chair_reason="")


@transaction.atomic
def break_tie(
    *, council: Council, order: Sequence[int], reason: str, by: Seat, at: datetime
) -> Council:
    """Put files that share a place in the order that the chair decides, with the reason.

    :param order: keys of council files, the better first; all that share the place.
    :raises NotAllowedError: when the seat is not the chair, or it is not the time.
    :raises CouncilError: when they do not share one place, one is left out, or no reason is given.
    """
    row = locked_council(council)
    demand(can_break_tie(by, row, member_of(row, by)))
    words = normalise(reason)
    if not words:
        raise CouncilError(_("Write why one stands before the other."))
    files = {one.pk: one for one in row.files.select_related("file")}
    _judge_tie(row, files, order)
    for place, key in enumerate(order, start=1):
        files[key].chair_order, files[key].chair_reason = place, words
    chosen = [files[key] for key in order]
    CouncilFile.objects.bulk_update(chosen, ["chair_order", "chair_reason"])
    _place_anew(row, list(files.values()))
    touch_council(row)
    after = {"order": [str(one) for one in chosen]}
    note_council("council.break-tie", row, by, at, scope=row.path, after=after, reason=words)
    return row


def _outcome(
    council: Council,
    row: CouncilFile,
    grades: Sequence[GradeBand],
    ballot: Ballot | None,
    place: Placed | None,
) -> Outcome:
    total = row.total or ZERO
    grade = grade_of(grades, total, is_disqualified=is_out(row))
    judged = judge_file(row, grade=grade, has_grades=bool(grades), ballot=ballot)
    return Outcome(
        council=council,
        file=row,
        total=total,
        grade=grade,
        result=judged.result,
        ground=judged.ground or "",
        place=place.place if place else None,
        rule=place.rule if place else "",
    )


def _places(council: Council, files: Sequence[CouncilFile]) -> dict[int, Placed]:
    entries = [entry_of(row, council.ranked_by) for row in files if not is_out(row)]
    return {placed.key: placed for placed in ranked(entries)}


def _judge_tie(council: Council, files: dict[int, CouncilFile], order: Sequence[int]) -> None:
    """Refuse what is not exactly the files of one shared place."""
    entries = {
        key: entry_of(row, council.ranked_by) for key, row in files.items() if not is_out(row)
    }
    first = entries.get(order[0]) if order else None
    same = {
        key
        for key, one in entries.items()
        if first
        and (one.group, one.total, one.council, one.heaviest, one.handed_in)
        == (first.group, first.total, first.council, first.heaviest, first.handed_in)
    }
    if len(order) < 2 or set(order) != same or len(set(order)) < len(order):
        raise CouncilError(_("Name exactly the files that share this place, each once."))


def _place_anew(council: Council, files: Sequence[CouncilFile]) -> None:
    places = _places(council, files)
    turned = []
    for outcome in council.outcomes.filter(file__in=list(places)):
        placed = places[outcome.file_id]
        if (outcome.place, outcome.rule) != (placed.place, placed.rule):
            outcome.place, outcome.rule = placed.place, placed.rule
            turned.append(outcome)
    Outcome.objects.bulk_update(turned, ["place", "rule"], batch_size=PIECE)
