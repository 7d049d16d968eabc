"""Reviews of the greatest size: all annexes of a report, and a heading with 170 answers below it.

All is done in one transaction that is taken back in the end: the world stays as it was.
"""

import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from django.db import transaction
from django.test import Client
from django.utils import timezone

from bench.probes import CENTRE, YEARS
from bench.timing import Measurement, percentile
from kheo.organisations.models import Organisation, Seat
from kheo.reviews.enums import ReportState, ReviewState
from kheo.reviews.models import Answer, OutlineHeading, Report, Review, TableDesign
from kheo.reviews.queries.annex_data import AnnexData
from kheo.reviews.queries.checks import problems_of
from kheo.reviews.queries.scopes import registered_rows
from kheo.reviews.queries.tables import annex_tables

# issue 6: a province has 170 communes, an outline 30 headings; a heading opens in 300 ms
BODIES, HEADINGS, ASKED = 170, 30, 20
OPENED = 300.0
# all annexes over 30,000 models in 2 s, over a million in 10 s
ANNEXES = ((60_000, 2.0), (10_000_000, 10.0))
ANSWER = (
    "Đã đăng ký 12 mô hình, điển hình; vận động nhân dân hiến 1.200 m² đất mở rộng đường.\n"
    "- Công tác tuyên truyền được duy trì thường xuyên.\n"
) * 6


def measure_reviews() -> list[Measurement]:
    """Measure annexes, checks and the opening of a heading on the world as it is."""
    with transaction.atomic():
        found = list(_measure())
        transaction.set_rollback(True)
    return found


def _measure() -> Iterator[Measurement]:
    officer = Seat.objects.select_related("user", "organisation").get(user__username=CENTRE)
    report = _report(officer)
    yield _annexes(report)
    yield _checks(report)
    yield from _headings(officer, report)


def _report(officer: Seat) -> Report:
    """Return the report of the body at the top, with those of 170 bodies below it answered."""
    now = timezone.now()
    owner = Organisation.objects.get(pk=officer.organisation.reach_id)
    review = Review.objects.create(
        organiser=owner,
        organiser_path=owner.path,
        kind="final",
        title="Tổng kết",
        period_from=date(YEARS[0], 1, 1),
        period_to=date(YEARS[1], 12, 31),
        state=ReviewState.OPEN,
        created_at=now,
    )
    for order, design in enumerate(TableDesign.objects.filter(owner=None), start=2):
        review.annexes.create(title=design.name, design=design, order=order)
    review.annexes.create(title="Văn bản", layout_code="documents", order=1)
    top = _made(review, owner, None)
    headings = [
        OutlineHeading(review=review, number=str(number), title=f"Mục {number}", order=number)
        for number in range(1, HEADINGS + 1)
    ]
    OutlineHeading.objects.bulk_create(headings)
    below = Organisation.objects.filter(path__startswith=owner.path).exclude(pk=owner.pk)
    for body in below.order_by("pk")[:BODIES]:
        child = _made(review, body, top)
        Answer.objects.bulk_create(
            Answer(report=child, heading=heading, body=ANSWER) for heading in headings
        )
    return top


def _made(review: Review, body: Organisation, parent: Report | None) -> Report:
    now = timezone.now()
    return Report.objects.create(
        review=review,
        parent=parent,
        organisation=body,
        unit_name=body.name,
        path=body.path,
        state=ReportState.SUBMITTED if parent else ReportState.DRAFTING,
        asked_at=now,
        submitted_at=now if parent else None,
    )


def _annexes(report: Report) -> Measurement:
    data = AnnexData(report)
    count = registered_rows(data.scope, data.years).count()
    taken = min(_seconds(lambda: annex_tables(report)) for _turn in range(3))
    laps = {
        "models, each once": round(_seconds(lambda: AnnexData(report).models), 2),
        "and their units": round(_seconds(lambda: AnnexData(report).models_by_unit), 2),
        "entries of each year": round(_seconds(lambda: AnnexData(report).entries), 2),
    }
    return Measurement(
        name=f"all {report.review.annexes.count()} annexes over {count:,} registrations",
        value=round(taken, 2),
        unit="s",
        target=next(seconds for most, seconds in ANNEXES if count <= most),
        details=laps,
    )


def _checks(report: Report) -> Measurement:
    taken = min(_seconds(lambda: problems_of(report)) for _turn in range(3))
    return Measurement(name="checks of a report", value=round(taken, 2), unit="s", details={})


def _headings(officer: Seat, report: Report) -> Iterator[Measurement]:
    client = Client(SERVER_NAME="localhost")
    client.force_login(officer.user, backend="django.contrib.auth.backends.ModelBackend")
    keys = list(report.review.headings.values_list("pk", flat=True))
    for name, rest in (("opened to write", ""), ("with all answers below", "/below")):
        pages = [
            f"/reviews/reports/{report.pk}/headings/{keys[turn % HEADINGS]}{rest}"
            for turn in range(ASKED)
        ]
        times = sorted(_seconds(partial(_ask, client, page)) * 1000 for page in pages)
        yield Measurement(
            name=f"a heading {name}, {BODIES} bodies, p50",
            value=round(percentile(times, 0.5), 1),
            target=OPENED,
            details={"p95": round(percentile(times, 0.95), 1)},
        )


def _ask(client: Client, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 200, (page, answer.status_code)


def _seconds(deed: Callable[[], object]) -> float:
    started = time.perf_counter()
    deed()
    return time.perf_counter() - started
