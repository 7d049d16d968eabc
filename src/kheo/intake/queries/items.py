"""The items of a proposed registration: as read, as corrected, and as a draft takes them."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from kheo.exemplars.enums import Continuity
from kheo.intake.models import IntakeEntry
from kheo.lib.extraction.forms.found import Entry, Place, Trouble, Value
from kheo.lib.text.folding import fold
from kheo.organisations.models import Level
from kheo.rounds.enums import Form
from kheo.rounds.queries.specs import FORM_KEYS, OWN_KEY

# what columns are called in lists, and the item of a registration it fills
SAME_AS = {"summary": "content", "numbered_name": "name", "replicated": "intended_level"}
# the items that stand in columns of their own, in the order of M2
PLAIN = (
    "form",
    "full_name",
    "position",
    "workplace",
    "address",
    "name",
    "field",
    "level",
    "content",
    "starts",
    "ends",
    "scope",
    "expected_results",
    "nature",
    "continuity",
    "intended_level",
)
EXTRA = ("problem", "goals", "leads", "resources", "beneficiaries")
EXTRA_PREFIX = "extra."
TIMES = frozenset({"starts", "ends"})
LEVEL_ITEMS = ("level", "intended_level")
_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?(?:[T ].*)?")

Kept = Mapping[str, Any]


def kept_place(place: Place) -> dict[str, object]:
    """Return a place as a row keeps it: only what is told."""
    part, table, row, column, paragraph = place
    told: dict[str, object] = {"part": part} if part else {}
    if table is not None:
        told["table"] = table
    if row is not None:
        told["row"] = row
    if column is not None:
        told["column"] = column
    if paragraph is not None:
        told["paragraph"] = paragraph
    return told


def kept_value(value: Value) -> list[object]:
    """Return a value as a row keeps it: understood, found, place."""
    return [value.understood, value.found, kept_place(value.place)]


def kept_trouble(trouble: Trouble) -> dict[str, object]:
    """Return a trouble as a row keeps it."""
    return {
        "code": trouble.code,
        "key": item_of(trouble.key),
        "found": trouble.found[:500],
        "place": kept_place(trouble.place),
        "details": dict(trouble.details),
    }


def kept_values(entry: Entry) -> dict[str, list[object]]:
    """Return the values of an entry as a row keeps them, by item of a registration."""
    kept: dict[str, list[object]] = {}
    for key, value in entry.values.items():
        if value.understood or value.found:
            kept.setdefault(item_of(key), kept_value(value))
    return kept


@lru_cache(maxsize=1024)
def item_of(key: str) -> str:
    """Return the item of a registration that a column fills."""
    plain = key.removeprefix(EXTRA_PREFIX)
    return SAME_AS.get(plain, plain)


def effective_items(entry: IntakeEntry) -> dict[str, str]:
    """Return what a row says after corrections, by item; empty items are left out."""
    items = {
        key: text
        for key, kept in entry.values.items()
        if _is_item(key) and (text := _read_time(kept) if key in TIMES else str(kept[0] or ""))
    }
    if entry.corrected:
        items |= {key: text for key, text in entry.corrected.items() if _is_item(key)}
        items = {key: text for key, text in items.items() if text}
    items.setdefault("form", _form_of(items))
    if items.get("intended_level"):
        items.setdefault("continuity", Continuity.REPLICATED.value)
    return items


def draft_values(items: Mapping[str, str], levels: Mapping[str, Level]) -> dict[str, object]:
    """Return what is written into a draft: columns by item, levels as records."""
    values: dict[str, object] = {}
    for key, text in items.items():
        if key == "form":
            continue
        if key in LEVEL_ITEMS:
            values[key] = levels[text]
        else:
            values[key if key in PLAIN else f"{EXTRA_PREFIX}{key}"] = text
    return values


def name_key(items: Mapping[str, str]) -> str:
    """Return by what two entries of one unit are the same: name and person, without marks."""
    return f"{fold(items.get('name', ''))}|{fold(items.get('full_name', ''))}"


@lru_cache(maxsize=1024)
def _is_item(key: str) -> bool:
    return key in PLAIN or key in FORM_KEYS or bool(OWN_KEY.fullmatch(key))


def _form_of(items: Mapping[str, str]) -> str:
    return Form.INDIVIDUAL.value if items.get("full_name") else Form.COLLECTIVE.value


def _read_time(kept: Any) -> str:
    understood, found = str(kept[0] or ""), str(kept[1] or "")
    day = _DAY.fullmatch(understood)
    if day is None:
        return understood
    # people's own words stay, as they would have typed them; a date cell has none
    if found and not _DAY.fullmatch(found) and not found.replace(".", "").isdigit():
        return " ".join(found.split())[:60]
    return "/".join(part for part in reversed(day.groups()) if part)
