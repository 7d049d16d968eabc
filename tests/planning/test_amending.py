"""An amending paper: what it changes is shown old beside new, and applied on request."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories.accounts import START
from tests.factories.directives import DocumentFactory, DocumentLinkFactory
from tests.factories.rounds import make_s4_round
from tests.planning.papers import REGISTER, read_paper, round_letter

from kheo.directives.actions import link_origin
from kheo.notices.models import Notice
from kheo.organisations.rules import NotAllowedError
from kheo.planning.actions import apply_amendments
from kheo.planning.queries.amending import amendments_of
from kheo.planning.queries.facts import checked_paper
from kheo.planning.rules import PlanError
from kheo.rounds.models import Participation, Round

pytestmark = pytest.mark.django_db
LETTER = """Thời gian gửi danh sách đăng ký: chậm nhất ngày 15/3/2024.
Giới thiệu không quá 07 nội dung cấp tỉnh; mỗi đơn vị đăng ký tối đa 06 nội dung cấp huyện.
"""
FINDINGS = [
    ("deadline", "chậm nhất ngày 15/3/2024", 0, REGISTER | {"on": "2024-03-15"}),
    (
        "quota",
        "không quá 07 nội dung",
        0,
        {"level": "tỉnh", "min": None, "max": 7, "what": "nominate"},
    ),
    (
        "quota",
        "tối đa 06 nội dung",
        0,
        {"level": "huyện", "min": None, "max": 6, "what": "register"},
    ),
]


def amended(cast, *, published):
    """A round that was made of a letter, and the letter that amends it."""
    letter = round_letter(cast.district)
    round = make_s4_round(cast, published=published)
    finding = letter.readings.get().findings.first()
    link_origin(finding=finding, subject="rounds.round", subject_id=round.pk, by=None, at=START)
    later = DocumentFactory(owner=cast.district, kind="CV", symbol="15-CV/HU", number=15)
    DocumentLinkFactory(document=later, relation="amends", target=letter, symbol="", kind="CV")
    read_paper(later, LETTER, FINDINGS)
    return later, round


def changes(cast, document):
    return amendments_of(checked_paper(document), cast.district)


def test_a_draft_takes_deadline_quota_and_cap(client, cast):
    later, round = amended(cast, published=False)
    client.force_login(cast.officer.user)
    url = reverse("planning:proposals", args=[later.pk])
    page = client.get(url).content.decode()
    for text in ("27/02/2024", "15/03/2024", "4–5", "4–6", "không quá 07 nội dung"):
        assert text in page
    keys = [one.key for one in changes(cast, later)]
    assert len(keys) == 5, "a deadline and a quota of each audience, and the cap"
    answer = client.post(reverse("planning:amend", args=[later.pk]), {"change": keys})
    assert answer.url == url
    round.refresh_from_db()
    assert round.nomination_cap == 7
    for audience in round.audiences.all():
        assert audience.due_on == date(2024, 3, 15)
        line = audience.quotas.get(level__code="district")
        assert (line.minimum, line.maximum) == (4, 6)
    assert changes(cast, later) == []


def test_a_published_round_is_extended_with_a_notice_and_keeps_its_quotas(client, cast):
    later, round = amended(cast, published=True)
    Notice.objects.all().delete()
    rows = changes(cast, later)
    refused = [one for one in rows if not one.can_apply]
    assert {one.what for one in refused} == {"quota"}
    client.force_login(cast.officer.user)
    keys = [one.key for one in rows if one.can_apply]
    client.post(reverse("planning:amend", args=[later.pk]), {"change": keys})
    parts = Participation.objects.filter(round=round)
    assert {part.due_on for part in parts} == {date(2024, 3, 15)}
    assert "15-CV/HU" in parts.first().extension_reason
    assert Notice.objects.filter(subject__contains="15/03/2024").exists()
    assert Round.objects.get().nomination_cap == 7
    with pytest.raises(PlanError):
        apply_amendments(
            reading=later.readings.get(),
            organiser=cast.district,
            chosen=refused,
            by=cast.officer,
            at=START,
        )


def test_nothing_chosen_and_nobody_else_changes_anything(client, cast):
    later, round = amended(cast, published=False)
    client.force_login(cast.officer.user)
    assert client.post(reverse("planning:amend", args=[later.pk])).status_code == 422
    with pytest.raises(NotAllowedError):
        apply_amendments(
            reading=later.readings.get(),
            organiser=cast.district,
            chosen=changes(cast, later),
            by=cast.leader,
            at=START,
        )
    round.refresh_from_db()
    assert round.nomination_cap == 5
