"""The command lists councils with their progress, as lines and as JSON."""

import json

from tests.factories.councils import make_chamber, with_files

from kheo.cli.main import main


def test_councils_are_listed_with_their_progress(cast, capsys):
    chamber = with_files(make_chamber(cast), count=2)
    chamber.score(chamber.files()[0], chamber.chair)
    assert main(["councils", "list", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["state"], row["files"], row["scores_in"], row["scores_wanted"]) == (
        "scoring",
        2,
        1,
        6,
    )
    assert main(["councils", "list", "--year", "1999"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["councils", "list"]) == 0
    assert "đang chấm điểm" in capsys.readouterr().out
