"""The doors: signing in and out, passwords, one's own details, language, the first run."""

from typing import Any

from axes.utils import reset as forget_failures
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.accounts import actions, forms, queries
from kheo.accounts.models import User

# forms read by everybody who asks; the session keeps nothing of them
PAGE = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@PAGE
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let a person in and bring them where they wanted to go."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(_wanted_page(request))
    if queries.nobody_yet():
        return redirect("accounts:first-run")
    form = forms.SignInForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        login(request, user)
        return _with_language(HttpResponseRedirect(_wanted_page(request)), user.language)
    context = {"form": form, "next": _asked(request)}
    return render(request, "accounts/sign_in.html", context, status=422 if form.errors else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    messages.success(request, _("You have signed out."))
    return redirect(settings.LOGOUT_REDIRECT_URL)


@login_not_required
@never_cache
def locked_out(
    request: HttpRequest,
    original_response: HttpResponse | None = None,  # noqa: ARG001 -- given by django-axes
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """Say that too many sign-ins have failed, and how long to wait."""
    typed = (credentials or {}).get("username") or request.POST.get("username", "")
    minutes = queries.minutes_locked(typed.strip().casefold(), timezone.now())
    context = {"minutes": minutes, "failures": settings.AXES_FAILURE_LIMIT}
    response = render(request, "accounts/locked_out.html", context, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response


@never_cache
@sensitive_post_parameters()
@PAGE
def change_password(request: HttpRequest) -> HttpResponse:
    """Let a person choose a new password; also those who must."""
    user = _person(request)
    form = forms.ChangePasswordForm(user, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        actions.set_password(user=user, password=password, by=user, at=timezone.now())
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password has been changed."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "must": user.must_change_password}
    return render(
        request, "accounts/change_password.html", context, status=422 if form.errors else 200
    )


@login_not_required
@never_cache
@PAGE
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """Take the address to which a link shall go; the answer tells nothing about who exists."""
    form = forms.ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.ask_for_reset_links(email=form.cleaned_data["email"])
        return redirect("accounts:password-reset-sent")
    return render(
        request,
        "accounts/forgotten_password.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@login_not_required
@require_safe
def reset_sent(request: HttpRequest) -> HttpResponse:
    """Say what comes next."""
    context = {"hours": settings.PASSWORD_RESET_TIMEOUT // 3600}
    return render(request, "accounts/reset_sent.html", context)


@login_not_required
@never_cache
@sensitive_post_parameters()
@PAGE
def reset_password(request: HttpRequest, person: str, token: str) -> HttpResponse:
    """Let whoever has the link choose a new password, once."""
    user = queries.person_of_reset_link(person, token)
    if user is None:
        return render(request, "accounts/reset_spent.html", status=410)
    form = forms.NewPasswordForm(user, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        actions.set_password(user=user, password=password, by=user, at=timezone.now())
        forget_failures(username=user.username)
        messages.success(request, _("Your password has been changed. Sign in with the new one."))
        return redirect("accounts:sign-in")
    return render(
        request,
        "accounts/reset_password.html",
        {"form": form, "person": user},
        status=422 if form.errors else 200,
    )


@never_cache
@PAGE
def profile(request: HttpRequest) -> HttpResponse:
    """Let a person correct how they are called and reached."""
    user = _person(request)
    known = {"full_name": user.full_name, "email": user.email, "phone": user.phone}
    form = forms.DetailsForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        details = actions.Details(**form.cleaned_data)
        actions.change_details(user=user, details=details, by=user, at=timezone.now())
        messages.success(request, _("Your details have been saved."))
        return redirect("accounts:profile")
    return render(
        request, "accounts/profile.html", {"form": form}, status=422 if form.errors else 200
    )


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Show the screens in another language, also next time."""
    response = HttpResponseRedirect(_wanted_page(request))
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES) or not check_for_language(language):
        return response
    if isinstance(request.user, User):
        actions.set_language(
            user=request.user, language=language, by=request.user, at=timezone.now()
        )
    return _with_language(response, language)


@login_not_required
@never_cache
@sensitive_post_parameters()
@PAGE
def first_run(request: HttpRequest) -> HttpResponse:
    """Make the first administrator, as long as there is nobody and with the printed code."""
    if not queries.nobody_yet():
        raise Http404
    form = forms.FirstRunForm(
        None, request.POST or None, initial={"code": request.GET.get("code", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            user = _first_person(form.cleaned_data)
        except actions.FirstRunError as error:
            form.add_error("code", str(error))
        else:
            login(request, user, backend="django.contrib.auth.backends.ModelBackend")
            return redirect(settings.LOGIN_REDIRECT_URL)
    return render(
        request, "accounts/first_run.html", {"form": form}, status=422 if form.errors else 200
    )


def _first_person(data: dict[str, Any]) -> User:
    return actions.create_first_user(
        code=data["code"],
        username=data["username"],
        details=actions.Details(full_name=data["full_name"], email=data["email"]),
        password=data["password"],
        at=timezone.now(),
    )


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _with_language(response: HttpResponse, language: str) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return response


def _asked(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next", "")


def _wanted_page(request: HttpRequest) -> str:
    """Return the page asked for if it is one of ours, else the first page."""
    wanted = _asked(request)
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else resolve_url(settings.LOGIN_REDIRECT_URL)
