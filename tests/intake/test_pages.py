"""The pages of an import: with and without htmx, for those whose it is and nobody else."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from tests.factories.exemplars import IN_TIME
from tests.intake.conftest import plain_file, row_of

from kheo.audit.models import Entry
from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.intake.enums import IntakeState, Link
from kheo.intake.models import Intake, IntakeEntry, IntakeForm


@pytest.fixture(autouse=True)
def _in_time(monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: IN_TIME)


def page(client, name, pk, **query) -> str:
    answer = client.get(reverse(f"intake:{name}", args=[pk]), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def upload(client, stage, *files):
    chosen = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(reverse("intake:hand-in", args=[stage.round.pk]), {"chosen": chosen})


def typed(entry, **changes) -> dict[str, object]:
    return {
        "version": entry.version,
        "decision": "take",
        "link": "new",
        "name": "Camera an ninh",
        "form": "collective",
        "field": "economy",
        "level": "district",
        "nature": "model",
        "continuity": "new",
    } | changes


def test_from_the_file_to_the_draft_without_javascript(stage, signed_in) -> None:
    client = signed_in(stage.clerk)
    assert "Đọc các tệp" in page(client, "hand-in", stage.round.pk)
    bad = row_of("Camera an ninh", level="", **{"!level": "cấp xóm"})
    answer = upload(client, stage, ("m3.xlsx", plain_file(row_of(), bad)))
    intake = Intake.objects.get()
    assert answer.url == reverse("intake:detail", args=[intake.pk])
    assert "1 vấn đề" in page(client, "detail", intake.pk)
    shown = page(client, "file", intake.files.get().pk)
    assert "cấp xóm" in shown
    assert "cột" in shown
    entry = IntakeEntry.objects.last()
    answer = client.post(reverse("intake:edit", args=[entry.pk]), typed(entry))
    assert answer.status_code == 302
    shown = page(client, "detail", intake.pk)
    version = re.search(r'name="version" value="(\d+)"', shown)[1]
    client.post(reverse("intake:save", args=[intake.pk]), {"version": version})
    intake.refresh_from_db()
    assert intake.state == IntakeState.SAVED
    assert Registration.objects.count() == 2
    row = Registration.objects.first()
    detail = client.get(reverse("exemplars:detail", args=[row.pk])).content.decode()
    assert "m3.xlsx" in detail
    assert reverse("intake:original", args=[intake.files.get().pk]) in detail
    assert page(client, "file", intake.files.get().pk)


def test_htmx_edits_a_row_in_its_place(stage, take, signed_in) -> None:
    take(m3__xlsx=plain_file(row_of()))
    entry = IntakeEntry.objects.get()
    client = signed_in(stage.clerk)
    url = reverse("intake:edit", args=[entry.pk])
    opened = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert opened.startswith('<tbody id="row-') or "<tbody" in opened
    assert "<html" not in opened
    wrong = client.post(url, typed(entry, field="sao"), headers={"HX-Request": "true"})
    assert wrong.status_code == 422
    done = client.post(url, typed(entry), headers={"HX-Request": "true"})
    assert "Camera an ninh" in done.content.decode()
    closed = client.get(reverse("intake:row", args=[entry.pk]), headers={"HX-Request": "true"})
    assert "<form" not in closed.content.decode()


def test_a_row_saved_meanwhile_is_not_overwritten(stage, take, signed_in) -> None:
    take(m3__xlsx=plain_file(row_of()))
    entry = IntakeEntry.objects.get()
    client = signed_in(stage.clerk)
    url = reverse("intake:edit", args=[entry.pk])
    client.post(url, typed(entry, name="Một"))
    answer = client.post(url, typed(entry, name="Hai"), follow=True)
    assert "cửa sổ khác" in answer.content.decode()
    entry.refresh_from_db()
    assert entry.corrected["name"] == "Một"


def test_the_progress_of_long_work_is_asked_for_again(stage, signed_in, monkeypatch) -> None:
    queued = []
    monkeypatch.setattr("kheo.intake.actions.receiving.async_task", lambda *a: queued.append(a))
    client = signed_in(stage.clerk)
    upload(client, stage, *((f"{n}.xlsx", plain_file(row_of(f"Số {n}"))) for n in range(5)))
    intake = Intake.objects.get()
    assert queued == [("kheo.intake.tasks.read_intake", intake.pk)]
    shown = page(client, "detail", intake.pk)
    assert "Đã đọc 0 trên 5 tệp" in shown
    assert 'hx-trigger="every 2s"' in shown
    part = client.get(reverse("intake:detail", args=[intake.pk]), headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()


def test_rows_are_left_out_and_taken_together(stage, take, signed_in) -> None:
    intake = take(m3__xlsx=plain_file(row_of(), row_of("Đường hoa")))
    client = signed_in(stage.clerk)
    keys = list(IntakeEntry.objects.values_list("pk", flat=True))
    url = reverse("intake:decide", args=[intake.pk])
    client.post(url, {"r": keys, "decision": "leave"})
    assert "Không có gì để lưu" in page(client, "detail", intake.pk)
    client.post(url, {"r": keys[:1], "decision": "take"})
    assert "Lưu 1 dòng" in page(client, "detail", intake.pk)


def test_unit_and_columns_are_confirmed_on_the_page(stage, take, signed_in) -> None:
    intake = take(by=stage.officer, m3__xlsx=plain_file(row_of(scope="", note="Thôn"), unit=""))
    form = IntakeForm.objects.get()
    client = signed_in(stage.officer)
    shown = page(client, "file", form.file_id)
    assert "Tệp không ghi rõ" in shown
    part = stage.part(stage.cast.communes[2])
    values = {"unit": part.pk, "version": intake.version}
    client.post(reverse("intake:confirm", args=[form.pk]), values)
    intake.refresh_from_db()
    columns = {f"column-{n}": key for n, key in enumerate(["ordinal", "address", "name", "form"])}
    values = columns | {"column-4": "scope", "version": intake.version}
    client.post(reverse("intake:columns", args=[form.pk]), values)
    form.refresh_from_db()
    assert form.participation == part
    assert IntakeEntry.objects.get().values["scope"][0] == "Thôn"


def test_a_page_of_yesterday_does_not_save(stage, take, signed_in) -> None:
    intake = take(m3__xlsx=plain_file(row_of()))
    answer = signed_in(stage.clerk).post(
        reverse("intake:save", args=[intake.pk]), {"version": "999"}, follow=True
    )
    assert "cửa sổ khác" in answer.content.decode()
    assert not Registration.objects.exists()


def test_an_import_is_given_up_after_asking(stage, take, signed_in) -> None:
    intake = take(m3__xlsx=plain_file(row_of()))
    client = signed_in(stage.clerk)
    assert "Bỏ lần nhập này?" in page(client, "abandon", intake.pk)
    client.post(reverse("intake:abandon", args=[intake.pk]))
    intake.refresh_from_db()
    assert intake.state == IntakeState.ABANDONED
    assert "đã bỏ" in page(client, "detail", intake.pk)


def test_the_original_comes_back_as_it_was(stage, take, signed_in) -> None:
    content = plain_file(row_of())
    file = take(m3__xlsx=content).files.get()
    url = reverse("intake:original", args=[file.pk])
    answer = signed_in(stage.clerk).get(url)
    assert b"".join(answer.streaming_content) == content
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "m3.xlsx" in answer["Content-Disposition"]


def test_remarks_stand_in_the_cells_of_a_copy(stage, take, signed_in, monkeypatch) -> None:
    workbook = Workbook()
    workbook.active.title = "Sheet1"
    workbook.active["C9"] = "Camera"
    out = io.BytesIO()
    workbook.save(out)
    read = plain_file(row_of("Camera", **{"!level": "cấp xóm"}))
    from tests.intake.conftest import read_plain  # noqa: PLC0415 - the fixture's own reader

    monkeypatch.setattr(
        "kheo.intake.actions.reading.read_forms", lambda _c, name, **_k: read_plain(read, name)
    )
    file = take(m3__xlsx=out.getvalue()).files.get()
    answer = signed_in(stage.clerk).get(reverse("intake:remarks", args=[file.pk]))
    sheet = load_workbook(io.BytesIO(answer.content))["Sheet1"]
    marked = [cell for row in sheet.iter_rows() for cell in row if cell.comment]
    assert [cell.row for cell in marked] == [9]
    assert "Cấp" in marked[0].comment.text
    assert sheet["C9"].value == "Camera"
    monkeypatch.setattr("kheo.intake.sheets.MOST_MARKED", 0)
    answer = signed_in(stage.clerk).get(reverse("intake:remarks", args=[file.pk]))
    [sheet] = load_workbook(io.BytesIO(answer.content))
    assert "cấp xóm" in str([*sheet.values])


def test_remarks_on_other_files_are_a_list(stage, take, signed_in) -> None:
    file = take(m3__docx=plain_file(row_of("Camera", **{"!level": "cấp xóm"}))).files.get()
    answer = signed_in(stage.clerk).get(reverse("intake:remarks", args=[file.pk]))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("Vị trí", "Mục")
    assert rows[1][3] == "cấp xóm"


@pytest.mark.parametrize("name", ["detail", "abandon"])
def test_an_import_is_not_there_for_a_stranger(stage, take, signed_in, name) -> None:
    intake = take(m3__xlsx=plain_file(row_of()))
    url = reverse(f"intake:{name}", args=[intake.pk])
    assert signed_in(stage.cast.stranger).get(url).status_code == 404
    assert Entry.objects.filter(verb="access.refused").exists()


def test_those_above_see_that_it_is_not_theirs(stage, take, signed_in) -> None:
    intake = take(m3__xlsx=plain_file(row_of()))
    file, form, entry = intake.files.get(), IntakeForm.objects.get(), IntakeEntry.objects.get()
    client = signed_in(stage.officer)
    for name, pk in (("detail", intake.pk), ("file", file.pk), ("edit", entry.pk)):
        assert client.get(reverse(f"intake:{name}", args=[pk])).status_code == 403
    for name, pk in (("confirm", form.pk), ("columns", form.pk), ("save", intake.pk)):
        assert client.post(reverse(f"intake:{name}", args=[pk])).status_code == 403


def test_a_leader_finds_no_box_for_files(stage, signed_in) -> None:
    client = signed_in(stage.cast.leader)
    assert "Chỉ cán bộ soạn" in page(client, "hand-in", stage.round.pk)
    assert upload(client, stage, ("m3.xlsx", plain_file(row_of()))).status_code == 403


def test_no_file_is_said_above_the_box(stage, signed_in) -> None:
    client = signed_in(stage.clerk)
    answer = client.post(reverse("intake:hand-in", args=[stage.round.pk]), {})
    assert answer.status_code == 422


def test_the_list_shows_open_rounds_and_the_units_imports(stage, take, signed_in) -> None:
    intake = take(m3__xlsx=plain_file(row_of()))
    shown = signed_in(stage.clerk).get(reverse("intake:list")).content.decode()
    assert stage.round.title in shown
    assert reverse("intake:detail", args=[intake.pk]) in shown


@pytest.mark.parametrize("rows", [1, 3])
def test_a_files_page_costs_the_same_for_more_rows(
    stage, take, signed_in, rows, django_assert_max_num_queries
) -> None:
    file = take(m3__xlsx=plain_file(*(row_of(f"Số {n}") for n in range(rows)))).files.get()
    client = signed_in(stage.clerk)
    with django_assert_max_num_queries(25):
        page(client, "file", file.pk)


@pytest.fixture
def origin(stage) -> Registration:
    """What another unit has registered and had accepted."""
    unit = stage.cast.communes[1]
    return stage.registration(State.ACCEPTED, unit, name="Tổ liên gia tự quản về an ninh")


def replica_row(**changes) -> dict[str, str]:
    return row_of("Tổ liên gia tự quản về an ninh trật tự", continuity="replicated") | changes


def test_a_replica_is_tied_to_the_model_that_is_like_it(stage, take, signed_in, origin) -> None:
    take(m3__xlsx=plain_file(replica_row()))
    entry = IntakeEntry.objects.get()
    assert "replicated_from" in entry.gaps
    client = signed_in(stage.clerk)
    choice = f"replicates:{origin.exemplar_id}"
    assert f'value="{choice}"' in page(client, "edit", entry.pk)
    chosen = typed(entry, name=str(entry), continuity="replicated", link=choice)
    client.post(reverse("intake:edit", args=[entry.pk]), chosen)
    entry.refresh_from_db()
    assert (entry.link, entry.replicated) == (Link.REPLICATES, origin.exemplar)
    assert "replicated_from" not in entry.gaps
    assert origin.name in page(client, "file", entry.form.file_id)
    assert f'value="{choice}" selected' in page(client, "edit", entry.pk)
    intake = Intake.objects.get()
    client.post(reverse("intake:save", args=[intake.pk]), {"version": intake.version})
    row = Registration.objects.get(participation=stage.part())
    assert (row.replicated_from, row.continuity) == (origin.exemplar, "replicated")
    assert row.exemplar.replicated_from == origin.exemplar


def test_a_model_is_sought_by_words_and_nothing_typed_is_lost(
    stage, take, signed_in, origin
) -> None:
    take(m3__xlsx=plain_file(row_of("Ngõ xanh")))
    entry = IntakeEntry.objects.get()
    client = signed_in(stage.clerk)
    url = reverse("intake:edit", args=[entry.pk])
    choice = f'value="replicates:{origin.exemplar_id}"'
    assert choice not in page(client, "edit", entry.pk)
    sought = client.post(url, typed(entry, scope="Ngõ 3", find="to lien gia")).content.decode()
    assert choice in sought
    assert 'value="Ngõ 3"' in sought
    entry.refresh_from_db()
    assert (entry.version, entry.corrected) == (1, {})
    nothing = client.post(url, typed(entry, find="khong co dau", search="1")).content.decode()
    assert choice not in nothing
    assert "Không có mô hình" in nothing


def test_what_cannot_be_replicated_is_no_choice(stage, take, signed_in, origin) -> None:
    draft = stage.registration(State.DRAFT, stage.cast.communes[1], name="Chưa gửi")
    own = stage.registration(State.ACCEPTED, name="Của chính mình")
    take(m3__xlsx=plain_file(row_of("Ngõ xanh")))
    entry = IntakeEntry.objects.get()
    client = signed_in(stage.clerk)
    for key in (draft.exemplar_id, own.exemplar_id, 999_999, "x", "1" * 30):
        sent = typed(entry, link=f"replicates:{key}")
        answer = client.post(reverse("intake:edit", args=[entry.pk]), sent)
        assert answer.status_code == 422
    entry.refresh_from_db()
    assert entry.link == Link.NEW
