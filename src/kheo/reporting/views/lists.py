"""Lists that go out: choosing one with a live preview, and its download."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import cast, get_args

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kheo.exemplars.models import Registration
from kheo.lib.papers.nodes import Paper
from kheo.lib.papers.render import Format, render
from kheo.organisations.http import Request
from kheo.organisations.models import Level, Organisation
from kheo.organisations.papers.letterheads import issuer_of
from kheo.reporting.forms import ALL, ListPaperForm
from kheo.reporting.papers.lists import ListPaper, list_paper
from kheo.reporting.papers.texts import text_values
from kheo.reporting.queries.areas import Area, area_in_reach, area_on, areas_below, own_area
from kheo.reporting.queries.board import top_path_of
from kheo.reporting.queries.lists import (
    ListRow,
    ListScope,
    asks_one_unit,
    audiences_asked_for,
    level_names,
    list_layouts,
    list_spec,
    listed_registrations,
    rows_of_list,
    sections_of,
    usual_layout,
)
from kheo.rounds.enums import RoundState
from kheo.rounds.models import Layout, Round
from kheo.rounds.queries.visible import rounds_visible_to
from kheo.ui.downloads import MEDIA_TYPES
from kheo.ui.pages import render_page

FORMATS = ("docx", "pdf", "xlsx")
PREVIEW_ROWS = 30
MOST_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for, brought together."""

    form: ListPaperForm
    round: Round
    area: Area
    layout: Layout
    dated: date | None
    rows: QuerySet[Registration]


@require_safe
def list_page(request: Request) -> HttpResponse:
    """Choose round, unit and layout, and see the first rows as they will be printed."""
    rounds = list(rounds_visible_to(request.seat)[:MOST_ROUNDS])
    if not rounds:
        return render_page(request, "reporting/list_paper.html", {}, part="list")
    wish = _wish(request, rounds)
    total = wish.rows.count()
    sheet = render(_paper(wish, islice(rows_of_list(wish.rows), PREVIEW_ROWS)), "html").decode()
    context = {
        "form": wish.form,
        "round": wish.round,
        "area": wish.area,
        "total": total,
        "shown": PREVIEW_ROWS if total > PREVIEW_ROWS else 0,
        "sheet": sheet,
        "query": request.GET.urlencode(),
        "formats": [("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel")],
    }
    return render_page(request, "reporting/list_paper.html", context, part="list")


@require_safe
def list_file(request: Request, fmt: str) -> HttpResponse:
    """Give the whole list as Word, PDF or Excel."""
    if fmt not in FORMATS or fmt not in get_args(Format):
        raise Http404
    rounds = list(rounds_visible_to(request.seat)[:MOST_ROUNDS])
    if not rounds:
        raise Http404
    wish = _wish(request, rounds)
    content = render(_paper(wish, rows_of_list(wish.rows)), cast("Format", fmt))
    name = f"danh-sach-{wish.layout.code}-{wish.round.year}-{wish.area.pk}.{fmt}"
    response = HttpResponse(content, content_type=MEDIA_TYPES[fmt])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _paper(wish: Wish, rows: Iterable[ListRow]) -> Paper:
    day = wish.dated or wish.round.opens_on
    spec = list_spec(wish.layout)
    organisation = Organisation.objects.select_related("kind").get(pk=wish.area.pk)
    made_of = ListPaper(
        spec=spec,
        texts=text_values(wish.round, wish.area.name),
        issuer=issuer_of(organisation, day),
        dated=wish.dated,
        sections=sections_of(spec, wish.round),
        levels=level_names(),
        names_units=not asks_one_unit(wish.round, wish.area),
    )
    return list_paper(made_of, rows)


def _wish(request: Request, rounds: list[Round]) -> Wish:
    """Bring together what is asked; anything missing or strange gets its usual value."""
    round = _round(request, rounds)
    area = _area(request, round)
    layouts = {layout.pk: layout for layout in list_layouts(round)}
    layout = layouts.get(_number(request, "layout")) or _usual(round, area, layouts)
    today = timezone.localdate()
    usual_date = today.isoformat() if round.state == RoundState.OPEN else ""
    data = {
        "round": round.pk,
        "unit": area.pk,
        "layout": layout.pk,
        "audience": request.GET.get("audience", ""),
        "level": request.GET.get("level", ""),
        "state": request.GET.get("state", ""),
        "dated": request.GET.get("dated", usual_date),
    }
    form = ListPaperForm(data, choices=_choices(request, rounds, round, area, layouts))
    level, state = form.value("level"), form.value("state")
    kept = state if state != ALL else ""
    scope = ListScope(
        round=round,
        area=area,
        only=({"level": level} if level else {}) | ({"state": kept} if kept else {}),
        audiences=_audiences(form.value("audience"), layout, round, area),
        with_declined=state == ALL,
    )
    rows = listed_registrations(request.seat, scope)
    return Wish(form, round, area, layout, form.value("dated"), rows)


def _audiences(asked: str | None, layout: Layout, round: Round, area: Area) -> list[int]:
    if asked and asked != ALL:
        return [int(asked)]
    # a unit may print its own registrations in any form
    if asked == ALL or asks_one_unit(round, area):
        return []
    return audiences_asked_for(layout, round)


def _choices(
    request: Request, rounds: list[Round], round: Round, area: Area, layouts: dict[int, Layout]
) -> dict[str, list[tuple[object, str]]]:
    top = _top(request, round)
    units = {one.pk: one for one in (top, area, *areas_below(area, round.opens_on))}
    if area.pk != top.pk:
        units |= {one.pk: one for one in areas_below(top, round.opens_on)}
    levels = Level.objects.order_by("rank").values_list("pk", "name")
    return {
        "round": [(one.pk, f"{one.year} – {one.title}") for one in rounds],
        "unit": [(one.pk, one.name) for one in units.values()],
        "layout": [(one.pk, one.name) for one in layouts.values()],
        "audience": [
            ("", _("those asked for this list")),
            *round.audiences.values_list("pk", "name"),
            (ALL, _("everybody asked")),
        ],
        "level": [("", _("all")), *levels],
    }


def _round(request: Request, rounds: list[Round]) -> Round:
    asked = _number(request, "round")
    if not asked:
        return rounds[0]
    found = next((one for one in rounds if one.pk == asked), None)
    if found is None:
        raise Http404
    return found


def _top(request: Request, round: Round) -> Area:
    if top_path_of(request.seat, round) == round.organiser_path:
        return replace(area_on(round.organiser, round.opens_on), path=round.organiser_path)
    return own_area(request.seat, round.opens_on)


def _area(request: Request, round: Round) -> Area:
    asked = _number(request, "unit")
    top = _top(request, round)
    if not asked or asked == top.pk:
        return top
    found = area_in_reach(request.seat, asked, round.opens_on)
    if found is None:
        raise Http404
    return found


def _usual(round: Round, area: Area, layouts: dict[int, Layout]) -> Layout:
    code = usual_layout(round, area)
    return next((one for one in layouts.values() if one.code == code), next(iter(layouts.values())))


def _number(request: Request, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() else 0
