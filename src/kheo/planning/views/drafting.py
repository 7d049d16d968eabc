"""One's own plan or official letter, drafted from a superior's paper."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from kheo.assignments.enums import Timing
from kheo.directives.models import Document
from kheo.directives.rules import can_register_document
from kheo.lib.papers.render import render
from kheo.organisations.http import Request
from kheo.organisations.models import Organisation
from kheo.organisations.papers.letterheads import issuer_of
from kheo.organisations.papers.speakers import speaker_of
from kheo.organisations.rules import demand
from kheo.planning.forms.drafting import DraftForm
from kheo.planning.papers.own import OwnDemand, OwnPaper, OwnReport, OwnTask, own_paper
from kheo.planning.queries.drafting import UNITS_BELOW, DraftBasis, draft_basis
from kheo.planning.queries.facts import checked_paper
from kheo.planning.queries.round_audiences import Bounds
from kheo.planning.queries.task_proposals import TaskProposal
from kheo.planning.rules import moved_earlier
from kheo.planning.views.desk import visible_document
from kheo.rounds.queries.visible import own_organiser
from kheo.ui.downloads import MEDIA_TYPES
from kheo.ui.forms import DayField
from kheo.ui.pages import render_page

USUAL_MARGIN = 7
LEVELS = {"province": "tỉnh", "district": "huyện", "commune": "cơ sở"}
FORMATS = frozenset({"docx", "pdf"})


@dataclass(frozen=True)
class _Draft:
    """The form as it stands, and the paper when it is complete."""

    form: DraftForm
    basis: DraftBasis
    paper: OwnPaper | None
    query: str


@require_safe
def draft(request: Request, pk: int) -> HttpResponse:
    """Choose what an own paper takes over, and see it as it will be printed."""
    demand(can_register_document(request.seat))
    document = visible_document(request, pk)
    made = _draft(request, document)
    context = {
        "document": document,
        "form": made.form,
        "basis": made.basis,
        "sheet": render(own_paper(made.paper), "html").decode() if made.paper else "",
        "query": made.query,
    }
    status = 422 if made.form.errors else 200
    return render_page(request, "planning/draft.html", context, part="sheet", status=status)


@require_safe
def draft_file(request: Request, pk: int, fmt: str) -> HttpResponse:
    """Give the own paper as a file: Word, to be finished and signed, or PDF."""
    demand(can_register_document(request.seat))
    document = visible_document(request, pk)
    made = _draft(request, document)
    if fmt not in FORMATS or made.paper is None:
        raise Http404
    content = render(own_paper(made.paper), "docx" if fmt == "docx" else "pdf")
    answer = HttpResponse(content, content_type=MEDIA_TYPES[fmt])
    name = "ke-hoach" if made.paper.kind == "KH" else "cong-van"
    answer["Content-Disposition"] = f'attachment; filename="{name}.{fmt}"'
    return answer


def _draft(request: Request, document: Document) -> _Draft:
    paper = checked_paper(document)
    units = _units(request)
    asked = request.GET if "kind" in request.GET else None
    unit = _chosen(units, asked.get("unit", "") if asked else "")
    # nothing is due before the paper itself is issued
    day = _typed_day(asked) or timezone.localdate()
    margin = int(asked.get("margin", "0")) if asked and _is_margin(asked) else USUAL_MARGIN
    basis = draft_basis(document, paper, unit, margin, day)
    data = asked if asked is not None else _usual(document, unit, basis, _receiver(request, unit))
    form = DraftForm(data, units=units, tasks=basis.tasks)
    made = _paper(document, form, basis, day) if form.is_valid() else None
    return _Draft(form, basis, made, data.urlencode())


def _paper(document: Document, form: DraftForm, basis: DraftBasis, today: date) -> OwnPaper:
    data = form.cleaned_data
    unit: Organisation = data["unit"]
    dated: date | None = data["dated"]
    round = basis.round
    return OwnPaper(
        kind=data["kind"],
        basis=document,
        issuer=issuer_of(unit, dated or today),
        speaker=speaker_of(unit),
        subject=data["subject"],
        year=(round.year if round and round.year else (dated or today).year),
        dated=dated,
        theme=round.theme if round else "",
        receiver=data["receiver"],
        superior_demands=tuple(
            OwnDemand(audience=one.name, quotas=_quotas(one.quotas)) for one in basis.of_unit
        ),
        demands=tuple(
            OwnDemand(audience=one.name, quotas=_quotas(one.quotas), forms=one.forms, due=one.due)
            for one in basis.below
        ),
        reports=tuple(OwnReport(what=one.what, due=one.due) for one in basis.reports),
        tasks=tuple(_tasks(basis.tasks, data, dated or today)),
        addressees=form.lines_of("addressees") or (UNITS_BELOW,),
        recipients=form.lines_of("recipients"),
        position=data["position"],
        signatory=data["signatory"],
    )


def _tasks(
    proposals: Iterable[TaskProposal], data: dict[str, Any], issued: date
) -> Iterable[OwnTask]:
    for task in proposals:
        if task.fact.finding.pk in data["tasks"]:
            yield OwnTask(
                content=task.content,
                directing=data["directing"],
                executing=data["executing"],
                time=_time(task, data["margin"], issued),
            )


def _time(task: TaskProposal, margin: int, issued: date) -> str:
    if task.time.timing != Timing.BY or task.time.due_on is None:
        return task.time_text
    own = moved_earlier(task.time.due_on, margin, issued).own
    return f"Hoàn thành trước ngày {own:%d/%m/%Y}" if own else task.time_text


def _quotas(quotas: dict[str, Bounds]) -> tuple[tuple[str, int | None, int | None], ...]:
    return tuple((LEVELS.get(key, ""), least, most) for key, (least, most) in quotas.items())


def _usual(document: Document, unit: Organisation, basis: DraftBasis, receiver: str) -> QueryDict:
    """Return what the page proposes before anything is chosen."""
    speaker = speaker_of(unit)
    data = QueryDict(mutable=True)
    data.update(
        {
            "kind": "KH" if basis.tasks else "CV",
            "unit": str(unit.pk),
            "subject": _subject(document),
            "dated": "",
            "margin": str(USUAL_MARGIN),
            "directing": speaker.name,
            "executing": UNITS_BELOW,
            "receiver": receiver,
            "addressees": UNITS_BELOW,
            "recipients": "\n".join(
                [f"{document.issuer_name} (để báo cáo)", UNITS_BELOW, f"Lưu {speaker.office}"]
            ),
            "position": speaker.position,
            "signatory": "",
        }
    )
    data.setlist("tasks", [str(task.fact.finding.pk) for task in basis.tasks])
    return data


def _receiver(request: Request, unit: Organisation) -> str:
    """Return who receives for the unit: its advisory body where the seat is there, its office."""
    own = request.seat.organisation
    if own.kind.advises and own.pk != unit.pk:
        # "Ban Dân vận Huyện ủy Tân Yên" is called "Ban Dân vận Huyện ủy" in the committee's papers
        return re.sub(r"(\bủy)\s+\S.*$", r"\1", own.name)
    return speaker_of(unit).office


def _subject(document: Document) -> str:
    """Return the superior's own subject; a plan that carries a directive out names it so."""
    subject = document.subject
    return (
        subject
        if subject.lower().startswith(("thực hiện", "triển khai"))
        else (f"thực hiện {document.reference} của {document.issuer_name}")
    )


def _units(request: Request) -> list[Organisation]:
    own = Organisation.objects.select_related("kind", "level").get(pk=request.seat.organisation_id)
    committee = own_organiser(request.seat)
    return [committee] if committee.pk == own.pk else [committee, own]


def _chosen(units: list[Organisation], key: str) -> Organisation:
    return next((unit for unit in units if str(unit.pk) == key), units[0])


def _typed_day(asked: QueryDict | None) -> date | None:
    try:
        return DayField().clean(asked.get("dated", "")) if asked else None
    except ValidationError:
        return None


def _is_margin(asked: QueryDict) -> bool:
    text = asked.get("margin", "")
    return text.isdecimal() and len(text) <= len("365")
