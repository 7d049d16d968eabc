"""Asks the communes to review the year: reports handed in, returned, late; one drawn up."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

from kheo.demo.scenes import officer_of
from kheo.demo.world import World, moment
from kheo.organisations.enums import Role
from kheo.organisations.models import Kind, Organisation, Seat
from kheo.reviews.actions import (
    AnnexTerms,
    DueTerms,
    HeadingDetails,
    HeadingTerms,
    ReviewTerms,
    accept_report,
    answer_petition,
    assemble_draft,
    create_review,
    extend_report,
    open_review,
    rename_heading,
    return_report,
    sign_off_report,
    submit_report,
    write_answer,
)
from kheo.reviews.actions.figures import insert_figures
from kheo.reviews.enums import GUIDING_DOCUMENTS, ReviewKind
from kheo.reviews.models import OutlineHeading, Petition, Report, Review
from kheo.reviews.queries.asking import AskTerms
from kheo.reviews.queries.figures import words_of_figures
from kheo.reviews.queries.sentences import sentence_with_marks, sentences_for

ASKED_BEFORE = timedelta(days=24)
DUE_BEFORE = timedelta(days=3)
OWN_DUE_AFTER = timedelta(days=17)
LATER = timedelta(days=5)
# the communes that have not begun, are writing, or have signed; all before them handed in
WAITING, WRITING, SIGNED = 2, 1, 1
RETURNED_ONE = 2
ACCEPTED = 8


@dataclass(frozen=True)
class Told:
    """What the invented communes write."""

    title: str
    headings: list[dict[str, Any]]
    answers: dict[str, list[str]]
    remarks: dict[str, str]
    answer: str

    @classmethod
    def read(cls) -> "Told":
        """Read the data file."""
        data = tomllib.loads((files("kheo.demo") / "data" / "review.toml").read_text("utf-8"))
        return cls(
            data["title"], data["heading"], data["answers"], data["remarks"], data["answer"]["text"]
        )

    def text(self, key: str, place: str, turn: int) -> str:
        """Return what the commune whose turn it is writes under a heading."""
        texts = self.answers.get(key, [""])
        text = texts[turn % len(texts)].format(place=place)
        return text[:1].upper() + text[1:]


def look_back(world: World, year: int, today: date) -> None:
    """Ask for the review of a year, let the communes answer, and begin to consolidate."""
    told, officer = Told.read(), officer_of(world)
    review = _ask(world, told, year, officer, today)
    root = Report.objects.get(review=review, parent=None)
    reports = list(root.children.select_related("organisation__kind", "review__organiser__kind"))
    silent = len(reports) - WAITING - WRITING - SIGNED
    for turn, report in enumerate(reports[: len(reports) - WAITING]):
        at = moment(today - DUE_BEFORE - timedelta(days=1 + turn % 6), 8 + turn % 8)
        _write(world, told, report, turn, at)
        if turn < silent + SIGNED:
            _sign(world, report, at, handed_in=turn < silent)
    _answer(told, reports[:silent], officer, moment(today - timedelta(days=2)))
    later = reports[-1]
    extend_report(
        report=later,
        due_on=today + LATER,
        reason="Đơn vị tập trung khắc phục hậu quả mưa lũ.",
        by=officer,
        at=moment(today - DUE_BEFORE - timedelta(days=2)),
    )
    assemble_draft(report=root, by=officer, at=moment(today - timedelta(days=1)))


def _ask(world: World, told: Told, year: int, officer: Seat, today: date) -> Review:
    at = moment(today - ASKED_BEFORE)
    due_on, own_due_on = today - DUE_BEFORE, today + OWN_DUE_AFTER
    terms = ReviewTerms(
        title=told.title.format(year=year),
        kind=ReviewKind.YEARLY,
        period_from=date(year, 1, 1),
        period_to=date(year, 12, 31),
        dues=(
            DueTerms(audience="Đảng ủy các xã, thị trấn", due_on=due_on),
            DueTerms(audience=world.advisory.name, due_on=own_due_on),
        ),
        annexes=(
            AnnexTerms(
                title="Tổng hợp văn bản triển khai chỉ đạo, thực hiện",
                layout_code=GUIDING_DOCUMENTS,
            ),
            AnnexTerms(title="Mô hình “Dân vận khéo” đăng ký trong năm", layout_code="S0"),
        ),
    )
    outline = [HeadingTerms(title=row["title"], depth=row["depth"]) for row in told.headings]
    review = create_review(
        organiser=world.province, terms=terms, outline=outline, by=officer, at=at
    )
    _guide(review, told, officer, at)
    communes = Kind.objects.get(code="commune_committee")
    asked = [AskTerms(due_on=due_on, kinds=(communes,))]
    return open_review(review=review, asked=asked, own_due_on=own_due_on, by=officer, at=at)


def _guide(review: Review, told: Told, officer: Seat, at: datetime) -> None:
    for heading, row in zip(review.headings.all(), told.headings, strict=True):
        if guidance := row.get("guidance"):
            details = HeadingDetails(guidance=guidance)
            rename_heading(heading=heading, title=heading.title, details=details, by=officer, at=at)


def _write(world: World, told: Told, report: Report, turn: int, at: datetime) -> None:
    clerk = world.seat(report.organisation, Role.CLERK)
    place = _place(report.organisation)
    for key, heading in _keys(report.review):
        if text := told.text(key, place, turn):
            figures = _steps(report, clerk, at) if key == "II.3" else ""
            body = f"{figures}\n{text}".strip()
            write_answer(report=report, heading=heading, body=body, by=clerk, at=at)


def _keys(review: Review) -> Iterator[tuple[str, OutlineHeading]]:
    """Yield each heading with its number below its main heading, as the data file names it."""
    main = ""
    for heading in review.headings.all():
        main = main if heading.parent_id else heading.number
        yield (f"{main}.{heading.number}" if heading.parent_id else main), heading


def _place(unit: Organisation) -> str:
    """Return "xã An Bình" of "Đảng ủy xã An Bình"."""
    return unit.name.removeprefix("Đảng ủy ")


def _steps(report: Report, clerk: Seat, at: datetime) -> str:
    """Return the sentence on how far the models came, its figures counted from the register."""
    sentence = next(one for one in sentences_for(report) if one.code == "steps")
    figures = insert_figures(report=report, terms=sentence.terms, by=clerk, at=at)
    words = [told.words for told in words_of_figures(report, figures)]
    return sentence_with_marks(sentence, figures, words)


def _sign(world: World, report: Report, at: datetime, *, handed_in: bool) -> None:
    head = world.seat(report.organisation, Role.HEAD)
    signed = sign_off_report(report=report, by=head, at=at + timedelta(hours=1))
    if handed_in:
        submit_report(report=signed, by=head, at=at + timedelta(hours=2))


def _answer(told: Told, reports: list[Report], officer: Seat, at: datetime) -> None:
    """Accept most of what was handed in, return one, answer one petition."""
    headings = dict(_keys(reports[0].review))
    for place, report in enumerate(reports):
        report.refresh_from_db()
        if place == RETURNED_ONE:
            remarks: dict[int | None, str] = {
                headings[key].pk: text for key, text in told.remarks.items()
            }
            return_report(report=report, remarks=remarks, by=officer, at=at)
        elif place < ACCEPTED:
            accept_report(report=report, by=officer, at=at)
    petition = Petition.objects.filter(report__in=reports).order_by("pk").first()
    if petition is not None:
        answer_petition(petition=petition, answer=told.answer, by=officer, at=at)
