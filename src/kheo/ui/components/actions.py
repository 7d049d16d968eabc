"""Buttons and links that do something, greyed with the reason when it may not be done."""

from typing import Any

from django.template.context import Context

from kheo.ui.components.library import (
    VerdictLike,
    Words,
    fresh_id,
    known_icon,
    one_of,
    register,
)

METHODS = frozenset({"get", "post"})


@register.inclusion_tag("ui/components/button.html")
def link_button(  # noqa: PLR0913 the attributes of a component are its interface
    label: Words,
    url: str,
    *,
    primary: bool = False,
    danger: bool = False,
    small: bool = False,
    icon: str = "",
    verdict: VerdictLike | None = None,
) -> dict[str, Any]:
    """Show a link as a button; a refusing verdict greys it and says why."""
    return {"url": url, "method": "get"} | _look(
        label, primary=primary, danger=danger, small=small, icon=icon, verdict=verdict
    )


@register.inclusion_tag("ui/components/button.html", takes_context=True)
def action_button(  # noqa: PLR0913
    context: Context,
    label: Words,
    url: str,
    *,
    method: str = "post",
    primary: bool = False,
    danger: bool = False,
    small: bool = False,
    icon: str = "",
    verdict: VerdictLike | None = None,
    name: str = "",
    value: str = "",
) -> dict[str, Any]:
    """Show a button that posts (or, with method="get", opens) an address of its own.

    A refusing verdict greys it and says why.
    """
    look = _look(label, primary=primary, danger=danger, small=small, icon=icon, verdict=verdict)
    return look | {
        "url": url,
        "method": one_of(method, METHODS, "The method"),
        "name": name,
        "value": value,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("ui/components/button.html")
def submit_button(  # noqa: PLR0913
    label: Words,
    *,
    primary: bool = True,
    danger: bool = False,
    small: bool = False,
    icon: str = "",
    verdict: VerdictLike | None = None,
    name: str = "",
    value: str = "",
    form: str = "",
    formaction: str = "",
) -> dict[str, Any]:
    """Show the button that sends the form around it (or the form of that id)."""
    look = _look(label, primary=primary, danger=danger, small=small, icon=icon, verdict=verdict)
    return look | {
        "method": "submit",
        "name": name,
        "value": value,
        "form": form,
        "formaction": formaction,
    }


def _look(
    label: Words,
    *,
    primary: bool,
    danger: bool,
    small: bool,
    icon: str,
    verdict: VerdictLike | None,
) -> dict[str, Any]:
    kind = "btn-danger" if danger else "btn-primary" if primary else "btn-outline-secondary"
    refused = verdict is not None and not verdict.allowed
    return {
        "label": label,
        "kind": f"{kind} btn-sm" if small else kind,
        "icon": known_icon(icon),
        "refused": refused,
        "reason": verdict.reason if verdict is not None and refused else "",
        "why_id": fresh_id("why") if refused else "",
    }
