"""Ways through the pages: crumbs, tabs, page numbers, sorted heads."""

from typing import Any, Protocol

from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kheo.ui.components.library import Words, known_icon, register


class PageLike(Protocol):
    """A page of a list: ``kheo.ui.paging.CappedPage``."""

    number: int
    total: int
    capped: bool
    has_next: bool

    @property
    def start(self) -> int:
        """Return the position of its first row."""

    @property
    def end(self) -> int:
        """Return the position of its last row."""


@register.simple_block_tag
def trail(content: str) -> SafeString | str:
    """Wrap crumbs; nothing at all is shown when there are none."""
    if not content.strip():
        return ""
    return format_html(
        '<nav class="trail" aria-label="{}"><ol class="breadcrumb">{}</ol></nav>',
        _("Where this page stands"),
        content,
    )


@register.simple_tag
def crumb(label: Words, url: str = "") -> SafeString:
    """Show one step of the way to this page; the last one has no address."""
    if url:
        return format_html('<li class="breadcrumb-item"><a href="{}">{}</a></li>', url, label)
    return format_html('<li class="breadcrumb-item active" aria-current="page">{}</li>', label)


@register.simple_block_tag
def tabs(content: str, *, label: Words) -> SafeString:
    """Wrap tabs, which are links: each tab is a page with an address."""
    return format_html(
        '<nav class="tab-bar" aria-label="{}"><ul class="nav nav-tabs">{}</ul></nav>',
        label,
        content,
    )


@register.inclusion_tag("ui/components/tab.html")
def tab(
    label: Words,
    url: str,
    *,
    current: bool = False,
    count: int | None = None,
    icon: str = "",
) -> dict[str, Any]:
    """Show one tab, with the number of records behind it."""
    return {
        "label": label,
        "url": url,
        "current": current,
        "count": count,
        "icon": known_icon(icon),
    }


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: Context, page: PageLike, *, target: str = "") -> dict[str, Any]:
    """Show how many there are ("more than 10,000" where counting stopped) and where we are."""
    return {
        "page": page,
        "previous_url": _with(context, page=page.number - 1) if page.number > 1 else "",
        "next_url": _with(context, page=page.number + 1) if page.has_next else "",
        "target": target,
    }


@register.inclusion_tag("ui/components/sort_header.html", takes_context=True)
def sort_header(
    context: Context, label: Words, field: str, *, default: str = "", numeric: bool = False
) -> dict[str, Any]:
    """Show the head of a column that sorts the list: ``?sort=field``, then ``?sort=-field``."""
    current = context["request"].GET.get("sort") or default
    direction = {field: "ascending", f"-{field}": "descending"}.get(current, "")
    following = f"-{field}" if direction == "ascending" else field
    return {
        "label": label,
        "direction": direction,
        "url": _with(context, sort=following, page=None),
        "numeric": numeric,
    }


@register.simple_tag(takes_context=True)
def address_with(context: Context, **changes: object) -> str:
    """Return this page's address with some parameters changed; None takes one out."""
    return _with(context, **changes)


def _with(context: Context, **changes: object) -> str:
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"
