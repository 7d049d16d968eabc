"""`kheo rounds forms` writes every unit's blank forms into a folder."""

from argparse import Namespace

from tests.factories.exemplars import Stage

from kheo.cli.blank_forms import run_forms


def test_every_unit_gets_its_files(cast, tmp_path, capsys):
    stage = Stage(cast)
    assert run_forms(Namespace(number=stage.round.pk, out=tmp_path / "forms")) == 0
    folders = list((tmp_path / "forms").iterdir())
    assert len(folders) == stage.round.participations.count()
    assert all(
        {path.suffix for path in folder.iterdir()} == {".xlsx", ".docx"} for folder in folders
    )
    assert str(3 * len(folders)) in capsys.readouterr().out


def test_round_that_is_not_there_is_told(db, tmp_path, capsys):
    assert run_forms(Namespace(number=99, out=tmp_path)) == 2
    assert "99" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
