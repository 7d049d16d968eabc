"""The component tags: strict about their arguments, honest about refusals, escaped."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from kheo.ui.components.library import icon_names
from kheo.ui.components.states import KIND_ICONS, STATES


@dataclass(frozen=True)
class Answer:
    allowed: bool
    reason: str = ""


def shown(source: str, address: str = "/list", **context: object) -> str:
    request = RequestFactory().get(address)
    return Template(source).render(Context({"request": request} | context))


@pytest.mark.parametrize(
    "source",
    [
        '{% icon "bell" colour="red" %}',
        '{% state_badge "draft" "Đang soạn" colour="red" %}',
        '{% link_button "Gửi" "/x" primry=True %}',
        '{% action_button "Gửi" "/x" hx_get="/y" %}',
        '{% submit_button "Gửi" style="x" %}',
        '{% stat 3 "mô hình" href="/x" %}',
        "{% progress_meter 1 2 %}",
        "{% pagination page sise=3 %}",
        '{% data_table captoin="x" %}{% enddata_table %}',
        '{% alert knd="info" %}{% endalert %}',
        "{% empty_state %}",
    ],
)
def test_component_refuses_a_misspelt_or_missing_argument_when_compiled(source):
    with pytest.raises(TemplateSyntaxError):
        Template(source)


@pytest.mark.parametrize(
    "source",
    [
        '{% icon "no-such-icon" %}',
        '{% state_badge "draft" "Đang soạn" kind="purple" %}',
        '{% alert kind="loud" %}x{% endalert %}',
        '{% action_button "Gửi" "/x" method="put" %}',
    ],
)
def test_component_refuses_an_unknown_value(source):
    with pytest.raises(TemplateSyntaxError):
        shown(source)


def test_every_icon_named_by_a_state_exists():
    used = {icon for _kind, icon in STATES.values()} | set(KIND_ICONS.values())
    assert used <= icon_names()
    assert {kind for kind, _icon in STATES.values()} <= set(KIND_ICONS)


def test_state_differs_by_icon_and_word_not_by_colour_alone():
    returned = shown('{% state_badge "returned" "Trả lại" %}')
    accepted = shown('{% state_badge "accepted" "Đã tiếp nhận" %}')
    assert "#arrow-return-left" in returned
    assert "Trả lại" in returned
    assert "#check-circle-fill" in accepted


def test_text_is_escaped():
    html = shown("{% link_button label '/x' %}", label="<script>alert(1)</script>")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_refused_button_is_greyed_and_says_why():
    verdict = Answer(allowed=False, reason="Đợt đăng ký đã khóa.")
    html = shown('{% action_button "Gửi" "/send" verdict=verdict %}', verdict=verdict)
    assert 'aria-disabled="true"' in html
    assert "Đợt đăng ký đã khóa." in html
    described = html.split('aria-describedby="')[1].split('"')[0]
    assert f'id="{described}"' in html
    assert "/send" not in html


def test_two_refused_buttons_have_different_ids():
    verdict = Answer(allowed=False, reason="Không")
    html = shown(
        '{% link_button "A" "/a" verdict=v %}{% link_button "A" "/a" verdict=v %}', v=verdict
    )
    first, second = (part.split('"')[0] for part in html.split('aria-describedby="')[1:])
    assert first != second


def test_allowed_button_posts_with_the_token():
    html = shown(
        '{% action_button "Gửi" "/send" primary=True verdict=verdict name="row" value="3" %}',
        verdict=Answer(allowed=True),
        csrf_token="abc",
    )
    assert '<form method="post" action="/send"' in html
    assert 'name="csrfmiddlewaretoken" value="abc"' in html
    assert 'name="row" value="3"' in html
    assert "btn-primary" in html


@pytest.mark.parametrize(
    ("due", "words", "kind"),
    [
        (date(2024, 2, 20), "quá hạn 7 ngày", "danger"),
        (date(2024, 2, 27), "hạn hôm nay", "warning"),
        (date(2024, 3, 1), "còn 3 ngày", "warning"),
        (date(2024, 3, 31), "còn 33 ngày", "neutral"),
    ],
)
def test_due_badge_counts_the_days(due, words, kind):
    html = shown("{% due_badge due today=today %}", due=due, today=date(2024, 2, 27))
    assert f"{due:%d/%m/%Y} · {words}" in html
    assert f"state-{kind}" in html


def test_due_badge_of_something_done_does_not_urge():
    html = shown(
        "{% due_badge due today=today done=True %}", due=date(2024, 1, 1), today=date(2024, 2, 1)
    )
    assert "quá hạn" not in html
    assert "01/01/2024" in html


def test_stat_links_to_its_list():
    html = shown('{% stat 386 "mô hình" url="/registrations/?year=2021" %}')
    assert 'href="/registrations/?year=2021"' in html
    assert "386" in html


def test_bar_keeps_decimal_points_in_drawings():
    html = shown('{% bar 1 3 label="Kinh tế" text="1 (33%)" %}')
    assert 'width="33.33"' in html
    assert "1 (33%)" in html


@pytest.mark.parametrize(
    ("value", "maximum", "width"), [(5, 0, "0.00"), (9, 3, "100.00"), (-1, 3, "0.00")]
)
def test_bar_stays_within_its_ground(value, maximum, width):
    assert f'width="{width}"' in shown("{% bar value maximum %}", value=value, maximum=maximum)


def test_meter_says_its_figures():
    html = shown('{% progress_meter 1200 2400 label="Đã gửi" %}')
    assert "1.200/2.400 (50%)" in html
    assert 'value="1200" max="2400"' in html


def test_table_is_a_named_region_reachable_by_keyboard():
    html = shown('{% data_table caption="Danh sách" wide=True %}<tbody></tbody>{% enddata_table %}')
    assert 'role="region"' in html
    assert 'tabindex="0"' in html
    named = html.split('aria-labelledby="')[1].split('"')[0]
    assert f'<caption id="{named}">Danh sách</caption>' in html


def test_filter_form_keeps_sorting_and_offers_to_clear():
    html = shown("{% filter_form %}{% endfilter_form %}", "/list?q=camera&sort=-name&page=3")
    assert '<form class="filters" method="get" action="/list"' in html
    assert 'name="sort" value="-name"' in html
    assert "Xóa lọc" in html
    assert "page" not in html.replace("pages", "")


def test_filter_form_without_filters_has_nothing_to_clear():
    assert "Xóa lọc" not in shown("{% filter_form %}{% endfilter_form %}", "/list?page=2")


@pytest.mark.parametrize(
    ("address", "href", "direction"),
    [
        ("/list", "?sort=name", None),
        ("/list?sort=name&q=a", "?sort=-name&amp;q=a", "ascending"),
        ("/list?sort=-name&page=4", "?sort=name", "descending"),
    ],
)
def test_sort_header_turns_round(address, href, direction):
    html = shown('{% sort_header "Tên" "name" %}', address)
    assert f'href="{href}"' in html
    assert (f'aria-sort="{direction}"' in html) if direction else ("aria-sort" not in html)


def test_trail_without_crumbs_shows_nothing():
    assert shown("{% trail %}  {% endtrail %}") == ""


def test_trail_marks_where_we_are():
    html = shown('{% trail %}{% crumb "Đợt" "/rounds/" %}{% crumb "2024" %}{% endtrail %}')
    assert '<a href="/rounds/">Đợt</a>' in html
    assert 'aria-current="page">2024' in html


def test_tab_shows_count_and_current_page():
    html = shown('{% tabs label="Phần" %}{% tab "Chờ" "/w" current=True count=1234 %}{% endtabs %}')
    assert 'aria-current="page"' in html
    assert "1.234" in html


def test_file_link_names_kind_and_size():
    html = shown('{% file_link "m1.docx" "/f/1" size=1548576 %}')
    assert "#file-earmark-word" in html
    assert "1,5 MiB" in html


def test_empty_state_offers_what_to_do():
    html = shown('{% empty_state "Chưa có" "Vì sao" action_label="Soạn" action_url="/new" %}')
    assert "Vì sao" in html
    assert 'href="/new"' in html


def test_paper_preview_is_shown_as_the_renderer_wrote_it():
    html = shown(
        '{% paper_preview paper title="Mẫu M1" %}', paper='<article class="paper">A</article>'
    )
    assert '<article class="paper">A</article>' in html
    assert 'aria-label="Mẫu M1"' in html


def test_a_share_is_written_and_drawn():
    html = shown("{% share_bar 1240 3900 31.8 %}")
    assert "1.240/3.900 (31,8%)" in html
    assert 'width="31.79"' in html
    assert "0/0 (0%)" in shown("{% share_bar 0 0 0 %}")
