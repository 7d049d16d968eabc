"""What a device or a form may write into a sheet: the fields of a piece, and their limits."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from kheo.lib.text.folding import normalise
from kheo.lib.text.numbers import parse_number
from kheo.visits.enums import Found

# the piece that holds the sheet's own texts; every other piece is a finding, named by its key
TEXTS = "texts"
LENGTHS = {
    "seen": 10_000,
    "assessment": 10_000,
    "place": 300,
    "item": 1000,
    "words": 4_000,
}
SEVERAL_LINES = frozenset({"seen", "assessment", "words"})
BOUNDS = {"latitude": Decimal(90), "longitude": Decimal(180)}
TEXT_FIELDS = ("seen", "assessment", "place", "latitude", "longitude")
FINDING_FIELDS = ("item", "found", "words", "points")
MOST_POINTS = Decimal(99_999)
Value = str | Decimal | None


class EntryError(Exception):
    """An entry cannot be taken as it is; the message says why and what to do."""


def clean_piece(
    piece: str, raw: Mapping[str, object], *, most_points: Decimal | None = None
) -> dict[str, Value]:
    """Return the fields of a piece as they are kept; only those that were given.

    :param most_points: what can be given at most on the criterion.
    :raises EntryError: when a field is unknown, too long, or beyond its bounds.
    """
    fields = TEXT_FIELDS if piece == TEXTS else FINDING_FIELDS
    if unknown := [name for name in raw if name not in fields]:
        raise EntryError(_("The sheet has no place for “%s”.") % unknown[0][:60])
    return {name: _clean(name, raw[name], most_points) for name in fields if name in raw}


def as_kept(value: Value) -> str:
    """Return a value as an entry keeps it: a text, points without needless zeros."""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return value or ""


def _clean(name: str, raw: object, most_points: Decimal | None) -> Value:
    if raw is not None and not isinstance(raw, str | int | float):
        raise EntryError(_("The sheet has no place for “%s”.") % name)
    text = normalise(str(raw if raw is not None else ""), keep_lines=name in SEVERAL_LINES)
    if name in BOUNDS:
        return _coordinate(name, text)
    if name == "points":
        return _points(text, most_points)
    if name == "found" and text and text not in Found.values:
        raise EntryError(_("Choose met, partly met or not met."))
    if name in LENGTHS and len(text) > LENGTHS[name]:
        raise EntryError(_("A text is longer than %s characters: shorten it.") % LENGTHS[name])
    return text


def _coordinate(name: str, text: str) -> Decimal | None:
    if not text:
        return None
    try:
        # a coordinate is never written with thousands: both points and commas mean decimals
        number = Decimal(text.replace(",", ".")).quantize(Decimal("0.000001"))
    except InvalidOperation:
        number = Decimal(1000)
    if abs(number) > BOUNDS[name]:
        raise EntryError(_("“%s” is no coordinate: write degrees, such as 21,385612.") % text[:30])
    return number


def _points(text: str, most: Decimal | None) -> Decimal | None:
    if not text:
        return None
    try:
        number = parse_number(text)
    except ValueError:
        number = Decimal(-1)
    if not 0 <= number <= (MOST_POINTS if most is None else most):
        words = _("“%(text)s” cannot be given here: points go from 0 to %(most)s.")
        shown = as_kept(MOST_POINTS if most is None else most)
        raise EntryError(words % {"text": text[:30], "most": shown})
    return number.quantize(Decimal("0.01"))
