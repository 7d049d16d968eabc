"""Addresses of the room."""

from django.urls import path

from kheo.rounds.views import audiences, layouts, pages, periods, publication, schemes, wizard

app_name = "rounds"

urlpatterns = [
    path("", pages.round_list, name="list"),
    path("new", wizard.round_new, name="new"),
    path("<int:pk>", pages.round_detail, name="detail"),
    path("<int:pk>/basics", wizard.round_basics, name="basics"),
    path("<int:pk>/audiences", audiences.audience_list, name="audiences"),
    path("<int:pk>/audiences/new", audiences.audience_new, name="audience-new"),
    path("<int:pk>/audiences/<int:audience>", audiences.audience_edit, name="audience-edit"),
    path("<int:pk>/audiences/<int:audience>/move", audiences.audience_move, name="audience-move"),
    path(
        "<int:pk>/audiences/<int:audience>/remove",
        audiences.audience_remove,
        name="audience-remove",
    ),
    path("<int:pk>/preview", publication.preview, name="preview"),
    path("<int:pk>/publish", publication.publish, name="publish"),
    path("<int:pk>/close", publication.close, name="close"),
    path("<int:pk>/reopen", publication.reopen, name="reopen"),
    path("<int:pk>/units", publication.unit_list, name="units"),
    path("<int:pk>/units/new", publication.add_unit, name="unit-new"),
    path("<int:pk>/units/<int:part>/extension", publication.extend, name="extend"),
    path("<int:pk>/copy", pages.round_copy, name="copy"),
    path("<int:pk>/delete", pages.round_delete, name="delete"),
    path("periods", periods.period_list, name="periods"),
    path("periods/new", periods.period_new, name="period-new"),
    path("periods/<int:pk>", periods.period_edit, name="period-edit"),
    path("layouts", layouts.layout_list, name="layouts"),
    path("layouts/<int:pk>", layouts.layout_detail, name="layout"),
    path("layouts/<int:pk>/copy", layouts.layout_copy, name="layout-copy"),
    path("layouts/<int:pk>/edit", layouts.layout_edit, name="layout-edit"),
    path("schemes/<int:pk>/copy", schemes.scheme_copy, name="scheme-copy"),
    path("schemes/<int:pk>/edit", schemes.scheme_edit, name="scheme-edit"),
]
