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
from kheo.ui.components.words import vi_number

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
    "drafting": ("draft", "pencil"),
    "excused": ("off", "slash-circle"),
    "signed_off": ("info", "pen"),
    "doing": ("info", "play-circle"),
    "done": ("waiting", "hourglass-split"),
    "confirmed": ("success", "check-circle-fill"),
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
BAR = (
    '<span class="bar bar-{}">{}<svg class="bar-drawing" viewBox="0 0 100 10" '
    'preserveAspectRatio="none" aria-hidden="true" focusable="false">'
    '<rect class="bar-ground" width="100" height="10"/>'
    '<rect class="bar-value" width="{}" height="10"/></svg><span class="bar-text">{}</span></span>'
)


# badges and bars stand in every row of long tables: they are written here, not by templates of
# their own, which would cost as much again as the rest of the row
@register.simple_tag
def state_badge(state: str, label: Words, *, kind: str = "", icon: str = "") -> SafeString:
    """Show a state by colour, icon and word; known states need no kind."""
    usual_kind, usual_icon = STATES.get(state, ("neutral", "circle"))
    if kind:
        usual_kind, usual_icon = one_of(kind, KINDS, "The kind"), KIND_ICONS[kind]
    return _badge(usual_kind, known_icon(icon) or usual_icon, label)


@register.simple_tag
def due_badge(due_on: date | None, *, today: date | None = None, done: bool = False) -> SafeString:
    """Show a deadline and how many days are left, or how late it is."""
    if due_on is None:
        return _badge("neutral", "calendar-event", _("no deadline"))
    label = f"{due_on:%d/%m/%Y}"
    if done:
        return _badge("off", "calendar-event", label)
    days = (due_on - (today or timezone.localdate())).days
    kind, icon, words = _urgency(days)
    return _badge(kind, icon, f"{label} · {words}")


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


@register.simple_tag
def bar(
    value: float, maximum: float, *, label: Words = "", text: Words = "", kind: str = "info"
) -> SafeString:
    """Draw one bar of a chart, with its figure in words for those who do not see it."""
    share = min(max(value / maximum, 0), 1) if maximum else 0
    return format_html(
        BAR,
        one_of(kind, KINDS, "The kind"),
        format_html('<span class="bar-label">{}</span>', label) if label else "",
        # the SVG is 100 units wide; a decimal comma would break its attributes
        f"{share * 100:.2f}",
        text or value,
    )


@register.simple_tag
def share_bar(value: int, maximum: int, percent: float) -> SafeString:
    """Write a share as "12/40 (30%)" and draw it as a bar."""
    words = f"{vi_number(value)}/{vi_number(maximum)} ({vi_number(percent)}%)"
    return bar(value, maximum, text=words, kind="success")


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


def _badge(kind: str, icon: str, label: Words) -> SafeString:
    drawn = icon_tag(icon)
    return format_html('<span class="state state-{}">{}<span>{}</span></span>', kind, drawn, label)


def _urgency(days: int) -> tuple[str, str, str]:
    if days < 0:
        late = ngettext("%(count)s day late", "%(count)s days late", -days) % {"count": -days}
        return "danger", "clock-history", late
    if days == 0:
        return "warning", "clock", _("due today")
    left = ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}
    return ("warning" if days <= SOON_DAYS else "neutral"), "clock", left
