"""What follows from a report: petitions and their answers, and what was learned."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from kheo.audit.actions import Deed, record
from kheo.lib.text.folding import normalise
from kheo.organisations.actions import By
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.reviews.actions.answering import write_answer
from kheo.reviews.actions.handling import note_report, tell_reporters
from kheo.reviews.enums import HeadingPurpose, LessonKind, PetitionState
from kheo.reviews.models import Answer, Lesson, OutlineHeading, Passage, Petition, Report
from kheo.reviews.queries.following import addressee_of, asked_in
from kheo.reviews.rules.following import (
    MOST_WORDS,
    StalePetitionError,
    can_answer_petition,
    can_collect_petitions,
    can_name_lesson,
    can_pass_petition_up,
)
from kheo.reviews.rules.passages import joined
from kheo.reviews.rules.purposes import headings_for
from kheo.reviews.rules.reviews import ReviewError


@transaction.atomic
def collect_petitions(*, report: Report, by: By, at: datetime) -> list[Petition]:
    """Turn each point under the headings of petitions into an item that waits for an answer.

    Handed in again, a report keeps what was answered or passed on; what still waits and is no
    longer asked is taken away. Petitions passed on to this report are tied to those they became.

    :raises NotAllowedError: when the seat does not hand in this report.
    """
    if isinstance(by, Seat):
        demand(can_collect_petitions(by, report))
    addressee = addressee_of(report)
    asked = asked_in(report) if addressee else []
    known = {petition.text: petition for petition in report.petitions.select_for_update()}
    fresh = {one.text: one for one in asked if one.text not in known}
    gone = _gone(known, {one.text for one in asked})
    Petition.objects.filter(pk__in=[petition.pk for petition in gone]).delete()
    made = [
        Petition(
            report=report,
            heading=one.heading,
            path=report.path,
            addressee=addressee,
            text=one.text,
            made_at=at,
        )
        for one in fresh.values()
    ]
    Petition.objects.bulk_create(made)
    _tie_passed(report)
    if made or gone:
        after = {"petitions": [petition.text for petition in made]}
        before = {"petitions": [petition.text for petition in gone]} if gone else {}
        note_report("petition.collect", report, by=by, at=at, before=before, after=after)
    return made


@transaction.atomic
def answer_petition(
    *, petition: Petition, answer: str, seen_version: int | None = None, by: Seat, at: datetime
) -> Petition:
    """Answer a petition, or correct the answer; the body that asked is told.

    :raises NotAllowedError: when the petition is not addressed to what the seat acts for.
    :raises StalePetitionError: when it changed since ``seen_version``.
    :raises ReviewError: without an answer.
    """
    locked = _locked(petition, seen_version)
    demand(can_answer_petition(by, locked))
    words = normalise(answer, keep_lines=True)[:MOST_WORDS]
    if not words:
        raise ReviewError(_("Write the answer: the unit waits for it."))
    before = {"state": str(locked.state), "answer": locked.answer}
    locked.state, locked.answer = PetitionState.ANSWERED, words
    locked.answered_by, locked.answered_at = by, at
    _keep(locked, "petition.answer", before, by, at)
    _tell_those_who_asked(locked, at)
    return locked


@transaction.atomic
def pass_petition_up(
    *, petition: Petition, seen_version: int | None = None, by: Seat, at: datetime
) -> Petition:
    """Put a petition into the own report, for the level above; whose it is stays known.

    :raises NotAllowedError: when it is not addressed to what the seat acts for, or is answered.
    :raises StalePetitionError: when it changed since ``seen_version``.
    :raises ReviewError: when no report of the own body can take it.
    """
    locked = _locked(petition, seen_version)
    demand(can_pass_petition_up(by, locked))
    own, heading = _place_above(locked)
    body = Answer.objects.filter(report=own, heading=heading).values_list("body", flat=True).first()
    write_answer(
        report=own, heading=heading, body=joined(body or "", f"- {locked.text}"), by=by, at=at
    )
    _attribute(locked, own, heading, by, at)
    before = {"state": str(locked.state)}
    locked.state = PetitionState.PASSED_UP
    _keep(locked, "petition.pass-up", before, by, at)
    return locked


@transaction.atomic
def name_lesson(
    *, report: Report, heading: OutlineHeading | None, kind: str, text: str, by: Seat, at: datetime
) -> Lesson:
    """Name a limit, a cause or a lesson of a report; the next plan starts from it.

    :raises NotAllowedError: when the seat does not write the report.
    :raises ReviewError: without words, or of an unknown kind.
    """
    demand(can_name_lesson(by, report))
    words = normalise(text)[:MOST_WORDS]
    if not words:
        raise ReviewError(_("Say in words what was learned."))
    if kind not in LessonKind.values:
        raise ReviewError(_("Say whether it is a limit, a cause or a lesson."))
    found = report.lessons.filter(kind=kind, text=words).first()
    if found is not None:
        return found
    made = Lesson.objects.create(
        report=report, heading=heading, kind=kind, text=words, made_by=by, made_at=at
    )
    note_report("lesson.name", report, by=by, at=at, after={"kind": kind, "text": words})
    return made


@transaction.atomic
def drop_lesson(*, lesson: Lesson, by: Seat, at: datetime) -> None:
    """Take a named lesson away again; the audit keeps it.

    :raises NotAllowedError: when the seat does not write the report.
    """
    demand(can_name_lesson(by, lesson.report))
    before = {"kind": str(lesson.kind), "text": lesson.text}
    note_report("lesson.drop", lesson.report, by=by, at=at, before=before)
    lesson.delete()


def _gone(known: dict[str, Petition], asked: set[str]) -> list[Petition]:
    return [
        petition
        for text, petition in known.items()
        if text not in asked and petition.state == PetitionState.WAITING
    ]


def _tie_passed(report: Report) -> None:
    """Tie petitions of those below that were passed on to the same words in this report."""
    own = {petition.text: petition for petition in report.petitions.all()}
    passed = Petition.objects.filter(
        report__parent=report, state=PetitionState.PASSED_UP, passed_to=None
    )
    for petition in passed:
        if (above := own.get(petition.text)) is not None:
            petition.passed_to = above
            petition.save(update_fields=["passed_to"])


def _attribute(
    petition: Petition, own: Report, heading: OutlineHeading, by: Seat, at: datetime
) -> None:
    source = Answer.objects.filter(report=petition.report, heading=petition.heading).first()
    if source is not None:
        Passage.objects.create(
            report=own,
            heading=heading,
            source=source,
            source_version=source.version,
            text=petition.text,
            taken_by=by,
            taken_at=at,
        )


def _place_above(petition: Petition) -> tuple[Report, OutlineHeading]:
    own = petition.report.parent
    if own is None:
        raise ReviewError(_("Nothing of this review goes to a level above; answer it instead."))
    headings = headings_for(own.review.headings.all(), HeadingPurpose.PETITIONS)
    if not headings:
        raise ReviewError(_("The outline has no heading for petitions."))
    same = [heading for heading in headings if heading.pk == petition.heading_id]
    return own, (same or headings)[0]


def _locked(petition: Petition, seen_version: int | None) -> Petition:
    rows = Petition.objects.select_for_update(of=("self",)).select_related(
        "report__review", "report__organisation__kind", "report__parent__organisation__kind"
    )
    locked = rows.get(pk=petition.pk)
    if seen_version is not None and seen_version != locked.version:
        raise StalePetitionError
    return locked


def _keep(
    petition: Petition, verb: str, before: Mapping[str, object], by: Seat, at: datetime
) -> None:
    petition.version += 1
    petition.save()
    after = {name: str(getattr(petition, name)) for name in before}
    deed = Deed(verb=verb, record=petition, scope=petition.path, before=before, after=after)
    record(deed=deed, by=by, at=at)


def _tell_those_who_asked(petition: Petition, at: datetime) -> None:
    """Tell the body that asked, and those whose petition it passed on."""
    passed = Petition.objects.filter(passed_to=petition).select_related("report__organisation")
    reports: Sequence[Report] = [petition.report, *(one.report for one in passed)]
    with override(settings.LANGUAGE_CODE):
        subject = _("Petition answered: %s") % petition.text[:120]
        tell_reporters(reports, subject, body=petition.answer, at=at)
