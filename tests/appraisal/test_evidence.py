"""Evidence for criteria: attached, chosen from the registration, taken off, downloaded."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from tests.factories.appraisal import NOVEMBER, Appraising

from kheo.appraisal.actions import (
    ScoreError,
    add_score_evidence,
    choose_score_evidence,
    remove_score_evidence,
)
from kheo.appraisal.enums import FileState
from kheo.appraisal.models import AppraisalFile
from kheo.exemplars.models import Evidence
from kheo.organisations.rules import NotAllowedError
from kheo.ui.uploads import AttachmentError

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def attach(appraising, file, number="1", content=PDF, by=None):
    return add_score_evidence(
        file=file,
        criterion=file.criteria_set.criteria.get(number=number).pk,
        upload=ContentFile(content, "bao cao.pdf"),
        name="báo cáo.pdf",
        by=by or appraising.clerk,
        at=NOVEMBER,
    )


def test_a_file_is_attached_once_taken_off_and_given_to_those_who_see_it(
    appraising: Appraising,
) -> None:
    file = appraising.file()
    evidence = attach(appraising, file)
    assert attach(appraising, file) == evidence
    client = Client()
    client.force_login(appraising.officer.user)
    answer = client.get(f"/appraisal/evidence/{evidence.pk}")
    assert b"".join(answer.streaming_content) == PDF
    client.force_login(appraising.cast.stranger.user)
    assert client.get(f"/appraisal/evidence/{evidence.pk}").status_code == 404
    remove_score_evidence(evidence=evidence, by=appraising.clerk, at=NOVEMBER)
    assert not file.evidence.filter(removed_at=None).exists()


def test_what_is_no_evidence_is_refused(appraising: Appraising) -> None:
    file = appraising.file()
    with pytest.raises(AttachmentError):
        attach(appraising, file, content=b"MZ\x90\x00 program")
    with pytest.raises(ScoreError, match="không tự chấm"):
        attach(appraising, file, number="3")
    with pytest.raises(NotAllowedError):
        attach(appraising, file, by=appraising.officer)
    AppraisalFile.objects.filter(pk=file.pk).update(state=FileState.SENT)
    with pytest.raises(NotAllowedError):
        attach(appraising, file)


def test_evidence_of_the_registration_is_chosen_and_that_of_others_is_not(
    appraising: Appraising,
) -> None:
    file = appraising.file()
    kept = {"name": "anh.pdf", "media_type": "application/pdf", "size": 9, "checksum": "a" * 64}
    kept |= {"file": ContentFile(PDF, "anh.pdf"), "added_at": NOVEMBER}
    own = Evidence.objects.create(registration=file.registration, added_by=appraising.clerk, **kept)
    first = file.criteria_set.criteria.get(number="1").pk

    def choose(evidence):
        return choose_score_evidence(
            file=file, criterion=first, chosen=evidence, by=appraising.clerk, at=NOVEMBER
        )

    shown = choose(own)
    assert (shown.name, shown.chosen) == ("anh.pdf", own)
    assert choose(own) == shown
    other = appraising.file(name="Mô hình khác").registration
    with pytest.raises(ScoreError, match="của chính bản đăng ký"):
        choose(Evidence.objects.create(registration=other, added_by=appraising.clerk, **kept))
