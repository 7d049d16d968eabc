"""Measures papers and workbooks: time, and how much memory a process of its own needs for them."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import chain, islice, repeat
from typing import Any, cast

from bench.timing import Measurement
from kheo.exemplars.models import Registration
from kheo.lib.papers.certificates import Certificate, CertificateForm, certificates_to_pdf
from kheo.lib.papers.render import Format, render
from kheo.lib.sheets.writing import write_rows
from kheo.organisations.models import Organisation
from kheo.organisations.papers.letterheads import issuer_of
from kheo.reporting.papers.lists import ListPaper, list_paper
from kheo.reporting.papers.texts import text_values
from kheo.reporting.queries.lists import (
    ListRow,
    level_names,
    list_layouts,
    list_spec,
    rows_of_list,
    sections_of,
)
from kheo.reporting.queries.registrations import level_labels, plain_rows
from kheo.reporting.sheets import registration_columns, registration_values
from kheo.rounds.models import Round

ROWS_OF_PAPER = 5_000
ROWS_OF_WORKBOOK = 100_000
CERTIFICATES = 1_000
# design: a list of 5,000 rows as Word in 3 s and as Excel in 1 s; 100,000 rows in 4 s and 150 MB
SECONDS: dict[str, float | None] = {
    "docx": 3.0,
    "xlsx": 1.0,
    "pdf": None,
    # issue 5: 1,000 certificates as one PDF in 20 s
    "certificates": 20.0,
    "rows": 4.0,
}
MOST_MEMORY = 150.0
NAMES = {
    "docx": "list of 5,000 rows as Word",
    "xlsx": "list of 5,000 rows as Excel",
    "pdf": "list of 5,000 rows as PDF",
    "certificates": "1,000 certificates as one PDF",
    "rows": "100,000 rows as Excel, streamed",
}
LONGEST = 300


def measure_papers() -> list[Measurement]:
    """Measure each kind of file in a process of its own."""
    found = []
    for kind, target in SECONDS.items():
        command = [sys.executable, "-m", "bench", "one-file", kind]
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=True)
        details = json.loads(done.stdout.splitlines()[-1])
        seconds = details.pop("seconds")
        found.append(
            Measurement(name=NAMES[kind], value=seconds, unit="s", target=target, details=details)
        )
        print(f"  {NAMES[kind]}: {seconds} s, {details}", flush=True)
    memory = found[-1].details["more_memory_mb"]
    found.append(
        Measurement(
            name="memory for 100,000 rows", value=memory, unit="MB", target=MOST_MEMORY, details={}
        )
    )
    return found


def one_file(kind: str) -> None:
    """Write one file and print how long it took and how much memory it needed."""
    Registration.objects.first()
    before = _peak_memory()
    start, cpu = time.perf_counter(), time.process_time()
    size = _size_of(kind)
    result = {
        "seconds": round(time.perf_counter() - start, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "more_memory_mb": round(_peak_memory() - before, 1),
        "size_mb": round(size / 1e6, 1),
    }
    print(json.dumps(result))


def _size_of(kind: str) -> int:
    if kind == "rows":
        return _write_rows()
    return len(_certificates() if kind == "certificates" else _paper(cast("Format", kind)))


def _certificates() -> bytes:
    """Set a thousand certificates of registrations, as a decision on them would."""
    rows = Registration.objects.registered().order_by("-year", "path", "pk")
    named = islice(chain.from_iterable(rows[:CERTIFICATES] for _turn in repeat(None)), CERTIFICATES)
    sheets = [
        Certificate(
            name=row.name,
            place=row.unit_name,
            achievement=row.expected_results[:700],
            book_number=f"Số vào sổ: {number:02}/{row.year}",
        )
        for number, row in enumerate(named, start=1)
    ]
    form = CertificateForm(
        motto=("ĐẢNG CỘNG SẢN VIỆT NAM",),
        issuer=("BAN THƯỜNG VỤ TỈNH ỦY",),
        deed="TẶNG",
        kind="Bằng khen",
        decision="Quyết định số 127-QĐ/TU ngày 10/10/2025",
        place_and_date="Bắc Giang, ngày 10 tháng 10 năm 2025",
        authority="T/M BAN THƯỜNG VỤ",
        position="PHÓ BÍ THƯ",
        signatory="Nguyễn Văn Mẫu",
    )
    return certificates_to_pdf(form, sheets)


def _paper(fmt: Format) -> bytes:
    row = Round.objects.select_related("organiser__kind", "field_scheme", "governing_document")
    round = row.order_by("-year", "pk")[0]
    layout = list_layouts(round).filter(code="M3")[0]
    spec = list_spec(layout)
    organisation = Organisation.objects.select_related("kind").get(pk=round.organiser_id)
    made_of = ListPaper(
        spec=spec,
        texts=text_values(round, organisation.name),
        issuer=issuer_of(organisation, round.opens_on),
        dated=round.opens_on,
        sections=sections_of(spec, round),
        levels=level_names(),
        names_units=True,
    )
    return render(list_paper(made_of, _rows_of_paper()), fmt)


def _rows_of_paper() -> Iterator[ListRow]:
    registered = Registration.objects.registered().order_by("-year", "path", "pk")
    return rows_of_list(registered[:ROWS_OF_PAPER])


def _write_rows() -> int:
    rows = Registration.objects.order_by("-year", "path", "pk")[:ROWS_OF_WORKBOOK]
    with tempfile.TemporaryFile() as file:
        write_rows(
            file,
            title="Registrations",
            columns=registration_columns(),
            rows=registration_values(_enough(lambda: plain_rows(rows)), level_labels()),
        )
        return file.tell()


def _enough(read: Callable[[], Iterator[tuple[Any, ...]]]) -> Iterator[tuple[Any, ...]]:
    """Read a small world again and again, until there are as many rows as are wanted."""
    return islice(chain.from_iterable(read() for _turn in repeat(None)), ROWS_OF_WORKBOOK)


def _peak_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
