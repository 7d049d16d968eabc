"""Guides, requests and replicas: who may when, what the origin counts, what fits a unit."""

import pytest
from django.core.files.base import ContentFile
from tests.factories.exemplars import IN_TIME
from tests.factories.organisations import SeatFactory

from kheo.exemplars.actions import accept, reconsider, recount_registrations, sign_off, submit
from kheo.exemplars.enums import Continuity, State
from kheo.exemplars.enums import Stage as Reached
from kheo.exemplars.models import Registration
from kheo.notices.models import Notice
from kheo.organisations.enums import Role
from kheo.organisations.rules import NotAllowedError
from kheo.replication.actions import (
    GuideTerms,
    answer_request,
    ask_to_replicate,
    begin_replica,
    finish_replication,
    follow_replicas,
    give_up_replication,
    publish_guide,
    withdraw_guide,
    write_guide,
)
from kheo.replication.enums import GuideState, ReplicationDeed, ReplicationState
from kheo.replication.models import Replication
from kheo.replication.queries.figures import replication_figures
from kheo.replication.queries.origins import counted_entry, replica_counts, tree_of
from kheo.replication.queries.suggesting import suggestions_for
from kheo.replication.rules import (
    TRANSITIONS,
    Party,
    ReplicationError,
    StaleReplicationError,
    can_handle_replication,
)
from kheo.replication.tasks import follow_registrations

TERMS = GuideTerms(problem="Đường thôn hẹp.", steps="1. Họp thôn.\n2. Vận động từng hộ.")


def is_replicated(entry):
    entry.refresh_from_db()
    return bool(entry.stages & Reached.REPLICATED)


def test_each_deed_is_for_one_side_in_some_states_only(stage):
    row = stage.asked(stage.recognised())
    unit = stage.cast.communes[1]
    origin, replica = [stage.head, stage.officer], [stage.head_of(unit)]
    others = [stage.cast.stranger, stage.cast.leader, stage.cast.administrator]
    others += [SeatFactory(organisation=unit, role=Role.INSPECTOR)]
    for deed, arrow in TRANSITIONS.items():
        allowed = origin if arrow.party == Party.ORIGIN else replica
        refused = [*others, *(replica if arrow.party == Party.ORIGIN else origin)]
        for state in ReplicationState:
            row.state = state
            for seat in allowed:
                assert bool(can_handle_replication(deed, seat, row)) == (state in arrow.sources)
            for seat in refused:
                assert not can_handle_replication(deed, seat, row), (deed, state, seat.role)
    assert set(TRANSITIONS) == set(ReplicationDeed)


def test_a_guide_is_written_below_and_published_above(stage):
    entry = stage.recognised()
    bare = write_guide(exemplar=entry.exemplar, terms=GuideTerms(), by=stage.head, at=IN_TIME)
    with pytest.raises(ReplicationError, match="các bước"):
        publish_guide(guide=bare, by=stage.officer, at=IN_TIME)
    file = ContentFile(b"%PDF-1.7", name="Mẫu biên bản.pdf")
    guide = write_guide(
        exemplar=entry.exemplar, terms=TERMS, files=[file], by=stage.clerk, at=IN_TIME
    )
    assert guide.files.get().name == "Mẫu biên bản.pdf"
    with pytest.raises(NotAllowedError):
        publish_guide(guide=guide, by=stage.head, at=IN_TIME)
    guide = publish_guide(guide=guide, by=stage.officer, at=IN_TIME)
    assert guide.state == GuideState.PUBLISHED
    assert withdraw_guide(guide=guide, by=stage.officer, at=IN_TIME).state == GuideState.DRAFT
    with pytest.raises(StaleReplicationError):
        write_guide(exemplar=entry.exemplar, terms=TERMS, seen_version=1, by=stage.head, at=IN_TIME)
    other = stage.head_of(stage.cast.communes[1])
    with pytest.raises(NotAllowedError):
        write_guide(exemplar=entry.exemplar, terms=TERMS, by=other, at=IN_TIME)


def test_a_unit_asks_begins_and_carries_out(stage):
    entry = stage.recognised()
    row = stage.asked(entry)
    assert Notice.objects.filter(user=stage.head.user, subject__contains="đề nghị nhân rộng")
    with pytest.raises(ReplicationError, match="đã đề nghị"):
        stage.asked(entry)
    with pytest.raises(NotAllowedError):
        ask_to_replicate(origin=entry.exemplar, by=stage.head, at=IN_TIME)
    row = answer_request(row=row, agree=True, by=stage.head, at=IN_TIME)
    assert row.mentor == stage.cast.communes[0]
    unit = stage.cast.communes[1]
    head = stage.head_of(unit)
    row = begin_replica(row=row, participation=stage.part(unit), by=head, at=IN_TIME)
    made = row.registration
    assert (made.continuity, made.replicated_from) == (Continuity.REPLICATED, entry.exemplar)
    assert not is_replicated(entry)
    with pytest.raises(StaleReplicationError):
        finish_replication(row=row, text="Xong.", seen_version=1, by=head, at=IN_TIME)
    with pytest.raises(ReplicationError):
        finish_replication(row=row, text=" ", by=head, at=IN_TIME)
    row = finish_replication(row=row, text="40 hộ hiến đất.", by=head, at=IN_TIME)
    assert row.state == ReplicationState.DONE
    assert is_replicated(entry)
    assert replica_counts([entry.exemplar_id]) == {entry.exemplar_id: 1}
    assert recount_registrations() == []


