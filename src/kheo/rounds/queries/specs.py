"""Layouts as typed values: what a form asks and what a list shows.

Texts may hold placeholders, filled when a paper is made: {year}, {previous_year}, {unit}, {period},
{governing_document} (cited in full) and {governing_reference} (number, date and issuer only).
In the section of a list stand {number} (roman) and {label} (of the field).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, TypeVar, get_args

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.rounds.enums import Form

Letterhead = Literal["full", "light", "none"]
Orientation = Literal["portrait", "landscape"]
Align = Literal["left", "center", "right"]

# what can stand in a form: the content of a registration (M1, M2), what lists need besides, and
# what some issuers ask for in addition; keys that an issuer invents begin with "x-"
FORM_KEYS = (
    "address",
    "full_name",
    "position",
    "workplace",
    "name",
    "field",
    "level",
    "content",
    "period",
    "scope",
    "expected_results",
    "nature",
    "continuity",
    "replicated_from",
    "intended_level",
    "problem",
    "goals",
    "leads",
    "resources",
    "beneficiaries",
)
# without these no registration can be counted, so no layout may switch them off
COUNTED_KEYS = frozenset({"name", "field", "level", "nature", "continuity"})

# what a column of a list can show
COLUMN_KEYS: dict[str, str | Promise] = {
    "ordinal": gettext_lazy("Running number"),
    "numbered_name": gettext_lazy("Running number and name"),
    "name": gettext_lazy("Name"),
    "unit": gettext_lazy("Unit"),
    "address": gettext_lazy("Address"),
    "form": gettext_lazy("Collective or individual"),
    "collective": gettext_lazy("Mark for a collective"),
    "individual": gettext_lazy("Mark for an individual"),
    "full_name": gettext_lazy("Full name"),
    "position": gettext_lazy("Position"),
    "workplace": gettext_lazy("Workplace"),
    "nature": gettext_lazy("Model or exemplary case"),
    "field": gettext_lazy("Field"),
    "level": gettext_lazy("Level"),
    "summary": gettext_lazy("Summary of problem, carriers and results"),
    "content": gettext_lazy("Content"),
    "scope": gettext_lazy("Place and scope"),
    "starts": gettext_lazy("Start"),
    "ends": gettext_lazy("Finish"),
    "period": gettext_lazy("Start and finish"),
    "kept": gettext_lazy("Mark for kept up"),
    "new": gettext_lazy("Mark for newly built"),
    "replicated": gettext_lazy("Level of replication"),
    "goals": gettext_lazy("Goals"),
    "expected_results": gettext_lazy("Expected results"),
    "leads": gettext_lazy("Who carries it out"),
    "resources": gettext_lazy("Resources"),
    "beneficiaries": gettext_lazy("Beneficiaries"),
    "state": gettext_lazy("State"),
    "note": gettext_lazy("Note (left empty)"),
}
OWN_KEY = re.compile(r"x-[a-z0-9-]{1,30}")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
TEXT_PLACEHOLDERS = frozenset(
    {"year", "previous_year", "unit", "period", "governing_document", "governing_reference"}
)
SECTION_PLACEHOLDERS = frozenset({"number", "label"})
WIDTHS = range(5, 261)


class SpecError(ValueError):
    """A layout's content is not what it must be; ``problems`` say where and why."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A place to sign, with the remark that stands in brackets under it."""

    position: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One item of a form; ``printed`` is off for what is asked on screen only."""

    key: str
    label: str
    hint: str = ""
    required: bool = True
    # how many lines the official form asks for; 0 when it does not say
    min_lines: int = 0
    max_lines: int = 0
    on: bool = True
    numbered: bool = True
    printed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSpec:
    """A form for one registration; the order of fields is the order on paper and screen.

    ``basis`` opens the paper; fields without a number stand before ``lead_in``, numbered ones
    after it.
    """

    code: str
    form: Form
    title: str
    fields: tuple[FormField, ...]
    name: str = ""
    subject: str = ""
    label: str = ""
    basis: str = ""
    lead_in: str = ""
    lead_in_hint: str = ""
    letterhead: Letterhead = "light"
    orientation: Orientation = "portrait"
    # the scheme of fields it prints; empty for the round's own
    field_scheme_code: str = ""
    signatures: tuple[Signature, ...] = ()

    @property
    def shown(self) -> tuple[FormField, ...]:
        """Return the fields that are switched on."""
        return tuple(field for field in self.fields if field.on)

    @property
    def printed(self) -> tuple[FormField, ...]:
        """Return the fields that stand on the paper."""
        return tuple(field for field in self.fields if field.on and field.printed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """One column of a list; ``note`` follows its heading in italics."""

    key: str
    heading: str
    width_mm: int = 25
    align: Align = "left"
    group_heading: str = ""
    note: str = ""
    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """A list of registrations, in sections by field or in one piece."""

    code: str
    title: str
    columns: tuple[ListColumn, ...]
    name: str = ""
    unit_line: str = ""
    attached_to: str = ""
    group_by: Literal["field", ""] = ""
    section: str = "{number}. {label}"
    numbering_row: bool = False
    letterhead: Letterhead = "full"
    orientation: Orientation = "landscape"
    field_scheme_code: str = ""
    signatures: tuple[Signature, ...] = ()

    @property
    def shown(self) -> tuple[ListColumn, ...]:
        """Return the columns that are switched on."""
        return tuple(column for column in self.columns if column.on)


Spec = FormSpec | ListSpec
Part = TypeVar("Part", FormField, ListColumn, Signature, FormSpec, ListSpec)


def parse_spec(content: object) -> Spec:
    """Return the specification a layout's JSON holds.

    :raises SpecError: naming every place where it is not what it must be.
    """
    if not isinstance(content, Mapping):
        raise SpecError([_("The layout has no content.")])
    values = {key: value for key, value in content.items() if key != "kind"}
    match content.get("kind"):
        case "form":
            values["fields"] = _parts(FormField, values.get("fields"), "fields")
            values["signatures"] = _parts(Signature, values.get("signatures", []), "signatures")
            spec: Spec = _build(FormSpec, values, "form")
        case "list":
            values["columns"] = _parts(ListColumn, values.get("columns"), "columns")
            values["signatures"] = _parts(Signature, values.get("signatures", []), "signatures")
            spec = _build(ListSpec, values, "list")
        case other:
            raise SpecError([_("“%s” is neither a form nor a list.") % other])
    if problems := spec_problems(spec):
        raise SpecError(problems)
    return spec


def spec_json(spec: Spec) -> dict[str, Any]:
    """Return a specification as the JSON that :func:`parse_spec` reads back to the same."""
    return {"kind": "form" if isinstance(spec, FormSpec) else "list"} | asdict(spec)


def spec_problems(spec: Spec) -> list[str]:
    """Return, in words, what keeps a specification from being used."""
    if not spec.title.strip():
        return [_("The layout needs a title.")]
    own = _form_problems(spec) if isinstance(spec, FormSpec) else _list_problems(spec)
    return [*own, *_placeholder_problems(spec)]


def _form_problems(spec: FormSpec) -> list[str]:
    problems = _repeated([field.key for field in spec.fields])
    for field in spec.fields:
        if field.key not in FORM_KEYS and not OWN_KEY.fullmatch(field.key):
            problems.append(_("There is no item “%s” in a registration.") % field.key)
        if not field.label.strip():
            problems.append(_("The item “%s” needs a label.") % field.key)
        if field.max_lines and field.min_lines > field.max_lines:
            problems.append(
                _("The item “%s” asks for more lines at least than at most.") % field.label
            )
    on = {field.key for field in spec.shown}
    missing = [key for key in sorted(COUNTED_KEYS) if key not in on]
    if missing:
        problems.append(
            _("Registrations are counted by %s; these items cannot be left out.")
            % ", ".join(missing)
        )
    return problems


def _list_problems(spec: ListSpec) -> list[str]:
    if not spec.shown:
        return [_("The list needs at least one column.")]
    problems = _repeated([column.key for column in spec.columns if column.key != "note"])
    for column in spec.columns:
        if column.key not in COLUMN_KEYS and not OWN_KEY.fullmatch(column.key):
            problems.append(_("No column can show “%s”.") % column.key)
        if not column.heading.strip():
            problems.append(_("The column “%s” needs a heading.") % column.key)
        if column.width_mm not in WIDTHS:
            problems.append(
                _("The column “%s” must be 5 to 260 mm wide.") % (column.heading or column.key)
            )
    return problems


def _repeated(keys: list[str]) -> list[str]:
    twice = dict.fromkeys(key for key in keys if keys.count(key) > 1)
    return [_("“%s” stands there twice.") % key for key in twice]


def _placeholder_problems(spec: Spec) -> list[str]:
    section = {spec.section} if isinstance(spec, ListSpec) else set()
    wrong = _strange(_texts(spec) - section, TEXT_PLACEHOLDERS)
    wrong |= _strange(section, SECTION_PLACEHOLDERS)
    return [
        _("Nothing is known to fill in for “{%s}”.") % placeholder for placeholder in sorted(wrong)
    ]


def _strange(texts: set[str], known: frozenset[str]) -> set[str]:
    found = {name for text in texts for name in PLACEHOLDER.findall(text)}
    return found - known


def _texts(spec: Spec) -> set[str]:
    parts = spec.fields if isinstance(spec, FormSpec) else spec.columns
    values = [*asdict(spec).values(), *(value for part in parts for value in asdict(part).values())]
    return {value for value in values if isinstance(value, str)}


def _parts(kind: type[Part], rows: object, where: str) -> tuple[Part, ...]:
    if not isinstance(rows, list | tuple):
        raise SpecError([_("“%s” must be a list.") % where])
    return tuple(_build(kind, row, f"{where}[{place}]") for place, row in enumerate(rows))


def _build(kind: type[Part], values: object, where: str) -> Part:
    if not isinstance(values, Mapping):
        raise SpecError([_("“%s” is not what was expected.") % where])
    known = {field.name: field for field in fields(kind)}
    problems = [
        _("“%(where)s” holds the unknown “%(key)s”.") % {"where": where, "key": key}
        for key in values
        if key not in known
    ]
    for key, value in values.items():
        if key in known and not _fits(known[key].type, value):
            problems.append(
                _("“%(value)s” does not fit “%(key)s” of “%(where)s”.")
                % {"value": value, "key": key, "where": where}
            )
    if problems:
        raise SpecError(problems)
    try:
        return kind(**_typed(values))
    except TypeError as error:
        raise SpecError([f"{where}: {error}"]) from error


def _typed(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: Form(value) if key == "form" else value for key, value in values.items()}


def _fits(kind: Any, value: object) -> bool:
    if kind in {str, int, bool}:
        return type(value) is kind
    if kind is Form:
        return value in Form.values
    allowed = get_args(kind)
    return value in allowed if allowed and isinstance(value, str) else isinstance(value, tuple)
