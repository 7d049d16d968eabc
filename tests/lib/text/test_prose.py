"""The marks of reports: what they mean, and that nothing typed is ever lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kheo.lib.text.prose import (
    FigureMark,
    Grid,
    Item,
    Note,
    Paragraph,
    Text,
    figure_mark,
    figure_numbers,
    parse,
    plain_prose,
    told_figures,
    with_figures,
    without_notes,
)


def test_lines_are_paragraphs_and_items():
    assert parse("Mở đầu.\n\n- Một\n+ Nhỏ hơn\n-không phải gạch đầu dòng") == (
        Paragraph((Text("Mở đầu."),)),
        Item((Text("Một"),)),
        Item((Text("Nhỏ hơn"),), depth=2),
        Paragraph((Text("-không phải gạch đầu dòng"),)),
    )


def test_faces_stand_inside_each_other():
    (line,) = parse("trước **đậm *cả hai* đậm** sau")
    assert line == Paragraph(
        (
            Text("trước "),
            Text("đậm ", bold=True),
            Text("cả hai", bold=True, italic=True),
            Text(" đậm", bold=True),
            Text(" sau"),
        )
    )


def test_a_figure_carries_its_number_and_its_face():
    (line,) = parse("Có **{386 mô hình #3}**.")
    assert line.spans[1] == FigureMark(3, "386 mô hình", bold=True)


def test_a_footnote_holds_figures_but_no_footnote():
    (line,) = parse("tổ chức lớp[[Đã mở {02 lớp #7} cho *cán bộ*.]] năm 2017")
    assert line.spans[1] == Note(
        (
            Text("Đã mở "),
            FigureMark(7, "02 lớp"),
            Text(" cho "),
            Text("cán bộ", italic=True),
            Text("."),
        )
    )


def test_rows_make_a_table_of_equal_width():
    (grid,) = parse("| Năm | Số mô hình |\n|---|---|\n| 2017 | 53 | thừa |")
    assert isinstance(grid, Grid)
    assert [[cell[0].text if cell else "" for cell in row] for row in grid.rows] == [
        ["Năm", "Số mô hình", ""],
        ["2017", "53", "thừa"],
    ]


def test_two_tables_apart_stay_two():
    assert len(parse("| a |\n\n| b |")) == 2


@pytest.mark.parametrize(
    "typed",
    [
        "5 * 3 = 15",
        "**chưa đóng",
        "a [[chưa đóng",
        "{386 mô hình}",
        "{ #3",
        "|",
        "||",
        "-",
        "2*3*4 * 5",
    ],
)
def test_a_mark_that_is_not_closed_is_text(typed):
    assert plain_prose(typed).replace("*", "") == typed.replace("*", "")


def test_figures_are_found_once_and_made_new():
    text = "Có {1 mô hình #2}, gồm {0 #10} và {1 mô hình #2}."
    assert figure_numbers(text) == [2, 10]
    assert with_figures(text, {2: "386 mô hình"}) == (
        "Có {386 mô hình #2}, gồm {0 #10} và {386 mô hình #2}."
    )


def test_words_of_a_figure_cannot_break_its_mark():
    mark = figure_mark(4, "lạ } # {")
    assert figure_numbers(mark) == [4]
    assert with_figures(mark, {4: "x"}) == "{x #4}"


def test_plain_words_leave_marks_and_footnotes_out():
    text = "- **Có** {1 #1}[[ghi chú]] ở *xã*\n| a | b |"
    assert plain_prose(text, {1: "9 mô hình"}) == "Có 9 mô hình ở xã\na | b"
    assert without_notes("a[[b]]c") == "ac"


def words_of(part):
    """Return all words of a block, whatever it is made of."""
    if isinstance(part, tuple):
        return "".join(words_of(one) for one in part)
    if isinstance(part, FigureMark):
        return part.words
    if isinstance(part, Text):
        return part.text
    return words_of(part.rows if isinstance(part, Grid) else part.spans)


@settings(max_examples=80)
@given(st.text(alphabet="ab *[]{}#1|-+\n", max_size=60))
def test_no_letter_is_ever_lost(typed):
    """Whatever is typed, closed marks or open ones, its letters come out in their order."""
    letters = [letter for letter in typed if letter in "ab"]
    assert [letter for letter in words_of(parse(typed)) if letter in "ab"] == letters


def test_figures_are_told_in_plain_words_where_their_numbers_mean_nothing():
    text = "Có **{380 mô hình #1}** và {24/39 đơn vị #2}[[{53 #3} kinh tế]]"
    assert told_figures(text, {1: "386 mô hình"}) == (
        "Có **386 mô hình** và 24/39 đơn vị[[53 kinh tế]]"
    )
