"""Every rule finds its own examples and passes over what only looks like them."""

import pytest

from kheo.lib.extraction.directives.rules import Rule, rule_files, rules

ALL = [pytest.param(one, id=one.id) for name in rule_files() for one in rules(name)]


def test_ids_are_told_apart() -> None:
    ids = [one.id for name in rule_files() for one in rules(name)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("one", ALL)
def test_a_rule_finds_its_examples(one: Rule) -> None:
    assert one.examples
    assert [sample for sample in one.examples if not one.matches(sample)] == []


@pytest.mark.parametrize("one", ALL)
def test_a_rule_passes_over_what_is_something_else(one: Rule) -> None:
    assert [sample for sample in one.others if one.matches(sample)] == []
