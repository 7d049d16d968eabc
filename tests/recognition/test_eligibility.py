"""What stands against a candidate, each with its reason; and what only is to be looked at."""

from datetime import date

import pytest
from tests.factories.recognition import DECIDED, MERIT, PROPOSED

from kheo.exemplars.enums import State
from kheo.organisations.actions import Basis, dissolve_organisation
from kheo.recognition.actions import CandidateTerms, HonourError, add_candidates
from kheo.recognition.enums import Act, Subject
from kheo.recognition.models import Honour, HonourCandidate, HonourForm
from kheo.recognition.queries.eligibility import checked
from kheo.recognition.rules.eligibility import (
    Appraisal,
    CandidateFacts,
    GivenHonour,
    findings_of,
)

TODAY = date(2024, 10, 12)
RECOGNITION = HonourForm(pk=1, name="Giấy chứng nhận", act=Act.RECOGNISE)
COMMENDATION = HonourForm(pk=2, name="Giấy khen", act=Act.COMMEND, needs_recognition=True)


def given(**changes) -> GivenHonour:
    values = {
        "pk": 7,
        "form_id": 1,
        "act": Act.RECOGNISE,
        "issuer_id": 5,
        "issuer": "Huyện ủy Tân Yên",
        "year": 2024,
        "reference": "Quyết định số 9-QĐ/HU",
        "valid_until": None,
    }
    return GivenHonour(**(values | changes))


def facts(subject=Subject.EXEMPLAR, renews=None, **changes) -> CandidateFacts:
    candidate = HonourCandidate(pk=1, subject=subject, achievement=MERIT, renews_id=renews)
    values = {"candidate": candidate, "year": 2024, "issuer_id": 5, "today": TODAY}
    return CandidateFacts(**(values | {"state": State.ACCEPTED} | changes))


def rules(form, asked):
    found = findings_of(asked, form)
    assert all(finding.reason for finding in found)
    return [(finding.rule, finding.blocks) for finding in found]


FAILED = Appraisal(owner_id=5, is_disqualified=False, grade="Trung bình", may_be_recognised=False)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (facts(), []),
        (facts(state=State.DECLINED), [("not-accepted", True)]),
        (facts(Subject.UNIT, state=""), []),
        (facts(dissolved_on=TODAY), [("dissolved", True)]),
        (facts(dissolved_on=date(2024, 10, 13)), []),
        (
            facts(appraisals=(Appraisal(owner_id=5, is_disqualified=True, reason="Đơn thư"),)),
            [("disqualified", True)],
        ),
        (facts(appraisals=(FAILED,)), [("grade", True)]),
        (facts(given=(given(),)), [("twice", True)]),
        # another body recognises the same model on its own level
        (facts(given=(given(issuer_id=6),)), []),
        (facts(given=(given(year=2023),)), [("valid", False)]),
        (facts(given=(given(year=2022, valid_until=date(2023, 12, 31)),)), []),
        (facts(given=(given(),), renews=7), []),
        (facts(renews=7), [("renewal", True)]),
        # a renewal in another form would be a second honour; so would a second renewal
        (facts(given=(given(form_id=2),), renews=7), [("renewal", True)]),
        (facts(given=(given(), given(pk=8, renews=7)), renews=7), [("twice", True)]),
        (facts(elsewhere=("Tờ trình khác",)), [("elsewhere", False)]),
    ],
)
def test_recognition(asked, expected):
    assert rules(RECOGNITION, asked) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (facts(), [("not-recognised", True)]),
        (facts(given=(given(),)), []),
        (facts(given=(given(valid_until=date(2024, 10, 11)),)), [("not-recognised", True)]),
        # a commendation in one form is not given twice, whoever gives it
        (
            facts(given=(given(), given(pk=8, form_id=2, act=Act.COMMEND, issuer_id=6))),
            [("twice", True)],
        ),
        (facts(Subject.PERSON, state=""), []),
    ],
)
def test_commendation(asked, expected):
    assert rules(COMMENDATION, asked) == expected


def test_all_reasons_are_told_at_once(honours):
    row = honours.accepted()
    refused = honours.world.registration(State.DECLINED, honours.cast.communes[1])
    proposal = honours.proposal(row, refused, form="party-commendation")
    found = checked(list(proposal.candidates.all()), proposal, TODAY)
    assert [[finding.rule for finding in one] for one in found.values()] == [
        ["not-recognised"],
        ["not-accepted", "not-recognised"],
    ]
    with pytest.raises(HonourError) as error:
        honours.sent(proposal)
    assert len(error.value.reasons) == 3
    assert "chưa được chấp nhận" in str(error.value)
    # once it is recognised, it may be commended, and rests on the recognition
    honours.announced(row)
    decision = honours.issued(row, form="party-commendation", number=130)
    commendation = decision.honours.get()
    assert commendation.based_on.act == Act.RECOGNISE
    with pytest.raises(HonourError, match="Đã được trao hình thức này"):
        honours.proposal(row, form="party-commendation", sent=True)


def test_a_dissolved_unit_and_a_renewal(honours):
    row = honours.accepted()
    decision = honours.announced(row, valid_until=date(2024, 12, 31))
    old = Honour.objects.get(decision=decision)
    assert old.is_expired(date(2025, 1, 1))
    assert not old.is_expired(date(2024, 12, 31))
    proposal = honours.proposal()
    renewing = CandidateTerms(registration=row, achievement=MERIT, renews=old)
    add_candidates(proposal=proposal, candidates=[renewing], by=honours.officer, at=PROPOSED)
    assert checked(list(proposal.candidates.all()), proposal, TODAY) == {
        proposal.candidates.get().pk: []
    }
    dissolve_organisation(
        organisation=honours.cast.communes[0],
        on=DECIDED.date(),
        basis=Basis(),
        by=None,
        at=DECIDED,
    )
    fresh = list(proposal.candidates.select_related("registration", "organisation"))
    assert [finding.rule for finding in checked(fresh, proposal, TODAY)[fresh[0].pk]] == [
        "dissolved"
    ]
