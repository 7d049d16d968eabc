"""`kheo recognition`: decisions as lines or JSON, certificates as one PDF."""

import json

import pypdfium2
import pytest
from tests.factories.recognition import Honours

from kheo.cli.main import main

pytestmark = pytest.mark.django_db


def test_decisions_are_listed_and_certificates_written(cast, tmp_path, capsys):
    honours = Honours(cast)
    rows = [honours.accepted(), honours.accepted(cast.communes[1])]
    decision = honours.issued(*rows)
    draft = honours.draft(honours.accepted(cast.communes[2]), number=128)
    assert main(["recognition", "list", "--json", "--year", "2024"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(one["symbol"], one["state"], one["honours"]) for one in found] == [
        ("128-QĐ/HU", "draft", 0),
        ("127-QĐ/HU", "issued", 2),
    ]
    assert main(["recognition", "list"]) == 0
    assert f"{decision.pk}\t127-QĐ/HU\t2024-10-12\tissued\t2\t" in capsys.readouterr().out
    target = tmp_path / "giay.pdf"
    assert main(["recognition", "certificates", str(decision.pk), str(target)]) == 0
    assert "2" in capsys.readouterr().out
    with pypdfium2.PdfDocument(target) as pdf:
        assert len(pdf) == 2
    for key in (draft.pk, 999):
        assert main(["recognition", "certificates", str(key), str(target)]) == 1
        assert capsys.readouterr().err
