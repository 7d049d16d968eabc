"""Composed tables as they are kept: changed by their body alone, shipped ones by nobody."""

import pytest
from tests.factories.accounts import START
from tests.factories.exemplars import Stage
from tests.factories.reviews import opened_review, report_of

from kheo.audit.models import Entry
from kheo.organisations.rules import NotAllowedError
from kheo.reviews.actions import (
    change_table,
    compose_table,
    drop_table,
    insert_figures,
    keep_shipped_tables,
)
from kheo.reviews.enums import Measure
from kheo.reviews.models import TableDesign
from kheo.reviews.rules.designs import TableSpec
from kheo.reviews.rules.figures import FigureTerms
from kheo.reviews.rules.reviews import ReviewError, StaleReviewError

pytestmark = pytest.mark.django_db


def test_a_table_is_kept_changed_and_dropped_by_its_body(cast):
    spec = TableSpec(rows="unit", columns="field")
    told = {"by": cast.officer, "at": START}
    design = compose_table(name="Bảng", spec=spec, owner=cast.district, **told)
    with pytest.raises(ReviewError):
        compose_table(name="Bảng", spec=spec, owner=cast.district, **told)
    with pytest.raises(StaleReviewError):
        change_table(design=design, name="Khác", spec=spec, seen_version=7, **told)
    with pytest.raises(NotAllowedError):
        change_table(design=design, name="Khác", spec=spec, by=cast.stranger, at=START)
    changed = change_table(design=design, name="Khác", spec=TableSpec(), seen_version=1, **told)
    assert (changed.name, changed.version) == ("Khác", 2)
    drop_table(design=changed, **told)
    verbs = Entry.objects.filter(verb__startswith="table.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "table.compose",
        "table.change",
        "table.drop",
    ]


def test_shipped_tables_stay_as_they_are_shipped(cast):
    shipped = TableDesign.objects.filter(owner=None)
    count = shipped.count()
    assert keep_shipped_tables(at=START) == count
    assert shipped.count() == count
    with pytest.raises(NotAllowedError):
        drop_table(design=shipped.first(), by=cast.officer, at=START)


def test_the_same_terms_give_the_same_figure(cast):
    Stage(cast)
    report = report_of(opened_review(cast), cast.district)
    terms = FigureTerms(measure=Measure.MODELS, first_year=2024, last_year=2024)
    told = {"report": report, "by": cast.officer, "at": START}
    first, second = insert_figures(terms=[terms, terms], **told)
    assert first == second
    with pytest.raises(NotAllowedError):
        insert_figures(report=report, terms=[terms], by=cast.clerk, at=START)