def test_declining_and_giving_up_need_a_reason(stage):
    entry = stage.recognised()
    row = stage.asked(entry)
    with pytest.raises(ReplicationError):
        answer_request(row=row, agree=False, by=stage.head, at=IN_TIME)
    row = answer_request(row=row, agree=False, text="Chưa tổng kết.", by=stage.head, at=IN_TIME)
    assert row.state == ReplicationState.DECLINED
    # who was declined may ask again
    row = stage.asked(entry)
    head = stage.head_of(stage.cast.communes[1])
    row = give_up_replication(row=row, text="Thiếu kinh phí.", by=head, at=IN_TIME)
    assert (row.state, row.outcome) == (ReplicationState.GIVEN_UP, "Thiếu kinh phí.")


def replica_of(stage, entry, unit) -> Registration:
    """A submitted replica that nobody was asked for."""
    return stage.registration(
        State.SUBMITTED,
        unit=unit,
        continuity=Continuity.REPLICATED,
        replicated_from=entry.exemplar,
    )


def test_the_origin_counts_as_soon_as_its_replica_is_accepted_and_as_long(
    stage, django_capture_on_commit_callbacks
):
    entry, unit = stage.recognised(), stage.cast.communes[2]
    made = replica_of(stage, entry, unit)
    with django_capture_on_commit_callbacks(execute=True):
        accept(registration=made, by=stage.officer, at=IN_TIME)
    row = Replication.objects.get(registration=made)
    assert is_replicated(entry)
    with django_capture_on_commit_callbacks(execute=True):
        reconsider(registration=made, reason="Xem lại.", by=stage.officer, at=IN_TIME)
    assert not is_replicated(entry)
    with django_capture_on_commit_callbacks(execute=True):
        accept(registration=made, by=stage.officer, at=IN_TIME)
    assert is_replicated(entry)
    head = stage.head_of(unit)
    give_up_replication(row=row, text="Thiếu kinh phí.", by=head, at=IN_TIME)
    assert not is_replicated(entry)
    assert recount_registrations() == []


def test_what_was_registered_without_asking_is_followed(stage):
    entry = stage.recognised()
    unit = stage.cast.communes[2]
    made = stage.registration(
        State.DRAFT,
        unit=unit,
        name="Đường hoa",
        continuity=Continuity.REPLICATED,
        replicated_from=entry.exemplar,
    )
    assert follow_replicas(at=IN_TIME) == 0
    head = stage.head_of(unit)
    submit(registration=sign_off(registration=made, by=head, at=IN_TIME), by=head, at=IN_TIME)
    accept(registration=made, by=stage.officer, at=IN_TIME)
    assert follow_registrations(IN_TIME) == 1
    assert follow_registrations(IN_TIME) == 0
    row = Replication.objects.get()
    assert (row.unit, row.state, row.registration) == (unit, ReplicationState.UNDER_WAY, made)
    assert is_replicated(entry)
    assert Notice.objects.filter(user=stage.head.user, subject__contains="nhân rộng “")
    figures = replication_figures(stage.officer)
    economy = figures.by_field[0]
    assert (economy.recognised, economy.replicated, economy.replicas) == (1, 1, 1)
    assert figures.whole.percent == 100
    assert figures.bars[0].recognised_width == 400
    [branch] = tree_of(entry.exemplar)
    assert (branch.row, branch.depth, branch.results) == (row, 0, [])


def test_the_latest_recognised_entry_counts(stage):
    entry = stage.recognised()
    assert counted_entry(entry.exemplar) == entry
    other = stage.registration(State.ACCEPTED, name="Chưa công nhận")
    assert counted_entry(other.exemplar) == other


def test_what_fits_a_unit_is_suggested_with_reasons(stage):
    entry = stage.recognised(name="Tổ liên gia tự quản", field="defence_security")
    unit = stage.cast.communes[1]
    stage.registration(State.SUBMITTED, unit=unit)
    [found] = suggestions_for(unit)
    assert found.entry == entry
    assert found.reasons[0] == "đơn vị chưa có mô hình nào ở lĩnh vực này"
    assert "mô hình của đơn vị cùng loại" in found.reasons
    stage.asked(entry)
    assert suggestions_for(unit) == []
