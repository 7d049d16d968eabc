"""What a person puts right before anything is saved stays put right, and is never lost."""

from datetime import timedelta

import pytest
from tests.factories.exemplars import IN_TIME, Stage
from tests.intake.conftest import plain_file, row_of

from kheo.audit.models import Entry
from kheo.exemplars.models import Registration
from kheo.intake.actions import (
    IntakeError,
    StaleIntakeError,
    confirm_form,
    correct_entry,
    map_columns,
    save_intake,
)
from kheo.intake.actions.correcting import Correction
from kheo.intake.enums import Link
from kheo.intake.models import ColumnMemory, IntakeEntry, IntakeForm
from kheo.organisations.rules import NotAllowedError

LATER = IN_TIME + timedelta(minutes=5)


def codes() -> list[str]:
    return [problem["code"] for entry in IntakeEntry.objects.all() for problem in entry.problems]


def test_a_trouble_is_gone_once_a_person_says_what_is_meant(stage: Stage, take) -> None:
    intake = take(m3__xlsx=plain_file(row_of(level="", **{"!level": "cấp xóm"})))
    assert codes() == ["not_understood"]
    entry = IntakeEntry.objects.get()
    entry = correct_entry(
        entry=entry,
        correction=Correction(values={"level": "district"}),
        version=entry.version,
        by=stage.clerk,
        at=LATER,
    )
    assert entry.problems == []
    assert entry.form.file.problems == 0
    trace = Entry.objects.get(verb="intake.correct")
    assert (trace.before["level"], trace.after["level"]) == ("", "district")
    intake.refresh_from_db()
    save_intake(intake=intake, version=intake.version, by=stage.clerk, at=LATER)
    assert Registration.objects.get().level.code == "district"


def test_what_was_emptied_on_purpose_stays_empty(stage: Stage, take) -> None:
    take(m3__xlsx=plain_file(row_of(starts="", **{"!starts": "lúc nào rảnh"})))
    entry = IntakeEntry.objects.get()
    entry = correct_entry(
        entry=entry,
        correction=Correction(values={"starts": ""}),
        version=entry.version,
        by=stage.clerk,
        at=LATER,
    )
    assert entry.problems == []
    assert "starts" in entry.gaps


def test_two_windows_on_one_row_do_not_overwrite_each_other(stage: Stage, take) -> None:
    take(m3__xlsx=plain_file(row_of()))
    entry = IntakeEntry.objects.get()
    first = Correction(values={"scope": "Thôn Đông"})
    correct_entry(entry=entry, correction=first, version=1, by=stage.clerk, at=LATER)
    with pytest.raises(StaleIntakeError):
        correct_entry(
            entry=entry,
            correction=Correction(values={"scope": "Thôn Đoài"}),
            version=1,
            by=stage.head,
            at=LATER,
        )
    entry.refresh_from_db()
    assert entry.corrected == {"scope": "Thôn Đông"}


def test_a_correction_that_fits_nowhere_is_refused(stage: Stage, take) -> None:
    take(m3__xlsx=plain_file(row_of()))
    entry = IntakeEntry.objects.get()
    with pytest.raises(IntakeError):
        correct_entry(
            entry=entry,
            correction=Correction(link=Link.CONTINUES),
            version=1,
            by=stage.clerk,
            at=LATER,
        )


def test_the_same_name_twice_is_a_problem_until_one_row_changes(stage: Stage, take) -> None:
    take(m3__xlsx=plain_file(row_of(), row_of()))
    assert codes() == ["twice_here"]
    entry = IntakeEntry.objects.last()
    correct_entry(
        entry=entry,
        correction=Correction(values={"name": "Đường hoa"}),
        version=1,
        by=stage.clerk,
        at=LATER,
    )
    assert codes() == []


