"""Addresses of the room."""

from django.urls import path

from kheo.directives.views import arrivals, checking, documents, relations, summary

app_name = "directives"

urlpatterns = [
    path("", documents.document_list, name="list"),
    path("new", documents.document_new, name="new"),
    path("<int:pk>", documents.document_detail, name="detail"),
    path("<int:pk>/edit", documents.document_edit, name="edit"),
    path("<int:pk>/reading", checking.show_reading, name="reading"),
    path("<int:pk>/reading/accept-certain", checking.accept_all_certain, name="accept-certain"),
    path("<int:pk>/reading/add", checking.add_one, name="finding-add"),
    path("<int:pk>/reading/name", checking.name_body, name="name-body"),
    path("<int:pk>/reading/case", checking.download_case, name="reading-case"),
    path("findings/<int:pk>", checking.show_finding, name="finding"),
    path("findings/<int:pk>/correct", checking.correct_one, name="finding-correct"),
    path("findings/<int:pk>/reject", checking.reject_one, name="finding-reject"),
    path("findings/<int:pk>/accept/<int:version>", checking.accept_one, name="finding-accept"),
    path("findings/<int:pk>/reopen/<int:version>", checking.reopen_one, name="finding-reopen"),
    path("<int:pk>/delete", documents.document_delete, name="delete"),
    path("<int:pk>/files", relations.file_add, name="file-add"),
    path("<int:pk>/relations", relations.relation_add, name="relation-add"),
    path("receive", arrivals.receive, name="receive"),
    path("waiting/<int:pk>", arrivals.arrival_enter, name="arrival"),
    path("waiting/<int:pk>/discard", arrivals.arrival_discard, name="arrival-discard"),
    path(
        "waiting/<int:pk>/attach/<int:document_pk>", arrivals.arrival_attach, name="arrival-attach"
    ),
    path("files/<int:pk>", relations.file_download, name="file"),
    path("files/<int:pk>/remove", relations.file_remove, name="file-remove"),
    path("files/<int:pk>/read", relations.file_read, name="file-read"),
    path("relations/<int:pk>/settle", relations.relation_settle, name="relation-settle"),
    path("relations/<int:pk>/remove", relations.relation_remove, name="relation-remove"),
    path("summary", summary.summary_page, name="summary"),
    path("summary/list.<str:fmt>", summary.summary_file, name="summary-file"),
]
