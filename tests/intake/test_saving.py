"""What was read becomes drafts: all in one transaction, once, and linked with what is known."""

from datetime import timedelta

import pytest
from tests.factories.exemplars import IN_TIME, Stage
from tests.factories.rounds import make_s4_round
from tests.intake.conftest import plain_file, row_of

from kheo.audit.models import Entry
from kheo.audit.queries import broken_entries
from kheo.exemplars.actions import AlreadyRegisteredError, ContentError, FormNotAskedError
from kheo.exemplars.actions.importing import Proposal, start_many
from kheo.exemplars.enums import Continuity, State
from kheo.exemplars.models import Exemplar, Registration
from kheo.intake.actions import StaleIntakeError, abandon_intake, decide_entries, save_intake
from kheo.intake.enums import Decision, FileState, IntakeState, Link
from kheo.intake.models import IntakeEntry
from kheo.organisations.rules import NotAllowedError
from kheo.search.actions import entry_gaps

LATER = IN_TIME + timedelta(minutes=5)


def test_rows_become_drafts_of_the_unit_with_every_value(stage: Stage, take) -> None:
    intake = take(m3__xlsx=plain_file(row_of(), row_of("Camera an ninh", field="defence_security")))
    save_intake(intake=intake, version=intake.version, by=stage.clerk, at=LATER)
    first, second = Registration.objects.order_by("order")
    assert first.state == State.DRAFT
    assert first.organisation == stage.cast.communes[0]
    assert (first.name, first.field) == ("Vận động nhân dân hiến đất mở rộng đường", "economy")
    assert (first.starts, str(first.starts_on)) == ("Tháng 3/2024", "2024-03-01")
    assert first.level.code == "district"
    assert first.content == "Họp thôn bàn bạc, công khai phương án."
    assert (first.order, second.order) == (1, 2)
    assert second.exemplar.name == "Camera an ninh"
    assert second.exemplar.owner == stage.cast.communes[0]
    assert first.intake_entries.get().form.file.name == "m3.xlsx"


def test_many_rows_are_saved_audited_and_found_one_by_one(stage: Stage, take) -> None:
    rows = [
        row_of(f"Camera an ninh ngõ {number}", starts=f"{number}/2024") for number in range(1, 13)
    ]
    intake = take(m3__xlsx=plain_file(*rows))
    save_intake(intake=intake, version=intake.version, by=stage.clerk, at=LATER)
    kept = list(Registration.objects.order_by("pk").select_related("exemplar", "level"))
    assert [row.name for row in kept] == [row["name"] for row in rows]
    assert [row.exemplar.name for row in kept] == [row.name for row in kept]
    assert [row.order for row in kept] == list(range(1, 13))
    assert {row.level.code for row in kept} == {"district"}
    assert [str(row.starts_on) for row in kept][:2] == ["2024-01-01", "2024-02-01"]
    assert [entry.registration for entry in IntakeEntry.objects.order_by("pk")] == kept
    audited = Entry.objects.filter(verb="registration.import").order_by("record_id")
    assert list(audited.values_list("record_id", flat=True)) == [row.pk for row in kept]
    assert list(broken_entries()) == []
    assert list(entry_gaps()) == []


def test_saving_twice_saves_once(stage: Stage, take) -> None:
    intake = take(m3__xlsx=plain_file(row_of()))
    save_intake(intake=intake, version=intake.version, by=stage.clerk, at=LATER)
    again = save_intake(intake=intake, version=intake.version, by=stage.clerk, at=LATER)
    assert again.state == IntakeState.SAVED
    assert Registration.objects.count() == 1
    assert Entry.objects.filter(verb="intake.save").count() == 1
    assert Entry.objects.filter(verb="registration.import").count() == 1


def test_another_windows_change_keeps_a_save_back(stage: Stage, take) -> None:
    intake = take(m3__xlsx=plain_file(row_of(), row_of("Camera an ninh")))
    seen = intake.version
    last = IntakeEntry.objects.last()
    decide_entries(
        intake=intake, entries=[last.pk], decision=Decision.LEAVE, by=stage.head, at=LATER
    )
    with pytest.raises(StaleIntakeError):
        save_intake(intake=intake, version=seen, by=stage.clerk, at=LATER)
    assert not Registration.objects.exists()


def test_problems_keep_everything_back(stage: Stage, take) -> None:
    intake = take(m3__xlsx=plain_file(row_of(), row_of("Camera", **{"!level": "cấp xóm"})))
    with pytest.raises(NotAllowedError, match="vấn đề"):
        save_intake(intake=intake, version=intake.version, by=stage.clerk, at=LATER)
    assert not Registration.objects.exists()


def test_a_row_left_out_is_not_saved(stage: Stage, take) -> None:
    intake = take(m3__xlsx=plain_file(row_of(), row_of("Camera", **{"!level": "cấp xóm"})))
    bad = IntakeEntry.objects.last()
    decide_entries(
        intake=intake, entries=[bad.pk], decision=Decision.LEAVE, by=stage.clerk, at=LATER
    )
    intake.refresh_from_db()
    save_intake(intake=intake, version=intake.version, by=stage.clerk, at=LATER)
    assert Registration.objects.count() == 1
    bad.refresh_from_db()
    assert bad.registration is None


