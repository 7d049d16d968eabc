"""`kheo documents cases` gives what people corrected."""

import json
from argparse import Namespace

from tests.directives.checking import TEXT, found, make_reading
from tests.factories.accounts import START

from kheo.cli.cases import run_cases
from kheo.directives.actions import accept_finding, correct_finding


def test_only_corrected_documents_become_cases(cast, tmp_path, capsys):
    plain, changed = make_reading(cast.district), make_reading(cast.district)
    at = {"version": 1, "by": cast.officer, "at": START}
    accept_finding(finding=found(plain, "issuer"), **at)
    correct_finding(finding=found(changed, "issuer"), value="Thị ủy", **at)
    assert run_cases(Namespace(out=None)) == 0
    (line,) = capsys.readouterr().out.splitlines()
    case = json.loads(line)
    assert (case["text"], case["gold"]["issuer"]) == (TEXT, "Thị ủy")
    assert run_cases(Namespace(out=tmp_path / "cases")) == 0
    (path,) = (tmp_path / "cases").iterdir()
    assert json.loads(path.read_text()) == case


def test_nothing_corrected_gives_nothing(db, tmp_path, capsys):
    assert run_cases(Namespace(out=None)) == 0
    assert capsys.readouterr().out == ""
