"""Tables, filters, files, histories and other ways of showing records."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from kheo.ui.components.library import Words, fresh_id, known_icon, one_of, register
from kheo.ui.history import history_lines

FILE_ICONS = {
    "docx": "file-earmark-word",
    "doc": "file-earmark-word",
    "xlsx": "file-earmark-excel",
    "xls": "file-earmark-excel",
    "ods": "file-earmark-excel",
    "csv": "file-earmark-excel",
    "pdf": "file-earmark-pdf",
}
SCALES = frozenset({"page", "part"})


@register.simple_block_tag
def data_table(content: str, *, caption: Words, wide: bool = False, stacked: bool = False) -> str:
    """Wrap <thead> and <tbody> in a table that scrolls by itself, with sticky heads.

    ``wide`` keeps a legible least width on a phone, where the region scrolls; ``stacked`` turns
    rows into cards there (give each <td> a data-label).
    """
    context = {
        "content": content,
        "caption": caption,
        "wide": wide,
        "stacked": stacked,
        "id": fresh_id("table"),
    }
    return render_to_string("ui/components/table.html", context)


@register.simple_block_tag(takes_context=True)
def filter_form(
    context: Context,
    content: str,
    *,
    form: BaseForm | None = None,
    action: str = "",
    target: str = "",
) -> SafeString:
    """Wrap filter fields in a GET form, so that the filters stand in the address.

    With ``target`` (the name of a part) htmx replaces that part only.
    """
    request = context["request"]
    path = action or request.path
    values = {
        "content": content,
        "form": form,
        "path": path,
        "target": target,
        "filtered": any(value for key, value in request.GET.items() if key != "page"),
        "sort": request.GET.get("sort", ""),
        "address": _kept_address(request) if path == request.path else "",
    }
    return render_to_string("ui/components/filter_form.html", values)


def _kept_address(request: HttpRequest) -> str:
    """Return the address of the list as it can be saved: with its filters, from its first page."""
    query = request.GET.copy()
    query.pop("page", None)
    return f"{request.path}?{query.urlencode()}"


@register.inclusion_tag("ui/components/empty_state.html")
def empty_state(
    title: Words,
    text: Words = "",
    *,
    icon: str = "inbox",
    action_label: Words = "",
    action_url: str = "",
) -> dict[str, Any]:
    """Say why a list is empty and what to do about it."""
    return {
        "title": title,
        "text": text,
        "icon": known_icon(icon),
        "action_label": action_label,
        "action_url": action_url,
    }


@register.inclusion_tag("ui/components/file_link.html")
def file_link(name: str, url: str, *, size: int | None = None) -> dict[str, Any]:
    """Show a file to download, with its kind and size."""
    ending = name.rpartition(".")[2].lower()
    return {
        "name": name,
        "url": url,
        "size": size,
        "icon": FILE_ICONS.get(ending, "file-earmark"),
    }


@register.inclusion_tag("ui/components/history.html")
def history(entries: Any) -> dict[str, Any]:
    """Show who did what to a record, newest first: audit entries or history lines."""
    return {"lines": history_lines(entries)}


@register.simple_block_tag
def card(content: str, *, title: Words = "", icon: str = "") -> SafeString:
    """Frame a part of the page that has a heading of its own."""
    values = {
        "content": content,
        "title": title,
        "icon": known_icon(icon),
        "id": fresh_id("card"),
    }
    return render_to_string("ui/components/card.html", values)


@register.simple_block_tag
def fact(content: str, label: Words) -> SafeString:
    """Show one labelled value; put several into <dl class="facts">."""
    return render_to_string("ui/components/fact.html", {"content": content, "label": label})


@register.simple_block_tag
def bulk_bar(content: str, *, form: str) -> SafeString:
    """Hold the deeds for the ticked rows (``<input type="checkbox" form="…" data-bulk>``)."""
    return render_to_string("ui/components/bulk_bar.html", {"content": content, "form": form})


@register.inclusion_tag("ui/components/paper.html")
def paper_preview(html: str, *, title: Words, scale: str = "part") -> dict[str, Any]:
    """Show a paper (HTML of the papers' own renderer) on a sheet that scrolls by itself."""
    # the renderer of papers escapes every text it writes
    sheet = mark_safe(html)  # noqa: S308
    return {"html": sheet, "title": title, "scale": one_of(scale, SCALES, "The scale")}
