"""Like registrations: the hint on the form, the report over a round, and what is decided."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kheo.exemplars import actions
from kheo.exemplars.enums import Likeness
from kheo.exemplars.forms import LikenessFilter
from kheo.exemplars.models import Exemplar, LikenessPair, Registration
from kheo.exemplars.queries.likeness import pairs_of_round, waiting_of_round
from kheo.exemplars.queries.likeness_groups import (
    SHOWN_OF_GROUP,
    group_page,
    group_with,
    pair_groups,
)
from kheo.exemplars.queries.likeness_page import GroupView, group_views, hint_lines, pair_views
from kheo.exemplars.queries.visibility import registrations_visible_to
from kheo.exemplars.rules import can_edit
from kheo.exemplars.views.editing import keep_typed
from kheo.exemplars.views.finding import visible_registration, visible_sheet
from kheo.lib.text.folding import normalise
from kheo.organisations.http import Request
from kheo.organisations.models import below
from kheo.organisations.rules import NotAllowedError, demand, reach_of
from kheo.rounds.queries.visible import rounds_visible_to
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of

GROUPS_ON_A_PAGE = 10
PAIRS_OF_A_GROUP = 50
DECISIONS: dict[str, Callable[..., object]] = {
    Likeness.SAME: actions.merge_exemplars,
    Likeness.CONTINUES: actions.link_continuation,
    Likeness.REPLICA: actions.link_replica,
    Likeness.DIFFERENT: actions.mark_different,
    "open": actions.reopen_likeness,
    "unlink": actions.unlink_likeness,
}


@require_safe
def show_likenesses(request: Request, pk: int) -> HttpResponse:
    """Show the like pairs of a round in the seat's reach by groups, or those of one group."""
    round = get_object_or_404(rounds_visible_to(request.seat), pk=pk)
    form = LikenessFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    pairs = pairs_of_round(request.seat, round.pk)
    decision = chosen.get("decision", "")
    if decision == "claimed":
        pairs = pairs.exclude(claim="").filter(decision="")
    else:
        pairs = pairs.filter(decision=decision)
    if chosen.get("suggestion"):
        pairs = pairs.filter(suggestion=chosen["suggestion"])
    groups = pair_groups(pairs)
    whole = group_with(groups, request.GET.get("group", ""))
    if whole is None:
        page = group_page(groups, request, size=GROUPS_ON_A_PAGE)
        views = group_views(page.rows, pairs, request.seat, most=SHOWN_OF_GROUP)
    else:
        page = page_of(pairs.filter(pk__in=whole.pairs), request, size=PAIRS_OF_A_GROUP)
        views = [GroupView(group=whole, pairs=pair_views(page.rows, request.seat))]
    context = {
        "round": round,
        "filters": form,
        "page": page,
        "views": views,
        "whole": whole,
        "waiting": waiting_of_round(request.seat, round.pk).count(),
    }
    return render_page(request, "exemplars/likenesses.html", context, part="pairs")


@require_POST
def compare_round(request: Request, pk: int) -> HttpResponse:
    """Compare what was sent in a round and is not compared yet, as many as fit into one answer."""
    round = get_object_or_404(rounds_visible_to(request.seat), pk=pk)
    count = actions.compare_waiting(round=round)
    words = ngettext(
        "%(count)s registration was compared.", "%(count)s registrations were compared.", count
    )
    messages.success(request, words % {"count": count})
    return redirect("exemplars:likenesses", pk)


@require_POST
def decide_likeness(request: Request, pk: int, version: int, choice: str) -> HttpResponse:
    """Decide what the two of a pair are to each other."""
    pair = _visible_pair(request, pk)
    if choice not in DECISIONS:
        raise Http404
    try:
        DECISIONS[choice](pair=pair, version=version, by=request.seat, at=timezone.now())
        messages.success(request, _("“%s”: decided.") % pair.second)
    except (actions.StalePairError, actions.AlreadyRegisteredError) as error:
        messages.error(request, str(error))
    return redirect("exemplars:likenesses", pair.round_id)


@require_POST
def undo_merging(request: Request, pk: int) -> HttpResponse:
    """Take a merging back; ``pk`` is the model that was merged into another."""
    mine = registrations_visible_to(request.seat).filter(merged_from=pk)
    row = mine.first()
    if row is None:
        raise Http404
    try:
        gone = get_object_or_404(Exemplar, pk=pk)
        actions.undo_merge(exemplar=gone, by=request.seat, at=timezone.now())
        messages.success(request, _("The merging was taken back."))
    except actions.StalePairError as error:
        messages.error(request, str(error))
    return redirect("exemplars:detail", row.pk)


@require_POST
def hint_likeness(request: Request, pk: int) -> HttpResponse:
    """Show what is like the model whose name and content are being typed; nothing is saved."""
    row = visible_registration(request, pk)
    demand(can_edit(request.seat, row))
    row.name = normalise(request.POST.get("name", ""))[:300]
    row.content = normalise(request.POST.get("content", ""), keep_lines=True)[:20_000]
    context = {"row": row, "hints": hint_lines(request.seat, row)}
    return render_page(request, "exemplars/_likeness.html", context)


@require_POST
def answer_hint(request: Request, pk: int, other: int, answer: str) -> HttpResponse:
    """Save what was typed, keep what the unit says the draft is to another, link it where asked."""
    sheet = visible_sheet(request, pk)
    draft = sheet.registration
    if answer not in Likeness.values:
        raise Http404
    demand(can_edit(request.seat, draft))
    if "version" in request.POST and (trouble := keep_typed(request, sheet)) is not None:
        return trouble
    draft.refresh_from_db()
    found = get_object_or_404(Registration.objects.select_related("exemplar"), pk=other)
    said = Likeness(answer)
    seat, now = request.seat, timezone.now()
    try:
        actions.answer_likeness(draft=draft, other=found, answer=said, by=seat, at=now)
        if said in {Likeness.CONTINUES, Likeness.REPLICA}:
            actions.link_own_draft(draft=draft, other=found, answer=said, by=seat, at=now)
        messages.success(request, _said(said))
    except (NotAllowedError, actions.AlreadyRegisteredError) as error:
        messages.error(request, str(error))
    return redirect("exemplars:edit", pk)


@require_POST
def withdraw_hint_answer(request: Request, pk: int, other: int) -> HttpResponse:
    """Save what was typed, and take back what the unit said the draft is to another."""
    sheet = visible_sheet(request, pk)
    draft = sheet.registration
    demand(can_edit(request.seat, draft))
    if "version" in request.POST and (trouble := keep_typed(request, sheet)) is not None:
        return trouble
    found = get_object_or_404(Registration, pk=other)
    seat, now = request.seat, timezone.now()
    try:
        actions.withdraw_answer(draft=draft, other=found, by=seat, at=now)
        messages.success(request, _("Taken back: the form tells you of that one again."))
    except NotAllowedError as error:
        messages.error(request, str(error))
    return redirect("exemplars:edit", pk)


def _said(answer: Likeness) -> str:
    return {
        Likeness.SAME: _("The officer of the level above is asked to count the two as one model."),
        Likeness.CONTINUES: _("It now continues the model of the earlier year."),
        Likeness.REPLICA: _("It is now registered as a replica of that model."),
        Likeness.DIFFERENT: _("Noted: they are different. You are not told of it again."),
    }[answer]


def _visible_pair(request: Request, pk: int) -> LikenessPair:
    pairs = LikenessPair.objects.filter(below(reach_of(request.seat)))
    return get_object_or_404(pairs.select_related("first", "second"), pk=pk)
