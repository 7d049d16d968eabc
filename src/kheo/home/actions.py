"""Deeds on saved views, and on the private address of a person's calendar."""

import secrets
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from kheo.audit.actions import Deed, record
from kheo.home.models import CalendarFeed, SavedView
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat

MOST = 100


class SavedViewError(Exception):
    """The view cannot be kept so; the message says why."""


@transaction.atomic
def save_view(*, name: str, address: str, by: Seat, at: datetime) -> SavedView:
    """Keep an address of this site under a name, for the person in the seat.

    :raises SavedViewError: when the name is empty or taken, the address is none of ours, or there
        are too many.
    """
    if SavedView.objects.filter(user=by.user).count() >= MOST:
        raise SavedViewError(_("You have %s saved views; delete some first.") % MOST)
    view = SavedView(user=by.user, address=own_address(address), created_at=at)
    view.name = _free_name(view, name)
    view.save()
    _note("view.save", view, by, at, {}, {"name": view.name, "path": view.address})
    return view


@transaction.atomic
def rename_view(*, view: SavedView, name: str, by: Seat, at: datetime) -> SavedView:
    """Call a saved view otherwise.

    :raises SavedViewError: when the name is empty or taken.
    """
    locked = SavedView.objects.select_for_update().get(pk=view.pk)
    before, locked.name = locked.name, _free_name(locked, name)
    locked.save(update_fields=["name"])
    _note("view.rename", locked, by, at, {"name": before}, {"name": locked.name})
    return locked


@transaction.atomic
def delete_view(*, view: SavedView, by: Seat, at: datetime) -> None:
    """Throw a saved view away; the audit keeps its address."""
    _note("view.delete", view, by, at, {"name": view.name, "path": view.address}, {})
    SavedView.objects.filter(pk=view.pk).delete()


@transaction.atomic
def renew_calendar_feed(*, by: Seat, at: datetime) -> CalendarFeed:
    """Give the person in the seat a private calendar address; one that they had is dead."""
    feed, _created = CalendarFeed.objects.update_or_create(
        user=by.user, defaults={"serial": secrets.token_hex(32), "made_at": at}
    )
    record(deed=Deed(verb="calendar.renew", record=feed, scope=by.organisation.path), by=by, at=at)
    return feed


@transaction.atomic
def close_calendar_feed(*, feed: CalendarFeed, by: Seat, at: datetime) -> None:
    """Take the private calendar address away."""
    record(deed=Deed(verb="calendar.close", record=feed, scope=by.organisation.path), by=by, at=at)
    feed.delete()


def own_address(address: str) -> str:
    """Return the address of a page of this site, without its page number and its host.

    :raises SavedViewError: when there is no such page.
    """
    parts = urlsplit(address.strip())
    query = [pair for pair in parse_qsl(parts.query, max_num_fields=60) if pair[0] != "page"]
    kept = f"{parts.path}?{urlencode(query)}" if query else parts.path
    try:
        resolve(parts.path)
    except Resolver404:
        kept = ""
    if parts.netloc or parts.scheme or not kept or len(kept) > 2000:
        raise SavedViewError(_("This is not an address of a page in Khéo."))
    return kept


def _free_name(view: SavedView, name: str) -> str:
    kept = normalise(name)
    if not 1 <= len(kept) <= 100:
        raise SavedViewError(_("A name has 1 to 100 letters."))
    same = SavedView.objects.filter(user=view.user_id, name=kept).exclude(pk=view.pk)
    if same.exists():
        raise SavedViewError(_("You have a saved view called “%s” already.") % kept)
    return kept


def _note(
    verb: str,
    view: SavedView,
    by: Seat,
    at: datetime,
    before: dict[str, object],
    after: dict[str, object],
) -> None:
    # the scope is the seat's unit: what one person keeps for themselves concerns nobody else
    scope = by.organisation.path
    record(deed=Deed(verb=verb, record=view, scope=scope, before=before, after=after), by=by, at=at)
