"""The arrows between the states of an appraisal file, as data, and who may follow them when."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from kheo.appraisal.enums import FileDeed, FileState
from kheo.appraisal.models import AppraisalFile
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import YES, Verdict, no, reach_of, reaches


class Actor(StrEnum):
    """Who acts: the unit, an officer above it, or the body that appraises."""

    UNIT = "unit"
    SUPERIOR = "superior"
    OWNER = "owner"


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """One arrow: from which states to which, by whom."""

    deed: FileDeed
    sources: frozenset[FileState]
    # none: the file stays in its state
    target: FileState | None
    actor: Actor
    roles: frozenset[Role]

    @property
    def verb(self) -> str:
        """Return the verb of the audit."""
        return f"appraisal.{self.deed.value}"


HEADS = frozenset({Role.HEAD})
UNIT_ROLES = frozenset({Role.CLERK, Role.HEAD})
OFFICERS = frozenset({Role.OFFICER})
# who speaks for a council is judged by the room of councils
COUNCIL_ROLES = frozenset({Role.OFFICER, Role.LEADER, Role.HEAD, Role.COUNCIL})
EDITABLE = frozenset({FileState.SELF_SCORING, FileState.RETURNED})
WITH_SUPERIOR = frozenset({FileState.SENT, FileState.SUPERIOR_SCORED})

_ARROWS = (
    Arrow(
        deed=FileDeed.SCORE,
        sources=EDITABLE,
        target=None,
        actor=Actor.UNIT,
        roles=UNIT_ROLES,
    ),
    Arrow(
        deed=FileDeed.SEND,
        sources=EDITABLE,
        target=FileState.SENT,
        actor=Actor.UNIT,
        roles=HEADS,
    ),
    Arrow(
        deed=FileDeed.WITHDRAW,
        sources=EDITABLE | {FileState.SENT},
        target=FileState.WITHDRAWN,
        actor=Actor.UNIT,
        roles=HEADS,
    ),
    Arrow(
        deed=FileDeed.RETURN,
        sources=WITH_SUPERIOR,
        target=FileState.RETURNED,
        actor=Actor.SUPERIOR,
        roles=OFFICERS,
    ),
    Arrow(
        deed=FileDeed.SUPERIOR_SCORE,
        sources=WITH_SUPERIOR,
        target=FileState.SUPERIOR_SCORED,
        actor=Actor.SUPERIOR,
        roles=OFFICERS,
    ),
    Arrow(
        deed=FileDeed.PASS,
        sources=WITH_SUPERIOR,
        target=FileState.BEFORE_COUNCIL,
        actor=Actor.SUPERIOR,
        roles=OFFICERS,
    ),
    Arrow(
        deed=FileDeed.TAKE_BACK,
        sources=frozenset({FileState.BEFORE_COUNCIL}),
        target=FileState.SUPERIOR_SCORED,
        actor=Actor.OWNER,
        roles=OFFICERS,
    ),
    Arrow(
        deed=FileDeed.CLOSE,
        sources=frozenset({FileState.BEFORE_COUNCIL}),
        target=FileState.CLOSED,
        actor=Actor.OWNER,
        roles=COUNCIL_ROLES,
    ),
)
TRANSITIONS: dict[FileDeed, Arrow] = {arrow.deed: arrow for arrow in _ARROWS}


def can_do_to_file(deed: FileDeed, seat: Seat | None, file: AppraisalFile) -> Verdict:
    """Judge side, role and state of any deed; what else a deed asks, its own rule adds."""
    arrow = TRANSITIONS[deed]
    if seat is None:
        return no(_("You hold no seat from which this can be done."))
    if not (verdict := _judge_actor(arrow, seat, file)):
        return verdict
    if file.state not in arrow.sources:
        wanted = ", ".join(str(state.label) for state in FileState if state in arrow.sources)
        return no(
            _("The file is %(state)s; this is only possible while it is: %(wanted)s.")
            % {"state": file.get_state_display(), "wanted": wanted}
        )
    return YES


def can_score_file(seat: Seat | None, file: AppraisalFile) -> Verdict:
    """Let clerk or head of the unit score itself until the file is sent."""
    return can_do_to_file(FileDeed.SCORE, seat, file)


def can_send_file(seat: Seat | None, file: AppraisalFile, gaps: Iterable[str] = ()) -> Verdict:
    """Let the head send a file once all is scored; ``gaps`` names what is not."""
    return can_do_to_file(FileDeed.SEND, seat, file) and _judge_gaps(gaps)


def can_return_file(seat: Seat | None, file: AppraisalFile) -> Verdict:
    """Let an officer above return a file that was sent; one without self-score has no way back."""
    if not (verdict := can_do_to_file(FileDeed.RETURN, seat, file)):
        return verdict
    if file.sent_at is None:
        return no(_("The unit scored nothing in this file; there is nothing to return."))
    return YES


def can_score_as_superior(seat: Seat | None, file: AppraisalFile) -> Verdict:
    """Let an officer above the unit score what was sent, until it goes to the council."""
    return can_do_to_file(FileDeed.SUPERIOR_SCORE, seat, file)


def can_pass_file(
    seat: Seat | None, file: AppraisalFile, *, superior_scores: bool = True
) -> Verdict:
    """Let an officer pass a file to the council once the superior has scored it.

    :param superior_scores: whether the set leaves anything to the superior; a unit that stands at
        the head of the appraisal has no superior either.
    """
    if not (verdict := can_do_to_file(FileDeed.PASS, seat, file)):
        return verdict
    needs_score = superior_scores and file.path != file.owner_path
    if needs_score and file.state != FileState.SUPERIOR_SCORED:
        return no(_("The superior has not scored the file to its end yet."))
    return YES


def can_take_back_file(seat: Seat | None, file: AppraisalFile) -> Verdict:
    """Let an officer of the appraising body take a file back before a council has decided."""
    return can_do_to_file(FileDeed.TAKE_BACK, seat, file)


def can_withdraw_entry(seat: Seat | None, file: AppraisalFile) -> Verdict:
    """Let the head withdraw the unit's entry for a title before the superior has scored it."""
    if not file.is_title:
        return no(_("Only an entry for a unit title is withdrawn here."))
    return can_do_to_file(FileDeed.WITHDRAW, seat, file)


