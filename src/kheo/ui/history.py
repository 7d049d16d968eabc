"""The history of a record in words: rooms register how their deeds and fields are called."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from django.utils.translation import gettext as _

from kheo.ui.components.library import Words
from kheo.ui.components.words import vi_date, vi_moment

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")

_deeds: dict[str, Words] = {}
_fields: dict[str, Words] = {}
_values: dict[str, Words] = {}


class EntryLike(Protocol):
    """An audit entry, as far as it is shown."""

    at: datetime
    verb: str
    actor_name: str
    seat_label: str
    before: dict[str, object]
    after: dict[str, object]
    reason: str


@dataclass(frozen=True)
class Change:
    """One field before and after."""

    label: Words
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """One deed as it is shown."""

    at: datetime
    deed: Words
    who: str = ""
    seat: str = ""
    changes: list[Change] = field(default_factory=list)
    reason: str = ""


def register_words(
    *,
    deeds: Mapping[str, Words] | None = None,
    fields: Mapping[str, Words] | None = None,
    values: Mapping[str, Words] | None = None,
) -> None:
    """Say how audit verbs, field names and coded values are written; call it in apps.py.

    Rooms may use one name for different things: in the deeds on its own records, the words of the
    room that registers the deeds win.
    """
    nouns = {verb.partition(".")[0] for verb in deeds or {}}
    _deeds.update(deeds or {})
    for known, new in ((_fields, fields or {}), (_values, values or {})):
        known.update(new)
        known.update({f"{noun}.{name}": words for noun in nouns for name, words in new.items()})


def deed_words(verb: str) -> Words:
    """Return the words for an audit verb, or the verb itself."""
    return _deeds.get(verb, verb)


def registered_deeds() -> dict[str, Words]:
    """Return all verbs with their words, for a filter."""
    return dict(_deeds)


def history_lines(entries: Iterable[EntryLike | HistoryLine]) -> list[HistoryLine]:
    """Return entries as lines to show."""
    return [entry if isinstance(entry, HistoryLine) else _line(entry) for entry in entries]


def _line(entry: EntryLike) -> HistoryLine:
    return HistoryLine(
        at=entry.at,
        deed=deed_words(entry.verb),
        who=entry.actor_name,
        seat=entry.seat_label,
        changes=_changes(entry.verb.partition(".")[0], entry.before, entry.after),
        reason=entry.reason,
    )


def _changes(noun: str, before: Mapping[str, object], after: Mapping[str, object]) -> list[Change]:
    names = list(dict.fromkeys([*before, *after]))
    return [
        Change(
            _words(_fields, noun, name) or name,
            _shown(noun, before.get(name)),
            _shown(noun, after.get(name)),
        )
        for name in names
        if before.get(name) != after.get(name)
    ]


def _words(known: Mapping[str, Words], noun: str, name: str) -> Words:
    return known.get(f"{noun}.{name}") or known.get(name, "")


def _shown(noun: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return ", ".join(_shown(noun, item) for item in value)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, str):
        return str(_words(_values, noun, value)) or _day(value) or value
    return str(value)


def _day(text: str) -> str:
    """Return a day or a moment that an entry keeps in ISO form as people write it, else ""."""
    try:
        if ISO_DAY.fullmatch(text):
            return vi_date(date.fromisoformat(text))
        return vi_moment(datetime.fromisoformat(text)) if ISO_MOMENT.fullmatch(text) else ""
    except ValueError:
        return ""
