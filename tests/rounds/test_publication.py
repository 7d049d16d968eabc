"""Publishing a round asks exactly the described units; deeds after it keep the tallies right."""

from datetime import date, timedelta

import pytest
from tests.factories.accounts import START
from tests.factories.organisations import (
    OrganisationFactory,
    kind_of,
    level_of,
    make_cast,
)
from tests.factories.rounds import S4_DUE, make_s4_round, part_of, shipped

from kheo.audit.models import Entry
from kheo.organisations.actions import (
    dissolve_organisation,
    establish_organisation,
    retype_organisation,
)
from kheo.organisations.rules import NotAllowedError
from kheo.rounds.actions import (
    AudienceTerms,
    QuotaTerms,
    add_unit_to_round,
    close_round,
    extend_deadline,
    publish_round,
    recount_participations,
    refresh_participation,
    reopen_round,
    set_audiences,
)
from kheo.rounds.enums import RoundState, UnitState
from kheo.rounds.models import Participation, ParticipationTally
from kheo.rounds.rules import RoundError

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def found_commune(parent, on):
    return establish_organisation(
        code="TY-99",
        name="Đảng ủy xã Mới",
        kind=kind_of("commune_committee"),
        level=level_of("commune"),
        parent=parent,
        on=on,
        by=None,
        at=START.replace(month=3),
    )


def tally(round, organisation, **facets):
    rows = ParticipationTally.objects.filter(round=round, organisation=organisation, **facets)
    return sum(rows.values_list("count", flat=True))


def test_publishing_asks_each_described_unit_once_with_its_deadline(cast):
    round = make_s4_round(cast)
    parts = Participation.objects.filter(round=round).order_by("sort_key")
    assert [(part.unit_name, part.audience.name, part.due_on) for part in parts] == [
        ("Đảng ủy thị trấn Nhã Nam", "Các xã, thị trấn", S4_DUE),
        ("Đảng ủy xã An Dương", "Các xã, thị trấn", S4_DUE),
        ("Đảng ủy xã Cao Xá", "Các xã, thị trấn", S4_DUE),
        ("Phòng Nông nghiệp huyện", "Các cơ quan, đơn vị", S4_DUE),
    ]
    first = parts[0]
    assert (first.state, first.counts, first.registered) == (UnitState.NOT_STARTED, {}, 0)
    assert first.is_short
    assert first.path == cast.communes[2].path
    assert round.state == RoundState.OPEN


def test_publishing_fills_the_tallies_of_the_unit_and_every_superior(cast):
    round = make_s4_round(cast)
    assert tally(round, cast.province) == 4
    assert tally(round, cast.district, is_short=True, state="not_started") == 4
    assert tally(round, cast.communes[0]) == 1
    assert tally(round, cast.elsewhere) == 0
    assert recount_participations(round=round) == 0


def test_the_units_are_those_of_the_opening_day(cast):
    joined = found_commune(cast.district, date(2024, 2, 6))
    gone = cast.communes[1]
    dissolve_organisation(
        organisation=gone, on=date(2024, 2, 20), by=None, at=START.replace(month=3)
    )
    retype_organisation(
        organisation=cast.agency,
        kind=kind_of("school"),
        level=level_of("commune"),
        on=date(2024, 2, 10),
        by=None,
        at=START.replace(month=3),
    )
    asked = set(make_s4_round(cast).participations.values_list("organisation_id", flat=True))
    assert gone.pk in asked
    assert cast.agency.pk in asked
    assert joined.pk not in asked


def test_a_unit_described_twice_belongs_to_the_first_audience(cast):
    round = make_s4_round(cast, published=False)
    everyone = AudienceTerms(
        name="Tất cả",
        due_on=S4_DUE + timedelta(days=3),
        levels=(level_of("commune"), level_of("district")),
        layouts=shipped("M1"),
    )
    listed = AudienceTerms(
        name="Một xã", due_on=S4_DUE, listed=(cast.communes[0],), layouts=shipped("M1")
    )
    set_audiences(round=round, audiences=[listed, everyone], by=cast.officer, at=START)
    publish_round(round=round, by=cast.officer, at=START)
    assert part_of(round, cast.communes[0]).audience.name == "Một xã"
    assert part_of(round, cast.communes[1]).audience.name == "Tất cả"
    assert not part_of(round, cast.communes[1]).is_short
    assert round.participations.filter(organisation=cast.communes[0]).count() == 1


