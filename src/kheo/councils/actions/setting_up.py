"""Setting up councils: their terms and their members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.councils.actions.journal import locked_council, note_council, touch_council
from kheo.councils.actions.refreshing import find_conflicts
from kheo.councils.enums import CouncilState, Facet, MemberRole
from kheo.councils.models import Council, CouncilFile, CouncilMember
from kheo.councils.rules.deeds import CouncilError, can_prepare, can_set_up_councils
from kheo.criteria.models import CriteriaSet
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand

TERMS = (
    "name",
    "year",
    "decision_number",
    "decision_on",
    "quorum",
    "scorers",
    "scores_due_on",
    "is_secret",
    "ranked_by",
)


@dataclass(frozen=True, kw_only=True)
class CouncilTerms:
    """What is written of a council; see :class:`Council`."""

    name: str
    year: int
    criteria_set: CriteriaSet
    quorum: int
    scorers: int = 3
    decision_number: str = ""
    decision_on: date | None = None
    scores_due_on: date | None = None
    is_secret: bool = False
    ranked_by: Sequence[str] = ("field", "level", "form")


@dataclass(frozen=True, kw_only=True)
class MemberTerms:
    """Who is in a council and as what; an empty field means every field."""

    seat: Seat
    role: str = MemberRole.MEMBER
    field: str = ""
    is_scoring: bool = True


@transaction.atomic
def create_council(
    *, organisation: Organisation, terms: CouncilTerms, by: Seat, at: datetime
) -> Council:
    """Set up a council of a committee.

    :raises NotAllowedError: when the seat may not.
    :raises CouncilError: when a term cannot be.
    """
    demand(can_set_up_councils(by, organisation))
    council = Council(organisation=organisation, path=organisation.path)
    council.criteria_set = terms.criteria_set
    council.created_by, council.created_at = by, at
    _write(council, terms)
    council.save()
    note_council("council.create", council, by, at, scope=council.path, after=_facts(council))
    return council


@transaction.atomic
def edit_council(
    *, council: Council, terms: CouncilTerms, seen_version: int | None, by: Seat, at: datetime
) -> Council:
    """Change the terms of a council; the criteria set only before anything was taken in.

    :raises NotAllowedError: when the seat may not, or the session has begun.
    :raises StaleCouncilError: when somebody else changed it since ``seen_version``.
    :raises CouncilError: when a term cannot be.
    """
    row = locked_council(council, seen_version)
    demand(can_prepare(by, row))
    before = _facts(row)
    if terms.criteria_set != row.criteria_set:
        if CouncilFile.objects.filter(council=row).exists():
            raise CouncilError(
                _("The council has files by the criteria set already; take them out first.")
            )
        row.criteria_set = terms.criteria_set
    _write(row, terms)
    touch_council(row, *TERMS, "criteria_set")
    after = _facts(row)
    changed = [name for name in after if before[name] != after[name]]
    note_council(
        "council.edit",
        row,
        by,
        at,
        scope=row.path,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return row


@transaction.atomic
def name_members(
    *,
    council: Council,
    members: Sequence[MemberTerms],
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> Council:
    """Say who is in a council; whoever has begun to score stays.

    :raises NotAllowedError: when the seat may not, or the session has begun.
    :raises StaleCouncilError: when somebody else changed it since ``seen_version``.
    :raises CouncilError: when chair, secretary or quorum are wrong, or a scorer would go.
    """
    row = locked_council(council, seen_version)
    demand(can_prepare(by, row))
    _judge_members(row, members)
    standing = {member.seat_id: member for member in row.members.select_related("seat")}
    wanted = {terms.seat.pk: terms for terms in members}
    _dismiss([member for key, member in standing.items() if key not in wanted])
    # first all are plain members, so that chair and secretary can change places
    row.members.update(role=MemberRole.MEMBER)
    for key, terms in wanted.items():
        _appoint(row, terms, standing.get(key))
    touch_council(row)
    find_conflicts(council=row, at=at)
    names = [f"{member.name} ({member.get_role_display()})" for member in row.members.all()]
    note_council("council.members", row, by, at, scope=row.path, after={"members": names})
    return row


def _write(council: Council, terms: CouncilTerms) -> None:
    for name in TERMS:
        setattr(council, name, getattr(terms, name))
    council.name = normalise(terms.name)
    council.ranked_by = list(terms.ranked_by)
    faults = _faults(council)
    if faults:
        raise CouncilError(*faults)


def _faults(council: Council) -> list[str]:
    faults = []
    if not council.name:
        faults.append(_("The council needs a name."))
    if council.quorum < 1 or council.scorers < 1:
        faults.append(_("Quorum and number of scorers are at least one."))
    if council.state != CouncilState.DRAFT and council.members.count() < council.quorum:
        faults.append(_("The quorum is larger than the number of members."))
    return faults


def _facts(council: Council) -> dict[str, object]:
    return {name: getattr(council, name) for name in TERMS} | {
        "criteria_set": str(council.criteria_set),
        "ranked_by": [str(Facet(facet).label) for facet in council.ranked_by],
    }


def _judge_members(council: Council, members: Sequence[MemberTerms]) -> None:
    roles = [terms.role for terms in members]
    faults = []
    if len({terms.seat.pk for terms in members}) < len(members):
        faults.append(_("Somebody is named twice."))
    if roles.count(MemberRole.CHAIR) != 1:
        faults.append(_("A council has one chair."))
    if roles.count(MemberRole.SECRETARY) > 1:
        faults.append(_("A council has one secretary at most."))
    if council.state != CouncilState.DRAFT and len(members) < council.quorum:
        faults.append(_("The quorum is larger than the number of members."))
    if faults:
        raise CouncilError(*faults)


def _dismiss(gone: list[CouncilMember]) -> None:
    if begun := [member.name for member in gone if member.allotments.exists()]:
        raise CouncilError(
            _("Files were given to these members already; take them back first: %s.")
            % ", ".join(begun)
        )
    CouncilMember.objects.filter(pk__in=[member.pk for member in gone]).delete()


def _appoint(council: Council, terms: MemberTerms, member: CouncilMember | None) -> None:
    row = member or CouncilMember(
        council=council,
        seat=terms.seat,
        name=terms.seat.user.full_name,
        post=str(terms.seat)[:500],
    )
    row.role, row.field, row.is_scoring = terms.role, terms.field, terms.is_scoring
    row.save()
