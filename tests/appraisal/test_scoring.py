"""A file on its way: opened, scored by the unit, sent, scored by the superior, decided."""

from decimal import Decimal

import pytest
from tests.factories.accounts import START
from tests.factories.appraisal import NOVEMBER, SELF, SUPERIOR, Appraising, lines
from tests.factories.criteria import make_set

from kheo.appraisal.actions import (
    FileOutcome,
    ScoreError,
    StaleFileError,
    open_files,
    pass_to_council,
    return_file,
    save_scores,
    save_superior_scores,
    send_file,
    take_back_files,
    write_outcome,
)
from kheo.appraisal.enums import FileState
from kheo.appraisal.models import AppraisalFile
from kheo.appraisal.queries.sides import set_of, side_by_side
from kheo.audit.queries import history_of
from kheo.criteria.actions import retire_criteria_set
from kheo.criteria.enums import Side, Subject
from kheo.exemplars.enums import State
from kheo.notices.models import Notice
from kheo.organisations.rules import NotAllowedError

STATES = (FileState.SELF_SCORING, FileState.SENT, FileState.SUPERIOR_SCORED)


def test_opening_twice_opens_once_and_tells_the_unit(appraising: Appraising) -> None:
    keys = [appraising.stage.registration(State.ACCEPTED, name=name).pk for name in ("Một", "Hai")]
    opened = open_files(
        registrations=keys, criteria_set=appraising.set, by=appraising.officer, at=NOVEMBER
    )
    assert {file.state for file in opened} == {FileState.SELF_SCORING}
    assert {file.owner for file in opened} == {appraising.cast.district}
    told = Notice.objects.filter(user=appraising.head.user, created_at=NOVEMBER)
    assert [notice.subject for notice in told] == ["Đề nghị tự chấm điểm: đã mở 2 hồ sơ thẩm định"]
    again = open_files(
        registrations=keys, criteria_set=appraising.set, by=appraising.officer, at=NOVEMBER
    )
    assert again == []


def test_thousands_are_opened_in_few_statements(
    appraising: Appraising, django_assert_max_num_queries
) -> None:
    keys = [appraising.stage.registration(State.ACCEPTED, name=f"Mô hình {n}").pk for n in (1, 2)]
    with django_assert_max_num_queries(20) as one:
        open_files(
            registrations=keys[:1], criteria_set=appraising.set, by=appraising.officer, at=NOVEMBER
        )
    # the bound does not grow with the files
    with django_assert_max_num_queries(len(one.captured_queries)):
        open_files(
            registrations=keys, criteria_set=appraising.set, by=appraising.officer, at=NOVEMBER
        )


def test_only_what_fits_is_opened(appraising: Appraising) -> None:
    registration = appraising.stage.registration(State.SUBMITTED)

    def opened(criteria_set, by=appraising.officer):
        return open_files(
            registrations=[registration.pk], criteria_set=criteria_set, by=by, at=NOVEMBER
        )

    with pytest.raises(ScoreError, match="chưa được tiếp nhận"):
        opened(appraising.set)
    with pytest.raises(ScoreError, match="không dùng để chấm"):
        opened(make_set(appraising.officer, subject=Subject.TITLE))
    with pytest.raises(ScoreError, match="do nơi khác ban hành"):
        opened(appraising.set, by=appraising.cast.stranger)
    retire_criteria_set(criteria_set=appraising.set, by=appraising.officer, at=START)
    appraising.set.refresh_from_db()
    with pytest.raises(ScoreError, match="áp dụng"):
        opened(appraising.set)


def test_a_set_that_only_the_council_scores_begins_before_it(appraising: Appraising) -> None:
    made = make_set(appraising.officer, lines=(("Hiệu quả", "points", "100", (Side.COUNCIL,), ""),))
    file = Appraising(appraising.stage, made).file()
    assert file.state == FileState.BEFORE_COUNCIL


def test_the_unit_scores_itself_and_sends(appraising: Appraising) -> None:
    file = appraising.file()
    with pytest.raises(NotAllowedError, match="Còn tiêu chí chưa chấm điểm: 1"):
        send_file(file=file, by=appraising.head, at=NOVEMBER)
    file = save_scores(file=file, lines=lines(file, SELF), by=appraising.clerk, at=NOVEMBER)
    assert (file.self_total, str(file.grade)) == (84, "Tốt")
    first = file.criteria_set.criteria.get(number="4").pk
    file = save_scores(file=file, lines=[], cleared=[first], by=appraising.clerk, at=NOVEMBER)
    assert file.self_total == 80
    with pytest.raises(NotAllowedError, match="thủ trưởng"):
        send_file(file=file, by=appraising.clerk, at=NOVEMBER)
    file = send_file(file=file, by=appraising.head, at=NOVEMBER)
    assert (file.state, file.sent_at) == (FileState.SENT, NOVEMBER)
    told = Notice.objects.filter(subject__contains=file.name, created_at=NOVEMBER)
    # the officers of the committee's advisory body do its work; its leader is not bothered
    assert [one.user for one in told] == [appraising.officer.user]
    assert told.get().organisation == appraising.cast.district
    assert next(entry.verb for entry in history_of(file)) == "appraisal.send"


