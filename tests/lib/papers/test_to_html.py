"""The fragment for the screen: safe, without inline style, readable by machines and ears."""

import re
from pathlib import Path

import pytest
from lxml import html
from tests.lib.papers import samples

import kheo.lib.papers
from kheo.lib.papers.render import render

CSS = (Path(kheo.lib.papers.__file__).parent / "paper.css").read_text(encoding="utf-8")


def tree(paper):
    return html.fromstring(render(paper, "html").decode())


@pytest.mark.parametrize("name", samples.ALL)
def test_nothing_in_it_needs_an_exception_from_the_security_policy(name):
    article = tree(samples.ALL[name]())
    assert article.xpath("//@style | //style | //script | //@*[starts-with(name(), 'on')]") == []


@pytest.mark.parametrize("name", samples.ALL)
def test_every_width_and_box_has_its_rule_in_the_stylesheet(name):
    used = {c for names in tree(samples.ALL[name]()).xpath("//@class") for c in names.split()}
    told = set(re.findall(r"\.([a-z][\w-]*)", CSS))
    plain = {
        "paper-party-2018",
        "paper-sheet-portrait",
        "paper-superior",
        "paper-motto",
        "paper-number",
    }
    plain |= {"paper-head-left", "paper-head-right", "paper-section-row", "paper-heading"}
    plain |= {"paper-box-label"}
    assert used - plain <= told


def test_tags_in_texts_stay_texts():
    article = tree(samples.m1("<script>alert(1)</script><img src=x onerror=y>"))
    assert article.xpath("//script | //img") == []
    assert "<img src=x onerror=y>" in article.text_content()


def test_article_names_its_language_and_itself():
    article = tree(samples.m1())
    assert (article.tag, article.get("lang")) == ("article", "vi")
    assert article.get("aria-label") == "Bản đăng ký của tập thể"


def test_heads_of_a_table_say_what_they_head():
    rows = tree(samples.s1()).xpath("//thead/tr")
    spans = [(th.get("colspan"), th.get("rowspan"), th.get("scope")) for th in rows[0]]
    assert spans == [
        (None, "2", "col"),
        ("2", None, "colgroup"),
        (None, "2", "col"),
        (None, "2", "col"),
        ("2", None, "colgroup"),
    ]
    assert len(rows[1]) == 4


def test_boxes_are_told_to_those_who_do_not_see_them():
    boxes = tree(samples.m1()).xpath("//span[@class='paper-box']")
    assert [box.get("aria-label") for box in boxes] == [
        "không chọn",
        "có chọn",
        "không chọn",
        "không chọn",
    ]


def test_sheets_turn_with_the_annex():
    classes = tree(samples.s0()).xpath("//section/@class")
    assert [c.rsplit("-", 1)[1] for c in classes] == ["portrait", "portrait", "landscape"]


def test_widths_of_columns_are_classes():
    columns = tree(samples.m3()).xpath("//col/@class")
    assert columns[0] == "paper-w5"
    assert sum(int(c.removeprefix("paper-w")) for c in columns) == pytest.approx(100, abs=4)
