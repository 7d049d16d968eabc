"""The invented content: complete, varied, and fit for the forms it is typed into."""

import random
import re
from itertools import islice

from kheo.demo.content import ModelText, load_models, load_world, make_persons
from kheo.rounds.enums import Field, Form


def test_models_cover_every_field_and_both_forms():
    models = load_models()
    assert {model.field for model in models} == set(Field.values)
    assert {model.form for model in models} == set(Form.values)


def test_models_keep_to_the_lines_that_the_forms_ask_for():
    for model in load_models():
        assert 3 <= len(model.content.splitlines()) <= 5, model.name
        assert 1 <= len(model.expected.splitlines()) <= 3, model.name


def test_no_two_models_have_the_same_name():
    names = [model.name for model in load_models()]
    assert len(set(names)) == len(names)


def test_places_are_filled_into_the_name():
    text = ModelText("economy", "Đường hoa {hamlet}, {unit}", "…", "…")
    assert text.at(unit="Xã An Bình", hamlet="Cầu Mây").name == "Đường hoa Cầu Mây, Xã An Bình"
    for model in load_models():
        assert not re.search(r"[{}]", model.at(unit="Xã A", hamlet="B").name)


def test_persons_are_many_and_distinct_and_can_sign_in_with_plain_letters():
    names = load_world().names
    persons = list(islice(make_persons(names, random.Random(1)), 500))
    assert len({person.full_name for person in persons}) == 500
    assert len({person.username for person in persons}) == 500
    assert all(re.fullmatch(r"[a-z]+\.[a-z]{2}\d+", person.username) for person in persons)


def test_the_same_chance_makes_the_same_persons():
    names = load_world().names
    first, second = (
        [person.full_name for person in islice(make_persons(names, random.Random(7)), 20)]
        for _run in range(2)
    )
    assert first == second


def test_every_organisation_of_the_world_has_a_code_of_its_own():
    world = load_world()
    codes = [world.province.code, *(body.code for body in world.bodies)]
    for district in world.districts:
        codes += [district.committee.code, district.advisory.code]
        codes += [commune.code for commune in district.communes]
    assert len(set(codes)) == len(codes)
    assert len(world.districts) == 2
