"""Shows what is written in marks (items, tables, footnotes, figures) as text of a page."""

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

from kheo.reviews.papers.prose import html_of

register = template.Library()


@register.filter
def prose(text: str, words: Mapping[int, str] | None = None) -> SafeString:
    """Show a text; ``{{ answer.body|prose:words }}`` puts the figures' words of today in."""
    return html_of(text, words or {})


@register.simple_tag(name="prose")
def prose_tag(
    text: str,
    words: Mapping[int, str] | None = None,
    key: str | int = "",
    links: Mapping[int, str] | None = None,
) -> SafeString:
    """Show a text beside others on one page: ``{% prose body words key=answer.pk links=urls %}``.

    :param key: sets the marks of its footnotes apart from those of other texts on the page.
    :param links: address of each figure's page.
    """
    return html_of(text, words or {}, key=str(key), links=links)
