"""The board of a round: the page, its export, and reminders from it."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kheo.exemplars.queries.batches import REMIND, offered_deeds
from kheo.organisations.http import Request
from kheo.reporting.actions import NobodyToRemindError, remind_units
from kheo.reporting.forms import BoardFilterForm
from kheo.reporting.queries.areas import (
    Area,
    area_in_reach,
    area_on,
    areas_above,
    areas_below,
    own_area,
)
from kheo.reporting.queries.board import (
    BoardFilter,
    Columns,
    board_rows,
    board_totals,
    columns_of,
    count_units,
    top_path_of,
    units_of,
    visible_round,
)
from kheo.reporting.rules import can_remind_units
from kheo.reporting.sheets import board_columns, board_values
from kheo.rounds.models import Participation, Round
from kheo.ui.downloads import sheet_response
from kheo.ui.pages import render_page
from kheo.ui.paging import PAGE_SIZE, CappedPage, page_number

MOST_REMINDED = 5000


@require_safe
def board(request: Request, pk: int) -> HttpResponse:
    """Show each unit asked, with the totals of the area and of what is below it."""
    round = _round(request, pk)
    today = timezone.localdate()
    columns = columns_of(round)
    form = BoardFilterForm(request.GET, audiences=columns.audiences)
    chosen = _filter(request, round, form)
    below = areas_below(chosen.area, round.opens_on)
    totals = board_totals(round, [chosen.area.pk, *(area.pk for area in below)], today)
    # a single unit stands in the table of units; here only what has units below it
    parts = [
        (area, totals[area.pk]) for area in below if area.pk in totals and totals[area.pk].asked > 1
    ]
    context = {
        "round": round,
        "form": form,
        "area": chosen.area,
        "trail": areas_above(chosen.area, top_path_of(request.seat, round), round.opens_on),
        "levels": columns.levels,
        "names_audiences": len(columns.audiences) > 1 and chosen.audience is None,
        "page": _page(request, round, chosen, columns),
        "totals": totals.get(chosen.area.pk),
        "parts": parts,
        "remind": can_remind_units(request.seat, round),
        "deeds": [deed for deed in offered_deeds(request.seat) if deed[0] != REMIND],
        "query": request.GET.urlencode(),
        "today": today,
    }
    return render_page(request, "reporting/board.html", context, part="board")


@require_safe
def export_board(request: Request, pk: int, fmt: str) -> HttpResponseBase:
    """Give the board as a workbook or CSV, with the filters of the page."""
    round = _round(request, pk)
    columns = columns_of(round)
    chosen = _filter(request, round, BoardFilterForm(request.GET, audiences=columns.audiences))
    today = timezone.localdate()
    rows = board_rows(units_of(round, chosen, today), columns, today)
    return sheet_response(
        fmt,
        name=f"bang-theo-doi-{round.year}-{round.pk}",
        title=_("Board"),
        columns=board_columns(columns),
        rows=board_values(rows),
    )


@require_POST
def remind(request: Request, pk: int) -> HttpResponse:
    """Prepare a reminder to the ticked units, or to all that pass the filter."""
    round = _round(request, pk)
    units = _reminded(request, round)
    board_url = f"{reverse('reporting:board', args=[pk])}?{request.POST.get('query', '')}"
    if not units:
        messages.warning(request, _("No unit was ticked. Tick units, or remind all of the list."))
        return redirect(board_url)
    try:
        message = remind_units(round=round, units=units, by=request.seat, at=timezone.now())
    except NobodyToRemindError:
        messages.info(request, _("All of these units have handed in; there is nobody to remind."))
        return redirect(board_url)
    messages.success(
        request,
        _("The reminder waits in the outbox. Read it, change it where needed, and send it."),
    )
    return redirect("notices:message", pk=message.pk)


def _reminded(request: Request, round: Round) -> list[Participation]:
    query = QueryDict(request.POST.get("query", ""))
    today = timezone.localdate()
    if request.POST.get("which") == "all":
        columns = columns_of(round)
        form = BoardFilterForm(query, audiences=columns.audiences)
        chosen = _filter(request, round, form, query)
    else:
        chosen = BoardFilter(area=_area(request, round, None))
    units = units_of(round, chosen, today).select_related("organisation")
    if request.POST.get("which") != "all":
        ticked = [key for key in request.POST.getlist("unit") if key.isascii() and key.isdigit()]
        units = units.filter(pk__in=ticked)
    return list(units[:MOST_REMINDED])


def _round(request: Request, pk: int) -> Round:
    if round := visible_round(request.seat, pk):
        return round
    raise Http404


def _area(request: Request, round: Round, asked: int | None) -> Area:
    if asked is not None:
        found = area_in_reach(request.seat, asked, round.opens_on)
        if found is None:
            raise Http404
        return found
    if round.organiser_path == top_path_of(request.seat, round):
        area = area_on(round.organiser, round.opens_on)
        return replace(area, path=round.organiser_path)
    return own_area(request.seat, round.opens_on)


def _filter(
    request: Request, round: Round, form: BoardFilterForm, query: Any = None
) -> BoardFilter:
    sort = (request.GET if query is None else query).get("sort", "")
    names = {"name", "state", "due", "registered", "touched"}
    audience = form.value("audience")
    return BoardFilter(
        area=_area(request, round, form.value("area")),
        state=form.value("state") or "",
        late=bool(form.value("late")),
        short=bool(form.value("short")),
        audience=int(audience) if audience else None,
        text=form.value("q") or "",
        sort=sort if sort.lstrip("-") in names else "name",
    )


def _page(request: Request, round: Round, chosen: BoardFilter, columns: Columns) -> CappedPage:
    today = timezone.localdate()
    number = page_number(request)
    start = (number - 1) * PAGE_SIZE
    units = units_of(round, chosen, today)[start : start + PAGE_SIZE + 1]
    found = list(board_rows(units, columns, today))
    return CappedPage(
        rows=found[:PAGE_SIZE],
        number=number,
        size=PAGE_SIZE,
        total=count_units(round, chosen, today),
        capped=False,
        has_next=len(found) > PAGE_SIZE,
    )
