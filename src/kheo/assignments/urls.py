"""Addresses of the room."""

from django.urls import path

from kheo.assignments.views import course, giving, lists, matrix, papers, reminding

app_name = "assignments"

urlpatterns = [
    path("", lists.own_list, name="list"),
    path("given", lists.given_list, name="given"),
    path("matrix", matrix.show_matrix, name="matrix"),
    path("papers/<int:document>.<str:fmt>", papers.task_list_file, name="paper"),
    path("remind", reminding.remind, name="remind"),
    path("new", giving.task_new, name="new"),
    path("<int:pk>", lists.task_detail, name="detail"),
    path("<int:pk>/edit", giving.task_edit, name="edit"),
    path("<int:pk>/close", giving.task_close, name="close"),
    path("<int:pk>/reopen", giving.task_reopen, name="reopen"),
    path("parts/<int:pk>", course.part_detail, name="part"),
    path("parts/<int:pk>/report", course.add_report, name="report"),
    path("parts/<int:pk>/answer", course.answer, name="answer"),
    path("parts/<int:pk>/take-over", giving.take_over, name="take-over"),
    path("files/<int:pk>", course.download_file, name="file"),
]
