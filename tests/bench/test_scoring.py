"""The scorer of readings tells right, wrong and missing facts apart, and forgives what scans do."""

import pytest
from bench.scoring import Score, differences, fold, named_papers, score, sure_facts

GOLD = {
    "kind": "CV",
    "number": 5,
    "symbol": "05-CV/HU",
    "issued_on": "2024-03-05",
    "issuer": ["Ban Dân vận Huyện ủy", "Ban Dân vận"],
    "signature": {"authority": "T/M", "body": None, "position": "Bí thư", "name": "Lý A"},
    "recipients": ["Như trên", "Lưu VP"],
    "references": [{"symbol": "31-KH/TU", "issued_on": "2021-03-16"}],
    "deadlines": [{"on": "2024-04-01", "every": None}, {"on": "2024-04-01", "every": None}],
    "quotas": [{"level": "tỉnh", "min": 1, "max": 2, "per": None, "what": "register"}],
    "assignments": [
        {"ordinal": 1, "directing": ["A"], "executing": ["B", "C"], "cooperating": [], "time": None}
    ],
    "outline": [
        {"number": "I", "title": "Kết quả", "children": [{"number": "1", "title": None}]},
        {"number": "II", "title": "Kiến nghị"},
    ],
    "figures": [{"total": 3, "parts": {"kinh tế": 1, "văn hóa": 2}, "adds_up": True}],
}


def shares(**changes):
    return score(GOLD, GOLD | changes)


@pytest.mark.parametrize(
    ("written", "scanned"),
    [
        ("Tỉnh ủy", "TỈNH UỶ"),
        ("“Dân vận khéo”", '"Dân vận khéo"'),
        ("Văn hóa - xã hội", "Văn hoá – xã  hội;"),
        ("Mặt trận", "Mật trận"),
        ("Đề xuất, kiến nghị", "đề xuất ,kiến nghị."),
    ],
)
def test_what_scans_get_wrong_does_not_count(written, scanned):
    assert fold(written) == fold(scanned)


def test_numbers_and_nothing_stay_as_they_are():
    assert fold(5) == 5
    assert fold(None) is None


def test_a_gold_against_itself_is_all_right():
    found = shares()
    assert all(one.f1 == 1 for one in found.values())
    # 5 scalars, 3 of the signature, 2 recipients, 1 reference, 2 deadlines, 1 quota, 4 of a task,
    # 3 headings, 1 figure
    assert found["all"] == Score(22, 22, 22)


def test_nothing_read_is_precise_in_nothing():
    found = score(GOLD, {})
    assert found["all"] == Score(22, 0, 0)
    assert (found["all"].precision, found["all"].recall, found["all"].f1) == (0, 0, 0)


def test_nothing_to_find_and_nothing_found_is_right():
    assert (Score().precision, Score().recall, Score().f1) == (1, 1, 1)
    assert Score(0, 2, 0).precision == 0


def test_one_of_several_right_answers_is_right():
    assert shares(issuer="Ban Dân vận")["issuer"].right == 1
    assert shares(issuer="Huyện ủy")["issuer"] == Score(1, 1, 0)


def test_a_day_told_twice_must_be_found_twice():
    assert shares(deadlines=GOLD["deadlines"][:1])["deadline"] == Score(2, 1, 1)
    yearly = [{"on": "2024-04-01", "every": "year"}, *GOLD["deadlines"]]
    assert shares(deadlines=yearly)["deadline"] == Score(2, 3, 2)


def test_a_quota_is_wrong_with_another_number_or_deed():
    one = GOLD["quotas"][0]
    assert shares(quotas=[one | {"level": "cấp tỉnh"}])["quota"].right == 1
    assert shares(quotas=[one | {"max": 3}])["quota"].right == 0
    assert shares(quotas=[one | {"what": "nominate"}])["quota"].right == 0


def test_each_body_of_a_task_counts_in_its_role():
    task = GOLD["assignments"][0] | {"executing": ["B"], "cooperating": ["C"]}
    assert shares(assignments=[task])["assignment"] == Score(4, 4, 3)


def test_a_heading_counts_at_its_place_and_only_a_known_title_is_compared():
    children = [{"number": "1", "title": "gì cũng được"}]
    outline = [{"number": "I", "title": "Kết quả", "children": children}]
    assert shares(outline=outline)["outline"] == Score(3, 2, 2)
    flat = [
        {"number": "I", "title": "Khác"},
        {"number": "1"},
        {"number": "II", "title": "Kiến nghị"},
    ]
    assert shares(outline=flat)["outline"] == Score(3, 3, 1)


def test_figures_without_parts_are_no_facts():
    assert shares(figures=[{"total": 3, "parts": {}, "adds_up": True}])["figure"] == Score(1, 0, 0)
    assert shares(figures=[GOLD["figures"][0] | {"adds_up": False}])["figure"].right == 0


def test_what_is_missing_and_wrong_is_told():
    missing, wrong = differences(GOLD, GOLD | {"kind": "KH"})
    assert list(missing) == [("kind", "cv")]
    assert list(wrong) == [("kind", "kh")]


def test_symbols_dates_and_quotas_are_told_apart():
    own, other = (sure_facts(paper, GOLD) for paper in (GOLD, GOLD | {"issued_on": None}))
    assert {name: facts.total() for name, facts in own.items()} == {
        "symbols": 2,
        "dates": 4,
        "quotas": 1,
    }
    assert other["dates"].total() == 3
    assert other["symbols"] == own["symbols"]


def test_who_issued_a_named_paper_is_asked_only_where_the_gold_says_so():
    row = {"symbol": "5-KH/TU", "issued_on": "2021-03-16"}
    gold = {"references": [row | {"issuer": ["Tỉnh ủy", "Ban Thường vụ"], "relation": "amends"}]}
    read = {"references": [row | {"issuer": "Ban thường vụ", "relation": "cites"}]}
    assert named_papers(gold, read) == Score(2, 2, 1)
    assert named_papers({"references": [row]}, read) == Score()
    assert named_papers(gold, {"references": []}) == Score()
