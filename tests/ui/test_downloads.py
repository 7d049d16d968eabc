"""A file that was handed in is given back as it was, and never shown inside our pages."""

import pytest
from django.core.files.base import ContentFile
from django.http import Http404

from kheo.directives.models import DocumentFile
from kheo.ui.downloads import file_as_handed_in


@pytest.fixture
def kept(settings, tmp_path) -> DocumentFile:
    settings.MEDIA_ROOT = tmp_path
    row = DocumentFile(name="Kế hoạch.html")
    row.file.save("a.bin", ContentFile(b"<b>no</b>"), save=False)
    return row


def test_it_is_saved_under_its_own_name_and_kept_from_being_guessed(kept: DocumentFile) -> None:
    answer = file_as_handed_in(kept.file, kept.name)
    assert b"".join(answer.streaming_content).startswith(b"<b>")
    # the answer itself is closed by a server, which lets go of the database too
    kept.file.close()
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "K%E1%BA%BF" in answer["Content-Disposition"]
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_is_gone_is_not_found(kept: DocumentFile) -> None:
    kept.file.storage.delete(kept.file.name)
    with pytest.raises(Http404):
        file_as_handed_in(kept.file, kept.name)
    kept.file.name = ""
    with pytest.raises(Http404):
        file_as_handed_in(kept.file, kept.name)
