"""An issuer copies an official layout and changes it without code; two editors do not collide."""

import pytest
from django.urls import reverse
from tests.factories.accounts import START
from tests.factories.organisations import make_cast
from tests.factories.rounds import make_period

from kheo.audit.models import Entry
from kheo.organisations.rules import NotAllowedError
from kheo.rounds.actions import copy_layout, edit_layout
from kheo.rounds.models import FieldScheme, Layout
from kheo.rounds.queries.specs import parse_spec

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.officer.user)
    return client


def official(code):
    return Layout.objects.get(code=code, is_shipped=True)


def own(cast, code="M3"):
    return copy_layout(
        source=official(code),
        issuer=cast.district,
        name=f"{code} Tân Yên",
        by=cast.officer,
        at=START,
    )


def as_sent(box):
    """What a browser sends for a box: of a list always something, if only its first choice."""
    if box.value() is None and hasattr(box.field, "choices"):
        return next(iter(box.field.choices))[0]
    return box.value()


def typed(client, layout, **changes):
    """What the page of a layout would send if nothing but the changes were typed."""
    page = client.get(reverse("rounds:layout-edit", args=[layout.pk]))
    head, parts = page.context["form"], page.context["parts"]
    data = {name: head[name].value() for name in head.fields}
    data |= {
        f"parts-{name}": parts.management_form[name].value()
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    for form in parts:
        data |= {form.add_prefix(name): as_sent(form[name]) for name in form.fields}
    data |= changes
    return {key: value for key, value in data.items() if value not in {None, False}}


def test_an_official_layout_is_copied_for_an_issuer_and_period(officer, cast):
    period = make_period(cast.district)
    answer = officer.post(
        reverse("rounds:layout-copy", args=[official("M3").pk]),
        {"name": "M3 Tân Yên", "issuer": cast.district.pk, "period": period.pk},
    )
    made = Layout.objects.get(is_shipped=False)
    assert answer.url == reverse("rounds:layout-edit", args=[made.pk])
    assert (made.code, made.issuer, made.period) == ("M3", cast.district, period)
    assert parse_spec(made.spec).columns == parse_spec(official("M3").spec).columns
    assert "M3 Tân Yên" in officer.get(reverse("rounds:layouts")).content.decode()


def test_the_page_sends_back_what_it_showed(officer, cast):
    for code in ("M1", "M2", "M3", "S1"):
        layout = own(cast, code)
        before = parse_spec(layout.spec)
        url = reverse("rounds:layout-edit", args=[layout.pk])
        assert officer.post(url, typed(officer, layout)).status_code == 302
        layout.refresh_from_db()
        assert parse_spec(layout.spec) == before


def test_columns_are_renamed_moved_switched_off_and_added(officer, cast):
    layout = own(cast)
    changes = {
        "title": "DANH SÁCH MÔ HÌNH NĂM {year}",
        "parts-1-heading": "Nơi thực hiện",
        "parts-1-ORDER": "3",
        "parts-2-ORDER": "2",
        "parts-7-on": False,
        "parts-8-key": "level",
        "parts-8-heading": "Cấp",
        "parts-8-width_mm": "20",
        "parts-8-align": "center",
        "parts-8-on": "on",
        "parts-8-ORDER": "9",
    }
    url = reverse("rounds:layout-edit", args=[layout.pk])
    assert officer.post(url, typed(officer, layout, **changes)).status_code == 302
    layout.refresh_from_db()
    spec = parse_spec(layout.spec)
    assert [column.key for column in spec.shown] == [
        "ordinal",
        "name",
        "address",
        "form",
        "kept",
        "new",
        "ends",
        "level",
    ]
    assert spec.columns[2].heading == "Nơi thực hiện"
    page = officer.get(reverse("rounds:layout", args=[layout.pk])).content.decode()
    assert "DANH SÁCH MÔ HÌNH NĂM 20" in page
    assert "Nơi thực hiện" in page
    assert Entry.objects.filter(verb="layout.edit").count() == 1


def test_an_issuer_adds_an_item_to_its_form_and_shows_it_in_its_list(officer, cast):
    form, listing = own(cast, "M1"), own(cast, "M3")
    last = len(parse_spec(form.spec).fields)
    added = {f"parts-{last}-label": "Số hộ tham gia", f"parts-{last}-ORDER": "4"}
    added |= {f"parts-{last}-{name}": "on" for name in ("on", "numbered", "printed")}
    url = reverse("rounds:layout-edit", args=[form.pk])
    assert officer.post(url, typed(officer, form, **added)).status_code == 302
    form.refresh_from_db()
    spec = parse_spec(form.spec)
    assert [field.key for field in spec.fields if field.key.startswith("x-")] == [
        "x-so-ho-tham-gia"
    ]
    page = officer.get(reverse("rounds:layout-edit", args=[listing.pk])).content.decode()
    assert 'value="x-so-ho-tham-gia"' in page


def test_the_preview_shows_what_is_typed_and_saves_nothing(officer, cast):
    layout = own(cast)
    url = reverse("rounds:layout-edit", args=[layout.pk])
    answer = officer.post(url, typed(officer, layout, title="THỬ <b>TIÊU ĐỀ</b>", preview="1"))
    assert answer.status_code == 200
    assert "THỬ &lt;b&gt;TIÊU ĐỀ&lt;/b&gt;" in answer.content.decode()
    layout.refresh_from_db()
    assert layout.version == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"title": "Năm {nam}"},
        {"parts-0-width_mm": "4"},
        {"parts-0-key": "khác"},
        {"parts-0-heading": ""},
        {"parts-2-DELETE": "on", "parts-1-key": "ordinal"},
        {"letterhead": "đỏ"},
    ],
    ids=str,
)
def test_a_layout_that_cannot_be_is_answered_with_errors(officer, cast, changes):
    layout = own(cast)
    url = reverse("rounds:layout-edit", args=[layout.pk])
    assert officer.post(url, typed(officer, layout, **changes)).status_code == 422
    layout.refresh_from_db()
    assert layout.version == 1