def can_close_file(seat: Seat | None, file: AppraisalFile) -> Verdict:
    """Let who speaks for the appraising body's council enter its result."""
    return can_do_to_file(FileDeed.CLOSE, seat, file)


def can_open_files(seat: Seat | None, owner: Organisation) -> Verdict:
    """Let officers of a committee open the files of what it appraises."""
    if seat is None or seat.role not in OFFICERS:
        return no(_("Only a movement officer opens appraisal files."))
    if seat.organisation.reach_id != owner.pk:
        return no(_("You cannot open appraisal files in the name of this organisation."))
    return YES


def can_enter_for_title(seat: Seat | None, organisation: Organisation) -> Verdict:
    """Let clerk and head enter their own unit for a title."""
    if seat is None or seat.role not in UNIT_ROLES or seat.organisation_id != organisation.pk:
        return no(_("Only the clerk or the head of the unit itself enters it for a title."))
    return YES


def can_settle_titles(seat: Seat | None, path: str) -> Verdict:
    """Let officers and leaders of a level above say whether a title was given."""
    if seat is None or seat.role not in {Role.OFFICER, Role.LEADER}:
        return no(_("Only a movement officer or a leader does this."))
    if not reaches(seat, path):
        return no(_("This organisation lies outside your reach."))
    return YES


def is_file_of(seat: Seat | None, file: AppraisalFile) -> bool:
    """Tell whether the seat writes for the unit of the file: its clerk or its head."""
    return (
        seat is not None
        and seat.role in UNIT_ROLES
        and seat.organisation_id == file.organisation_id
    )


def is_superior_of(seat: Seat | None, file: AppraisalFile) -> bool:
    """Tell whether the seat scores as the superior: an officer above, not above the appraiser.

    Of a unit that appraises itself, its own officers take this part.
    """
    if seat is None or seat.role not in OFFICERS:
        return False
    reach = reach_of(seat)
    if not (reach.startswith(file.owner_path) and file.path.startswith(reach)):
        return False
    if file.path == file.owner_path:
        return True
    return file.path != reach and seat.organisation_id != file.organisation_id


def _judge_actor(arrow: Arrow, seat: Seat, file: AppraisalFile) -> Verdict:
    if arrow.actor == Actor.UNIT:
        return _judge_unit(arrow, seat, file)
    if arrow.actor == Actor.OWNER:
        return _judge_owner(arrow, seat, file)
    if is_superior_of(seat, file):
        return YES
    return no(_("Only a movement officer of a level above the unit does this."))


def _judge_unit(arrow: Arrow, seat: Seat, file: AppraisalFile) -> Verdict:
    if seat.organisation_id != file.organisation_id:
        return no(_("Only the unit itself does this."))
    if seat.role in arrow.roles:
        return YES
    if arrow.roles == HEADS:
        return no(_("Only the head of the unit does this."))
    return no(_("Only the clerk or the head of the unit does this."))


def _judge_owner(arrow: Arrow, seat: Seat, file: AppraisalFile) -> Verdict:
    # members of a council come from other bodies, too
    is_member = seat.role == Role.COUNCIL and seat.role in arrow.roles
    speaks = seat.role in arrow.roles and seat.organisation.reach_id == file.owner_id
    if is_member or speaks:
        return YES
    return no(_("Only the body that appraises does this."))


def _judge_gaps(gaps: Iterable[str]) -> Verdict:
    missing = list(gaps)
    if missing:
        words = _("These criteria are not scored yet: %s.")
        return no(words % "; ".join(missing))
    return YES
