"""Files are taken as they are, once in a round, and no bad one harms the others."""

import io
import zipfile

import pytest
from tests.factories.exemplars import IN_TIME
from tests.intake.conftest import plain_file, row_of

from kheo.audit.actions import insert_rows
from kheo.audit.models import Entry
from kheo.intake.actions import IntakeError, receive_files
from kheo.intake.actions.receiving import queue_reading
from kheo.intake.enums import FileState, IntakeState
from kheo.intake.models import IntakeEntry, IntakeForm
from kheo.intake.queries.uploads import Handed, clean_name, handed_files
from kheo.intake.queries.words import refusal_words
from kheo.intake.tasks import read_intake
from kheo.organisations.rules import NotAllowedError


def zipped(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def test_the_original_is_kept_byte_by_byte(stage, take) -> None:
    content = plain_file(row_of())
    file = take(m3__xlsx=content).files.get()
    with file.file.open("rb") as stream:
        assert stream.read() == content
    assert (file.name, file.size, file.state) == ("m3.xlsx", len(content), FileState.READ)
    entry = Entry.objects.get(verb="intake.receive")
    assert entry.after["file"] == "m3.xlsx"


def test_a_file_is_not_taken_twice_in_a_round(stage, take) -> None:
    first = take(m3__xlsx=plain_file(row_of()))
    again = take(by=stage.head, copy__xlsx=plain_file(row_of()))
    [file] = again.files.all()
    assert (file.state, file.same_as) == (FileState.TWICE, first.files.get())
    assert again.state == IntakeState.WAITING
    assert not IntakeEntry.objects.filter(form__file=file).exists()


def test_a_bad_file_holds_up_no_other(stage, take) -> None:
    intake = take(
        a__xlsx=b"refuse:password", b__xlsx=b"crash", c__xlsx=plain_file(row_of()), d__txt=b"[]"
    )
    states = [(file.state, file.refusal.get("code")) for file in intake.files.all()]
    assert states == [
        (FileState.REFUSED, "password"),
        (FileState.REFUSED, "failed"),
        (FileState.READ, None),
        (FileState.REFUSED, "nothing_found"),
    ]
    assert intake.state == IntakeState.WAITING
    assert "mật khẩu" in refusal_words(intake.files.first().refusal)


def test_a_file_whose_rows_cannot_be_kept_holds_up_no_other(stage, take, monkeypatch) -> None:
    def failing(rows, **options) -> None:
        if any("Hỏng" in str(row) for row in rows):
            raise ValueError("cannot be kept")
        insert_rows(rows, **options)

    monkeypatch.setattr("kheo.intake.actions.reading.insert_rows", failing)
    good = row_of("Đường hoa nông thôn mới")
    intake = take(a__xlsx=plain_file(good, row_of("Hỏng")), b__xlsx=plain_file(good))
    states = [(file.state, file.refusal.get("code")) for file in intake.files.all()]
    assert states == [(FileState.REFUSED, "failed"), (FileState.READ, None)]
    # what was read of the first does not count as being there already
    [entry] = IntakeEntry.objects.all()
    assert (str(entry), entry.problems) == ("Đường hoa nông thôn mới", [])


def test_an_archive_is_opened_and_its_rubbish_passed_over(stage, take) -> None:
    archive = zipped(
        ("xã/Danh sách.xlsx", plain_file(row_of())),
        ("__MACOSX/._Danh sách.xlsx", b"x"),
        ("xã/~$Danh sách.xlsx", b"x"),
        (".DS_Store", b"x"),
    )
    assert [file.name for file in take(all__zip=archive).files.all()] == ["Danh sách.xlsx"]


def test_an_archive_that_swells_is_stopped(settings) -> None:
    settings.IMPORT_LIMIT_MIB = 1
    bomb = zipped(("a.xlsx", b"0" * (3 << 20)), ("b.xlsx", b"small"))
    first, second = handed_files("bomb.zip", bomb)
    assert (first.refusal, first.content) == ("too_large", b"")
    assert second.content == b"small"


def test_an_archive_of_too_many_files_is_refused_whole(settings) -> None:
    settings.INTAKE_MOST_FILES = 2
    [refused] = handed_files("all.zip", zipped(*((f"{n}.xlsx", b"x") for n in range(3))))
    assert (refused.refusal, refused.limit) == ("too_many_files", 2)


def test_too_many_files_at_once_are_refused(stage, settings) -> None:
    settings.INTAKE_MOST_FILES = 2
    files = [Handed(name=f"{n}.xlsx", content=b"x") for n in range(3)]
    with pytest.raises(IntakeError, match="2"):
        receive_files(round=stage.round, files=files, by=stage.clerk, at=IN_TIME)


def test_a_damaged_archive_is_left_to_the_reader() -> None:
    [only] = handed_files("a.zip", b"PK\x03\x04broken")
    assert only.content == b"PK\x03\x04broken"


def test_a_large_file_is_not_even_kept(settings) -> None:
    settings.IMPORT_LIMIT_MIB = 1
    [only] = handed_files("a.pdf", b"%" * ((1 << 20) + 1))
    assert (only.refusal, only.limit) == ("too_large", 1)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\a\\M3.xlsx", "M3.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b.xlsx", "ab.xlsx"),
    ],
)
def test_names_are_bare(given, kept) -> None:
    assert clean_name(given) == kept


