"""Writing under the headings of a report: nobody overwrites silently, nothing written is lost."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.lib.text.pasting import clean_prose
from kheo.lib.text.prose import LONGEST
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.reviews.actions.handling import lock_report, note_report
from kheo.reviews.enums import ReportState
from kheo.reviews.models import Answer, AnswerVersion, OutlineHeading, Report
from kheo.reviews.rules.answers import StaleAnswerError, is_fresh
from kheo.reviews.rules.reports import can_write
from kheo.reviews.rules.reviews import ReviewError

# what a page pasted as markup may weigh before it is cleaned
LONGEST_PASTED = 2_000_000
# what one person types in one go is one version
ONE_GO = timedelta(minutes=10)


@transaction.atomic
def write_answer(
    *,
    report: Report,
    heading: OutlineHeading,
    body: str,
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> Answer:
    """Keep what is written under a heading, cleaned, as a new version.

    :param seen_version: of the answer as the page showed it (1 where nothing was written yet).
    :raises NotAllowedError: when the seat may not write, or the report is handed in.
    :raises StaleAnswerError: with both texts, when somebody else wrote since.
    :raises ReviewError: when the text is longer than a heading of a report can be.
    """
    locked = lock_report(report)
    demand(can_write(by, locked))
    text = _cleaned(body)
    answer = _locked_answer(locked, heading)
    if answer.body == text:
        return answer
    if seen_version is not None and seen_version != answer.version:
        raise StaleAnswerError(answer, text)
    answer.body, answer.version = text, answer.version + 1
    answer.edited_by = answer.opened_by = by
    answer.edited_at = answer.opened_at = at
    answer.save()
    is_new = _keep_version(answer, locked, by, at)
    if locked.state == ReportState.ASKED:
        locked.state, locked.version = ReportState.DRAFTING, locked.version + 1
        locked.save(update_fields=["state", "version"])
    if is_new:
        after = {"heading": str(heading)[:300], "text_length": len(text)}
        note_report("report.write", locked, by=by, at=at, after=after)
    return answer


@transaction.atomic
def mark_heading_open(
    *, report: Report, heading: OutlineHeading, seat: Seat, at: datetime
) -> Answer:
    """Say that somebody has the box of a heading open; whoever is fresh in it stays named.

    It is no deed: it changes nothing that is reported, and is forgotten after a minute.
    """
    answer = Answer.objects.filter(report=report, heading=heading).first()
    if answer is None:
        answer, _made = Answer.objects.get_or_create(report=report, heading=heading)
    other = answer.opened_by_id not in {None, seat.pk}
    if not (other and is_fresh(answer, at)):
        answer.opened_by, answer.opened_at = seat, at
        Answer.objects.filter(pk=answer.pk).update(opened_by=seat, opened_at=at)
    return answer


def _locked_answer(report: Report, heading: OutlineHeading) -> Answer:
    if heading.review_id != report.review_id:
        raise ReviewError(_("This heading does not belong to the outline of the report."))
    rows = Answer.objects.select_for_update(of=("self",)).select_related("edited_by__user")
    found = rows.filter(report=report, heading=heading).first()
    return found or Answer(report=report, heading=heading)


def _keep_version(answer: Answer, report: Report, by: Seat, at: datetime) -> bool:
    """Keep the text as a version; return whether it is a new one and not the same go on."""
    last = answer.versions.first()
    goes_on = (
        last is not None
        and last.made_by_id == by.pk
        and last.made_at > at - ONE_GO
        and (report.submitted_at is None or last.made_at > report.submitted_at)
        # whose words were taken by the level above stay as they were taken
        and not answer.taken.filter(source_version=last.number).exists()
    )
    if last is not None and goes_on:
        last.number, last.body = answer.version, answer.body
        last.save(update_fields=["number", "body"])
        return False
    AnswerVersion.objects.create(
        answer=answer, number=answer.version, body=answer.body, made_by=by, made_at=at
    )
    return True


def _cleaned(body: str) -> str:
    if len(body) > LONGEST_PASTED:
        raise ReviewError(
            _(
                "The text is too long to be kept (more than 2 million letters). Nothing was saved;"
                " paste it in parts, and without pictures."
            )
        )
    text = clean_prose(body)
    if len(text) > LONGEST:
        raise ReviewError(
            _(
                "The text has %(letters)s letters, under one heading fit %(most)s. Nothing was"
                " saved; shorten it, or spread it over several headings."
            )
            % {"letters": len(text), "most": LONGEST}
        )
    return text
