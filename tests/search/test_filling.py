"""The index is made piece by piece: nothing is lost, doubled or out of order on the way."""

import pytest
from django_q.models import Schedule
from tests.factories.exemplars import IN_TIME
from tests.search.asking import found_by

from kheo.exemplars.actions import save_draft
from kheo.exemplars.models import Registration
from kheo.search.actions import (
    begin_filling,
    entry_gaps,
    fill_empty_index,
    fill_piece,
    hold_merging,
    index_is_sound,
    merge_index,
    refresh_statistics,
)
from kheo.search.actions import filling as filling_module
from kheo.search.models import Filling, SearchEntry
from kheo.search.queries.progress import filling_progress
from kheo.search.tasks import fill_index

NAMES = ["Camera an ninh số một", "Camera an ninh số hai", "Camera an ninh số ba"]


@pytest.fixture
def rows(stage) -> list[Registration]:
    return [stage.registration(name=name) for name in NAMES]


@pytest.fixture
def emptied(rows) -> list[Registration]:
    SearchEntry.objects.all().delete()
    return rows


def fill_registrations_but_one() -> None:
    """Go on until one registration is left."""
    while Filling.objects.filter(kind="registration").exists():
        filling = fill_piece(size=1)
        if filling.kind == "registration" and filling.done == len(NAMES) - 1:
            return


def test_a_large_database_is_filled_in_the_background_newest_first(
    stage, emptied, monkeypatch
) -> None:
    monkeypatch.setattr(filling_module, "FEW", 1)
    fill_empty_index()
    assert not SearchEntry.objects.exists()
    assert Schedule.objects.filter(func="kheo.search.tasks.fill_index").exists()
    fill_registrations_but_one()
    assert found_by(stage.clerk, "camera") == [NAMES[2], NAMES[1]]
    told = filling_progress()
    assert 0 < told.done < told.total
    assert told.percent < 100
    fill_index()
    assert found_by(stage.clerk, "camera") == list(reversed(NAMES))
    assert filling_progress() is None
    assert not Schedule.objects.filter(func="kheo.search.tasks.fill_index").exists()
    assert list(entry_gaps()) == []
    assert index_is_sound()


def test_what_is_written_meanwhile_is_found_at_once_and_stays_newest(stage, emptied) -> None:
    begin_filling()
    stage.registration(name="Camera an ninh số bốn")
    oldest = emptied[0]
    oldest.refresh_from_db()
    save_draft(
        registration=oldest,
        values={"scope": "Thôn Mới"},
        version=oldest.version,
        by=stage.head,
        at=IN_TIME,
    )
    assert found_by(stage.clerk, "camera")[-1] == "Camera an ninh số bốn"
    fill_index()
    assert found_by(stage.clerk, "camera") == ["Camera an ninh số bốn", *reversed(NAMES)]
    assert found_by(stage.clerk, "thon moi") == [NAMES[0]]
    assert list(entry_gaps()) == []
    assert index_is_sound()


def test_everything_is_found_while_it_is_made_anew_and_what_is_gone_disappears(stage, rows) -> None:
    SearchEntry.objects.create(kind="registration", record_id=999_999, title="x", words="camera")
    begin_filling(kind="registration")
    for _piece in range(2):
        fill_piece(size=1)
        assert set(found_by(stage.clerk, "camera")) == set(NAMES)
    begin_filling(kind="registration")
    fill_index()
    assert found_by(stage.clerk, "camera") == list(reversed(NAMES))
    assert not SearchEntry.objects.filter(record_id=999_999).exists()


def test_merging_that_was_held_leaves_the_index_right(stage, rows) -> None:
    hold_merging()
    stage.registration(name="Đèn đường")
    assert merge_index() >= 1
    refresh_statistics()
    assert found_by(stage.clerk, "den duong") == ["Đèn đường"]
    assert index_is_sound()
