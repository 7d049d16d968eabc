"""The paper's particulars, and the plan of the next period drawn out of a report."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kheo.lib.text.folding import normalise
from kheo.lib.text.pasting import clean_prose
from kheo.lib.text.prose import LONGEST
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.reviews.actions.handling import lock_report, note_report
from kheo.reviews.models import PlanPart, Report
from kheo.reviews.queries.plans import plan_of
from kheo.reviews.rules.following import can_plan
from kheo.reviews.rules.reviews import ReviewError, StaleReviewError

MOST_PARTS = 50


@dataclass(frozen=True, kw_only=True)
class PaperTerms:
    """What is typed of the paper of a report: number, day, who signs, to whom it goes."""

    number: str = ""
    dated: date | None = None
    signer_position: str = ""
    signer_name: str = ""
    recipients: str = ""


@transaction.atomic
def write_particulars(*, report: Report, terms: PaperTerms, by: Seat, at: datetime) -> Report:
    """Keep number, day, signatory and recipients of a report's paper; also after submission.

    A paper gets its number when it is signed and sent, which may be after it was handed in here.

    :raises NotAllowedError: when the seat does not write the report.
    """
    locked = lock_report(report)
    demand(can_plan(by, locked))
    told = asdict(terms) | {"recipients": normalise(terms.recipients, keep_lines=True)}
    before = {name: getattr(locked, name) for name in told}
    changed = {name: value for name, value in told.items() if before[name] != value}
    if not changed:
        return locked
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(changed))
    old = {name: before[name] for name in changed}
    note_report("report.particulars", locked, by=by, at=at, before=old, after=changed)
    return locked


@transaction.atomic
def draft_plan(*, report: Report, by: Seat, at: datetime) -> list[PlanPart]:
    """Draw the plan of the next period out of a report by rule; a plan that is there stays.

    :raises NotAllowedError: when the seat does not write the report.
    :raises ReviewError: when the plan was begun already.
    """
    locked = lock_report(report)
    demand(can_plan(by, locked))
    if locked.plan_parts.exists():
        raise ReviewError(_("The plan was begun already; change its parts."))
    parts = [
        PlanPart(report=locked, title=draft.title, body=clean_prose(draft.body), order=order)
        for order, draft in enumerate(plan_of(locked), start=1)
    ]
    PlanPart.objects.bulk_create(parts)
    note_report("plan.draft", locked, by=by, at=at, after={"parts": len(parts)})
    return parts


@transaction.atomic
def write_plan_part(  # noqa: PLR0913 a part has this many sides
    *,
    report: Report,
    part: PlanPart | None,
    title: str,
    body: str,
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> PlanPart:
    """Change a part of the plan, or add one at its end.

    :raises NotAllowedError: when the seat does not write the report.
    :raises StaleReviewError: when the part changed since ``seen_version``.
    :raises ReviewError: without a title, or with too much text or too many parts.
    """
    locked = lock_report(report)
    demand(can_plan(by, locked))
    words, text = normalise(title)[:500], clean_prose(body)
    if not words:
        raise ReviewError(_("Each part of the plan needs a title."))
    if len(text) > LONGEST:
        raise ReviewError(_("The text is too long for one part; spread it over several."))
    row = _locked_part(locked, part, seen_version)
    before = {"title": row.title, "body": row.body} if row.pk else {}
    row.title, row.body = words, text
    row.version += 1 if row.pk else 0
    row.save()
    after = {"title": words, "body": text}
    note_report("plan.edit", locked, by=by, at=at, before=before, after=after)
    return row


@transaction.atomic
def drop_plan_part(*, part: PlanPart, by: Seat, at: datetime) -> None:
    """Take a part out of the plan; the audit keeps what it said.

    :raises NotAllowedError: when the seat does not write the report.
    """
    locked = lock_report(part.report)
    demand(can_plan(by, locked))
    before = {"title": part.title, "body": part.body}
    note_report("plan.drop", locked, by=by, at=at, before=before)
    part.delete()


def _locked_part(report: Report, part: PlanPart | None, seen_version: int | None) -> PlanPart:
    if part is None:
        last = report.plan_parts.aggregate(last=Max("order"))["last"] or 0
        if last >= MOST_PARTS:
            raise ReviewError(_("A plan has at most %d parts.") % MOST_PARTS)
        return PlanPart(report=report, order=last + 1)
    row = PlanPart.objects.select_for_update().filter(report=report, pk=part.pk).first()
    if row is None or (seen_version is not None and seen_version != row.version):
        raise StaleReviewError
    return row
