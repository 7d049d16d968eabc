"""What the system wrote comes back without loss, from Word, Excel and PDF."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.lib.extraction.papers import UNIT, Record, form_paper, list_paper

from kheo.lib.extraction.forms.found import ReadForm
from kheo.lib.extraction.forms.reading import read_forms
from kheo.lib.papers.nodes import Paper
from kheo.lib.papers.to_docx import to_docx
from kheo.lib.papers.to_pdf import to_pdf
from kheo.lib.papers.to_xlsx import to_xlsx
from kheo.lib.text.folding import normalise

WRITERS: dict[str, Callable[[Paper], bytes]] = {"docx": to_docx, "xlsx": to_xlsx, "pdf": to_pdf}
LETTERS = (
    "abcdeghiklmnopqrstuvxyăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
)
word = st.text(st.sampled_from(LETTERS + LETTERS.upper()), min_size=1, max_size=7)
spice = st.sampled_from(
    ["1,5", "100%", "(mới)", "-", "–", "&", "<b>", "“khéo”", "'a'", "3.", "20/10", "a;", "b,", "x"]
)


@st.composite
def sentences(draw: st.DrawFn, most: int = 12) -> str:
    middle = draw(st.lists(st.one_of(word, word, word, spice), max_size=most))
    text = normalise(" ".join([draw(word), *middle, draw(word)]))
    return text[:1].upper() + text[1:]


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    return "\n".join(draw(st.lists(sentences(), min_size=1, max_size=4)))


people = st.sampled_from(["Nguyễn Văn Thử", "Lò Thị Mẫu", "Đỗ Hòa", "K'Brông Mẫu"])
periods = st.sampled_from(
    ["tháng 3/2024", "quý II/2024", "15/3/2024", "2024", "năm 2024", "tháng 12 năm 2024"]
)
fields = st.sampled_from(["economy", "culture_society", "defence_security", "political_system"])
levels = st.sampled_from(["province", "district", "commune"])


def kept(*values: tuple[str, str]) -> dict[str, str]:
    return {key: value for key, value in values if value}


records = st.fixed_dictionaries(
    {
        "name": sentences(),
        "address": sentences(5),
        "field": fields,
        "level": levels,
        "content": paragraphs(),
        "scope": sentences(5),
        "expected_results": paragraphs(),
        "starts": periods,
        "ends": periods,
        "full_name": people,
        "position": sentences(3),
        "workplace": sentences(4),
        "form": st.sampled_from(["collective", "individual"]),
        "goals": paragraphs(),
        "leads": sentences(4),
        "intended_level": levels,
    }
)


def read_back(paper: Paper, ending: str) -> ReadForm:
    (form,) = read_forms(WRITERS[ending](paper), f"a.{ending}")
    assert form.unit is not None
    assert form.unit.understood.casefold() == UNIT.casefold()
    assert not form.troubles
    assert form.certain
    return form


def values(form: ReadForm, ending: str) -> list[dict[str, str]]:
    # a PDF knows nothing of lines but where they end: whether one was ended on purpose shows only
    # where the next word had room
    fold = (lambda text: " ".join(text.split())) if ending == "pdf" else str
    return [
        {key: fold(value.understood) for key, value in entry.values.items()}
        for entry in form.entries
    ]


def wanted(rows: list[Record], ending: str) -> list[Record]:
    fold = (lambda text: " ".join(text.split())) if ending == "pdf" else str
    return [{key: fold(value) for key, value in row.items()} for row in rows]


def bounded(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@pytest.mark.parametrize("code", ["M1", "M2"])
@pytest.mark.parametrize(("ending", "examples"), [("docx", 25), ("xlsx", 15), ("pdf", 8)])
def test_a_form_comes_back(code: str, ending: str, examples: int) -> None:
    @bounded(examples)
    @given(records)
    def check(record: Record) -> None:
        form = read_back(form_paper(code, record), ending)
        keys = ["name", "address", "field", "level", "content", "scope", "expected_results"]
        keys += ["full_name", "position", "workplace"] if code == "M2" else []
        own = {key: record[key] for key in keys}
        own |= {"starts": record["starts"], "ends": record["ends"]}
        own["form"] = "individual" if code == "M2" else "collective"
        assert form.layout == code
        assert form.year is not None
        assert form.year.understood == "2024"
        assert values(form, ending) == wanted([own], ending)

    check()


@pytest.mark.parametrize("code", ["M3", "M4"])
@pytest.mark.parametrize(("ending", "examples"), [("docx", 12), ("xlsx", 12), ("pdf", 6)])
def test_a_list_by_goals_comes_back(code: str, ending: str, examples: int) -> None:
    @bounded(examples)
    @given(st.lists(st.tuples(records, st.sampled_from(["new", "kept"])), min_size=1, max_size=5))
    def check(drawn: list[tuple[Record, str]]) -> None:
        rows = [_plain(record) | {"continuity": continuity} for record, continuity in drawn]
        rows.sort(key=lambda row: ORDER.index(row["field"]) if code == "M3" else 0)
        form = read_back(list_paper(code, rows), ending)
        keys = ["name", "address", "form", "continuity", "starts", "ends", "full_name"]
        keys += ["field"] if code == "M3" else []
        own = [
            kept(*((key, row.get(key, "")) for key in keys), ("extra.goals", row["goals"]))
            for row in rows
        ]
        assert form.layout == code
        assert values(form, ending) == wanted(own, ending)

    check()


@pytest.mark.parametrize("code", ["S0", "S1"])
@pytest.mark.parametrize(("ending", "examples"), [("docx", 12), ("xlsx", 12), ("pdf", 6)])
def test_a_list_by_summary_comes_back(code: str, ending: str, examples: int) -> None:
    @bounded(examples)
    @given(
        st.lists(st.tuples(records, st.sampled_from(["new", "replicated"])), min_size=1, max_size=5)
    )
    def check(drawn: list[tuple[Record, str]]) -> None:
        rows = [_plain(record) | {"continuity": continuity} for record, continuity in drawn]
        rows.sort(key=lambda row: ORDER.index(row["field"]))
        form = read_back(list_paper(code, rows), ending)
        keys = ["name", "address", "form", "continuity", "content", "expected_results", "field"]
        own = []
        for row in rows:
            level = row["intended_level"] if row["continuity"] == "replicated" else ""
            # a person carries out what a person registers
            carrier = "full_name" if row["form"] == "individual" else "extra.leads"
            more = [("intended_level", level), (carrier, row["leads"])]
            own.append(kept(*((key, row[key]) for key in keys), *more))
        assert form.layout == code
        assert values(form, ending) == wanted(own, ending)

    check()


ORDER = ["economy", "culture_society", "defence_security", "political_system"]


def _plain(record: Record) -> Record:
    return record if record["form"] == "individual" else record | {"full_name": ""}
