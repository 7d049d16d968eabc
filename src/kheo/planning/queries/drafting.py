"""What a superior's paper asks of a unit, and what the unit can ask in turn of those below it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kheo.directives.models import Document
from kheo.organisations.models import Organisation
from kheo.planning.queries.facts import CheckedPaper, Fact, day_of
from kheo.planning.queries.review_proposal import REPORTING
from kheo.planning.queries.round_audiences import AudienceProposal, Bounds
from kheo.planning.queries.round_proposal import RoundProposal, round_proposal
from kheo.planning.queries.task_proposals import TaskProposal, task_proposals
from kheo.planning.rules import Moved, moved_earlier

UNITS_BELOW = "Các cơ quan, đơn vị trực thuộc"


@dataclass(frozen=True)
class DatedDemand:
    """What a group is asked: quotas by the code of a level, forms, and the day moved earlier."""

    name: str
    quotas: dict[str, Bounds]
    forms: tuple[str, ...]
    due: Moved | None


@dataclass(frozen=True)
class DatedReport:
    """A report with its deadline moved earlier."""

    what: str
    due: Moved


@dataclass(frozen=True, kw_only=True)
class DraftBasis:
    """All that an own paper can take from a superior's; ``warnings`` tell of days that passed."""

    round: RoundProposal | None
    of_unit: tuple[AudienceProposal, ...]
    below: tuple[DatedDemand, ...]
    reports: tuple[DatedReport, ...]
    tasks: tuple[TaskProposal, ...]
    warnings: tuple[str, ...]


def draft_basis(
    document: Document, paper: CheckedPaper | None, unit: Organisation, margin: int, today: date
) -> DraftBasis:
    """Return what a unit's own paper takes from a superior's.

    :param margin: how many days before the superior's deadlines the own ones fall.
    :param today: the day of the own paper; no deadline is moved before it.
    """
    if paper is None:
        return DraftBasis(round=None, of_unit=(), below=(), reports=(), tasks=(), warnings=())
    superior = _superior(document, unit)
    asked = round_proposal(paper, superior, today)
    of_unit = _asking(asked.audiences if asked else (), unit, superior)
    everybody = asked.audiences if asked and superior.pk == unit.pk else ()
    below = [_dated(one, one.name, one.quotas, (margin, today)) for one in everybody]
    # how many a unit's own units register is for itself to share out
    below += [_dated(one, UNITS_BELOW, {}, (margin, today)) for one in of_unit]
    reports = [
        DatedReport(_report_words(fact), moved_earlier(on, margin, today))
        for fact in paper.of("deadline")
        if fact.get("role") in REPORTING and (on := day_of(fact.get("on")))
    ]
    return DraftBasis(
        round=asked,
        of_unit=tuple(of_unit),
        below=tuple(below),
        reports=tuple(reports),
        tasks=task_proposals(paper, unit, today),
        warnings=tuple(_warnings([*(one.due for one in below), *(one.due for one in reports)])),
    )


def _dated(
    audience: AudienceProposal, name: str, quotas: dict[str, Bounds], when: tuple[int, date]
) -> DatedDemand:
    margin, today = when
    due = moved_earlier(audience.due_on, margin, today) if audience.due_on else None
    return DatedDemand(name, quotas, tuple(one.code for one in audience.layouts), due)


def _superior(document: Document, unit: Organisation) -> Organisation:
    """Return in whose name the paper asks: its issuer, or who entered it."""
    for one in (document.issuer, document.owner):
        if one is not None and unit.path.startswith(one.path):
            return one
    return unit


def _asking(
    audiences: Iterable[AudienceProposal], unit: Organisation, superior: Organisation
) -> list[AudienceProposal]:
    """Return the audience to which the unit itself belongs."""
    if unit.pk == superior.pk:
        return []
    for one in audiences:
        by_kind = unit.kind in one.kinds and (not one.levels or unit.level in one.levels)
        if by_kind or unit in one.listed:
            return [one]
    return []


def _report_words(fact: Fact) -> str:
    words = " ".join(str(fact.get("task") or "").split()) or fact.sentence
    return words[:1].upper() + words[1:300].rstrip(" ,;.")


def _warnings(days: Iterable[Moved | None]) -> list[str]:
    found = {}
    for moved in days:
        if moved is None or not moved.is_kept:
            continue
        day = f"{moved.superior:%d/%m/%Y}"
        found[day] = (
            _("The deadline %s of the superior cannot be moved earlier any more; it is kept.")
            if moved.own
            else _("The deadline %s of the superior has passed; the day is left blank.")
        ) % day
    return list(found.values())
