"""Imports files as people do: two hundred workbooks of twenty rows, one list of 20,000 rows.

What is saved is taken back in the end: the world stays as it was.
"""

import io
import resource
import tempfile
import time
from collections.abc import Callable, Iterable
from typing import Any

import openpyxl
from django.db import transaction
from django.test.utils import override_settings
from django.utils import timezone

from bench.probes import CENTRE
from bench.timing import Measurement
from kheo.exemplars.models import Registration
from kheo.intake.actions import read_waiting_files, receive_files, save_intake
from kheo.intake.actions.correcting import rejudge
from kheo.intake.models import Intake
from kheo.intake.papers import COLUMNS
from kheo.intake.queries.stamps import stamp_text
from kheo.intake.queries.uploads import Handed
from kheo.lib.extraction.forms.reading import read_forms
from kheo.lib.sheets.blanks import BlankColumn, BlankSheet, write_blank
from kheo.organisations.models import Seat
from kheo.rounds.models import Participation, Round

WORKBOOKS, ROWS_OF_EACH, LONG = 200, 20, 20_000
# issue 3: a list of 20,000 rows is checked in 5 s and saved in 10 s; seconds of the processor
CHECKED, SAVED = 5.0, 10.0
SHOWN = {
    "name": "Vận động nhân dân hiến đất mở rộng đường liên thôn số {number}",
    "address": "Thôn Đồng",
    "form": "Tập thể",
    "field": "Kinh tế",
    "level": "Xã",
    "content": "Họp dân bàn cách làm, công khai phương án; mỗi hộ góp {number} ngày công.",
    "starts": "tháng 3/{year}",
    "ends": "tháng 11/{year}",
    "scope": "Thôn Đồng và các thôn liền kề",
    "expected_results": "Mở rộng {number} km đường bê tông, 40 hộ tham gia",
}


def measure_importing() -> list[Measurement]:
    """Measure both imports on the world as it is, beside a plain script that only reads."""
    return [*_measure(WORKBOOKS, ROWS_OF_EACH), *_measure(1, LONG)]


def workbook(part: Participation, first: int, rows: int) -> bytes:
    """Return a filled list of a unit with so many rows, numbered from ``first``."""
    columns = tuple(BlankColumn(title=COLUMNS[key][0], width=COLUMNS[key][1]) for key in SHOWN)
    return write_blank(
        BlankSheet(
            name="Danh sách",
            head=(part.unit_name, "DANH SÁCH ĐĂNG KÝ MÔ HÌNH, ĐIỂN HÌNH “DÂN VẬN KHÉO”"),
            columns=(BlankColumn(title="STT", width=5), *columns),
            rows=tuple(_row(part, number) for number in range(first, first + rows)),
            stamp=stamp_text(part),
        )
    )


def _row(part: Participation, number: int) -> tuple[str, ...]:
    told = {"number": number, "year": part.round.year}
    return (str(number), *(text.format(**told) for text in SHOWN.values()))


def _measure(books: int, rows: int) -> Iterable[Measurement]:
    seat = Seat.objects.select_related("user", "organisation__kind").get(user__username=CENTRE)
    round = Round.objects.filter(organiser=seat.organisation.reach_id).latest("pk")
    asked = round.participations.filter(audience__order=1).select_related("round")
    parts = list(asked.order_by("pk")[:books])
    files = [workbook(part, 1 + rows * at, rows) for at, part in enumerate(parts)]
    name = f"{len(files)} workbooks of {rows} rows" if books > 1 else f"a list of {rows:,} rows"
    plain = _cpu(lambda: _openpyxl(files))
    with tempfile.TemporaryDirectory() as media, override_settings(MEDIA_ROOT=media):
        yield from _import(name, files, rows, seat, round, plain)


def _import(
    name: str, files: list[bytes], rows: int, seat: Seat, round: Round, plain: float
) -> Iterable[Measurement]:
    handed = [Handed(name=f"{at}.xlsx", content=one) for at, one in enumerate(files)]
    now, many = timezone.now(), len(files) * rows
    with transaction.atomic():
        intake = receive_files(round=round, files=handed, by=seat, at=now)
        forms = _cpu(lambda: [read_forms(one, "a.xlsx") for one in files])
        before, memory = Registration.objects.count(), _peak_memory()
        reading = _cpu(lambda: read_waiting_files(intake=intake))
        checking = _cpu(lambda: _no_problems(intake))
        intake.refresh_from_db()
        saving = _cpu(lambda: save_intake(intake=intake, version=intake.version, by=seat, at=now))
        memory = _peak_memory() - memory
        assert Registration.objects.count() - before == many
        transaction.set_rollback(True)
    goal: dict[str, float | None] = {"checked": CHECKED, "saved": SAVED}
    taken = {"read and checked": reading, "checked": checking, "saved": saving}
    more: dict[str, Any] = {"openpyxl only reading": round_(plain), "read alone": round_(forms)}
    more |= {"more memory mb": round_(memory)}
    for deed, seconds in taken.items():
        # the targets are told for the long list
        target = goal.get(deed) if many == LONG else None
        yield Measurement(
            name=f"{name}, {deed}", value=round_(seconds), unit="s", target=target, details=more
        )
        print(f"  {name}, {deed}: {seconds:.2f} s, {more}", flush=True)


def _no_problems(intake: Intake) -> None:
    assert rejudge(intake) == 0


def _openpyxl(files: list[bytes]) -> int:
    """Read all cells with the plain script that people write."""
    return sum(
        len(row)
        for content in files
        for sheet in openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        for row in sheet.iter_rows(values_only=True)
    )


def _cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def round_(value: float) -> float:
    """Return a figure as it is told."""
    return round(value, 2)


def _peak_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
