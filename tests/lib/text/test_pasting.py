"""What is pasted out of Word, Excel and pages arrives clean and whole."""

import unicodedata

from kheo.lib.text.pasting import clean_prose

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}
</style></head><body><!--StartFragment--><p class=MsoNormal><b>Kết quả</b> thực hiện<o:p></o:p></p>
<p>Có <i>nhiều</i>
mô hình &lt;mới&gt;</p><script>alert(1)</script>
<ul><li>Một<ul><li>Nhỏ</li></ul></li><li>Hai</li></ul>
<table><tr><th>Năm</th><th><p>Số</p><p>mô hình</p></th></tr>
<tr><td>2017</td><td>53|54</td></tr></table>
<img src="x" onerror="alert(2)"><p>Cuối</p></body></html>"""


def test_word_becomes_marks():
    assert [line for line in clean_prose(WORD).splitlines() if line] == [
        "**Kết quả** thực hiện",
        "Có *nhiều* mô hình <mới>",
        "- Một",
        "+ Nhỏ",
        "- Hai",
        "| Năm | Số mô hình |",
        "| 2017 | 53/54 |",
        "Cuối",
    ]


def test_comparison_signs_are_no_markup():
    assert clean_prose("Số hộ nghèo < 5 và tỷ lệ > 90%") == "Số hộ nghèo < 5 và tỷ lệ > 90%"


def test_bullets_become_dashes():
    assert clean_prose("\u2022 Một\n\uf0b7\tHai\n– Ba\no\tNhỏ") == "- Một\n- Hai\n- Ba\n+ Nhỏ"


def test_cells_of_excel_become_rows():
    assert clean_prose("Năm\tSố\n2017\t53\n") == "| Năm | Số |\n| 2017 | 53 |"


def test_a_lone_tab_is_a_space():
    assert clean_prose("Nơi nhận:\tnhư trên") == "Nơi nhận: như trên"


def test_letters_are_composed_and_nothing_invisible_stays():
    typed = unicodedata.normalize("NFD", "Tỉnh uỷ\u00a0Quảng\u200b Ngãi\x07")
    assert clean_prose(typed) == "Tỉnh ủy Quảng Ngãi"


def test_cleaning_twice_changes_nothing():
    once = clean_prose(WORD)
    assert clean_prose(once) == once


def test_empty_faces_go():
    assert clean_prose("<p><b> </b>Chữ<b></b></p>") == "Chữ"


def test_a_head_that_never_ends_swallows_nothing():
    assert clean_prose("<head><p>Kết quả <b>năm</b> 2024") == "Kết quả năm 2024"
