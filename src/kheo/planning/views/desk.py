"""What lies on the desk when work is made of a paper: the paper, whose work, each part's forms."""

from dataclasses import dataclass, field
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone

from kheo.directives.models import Document
from kheo.directives.queries import documents_visible_to
from kheo.organisations.http import Request
from kheo.organisations.models import Organisation
from kheo.organisations.rules import Verdict
from kheo.planning.forms.making import (
    ReviewWorkForm,
    RoundWorkForm,
    TaskWorkForm,
    UseForm,
    initial_round,
    initial_task,
    initial_work_review,
)
from kheo.planning.queries.amending import Amendment, amendments_of
from kheo.planning.queries.facts import CheckedPaper, Fact, checked_paper
from kheo.planning.queries.made import MadeWork, findings_with_tasks, made_of_document
from kheo.planning.queries.review_proposal import ReviewProposal, review_proposal
from kheo.planning.queries.round_audiences import AudienceProposal
from kheo.planning.queries.round_proposal import RoundProposal, round_proposal
from kheo.planning.queries.task_proposals import TaskProposal, task_proposals
from kheo.planning.rules import can_make_work
from kheo.reviews.forms.reviews import AnnexFormSet, DueFormSet
from kheo.rounds.forms.audiences import AudienceForm
from kheo.rounds.models import Round
from kheo.rounds.queries.visible import own_organiser


@dataclass(frozen=True)
class Desk:
    """The paper, in whose name work is made of it, and what was made already."""

    document: Document
    paper: CheckedPaper | None
    organiser: Organisation
    made: MadeWork
    may_make: Verdict
    amendments: list[Amendment]


@dataclass
class AudiencePart:
    """One audience with its forms."""

    proposal: AudienceProposal
    use: UseForm
    form: AudienceForm


@dataclass
class RoundPart:
    """The round with its forms."""

    proposal: RoundProposal
    form: RoundWorkForm
    audiences: list[AudiencePart] = field(default_factory=list)


@dataclass
class ReviewPart:
    """The review with its forms."""

    proposal: ReviewProposal
    form: ReviewWorkForm
    dues: Any
    annexes: Any


@dataclass
class TaskPart:
    """One task with its form, or the task it was made into."""

    proposal: TaskProposal
    form: TaskWorkForm
    made: int | None = None

    @property
    def said(self) -> list[Fact]:
        """Return the sentence it comes from."""
        return [self.proposal.fact]


def visible_document(request: Request, pk: int) -> Document:
    """Return a document with issuer and owner, or 404 where this seat must not know of it."""
    rows = documents_visible_to(request.seat).select_related("issuer__kind", "owner__kind")
    return get_object_or_404(rows.defer("text"), pk=pk)


def desk_of(request: Request, pk: int) -> Desk:
    """Return what is on the desk, or 404 where this seat must not know of the document."""
    document = visible_document(request, pk)
    organiser = own_organiser(request.seat)
    paper = checked_paper(document)
    return Desk(
        document=document,
        paper=paper,
        organiser=organiser,
        made=made_of_document(document, organiser),
        may_make=can_make_work(request.seat, organiser),
        amendments=amendments_of(paper, organiser) if paper else [],
    )


def round_part(desk: Desk, data: Any = None, year: int | None = None) -> RoundPart | None:
    """Return the proposed round with its forms, bound to what was typed."""
    if desk.paper is None:
        return None
    today = timezone.localdate()
    proposal = round_proposal(desk.paper, desk.organiser, today, year=year)
    if proposal is None:
        return None
    form = RoundWorkForm(
        data,
        prefix="round",
        organiser=desk.organiser,
        proposal=proposal,
        initial=initial_round(proposal, desk.paper.reading.version),
    )
    opens_on = proposal.day
    if data is not None and form.is_valid():
        opens_on = form.cleaned_data["opens_on"]
    unsaved = Round(organiser=desk.organiser, opens_on=opens_on)
    parts = [
        AudiencePart(
            audience,
            UseForm(data, prefix=f"audience-{place}", initial={"use": True}),
            AudienceForm(
                data,
                prefix=f"audience-{place}",
                round=unsaved,
                initial=_initial_audience(audience),
            ),
        )
        for place, audience in enumerate(proposal.audiences)
    ]
    return RoundPart(proposal, form, parts)


def review_part(desk: Desk, data: Any = None) -> ReviewPart | None:
    """Return the proposed review with its forms, bound to what was typed."""
    if desk.paper is None:
        return None
    proposal = review_proposal(desk.paper, desk.organiser, timezone.localdate())
    if proposal is None:
        return None
    dues = [
        {"audience": due.audience, "level": due.level, "due_on": due.due_on}
        for due in proposal.dues
    ]
    annexes = [
        {"title": annex.title, "layout_code": annex.layout_code} for annex in proposal.annexes
    ]
    return ReviewPart(
        proposal,
        ReviewWorkForm(
            data,
            prefix="review",
            initial=initial_work_review(proposal, desk.paper.reading.version),
        ),
        DueFormSet(data, prefix="dues", initial=dues),
        AnnexFormSet(data, prefix="annexes", initial=annexes),
    )


def task_parts(desk: Desk, data: Any = None) -> list[TaskPart]:
    """Return the proposed tasks with their forms, bound to what was typed."""
    if desk.paper is None:
        return []
    made = findings_with_tasks(desk.document, desk.organiser)
    proposals = task_proposals(desk.paper, desk.organiser, timezone.localdate())
    parts = []
    for place, proposal in enumerate(proposals):
        task = made.get(proposal.fact.finding.pk)
        form = TaskWorkForm(
            None if task else data,
            prefix=f"task-{place}",
            initial=initial_task(proposal, use=task is None),
        )
        parts.append(TaskPart(proposal, form, task))
    return parts


def _initial_audience(audience: AudienceProposal) -> dict[str, object]:
    values: dict[str, object] = {
        "name": audience.name,
        "kinds": audience.kinds,
        "levels": audience.levels,
        "listed": "\n".join(unit.code for unit in audience.listed),
        "layouts": audience.layouts,
        "due_on": audience.due_on,
    }
    for key, (least, most) in audience.quotas.items():
        values |= {f"min_{key}": least, f"max_{key}": most}
    return values
