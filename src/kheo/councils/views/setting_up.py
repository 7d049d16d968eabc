"""Setting up a council: terms, members, files; and moving it on and back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kheo.appraisal.actions import ScoreError
from kheo.appraisal.actions.opening import appraiser_of
from kheo.councils.actions import (
    CouncilError,
    MemberTerms,
    create_council,
    edit_council,
    faults_before,
    move_council,
    name_members,
    take_in_files,
    take_in_registrations,
    take_out_files,
)
from kheo.councils.enums import CouncilDeed, MemberRole
from kheo.councils.forms.setting_up import (
    CouncilForm,
    FacetForm,
    ReasonForm,
    initial_council,
)
from kheo.councils.models import Council
from kheo.councils.queries.seats import found_seats
from kheo.councils.queries.sources import (
    SourceFilter,
    accepted_to_take_in,
    files_to_take_in,
    nominated_to_take_in,
)
from kheo.councils.rules.deeds import can_prepare, can_set_up_councils
from kheo.councils.rules.transitions import TRANSITIONS, can_move
from kheo.councils.views.finding import (
    own_member,
    posted_keys,
    posted_version,
    tell_faults,
    visible_council,
)
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.rounds.enums import Field
from kheo.ui.pages import render_page

SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
def council_new(request: Request) -> HttpResponse:
    """Set up a council."""
    owner = appraiser_of(request.seat)
    demand(can_set_up_councils(request.seat, owner))
    day = timezone.localdate()
    initial = {"year": day.year, "quorum": 5, "scorers": 3, "ranked_by": ["field", "level", "form"]}
    form = CouncilForm(request.POST or None, organisation=owner, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            council = create_council(
                organisation=owner, terms=form.terms(), by=request.seat, at=timezone.now()
            )
        except CouncilError as error:
            form.add_error(None, list(error.reasons))
        else:
            messages.success(request, _("The council is set up. Name its members now."))
            return redirect("councils:members", council.pk)
    return _edit_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def council_edit(request: Request, pk: int) -> HttpResponse:
    """Change the terms of a council."""
    council = visible_council(request, pk)
    demand(can_prepare(request.seat, council))
    form = CouncilForm(
        request.POST or None,
        organisation=council.organisation,
        initial=initial_council(council),
    )
    if request.method == "POST" and form.is_valid():
        try:
            edit_council(
                council=council,
                terms=form.terms(),
                seen_version=form.cleaned_data["version"],
                by=request.seat,
                at=timezone.now(),
            )
        except CouncilError as error:
            form.add_error(None, list(error.reasons))
        else:
            messages.success(request, _("The council is saved."))
            return redirect("councils:detail", pk)
    return _edit_page(request, form, council)


def _edit_page(request: Request, form: CouncilForm, council: Council | None) -> HttpResponse:
    context = {"form": form, "council": council}
    return render_page(request, "councils/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def council_members(request: Request, pk: int) -> HttpResponse:
    """Name members: those found by a name can be added, the others changed or let go."""
    council = visible_council(request, pk)
    demand(can_prepare(request.seat, council))
    if request.method == "POST":
        try:
            name_members(
                council=council,
                members=_typed_members(request, council),
                seen_version=posted_version(request),
                by=request.seat,
                at=timezone.now(),
            )
        except CouncilError as error:
            tell_faults(request, error.reasons)
        else:
            messages.success(request, _("The members are saved."))
        return redirect("councils:members", pk)
    words = request.GET.get("q", "").strip()
    context = {
        "council": council,
        "members": council.members.select_related("seat"),
        "roles": MemberRole.choices,
        "fields": Field.choices,
        "q": words,
        "found": found_seats(council, words) if words else [],
    }
    return render_page(request, "councils/members.html", context)


def _typed_members(request: Request, council: Council) -> list[MemberTerms]:
    """Read one line for each member that stays, and the one that is added."""
    gone = set(posted_keys(request, "remove"))
    terms = [
        MemberTerms(
            seat=row.seat,
            role=_one_of(request, f"role-{row.pk}", MemberRole.values, row.role),
            field=_one_of(request, f"field-{row.pk}", ["", *Field.values], row.field),
            is_scoring=f"scoring-{row.pk}" in request.POST or "add" in request.POST,
        )
        for row in council.members.select_related("seat__user", "seat__organisation")
        if row.pk not in gone
    ]
    if "add" in request.POST:
        terms = [
            MemberTerms(seat=row.seat, role=row.role, field=row.field, is_scoring=row.is_scoring)
            for row in council.members.select_related("seat__user", "seat__organisation")
        ]
    for key in posted_keys(request, "add"):
        seat = get_object_or_404(found_seats(council, ""), pk=key)
        # a council has a chair from its first member on
        terms.append(MemberTerms(seat=seat, role=MemberRole.MEMBER if terms else MemberRole.CHAIR))
    return terms


def _one_of(request: Request, name: str, known: list[str], otherwise: str) -> str:
    value = request.POST.get(name, otherwise)
    if value not in known:
        raise Http404
    return value


@require_http_methods(["GET", "HEAD", "POST"])
def council_files(request: Request, pk: int) -> HttpResponse:
    """Show what can be taken in, from where; take it in, or take files out."""
    council = visible_council(request, pk)
    demand(can_prepare(request.seat, council))
    form = FacetForm(request.POST if request.method == "POST" else request.GET)
    chosen = SourceFilter(**form.values())
    if request.method == "POST":
        try:
            _take(request, council, chosen)
        except (CouncilError, ScoreError) as error:
            tell_faults(request, error.reasons)
        return redirect("councils:files", pk)
    sources = {
        "passed": files_to_take_in(council, chosen),
        "nominated": nominated_to_take_in(council, chosen),
        "accepted": accepted_to_take_in(council, chosen),
    }
    if council.criteria_set.subject == "title":
        sources = {"passed": sources["passed"]}
    context = {
        "council": council,
        "filters": form,
        "sources": {key: (rows.count(), list(rows[:SHOWN])) for key, rows in sources.items()},
        "taken": council.files.count(),
    }
    return render_page(request, "councils/files.html", context)


def _take(request: Request, council: Council, chosen: SourceFilter) -> None:
    by, at = request.seat, timezone.now()
    source = request.POST.get("source", "")
    if source == "out":
        count = take_out_files(council=council, files=posted_keys(request, "file"), by=by, at=at)
        messages.success(request, _("%s files were taken out.") % count)
        return
    if source == "passed":
        count = take_in_files(council=council, chosen=chosen, by=by, at=at)
        messages.success(request, _("%s files were taken in.") % count)
        return
    sources = {"nominated": nominated_to_take_in, "accepted": accepted_to_take_in}
    if source not in sources:
        raise Http404
    keys = list(sources[source](council, chosen).values_list("pk", flat=True))
    opened, taken = take_in_registrations(council=council, registrations=keys, by=by, at=at)
    messages.success(request, _("%s files were taken in.") % taken)
    if opened > taken:
        words = _("%s files were opened and come before the council once they are scored below.")
        messages.info(request, words % (opened - taken))


@require_http_methods(["GET", "HEAD", "POST"])
def council_move(request: Request, pk: int, deed: str) -> HttpResponse:
    """Move a council on or back; where a reason is needed it is asked for first."""
    council = visible_council(request, pk)
    if deed not in CouncilDeed.values or deed == CouncilDeed.ANNOUNCE:
        raise Http404
    arrow = TRANSITIONS[CouncilDeed(deed)]
    demand(can_move(arrow.deed, request.seat, council, own_member(request, council)))
    if request.method != "POST" or (arrow.needs_reason and "reason" not in request.POST):
        return _confirm_move(request, council, arrow.deed)
    try:
        move_council(
            council=council,
            deed=arrow.deed,
            reason=request.POST.get("reason", ""),
            seen_version=posted_version(request),
            by=request.seat,
            at=timezone.now(),
        )
    except CouncilError as error:
        tell_faults(request, error.reasons)
        return redirect("councils:detail", pk)
    messages.success(request, _("Done: %s.") % arrow.deed.label)
    return redirect("councils:outcome" if deed == CouncilDeed.DECIDE else "councils:detail", pk)


def _confirm_move(request: Request, council: Council, deed: CouncilDeed) -> HttpResponse:
    label = str(deed.label)
    context = {
        "question": f"{label[:1].upper()}{label[1:]}?",
        "text": council.name,
        "consequences": faults_before(deed, council),
        "deed": f"{label[:1].upper()}{label[1:]}",
        "danger": False,
        "hidden": {"version": council.version},
        "form": ReasonForm() if TRANSITIONS[deed].needs_reason else None,
        "action_url": reverse("councils:move", args=[council.pk, deed.value]),
        "back_url": reverse("councils:detail", args=[council.pk]),
    }
    return render_page(request, "ui/confirm.html", context)
