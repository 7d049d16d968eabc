"""A long import is saved in the background: once, whole, or not at all and with a reason."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.factories.exemplars import IN_TIME, Stage
from tests.intake.conftest import plain_file, row_of

from kheo.audit.models import Entry
from kheo.exemplars.models import Registration
from kheo.intake.actions import (
    StaleIntakeError,
    abandon_intake,
    decide_entries,
    order_saving,
    save_intake,
)
from kheo.intake.enums import Decision, IntakeState
from kheo.intake.models import Intake, IntakeEntry
from kheo.intake.tasks import save_intake_rows
from kheo.organisations.rules import NotAllowedError
from kheo.rounds.enums import RoundState

LATER = IN_TIME + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def queued(monkeypatch) -> list[tuple[object, ...]]:
    """What was put into the queue of the background work."""
    given: list[tuple[object, ...]] = []
    monkeypatch.setattr("kheo.intake.actions.saving.async_task", lambda *told: given.append(told))
    return given


@pytest.fixture
def ordered(stage: Stage, take) -> Intake:
    """Return an import of two rows whose saving waits for its turn."""
    intake = take(m3__xlsx=plain_file(row_of(), row_of("Camera an ninh")))
    return order_saving(intake=intake, version=intake.version, by=stage.clerk, at=LATER)


def carried_out(intake: Intake, stage: Stage) -> Intake:
    save_intake_rows(intake.pk, stage.clerk.pk)
    intake.refresh_from_db()
    return intake


def test_the_rows_are_saved_when_their_turn_comes(
    stage: Stage, take, queued, django_capture_on_commit_callbacks
) -> None:
    intake = take(m3__xlsx=plain_file(row_of(), row_of("Camera an ninh")))
    with django_capture_on_commit_callbacks(execute=True):
        told = order_saving(intake=intake, version=intake.version, by=stage.clerk, at=LATER)
    assert told.state == IntakeState.SAVING
    assert not Registration.objects.exists()
    assert queued == [("kheo.intake.tasks.save_intake_rows", intake.pk, stage.clerk.pk)]
    assert carried_out(intake, stage).state == IntakeState.SAVED
    names = Registration.objects.order_by("order").values_list("name", flat=True)
    assert list(names) == ["Vận động nhân dân hiến đất mở rộng đường", "Camera an ninh"]
    verbs = Entry.objects.filter(record_type="intake.intake").order_by("sequence")
    assert list(verbs.values_list("verb", flat=True)) == [
        "intake.receive",
        "intake.order",
        "intake.save",
    ]


def test_what_is_ordered_twice_or_given_out_twice_is_saved_once(
    stage: Stage, ordered: Intake
) -> None:
    again = order_saving(intake=ordered, version=1, by=stage.clerk, at=LATER)
    assert again.state == IntakeState.SAVING
    # the double click of somebody whose page still offers the plain button
    assert save_intake(intake=ordered, version=1, by=stage.clerk, at=LATER).state == "saving"
    carried_out(ordered, stage)
    carried_out(ordered, stage)
    assert Registration.objects.count() == 2
    assert Entry.objects.filter(verb="intake.save").count() == 1


def test_nothing_is_corrected_while_rows_are_being_saved(stage: Stage, ordered: Intake) -> None:
    row = IntakeEntry.objects.last()
    with pytest.raises(NotAllowedError, match="đang được lưu"):
        decide_entries(
            intake=ordered, entries=[row.pk], decision=Decision.LEAVE, by=stage.head, at=LATER
        )


def test_another_windows_change_keeps_an_order_back(stage: Stage, take) -> None:
    intake = take(m3__xlsx=plain_file(row_of(), row_of("Camera an ninh")))
    seen = intake.version
    row = IntakeEntry.objects.last()
    decide_entries(
        intake=intake, entries=[row.pk], decision=Decision.LEAVE, by=stage.head, at=LATER
    )
    with pytest.raises(StaleIntakeError):
        order_saving(intake=intake, version=seen, by=stage.clerk, at=LATER)
    intake.refresh_from_db()
    assert intake.state == IntakeState.WAITING


def test_problems_and_strangers_keep_an_order_back(stage: Stage, take) -> None:
    wrong = take(m3__xlsx=plain_file(row_of(level="nowhere")))
    with pytest.raises(NotAllowedError, match="Hãy sửa các vấn đề"):
        order_saving(intake=wrong, version=wrong.version, by=stage.clerk, at=LATER)
    good = take(b__xlsx=plain_file(row_of("Đường hoa")))
    with pytest.raises(NotAllowedError):
        order_saving(intake=good, version=good.version, by=stage.officer, at=LATER)
    assert not Registration.objects.exists()


def test_a_refusal_is_told_and_the_import_waits_again(
    stage: Stage, ordered: Intake, signed_in
) -> None:
    round = ordered.round
    round.state = RoundState.CLOSED
    round.save(update_fields=["state"])
    told = carried_out(ordered, stage)
    assert told.state == IntakeState.WAITING
    assert told.setback
    assert not Registration.objects.exists()
    shown = signed_in(stage.clerk).get(reverse("intake:detail", args=[told.pk]))
    assert told.setback in shown.content.decode()
    assert "Chưa lưu được các dòng" in shown.content.decode()
    round.state = RoundState.OPEN
    round.save(update_fields=["state"])
    order_saving(intake=told, version=told.version, by=stage.clerk, at=LATER)
    saved = carried_out(told, stage)
    assert (saved.state, saved.setback) == (IntakeState.SAVED, "")
    assert Registration.objects.count() == 2


def test_an_accident_keeps_nothing_and_tells(stage: Stage, ordered: Intake, monkeypatch) -> None:
    def fail(*_told) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("kheo.intake.actions.saving._link", fail)
    told = carried_out(ordered, stage)
    assert told.state == IntakeState.WAITING
    assert "Có trục trặc khi lưu" in told.setback
    assert not Registration.objects.exists()
    assert "disk" not in told.setback


def test_what_waits_for_its_turn_can_be_given_up(stage: Stage, ordered: Intake) -> None:
    abandon_intake(intake=ordered, by=stage.clerk, at=LATER)
    assert carried_out(ordered, stage).state == IntakeState.ABANDONED
    assert not Registration.objects.exists()


def test_the_page_orders_a_long_list_and_asks_how_far_it_is(
    stage: Stage, take, signed_in, monkeypatch
) -> None:
    monkeypatch.setattr("kheo.intake.views.correcting.SAVED_AT_ONCE", 1)
    intake = take(m3__xlsx=plain_file(row_of(), row_of("Camera an ninh")))
    client = signed_in(stage.clerk)
    answer = client.post(
        reverse("intake:save", args=[intake.pk]), {"version": intake.version}, follow=True
    )
    shown = answer.content.decode()
    assert "Đang lưu 2 dòng" in shown
    assert 'hx-trigger="every 2s"' in shown
    assert reverse("intake:abandon", args=[intake.pk]) in shown
    assert reverse("intake:save", args=[intake.pk]) not in shown
    carried_out(intake, stage)
    part = client.get(reverse("intake:detail", args=[intake.pk]), headers={"HX-Request": "true"})
    assert "Đã lập 2 bản nháp" in part.content.decode()
    assert "hx-trigger" not in part.content.decode()