@pytest.mark.parametrize("spoil", ["nobody", "empty", "no_form", "deadline"])
def test_what_cannot_be_asked_is_not_published(cast, spoil):
    round = make_s4_round(cast, published=False)
    if spoil == "nobody":
        set_audiences(round=round, audiences=[], by=cast.officer, at=START)
    elif spoil == "empty":
        nobody = AudienceTerms(
            name="Trường học",
            due_on=S4_DUE,
            kinds=(kind_of("school"),),
            layouts=shipped("M1"),
        )
        set_audiences(round=round, audiences=[nobody], by=cast.officer, at=START)
    elif spoil == "no_form":
        round.audiences.first().layouts.set(shipped("M3"))
    else:
        round.audiences.update(due_on=round.opens_on - timedelta(days=1))
    with pytest.raises(RoundError):
        publish_round(round=round, by=cast.officer, at=START)
    round.refresh_from_db()
    assert round.state == RoundState.DRAFT
    assert not Participation.objects.exists()


def test_a_round_is_published_once_and_only_by_its_own_officer(cast):
    round = make_s4_round(cast, published=False)
    for seat in (cast.stranger, cast.clerk, cast.leader):
        with pytest.raises(NotAllowedError):
            publish_round(round=round, by=seat, at=START)
    publish_round(round=round, by=cast.officer, at=START)
    with pytest.raises(NotAllowedError):
        publish_round(round=round, by=cast.officer, at=START)
    assert Participation.objects.count() == 4


def test_an_extension_moves_one_unit_and_says_why(cast):
    round = make_s4_round(cast)
    part = part_of(round, cast.communes[0])
    later = S4_DUE + timedelta(days=5)
    extend_deadline(
        participation=part, due_on=later, reason="Xã bị ngập lụt", by=cast.officer, at=START
    )
    part.refresh_from_db()
    assert (part.due_on, part.original_due_on, part.is_extended) == (later, S4_DUE, True)
    assert tally(round, cast.district, due_on=later) == 1
    assert tally(round, cast.district, due_on=S4_DUE) == 3
    entry = Entry.objects.get(verb="participation.extend")
    assert entry.reason == "Xã bị ngập lụt"
    assert entry.before == {"due_on": "2024-02-27"}
    assert recount_participations(round=round) == 0


@pytest.mark.parametrize(
    ("days", "reason"), [(-1, "Sớm hơn"), (3, "   ")], ids=["earlier day", "no reason"]
)
def test_an_extension_needs_a_later_day_and_a_reason(cast, days, reason):
    part = part_of(make_s4_round(cast), cast.communes[0])
    with pytest.raises(RoundError):
        extend_deadline(
            participation=part,
            due_on=S4_DUE + timedelta(days=days),
            reason=reason,
            by=cast.officer,
            at=START,
        )


def test_a_late_unit_given_more_time_afterwards_is_no_longer_late(cast):
    round = make_s4_round(cast)
    part = part_of(round, cast.communes[0])
    handed_in = START.replace(month=2, day=29)
    level = str(level_of("province").pk)
    refresh_participation(
        participation=part,
        state=UnitState.SUBMITTED,
        counts={level: [1, 0]},
        submitted_at=handed_in,
        at=handed_in,
    )
    assert tally(round, cast.province, submitted_late=True, has_submitted=True) == 1
    extend_deadline(
        participation=part, due_on=date(2024, 2, 29), reason="Mất điện", by=cast.officer, at=START
    )
    assert tally(round, cast.province, submitted_late=True) == 0
    assert tally(round, cast.province, has_submitted=True) == 1
    assert recount_participations(round=round) == 0


def test_a_unit_is_short_until_every_level_has_its_minimum(cast):
    round = make_s4_round(cast)
    part = part_of(round, cast.communes[0])
    province, district = (str(level_of(code).pk) for code in ("province", "district"))
    for counts, short in [
        ({province: [1, 0]}, True),
        ({province: [1, 0], district: [3, 0]}, True),
        ({province: [1, 1], district: [4, 2]}, False),
        ({district: [5, 5]}, True),
    ]:
        part = refresh_participation(
            participation=part,
            state=UnitState.SUBMITTED,
            counts=counts,
            submitted_at=START,
            at=START,
        )
        assert part.is_short is short
        assert part.registered == sum(pair[0] for pair in counts.values())
        assert tally(round, cast.district, is_short=False) == (0 if short else 1)
    assert recount_participations(round=round) == 0


