"""People and their seats: the list, inviting, ending, standing in."""

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.accounts.actions import set_active
from kheo.accounts.models import User
from kheo.organisations import actions, forms, queries
from kheo.organisations.http import Request
from kheo.organisations.models import Invitation, Seat
from kheo.organisations.rules import (
    Verdict,
    can_close_account,
    can_end_seat,
    can_invite,
    can_stand_in,
    demand,
    reach_of,
    reaches,
)
from kheo.organisations.views.finding import organisation_or_404, seat_or_404
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def people(request: Request) -> HttpResponse:
    """List the people and seats in reach."""
    form = forms.PeopleForm(request.GET or None)
    unit = request.GET.get("unit", "")
    filters = queries.PeopleFilters(
        search=request.GET.get("q", "")[:200],
        role=request.GET.get("role", ""),
        unit=int(unit) if unit.isdigit() and len(unit) < 19 else None,
        ended=bool(request.GET.get("ended")),
    )
    seats = queries.people_in_reach(request.seat, filters, timezone.localdate())
    context = {
        "form": form,
        "page": page_of(seats, request),
        "filters": filters,
        "may_invite": can_invite(request.seat, request.seat.organisation),
        "invitations": queries.invitations_of(request.seat, timezone.now()),
    }
    return render_page(request, "organisations/people.html", context, part="seats")


@require_safe
def seat_page(request: Request, pk: int) -> HttpResponse:
    """Show one seat: who, since when, who stands in, and its history."""
    seat = seat_or_404(request, pk)
    context = {
        "shown": seat,
        "page": queries.seat_page(seat),
        "may_end": can_end_seat(request.seat, seat),
        "may_stand_in": can_stand_in(request.seat, seat),
        "may_close": _may_close(request, seat),
    }
    return render_page(request, "organisations/seat.html", context)


@never_cache
@PAGE
def invite(request: Request) -> HttpResponse:
    """Invite a person to a seat; the link goes by mail and is shown once."""
    demand(can_invite(request.seat, request.seat.organisation))
    unit = request.GET.get("unit", "")
    chosen = organisation_or_404(request, int(unit)) if unit.isdigit() else None
    initial = {"organisation": forms.unit_text(chosen or request.seat.organisation)}
    form = forms.InviteForm(request.seat, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        offer = actions.Offer(**form.cleaned_data)
        invitation, token = actions.invite_person(offer=offer, by=request.seat, at=timezone.now())
        link = settings.PUBLIC_URL + reverse("organisations:accept-invitation", args=[token])
        context = {
            "invitation": invitation,
            "link": link,
            "mailed": _mailed(invitation, link),
        }
        return render_page(request, "organisations/invited.html", context)
    status = 422 if form.errors else 200
    return render_page(request, "organisations/invite.html", {"form": form}, status=status)


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Make an invitation useless."""
    invitation = Invitation.objects.select_related("organisation__kind").filter(pk=pk).first()
    if invitation is None or not reaches(request.seat, invitation.organisation.path):
        raise Http404
    try:
        actions.withdraw_invitation(invitation=invitation, by=request.seat, at=timezone.now())
    except actions.InvitationError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The invitation has been withdrawn."))
    return redirect("organisations:people")


@PAGE
def end_seat(request: Request, pk: int) -> HttpResponse:
    """End a seat after a last day."""
    seat = seat_or_404(request, pk)
    demand(can_end_seat(request.seat, seat))
    form = forms.EndSeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_seat(seat=seat, **form.cleaned_data, by=request.seat, at=timezone.now())
        except actions.SeatError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The seat of %s ends.") % seat.user)
            return redirect("organisations:seat", seat.pk)
    return _seat_form(request, form, seat, _("End the seat"), _("End the seat"))


@PAGE
def stand_in(request: Request, pk: int) -> HttpResponse:
    """Let somebody act for the holder of a seat for a time."""
    seat = seat_or_404(request, pk)
    demand(can_stand_in(request.seat, seat))
    form = forms.StandInForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _granted(request, form, seat):
        messages.success(request, _("The stand-in has been named."))
        return redirect("organisations:seat", seat.pk)
    return _seat_form(request, form, seat, _("Name a stand-in"), _("Name the stand-in"))


@PAGE
def close_account(request: Request, pk: int) -> HttpResponse:
    """Let the holder of a seat sign in no more, or again; seats and records stay as they are."""
    seat = seat_or_404(request, pk)
    demand(_may_close(request, seat))
    active = not seat.user.is_active
    form = forms.CloseAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_active(
            user=seat.user,
            active=form.cleaned_data["active"],
            reason=form.cleaned_data["reason"],
            by=request.seat,
            at=timezone.now(),
        )
        said = _("%s can sign in again.") if active else _("%s can sign in no more.")
        messages.success(request, said % seat.user)
        return redirect("organisations:seat", seat.pk)
    form.initial["active"] = active
    title = _("Open the account again") if active else _("Close the account")
    return _seat_form(request, form, seat, title, title)


def _may_close(request: Request, seat: Seat) -> Verdict:
    outside = queries.holds_seat_outside(seat.user, reach_of(request.seat), timezone.localdate())
    return can_close_account(request.seat, seat, elsewhere=outside)


def _granted(request: Request, form: forms.StandInForm, seat: Seat) -> bool:
    data = form.cleaned_data
    username = data["username"].strip().casefold()
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        form.add_error("username", _("Nobody signs in with this name."))
        return False
    try:
        actions.grant_seat(
            user=user,
            organisation=seat.organisation,
            role=seat.role,
            title=seat.title,
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            acting_for=seat,
            by=request.seat,
            at=timezone.now(),
        )
    except actions.SeatError as error:
        form.add_error(None, str(error))
        return False
    return True


def _seat_form(
    request: Request,
    form: forms.EndSeatForm | forms.StandInForm | forms.CloseAccountForm,
    seat: Seat,
    title: str,
    button: str,
) -> HttpResponse:
    context = {"form": form, "shown": seat, "title": title, "button": button}
    status = 422 if form.errors else 200
    return render_page(request, "organisations/seat_change.html", context, status=status)


def _mailed(invitation: Invitation, link: str) -> bool:
    """Send the invitation; whether it went is shown, as the link can be copied too."""
    text = render_to_string(
        "organisations/mail/invitation.txt", {"invitation": invitation, "link": link}
    )
    try:
        return bool(send_mail(_("Invitation to Khéo"), text, None, [invitation.email]))
    except OSError:
        return False
