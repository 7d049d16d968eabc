"""Deeds on findings: each is kept with what was proposed, audited, and never overwrites another."""

import pytest
from tests.directives.checking import TEXT, found, make_reading
from tests.factories.accounts import START
from tests.factories.directives import ReadingFactory
from tests.factories.organisations import OrganisationFactory

from kheo.audit.models import Entry
from kheo.directives.actions.findings import (
    FindingError,
    NewFinding,
    StaleFindingError,
    accept_certain,
    accept_finding,
    add_finding,
    choose_body,
    correct_finding,
    reject_finding,
    reopen_finding,
)
from kheo.directives.enums import FindingState
from kheo.directives.queries.cases import case_of, corrected_readings
from kheo.directives.queries.findings import named_bodies, names_in, reading_page
from kheo.organisations.rules import NotAllowedError

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading(cast):
    return make_reading(cast.district)


def by(seat):
    return {"by": seat, "at": START}


def new(words, field, value):
    start = TEXT.index(words)
    return NewFinding(field=field, start=start, end=start + len(words), value=value)


def test_accepting_takes_the_sure_names_and_leaves_a_trace(cast, reading):
    row = found(reading, "issuer")
    kept = accept_finding(finding=row, version=1, **by(cast.officer))
    assert (kept.state, kept.decided_by, kept.version) == ("accepted", cast.officer, 2)
    assert kept.bodies == {"Huyện ủy Tân Yên": cast.district.pk}
    entry = Entry.objects.get(verb="finding.accept")
    assert (entry.record_id, entry.scope) == (reading.pk, cast.district.path)
    reading.refresh_from_db()
    assert reading.version == 2


def test_a_correction_keeps_what_was_proposed_and_can_be_taken_back(cast, reading):
    row = found(reading, "deadline", 1)
    value = row.value | {"on": "2024-04-30"}
    kept = correct_finding(finding=row, value=value, version=1, **by(cast.officer))
    assert (kept.state, kept.value["on"]) == ("corrected", "2024-04-30")
    assert kept.proposed["on"] == "2024-04-31"
    back = reopen_finding(finding=row, version=2, **by(cast.officer))
    assert (back.state, back.value, back.decided_by) == ("proposed", back.proposed, None)
    same = correct_finding(finding=row, value=row.proposed, version=3, **by(cast.officer))
    assert same.state == FindingState.ACCEPTED


def test_rejecting_keeps_the_reason_in_the_history(cast, reading):
    row = found(reading, "form")
    kept = reject_finding(finding=row, version=1, reason="Chỉ là ví dụ.", **by(cast.officer))
    assert kept.state == "rejected"
    assert Entry.objects.get(verb="finding.reject").reason == "Chỉ là ví dụ."


@pytest.mark.parametrize("deed", [accept_finding, reject_finding, reopen_finding])
def test_of_two_windows_the_second_is_told_and_overwrites_nothing(cast, reading, deed):
    row = found(reading, "issuer")
    correct_finding(finding=row, value="Thị ủy", version=1, **by(cast.officer))
    with pytest.raises(StaleFindingError, match=cast.officer.user.full_name):
        deed(finding=row, version=1, **by(cast.administrator))
    with pytest.raises(StaleFindingError):
        correct_finding(finding=row, value="khác", version=1, **by(cast.administrator))
    assert found(reading, "issuer").value == "Thị ủy"


def test_after_a_new_reading_the_old_one_is_closed(cast, reading):
    row = found(reading, "issuer")
    ReadingFactory(document=reading.document, read_at=START.replace(year=2025))
    with pytest.raises(StaleFindingError):
        accept_finding(finding=row, version=1, **by(cast.officer))
    with pytest.raises(StaleFindingError):
        accept_certain(reading=reading, version=1, **by(cast.officer))


def test_all_that_is_certain_and_not_flagged_is_accepted_at_once(cast, reading):
    reject_finding(finding=found(reading, "symbol"), version=1, **by(cast.officer))
    with pytest.raises(StaleFindingError):
        accept_certain(reading=reading, version=1, **by(cast.officer))
    assert accept_certain(reading=reading, version=2, **by(cast.officer)) == 4
    states = dict(reading.findings.values_list("ordinal", "state"))
    assert [n for n, state in states.items() if state == "accepted"] == [1, 3, 5, 6]
    assert found(reading, "issuer").bodies == {"Huyện ủy Tân Yên": cast.district.pk}
    assert Entry.objects.get(verb="finding.accept-certain").after["count"] == 4


def test_what_the_reader_overlooked_is_added_where_it_stands(cast, reading):
    value = {"audience": "các xã, thị trấn", "level": "tỉnh", "min": 1, "max": None}
    row = add_finding(
        reading=reading, new=new("ít nhất 01 nội dung cấp tỉnh", "quota", value), **by(cast.officer)
    )
    assert (row.state, row.ordinal, row.text) == ("added", 10, "ít nhất 01 nội dung cấp tỉnh")
    with pytest.raises(FindingError):
        add_finding(
            reading=reading,
            new=new("ít nhất 01 nội dung cấp tỉnh", "quota", value),
            **by(cast.officer),
        )
    gone = reject_finding(finding=row, version=1, **by(cast.officer))
    assert reopen_finding(finding=gone, version=2, **by(cast.officer)).state == "added"


