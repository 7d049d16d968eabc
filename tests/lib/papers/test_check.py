"""What is said of papers that are not in due form."""

from dataclasses import replace

import pytest
from tests.lib.papers import samples

from kheo.lib.papers.check import problems
from kheo.lib.papers.nodes import Closing, Column, Signer, Table, Title


def parts(paper):
    return [problem.part for problem in problems(paper)]


def letter(**changes):
    paper = samples.s0()
    return replace(paper, head=replace(paper.head, **changes))


def signed(authority, profile="party-2018"):
    closing = Closing(signers=(Signer(authority=authority, position="PHÓ BÍ THƯ", name="Lê Thử"),))
    return replace(samples.m1(), profile=profile, body=(Title("BẢN ĐĂNG KÝ"), closing))


@pytest.mark.parametrize("name", samples.ALL)
def test_samples_are_in_due_form(name):
    assert problems(samples.ALL[name]()) == []


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"number": "4266"}, "number"),
        ({"number": "Số: 30/QĐ-UBND"}, "number"),
        ({"place_and_date": ""}, "date"),
        ({"motto": False}, "head"),
        ({"issuers": ("Tỉnh ủy Thử Nghiệm",)}, "head"),
    ],
)
def test_issued_letter_needs_a_whole_head(changes, part):
    assert parts(letter(**changes)) == [part]


@pytest.mark.parametrize(
    "number", ["Số 127-QĐ/TW", "Số 01-CTr/TU", "Số -CV/HU", "Số 1388-CV/BDVTU"]
)
def test_numbers_of_the_party_are_known(number):
    assert parts(letter(number=number)) == []


@pytest.mark.parametrize("number", ["Số: 30/QĐ-UBND", "Số: /UBND-NV"])
def test_numbers_of_the_state_are_known(number):
    paper = replace(letter(number=number), profile="state-2020")
    assert "number" not in parts(paper)
    assert "sign" in parts(paper)  # T/M is written TM. by agencies of the state


def test_issued_letter_names_recipients_and_signer():
    closing = Closing(signers=(Signer(position="PHÓ BÍ THƯ"),))
    paper = samples.s0()
    body = tuple(closing if isinstance(block, Closing) else block for block in paper.body)
    assert parts(replace(paper, body=body)) == ["recipients", "sign"]


def test_form_needs_issuer_name_and_place_to_sign():
    paper = samples.m1()
    bare = replace(paper, title=" ", head=replace(paper.head, issuers=()), body=())
    assert parts(bare) == ["head", "title", "kind", "sign"]
    assert parts(replace(paper, head=None)) == ["head"]


def test_nobody_signs_for_a_collective_as_its_deputy():
    assert parts(signed("K/T BAN THƯỜNG VỤ")) == ["sign"]
    assert parts(signed("K/T TRƯỞNG BAN")) == []


def test_party_and_state_abbreviate_differently():
    assert parts(signed("TM. BAN THƯỜNG VỤ")) == ["sign"]
    assert parts(signed("TM. ỦY BAN NHÂN DÂN", "state-2020")) == []


def test_unknown_profile_is_said_alone():
    assert parts(replace(samples.m1(), profile="party-1990")) == ["profile"]


def test_column_without_heading_is_found():
    paper = samples.m4()
    assert "table" in parts(replace(paper, body=(*paper.body, Table((Column(""),), ()))))
