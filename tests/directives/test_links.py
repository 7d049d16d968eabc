"""Relations of documents: found by themselves, kept apart, asked for, settled by a person."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories.accounts import START
from tests.factories.directives import DocumentFactory, DocumentLinkFactory
from tests.factories.organisations import make_cast

from kheo.audit.models import Entry
from kheo.directives.actions import (
    DocumentError,
    DocumentFacts,
    add_link,
    edit_document,
    register_document,
    remove_link,
    settle_link,
)
from kheo.directives.enums import LinkState, Relation
from kheo.directives.models import DocumentLink
from kheo.directives.queries.relations import relations_of
from kheo.directives.rules import Match, Named, issuers_agree, match_of
from kheo.organisations.rules import NotAllowedError

pytestmark = pytest.mark.django_db

DIRECTIVE = {
    "kind": "CT",
    "symbol": "11-CT/TU",
    "issued_on": date(2021, 9, 28),
    "issuer_name": "Tỉnh ủy Bắc Giang",
}
NAMED = Named(kind="CT", symbol="11-CT/TU", issued_on="2021-09-28", issuer="Ban Thường vụ Tỉnh ủy")


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def plan(cast):
    return DocumentFactory(owner=cast.district, kind="KH", symbol="62-KH/HU")


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.officer.user)
    return client


def enter(owner, **changes):
    facts = DIRECTIVE | {"subject": "nâng cao hiệu quả phong trào"} | changes
    return register_document(owner=owner, facts=DocumentFacts(**facts), by=None, at=START)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Ban Thường vụ Tỉnh ủy", "Tỉnh ủy Bắc Giang", True),
        ("Tỉnh uỷ", "Tỉnh ủy", True),
        ("", "Tỉnh ủy", True),
        ("Tỉnh ủy", "Thị ủy", False),
        ("Tỉnh ủy Bắc Giang", "Tỉnh ủy Quảng Ngãi", False),
        ("Ban Dân vận Tỉnh ủy", "Tỉnh ủy Bắc Giang", False),
        ("Huyện ủy", "Huyện ủyTân", False),
    ],
)
def test_two_ways_of_naming_an_issuer_are_told_from_two_issuers(one, other, agree):
    assert issuers_agree(one, other) is agree
    assert issuers_agree(other, one) is agree


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({}, Match.SURE),
        ({"issuer": ""}, Match.LIKELY),
        ({"issued_on": ""}, Match.LIKELY),
        ({"issued_on": "2021-09"}, Match.LIKELY),
        ({"issued_on": "", "issuer": ""}, Match.MAYBE),
        ({"issued_on": "2021-09-29"}, Match.NO),
        ({"issued_on": "2020"}, Match.NO),
        ({"issuer": "Thị ủy"}, Match.NO),
        ({"kind": "KH"}, Match.NO),
        ({"symbol": "12-CT/TU"}, Match.NO),
    ],
)
def test_one_contradiction_is_enough_for_another_paper(cast, changes, match):
    values = {"kind": "CT", "symbol": "11-CT/TU"}
    values |= {"issued_on": "2021-09-28", "issuer": "Ban Thường vụ Tỉnh ủy"} | changes
    assert match_of(Named(**values), DocumentFactory(owner=cast.province, **DIRECTIVE)) == match


def test_what_others_named_is_linked_when_it_enters(cast, plan):
    waiting = DocumentLinkFactory(document=plan)
    elsewhere = DocumentLinkFactory(
        document=DocumentFactory(owner=cast.elsewhere), issuer="Thị ủy", issued_on=""
    )
    directive = enter(cast.province)
    waiting.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (waiting.target, waiting.state) == (directive, LinkState.FOUND)
    assert (elsewhere.target, elsewhere.state) == (None, LinkState.NAMED)


def test_a_document_of_a_neighbour_links_nothing(cast):
    mine = DocumentLinkFactory(document=DocumentFactory(owner=cast.communes[0]))
    enter(cast.communes[1])
    mine.refresh_from_db()
    assert mine.target is None


def test_without_day_and_issuer_a_person_is_asked_and_answers(officer, cast, plan):
    directive = enter(cast.province)
    link = add_link(
        document=plan,
        relation=Relation.IMPLEMENTS,
        named=Named(kind="CT", symbol="11-CT/TU"),
        by=cast.officer,
        at=START,
    )
    assert (link.state, link.target) == (LinkState.ASKED, None)
    page = officer.get(reverse("directives:detail", args=[plan.pk])).content.decode()
    assert "Đó là văn bản nào?" in page
    answer = officer.post(
        reverse("directives:relation-settle", args=[link.pk]), {"target": directive.pk}, follow=True
    )
    link.refresh_from_db()
    assert (link.state, link.target) == (LinkState.CHOSEN, directive)
    assert "Đó là văn bản nào?" not in answer.content.decode()
    settle_link(link=link, target=None, by=cast.officer, at=START)
    link.refresh_from_db()
    assert (link.state, link.target) == (LinkState.APART, None)
    assert Entry.objects.filter(verb="document.settle-relation").count() == 2


def test_two_papers_that_fit_alike_are_asked_and_one_entered_twice_is_not(cast, plan):
    top = enter(cast.province)
    DocumentFactory(owner=cast.district, **DIRECTIVE)
    told = {"document": plan, "relation": Relation.CITES, "by": cast.officer, "at": START}
    assert add_link(named=NAMED, **told).target == top
    DocumentFactory(owner=cast.district, **(DIRECTIVE | {"issued_on": date(2021, 9, 29)}))
    unclear = Named(symbol="11-CT/TU", issuer="Tỉnh ủy Bắc Giang")
    assert add_link(named=unclear, **told).state == LinkState.ASKED


def test_a_number_corrected_later_moves_the_links(cast, plan):
    directive = enter(cast.province, symbol="12-CT/TU")
    link = DocumentLinkFactory(document=plan)
    facts = DocumentFacts(**DIRECTIVE, subject="nâng cao")
    edit_document(document=directive, facts=facts, by=None, at=START)
    link.refresh_from_db()
    assert link.target == directive
    edit_document(
        document=directive,
        facts=DocumentFacts(**(DIRECTIVE | {"symbol": "13-CT/TU"}), subject="nâng cao"),
        by=None,
        at=START,
    )
    link.refresh_from_db()
    assert (link.target, link.state) == (None, LinkState.NAMED)


def test_a_relation_is_typed_and_taken_off_again(officer, cast, plan):
    directive = enter(cast.province)
    typed = {
        "relation": "implements",
        "symbol": "11 - CT/TU",
        "issued_on": "28/09/2021",
        "issuer": "Tỉnh ủy",
    }
    address = reverse("directives:relation-add", args=[plan.pk])
    assert officer.post(address, typed).status_code == 302
    link = DocumentLink.objects.get()
    assert link.target == directive
    again = officer.post(address, typed)
    assert again.status_code == 422
    assert "Quan hệ này đã có" in again.content.decode()
    assert officer.post(address, typed | {"symbol": "mười một"}).status_code == 422
    officer.post(reverse("directives:relation-remove", args=[link.pk]))
    assert not DocumentLink.objects.exists()
    assert Entry.objects.get(verb="document.remove-relation").after["other"].startswith("Chỉ thị")


def test_a_document_has_no_relation_to_itself_and_none_to_what_is_not_seen(cast, plan):
    link = DocumentLinkFactory(document=plan)
    hidden = DocumentFactory(owner=cast.elsewhere)
    for target in (plan, hidden):
        with pytest.raises(DocumentError):
            settle_link(link=link, target=target, by=cast.officer, at=START)
    with pytest.raises(DocumentError):
        add_link(document=plan, relation=Relation.CITES, named=Named(), by=cast.officer, at=START)


def test_only_keepers_in_reach_change_relations(client, cast, plan):
    link = DocumentLinkFactory(document=plan)
    with pytest.raises(NotAllowedError):
        remove_link(link=link, by=cast.clerk, at=START)
    client.force_login(cast.clerk.user)
    assert client.post(reverse("directives:relation-remove", args=[link.pk])).status_code == 403
    client.force_login(cast.stranger.user)
    assert client.post(reverse("directives:relation-remove", args=[link.pk])).status_code == 404


def test_what_replaces_and_amends_it_is_said_on_top(officer, cast, plan):
    for relation, symbol in ((Relation.REPLACES, "70-KH/HU"), (Relation.AMENDS, "71-KH/HU")):
        other = DocumentFactory(owner=cast.district, kind="KH", symbol=symbol)
        DocumentLinkFactory(document=other, target=plan, relation=relation)
    page = officer.get(reverse("directives:detail", args=[plan.pk])).content.decode()
    assert "không còn hiệu lực" in page
    assert page.index("70-KH/HU") < page.index("Thông tin văn bản")
    assert page.index("71-KH/HU") < page.index("Thông tin văn bản")


def test_relations_to_hidden_documents_are_shown_as_the_paper_names_them(cast):
    commune = DocumentFactory(owner=cast.communes[0], kind="KH", symbol="05-KH/ĐU")
    district = DocumentFactory(owner=cast.district, kind="KH", symbol="62-KH/HU")
    DocumentLinkFactory(document=commune, target=district, state=LinkState.FOUND)
    assert relations_of(district, cast.officer).naming[0].other == commune
    neighbour = relations_of(district, cast.stranger)
    assert neighbour.naming == []


@pytest.mark.parametrize("count", [1, 12])
def test_relations_cost_the_same_however_many(cast, plan, count, django_assert_num_queries):
    for number in range(count):
        target = DocumentFactory(owner=cast.district, kind="CT", symbol=f"{number + 20}-CT/TU")
        DocumentLinkFactory(document=plan, target=target, symbol=target.symbol)
    with django_assert_num_queries(3):
        assert len(relations_of(plan, cast.officer).named) == count
