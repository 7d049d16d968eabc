"""Numbers and dates as the screen's language writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from kheo.ui.components.words import file_size, vi_date, vi_moment, vi_number, yes_no


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (1234, "1.234"),
        (1234.5, "1.234,5"),
        (Decimal("241653.00"), "241.653,00"),
        (-1000000, "-1.000.000"),
        (None, "–"),
    ],
)
def test_number_is_written_in_vietnamese(value, written):
    assert vi_number(value) == written


def test_number_is_written_in_english_after_the_switch():
    with translation.override("en"):
        assert vi_number(1234.5) == "1,234.5"


def test_plain_values_in_templates_are_localised():
    html = Template("{{ number }} {{ day }}").render(
        Context({"number": 1234.5, "day": date(2024, 2, 5)})
    )
    assert html == "1.234,5 05/02/2024"


def test_moment_is_local_even_across_midnight():
    late = datetime(2024, 2, 27, 17, 30, tzinfo=UTC)
    assert vi_date(late) == "28/02/2024"
    assert vi_moment(late) == "00:30 28/02/2024"
    assert vi_date(date(2024, 2, 27)) == "27/02/2024"
    assert vi_date(None) == vi_moment(None) == "–"


@pytest.mark.parametrize(
    ("size", "written"),
    [
        (0, "0 byte"),
        (1023, "1.023 byte"),
        (1024, "1,0 KiB"),
        (26214400, "25,0 MiB"),
        (5 * 1024**3, "5,0 GiB"),
        (None, ""),
    ],
)
def test_file_size_has_a_fitting_unit(size, written):
    assert file_size(size) == written


def test_yes_and_no_are_words():
    assert (yes_no("x"), yes_no(0)) == ("có", "không")
