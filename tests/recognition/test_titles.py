"""Unit titles and the outcome of a council go on into proposals and decisions, and back."""

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.councils import make_criteria_set, make_file
from tests.factories.recognition import ANNOUNCED, PROPOSED

from kheo.appraisal.enums import FileState, TitleState
from kheo.appraisal.models import AppraisalFile, TitleEntry
from kheo.councils.enums import CouncilState, Result
from kheo.councils.models import Council, CouncilFile, Outcome
from kheo.recognition.actions import (
    CandidateTerms,
    HonourError,
    add_candidates,
    draw_up_decision,
    draw_up_revocation,
)
from kheo.recognition.queries.eligibility import checked


@pytest.fixture
def council(honours):
    """An announced council of the district: one model, one title put forward, one title not."""
    cast, now = honours.cast, timezone.now()
    row = honours.accepted()
    made = make_criteria_set(cast.district)
    council = Council.objects.create(
        organisation=cast.district,
        path=cast.district.path,
        name="Hội đồng thẩm định huyện",
        year=2024,
        criteria_set=made,
        quorum=3,
        state=CouncilState.ANNOUNCED,
        created_at=now,
    )
    subjects = [("Mô hình", row), ("Cơ quan Dân vận khéo", None), ("Đơn vị Dân vận khéo", None)]
    for place, (name, registration) in enumerate(subjects, start=1):
        unit = cast.communes[place - 1]
        file = make_file(made, cast.district, unit, name=name, registration=registration)
        before = CouncilFile.objects.create(council=council, file=file, order=place)
        result = Result.PUT_FORWARD if place < 3 else Result.NOT_PUT_FORWARD
        Outcome.objects.create(council=council, file=before, result=result, place=place)
    TitleEntry.objects.update(year=2024, state=TitleState.APPRAISED)
    AppraisalFile.objects.update(state=FileState.CLOSED)
    return council


def test_what_a_council_puts_forward_is_recognised_and_taken_back(client, honours, council):
    client.force_login(honours.officer.user)
    proposal = honours.proposal()
    url = reverse("recognition:candidates-council", args=[proposal.pk])
    client.post(url, {"council": council.pk, "achievement": "Đạt kết quả tốt"})
    assert sorted(row.subject for row in proposal.candidates.all()) == ["exemplar", "unit"]
    entry = TitleEntry.objects.get(title="Cơ quan Dân vận khéo")
    unit = proposal.candidates.get(title_entry=entry)
    assert unit.achievement == "Đạt danh hiệu “Cơ quan Dân vận khéo” năm 2024"
    offered = client.get(reverse("recognition:offered", args=[proposal.pk]))
    assert [row.title for row in offered.context["titles"]] == ["Đơn vị Dân vận khéo"]
    honours.sent(proposal)
    decision = draw_up_decision(proposal=proposal, by=honours.officer, at=ANNOUNCED)
    decision = honours.completed(decision)
    honours.announce(honours.issue(decision))
    entry.refresh_from_db()
    assert entry.state == TitleState.RECOGNISED
    taken = draw_up_revocation(
        decision=decision,
        honours=[decision.honours.get(title_entry=entry).pk],
        reason="Vi phạm dân chủ ở cơ sở.",
        along=False,
        by=honours.officer,
        at=ANNOUNCED,
    )
    honours.issue(honours.completed(taken, 132))
    entry.refresh_from_db()
    assert entry.state == TitleState.NOT_RECOGNISED


def test_disqualified_files_and_titles_without_a_result_are_refused(honours, council):
    entry = TitleEntry.objects.get(title="Cơ quan Dân vận khéo")
    other = TitleEntry.objects.get(title="Đơn vị Dân vận khéo")
    TitleEntry.objects.filter(pk=other.pk).update(state=TitleState.REGISTERED)
    AppraisalFile.objects.filter(title_entry=entry).update(
        is_disqualified=True, disqualified_reason="có vụ việc khiếu kiện đông người"
    )
    proposal = honours.proposal()
    terms = [
        CandidateTerms(title_entry=TitleEntry.objects.get(pk=one.pk)) for one in (entry, other)
    ]
    add_candidates(proposal=proposal, candidates=terms, by=honours.officer, at=PROPOSED)
    rows = list(proposal.candidates.select_related("title_entry", "organisation", "registration"))
    found = checked(rows, proposal, PROPOSED.date())
    assert [[one.rule for one in found[row.pk]] for row in rows] == [
        ["disqualified"],
        ["no-result"],
    ]
    with pytest.raises(HonourError, match="khiếu kiện đông người"):
        honours.sent(proposal)
