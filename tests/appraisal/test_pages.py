"""The pages of the room, without any script: lists, self-score, superior's score, opening."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.appraisal import Appraising

from kheo.appraisal.enums import FileState
from kheo.appraisal.models import AppraisalFile, TitleEntry
from kheo.cli.main import main
from kheo.criteria.models import CriteriaSet
from kheo.exemplars.enums import State


def signed_in(seat) -> Client:
    client = Client()
    client.force_login(seat.user)
    return client


def posted(file: AppraisalFile, points, notes=(), **more) -> dict[str, object]:
    """What a page of scores posts, in the order of the criteria."""
    data: dict[str, object] = {"version": file.version, **more}
    words = dict(enumerate(notes))
    criteria = file.criteria_set.criteria.order_by("order")
    for place, (one, given) in enumerate(zip(criteria, points, strict=True)):
        if given is not None:
            data |= {f"c{one.pk}-points": given, f"c{one.pk}-note": words.get(place, "")}
    return data


def test_lists_show_what_waits_and_cost_the_same(
    appraising: Appraising, django_assert_max_num_queries
) -> None:
    unit, officer = signed_in(appraising.clerk), signed_in(appraising.officer)
    appraising.file(name="Mô hình đang chấm")
    unit.get("/appraisal/")
    with django_assert_max_num_queries(40) as few:
        assert "Mô hình đang chấm" in unit.get("/appraisal/").content.decode()
    for number in range(2):
        appraising.file(name=f"Mô hình {number}")
    with django_assert_max_num_queries(len(few.captured_queries)):
        unit.get("/appraisal/")
    assert "Mô hình đang chấm" not in officer.get("/appraisal/").content.decode()
    everything = officer.get("/appraisal/all", {"q": "đang chấm", "kind": "model", "year": "2024"})
    assert "Mô hình đang chấm" in everything.content.decode()
    assert "Mô hình 1" not in everything.content.decode()
    stranger = signed_in(appraising.cast.stranger)
    assert "đang chấm" not in stranger.get("/appraisal/all").content.decode()


def test_the_unit_scores_itself_on_the_page_and_sends(
    appraising: Appraising, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    file = appraising.file()
    first = file.criteria_set.criteria.get(number="1").pk
    client = signed_in(appraising.head)
    address = f"/appraisal/{file.pk}/score"
    data = posted(file, ("61", "30", None, "", None, None))
    answer = client.post(address, data)
    assert answer.status_code == 422
    assert "61 điểm cao hơn mức tối đa là 60" in answer.content.decode()
    data = posted(file, ("49,5", "30", None, "", None, None), deed="send")
    data[f"e{first}-upload"] = SimpleUploadedFile("báo cáo.pdf", b"%PDF-1.4\n%%EOF\n")
    assert client.post(address, data)["Location"] == f"/appraisal/{file.pk}/send"
    page = client.get(address).content.decode()
    assert "Tổng điểm: <strong>79,50</strong>" in page
    evidence = file.evidence.get()
    file.refresh_from_db()
    data = posted(file, ("49,5", "30", None, "", None, None), deed=f"remove:{evidence.pk}")
    client.post(address, data)
    assert "Còn thiếu minh chứng" in client.get(address).content.decode()
    assert (
        "1 tiêu chí chưa có minh chứng" in client.get(f"/appraisal/{file.pk}/send").content.decode()
    )
    client.post(f"/appraisal/{file.pk}/send")
    file.refresh_from_db()
    assert file.state == FileState.SENT
    assert client.get(address).status_code == 403


def test_the_sum_is_told_while_typing(appraising: Appraising) -> None:
    file = appraising.file()
    data = posted(file, ("40", "30", None, "8", None, None))
    answer = signed_in(appraising.clerk).post(f"/appraisal/{file.pk}/sum", data).content.decode()
    assert "<strong>75</strong>" in answer
    assert "3 điểm thưởng vượt mức tối đa" in answer
    assert not file.scores.exists()


def test_a_stale_page_of_scores_says_so(appraising: Appraising) -> None:
    file = appraising.file()
    AppraisalFile.objects.filter(pk=file.pk).update(version=9)
    data = posted(file, ("40", "30", None, "", None, None))
    answer = signed_in(appraising.clerk).post(f"/appraisal/{file.pk}/score", data)
    assert answer.status_code == 422
    assert "Người khác đã sửa" in answer.content.decode()


def test_the_superior_scores_beside_returns_and_passes(appraising: Appraising) -> None:
    file = appraising.file(FileState.SENT)
    client = signed_in(appraising.officer)
    address = f"/appraisal/{file.pk}/superior"
    assert 'value="50"' in client.get(address).content.decode()
    data = posted(file, ("45", "30", "9", "4", "1", "0"))
    answer = client.post(address, data)
    assert answer.status_code == 422
    refused = answer.content.decode()
    assert "cần ghi lý do thay đổi từ 50 thành 45" in refused
    assert "Có 1 tiêu chí cần xem lại" in refused
    # the sum is that of the boxes, also of the one that is refused
    assert "Tổng điểm: <strong>87</strong>" in refused
    data = posted(file, ("45", "30", "9", "4", "1", "0"), ["Số liệu chưa đủ."])
    assert client.post(address, data)["Location"] == f"/appraisal/{file.pk}"
    page = client.get(f"/appraisal/{file.pk}").content.decode()
    assert "Số liệu chưa đủ." in page
    assert client.post(f"/appraisal/{file.pk}/return", {"all-text": ""}).status_code == 422
    client.post("/appraisal/pass", {"file": file.pk, "back": "file"})
    file.refresh_from_db()
    assert file.state == FileState.BEFORE_COUNCIL
    client.post(f"/appraisal/{file.pk}/take-back", {"reason": "Xem lại."})
    client.post(f"/appraisal/{file.pk}/return", {"all-text": "Bổ sung minh chứng."})
    file.refresh_from_db()
    assert file.state == FileState.RETURNED
    unit = signed_in(appraising.head).get(f"/appraisal/{file.pk}/score").content.decode()
    assert "Bổ sung minh chứng." in unit


def test_files_of_a_round_are_counted_and_then_opened(appraising: Appraising) -> None:
    appraising.stage.registration(State.ACCEPTED)
    client = signed_in(appraising.officer)
    data = {"round": appraising.stage.round.pk, "criteria_set": appraising.set.pk, "deed": "count"}
    assert "Có 1 bản đăng ký" in client.post("/appraisal/open", data).content.decode()
    assert client.post("/appraisal/open", data | {"stage": "1"}).status_code == 200
    assert not AppraisalFile.objects.exists()
    answer = client.post("/appraisal/open", data | {"deed": "open"})
    assert answer["Location"] == "/appraisal/all"
    assert AppraisalFile.objects.count() == 1
    assert signed_in(appraising.clerk).get("/appraisal/open").status_code == 403


def test_a_unit_enters_for_a_title_on_the_page(appraising: Appraising) -> None:
    client = signed_in(appraising.head)
    page = client.get("/appraisal/titles/new").content.decode()
    assert "Cơ quan “Dân vận khéo”" in page
    chosen = CriteriaSet.objects.get(code="co-quan-90-10").pk
    year = page.partition('name="year" value="')[2][:4]
    client.post("/appraisal/titles/new", {"criteria_set": chosen, "year": year})
    entry = TitleEntry.objects.get()
    assert entry.unit_name in client.get("/appraisal/titles").content.decode()
    again = client.post("/appraisal/titles/new", {"criteria_set": chosen, "year": year})
    assert again.status_code == 422
    file = entry.files.get()
    client.post(f"/appraisal/{file.pk}/withdraw", {"reason": "Chưa đủ điều kiện."})
    file.refresh_from_db()
    assert file.state == FileState.WITHDRAWN


@pytest.mark.parametrize("path", ["", "/score", "/superior", "/return", "/send", "/paper.pdf"])
def test_files_outside_the_reach_are_not_there(appraising: Appraising, path) -> None:
    file = appraising.file()
    assert signed_in(appraising.cast.stranger).get(f"/appraisal/{file.pk}{path}").status_code == 404


def test_the_command_line_lists_files(appraising: Appraising, capsys) -> None:
    appraising.file(FileState.SENT)
    assert main(["appraisal", "list", "--year", "2024"]) == 0
    assert "\tsent\t84.00\t-\t-\tTốt" in capsys.readouterr().out
    assert main(["appraisal", "list", "--state", "closed", "--json"]) == 0
    assert capsys.readouterr().out.strip() == "[]"
