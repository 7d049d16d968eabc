"""Forms: label, hint, errors and box belong together, also for a screen reader."""

from datetime import date
from html.parser import HTMLParser

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from kheo.ui.fields import DayField, FilesField, LinesInput

CHOICES = [("1", "Kinh tế"), ("2", "Văn hóa – xã hội")]


class Model(forms.Form):
    name = forms.CharField(label="Tên mô hình", max_length=10, help_text="Ngắn gọn")
    level = forms.ChoiceField(label="Cấp", choices=CHOICES)
    field = forms.ChoiceField(label="Lĩnh vực", choices=CHOICES, widget=forms.RadioSelect)
    also = forms.MultipleChoiceField(
        label="Liên quan", choices=CHOICES, widget=forms.CheckboxSelectMultiple, required=False
    )
    begins_on = DayField(label="Bắt đầu")
    content = forms.CharField(label="Nội dung", widget=LinesInput(lines="3-5"))
    evidence = forms.FileField(label="Minh chứng", required=False)
    agreed = forms.BooleanField(label="Đã xem", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3)


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def named(self, name: str) -> dict[str, str | None]:
        return next(attrs for _tag, attrs in self.found if attrs.get("name") == name)

    def ids(self) -> list[str]:
        return [attrs["id"] for _tag, attrs in self.found if attrs.get("id")]


def test_box_is_tied_to_its_hint():
    tags = Tags(str(Model()))
    assert tags.named("name")["aria-describedby"] == "id_name_helptext"
    assert "id_name_helptext" in tags.ids()


def test_wrong_box_is_tied_to_its_error_and_says_so():
    form = Model({"name": "Đ" * 11})
    tags = Tags(str(form))
    box = tags.named("name")
    assert box["aria-invalid"] == "true"
    assert box["aria-describedby"] == "id_name_helptext id_name_error"
    assert "id_name_error" in tags.ids()
    assert "is-invalid" in box["class"]
    assert 'role="alert"' in str(form)


def test_groups_are_fieldsets_with_a_legend_and_their_errors():
    tags = Tags(str(Model({})))
    group = next(
        attrs for tag, attrs in tags.found if tag == "fieldset" and attrs["id"] == "id_field"
    )
    assert group["aria-describedby"] == "id_field_error"
    assert str(Model({})).count("<legend") == 2


def test_every_label_belongs_to_a_box_and_ids_occur_once():
    html = str(Model({"name": "Camera"}))
    tags = Tags(html)
    targets = [attrs["for"] for tag, attrs in tags.found if tag == "label"]
    assert set(targets) <= set(tags.ids())
    assert len(tags.ids()) == len(set(tags.ids()))


@pytest.mark.parametrize(
    ("name", "look"),
    [
        ("name", "form-control"),
        ("level", "form-select"),
        ("field", "form-check-input"),
        ("also", "form-check-input"),
        ("agreed", "form-check-input"),
        ("content", "form-control"),
        ("evidence", "form-control"),
    ],
)
def test_box_has_the_look_of_its_kind_also_when_placed_by_hand(name, look):
    assert look in Tags(str(Model()[name])).named(name)["class"].split()


def test_hidden_box_has_no_label():
    html = str(Model())
    assert 'type="hidden" name="version" value="3"' in html
    assert "id_version_helptext" not in html


def test_day_is_shown_to_the_browser_in_iso_and_read_either_way():
    bound = Model({"begins_on": "05/02/2024"})
    bound.is_valid()
    assert bound.cleaned_data["begins_on"] == date(2024, 2, 5)
    assert Model({"begins_on": "2024-02-05"})["begins_on"].field.clean("2024-02-05") == date(
        2024, 2, 5
    )
    html = str(Model(initial={"begins_on": date(2024, 2, 5)})["begins_on"])
    assert 'type="date"' in html
    assert 'value="2024-02-05"' in html


def test_number_of_asked_lines_reaches_the_counter():
    box = Tags(str(Model()["content"])).named("content")
    assert box["data-lines"] == "3-5"
    assert box["rows"] == "6"


def test_error_of_the_whole_form_stands_before_the_fields():
    form = Model({})
    form.add_error(None, "Vượt quá số lượng được đăng ký.")
    html = str(form)
    assert html.index("Vượt quá") < html.index("Tên mô hình")


def test_several_files_are_taken_none_only_where_there_may_be_none():
    class Handing(forms.Form):
        files = FilesField(max_length=20)
        more = FilesField(required=False)

    first, empty = (SimpleUploadedFile(name, text) for name, text in (("a.pdf", b"x"), ("b", b"")))
    form = Handing({}, {"files": [first, empty]})
    assert form.is_valid()
    # whether an empty file is of use is for the deed to say
    assert form.cleaned_data == {"files": [first, empty], "more": []}
    assert Handing({}, {}).errors.keys() == {"files"}
    long = SimpleUploadedFile("mot-ten-dai-qua-muc.pdf", b"x")
    assert not Handing({}, {"files": [first, long]}).is_valid()
    assert "multiple" in str(form["files"])
