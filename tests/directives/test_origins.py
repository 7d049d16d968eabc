"""Work and the sentence it was made of are linked both ways."""

import pytest
from tests.factories.accounts import START
from tests.factories.directives import DocumentFactory, FindingFactory, OriginFactory
from tests.factories.organisations import make_cast

from kheo.audit.models import Entry
from kheo.directives.actions import link_origin
from kheo.directives.models import Origin
from kheo.directives.queries import origins_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def finding():
    cast = make_cast()
    return FindingFactory(document=DocumentFactory(owner=cast.district))


def test_work_is_linked_to_its_sentence_once_and_with_a_trace(finding):
    told = {"finding": finding, "subject": "rounds.round", "subject_id": 7, "by": None, "at": START}
    assert link_origin(**told) == link_origin(**told)
    assert Origin.objects.count() == 1
    entry = Entry.objects.get(verb="document.make-work")
    assert entry.after["sentence"] == finding.text


def test_the_sentences_of_much_work_are_asked_for_at_once(finding, django_assert_num_queries):
    for number in (1, 2):
        OriginFactory(finding=finding, subject_id=number)
    OriginFactory(finding=finding, subject="reviews.review", subject_id=1)
    with django_assert_num_queries(1):
        found = origins_of("rounds.round", [1, 2, 3])
        assert {
            origin.finding.reading.document.symbol for rows in found.values() for origin in rows
        }
    assert sorted(found) == [1, 2]
    assert len(found[1]) == 1