def test_scores_out_of_bounds_are_refused_and_nothing_is_stored(appraising: Appraising) -> None:
    file = appraising.file()
    with pytest.raises(ScoreError) as refused:
        save_scores(
            file=file,
            lines=lines(file, (61, 29, 3, 4, None, None)),
            by=appraising.head,
            at=NOVEMBER,
        )
    words = " ".join(refused.value.reasons)
    assert len(refused.value.by_criterion) == 3
    for part in ("61 điểm cao hơn mức tối đa là 60", "đạt hoặc không đạt", "không chấm"):
        assert part in words
    assert not file.scores.exists()


@pytest.mark.parametrize(
    "state",
    [state for state in FileState if state not in {FileState.SELF_SCORING, FileState.RETURNED}],
)
def test_nobody_scores_oneself_after_sending(appraising: Appraising, state) -> None:
    file = appraising.file()
    AppraisalFile.objects.filter(pk=file.pk).update(state=state)
    with pytest.raises(NotAllowedError, match="chỉ làm được ở bước"):
        save_scores(file=file, lines=lines(file, SELF), by=appraising.head, at=NOVEMBER)


def test_two_windows_do_not_overwrite_each_other(appraising: Appraising) -> None:
    file = appraising.file()
    seen = file.version
    save_scores(
        file=file, lines=lines(file, SELF), seen_version=seen, by=appraising.clerk, at=NOVEMBER
    )
    with pytest.raises(StaleFileError, match="Người khác đã sửa"):
        save_scores(
            file=file, lines=lines(file, SELF), seen_version=seen, by=appraising.head, at=NOVEMBER
        )


def test_the_superior_goes_up_and_down_with_a_reason(appraising: Appraising) -> None:
    file = appraising.file(FileState.SENT)
    with pytest.raises(ScoreError, match="Hiệu quả”: cần ghi lý do thay đổi từ 50 thành 45"):
        save_superior_scores(
            file=file, lines=lines(file, SUPERIOR), by=appraising.officer, at=NOVEMBER
        )
    partly = lines(file, (55, 30, None, None, None, None), ["Kết quả vượt kế hoạch."])
    file = save_superior_scores(file=file, lines=partly, by=appraising.officer, at=NOVEMBER)
    assert (file.state, file.superior_total) == (FileState.SENT, 89)
    file = save_superior_scores(
        file=file,
        lines=lines(file, SUPERIOR, ["Số liệu chưa đủ."]),
        by=appraising.officer,
        at=NOVEMBER,
    )
    assert (file.state, file.superior_total) == (FileState.SUPERIOR_SCORED, 87)
    told = Notice.objects.filter(user=appraising.head.user, subject__startswith="Cấp trên đã chấm")
    assert told.count() == 1


def test_the_superior_says_why_a_file_is_not_ranked(appraising: Appraising) -> None:
    file = appraising.file(FileState.SENT)
    scores = lines(file, (50, 30, 9, 4, 0, 0))
    file = save_superior_scores(
        file=file,
        lines=scores,
        not_eligible="Mô hình chưa hoạt động đủ thời gian.",
        by=appraising.officer,
        at=NOVEMBER,
    )
    assert (file.is_disqualified, file.grade) == (True, None)
    file = save_superior_scores(file=file, lines=scores, by=appraising.officer, at=NOVEMBER)
    assert (file.is_disqualified, str(file.grade)) == (False, "Tốt")
    conditional = lines(file, (50, 30, 9, 4, 0, 1))
    file = save_superior_scores(file=file, lines=conditional, by=appraising.officer, at=NOVEMBER)
    assert (file.is_disqualified, file.grade) == (True, None)


def test_a_returned_file_is_corrected_and_sent_again(appraising: Appraising) -> None:
    file = appraising.file(FileState.SENT)
    criterion = file.criteria_set.criteria.get(number="1").pk
    with pytest.raises(ScoreError, match="cần chỉnh sửa điều gì"):
        return_file(file=file, remarks={None: " "}, by=appraising.officer, at=NOVEMBER)
    remarks = {criterion: "Bổ sung báo cáo.", None: "Gửi lại trước ngày 20/11."}
    file = return_file(file=file, remarks=remarks, by=appraising.officer, at=NOVEMBER)
    assert file.state == FileState.RETURNED
    assert set(file.remarks.values_list("criterion", "text")) == set(remarks.items())
    assert Notice.objects.filter(subject__contains="được trả lại").exists()
    file = send_file(file=file, by=appraising.head, at=NOVEMBER)
    assert not file.remarks.filter(answered_at=None).exists()


