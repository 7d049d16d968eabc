"""Addresses of the room."""

from django.urls import path

from kheo.appraisal.views import lists, opening, papers, passing, scoring, titles

app_name = "appraisal"

urlpatterns = [
    path("", lists.waiting_list, name="list"),
    path("all", lists.all_list, name="all"),
    path("open", opening.open_round, name="open"),
    path("pass", passing.pass_many, name="pass"),
    path("titles", titles.title_list, name="titles"),
    path("titles/new", titles.title_new, name="title-new"),
    path("<int:pk>", lists.file_detail, name="detail"),
    path("<int:pk>/score", scoring.score_self, name="score"),
    path("<int:pk>/superior", scoring.score_superior, name="superior"),
    path("<int:pk>/sum", scoring.live_sum, name="sum"),
    path("<int:pk>/send", passing.send, name="send"),
    path("<int:pk>/return", passing.give_back, name="return"),
    path("<int:pk>/take-back", passing.take_back, name="take-back"),
    path("<int:pk>/withdraw", titles.withdraw_entry, name="withdraw"),
    path("<int:pk>/paper.<str:fmt>", papers.score_sheet_file, name="paper"),
    path("evidence/<int:pk>", lists.evidence_file, name="evidence"),
]
