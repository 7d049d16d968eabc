"""Keeps the dated paths of the tree true after a change of parent."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from kheo.organisations.models import Organisation, Placement, Seat
from kheo.organisations.queries.offered import ORGANISATION, PERSON
from kheo.search.actions import index_records

FOREVER = date.max


class StructureError(Exception):
    """The change would leave the tree broken; the message says how."""


@dataclass
class _Spans:
    """The main placements of some organisations and of all who stood above or below them."""

    moving: set[int]
    rows: dict[int, list[Placement]] = field(default_factory=lambda: defaultdict(list))

    def on(self, pk: int, day: date) -> Placement | None:
        """Return the placement that holds on a day."""
        return next((row for row in self.rows[pk] if row.valid_from <= day < _end(row)), None)


def retrace(organisation_ids: Collection[int], *, since: date) -> set[int]:
    """Write the paths of organisations and of all below them anew, from a day on.

    Placements whose superiors changed in the meantime are parted on the day of the change. Returns
    the keys of all organisations that were looked at.

    :raises StructureError: when an organisation would stand under itself, or under one that does
        not exist at the time.
    """
    spans = _load(organisation_ids)
    slices = _slices(spans, since)
    for pk in spans.moving:
        _rewrite(spans, pk, slices, since)
    return spans.moving


def _load(organisation_ids: Collection[int]) -> _Spans:
    spans = _Spans(moving=set(organisation_ids))
    frontier: set[int] = set(organisation_ids)
    main = Placement.objects.filter(is_main=True).order_by("valid_from")
    while frontier:
        below = set(main.filter(parent__in=frontier).values_list("organisation_id", flat=True))
        frontier = below - spans.moving
        spans.moving |= frontier
    for row in main.filter(organisation__in=spans.moving):
        spans.rows[row.organisation_id].append(row)
    parents = {row.parent_id for rows in spans.rows.values() for row in rows if row.parent_id}
    for row in main.filter(organisation__in=parents - spans.moving):
        spans.rows[row.organisation_id].append(row)
    return spans


def _slices(spans: _Spans, since: date) -> list[date]:
    """Return the days on which anything changes, from ``since`` on."""
    edges = {since}
    for rows in spans.rows.values():
        for row in rows:
            edges |= {row.valid_from, _end(row)}
    return sorted(edge for edge in edges if since <= edge < FOREVER)


def _rewrite(spans: _Spans, pk: int, slices: list[date], since: date) -> None:
    rows = [row for row in spans.rows[pk] if _end(row) > since]
    wanted = list(_pieces(spans, pk, slices))
    kept = [row for row in spans.rows[pk] if row.valid_from < since < _end(row)]
    for row in kept:
        # the piece before the change keeps its path
        wanted = _joined_to(row, wanted, since)
    if [_shape(row) for row in rows] == [_shape(row) for row in wanted]:
        return
    Placement.objects.filter(pk__in=[row.pk for row in rows]).delete()
    Placement.objects.bulk_create(wanted)


def _joined_to(row: Placement, pieces: list[Placement], since: date) -> list[Placement]:
    first = pieces[0]
    if (first.parent_id, first.path) == (row.parent_id, row.path):
        first.valid_from = row.valid_from
        return pieces
    return [_piece(row, row.valid_from, since, row.path), *pieces]


def _pieces(spans: _Spans, pk: int, slices: list[date]) -> Iterator[Placement]:
    """Yield the placements from the first slice on, parted where the path changes."""
    pending: Placement | None = None
    for start, end in zip(slices, [*slices[1:], FOREVER], strict=True):
        row = spans.on(pk, start)
        if row is None:
            if pending is not None:
                yield pending
            pending = None
            continue
        path = _path(spans, pk, start, ())
        same = pending is not None and (pending.parent_id, pending.path) == (row.parent_id, path)
        if pending is not None and same and pending.valid_to == start:
            pending.valid_to = None if end == FOREVER else end
            continue
        if pending is not None:
            yield pending
        pending = _piece(row, start, end, path)
    if pending is not None:
        yield pending


def _piece(row: Placement, start: date, end: date, path: str) -> Placement:
    return Placement(
        organisation_id=row.organisation_id,
        parent_id=row.parent_id,
        line=row.line,
        is_main=True,
        path=path,
        valid_from=start,
        valid_to=None if end == FOREVER else end,
    )


def _path(spans: _Spans, pk: int, day: date, below: tuple[int, ...]) -> str:
    row = spans.on(pk, day)
    if row is None:
        raise StructureError(_absent(pk, day))
    if pk not in spans.moving:
        return row.path
    if pk in below:
        raise StructureError(_("An organisation cannot stand below itself."))
    if row.parent_id is None:
        return f".{pk}."
    return f"{_path(spans, row.parent_id, day, (*below, pk))}{pk}."


def _absent(pk: int, day: date) -> str:
    name = Organisation.objects.values_list("name", flat=True).get(pk=pk)
    return _("“%(name)s” does not exist on %(day)s, so nothing can stand below it.") % {
        "name": name,
        "day": f"{day:%d/%m/%Y}",
    }


def _end(row: Placement) -> date:
    return row.valid_to or FOREVER


def _shape(row: Placement) -> tuple[object, ...]:
    return (row.parent_id, row.path, row.line, row.valid_from, row.valid_to)


def refresh_present(organisation_ids: Iterable[int], *, day: date) -> None:
    """Repeat the rows that hold on a day in the organisations themselves.

    What has ended, or not begun, keeps its last or first row.
    """
    organisations = Organisation.objects.in_bulk(list(organisation_ids))
    placements = _rows_of_day(Placement.objects.filter(is_main=True), organisations, day)
    for pk, organisation in organisations.items():
        row = placements.get(pk)
        if row is not None:
            organisation.parent_id, organisation.path = row.parent_id, row.path
    Organisation.objects.bulk_update(organisations.values(), ["parent", "path"], batch_size=300)
    _find_at_new_places(list(organisations))


def _find_at_new_places(keys: list[int]) -> None:
    # theirs are the entries of the organisations themselves and of the people in them
    for start in range(0, len(keys), 300):
        some = keys[start : start + 300]
        places = Organisation.objects.filter(pk__in=some).select_related("kind")
        index_records(kind=ORGANISATION, records=places)
        seats = Seat.objects.filter(organisation__in=some)
        index_records(kind=PERSON, records=seats.select_related("user", "organisation"))


def _rows_of_day(rows: object, organisations: Collection[int], day: date) -> dict[int, Placement]:
    found: dict[int, Placement] = {}
    ordered = rows.filter(organisation__in=organisations).order_by("valid_from")  # type: ignore[attr-defined]
    for row in ordered:
        if row.valid_from <= day or row.organisation_id not in found:
            found[row.organisation_id] = row
    return found