def test_last_years_model_of_the_name_is_continued(stage: Stage, take) -> None:
    before = stage.registration(State.ACCEPTED, name="Tổ liên gia tự quản")
    stage.round = make_s4_round(
        stage.cast, year=2025, opens_on=IN_TIME.date(), title="Đợt 2025", period=before.round.period
    )
    intake = take(m3__xlsx=plain_file(row_of("TỔ LIÊN GIA TỰ QUẢN"), year="2025"))
    assert IntakeEntry.objects.get().link == Link.CONTINUES
    save_intake(intake=intake, version=intake.version, by=stage.clerk, at=LATER)
    row = Registration.objects.get(round=stage.round)
    assert row.exemplar == before.exemplar
    assert row.previous == before
    assert row.continuity == Continuity.KEPT
    assert Exemplar.objects.count() == 1


def test_a_name_registered_in_the_round_is_left_out_unless_said_otherwise(
    stage: Stage, take
) -> None:
    draft = stage.registration(State.DRAFT, name="Camera an ninh")
    take(m3__xlsx=plain_file(row_of("Camera an ninh")))
    entry = IntakeEntry.objects.get()
    assert (entry.link, entry.decision, entry.earlier) == (Link.UPDATES, Decision.LEAVE, draft)


def test_a_draft_that_is_there_is_corrected_by_the_row(stage: Stage, take) -> None:
    draft = stage.registration(State.DRAFT, name="Camera an ninh", scope="Cũ")
    intake = take(m3__xlsx=plain_file(row_of("Camera an ninh", scope="Thôn Mới")))
    entry = IntakeEntry.objects.get()
    decide_entries(
        intake=intake, entries=[entry.pk], decision=Decision.TAKE, by=stage.clerk, at=LATER
    )
    intake.refresh_from_db()
    save_intake(intake=intake, version=intake.version, by=stage.clerk, at=LATER)
    draft.refresh_from_db()
    assert draft.scope == "Thôn Mới"
    assert Registration.objects.count() == 1


def test_an_officer_drafts_for_all_units_below(stage: Stage, take) -> None:
    intake = take(
        by=stage.officer,
        a__xlsx=plain_file(row_of(), unit="UBND xã An Dương, huyện Tân Yên"),
        b__xlsx=plain_file(row_of(), unit="Đảng ủy xã Cao Xá"),
    )
    save_intake(intake=intake, version=intake.version, by=stage.officer, at=LATER)
    units = set(Registration.objects.values_list("unit_name", flat=True))
    assert units == {"Đảng ủy xã An Dương", "Đảng ủy xã Cao Xá"}


def test_an_abandoned_import_saves_nothing_and_gives_its_files_free(stage: Stage, take) -> None:
    intake = take(m3__xlsx=plain_file(row_of()))
    abandon_intake(intake=intake, by=stage.clerk, at=LATER)
    with pytest.raises(NotAllowedError):
        save_intake(intake=intake, version=intake.version + 1, by=stage.clerk, at=LATER)
    again = take(m3__xlsx=plain_file(row_of()))
    assert again.files.get().state == FileState.READ


def test_a_stranger_saves_nothing(stage: Stage, take) -> None:
    intake = take(m3__xlsx=plain_file(row_of()))
    with pytest.raises(NotAllowedError):
        save_intake(intake=intake, version=intake.version, by=stage.officer, at=LATER)


def test_statements_for_one_unit_do_not_grow_with_its_rows(
    stage: Stage, take, django_assert_max_num_queries
) -> None:
    rows = [row_of(f"Mô hình số {number}") for number in range(60)]
    intake = take(m3__xlsx=plain_file(*rows))
    with django_assert_max_num_queries(60):
        save_intake(intake=intake, version=intake.version, by=stage.clerk, at=LATER)
    assert Registration.objects.count() == 60


def test_one_bad_proposal_keeps_all_back(stage: Stage) -> None:
    good = Proposal(participation_id=stage.part().pk, form="collective", values={"name": "Một"})
    bad = Proposal(participation_id=stage.part().pk, form="collective", values={"field": "sao"})
    with pytest.raises(ContentError):
        start_many(proposals=[good, bad], by=stage.clerk, at=LATER)
    assert not Registration.objects.exists()


def test_a_unit_without_the_form_gets_no_draft(stage: Stage) -> None:
    stage.part().audience.layouts.remove(*stage.part().audience.layouts.filter(code="M2"))
    person = Proposal(participation_id=stage.part().pk, form="individual", values={"name": "Mẫu"})
    with pytest.raises(FormNotAskedError):
        start_many(proposals=[person], by=stage.clerk, at=LATER)


def test_a_model_is_continued_once(stage: Stage) -> None:
    before = stage.registration(State.ACCEPTED)
    stage.round = make_s4_round(
        stage.cast, year=2025, opens_on=IN_TIME.date(), title="Đợt 2025", period=before.round.period
    )
    twice = [
        Proposal(participation_id=stage.part().pk, form="collective", previous=before)
        for _number in range(2)
    ]
    with pytest.raises(AlreadyRegisteredError):
        start_many(proposals=twice, by=stage.clerk, at=LATER)


def test_drafts_are_entered_by_the_unit_or_those_above_only(stage: Stage) -> None:
    proposal = Proposal(participation_id=stage.part().pk, form="collective", values={"name": "Một"})
    for seat in (stage.cast.stranger, stage.cast.leader, stage.head_of(stage.cast.communes[1])):
        with pytest.raises(NotAllowedError):
            start_many(proposals=[proposal], by=seat, at=LATER)
