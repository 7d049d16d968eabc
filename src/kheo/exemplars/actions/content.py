"""Reading what people typed into the columns of a registration; nothing is kept that is wrong."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from django.utils.translation import gettext as _

from kheo.exemplars.enums import Continuity, Nature
from kheo.exemplars.models import Exemplar, Registration
from kheo.exemplars.rules.content import COLUMN_OF, COLUMNS, understand_period
from kheo.lib.text.folding import fold, normalise
from kheo.organisations.models import Level
from kheo.rounds.enums import Field
from kheo.rounds.queries.specs import FORM_KEYS, OWN_KEY

LONG_TEXT = 20_000
EXTRA_TEXT = 5_000
EXTRA_PREFIX = "extra."
MANY_LINES = frozenset({"content", "expected_results"})
CHOICES: Mapping[str, frozenset[str]] = {
    "field": frozenset({"", *Field.values}),
    "nature": frozenset(Nature.values),
    "continuity": frozenset(Continuity.values),
}
# what every submitted registration is counted by cannot be emptied again
COUNTED = frozenset({"field", "level_id"})

# so short texts come again and again in a list: times, places, choices
SHORT = 40
LIMITS = {field.name: field.max_length for field in Registration._meta.concrete_fields}

Finder = Callable[[int], bool]
_FINDERS: Mapping[str, Finder] = {
    "level_id": lambda pk: Level.objects.filter(pk=pk).exists(),
    "intended_level_id": lambda pk: Level.objects.filter(pk=pk).exists(),
    "replicated_from_id": lambda pk: Exemplar.objects.filter(pk=pk).exists(),
}


class ContentError(Exception):
    """Something typed cannot be kept; ``problems`` says what, by item."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        """Keep what is wrong, by item."""
        self.problems = dict(problems)
        super().__init__(" ".join(problems.values()))


def read_values(row: Registration, values: Mapping[str, object]) -> dict[str, object]:
    """Return cleaned values by column ("extra.<key>" for an issuer's own items), only what changes.

    :param values: by item of the form; ``level``, ``replicated_from`` and ``intended_level`` as
        records or keys.
    :raises ContentError: naming every item that is unknown, too long or not among its choices.
    """
    read: dict[str, object] = {}
    problems: dict[str, str] = {}
    for item, value in values.items():
        column = COLUMN_OF.get(item, item)
        try:
            read[column] = _read(column, value)
        except ValueError as error:
            problems[item] = str(error)
    if problems:
        raise ContentError(problems)
    if row.submitted_at is not None:
        read = {name: value for name, value in read.items() if value or name not in COUNTED}
    return {name: value for name, value in read.items() if value_of(row, name) != value}


def write_values(row: Registration, changes: Mapping[str, object]) -> list[str]:
    """Put cleaned values on the row and return the columns to store."""
    columns = set()
    for name, value in changes.items():
        if name.startswith(EXTRA_PREFIX):
            row.extra = row.extra | {name.removeprefix(EXTRA_PREFIX): value}
            columns.add("extra")
        else:
            setattr(row, name, value)
            columns.add(name.removesuffix("_id"))
    span = understand_period(row.starts, row.ends, row.year)
    row.starts_on, row.ends_on = span.starts_on, span.ends_on
    row.search_key = search_key_of(row)
    return [*sorted(columns), "starts_on", "ends_on", "search_key"]


def search_key_of(row: Registration) -> str:
    """Return what a registration is found by, without marks: name, person, unit."""
    return fold(f"{row.name} {row.full_name} {row.unit_name}")[:700]


def value_of(row: Registration, name: str) -> object:
    """Return a column's value, or an issuer's own item's."""
    if name.startswith(EXTRA_PREFIX):
        return row.extra.get(name.removeprefix(EXTRA_PREFIX), "")
    return getattr(row, name)


def _read(column: str, value: object) -> object:
    if column in _FINDERS:
        return _read_key(column, value)
    text = str(value or "")
    return _read_short(column, text) if len(text) <= SHORT else _read_text(column, text)


def _read_text(column: str, typed: str) -> str:
    text = normalise(typed, keep_lines=column in MANY_LINES or column not in COLUMNS)
    if column in CHOICES:
        if text not in CHOICES[column]:
            raise ValueError(_("“%s” is not one of the choices.") % text[:60])
        return text
    if column in COLUMNS:
        limit = LIMITS.get(column) or LONG_TEXT
    elif _is_extra(column):
        limit = EXTRA_TEXT
    else:
        raise ValueError(_("There is no item “%s” in a registration.") % column[:60])
    if len(text) > limit:
        raise ValueError(
            _("At most %(limit)s characters fit here; there are %(count)s. Shorten it.")
            % {"limit": limit, "count": len(text)}
        )
    return text


# what is wrong is not remembered: its words depend on the language
_read_short = lru_cache(maxsize=4_000)(_read_text)


def _read_key(column: str, value: object) -> int | None:
    if value in {None, ""}:
        return None
    key = getattr(value, "pk", value)
    if not str(key).isdecimal() or len(str(key)) > 18 or not _FINDERS[column](int(str(key))):
        raise ValueError(_("“%s” is not one of the choices.") % str(value)[:60])
    return int(str(key))


def _is_extra(name: str) -> bool:
    key = name.removeprefix(EXTRA_PREFIX)
    return name.startswith(EXTRA_PREFIX) and (key in FORM_KEYS or bool(OWN_KEY.fullmatch(key)))