@pytest.mark.parametrize(
    ("start", "end", "field"), [(5, 5, "form"), (900, 990, "form"), (0, 5, "?")]
)
def test_a_place_outside_the_text_is_refused(cast, reading, start, end, field):
    place = NewFinding(field=field, start=start, end=end, value="M1")
    with pytest.raises(FindingError):
        add_finding(reading=reading, new=place, **by(cast.officer))


def test_a_name_is_settled_wherever_it_stands(cast, reading):
    name = "Hội Làm vườn huyện"
    assert (
        choose_body(reading=reading, name=name, organisation_id=cast.agency.pk, **by(cast.officer))
        == 1
    )
    task = found(reading, "assignment")
    assert task.bodies == {name: cast.agency.pk}
    kept = accept_finding(finding=task, version=task.version, **by(cast.officer))
    assert kept.bodies == {
        name: cast.agency.pk,
        "Ban Thường vụ Huyện ủy": cast.district.pk,
        "Ban Dân vận Huyện ủy": cast.advisory.pk,
    }
    choose_body(reading=reading, name=name, organisation_id=None, **by(cast.officer))
    assert found(reading, "assignment").bodies[name] is None
    assert Entry.objects.filter(verb="finding.name-body").count() == 2


def test_a_body_out_of_reach_or_a_strange_name_is_refused(cast, reading):
    far = OrganisationFactory(parent=cast.elsewhere)
    for name, pk in (("Hội Làm vườn huyện", far.pk), ("Tên lạ", cast.agency.pk)):
        with pytest.raises(FindingError):
            choose_body(reading=reading, name=name, organisation_id=pk, **by(cast.officer))


def test_who_may_not_change_the_document_decides_nothing(cast, reading):
    row = found(reading, "issuer")
    place = new("các xã, thị trấn", "form", "M1")
    for seat in (cast.clerk, cast.leader, cast.stranger):
        with pytest.raises(NotAllowedError):
            accept_finding(finding=row, version=1, **by(seat))
        with pytest.raises(NotAllowedError):
            accept_certain(reading=reading, version=1, **by(seat))
        with pytest.raises(NotAllowedError):
            add_finding(reading=reading, new=place, **by(seat))
        with pytest.raises(NotAllowedError):
            choose_body(reading=reading, name="x", organisation_id=None, **by(seat))


def test_the_names_of_a_task_are_parted_and_those_of_a_rejected_one_do_not_count(cast, reading):
    task = found(reading, "assignment")
    assert names_in(task) == [
        "Ban Thường vụ Huyện ủy",
        "các xã, thị trấn",
        "Ban Dân vận Huyện ủy",
        "Hội Làm vườn huyện",
    ]
    reject_finding(finding=task, version=1, **by(cast.officer))
    names = {
        body.name for body in named_bodies(reading.document, reading, list(reading.findings.all()))
    }
    assert "Hội Làm vườn huyện" not in names


def test_a_case_holds_what_was_decided_and_what_was_changed(cast, reading):
    accept_finding(finding=found(reading, "issuer"), version=1, **by(cast.officer))
    reject_finding(finding=found(reading, "form"), version=1, **by(cast.officer))
    row = found(reading, "deadline", 1)
    value = row.value | {"on": "2024-04-30"}
    correct_finding(finding=row, value=value, version=1, **by(cast.officer))
    case = case_of(reading, reading.findings.order_by("start"))
    assert (case["text"], case["open"]) == (TEXT, 6)
    assert case["gold"]["issuer"] == "Huyện ủy Tân Yên"
    assert [one["on"] for one in case["gold"]["deadlines"]] == ["2024-04-30"]
    assert case["gold"]["symbol"] is None
    assert list(corrected_readings()) == [reading]
    told = {(one["state"], one["field"]) for one in case["corrections"]}
    assert told == {("rejected", "form"), ("corrected", "deadline")}


def test_the_text_is_cut_where_findings_begin_and_end_and_loses_nothing(cast, reading):
    page = reading_page(reading.document, reading)
    pieces = [
        segment for block in page.blocks for row in block.rows for cell in row for segment in cell
    ]
    assert all(TEXT[one.start : one.start + len(one.text)] == one.text for one in pieces)
    assert "".join(one.text for one in pieces) == TEXT.replace("\n", "").replace("\t", "")
    nested = next(one for one in pieces if one.text == "từ 4-5 nội dung cấp huyện")
    assert [mark.group for mark in nested.covering] == ["quota", "task"]
    assert [block.is_table for block in page.blocks].count(True) == 1
    opened = [int(mark.number) for one in pieces for mark in one.opening]
    assert sorted(opened) == list(range(1, 10))
    assert page.summary.open == 9
    assert page.summary.flagged == 1
