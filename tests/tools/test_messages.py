"""Catalogues: compiled, and compared with the messages in the code."""

import gettext
from pathlib import Path

import pytest
from tools.messages import Gaps, compile_catalogues, find_gaps, missing_messages

CODE = """
from django.utils.translation import gettext, ngettext, pgettext
gettext("Save")
gettext("Hello %(name)s") % {"name": ""}
pgettext("a month", "May")
ngettext("%(count)s unit", "%(count)s units", 2) % {"count": 2}
"""
PAGE = """{% load i18n %}{% translate "Send" %}
{% blocktranslate %}{{ n }} days late{% endblocktranslate %}"""
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
COMPLETE = """
msgid "Save"
msgstr "Lưu"

msgid "Hello %(name)s"
msgstr "Xin chào %(name)s"

msgctxt "a month"
msgid "May"
msgstr "tháng 5"

msgid "%(count)s unit"
msgid_plural "%(count)s units"
msgstr[0] "%(count)s đơn vị"

msgid "Send"
msgstr "Gửi"

msgid "%(n)s days late"
msgstr "Chậm %(n)s ngày"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project with one app that has messages, and one that has none."""
    app, bare = tmp_path / "src/kheo/rounds", tmp_path / "src/kheo/lib"
    for folder in (app / "templates", app / "locale/vi/LC_MESSAGES", bare):
        folder.mkdir(parents=True)
    for package in (app, bare):
        (package / "__init__.py").touch()
    (app / "views.py").write_text(CODE, encoding="utf-8")
    (app / "templates/page.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def write(root: Path, catalogue: str) -> Path:
    path = root / "src/kheo/rounds/locale/vi/LC_MESSAGES/django.po"
    path.write_text(HEAD + catalogue, encoding="utf-8")
    return path


def test_missing_messages_is_empty_when_all_is_translated(root: Path) -> None:
    write(root, COMPLETE)
    assert missing_messages(root) == {}


def test_missing_messages_names_what_is_not_in_the_catalogue(root: Path) -> None:
    write(root, COMPLETE.replace('msgid "Send"\nmsgstr "Gửi"', 'msgid "Send"\nmsgstr ""'))
    assert missing_messages(root) == {"rounds/vi": ["Send"]}


def test_missing_messages_asks_for_a_catalogue_where_there_is_none(root: Path) -> None:
    messages = missing_messages(root)["rounds/vi"]
    assert sorted(messages) == [
        "%(count)s unit",
        "%(n)s days late",
        "Hello %(name)s",
        "Save",
        "Send",
        "a month | May",
    ]


def test_missing_messages_counts_fuzzy_and_faulty_translations(root: Path) -> None:
    faulty = COMPLETE.replace("Xin chào %(name)s", "Xin chào %(ten)s")
    write(root, faulty.replace('msgid "Save"', '#, fuzzy\nmsgid "Save"'))
    gaps = find_gaps(root)["rounds/vi"]
    assert gaps.missing == []
    assert gaps.fuzzy == ["Save"]
    (fault,) = gaps.faulty
    assert fault.startswith("Hello %(name)s: ")
    assert len(missing_messages(root)["rounds/vi"]) == 2


def test_find_gaps_tells_what_nobody_asks_for_but_does_not_mind(root: Path) -> None:
    write(root, COMPLETE + '\nmsgid "Old"\nmsgstr "Cũ"\n')
    assert find_gaps(root) == {"rounds/vi": Gaps(obsolete=["Old"])}
    assert missing_messages(root) == {}


def test_compile_catalogues_makes_what_gettext_reads(root: Path) -> None:
    source = write(root, COMPLETE)
    (compiled,) = compile_catalogues(root)
    assert compiled == source.with_suffix(".mo")
    with compiled.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("Save") == "Lưu"
    assert catalogue.pgettext("a month", "May") == "tháng 5"
    assert catalogue.ngettext("%(count)s unit", "%(count)s units", 2) == "%(count)s đơn vị"
