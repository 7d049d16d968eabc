"""What is written in marks, on a paper and on a page."""

from django.template import Context, Template

from kheo.lib.papers.nodes import Paper, Paragraph, Table
from kheo.lib.papers.render import render
from kheo.lib.papers.runs import plain
from kheo.reviews.papers.prose import blocks_of, html_of

TEXT = """Đã có {380 mô hình #1}[[Trong đó *53* kinh tế & <b>14</b> khác.]] được **đăng ký**.
- Duy trì <script>alert(1)</script>
+ nhân rộng
| Lĩnh vực | Số mô hình |
| Kinh tế | {53 #2} |
| Văn hóa - xã hội | 1.242 |
"""
WORDS = {1: "386 mô hình"}


def test_a_paper_has_paragraphs_points_and_a_table_with_figures_of_today():
    first, point, deeper, table = blocks_of(TEXT, WORDS)
    assert plain(first.text) == "Đã có 386 mô hình được đăng ký."
    assert [run.note for run in first.text if run.note] == ["Trong đó 53 kinh tế & <b>14</b> khác."]
    assert [run.text for run in first.text if run.bold] == ["đăng ký"]
    assert plain(point.text).startswith("- Duy trì")
    assert plain(deeper.text) == "+ nhân rộng"
    assert isinstance(table, Table)
    assert [column.align for column in table.columns] == ["left", "right"]
    assert [[plain(cell) for cell in row.cells] for row in table.body] == [
        ["Kinh tế", "53"],
        ["Văn hóa - xã hội", "1.242"],
    ]


def test_parts_can_be_rendered():
    paper = Paper(profile="party-2018", title="Báo cáo", body=blocks_of(TEXT, WORDS))
    text = render(paper, "txt").decode()
    assert "386 mô hình¹ được đăng ký" in text
    assert "¹ Trong đó 53 kinh tế" in text
    assert all(isinstance(block, Paragraph) for block in blocks_of("Một\nHai"))
    assert blocks_of("") == ()


def test_a_page_escapes_everything_typed():
    html = html_of(TEXT, WORDS)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "&lt;b&gt;14&lt;/b&gt;" in html
    assert "<strong>đăng ký</strong>" in html
    assert html.count("<ul") == html.count("</ul>") == 1


def test_footnotes_of_two_texts_on_one_page_do_not_meet():
    template = Template("{% load prose %}{% prose text words key=7 links=links %}{{ text|prose }}")
    page = template.render(Context({"text": TEXT, "words": WORDS, "links": {1: "/so/1?a=1&b=2"}}))
    assert 'href="#ct-7-1" id="ct-7-1-cho"' in page
    assert 'href="#ct-1" id="ct-1-cho"' in page
    assert '<a class="prose-figure" href="/so/1?a=1&amp;b=2">386 mô hình</a>' in page
    assert '<span class="prose-figure">380 mô hình</span>' in page
