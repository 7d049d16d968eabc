"""The pages of notices: mine, the outbox, and one message."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kheo.notices.actions import cancel_message, edit_message, mark_read, send_message
from kheo.notices.forms import MessageForm
from kheo.notices.models import Message, Notice
from kheo.notices.queries import (
    failed_digests,
    messages_of,
    notices_of,
    outbox_of,
    recipients_of,
    unread_count,
    waiting_count,
)
from kheo.notices.rules import can_change_message, can_read_messages
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of


@require_safe
def notice_list(request: Request) -> HttpResponse:
    """Show what this person was told, unread first."""
    context = {
        "page": page_of(notices_of(request.user), request),
        "unread": unread_count(request.user),
        "outbox_waiting": waiting_count(request.seat),
        "has_outbox": bool(can_read_messages(request.seat)),
    }
    return render_page(request, "notices/list.html", context, part="notices")


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark the ticked notices as read, or all of them when none is ticked."""
    ticked = _keys(request.POST.getlist("notice"))
    count = mark_read(user=request.user, notices=ticked or None, at=timezone.now())
    done = ngettext("%(count)s notice marked as read.", "%(count)s notices marked as read.", count)
    messages.success(request, done % {"count": count})
    return redirect("notices:list")


@require_POST
def open_notice(request: Request, pk: int) -> HttpResponse:
    """Mark one notice as read and go where it points."""
    notice = get_object_or_404(Notice, pk=pk, user=request.user)
    mark_read(user=request.user, notices=[notice.pk], at=timezone.now())
    is_ours = notice.link.startswith("/") and not notice.link.startswith("//")
    return redirect(notice.link if is_ours else "notices:list")


@require_safe
def outbox(request: Request) -> HttpResponse:
    """Show the messages of this seat's organisation, waiting ones first."""
    demand(can_read_messages(request.seat))
    context = {
        "page": page_of(outbox_of(request.seat), request),
        "failed": list(failed_digests(timezone.localdate())[:20]),
    }
    return render_page(request, "notices/outbox.html", context, part="messages-table")


@require_http_methods(["GET", "HEAD", "POST"])
def message(request: Request, pk: int) -> HttpResponse:
    """Show a message with those who get it, and save changes to its words."""
    found = get_object_or_404(messages_of(request.seat), pk=pk)
    words = {"subject": found.subject, "body": found.body}
    form = MessageForm(request.POST or None, initial=words)
    if request.method == "POST" and form.is_valid():
        return _save(request, found, form)
    context = {
        "message": found,
        "form": form,
        "verdict": can_change_message(request.seat, found),
        "recipients": recipients_of(found, timezone.localdate()),
        "unit_count": found.units.count(),
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "notices/message.html", context, status=status)


def _save(request: Request, found: Message, form: MessageForm) -> HttpResponse:
    now = timezone.now()
    edit_message(message=found, by=request.seat, at=now, **form.cleaned_data)
    if "send" not in request.POST:
        messages.success(request, _("Saved. The message still waits in the outbox."))
        return redirect("notices:message", pk=found.pk)
    send_message(message=found, by=request.seat, at=now)
    messages.success(
        request, _("Sent. The people of the units see it now, and by mail once a day.")
    )
    return redirect("notices:message", pk=found.pk)


@require_POST
def send(request: Request, pk: int) -> HttpResponse:
    """Send a message as it stands."""
    found = get_object_or_404(messages_of(request.seat), pk=pk)
    send_message(message=found, by=request.seat, at=timezone.now())
    messages.success(
        request, _("Sent. The people of the units see it now, and by mail once a day.")
    )
    return redirect("notices:message", pk=pk)


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Take a message out of the outbox without sending it."""
    found = get_object_or_404(messages_of(request.seat), pk=pk)
    cancel_message(message=found, by=request.seat, at=timezone.now())
    messages.success(request, _("Cancelled. Nobody was told anything."))
    return redirect("notices:outbox")


def _keys(texts: Iterable[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdigit()]
