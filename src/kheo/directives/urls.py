"""Addresses of the room."""

from django.urls import path

from kheo.directives import views

app_name = "directives"

urlpatterns = [
    path("", views.document_list, name="list"),
    path("new", views.document_new, name="new"),
    path("<int:pk>", views.document_detail, name="detail"),
    path("<int:pk>/edit", views.document_edit, name="edit"),
]
