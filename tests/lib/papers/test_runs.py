"""Texts on their way to paper."""

import pytest

from kheo.lib.papers.nodes import Run, bold, italic, rich
from kheo.lib.papers.runs import as_runs, clean, in_brackets, pieces, plain


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("To\u0302\u0309 hòa giải", "Tổ hòa giải"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("\ufeffa\x00b\x1f", "ab"),
        ("a\u00a0b", "a\u00a0b"),
        ("plain", "plain"),
    ],
)
def test_text_is_cleaned(given, printed):
    assert clean(given) == printed


def test_plain_and_dressed_texts_mix():
    text = rich("phong trào “", italic("Dân vận khéo"), "” trước ", bold("31/3"))
    assert plain(text) == "phong trào “Dân vận khéo” trước 31/3"
    assert [(run.italic, run.bold) for run in as_runs(text)] == [
        (False, False),
        (True, False),
        (False, False),
        (False, True),
    ]


def test_empty_runs_are_left_out():
    assert as_runs("") == ()
    assert as_runs((Run(""), Run("a"), Run("\x00"))) == (Run("a"),)


def test_line_feeds_part_a_text_into_pieces():
    run = Run("a\nb\n", bold=True)
    assert list(pieces((run,))) == [(run, "a"), None, (run, "b"), None]


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("Ký tên, đóng dấu", "(Ký tên, đóng dấu)"),
        ("(Ký tên)", "(Ký tên)"),
        ("Ký tên, đóng dấu (nếu có)", "Ký tên, đóng dấu (nếu có)"),
        ("", ""),
    ],
)
def test_remarks_are_bracketed_once(given, printed):
    assert in_brackets(given) == printed
