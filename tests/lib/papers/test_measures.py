"""Which measures are in force when, and that each names its source."""

from dataclasses import fields
from datetime import date

import pytest

from kheo.lib.papers.measures import PROFILES, profile_for


@pytest.mark.parametrize(
    ("kind", "day", "key"),
    [
        ("party", date(2024, 2, 27), "party-2018"),
        ("party", date(2026, 5, 27), "party-2018"),
        ("party", date(2026, 5, 28), "party-2026"),
        ("state", date(2024, 2, 27), "state-2020"),
        ("state", date(2027, 1, 1), "state-2020"),
    ],
)
def test_profile_follows_issuer_and_day(kind, day, key):
    assert profile_for(kind, day).key == key


@pytest.mark.parametrize("profile", PROFILES.values(), ids=str)
def test_every_measure_names_its_source(profile):
    names = {field.name for field in fields(profile)} - {"sources"}
    assert set(profile.sources) == names
    assert all(profile.sources.values())


def test_text_width_is_what_the_margins_leave():
    profile = PROFILES["party-2018"]
    assert profile.text_width("portrait") == 165
    assert profile.text_width("landscape") == 252


def test_party_letter_head_is_as_the_guide_says():
    profile = PROFILES["party-2018"]
    assert profile.motto_sizes == (15,)
    assert (profile.issuer_size, profile.number_size, profile.date_size) == (14, 14, 14)
    assert (profile.about_size, profile.recipients_size) == (12, 12)
    assert 18 <= profile.line_pt <= 20


def test_state_letter_head_is_within_the_decree():
    profile = PROFILES["state-2020"]
    assert profile.motto[1] == "Độc lập - Tự do - Hạnh phúc"
    assert 12 <= profile.motto_sizes[0] <= 13 <= profile.motto_sizes[1] <= 14
    assert 13 <= profile.body_size <= 14
    assert 30 <= profile.margins.left <= 35
