"""Templates obey the content security policy, and no form is sent without its token."""

import re
from pathlib import Path

import pytest
from tests.house.house import PACKAGE

from kheo.ui.components.library import icon_names

TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
INLINE = {
    "script inside the page": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.I),
    "style inside the page": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "event handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "script address": re.compile(r"javascript:", re.I),
    "outside host": re.compile(r"(?:src|href|action|hx-[a-z]+)\s*=\s*[\"']\s*(?:https?:)?//", re.I),
    "hx-on": re.compile(r"\shx-on[:\s=-]", re.I),
    # numbers are written with points: key 1562 would become 1.562
    "key without stringformat": re.compile(
        r"{{\s*(?:pk|[\w.]*\.(?:pk|(?!auto_)\w+_id)|[\w.]*(?<!form)(?<!view)\.version)\s*}}"
    ),
    "unescaped": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
}
ICON = re.compile(r'(?:{% icon |icon=)"([^"]+)"')
FORM = re.compile(r"<form\b(?P<head>[^>]*)>(?P<body>.*?)</form>", re.I | re.S)


def _name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_holds_nothing_inline(path: Path) -> None:
    text = re.sub(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", "", path.read_text(), flags=re.S)
    found = [
        f"{what}: {match[0]}" for what, rule in INLINE.items() for match in rule.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_form_that_writes_carries_its_token(path: Path) -> None:
    for form in FORM.finditer(path.read_text()):
        if re.search(r"method\s*=\s*[\"']post", form["head"], re.I):
            assert "{% csrf_token %}" in form["body"], form[0][:200]


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_an_icon_that_a_template_names_is_in_the_sprite(path: Path) -> None:
    # a page whose seldom branch names an unknown one fails only when somebody gets there
    assert set(ICON.findall(path.read_text())) <= icon_names()


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("<script>alert(1)</script>", "script inside the page"),
        ('<p style="color: red">', "style inside the page"),
        ('<a onclick="x()">', "event handler"),
        ('<img src="//example.org/x.png">', "outside host"),
        ("{{ text|safe }}", "unescaped"),
    ],
)
def test_a_planted_fault_is_noticed(line: str, what: str) -> None:
    assert INLINE[what].search(line)
