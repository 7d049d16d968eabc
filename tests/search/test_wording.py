"""Whatever is stored is found by its own words, in every spelling; nothing typed is an error."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kheo.lib.text.abbreviations import GROUPS, same_meaning
from kheo.lib.text.folding import fold, normalise
from kheo.search.queries.marking import found_spans, highlighted, holds, snippet
from kheo.search.queries.wording import marked_words, read_wording

SYLLABLES = (
    *("hiến", "đất", "mở", "đường", "hòa", "thuận", "tổ", "dân", "phố", "Ủy", "thủy", "khỏe"),
    *("quý", "xã", "Đông", "Ðức", "nghiêng", "QP-AN", "UBND", "MTTQ", "5", "không,", "3"),
    *("sạch", "2024", "“khéo”", "a"),
)
TITLES = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=6).map(" ".join)
NEW_TONES = {"òa": "oà", "ủy": "uỷ", "ỏe": "oẻ", "Ủy": "Uỷ"}


def new_style(text: str) -> str:
    for old, new in NEW_TONES.items():
        text = text.replace(old, new)
    return text


SPELLINGS = [
    str,
    fold,
    str.upper,
    new_style,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: unicodedata.normalize("NFD", new_style(text)),
    lambda text: f"“{text.replace('“', '').replace('”', '')}”",
    lambda text: " ".join(reversed(text.replace("“", "").replace("”", "").split())),
]


@pytest.mark.parametrize("spell", SPELLINGS, ids=range(len(SPELLINGS)))
@given(title=TITLES)
@settings(max_examples=60, deadline=None)
def test_a_title_answers_its_own_words_in_every_spelling(spell, title):
    assert holds(normalise(title), read_wording(spell(title)))


@given(title=TITLES)
def test_every_word_found_is_marked_and_nothing_is_lost(title):
    wording = read_wording(title, begun=False)
    html = highlighted(title, wording)
    assert html.replace("<mark>", "").replace("</mark>", "") == title
    marked = "".join(title[start:end] for start, end in found_spans(title, wording))
    assert fold(marked).replace(" ", "") == fold(title).replace(" ", "")


@given(text=st.text(max_size=400))
def test_nothing_typed_is_an_error(text):
    wording = read_wording(text)
    for phrase in wording.phrases:
        assert phrase.words
        assert all(word and word.isalnum() for word in phrase.words)
    highlighted(text, wording)
    snippet(text, wording)


@given(text=st.text(max_size=60))
def test_marks_of_html_never_come_through(text):
    html = str(highlighted(f"<i>{text}&", read_wording(text)))
    assert "<i>" not in html
    assert html.endswith("&amp;")


@pytest.mark.parametrize("group", GROUPS, ids=[group[0] for group in GROUPS])
def test_each_way_of_writing_finds_the_others(group):
    for asked in group:
        for written in group:
            assert holds(f"Phối hợp {written} xã", read_wording(f"{asked} xã"))


def test_ways_of_writing_that_fold_alike_are_one():
    ways = same_meaning([("QP-AN", "QPAN", "Quốc phòng an ninh"), ("QPAN", "Khác")])
    assert ways["qpan",] == (("qp", "an"), ("quoc", "phong", "an", "ninh"), ("khac",))


@pytest.mark.parametrize(
    ("asked", "holding", "lacking"),
    [
        ("hien da", "Hiến đất", "Hiến máu"),
        ('"hien dat', "vận động hiến đất", "đất hiến"),
        ('"hien dat" mo', "mở đường, hiến đất", "hiến đất"),
        ("mttq", "Mặt trận Tổ quốc", "Tổ quốc Mặt trận"),
    ],
)
def test_words_may_be_begun_and_phrases_stand_together(asked, holding, lacking):
    assert holds(holding, read_wording(asked))
    assert not holds(lacking, read_wording(asked))


def test_a_whole_word_is_asked_where_nobody_types():
    assert not holds("hiến đất", read_wording("hien da", begun=False))


def test_marks_are_told_apart_from_plain_letters():
    assert marked_words("Hòa giải ở to 5 ỦY hòa") == ["hòa", "giải", "ở", "ủy"]
    assert read_wording("hoa giai").marked == ()
    assert [phrase.words for phrase in read_wording("hoà giai").marked] == [("hòa",)]


def test_a_long_question_is_cut():
    wording = read_wording("một hai ba " * 1000)
    assert sum(len(phrase.words) for phrase in wording.phrases) <= 12
    assert (
        max(len(word) for phrase in read_wording("x" * 9_000).phrases for word in phrase.words) < 61
    )


def test_a_snippet_shows_the_place_that_was_found():
    text = f"{'Chuyện khác. ' * 60}Vận động hiến đất làm đường. {'Hết chuyện. ' * 60}"
    shown = snippet(text, read_wording("hien dat"))
    assert "<mark>hiến đất</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 400
    assert snippet("Ngắn thôi", read_wording("dài")) == "Ngắn thôi"
