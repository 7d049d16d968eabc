"""Taking honours back: the decision is drawn up with all that is built on them, then issued."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.appraisal.actions import settle_titles
from kheo.exemplars.actions import leave_stage
from kheo.lib.text.folding import normalise
from kheo.notices.actions import Telling, in_house_language, notify_each
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand, reaches
from kheo.recognition.actions.journal import locked_decision, note_decision
from kheo.recognition.enums import STAGE_OF, Act, DecisionState, Purpose
from kheo.recognition.models import Decision, Honour, Revocation
from kheo.recognition.queries.building import honours_built_on
from kheo.recognition.queries.eligibility import PIECE
from kheo.recognition.queries.naming import reference_of
from kheo.recognition.rules.transitions import DecisionDeed, HonourError, can_do_to_decision

SHOWN = 10


@transaction.atomic
def draw_up_revocation(
    *,
    decision: Decision,
    honours: Iterable[int],
    reason: str,
    along: bool,
    by: Seat,
    at: datetime,
) -> Decision:
    """Begin the decision that takes honours of a decision back, all or some of them.

    :param honours: keys of honours of the decision.
    :param along: whether what is built on them is to be taken back with them; what the same body
        did not give cannot.
    :raises NotAllowedError: when the seat may not, or the decision is a draft.
    :raises HonourError: when nothing is chosen, the reason is missing, or others build on it.
    """
    locked = locked_decision(decision, None)
    demand(can_do_to_decision(DecisionDeed.REVOKE, by, locked))
    rows = _chosen(locked, honours)
    if not (words := normalise(reason)):
        raise HonourError(_("The reason why honours are taken back is missing."))
    following = honours_built_on(rows).honours
    _refuse_followers(locked, following, along=along)
    made = _drafted(locked, words, by, at)
    parts = [(row, False) for row in rows] + [(row, True) for row in following]
    Revocation.objects.bulk_create(
        (Revocation(decision=made, honour=row, follows=follows) for row, follows in parts),
        batch_size=PIECE,
    )
    after = {"subject": made.subject, "honours": [row.name for row in rows[:20]]}
    note_decision("draw-up-revocation", made, by, at, after=after, reason=words)
    return made


@transaction.atomic
def take_back_honours(*, decision: Decision, at: datetime) -> int:
    """Take back what a decision of revocation names; part of issuing it, which writes the audit.

    What has been built on it since it was drawn up has to be taken back too.

    :returns: how many honours were taken back.
    :raises HonourError: when somebody has built on it, or has taken it back, in the meantime.
    """
    keys = list(decision.revocations.values_list("honour", flat=True))
    rows = list(
        Honour.objects.select_for_update(of=("self",))
        .filter(pk__in=keys)
        .select_related("decision__organisation")
        .order_by("pk")
    )
    if gone := [row.name for row in rows if row.revoked_at is not None]:
        raise HonourError(_("Taken back already: %s.") % ", ".join(gone[:SHOWN]))
    since = [row for row in honours_built_on(rows).honours if row.pk not in keys]
    if since:
        raise HonourError(_still_built_on(since))
    # a condition on many keys comes in pieces
    for start in range(0, len(keys), PIECE):
        piece = Honour.objects.filter(pk__in=keys[start : start + PIECE])
        piece.update(revoked_at=at, revoked_by=decision)
    _tell(decision, rows, at)
    _take_titles(decision, rows, at)
    _leave_stages(rows)
    return len(rows)


def _drafted(decision: Decision, reason: str, by: Seat, at: datetime) -> Decision:
    return Decision.objects.create(
        organisation=decision.organisation,
        path=decision.path,
        purpose=Purpose.REVOKE,
        form=decision.form,
        act=decision.act,
        track=decision.track,
        year=decision.year,
        subject=_subject(decision),
        letters=decision.letters,
        authority=decision.authority,
        signatory_position=decision.signatory_position,
        reason=reason,
        created_by=by,
        created_at=at,
    )


def _chosen(decision: Decision, honours: Iterable[int]) -> list[Honour]:
    keys = set(honours)
    rows = [row for row in decision.honours.select_related("form") if row.pk in keys]
    if not rows:
        raise HonourError(_("Choose what is to be taken back."))
    if gone := [row.name for row in rows if row.revoked_at is not None]:
        raise HonourError(_("Taken back already: %s.") % ", ".join(gone[:SHOWN]))
    waiting = Revocation.objects.filter(honour__in=rows, decision__state=DecisionState.DRAFT)
    if names := list(waiting.values_list("honour__name", flat=True)[:SHOWN]):
        raise HonourError(_("Another draft is taking these back already: %s.") % ", ".join(names))
    return rows


def _refuse_followers(decision: Decision, following: list[Honour], *, along: bool) -> None:
    if following and not along:
        raise HonourError(_still_built_on(following))
    foreign = [row for row in following if row.issuer_id != decision.organisation_id]
    if foreign:
        words = _("%(body)s has to take back first what it built on it: %(names)s.")
        raise HonourError(
            words
            % {
                "body": foreign[0].decision.organisation.name,
                "names": ", ".join(row.name for row in foreign[:SHOWN]),
            }
        )


def _still_built_on(rows: list[Honour]) -> str:
    named = "; ".join(f"{row.name} ({reference_of(row.decision)})" for row in rows[:SHOWN])
    return _("Other honours are built on it: %s. Take them back along with it, or first.") % named


def _subject(decision: Decision) -> str:
    return f"thu hồi, hủy bỏ {decision.form.name} theo {reference_of(decision)}"[:300]


@in_house_language
def _tell(decision: Decision, rows: Iterable[Honour], at: datetime) -> None:
    """Tell the units whose honours were announced that they are taken back."""
    units: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row.decision.state == DecisionState.ANNOUNCED and row.organisation_id is not None:
            units[row.organisation_id].append(row.name)
    subject = _("Taken back by %s") % reference_of(decision)
    notify_each(
        tellings=[
            Telling(
                organisation_id=unit,
                subject=subject,
                body="\n".join([*names[:SHOWN], decision.reason]),
            )
            for unit, names in units.items()
        ],
        at=at,
    )


def _take_titles(decision: Decision, rows: Iterable[Honour], at: datetime) -> None:
    """Note in their entries that units have lost the title, unless another decision gives it."""
    by = decision.issued_by
    lost = {
        row.title_entry_id
        for row in rows
        if row.title_entry_id is not None
        and row.act == Act.RECOGNISE
        and row.decision.state == DecisionState.ANNOUNCED
        and by is not None
        and reaches(by, row.path)
    }
    others = Honour.objects.standing().announced().filter(act=Act.RECOGNISE, title_entry__in=lost)
    lost -= set(others.values_list("title_entry", flat=True))
    if lost and by is not None:
        settle_titles(entries=lost, recognised=False, reason=decision.reason, by=by, at=at)


def _leave_stages(rows: Iterable[Honour]) -> None:
    """Clear the stage of what has no other announced honour of the same act."""
    by_act: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        if row.registration_id is not None:
            by_act[row.act].add(row.registration_id)
    for act, keys in by_act.items():
        leave_stage(registrations=keys - _still_honoured(act, keys), stage=STAGE_OF[Act(act)])


def _still_honoured(act: str, keys: set[int]) -> set[int]:
    ordered = sorted(keys)
    found: set[int] = set()
    for start in range(0, len(ordered), PIECE):
        others = Honour.objects.standing().announced()
        rows = others.filter(act=act, registration__in=ordered[start : start + PIECE])
        found |= set(rows.values_list("registration", flat=True))
    return found
