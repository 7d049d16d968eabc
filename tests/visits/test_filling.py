"""Entries of sheets: taken once, never written over, refused with reasons; photos likewise."""

from io import BytesIO
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.accounts import START
from tests.factories.visits import entry, judge, photo_bytes

from kheo.audit.queries import history_of
from kheo.criteria.models import CriteriaSet, Criterion
from kheo.organisations.rules import NotAllowedError
from kheo.ui.uploads import AttachmentError
from kheo.visits.actions import (
    add_sheet_photo,
    lay_criteria,
    remove_sheet_photo,
    settle_entry,
    take_entries,
)
from kheo.visits.enums import Found, Outcome, VisitState
from kheo.visits.models import SheetEntry
from kheo.visits.queries.visible import sheets_of
from kheo.visits.rules.deeds import StaleVisitError, VisitError

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(survey):
    return survey.visit().sheets.get()


def send(sheet, *entries, by):
    return take_entries(sheet=sheet, entries=entries, by=by, at=START)


def photo(name="anh.png", content=None):
    return SimpleUploadedFile(name, photo_bytes() if content is None else content)


def add(sheet, by, file=None, key=None):
    return add_sheet_photo(
        sheet=sheet,
        client_key=key or uuid4(),
        file=file or photo(),
        caption="Cổng làng",
        by=by,
        at=START,
    )


def test_an_entry_is_written_and_remembered(survey, sheet):
    [result] = send(sheet, entry(seen="800 m đường bê tông", place="Thôn Nguyễn"), by=survey.member)
    sheet.refresh_from_db()
    assert (result.outcome, result.version) == (Outcome.TAKEN, 2)
    assert (sheet.seen, sheet.place) == ("800 m đường bê tông", "Thôn Nguyễn")
    assert sheet.updated_by == survey.member
    [told] = history_of(sheet)
    assert told.verb == "visit-sheet.fill"
    assert told.after["seen"] == "800 m đường bê tông"


def test_a_second_sending_changes_nothing(survey, sheet):
    sent = entry(seen="Một")
    first = send(sheet, sent, by=survey.member)
    send(sheet, entry(seen="Hai", base=2), by=survey.member)
    assert send(sheet, sent, by=survey.member) == first
    sheet.refresh_from_db()
    assert sheet.seen == "Hai"
    assert SheetEntry.objects.count() == 2
    # nothing new, nothing for the journal
    assert history_of(sheet).count() == 2


def test_both_are_kept_when_two_wrote_in_the_same_place(survey, sheet):
    send(sheet, entry(seen="Của người thứ nhất"), by=survey.member)
    [result] = send(sheet, entry(seen="Của người thứ hai"), by=survey.inspector)
    assert result.outcome == Outcome.CONFLICT
    sheet.refresh_from_db()
    assert sheet.seen == "Của người thứ nhất"
    waiting = sheet.entries.get(outcome=Outcome.CONFLICT)
    assert waiting.value == {"seen": "Của người thứ hai"}
    settle_entry(entry=waiting, keep=True, seen_version=2, by=survey.inspector, at=START)
    sheet.refresh_from_db()
    assert sheet.seen == "Của người thứ hai"
    # what stood before is on record too
    assert history_of(sheet)[0].before["seen"] == "Của người thứ nhất"


def test_what_stands_stays_when_it_is_chosen(survey, sheet):
    send(sheet, entry(seen="Một"), by=survey.member)
    send(sheet, entry(seen="Hai"), by=survey.inspector)
    waiting = sheet.entries.get(outcome=Outcome.CONFLICT)
    settle_entry(entry=waiting, keep=False, seen_version=2, by=survey.member, at=START)
    sheet.refresh_from_db()
    waiting.refresh_from_db()
    assert (sheet.seen, waiting.outcome) == ("Một", Outcome.DROPPED)
    with pytest.raises(StaleVisitError):
        settle_entry(entry=waiting, keep=True, seen_version=2, by=survey.member, at=START)


