"""Badges, alerts, meters and other signs of how something stands."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kheo.ui.components.library import Words, known_icon, one_of, register
from kheo.ui.components.words import icon as icon_tag

# a state differs by icon and word, never by colour alone
KIND_ICONS = {
    "neutral": "circle",
    "draft": "pencil",
    "waiting": "hourglass-split",
    "info": "info-circle",
    "success": "check-circle-fill",
    "warning": "exclamation-triangle",
    "danger": "exclamation-circle",
    "off": "dash-circle",
}
KINDS = frozenset(KIND_ICONS)

# the same state looks the same on every page
STATES = {
    "not_started": ("neutral", "circle"),
    "draft": ("draft", "pencil"),
    "planned": ("draft", "pencil"),
    "signed_off": ("info", "pen"),
    "submitted": ("waiting", "send"),
    "resubmitted": ("waiting", "arrow-repeat"),
    "returned": ("warning", "arrow-return-left"),
    "accepted": ("success", "check-circle-fill"),
    "declined": ("danger", "x-circle"),
    "withdrawn": ("off", "slash-circle"),
    "published": ("info", "flag"),
    "open": ("info", "unlock"),
    "closed": ("off", "lock"),
    "complete": ("success", "check-circle-fill"),
    "late": ("danger", "clock-history"),
    "on_time": ("success", "clock"),
    "sent": ("success", "send"),
    "waiting": ("waiting", "hourglass-split"),
    "failed": ("danger", "x-circle"),
    "active": ("success", "check-circle"),
    "ended": ("off", "dash-circle"),
}
ALERTS = frozenset({"info", "success", "warning", "danger"})
SOON_DAYS = 7


@register.inclusion_tag("ui/components/badge.html")
def state_badge(state: str, label: Words, *, kind: str = "", icon: str = "") -> dict[str, Any]:
    """Show a state by colour, icon and word; known states need no kind."""
    usual_kind, usual_icon = STATES.get(state, ("neutral", "circle"))
    if kind:
        usual_kind, usual_icon = one_of(kind, KINDS, "The kind"), KIND_ICONS[kind]
    return {"kind": usual_kind, "icon": known_icon(icon) or usual_icon, "label": label}


@register.inclusion_tag("ui/components/badge.html")
def due_badge(
    due_on: date | None, *, today: date | None = None, done: bool = False
) -> dict[str, Any]:
    """Show a deadline and how many days are left, or how late it is."""
    if due_on is None:
        return {"kind": "neutral", "icon": "calendar-event", "label": _("no deadline")}
    label = f"{due_on:%d/%m/%Y}"
    if done:
        return {"kind": "off", "icon": "calendar-event", "label": label}
    days = (due_on - (today or timezone.localdate())).days
    kind, icon, words = _urgency(days)
    return {"kind": kind, "icon": icon, "label": f"{label} · {words}"}


@register.simple_block_tag
def alert(content: str, *, kind: str = "info", title: Words = "") -> SafeString:
    """Show a boxed remark; what went wrong, why, and what to do."""
    one_of(kind, ALERTS, "The kind")
    heading = format_html('<p class="alert-heading">{}</p>', title) if title else ""
    return format_html(
        '<div class="alert alert-{}" role="{}">{}<div class="alert-body">{}{}</div></div>',
        kind,
        "alert" if kind == "danger" else "note",
        icon_tag(KIND_ICONS[kind]),
        heading,
        content,
    )


@register.inclusion_tag("ui/components/meter.html")
def progress_meter(value: int, maximum: int, *, label: Words, kind: str = "info") -> dict[str, Any]:
    """Show how much of a known whole is done."""
    return {
        "value": value,
        "maximum": maximum,
        "label": label,
        "kind": one_of(kind, KINDS, "The kind"),
        "percent": round(100 * value / maximum) if maximum else 0,
    }


@register.inclusion_tag("ui/components/bar.html")
def bar(
    value: float, maximum: float, *, label: Words = "", text: Words = "", kind: str = "info"
) -> dict[str, Any]:
    """Draw one bar of a chart, with its figure in words for those who do not see it."""
    share = min(max(value / maximum, 0), 1) if maximum else 0
    return {
        # the SVG is 100 units wide; a decimal comma would break its attributes
        "width": f"{share * 100:.2f}",
        "label": label,
        "text": text or value,
        "kind": one_of(kind, KINDS, "The kind"),
    }


@register.inclusion_tag("ui/components/stat.html")
def stat(
    value: float | str | None,
    label: Words,
    *,
    url: str = "",
    note: Words = "",
    kind: str = "neutral",
) -> dict[str, Any]:
    """Show a figure that opens the list of records behind it."""
    return {
        "value": value,
        "label": label,
        "url": url,
        "note": note,
        "kind": one_of(kind, KINDS, "The kind"),
    }


def _urgency(days: int) -> tuple[str, str, str]:
    if days < 0:
        late = ngettext("%(count)s day late", "%(count)s days late", -days) % {"count": -days}
        return "danger", "clock-history", late
    if days == 0:
        return "warning", "clock", _("due today")
    left = ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}
    return ("warning" if days <= SOON_DAYS else "neutral"), "clock", left
