"""The family of a document: from the top down to it and below it, as far as a seat sees."""

import pytest
from django.urls import reverse
from tests.factories.directives import DocumentFactory, DocumentLinkFactory
from tests.factories.organisations import make_cast

from kheo.directives.enums import Relation
from kheo.directives.queries.family import family_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def made(owner, symbol, above=None, relation=Relation.IMPLEMENTS):
    document = DocumentFactory(owner=owner, kind=symbol.split("-")[1].split("/")[0], symbol=symbol)
    if above is not None:
        DocumentLinkFactory(document=document, target=above, relation=relation)
    return document


@pytest.fixture
def line(cast):
    """Province, district and two communes, each implementing the one above."""
    top = made(cast.province, "11-CT/TU")
    middle = made(cast.district, "62-KH/HU", top)
    lower = [made(unit, f"0{i}-KH/ĐU", middle) for i, unit in enumerate(cast.communes[:2], 1)]
    return top, middle, lower


def symbols(members):
    """Symbols as nested lists, to be compared at a glance."""
    return [
        (
            member.document.symbol if member.document else f"? {member.named.symbol}",
            symbols(member.children),
        )
        for member in members
    ]


def test_the_tree_goes_from_the_province_to_the_communes(cast, line):
    _top, middle, _lower = line
    family = family_of(middle, cast.officer)
    below = [("01-KH/ĐU", []), ("02-KH/ĐU", [])]
    assert symbols(family.roots) == [("11-CT/TU", [("62-KH/HU", below)])]
    assert family.roots[0].children[0].is_self
    assert not family.is_cut


def test_a_seat_sees_its_own_branch_only(cast, line):
    top, _middle, _lower = line
    family = family_of(top, cast.clerk)
    assert symbols(family.roots) == [("11-CT/TU", [("62-KH/HU", [("01-KH/ĐU", [])])])]
    assert symbols(family_of(top, cast.stranger).roots) == [("11-CT/TU", [])]


def test_what_is_only_named_stands_above_by_its_name(cast):
    plan = made(cast.district, "62-KH/HU")
    DocumentLinkFactory(document=plan)
    DocumentLinkFactory(document=plan, relation=Relation.CITES, symbol="99-QĐ/TW")
    assert symbols(family_of(plan, cast.officer).roots) == [("? 11-CT/TU", []), ("62-KH/HU", [])]


def test_a_document_with_two_grounds_is_told_once_in_full(cast, line):
    top, middle, _lower = line
    other = made(cast.province, "09-HD/TU", top)
    DocumentLinkFactory(document=middle, target=other)
    family = family_of(middle, cast.officer)
    ((_symbol, children),) = symbols(family.roots)
    assert [symbol for symbol, _below in children] == ["62-KH/HU", "09-HD/TU"]
    assert family.roots[0].children[1].children[0].is_again


def test_documents_that_name_one_another_do_not_hang_the_page(client, cast, line):
    top, middle, _lower = line
    DocumentLinkFactory(document=top, target=middle)
    client.force_login(cast.officer.user)
    page = client.get(reverse("directives:detail", args=[middle.pk]))
    assert page.status_code == 200
    assert "Cây văn bản" in page.content.decode()


def test_a_document_alone_has_no_tree(client, cast):
    lone = made(cast.district, "62-KH/HU")
    assert family_of(lone, cast.officer).is_alone
    client.force_login(cast.officer.user)
    page = client.get(reverse("directives:detail", args=[lone.pk])).content.decode()
    assert "Cây văn bản" not in page


def test_a_large_family_is_cut_and_says_so(cast, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("kheo.directives.queries.family.MOST", 5)
    top = made(cast.province, "11-CT/TU")
    for number in range(8):
        made(cast.district, f"{number + 10}-KH/HU", top)
    with django_assert_max_num_queries(6):
        family = family_of(top, cast.officer)
    assert family.is_cut
    assert len(family.roots[0].children) == 5
