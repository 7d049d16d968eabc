"""Addresses of the room: they hang below the document whose work is made."""

from django.urls import path

from kheo.planning.views import drafting, making

app_name = "planning"

urlpatterns = [
    path("<int:pk>/work", making.proposals, name="proposals"),
    path("<int:pk>/work/round", making.make_round, name="make-round"),
    path("<int:pk>/work/review", making.make_review, name="make-review"),
    path("<int:pk>/work/tasks", making.make_tasks, name="make-tasks"),
    path("<int:pk>/work/amend", making.amend, name="amend"),
    path("<int:pk>/draft", drafting.draft, name="draft"),
    path("<int:pk>/draft/paper.<str:fmt>", drafting.draft_file, name="draft-file"),
]
