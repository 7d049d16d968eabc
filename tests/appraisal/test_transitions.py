"""Who may do what to a file in which state: every role, every state, on every side."""

import pytest
from tests.factories.appraisal import Appraising
from tests.factories.organisations import SeatFactory

from kheo.appraisal.enums import FileDeed, FileState
from kheo.appraisal.models import AppraisalFile
from kheo.appraisal.rules.transitions import (
    TRANSITIONS,
    can_do_to_file,
    can_enter_for_title,
    can_open_files,
    can_pass_file,
    can_return_file,
    can_settle_titles,
    can_withdraw_entry,
)
from kheo.organisations.enums import Role

EDITABLE = {FileState.SELF_SCORING, FileState.RETURNED}
SUPERIOR = {FileState.SENT, FileState.SUPERIOR_SCORED}
UNIT, ABOVE, OWNER = "unit", "advisory", "district"
# who may, by place and role, and in which states
TABLE = {
    FileDeed.SCORE: ({(UNIT, Role.CLERK), (UNIT, Role.HEAD)}, EDITABLE),
    FileDeed.SEND: ({(UNIT, Role.HEAD)}, EDITABLE),
    FileDeed.WITHDRAW: ({(UNIT, Role.HEAD)}, EDITABLE | {FileState.SENT}),
    FileDeed.RETURN: ({(ABOVE, Role.OFFICER), (OWNER, Role.OFFICER)}, SUPERIOR),
    FileDeed.SUPERIOR_SCORE: ({(ABOVE, Role.OFFICER), (OWNER, Role.OFFICER)}, SUPERIOR),
    FileDeed.PASS: ({(ABOVE, Role.OFFICER), (OWNER, Role.OFFICER)}, SUPERIOR),
    FileDeed.TAKE_BACK: (
        {(ABOVE, Role.OFFICER), (OWNER, Role.OFFICER)},
        {FileState.BEFORE_COUNCIL},
    ),
    FileDeed.CLOSE: (
        {
            (place, role)
            for place in (ABOVE, OWNER)
            for role in (Role.OFFICER, Role.LEADER, Role.HEAD)
        }
        | {(place, Role.COUNCIL) for place in (UNIT, ABOVE, OWNER, "neighbour", "elsewhere")},
        {FileState.BEFORE_COUNCIL},
    ),
}


@pytest.fixture
def seats(cast):
    """A seat of every role in the unit, above it, beside it."""
    places = {UNIT: cast.communes[0], ABOVE: cast.advisory, OWNER: cast.district}
    places |= {"neighbour": cast.communes[1], "elsewhere": cast.elsewhere}
    return {
        (place, role): SeatFactory(organisation=unit, role=role)
        for place, unit in places.items()
        for role in Role
    }


def file_of(cast, unit=None, **changes) -> AppraisalFile:
    unit = unit or cast.communes[0]
    return AppraisalFile(
        organisation=unit,
        path=unit.path,
        owner=cast.district,
        owner_path=cast.district.path,
        **changes,
    )


def test_every_arrow_for_every_role_in_every_state(cast, seats) -> None:
    assert set(TABLE) == set(TRANSITIONS) == set(FileDeed)
    wrong = []
    for deed, (who, states) in TABLE.items():
        for state in FileState:
            file = file_of(cast, state=state)
            for key, seat in seats.items():
                verdict = can_do_to_file(deed, seat, file)
                if bool(verdict) != (key in who and state in states):
                    wrong.append((deed, state, key, str(verdict.reason)))
                assert verdict or str(verdict.reason)
    assert wrong == []


def test_nobody_without_a_seat_does_anything(cast) -> None:
    for deed in FileDeed:
        assert not can_do_to_file(deed, None, file_of(cast, state=FileState.SENT))


def test_a_body_that_appraises_itself_has_its_own_officers_as_superior(cast) -> None:
    own = file_of(cast, cast.district, state=FileState.SENT)
    assert can_do_to_file(FileDeed.SUPERIOR_SCORE, cast.officer, own)
    assert can_pass_file(cast.officer, own)


def test_a_province_does_not_score_what_a_district_appraises(cast) -> None:
    seat = SeatFactory(organisation=cast.province, role=Role.OFFICER)
    assert not can_do_to_file(FileDeed.SUPERIOR_SCORE, seat, file_of(cast, state=FileState.SENT))


def test_a_file_goes_to_the_council_once_the_superior_has_scored(cast) -> None:
    sent = file_of(cast, state=FileState.SENT)
    assert "chưa chấm xong" in str(can_pass_file(cast.officer, sent).reason)
    assert can_pass_file(cast.officer, sent, superior_scores=False)
    assert can_pass_file(cast.officer, file_of(cast, state=FileState.SUPERIOR_SCORED))


def test_what_the_unit_never_scored_is_not_returned(cast) -> None:
    assert not can_return_file(cast.officer, file_of(cast, state=FileState.SENT))


def test_a_model_is_not_withdrawn_here(cast) -> None:
    file = file_of(cast, state=FileState.SENT, registration_id=1)
    assert not can_withdraw_entry(cast.head, file)
    assert can_withdraw_entry(cast.head, file_of(cast, state=FileState.SENT, title_entry_id=1))


def test_who_opens_files_enters_units_and_settles_titles(cast, seats) -> None:
    opens = {key for key, seat in seats.items() if can_open_files(seat, cast.district)}
    assert opens == {(ABOVE, Role.OFFICER), (OWNER, Role.OFFICER)}
    enters = {key for key, seat in seats.items() if can_enter_for_title(seat, cast.communes[0])}
    assert enters == {(UNIT, Role.CLERK), (UNIT, Role.HEAD)}
    settles = {key for key, seat in seats.items() if can_settle_titles(seat, cast.communes[0].path)}
    assert settles == {
        (place, role) for place in (UNIT, ABOVE, OWNER) for role in (Role.OFFICER, Role.LEADER)
    }


def test_an_arrow_tells_its_verb(appraising: Appraising) -> None:
    assert TRANSITIONS[FileDeed.SUPERIOR_SCORE].verb == "appraisal.superior-score"
