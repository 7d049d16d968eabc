"""Icons, and filters that write numbers, dates and sizes as the screen's language does."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.conf import STATICFILES_STORAGE_ALIAS
from django.core.files.storage import storages
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kheo.ui.components.library import SPRITE, Words, known_icon, register

KIBI = 1024


@register.simple_tag
def icon(name: str, *, label: Words = "") -> SafeString:
    """Draw an icon; without a label it is decoration and silent for screen readers."""
    if not label:
        return _decoration(storages[STATICFILES_STORAGE_ALIAS], known_icon(name))
    href = f"{static(SPRITE)}#{known_icon(name)}"
    return format_html(
        '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href
    )


@lru_cache
def _decoration(_storage: object, name: str) -> SafeString:
    # a page has hundreds of them; the address depends on the storage, which tests exchange
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>',
        f"{static(SPRITE)}#{name}",
    )


@register.filter
def vi_number(value: float | None) -> str:
    """Write a number as the screen's language does: 1.234,5 in Vietnamese."""
    if value is None:
        return "–"
    if isinstance(value, int):
        # whole numbers fill the tables; this is the same, ten times as fast
        return f"{value:,}".replace(",", str(formats.get_format("THOUSAND_SEPARATOR")))
    return str(formats.number_format(value, use_l10n=True, force_grouping=True))


@register.filter
def vi_points(value: Decimal | None) -> str:
    """Write points as papers do: as many decimals as they need, with the screen's sign."""
    if value is None:
        return "–"
    whole = f"{value:f}"
    short = whole.rstrip("0").rstrip(".") if "." in whole else whole
    return short.replace(".", str(formats.get_format("DECIMAL_SEPARATOR")))


@register.filter
def vi_date(value: date | datetime | None) -> str:
    """Write a day as dd/mm/yyyy; a moment is first brought to local time."""
    if value is None:
        return "–"
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value:%d/%m/%Y}"


@register.filter
def vi_moment(value: datetime | None) -> str:
    """Write a moment as hh:mm dd/mm/yyyy in local time."""
    if value is None:
        return "–"
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H:%M %d/%m/%Y}"


@register.filter
def file_size(size: int | None) -> str:
    """Write a size in bytes in the largest fitting unit."""
    if size is None:
        return ""
    amount = float(size)
    for unit in ("byte", "KiB", "MiB"):
        if amount < KIBI:
            return f"{vi_number(round(amount, 1) if unit != 'byte' else int(amount))} {unit}"
        amount /= KIBI
    return f"{vi_number(round(amount, 1))} GiB"


@register.filter
def yes_no(value: object) -> str:
    """Write yes or no."""
    return _("yes") if value else _("no")
