"""The registrations that stand on a list, in its order, as plain rows."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.exemplars.queries.visibility import registrations_visible_to
from kheo.organisations.models import Level, Seat, below
from kheo.reporting.queries.areas import Area
from kheo.rounds.enums import Field, LayoutKind
from kheo.rounds.models import FieldLabel, FieldScheme, Layout, Participation, Round
from kheo.rounds.queries.specs import ListSpec, parse_spec
from kheo.rounds.queries.visible import layouts_for

CHUNK = 2000


class ListRow(NamedTuple):
    """What a list needs to know of a registration."""

    unit_name: str
    form: str
    nature: str
    address: str
    full_name: str
    position: str
    workplace: str
    name: str
    field: str
    level_id: int | None
    content: str
    starts: str
    ends: str
    scope: str
    expected_results: str
    continuity: str
    intended_level_id: int | None
    extra: dict[str, Any]
    state: str


@dataclass(frozen=True, slots=True)
class FieldSection:
    """A field as a scheme calls it, with its topics."""

    field: str
    label: str
    topics: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListScope:
    """Which registrations of a round stand on a list; empty choices leave everything in.

    ``audiences`` holds the keys of the audiences whose units are listed; declined registrations
    are left out unless ``with_declined``.
    """

    round: Round
    area: Area
    only: Mapping[str, str] = field(default_factory=dict)
    audiences: Collection[int] = ()
    with_declined: bool = False


def list_layouts(round: Round) -> QuerySet[Layout]:
    """Return the list layouts that can be used for a round, official ones first."""
    return layouts_for(round.organiser).filter(kind=LayoutKind.LIST)


def list_spec(layout: Layout) -> ListSpec:
    """Return what a layout of the kind "list" says.

    :raises TypeError: when it is a form.
    """
    spec = parse_spec(layout.spec)
    if not isinstance(spec, ListSpec):
        raise TypeError("a layout of the kind “list” holds a form")
    return spec


def usual_layout(round: Round, area: Area) -> str:
    """Return the code of the list the area's unit was asked for, or M3."""
    asked = Layout.objects.filter(
        kind=LayoutKind.LIST,
        audiences__participations__round=round,
        audiences__participations__organisation=area.pk,
    )
    return asked.order_by("code").values_list("code", flat=True).first() or "M3"


def audiences_asked_for(layout: Layout, round: Round) -> list[int]:
    """Return the keys of a round's audiences whose units were asked for a list in this layout.

    Communes fill in M3 and agencies M4 (S4 §3): a consolidated list holds those who were asked for
    it. A variant of an official list stands for it.
    """
    asked = round.audiences.filter(layouts__kind=LayoutKind.LIST, layouts__code=layout.code)
    return list(asked.order_by("order", "pk").values_list("pk", flat=True).distinct())


def listed_registrations(seat: Seat, scope: ListScope) -> QuerySet[Registration]:
    """Return the registered ones of a round below an area, by unit and in the unit's own order."""
    rows = registrations_visible_to(seat).filter(
        round=scope.round, is_registered=True, **scope.only
    )
    if not scope.with_declined:
        rows = rows.exclude(state=State.DECLINED)
    if scope.audiences:
        rows = rows.filter(participation__audience__in=scope.audiences)
    if scope.area.path != scope.round.organiser_path:
        rows = rows.filter(below(scope.area.path))
    return rows.order_by("participation__sort_key", "participation", "order", "pk")


def rows_of_list(registrations: QuerySet[Registration]) -> Iterator[ListRow]:
    """Yield the rows of a list from one statement, without making records of them."""
    for values in registrations.values_list(*ListRow._fields).iterator(chunk_size=CHUNK):
        yield ListRow._make(values)


def sections_of(spec: ListSpec, round: Round) -> tuple[FieldSection, ...]:
    """Return the fields in the order and words of the layout's scheme, else of the round's own."""
    scheme = round.field_scheme
    if spec.field_scheme_code:
        named = FieldScheme.objects.filter(code=spec.field_scheme_code).first()
        scheme = named or scheme
    labels = FieldLabel.objects.filter(scheme=scheme).order_by("order")
    found = [FieldSection(*row) for row in labels.values_list("field", "label", "topics")]
    known = {section.field for section in found}
    # a scheme that lacks a field must not make its registrations vanish from the list
    return (
        *found,
        *(FieldSection(f, words, "") for f, words in FIELD_WORDS.items() if f not in known),
    )


def level_names() -> dict[int, str]:
    """Return the levels as papers write them."""
    return {pk: name[:1].upper() + name[1:] for pk, name in Level.objects.values_list("pk", "name")}


def asks_one_unit(round: Round, area: Area) -> bool:
    """Tell whether the list is one unit's own: the unit is asked, and nothing below it is."""
    asked = Participation.objects.filter(round=round)
    return (
        asked.filter(organisation=area.pk).exists()
        and not asked.filter(path__startswith=area.path).exclude(organisation=area.pk).exists()
    )


# papers are in Vietnamese whatever the language of the screen
FIELD_WORDS = {
    Field.ECONOMY.value: "Kinh tế",
    Field.CULTURE_SOCIETY.value: "Văn hóa - xã hội",
    Field.DEFENCE_SECURITY.value: "Quốc phòng - an ninh",
    Field.POLITICAL_SYSTEM.value: "Xây dựng hệ thống chính trị",
}
