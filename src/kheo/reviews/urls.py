"""Addresses of the room."""

from django.urls import path

from kheo.reviews.views import outline, pages, reports

app_name = "reviews"

urlpatterns = [
    path("", pages.review_list, name="list"),
    path("new", pages.review_new, name="new"),
    path("<int:pk>", pages.review_detail, name="detail"),
    path("<int:pk>/edit", pages.review_edit, name="edit"),
    path("<int:pk>/delete", pages.review_delete, name="delete"),
    path("<int:pk>/outline", outline.outline, name="outline"),
    path("<int:pk>/outline/new", outline.heading_new, name="heading-new"),
    path("<int:pk>/outline/<int:heading>/below", outline.heading_below, name="heading-below"),
    path("<int:pk>/outline/<int:heading>/edit", outline.heading_edit, name="heading-edit"),
    path("<int:pk>/outline/<int:heading>/move", outline.heading_move, name="heading-move"),
    path("<int:pk>/outline/<int:heading>/remove", outline.heading_remove, name="heading-remove"),
    path("reports/<int:pk>", reports.report_home, name="report"),
]
