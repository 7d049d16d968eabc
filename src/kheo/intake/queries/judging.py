"""What stands in the way of taking a row, what its draft will lack, and what it may be."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from kheo.exemplars.enums import Continuity, Nature, State
from kheo.exemplars.models import Registration
from kheo.exemplars.queries.earlier import continuable_by_part
from kheo.exemplars.queries.forms import form_specs
from kheo.exemplars.queries.labels import registrable_levels
from kheo.exemplars.rules import EDITABLE
from kheo.intake.enums import Decision, FileState, Link
from kheo.intake.models import Intake, IntakeEntry, IntakeForm
from kheo.intake.queries.items import LEVEL_ITEMS, effective_items, name_key
from kheo.organisations.models import Level
from kheo.rounds.enums import Field
from kheo.rounds.models import Participation, Round
from kheo.rounds.queries.specs import FormSpec

LONG = 20_000
EXTRA_LONG = 5_000
ROWS_AT_ONCE = 500
LIMITS = {
    column.name: column.max_length or LONG
    for column in Registration._meta.concrete_fields
    if column.get_internal_type() in {"CharField", "TextField"}
} | dict.fromkeys((*LEVEL_ITEMS, "form"), LONG)
CHOICES: Mapping[str, frozenset[str]] = {
    "field": frozenset(Field.values),
    "nature": frozenset(Nature.values),
    "continuity": frozenset(Continuity.values),
}
# what a row is judged by, in the order of the model; the rest of it stays in the database
JSON_COLUMNS = ("place", "values", "corrected", "troubles", "problems", "gaps")
JUDGED_BY = ("id", "form_id", *JSON_COLUMNS, "decision", "link", "earlier_id", "replicated_id")
PASSED_OVER = frozenset({"section_unknown", "row_unknown"})
Problem = dict[str, object]


@dataclass
class Ground:
    """All that rows of one unit are judged by; ``seen`` grows with the rows that are taken.

    ``asked`` holds, by form, the items that a draft must have in the end.
    """

    participation: Participation | None
    levels: Mapping[str, Level]
    asked: Mapping[str, Sequence[str]] = field(default_factory=dict)
    earlier: Mapping[str, Registration] = field(default_factory=dict)
    present: dict[str, Registration] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)


# by the key of an audience: the items its forms demand
Asked = dict[int, Mapping[str, Sequence[str]]]


def known_levels(day: date) -> dict[str, Level]:
    """Return the levels of a day at which models are registered, by code."""
    standing = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    return {level.code: level for level in registrable_levels().filter(standing)}


def ground_of(participation: Participation | None, levels: Mapping[str, Level]) -> Ground:
    """Return what the rows of a unit are judged by and linked with, in a few statements."""
    parts = [participation] if participation else []
    return full_grounds(parts, levels, {})[participation.pk if participation else None]


def full_grounds(
    parts: Sequence[Participation], levels: Mapping[str, Level], asked: Asked
) -> dict[int | None, Ground]:
    """Return what the rows of many units of a round are judged by and linked with.

    :param asked: what is known of audiences already; it grows.
    """
    grounds = grounds_of(parts, levels, asked)
    for key, rows in continuable_by_part(parts).items():
        grounds[key].earlier = {_key(row): row for row in rows}
    return grounds


def grounds_of(
    parts: Iterable[Participation], levels: Mapping[str, Level], asked: Asked | None = None
) -> dict[int | None, Ground]:
    """Return what the rows of many units are judged by, in a number of statements that is fixed.

    What could be continued is left out: it is proposed once, when a row is read.
    """
    known: Asked = {} if asked is None else asked
    grounds: dict[int | None, Ground] = {None: Ground(None, levels)}
    for part in parts:
        if part.audience_id not in known:
            specs = form_specs(part.audience)
            known[part.audience_id] = {form: _demanded(spec) for form, spec in specs.items()}
        grounds[part.pk] = Ground(part, levels, asked=known[part.audience_id], present={})
    rows = Registration.objects.filter(participation__in=[key for key in grounds if key])
    rows = rows.only("participation_id", "name", "full_name", "state")
    for row in rows.exclude(state=State.WITHDRAWN).order_by("-pk"):
        grounds[row.participation_id].present[_key(row)] = row
    return grounds


def _demanded(spec: FormSpec) -> Sequence[str]:
    return [
        key
        for asked in spec.shown
        if asked.required and asked.key not in {"nature", "continuity"}
        for key in (("starts", "ends") if asked.key == "period" else (asked.key,))
    ]


def propose_link(entry: IntakeEntry, ground: Ground) -> None:
    """Set what a freshly read row seems to be: new, a continuation, or what is there already."""
    _link(entry, name_key(effective_items(entry)), ground)


def _link(entry: IntakeEntry, key: str, ground: Ground) -> None:
    entry.link, entry.earlier_id, entry.decision = Link.NEW, None, Decision.TAKE
    if (there := ground.present.get(key)) is not None:
        entry.link, entry.earlier_id, entry.decision = Link.UPDATES, there.pk, Decision.LEAVE
    elif (before := ground.earlier.get(key)) is not None:
        entry.link, entry.earlier_id = Link.CONTINUES, before.pk


def propose_entries(entries: Iterable[IntakeEntry], ground: Ground) -> int:
    """Link and judge freshly read rows, in their order; return how many problems there are."""
    count = 0
    for entry in entries:
        items = effective_items(entry)
        key = name_key(items)
        _link(entry, key, ground)
        _judge(entry, items, key, ground)
        count += len(entry.problems)
    return count


def judge_entry(entry: IntakeEntry, ground: Ground) -> Mapping[str, str]:
    """Put on a row what stands in its way and what its draft will lack; nothing when left out.

    :return: what the row says, by item; nothing when it is left out.
    """
    items = effective_items(entry) if entry.decision != Decision.LEAVE else {}
    _judge(entry, items, name_key(items), ground)
    return items


def _judge(entry: IntakeEntry, items: Mapping[str, str], key: str, ground: Ground) -> None:
    entry.problems, entry.gaps = [], []
    if entry.decision == Decision.LEAVE:
        return
    left = [one for one in entry.troubles if one["key"] not in entry.corrected]
    troubled = {one["key"] for one in left}
    entry.problems = [*left, *_own_problems(entry, items, ground, troubled)]
    entry.problems += _twice(entry, items, key, ground)
    asked = ground.asked.get(items["form"], ())
    entry.gaps = [one for one in asked if not items.get(one) and one not in troubled]
    if items.get("continuity") == Continuity.REPLICATED and entry.link == Link.NEW:
        entry.gaps.append("replicated_from")
    ground.seen.add(key)


class Judged(NamedTuple):
    """A row as it was judged: its form, what it says by item, and whether the verdict is new."""

    form: IntakeForm
    entry: IntakeEntry
    items: Mapping[str, str]
    is_changed: bool


class Judging:
    """All rows of an import, judged one after the other: only some hundred are in memory."""

    def __init__(self, intake: Intake) -> None:
        """Look up, with a fixed number of statements, what all rows are judged by."""
        self.round = intake.round
        self.levels = known_levels(intake.round.opens_on)
        rows = IntakeForm.objects.filter(file__intake=intake, file__state=FileState.READ)
        rows = rows.select_related("participation__audience", "participation__organisation")
        self.forms = {form.pk: form for form in rows}
        parts = {
            form.participation_id: form.participation
            for form in self.forms.values()
            if form.participation is not None
        }
        self._grounds = grounds_of(parts.values(), self.levels)
        self._taken: set[int] = set()

    def entries(self) -> Iterator[Judged]:
        """Yield each row in order, judged; it holds only what it is judged by."""
        for entry in _kept_entries(list(self.forms)):
            form = self.forms[entry.form_id]
            before = (entry.problems, entry.gaps)
            items = judge_entry(entry, self._grounds[form.participation_id])
            if entry.decision != Decision.LEAVE:
                self._taken.add(form.pk)
            yield Judged(form, entry, items, before != (entry.problems, entry.gaps))

    def whole_problems(self) -> Iterator[tuple[IntakeForm, int]]:
        """Yield the forms with how much must be said of each as a whole; ask for the rows first.

        Whose form it is does not matter when none of its rows is taken.
        """
        for pk in self._taken:
            yield self.forms[pk], len(form_problems(self.forms[pk], self.round))


def rows_taken(intake: Intake) -> int:
    """Return how many rows of an import are to be taken."""
    return IntakeEntry.objects.filter(form__file__intake=intake, decision=Decision.TAKE).count()


def _kept_entries(forms: Sequence[int]) -> Iterator[IntakeEntry]:
    """Yield the rows of forms in order; most of their lists are empty and need no reading."""
    texts = {name: Cast(name, TextField()) for name in JSON_COLUMNS}
    asked = [texts.get(name, name) for name in JUDGED_BY]
    rows = IntakeEntry.objects.filter(form__in=forms).values_list(*asked)
    in_order = rows.order_by("form__file__order", "form__order", "order", "pk")
    lists = slice(JUDGED_BY.index(JSON_COLUMNS[0]), JUDGED_BY.index(JSON_COLUMNS[-1]) + 1)
    for found in in_order.iterator(chunk_size=ROWS_AT_ONCE):
        row = list(found)
        row[lists] = map(_read_json, row[lists])
        yield IntakeEntry.from_db(None, JUDGED_BY, row)


def _read_json(text: str) -> Any:
    if len(text) == 2:
        return {} if text == "{}" else []
    return json.loads(text)


def form_problems(form: IntakeForm, round: Round) -> list[Problem]:
    """Return what must be said of a form as a whole before its rows can be taken."""
    if not form.layout:
        return [_problem(_why_unknown(form), "")]
    if form.participation is None:
        return [_problem("no_unit", "unit", form.unit_found)]
    if form.confirmed:
        return []
    # what was passed over while reading is looked at by a person
    problems = [dict(one) for one in form.troubles if one["code"] in PASSED_OVER]
    if form.year_found and form.year_found != str(round.year):
        problems.append(
            _problem("other_year", "year", form.year_found, details={"year": str(round.year)})
        )
    if any(one["code"] == "other_unit" for one in form.troubles):
        details = {"unit": form.participation.unit_name}
        problems.append(_problem("other_unit", "unit", form.unit_found, details=details))
    return problems


def _why_unknown(form: IntakeForm) -> str:
    codes = {str(one["code"]) for one in form.troubles}
    return "other_movement" if "other_movement" in codes else "no_form"


def _key(row: Registration) -> str:
    return name_key({"name": row.name, "full_name": row.full_name})


def _own_problems(
    entry: IntakeEntry, items: Mapping[str, str], ground: Ground, troubled: set[object]
) -> list[Problem]:
    problems = [
        _problem("too_long", key, text[:80], entry, {"limit": str(LIMITS.get(key, EXTRA_LONG))})
        for key, text in items.items()
        if len(text) > LIMITS.get(key, EXTRA_LONG)
    ]
    if not items.get("name") and "name" not in troubled:
        problems.append(_problem("no_name", "name", "", entry))
    if ground.participation is not None and items["form"] not in ground.asked:
        problems.append(_problem("form_not_asked", "form", items["form"], entry))
    problems += [
        _problem("not_a_choice", key, items[key], entry)
        for key, choices in CHOICES.items()
        if items.get(key) and items[key] not in choices
    ]
    problems += [
        _problem("no_such_level", key, items[key], entry)
        for key in LEVEL_ITEMS
        if items.get(key) and items[key] not in ground.levels
    ]
    return problems


def _twice(entry: IntakeEntry, items: Mapping[str, str], key: str, ground: Ground) -> list[Problem]:
    if not items.get("name") or ground.participation is None:
        return []
    if key in ground.seen:
        return [_problem("twice_here", "name", items["name"], entry)]
    there = ground.present.get(key)
    if there is None:
        return []
    if entry.link != Link.UPDATES:
        return [_problem("already_there", "name", items["name"], entry)]
    if there.state not in EDITABLE:
        return [_problem("not_a_draft", "name", items["name"], entry)]
    return []


def _problem(
    code: str,
    key: str,
    found: str = "",
    entry: IntakeEntry | None = None,
    details: Mapping[str, str] | None = None,
) -> Problem:
    kept: Any = entry.values.get(key) if entry is not None else None
    place = kept[2] if kept else (entry.place if entry is not None else {})
    return {
        "code": code,
        "key": key,
        "found": str(kept[1])[:500] if kept and kept[1] else found,
        "place": place,
        "details": dict(details or {}),
    }
