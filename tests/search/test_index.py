"""The index follows its records, is made anew from them, and can prove that it is right."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.exemplars import IN_TIME
from tests.search.asking import found_by
from tests.search.test_wording import SPELLINGS, TITLES

from kheo.cli.main import make_parser
from kheo.exemplars.actions import do_batch, sign_off, submit, undo_batch
from kheo.exemplars.enums import BatchDeed, State
from kheo.exemplars.models import Registration
from kheo.exemplars.rules.batches import Terms
from kheo.lib.text.folding import normalise
from kheo.search.actions import (
    entry_gaps,
    fill_empty_index,
    forget_records,
    index_is_sound,
    index_records,
    rebuild_entries,
    refresh_entries,
)
from kheo.search.models import SearchEntry
from kheo.search.queries.offers import Text, entry_terms, facet_term


def run(*words: str) -> int:
    wish = make_parser().parse_args(["search", *words])
    return wish.run(wish)


@pytest.fixture
def row(stage) -> Registration:
    return stage.registration(name="Camera an ninh")


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(title=TITLES, spell=st.sampled_from(SPELLINGS))
def test_a_stored_title_is_found_by_every_spelling_of_it(stage, row, title, spell):
    row.name = normalise(title)
    Registration.objects.filter(pk=row.pk).update(name=row.name)
    index_records(kind="registration", records=[row])
    assert found_by(stage.clerk, spell(title)) == [row.name]


def test_deeds_keep_the_index_right(stage, row):
    stage.registration(name="Hòa giải")
    assert list(entry_gaps()) == []
    assert index_is_sound()


def test_what_goes_wrong_is_found_and_put_right(stage, row, capsys):
    other = stage.registration(name="Hòa giải")
    SearchEntry.objects.filter(kind="registration", record_id=row.pk).update(words="khac")
    SearchEntry.objects.filter(kind="registration", record_id=other.pk).delete()
    SearchEntry.objects.create(kind="person", record_id=999_999, title="Không có ai")
    assert run("verify", "--json") == 1
    told = json.loads(capsys.readouterr().out)["gaps"]
    faults = {(gap["kind"], gap["record"], gap["fault"]) for gap in told}
    assert faults == {
        ("registration", row.pk, "different"),
        ("registration", other.pk, "missing"),
        ("person", 999_999, "left over"),
    }
    assert run("verify") == 1
    assert run("rebuild") == 0
    assert run("verify") == 0
    assert found_by(stage.clerk, "hoa giai") == ["Hòa giải"]


def test_one_kind_is_made_anew_alone(stage, row):
    people = SearchEntry.objects.filter(kind="person").count()
    SearchEntry.objects.filter(kind="person").delete()
    assert run("rebuild", "--kind", "registration") == 0
    assert not SearchEntry.objects.filter(kind="person").exists()
    assert rebuild_entries(kind="person") == people
    assert run("rebuild", "--kind", "nothing") == 2


def test_a_database_that_was_filled_before_the_index_is_indexed(stage, row):
    count = SearchEntry.objects.count()
    SearchEntry.objects.all().delete()
    assert found_by(stage.clerk, "camera") == []
    fill_empty_index()
    assert SearchEntry.objects.count() == count
    SearchEntry.objects.filter(kind="person").delete()
    fill_empty_index()
    assert not SearchEntry.objects.filter(kind="person").exists()


def test_what_is_forgotten_is_not_found_and_what_is_refreshed_is(stage, row):
    Registration.objects.filter(pk=row.pk).update(name="Đèn đường")
    refresh_entries(term=facet_term("unit", row.organisation_id))
    assert found_by(stage.clerk, "đèn đường") == ["Đèn đường"]
    forget_records(kind="registration", record_ids=[row.pk])
    assert found_by(stage.clerk, "đèn đường") == []


def test_submitting_does_not_touch_the_index(stage, row):
    with CaptureQueriesContext(connection) as queries:
        row = sign_off(registration=row, by=stage.head, at=IN_TIME)
        submit(registration=row, by=stage.head, at=IN_TIME)
    assert not [one for one in queries if "search_searchentry" in one["sql"]]


def test_a_field_changed_for_many_at_once_is_found_under_the_new_one(stage):
    row = stage.registration(State.SUBMITTED, name="Camera an ninh")
    batch = do_batch(
        deed=BatchDeed.CHANGE_FIELD,
        seen={row.pk: row.version},
        terms=Terms(field="culture_society"),
        by=stage.officer,
        at=IN_TIME,
    )
    assert found_by(stage.officer, "camera", groups=(("field_culture_society",),))
    assert list(entry_gaps()) == []
    undo_batch(batch=batch, by=stage.officer, at=IN_TIME)
    assert found_by(stage.officer, "camera", groups=(("field_economy",),))
    assert list(entry_gaps()) == []


def test_terms_of_facets_that_python_calls_equal_are_told_apart() -> None:
    said = [
        entry_terms(Text(title="", paths=(".1.34.",), facets={"late": late}), "registration")
        for late in (1, True, "1", [1, 2], State.DRAFT, None)
    ]
    start = "kind_registration p_1 p_1_34"
    told = ("late_1", "late_true", "late_1", "late_1 late_2", "late_draft")
    assert said == [*(f"{start} {term}" for term in told), start]
