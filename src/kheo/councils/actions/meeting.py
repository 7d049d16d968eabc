"""The session of a council: day, place, agenda, who is present, what was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.councils.actions.journal import locked_council, member_of, note_council, touch_council
from kheo.councils.models import Council
from kheo.councils.rules.deeds import CouncilError, can_prepare_session
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand

TEXTS = ("starts", "ends", "place", "guests", "agenda", "discussion", "conclusion")


@dataclass(frozen=True, kw_only=True)
class SessionTerms:
    """What is written of a session; see :class:`Council`."""

    held_on: date | None = None
    starts: str = ""
    ends: str = ""
    place: str = ""
    guests: str = ""
    agenda: str = ""
    discussion: str = ""
    conclusion: str = ""


@dataclass(frozen=True)
class Presence:
    """Whether a member is there; None where nobody has looked yet."""

    is_present: bool | None
    absence: str = ""


@transaction.atomic
def save_session(
    *,
    council: Council,
    terms: SessionTerms,
    presence: Mapping[int, Presence] | None = None,
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> Council:
    """Write down the session of a council, and who is present.

    :param presence: by key of the member; members not named stay as they are.
    :raises NotAllowedError: when the seat may not, or the outcome is announced.
    :raises StaleCouncilError: when somebody else changed it since ``seen_version``.
    :raises CouncilError: when attendance would change while a vote is open.
    """
    row = locked_council(council, seen_version)
    demand(can_prepare_session(by, row, member_of(row, by)))
    before = {name: getattr(row, name) for name in ("held_on", *TEXTS)}
    row.held_on = terms.held_on
    for name in TEXTS:
        setattr(row, name, getattr(terms, name).strip())
    turned = _mark_presence(row, presence or {})
    touch_council(row, "held_on", *TEXTS)
    changed = [name for name, value in before.items() if value != getattr(row, name)]
    after = {name: getattr(row, name) for name in changed}
    note_council(
        "council.session",
        row,
        by,
        at,
        scope=row.path,
        before={name: before[name] for name in changed},
        after=after | ({"presence": turned} if turned else {}),
    )
    return row


def _mark_presence(council: Council, presence: Mapping[int, Presence]) -> list[str]:
    turned = []
    for member in council.members.filter(pk__in=presence):
        mark = presence[member.pk]
        absence = "" if mark.is_present else normalise(mark.absence)[:300]
        if (member.is_present, member.absence) == (mark.is_present, absence):
            continue
        member.is_present, member.absence = mark.is_present, absence
        member.save(update_fields=["is_present", "absence"])
        turned.append(f"{member.name}: {WORDS[mark.is_present]}")
    if turned and council.votes.filter(closed_at=None).exists():
        raise CouncilError(_("A vote is open; close it before attendance changes."))
    return turned


WORDS = {True: "present", False: "absent", None: "?"}