def test_items_by_which_registrations_are_counted_cannot_be_left_out(officer, cast):
    layout = own(cast, "M1")
    keys = [field.key for field in parse_spec(layout.spec).fields]
    changes = {f"parts-{keys.index('field')}-on": False}
    url = reverse("rounds:layout-edit", args=[layout.pk])
    answer = officer.post(url, typed(officer, layout, **changes))
    assert answer.status_code == 422
    assert "không thể bỏ" in answer.content.decode()


def test_two_people_editing_a_layout_never_overwrite_each_other_silently(officer, cast):
    layout = own(cast)
    url = reverse("rounds:layout-edit", args=[layout.pk])
    mine = typed(officer, layout, title="CỦA TÔI {year}")
    officer.post(url, typed(officer, layout, title="CỦA NGƯỜI KHÁC {year}"))
    answer = officer.post(url, mine)
    assert answer.status_code == 409
    assert "CỦA NGƯỜI KHÁC" in answer.content.decode()
    layout.refresh_from_db()
    assert parse_spec(layout.spec).title == "CỦA NGƯỜI KHÁC {year}"
    officer.post(url, mine | {"version": str(layout.version)})
    layout.refresh_from_db()
    assert parse_spec(layout.spec).title == "CỦA TÔI {year}"


def test_official_layouts_and_those_of_others_are_not_changed(client, officer, cast):
    layout = official("M3")
    assert officer.get(reverse("rounds:layout-edit", args=[layout.pk])).status_code == 403
    with pytest.raises(NotAllowedError):
        edit_layout(layout=layout, spec=parse_spec(layout.spec), by=None, at=START)
    ours = own(cast)
    client.force_login(cast.clerk.user)
    assert client.get(reverse("rounds:layout", args=[ours.pk])).status_code == 200
    assert client.get(reverse("rounds:layout-edit", args=[ours.pk])).status_code == 403
    assert client.get(reverse("rounds:layout-copy", args=[ours.pk])).status_code == 403
    client.force_login(cast.stranger.user)
    assert client.get(reverse("rounds:layout", args=[ours.pk])).status_code == 404
    assert client.get(reverse("rounds:layout-edit", args=[ours.pk])).status_code == 404


def test_an_administrator_keeps_layouts_too(client, cast):
    client.force_login(cast.administrator.user)
    copy = reverse("rounds:layout-copy", args=[official("S1").pk])
    assert client.post(copy, {"name": "S1 riêng", "issuer": cast.district.pk}).status_code == 302
    assert client.post(copy, {"name": "Lạ", "issuer": cast.elsewhere.pk}).status_code == 422


def test_a_scheme_of_fields_is_copied_renamed_and_reordered(officer, cast):
    source = FieldScheme.objects.get(code="s0-s1")
    officer.post(
        reverse("rounds:scheme-copy", args=[source.pk]),
        {"name": "Lĩnh vực Tân Yên", "issuer": cast.district.pk},
    )
    scheme = FieldScheme.objects.get(issuer=cast.district)
    assert scheme.code not in {"", "s0-s1"}
    url = reverse("rounds:scheme-edit", args=[scheme.pk])
    form = officer.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent |= {"label_economy": "KINH TẾ, NÔNG THÔN MỚI", "order_economy": "9"}
    assert officer.post(url, sent).status_code == 302
    assert list(scheme.labels.values_list("label", flat=True)) == [
        "VĂN HÓA - XÃ HỘI",
        "QUỐC PHÒNG - AN NINH",
        "XÂY DỰNG HỆ THỐNG CHÍNH TRỊ",
        "KINH TẾ, NÔNG THÔN MỚI",
    ]
    stale = officer.post(url, sent | {"label_economy": "KHÁC"})
    assert stale.status_code == 409
    assert "KINH TẾ, NÔNG THÔN MỚI" in stale.content.decode()
    again = stale.context["form"]
    assert officer.post(url, dict(again.data.items())).status_code == 302
    assert scheme.labels.filter(label="KHÁC").exists()
    assert officer.post(url, sent | {"label_economy": ""}).status_code == 422
    assert officer.get(reverse("rounds:scheme-edit", args=[source.pk])).status_code == 403


@pytest.mark.parametrize("copies", [1, 3])
def test_the_list_of_layouts_costs_the_same_however_long(
    officer, cast, copies, django_assert_num_queries
):
    for _copy in range(copies):
        own(cast)
    officer.get(reverse("rounds:layouts"))
    with django_assert_num_queries(9):
        officer.get(reverse("rounds:layouts"))