def test_a_choice_on_an_old_page_is_refused(survey, sheet):
    send(sheet, entry(seen="Một"), by=survey.member)
    send(sheet, entry(seen="Hai"), by=survey.inspector)
    send(sheet, entry(seen="Ba", base=2), by=survey.member)
    waiting = sheet.entries.get(outcome=Outcome.CONFLICT)
    with pytest.raises(StaleVisitError):
        settle_entry(entry=waiting, keep=True, seen_version=2, by=survey.member, at=START)


def test_a_finding_alone_shows_that_something_stands_in_the_sheet(survey, sheet):
    before = sheet.version
    judge(sheet, "Nhân dân đồng tình", Found.MET, survey.inspector)
    sheet.refresh_from_db()
    assert (sheet.updated_at, sheet.updated_by) == (START, survey.inspector)
    assert sheet.version == before, "who writes in the texts meets no conflict by it"


def test_different_places_of_a_sheet_do_not_disturb_each_other(survey, sheet):
    send(sheet, entry(seen="Một"), by=survey.member)
    [result] = send(sheet, entry(assessment="Tốt"), by=survey.inspector)
    assert result.outcome == Outcome.TAKEN
    sheet.refresh_from_db()
    assert (sheet.seen, sheet.assessment) == ("Một", "Tốt")
    # and whoever writes the same is no conflict
    [same] = send(sheet, entry(seen="Một"), by=survey.inspector)
    assert same.outcome == Outcome.TAKEN


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (entry("texts", seen="x" * 10_001), "dài quá 10000 ký tự"),
        (entry("texts", latitude="bắc"), "không phải là tọa độ"),
        (entry("texts", latitude="91"), "không phải là tọa độ"),
        (entry("texts", seen={"a": 1}), "không có mục"),
        (entry("texts", state="concluded"), "không có mục “state”"),
        (entry("không phải khóa", item="x"), "không có mục"),
        (entry(str(uuid4()), item="x", found="perhaps"), "Hãy chọn đạt"),
        (entry(str(uuid4()), item="x", points="-1"), "điểm từ 0"),
        (entry(str(uuid4()), item="x", points="nhiều"), "điểm từ 0"),
        (entry(str(uuid4()), words="thiếu tên"), "Hãy ghi nội dung"),
    ],
)
def test_bad_entries_are_refused_with_reasons_and_good_ones_beside_them_taken(
    survey, sheet, sent, reason
):
    good = entry(place="Thôn Nguyễn")
    bad, fine = send(sheet, sent, good, by=survey.member)
    assert (bad.outcome, fine.outcome) == ("refused", Outcome.TAKEN)
    assert reason in bad.reason
    sheet.refresh_from_db()
    assert sheet.place == "Thôn Nguyễn"
    assert SheetEntry.objects.count() == 1


def test_a_key_of_another_sheet_is_refused(survey):
    first, second = survey.visit(models=2).sheets.all()
    sent = entry(seen="Một")
    send(first, sent, by=survey.member)
    [result] = send(second, sent, by=survey.member)
    assert result.outcome == "refused"
    second.refresh_from_db()
    assert second.seen == ""


def test_too_many_at_once_are_refused(survey, sheet):
    with pytest.raises(VisitError, match="200"):
        send(sheet, *[entry(seen=str(number)) for number in range(201)], by=survey.member)


@pytest.mark.parametrize("who", ["clerk", "unit_head"])
def test_the_visited_unit_does_not_write(survey, sheet, who):
    with pytest.raises(NotAllowedError):
        send(sheet, entry(seen="x"), by=getattr(survey, who))


@pytest.mark.parametrize("state", [VisitState.PLANNED, VisitState.CONCLUDED])
def test_nothing_is_written_before_the_announcement_or_after_the_conclusion(survey, state):
    sheet = survey.visit(state).sheets.get()
    with pytest.raises(NotAllowedError):
        send(sheet, entry(seen="x"), by=survey.officer)
    with pytest.raises(NotAllowedError):
        add(sheet, survey.officer)


