"""Addresses of the room."""

from django.urls import path

from kheo.directives.views import documents

app_name = "directives"

urlpatterns = [
    path("", documents.document_list, name="list"),
    path("new", documents.document_new, name="new"),
    path("<int:pk>", documents.document_detail, name="detail"),
    path("<int:pk>/edit", documents.document_edit, name="edit"),
]
