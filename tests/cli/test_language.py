"""The command line speaks Vietnamese unless the locale asks for English."""

import argparse
import inspect
import re
from collections.abc import Callable

import pytest

from kheo.cli.argparse_words import ARGPARSE_WORDS
from kheo.cli.language import VARIABLES, chosen_language


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "vi"),
        ({"LANG": "C"}, "vi"),
        ({"LANG": "C.UTF-8"}, "vi"),
        ({"LC_ALL": "POSIX"}, "vi"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "vi"),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, "vi"),
        ({"LC_MESSAGES": "en_GB", "LANG": "vi_VN"}, "en"),
        ({"LANGUAGE": "fr:en:vi", "LANG": "vi_VN"}, "en"),
        ({"LANGUAGE": "fr", "LANG": "en_US"}, "en"),
        ({"LANG": "eng"}, "vi"),
    ],
)
def test_the_language_follows_the_locale(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert chosen_language() == language


def test_every_word_that_argparse_says_to_people_is_in_our_catalogue() -> None:
    ours = {word if isinstance(word, str) else word[0] for word in ARGPARSE_WORDS}
    source = inspect.getsource(argparse)
    spoken = set(re.findall(r"""\b_\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")""", source))
    words = {(single or double).replace("\\n", "\n") for single, double in spoken}
    assert words - ours - FOR_PROGRAMMERS == set()


# argparse says these when the parser itself is built wrongly; no user can read them
FOR_PROGRAMMERS = {
    ".__call__() not defined",
    "conflicting subparser: %s",
    "conflicting subparser alias: %s",
    'argument "-" with mode %r',
    "cannot merge actions - two groups are named %r",
    "invalid option string %(option)r: ",
    "dest= is required for options like %r",
    "invalid conflict_resolution value: %r",
    "mutually exclusive arguments must be optional",
    "cannot have multiple subparser arguments",
    "%r is not callable",
    "'required' is an invalid argument for positionals",
}


def test_help_is_vietnamese_and_complete(kheo: Callable) -> None:
    done = kheo("--help")
    assert done.returncode == 0
    assert done.stdout.startswith("cách dùng: kheo")
    for english in ("usage", "options", "show this", "positional"):
        assert english not in done.stdout


def test_help_is_english_where_the_locale_is(kheo: Callable) -> None:
    done = kheo("--help", LANG="en_GB.UTF-8")
    assert done.stdout.startswith("usage: kheo")
    assert "cách dùng" not in done.stdout
    assert "serve the pages" in done.stdout


def test_a_mistake_is_told_in_vietnamese_on_the_error_output(kheo: Callable) -> None:
    done = kheo("serve", "--port", "tám nghìn")
    assert done.returncode == 2
    assert "kheo serve: lỗi: tham số --port: giá trị 'tám nghìn'" in done.stderr
    assert done.stdout == ""