def test_withdrawing_everything_takes_the_unit_back_to_not_handed_in(cast):
    round = make_s4_round(cast)
    part = part_of(round, cast.communes[0])
    level = str(level_of("province").pk)
    refresh_participation(
        participation=part,
        state=UnitState.SUBMITTED,
        counts={level: [1, 0]},
        submitted_at=START,
        at=START,
    )
    part = refresh_participation(
        participation=part, state=UnitState.DRAFT, counts={level: [0, 0]}, at=START
    )
    assert part.first_submitted_at is None
    assert tally(round, cast.district, has_submitted=True) == 0


def test_recounting_finds_and_repairs_wrong_tallies(cast):
    round = make_s4_round(cast)
    row = ParticipationTally.objects.filter(organisation=cast.province).first()
    ParticipationTally.objects.filter(pk=row.pk).update(count=99)
    ParticipationTally.objects.filter(organisation=cast.communes[0]).delete()
    assert recount_participations(round=round) == 2
    assert tally(round, cast.province) == 4
    assert recount_participations(round=round) == 0


def test_a_late_joiner_is_asked_as_it_stands_that_day(cast):
    round = make_s4_round(cast)
    joined = found_commune(cast.district, date(2024, 3, 1))
    part = add_unit_to_round(
        round=round,
        organisation=joined,
        audience=round.audiences.first(),
        by=cast.officer,
        at=START.replace(month=3, day=4),
    )
    assert part.due_on == S4_DUE
    assert part.is_short
    assert tally(round, cast.district) == 5
    with pytest.raises(RoundError):
        add_unit_to_round(
            round=round,
            organisation=joined,
            audience=round.audiences.first(),
            by=cast.officer,
            at=START.replace(month=3, day=4),
        )
    with pytest.raises(RoundError):
        add_unit_to_round(
            round=round,
            organisation=cast.elsewhere,
            audience=round.audiences.first(),
            by=cast.officer,
            at=START,
        )


def test_closing_and_reopening_leave_their_trace(cast):
    round = make_s4_round(cast)
    close_round(round=round, by=cast.officer, at=START)
    with pytest.raises(RoundError):
        reopen_round(round=round, reason=" ", by=cast.officer, at=START)
    reopened = reopen_round(round=round, reason="Bổ sung hai xã", by=cast.officer, at=START)
    assert reopened.state == RoundState.OPEN
    assert reopened.closed_at is None
    verbs = Entry.objects.filter(record_type="rounds.round").order_by("sequence")
    assert [entry.verb for entry in verbs][-3:] == [
        "round.publish",
        "round.close",
        "round.reopen",
    ]
    assert verbs.last().reason == "Bổ sung hai xã"


def test_nothing_is_extended_in_a_closed_round(cast):
    round = make_s4_round(cast)
    close_round(round=round, by=cast.officer, at=START)
    with pytest.raises(NotAllowedError):
        extend_deadline(
            participation=part_of(round, cast.communes[0]),
            due_on=S4_DUE + timedelta(days=1),
            reason="Muộn",
            by=cast.officer,
            at=START,
        )


@pytest.mark.parametrize("units", [1, 3])
def test_publishing_costs_the_same_whatever_the_number_of_units(
    cast, units, django_assert_num_queries
):
    for _unit in range(units):
        OrganisationFactory(parent=cast.district)
    round = make_s4_round(cast, published=False)
    with django_assert_num_queries(32):
        publish_round(round=round, by=cast.officer, at=START)


def test_quotas_over_all_levels_together_count_everything(cast):
    round = make_s4_round(cast, published=False)
    terms = AudienceTerms(
        name="Các đơn vị",
        due_on=S4_DUE,
        levels=(level_of("commune"),),
        layouts=shipped("M1"),
        quotas=(QuotaTerms(minimum=1, maximum=2),),
    )
    set_audiences(round=round, audiences=[terms], by=cast.officer, at=START)
    publish_round(round=round, by=cast.officer, at=START)
    part = refresh_participation(
        participation=part_of(round, cast.communes[0]),
        state=UnitState.DRAFT,
        counts={str(level_of("commune").pk): [1, 0]},
        at=START,
    )
    assert not part.is_short