def test_a_unit_that_is_not_named_clearly_is_asked_for(stage: Stage, take) -> None:
    intake = take(by=stage.officer, m3__xlsx=plain_file(row_of(), unit="Chi bộ thôn Nguyễn"))
    form = IntakeForm.objects.get()
    assert form.participation is None
    assert form.file.problems == 1
    part = stage.part(stage.cast.communes[1])
    form = confirm_form(
        form=form, participation_id=part.pk, version=intake.version, by=stage.officer, at=LATER
    )
    assert (form.participation, form.confirmed) == (part, True)
    assert form.file.problems == 1  # as it was loaded; the page loads it anew
    form.file.refresh_from_db()
    assert form.file.problems == 0


def test_a_strange_unit_cannot_be_chosen(stage: Stage, take) -> None:
    intake = take(m3__xlsx=plain_file(row_of()))
    other = stage.part(stage.cast.communes[1])
    with pytest.raises(IntakeError):
        confirm_form(
            form=IntakeForm.objects.get(),
            participation_id=other.pk,
            version=intake.version,
            by=stage.clerk,
            at=LATER,
        )


@pytest.mark.parametrize(
    "head", [{"unit": "Đảng ủy xã Cao Xá"}, {"year": "2022"}], ids=["another unit", "another year"]
)
def test_another_unit_or_year_is_confirmed_by_a_person(stage: Stage, take, head) -> None:
    intake = take(m3__xlsx=plain_file(row_of(), **head))
    form = IntakeForm.objects.get()
    assert form.file.problems == 1
    confirm_form(
        form=form,
        participation_id=form.participation_id,
        version=intake.version,
        by=stage.clerk,
        at=LATER,
    )
    form.file.refresh_from_db()
    assert form.file.problems == 0


def test_an_older_page_does_not_change_whose_a_form_is(stage: Stage, take) -> None:
    take(by=stage.officer, m3__xlsx=plain_file(row_of()))
    form = IntakeForm.objects.get()
    for deed, values in (
        (confirm_form, {"participation_id": form.participation_id}),
        (map_columns, {"keys": {}}),
    ):
        with pytest.raises(StaleIntakeError):
            deed(form=form, version=0, by=stage.officer, at=LATER, **values)


def test_columns_are_read_as_a_person_says_and_remembered(stage: Stage, take) -> None:
    intake = take(m3__xlsx=plain_file(row_of(scope="", note="Thôn Nguyễn")))
    form = IntakeForm.objects.get()
    assert form.columns[-1]["key"] == "note"
    map_columns(
        form=form,
        keys={("Sheet1", 1, 5): "scope"},
        version=intake.version,
        by=stage.clerk,
        at=LATER,
    )
    assert IntakeEntry.objects.get().values["scope"][0] == "Thôn Nguyễn"
    assert ColumnMemory.objects.get().organisation == stage.cast.communes[0]
    take(next__xlsx=plain_file(row_of("Đường hoa", scope="", note="Thôn Đông")))
    assert IntakeEntry.objects.last().values["scope"][0] == "Thôn Đông"


def test_a_row_stays_corrected_when_the_columns_change(stage: Stage, take) -> None:
    intake = take(m3__xlsx=plain_file(row_of(scope="", note="Thôn Nguyễn")))
    entry = IntakeEntry.objects.get()
    correct_entry(
        entry=entry,
        correction=Correction(values={"name": "Đường hoa"}),
        version=1,
        by=stage.clerk,
        at=LATER,
    )
    intake.refresh_from_db()
    map_columns(
        form=entry.form,
        keys={("Sheet1", 1, 5): "scope"},
        version=intake.version,
        by=stage.clerk,
        at=LATER,
    )
    assert IntakeEntry.objects.get().corrected == {"name": "Đường hoa"}


def test_nobody_else_corrects(stage: Stage, take) -> None:
    take(m3__xlsx=plain_file(row_of()))
    entry = IntakeEntry.objects.get()
    for seat in (stage.officer, stage.cast.leader, stage.cast.stranger):
        with pytest.raises(NotAllowedError):
            correct_entry(entry=entry, correction=Correction(), version=1, by=seat, at=LATER)
