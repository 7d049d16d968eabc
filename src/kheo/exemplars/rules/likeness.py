"""What two like registrations probably are to each other, and who decides what they are."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from kheo.exemplars.enums import Likeness, State
from kheo.exemplars.models import LikenessPair, Registration
from kheo.exemplars.rules.transitions import can_edit, is_checker
from kheo.organisations.models import Seat
from kheo.organisations.rules import YES, Verdict, no

# what was taken out of the round is like nothing any more
GONE = frozenset({State.WITHDRAWN, State.DECLINED})


def suggested_likeness(first: Registration, second: Registration, *, same_place: bool) -> Likeness:
    """Return what two like registrations probably are: by unit, year and place."""
    if first.organisation_id == second.organisation_id:
        return Likeness.CONTINUES if first.year != second.year else Likeness.SAME
    return Likeness.SAME if same_place and first.year == second.year else Likeness.REPLICA


def shared_path(one: str, other: str) -> str:
    """Return the path of the lowest superior of both, "" when they have none in common."""
    shared = []
    for mine, yours in zip(one.strip(".").split("."), other.strip(".").split("."), strict=False):
        if mine != yours:
            break
        shared.append(mine)
    return f".{'.'.join(shared)}." if shared else ""


def can_decide_likeness(seat: Seat, pair: LikenessPair) -> Verdict:
    """Let a movement officer above both units decide what two registrations are to each other."""
    if not all(is_checker(seat, row) for row in (pair.first, pair.second)):
        return no(_("Only a movement officer of a level above both units decides this."))
    if pair.decision:
        return no(_("This pair is decided already; take the decision back first."))
    return YES


def can_reopen_likeness(seat: Seat, pair: LikenessPair) -> Verdict:
    """Let the same officers take "different models" back."""
    if not all(is_checker(seat, row) for row in (pair.first, pair.second)):
        return no(_("Only a movement officer of a level above both units decides this."))
    if pair.decision != Likeness.DIFFERENT:
        return no(_("Only “different models” is taken back here."))
    return YES


def can_link_continuation(first: Registration, second: Registration) -> Verdict:
    """Let an entry continue one of an earlier year, of a model not entered in its round yet."""
    if first.year >= second.year:
        return no(_("A model is continued from an earlier year."))
    if first.exemplar_id == second.exemplar_id:
        return no(_("It continues that model already."))
    return YES


def can_link_replica(first: Registration, second: Registration) -> Verdict:
    """Let an entry replicate a model of another entry."""
    if first.exemplar_id == second.exemplar_id:
        return no(_("A model cannot replicate itself."))
    return YES


def can_unlink(seat: Seat, pair: LikenessPair, row: Registration, *, continued: bool) -> Verdict:
    """Let the same officers take a link back while nobody has built on it.

    :param row: the later one of the pair as it stands now.
    :param continued: whether a later year continues it.
    """
    if not all(is_checker(seat, one) for one in (pair.first, pair.second)):
        return no(_("Only a movement officer of a level above both units decides this."))
    if pair.decision not in {Likeness.CONTINUES, Likeness.REPLICA} or not pair.unlinked:
        return no(_("There is no link to take back."))
    if continued or row.version != pair.unlinked["version"]:
        return no(_("The registration has been changed or continued since: correct it there."))
    return YES


def can_merge(seat: Seat, pair: LikenessPair) -> Verdict:
    """Let the officer count two registrations as one model when both are registered."""
    return can_decide_likeness(seat, pair) and _judge_merge(pair.first, pair.second)


def can_answer_likeness(seat: Seat, draft: Registration) -> Verdict:
    """Let the unit say of its own draft what it is to another registration."""
    return can_edit(seat, draft)


def can_withdraw_answer(
    seat: Seat, draft: Registration, pair: LikenessPair, *, continued: bool
) -> Verdict:
    """Let the unit take back what it said of its draft, until an officer decides on the two.

    :param continued: whether a later year continues the draft.
    """
    if not (verdict := can_edit(seat, draft)):
        return verdict
    if not pair.claim:
        return no(_("Nothing was said of these two."))
    if pair.decision:
        return no(_("This pair is decided already; take the decision back first."))
    if continued:
        return no(_("The registration has been changed or continued since: correct it there."))
    return YES


def _judge_merge(first: Registration, second: Registration) -> Verdict:
    if first.exemplar_id == second.exemplar_id:
        return no(_("The two are entries of one model already."))
    if not all(row.is_registered and row.state not in GONE for row in (first, second)):
        return no(_("Both must be registered: submitted, and neither withdrawn nor declined."))
    if (first.nature, first.form) != (second.nature, second.form):
        return no(_("A model and an exemplary case, or a person and a collective, are never one."))
    return YES


def can_leave_round(counted_by: int) -> Verdict:
    """Keep an entry by which superiors count a shared model from being taken out of the round.

    :param counted_by: how many entries of other units are counted by this one.
    """
    if counted_by:
        return no(
            _(
                "Other units share this model and are counted by this registration; take the"
                " merging back first."
            )
        )
    return YES


def count_once(rows: Iterable[Registration]) -> dict[int, str]:
    """Return, by key, up to which path superiors count a shared model by another entry already.

    The entries of one model in one year are put in order: those that count first, the model's own
    before those that came by merging. Each superior counts the first that stands below it.
    """
    uncounted: dict[int, str] = {}
    before: list[Registration] = []
    for row in sorted(rows, key=_rank):
        shared = [shared_path(row.path, other.path) for other in before]
        uncounted[row.pk] = max(shared, key=len, default="")
        if counts(row):
            before.append(row)
    return uncounted


def counts(row: Registration) -> bool:
    """Tell whether an entry stands for its model in the sums."""
    return row.is_registered and row.state not in GONE


def _rank(row: Registration) -> tuple[bool, bool, int]:
    return (not counts(row), row.merged_from_id is not None, row.pk)


def no_open_drafts(rows: Iterable[Registration]) -> Verdict:
    """Refuse merging while a year has an entry that is not sent: it would be counted again."""
    years: dict[int, list[Registration]] = {}
    for row in rows:
        years.setdefault(row.year, []).append(row)
    for year, entries in years.items():
        if len(entries) > 1 and any(row.submitted_at is None for row in entries):
            return no(
                _("The entry of %(year)s is not submitted yet; submit it or throw it away first.")
                % {"year": year}
            )
    return YES


def can_undo_merge(
    seat: Seat, rows: Sequence[Registration], moved: Sequence[Registration], *, built: bool
) -> Verdict:
    """Let an officer above all units take a merging back as long as nobody built on it.

    :param rows: all entries of the model; ``moved``: those that came by this merging.
    """
    if not moved:
        return no(_("Nothing was merged here."))
    if not all(is_checker(seat, row) for row in rows):
        return no(_("Only a movement officer of a level above both units decides this."))
    if built:
        return no(
            _("It was built on since: an entry of a later year, a replica, or another merging.")
        )
    return YES