def test_criteria_become_lines_and_points_keep_their_limit(survey, sheet):
    chosen = CriteriaSet.objects.create(
        code="mh", name="Tiêu chí mô hình", subject="model", state="in_force", created_at=START
    )
    group = Criterion.objects.create(set=chosen, number="I", text="Kết quả", order=1)
    for number in (1, 2):
        Criterion.objects.create(
            set=chosen, parent=group, number=f"{number}", text="Có kế hoạch", points=10, order=2
        )
    judge(sheet, "Tự ghi", Found.MET, survey.member)
    lay_criteria(sheet=sheet, criteria_set=chosen, by=survey.member, at=START)
    lines = list(sheet.findings.filter(criterion__isnull=False))
    assert [one.item for one in lines] == ["1. Có kế hoạch", "2. Có kế hoạch"]
    over, fine = send(
        sheet,
        entry(str(lines[0].key), 0, points="10,5"),
        entry(str(lines[1].key), 0, points="9,5", found="partly"),
        by=survey.member,
    )
    assert (over.outcome, fine.outcome) == ("refused", Outcome.TAKEN)
    # what was judged stays when the set is taken away again
    lay_criteria(sheet=sheet, criteria_set=None, by=survey.member, at=START)
    assert sorted(sheet.findings.values_list("item", flat=True)) == ["2. Có kế hoạch", "Tự ghi"]


def test_a_set_that_is_not_in_force_is_not_laid_under_a_sheet(survey, sheet):
    draft = CriteriaSet.objects.create(code="x", name="X", subject="model", created_at=START)
    with pytest.raises(VisitError, match="không có hiệu lực"):
        lay_criteria(sheet=sheet, criteria_set=draft, by=survey.officer, at=START)


def test_a_photo_is_kept_once_however_often_it_is_sent(survey, sheet):
    key = uuid4()
    first = add(sheet, survey.member, key=key)
    assert add(sheet, survey.member, key=key) == first
    assert sheet.photos.count() == 1
    assert first.name == "anh.png"
    remove_sheet_photo(photo=first, by=survey.member, at=START)
    first.refresh_from_db()
    assert first.removed_at == START
    # the file stays on record
    assert first.file.storage.exists(first.file.name)


@pytest.mark.parametrize(
    "file",
    [photo("anh.jpg", b"%PDF-1.7 no picture"), photo("anh.png", b"plain"), photo("anh.png", b"")],
)
def test_what_is_no_picture_is_refused_and_leaves_no_file(survey, sheet, settings, file):
    with pytest.raises(AttachmentError):
        add(sheet, survey.member, BytesIOFile(file))
    assert not [one for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file()]


def test_councils_read_the_sheets_of_concluded_visits(survey):
    visit = survey.visit()
    sheet = visit.sheets.get()
    judge(sheet, "Có hồ sơ", Found.PARTLY, survey.member)
    assert list(sheets_of(sheet.registration)) == []
    survey.conclude(visit)
    [found] = sheets_of(sheet.registration)
    assert [one.item for one in found.findings.all()] == ["Có hồ sơ"]


def BytesIOFile(file):  # noqa: N802 reads like a type where it is used
    """Give each parametrised case a fresh stream."""
    file.seek(0)
    return SimpleUploadedFile(file.name, BytesIO(file.read()).read())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_ever_sent_is_lost(survey, sheet, seed):
    """Three devices write, lose answers and send again in any order."""
    chance = Random(seed)
    seen = [1, 1, 1]
    sent = []
    for number in range(12):
        device, field = chance.randrange(3), chance.choice(["seen", "place"])
        one = entry("texts", seen[device], **{field: f"{number}"})
        [result] = send(sheet, one, by=survey.member)
        if chance.random() < 0.5:
            [again] = send(sheet, one, by=survey.member)
            assert again.outcome == result.outcome
        if result.outcome == Outcome.TAKEN:
            seen[device] = result.version
        sent.append(({field: f"{number}"}, result.outcome))
    kept = [(one.value, one.outcome) for one in SheetEntry.objects.order_by("pk")]
    assert kept == sent
    assert {outcome for _value, outcome in kept} == {Outcome.TAKEN, Outcome.CONFLICT}
    sheet.refresh_from_db()
    for field in ("seen", "place"):
        taken = [value[field] for value, outcome in sent if outcome == "taken" and field in value]
        assert getattr(sheet, field) == taken[-1]
