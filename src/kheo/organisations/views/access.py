"""Who comes in with which seat: invitations, switching, the first organisation, nobody's page."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.accounts.actions import UsernameTakenError
from kheo.accounts.forms import NewPersonForm
from kheo.accounts.models import User
from kheo.organisations import actions, forms, queries
from kheo.organisations.middleware import SESSION_KEY
from kheo.organisations.models import Invitation, Kind, Level, Organisation

BACKEND = "django.contrib.auth.backends.ModelBackend"
PAGE = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def no_seat(request: HttpRequest) -> HttpResponse:
    """Tell a person without any seat what that means."""
    return render(request, "organisations/no_seat.html")


@PAGE
def first_organisation(request: HttpRequest) -> HttpResponse:
    """Found the organisation at the top, as long as there is none."""
    if Organisation.objects.exists():
        return redirect("home:my-work")
    initial = {
        "kind": Kind.objects.filter(code="party_committee").first(),
        "level": Level.objects.filter(code="province").first(),
    }
    form = forms.TopForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        seat = actions.found_top(
            **{"national_code": data.pop("province")} | data,
            by=_person(request),
            at=timezone.now(),
        )
        messages.success(request, _("“%s” has been founded.") % seat.organisation)
        return redirect("organisations:tree")
    return render(
        request,
        "organisations/first_organisation.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@require_POST
def switch_seat(request: HttpRequest) -> HttpResponse:
    """Work from another of one's own seats for the rest of the session."""
    held = queries.seats_of(_person(request), timezone.localdate())
    chosen = request.POST.get("seat", "")
    seat = held.filter(pk=chosen).first() if chosen.isdigit() else None
    if seat is None:
        raise Http404
    request.session[SESSION_KEY] = seat.pk
    messages.success(request, _("You now work as %s.") % seat)
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(wanted) if ours else redirect("home:my-work")


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@PAGE
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever was invited take the seat: with a new account, or with their own."""
    invitation = queries.open_invitation(actions.token_digest(token))
    try:
        actions.refuse_spent(invitation, timezone.now())
    except actions.InvitationError as error:
        context = {"reason": str(error)}
        return render(request, "organisations/invitation_spent.html", context, status=410)
    if isinstance(request.user, User):
        return _accept_signed_in(request, request.user, token, invitation)
    return _accept_anew(request, token, invitation)


def _accept_signed_in(
    request: HttpRequest, user: User, token: str, invitation: Invitation | None
) -> HttpResponse:
    if request.method != "POST":
        return render(request, "organisations/invitation_mine.html", {"invitation": invitation})
    try:
        seat = actions.accept_invitation(token=token, user=user, at=timezone.now())
    except actions.SeatError as error:
        context = {"reason": str(error)}
        return render(request, "organisations/invitation_spent.html", context, status=409)
    request.session[SESSION_KEY] = seat.pk
    messages.success(request, _("You now work as %s.") % seat)
    return redirect("home:my-work")


def _accept_anew(request: HttpRequest, token: str, invitation: Invitation | None) -> HttpResponse:
    known = User(full_name=getattr(invitation, "full_name", ""))
    form = NewPersonForm(known, request.POST or None)
    if request.method == "POST" and form.is_valid() and (user := _taken(form, token)):
        login(request, user, backend=BACKEND)
        messages.success(request, _("Welcome. Your account is ready."))
        return redirect("home:my-work")
    context: dict[str, Any] = {"form": form, "invitation": invitation}
    return render(
        request, "organisations/invitation.html", context, status=422 if form.errors else 200
    )


def _taken(form: NewPersonForm, token: str) -> User | None:
    try:
        seat = actions.accept_invitation(
            token=token,
            username=form.cleaned_data["username"],
            password=form.cleaned_data["password"],
            at=timezone.now(),
        )
    except UsernameTakenError as error:
        form.add_error("username", str(error))
        return None
    return seat.user


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user
