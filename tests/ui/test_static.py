"""All static files can be fingerprinted, and the style sheet of papers is among them."""

import json

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from kheo.config import settings as product  # noqa: TID251 the product's own storage is meant
from kheo.ui.finders import PaperFinder


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = product.STORAGES
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_every_file_is_fingerprinted_and_compressed(collected):
    paths = json.loads((collected / "staticfiles.json").read_text())["paths"]
    for name in ("ui/css/theme.css", "ui/js/autosave.js", "ui/icons/icons.svg", "papers/paper.css"):
        assert paths[name] != name
        assert (collected / paths[name]).exists()
    assert (collected / f"{paths['ui/bootstrap/bootstrap.min.css']}.gz").exists()
    fonts = (collected / paths["ui/css/fonts.css"]).read_text()
    assert paths["ui/fonts/be-vietnam-pro-vietnamese-400.woff2"].rpartition("/")[2] in fonts


def test_only_the_style_sheet_of_papers_is_published():
    assert finders.find("papers/paper.css")
    assert finders.find("papers/paper.css", find_all=True)
    assert not finders.find("papers/__init__.py")
    assert [path for path, _storage in PaperFinder().list(None)] == ["paper.css"]
