"""Writing a consolidated report out of those below: passages taken, drafts assembled."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.lib.text.prose import figure_mark, figure_numbers, told_figures
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.reviews.actions.answering import write_answer
from kheo.reviews.actions.figures import insert_figures
from kheo.reviews.actions.handling import lock_report, note_report
from kheo.reviews.models import Answer, OutlineHeading, Passage, Report
from kheo.reviews.queries.consolidating import answer_pieces, frozen_words
from kheo.reviews.queries.counting import words_of_some
from kheo.reviews.queries.drafting import DraftPart, HeadingDraft, drafts_of
from kheo.reviews.rules.answers import StaleAnswerError
from kheo.reviews.rules.passages import joined
from kheo.reviews.rules.reports import HANDED_IN, can_write
from kheo.reviews.rules.reviews import ReviewError

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Pick:
    """A passage that was marked: of which answer, in which version, the how manieth from 0."""

    answer: int
    version: int
    place: int


def pick_of(key: str) -> Pick | None:
    """Read what a form says was marked; None for anything strange."""
    parts = key.split("-")
    if len(parts) != 3 or not all(
        part.isascii() and part.isdigit() and len(part) < 10 for part in parts
    ):
        return None
    return Pick(*map(int, parts))


@transaction.atomic
def take_passage(
    *,
    report: Report,
    heading: OutlineHeading,
    picks: Sequence[Pick],
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> Answer:
    """Put marked passages of reports below under a heading of the own one; whose they are stays.

    Their figures become plain words, for their numbers mean nothing in another report.

    :param seen_version: of the own text as the page showed it.
    :raises NotAllowedError: when the seat does not write the report now.
    :raises StaleAnswerError: when somebody else wrote in the own text since.
    :raises ReviewError: when nothing is marked, or a source was returned or changed since.
    """
    locked = lock_report(report)
    demand(can_write(by, locked))
    passages = _passages(locked, heading, picks, by, at)
    own = Answer.objects.filter(report=locked, heading=heading).first()
    current = own.body if own else ""
    if own and seen_version is not None and seen_version != own.version:
        raise StaleAnswerError(own, joined(current, *(one.text for one in passages)))
    written = write_answer(
        report=locked,
        heading=heading,
        body=joined(current, *(one.text for one in passages)),
        by=by,
        at=at,
    )
    Passage.objects.bulk_create(passages)
    after = {"heading": str(heading)[:300], "passages": len(passages)}
    note_report("passage.take", locked, by=by, at=at, after=after)
    return written


@transaction.atomic
def drop_passage(*, passage: Passage, by: Seat, at: datetime) -> None:
    """Let go of a passage whose words no longer stand in the text; the text itself stays.

    :raises NotAllowedError: when the seat does not write the report now.
    """
    locked = lock_report(passage.report)
    demand(can_write(by, locked))
    before = {"heading": str(passage.heading)[:300], "text": passage.text[:300]}
    note_report("passage.drop", locked, by=by, at=at, before=before)
    passage.delete()


@dataclass(frozen=True, slots=True)
class Assembled:
    """What came of a draft by rule: written under which headings, which were left as they are."""

    written: tuple[OutlineHeading, ...]
    kept: tuple[OutlineHeading, ...]


@transaction.atomic
def assemble_draft(
    *,
    report: Report,
    only: OutlineHeading | None = None,
    below_written: bool = False,
    by: Seat,
    at: datetime,
) -> Assembled:
    """Write a first draft of a consolidated report by rule; what is written already stays.

    Figures are put in live; what several units say is kept with whose words it is.

    :param only: one heading; without it all of the outline.
    :param below_written: put the draft below what is written instead of leaving the heading alone.
    :raises NotAllowedError: when the seat does not write the report now.
    """
    locked = lock_report(report)
    demand(can_write(by, locked))
    bodies = dict(locked.answers.values_list("heading_id", "body"))
    written, kept = [], []
    for draft in drafts_of(locked, only):
        body = bodies.get(draft.heading.pk, "")
        if body.strip() and not below_written:
            kept.append(draft.heading)
            continue
        text = joined(body, *_draft_lines(locked, draft, body, by, at))
        if text != body:
            write_answer(report=locked, heading=draft.heading, body=text, by=by, at=at)
            written.append(draft.heading)
    after = {"headings": [str(heading)[:100] for heading in written], "kept": len(kept)}
    note_report("report.assemble", locked, by=by, at=at, after=after)
    return Assembled(tuple(written), tuple(kept))


def _draft_lines(
    report: Report, draft: HeadingDraft, body: str, by: Seat, at: datetime
) -> Iterator[str]:
    """Yield the lines of a draft that do not stand in the text yet, each with its figures."""
    passages = []
    sources = _versions(point.source for part in draft.parts for point in part.points)
    for part in draft.parts:
        text = _with_marks(report, part, by, at)
        if _without_figures(text) in _without_figures(body):
            continue
        passages += [
            Passage(
                report=report,
                heading=draft.heading,
                source_id=point.source,
                source_version=sources[point.source],
                text=point.text,
                taken_by=by,
                taken_at=at,
            )
            for point in part.points
        ]
        yield text
    Passage.objects.bulk_create(passages, batch_size=500)


def _with_marks(report: Report, part: DraftPart, by: Seat, at: datetime) -> str:
    if not part.terms:
        return part.text
    figures = insert_figures(report=report, terms=part.terms, by=by, at=at)
    words = words_of_some(report, figures)
    return part.text.format(*(figure_mark(one.number, words[one.number]) for one in figures))


def _without_figures(text: str) -> str:
    return told_figures(text, dict.fromkeys(figure_numbers(text), ""))


def _versions(answers: Iterable[int]) -> dict[int, int]:
    return dict(Answer.objects.filter(pk__in=set(answers)).values_list("pk", "version"))


def _passages(
    report: Report, heading: OutlineHeading, picks: Sequence[Pick], by: Seat, at: datetime
) -> list[Passage]:
    if not picks:
        raise ReviewError(_("Mark at least one passage."))
    if len(picks) > MOST_AT_ONCE:
        raise ReviewError(_("Take at most %d passages at once.") % MOST_AT_ONCE)
    keys = {pick.answer for pick in picks}
    sources = Answer.objects.filter(
        pk__in=keys, heading=heading, report__parent=report, report__state__in=HANDED_IN
    ).select_related("report")
    found = {source.pk: source for source in sources}
    words = frozen_words({source.report_id for source in sources})
    passages = []
    for pick in picks:
        source = found.get(pick.answer)
        if source is None or source.version != pick.version:
            raise ReviewError(
                _(
                    "One of the reports was returned or changed since you opened the page. Nothing"
                    " was taken; look at it again."
                )
            )
        pieces = answer_pieces(source, words.get(source.report_id, {}))
        if pick.place < len(pieces):
            passages.append(
                Passage(
                    report=report,
                    heading=heading,
                    source=source,
                    source_version=source.version,
                    text=pieces[pick.place].text,
                    taken_by=by,
                    taken_at=at,
                )
            )
    return passages