def test_leaders_and_strangers_hand_nothing_in(stage) -> None:
    for seat in (stage.cast.leader, stage.cast.stranger, stage.cast.administrator):
        with pytest.raises(NotAllowedError):
            receive_files(
                round=stage.round, files=[Handed(name="a", content=b"x")], by=seat, at=IN_TIME
            )


def test_reading_in_the_background_twice_reads_once(stage) -> None:
    files = [Handed(name="a.xlsx", content=plain_file(row_of()))]
    intake = receive_files(round=stage.round, files=files, by=stage.clerk, at=IN_TIME)
    assert intake.state == IntakeState.READING
    assert read_intake(intake.pk) == read_intake(intake.pk) == IntakeState.WAITING
    assert IntakeEntry.objects.count() == 1


def test_reading_is_queued_by_name(stage, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr("kheo.intake.actions.receiving.async_task", lambda *a: asked.append(a))
    files = [Handed(name="a.xlsx", content=plain_file(row_of()))]
    intake = receive_files(round=stage.round, files=files, by=stage.clerk, at=IN_TIME)
    queue_reading(intake=intake)
    assert asked == [("kheo.intake.tasks.read_intake", intake.pk)]


def test_statements_for_each_file_do_not_grow_with_its_rows(
    stage, django_assert_max_num_queries
) -> None:
    rows = [row_of(f"Mô hình số {number}") for number in range(80)]
    files = [Handed(name="a.xlsx", content=plain_file(*rows))]
    intake = receive_files(round=stage.round, files=files, by=stage.clerk, at=IN_TIME)
    with django_assert_max_num_queries(30):
        read_intake(intake.pk)
    assert IntakeEntry.objects.count() == 80


@pytest.mark.parametrize(
    ("named", "unit"),
    [
        ("ĐẢNG ỦY XÃ CAO XÁ", "Đảng ủy xã Cao Xá"),
        ("UBND xã Cao Xá", "Đảng ủy xã Cao Xá"),
        ("Đảng bộ xã Cao Xá, huyện Tân Yên", "Đảng ủy xã Cao Xá"),
        ("Thị trấn Nhã Nam", "Đảng ủy thị trấn Nhã Nam"),
        ("Xã Không Có", None),
        ("", None),
    ],
)
def test_a_unit_is_known_by_the_names_people_write(stage, take, named, unit) -> None:
    take(by=stage.officer, m3__xlsx=plain_file(row_of(), unit=named))
    part = IntakeForm.objects.get().participation
    assert (part.unit_name if part else None) == unit