def test_files_go_to_the_council_all_or_none_and_come_back(appraising: Appraising) -> None:
    ready = appraising.file(FileState.SUPERIOR_SCORED, name="Sẵn sàng")
    early = appraising.file(FileState.SENT, name="Còn sớm")
    with pytest.raises(NotAllowedError):
        pass_to_council(files=[ready.pk, early.pk], by=appraising.officer, at=NOVEMBER)
    ready.refresh_from_db()
    assert ready.state == FileState.SUPERIOR_SCORED
    [passed] = pass_to_council(files=[ready.pk], by=appraising.officer, at=NOVEMBER)
    ready.refresh_from_db()
    assert (ready.state, ready.version) == (FileState.BEFORE_COUNCIL, passed.version)
    with pytest.raises(ScoreError, match="lý do"):
        take_back_files(files=[ready.pk], reason="", by=appraising.officer, at=NOVEMBER)
    take_back_files(
        files=[ready.pk], reason="Cần kiểm tra lại.", by=appraising.officer, at=NOVEMBER
    )
    ready.refresh_from_db()
    assert ready.state == FileState.SUPERIOR_SCORED


def test_the_council_ends_a_file_with_total_points_and_grade(appraising: Appraising) -> None:
    file = appraising.file(FileState.BEFORE_COUNCIL)
    first = file.criteria_set.criteria.get(number="1").pk
    result = FileOutcome(
        file=file.pk, total=Decimal("79.50"), points={first: Decimal(37)}, notes={first: "Ít hộ."}
    )
    [ended] = write_outcome(outcomes=[result], by=appraising.officer, at=NOVEMBER)
    file = AppraisalFile.objects.get(pk=file.pk)
    assert (file.state, file.closed_at, file.version) == (
        FileState.CLOSED,
        NOVEMBER,
        ended.version,
    )
    assert (file.final_total, str(file.grade)) == (Decimal("79.50"), "Đạt")
    line = side_by_side(file).lines[0]
    assert (line.gap, line.council_gap, line.council_score.note) == (-5, -8, "Ít hộ.")
    with pytest.raises(NotAllowedError, match="chỉ làm được ở bước"):
        write_outcome(outcomes=[result], by=appraising.officer, at=NOVEMBER)
    assert Notice.objects.filter(subject="Kết quả thẩm định: 1 hồ sơ").exists()


def test_a_result_out_of_bounds_or_of_the_wrong_body_is_refused(appraising: Appraising) -> None:
    file = appraising.file(FileState.BEFORE_COUNCIL)

    def entered(by=appraising.officer, **changes):
        outcome = FileOutcome(**({"file": file.pk, "total": Decimal(80)} | changes))
        return write_outcome(outcomes=[outcome], by=by, at=NOVEMBER)

    first = file.criteria_set.criteria.get(number="1").pk
    for changes in ({"total": Decimal("105.5")}, {"total": Decimal(-1)}):
        with pytest.raises(ScoreError, match="từ 0 đến 105"):
            entered(**changes)
    with pytest.raises(ScoreError, match="cao hơn mức tối đa"):
        entered(points={first: Decimal(61)})
    with pytest.raises(NotAllowedError, match="nơi thẩm định"):
        entered(by=appraising.cast.stranger)


def test_who_was_not_eligible_stays_so_whatever_the_council_gives(appraising: Appraising) -> None:
    file = appraising.file(FileState.BEFORE_COUNCIL)
    AppraisalFile.objects.filter(pk=file.pk).update(disqualified_reason="Chưa đủ thời gian.")
    outcome = FileOutcome(file=file.pk, total=Decimal(95))
    [file] = write_outcome(outcomes=[outcome], by=appraising.officer, at=NOVEMBER)
    assert (file.is_disqualified, file.grade) == (True, None)


def test_side_by_side_shows_gaps_reasons_and_missing_evidence(
    appraising: Appraising, django_assert_num_queries
) -> None:
    file = appraising.file(FileState.SUPERIOR_SCORED)
    file = AppraisalFile.objects.select_related("criteria_set").get(pk=file.pk)
    with django_assert_num_queries(4):
        seen = side_by_side(file, set_of(file))
    assert [line.gap for line in seen.lines] == [-5, 0, None, 0, None, None]
    assert seen.lines[0].superior_score.note == "Số liệu chưa đủ xác nhận."
    assert [line.lacks_evidence for line in seen.lines] == [True, *[False] * 5]
    assert (seen.self_total.total, seen.superior_total.total, seen.council_total) == (84, 87, None)
    assert seen.missing_evidence == 1
