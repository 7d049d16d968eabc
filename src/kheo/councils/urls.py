"""Addresses of the room."""

from django.urls import path

from kheo.councils.views import assigning, lists, meeting, outcome, papers, scoring, setting_up

app_name = "councils"

urlpatterns = [
    path("", lists.council_list, name="list"),
    path("mine", lists.my_queue, name="mine"),
    path("new", setting_up.council_new, name="new"),
    path("<int:pk>", lists.council_detail, name="detail"),
    path("<int:pk>/edit", setting_up.council_edit, name="edit"),
    path("<int:pk>/members", setting_up.council_members, name="members"),
    path("<int:pk>/files", setting_up.council_files, name="files"),
    path("<int:pk>/move/<slug:deed>", setting_up.council_move, name="move"),
    path("<int:pk>/assign", assigning.council_assign, name="assign"),
    path("<int:pk>/session", meeting.council_session, name="session"),
    path("<int:pk>/settle", meeting.settle_together, name="settle-many"),
    path("<int:pk>/vote", meeting.council_vote, name="vote"),
    path("<int:pk>/outcome", outcome.council_outcome, name="outcome"),
    path("<int:pk>/tie", outcome.decide_tie, name="tie"),
    path("<int:pk>/announce", outcome.announce, name="announce"),
    path("<int:pk>/announcing", outcome.announcing, name="announcing"),
    path("<int:pk>/minutes.<str:fmt>", papers.minutes_file, name="minutes"),
    path("<int:pk>/scores.<str:fmt>", papers.scores_file, name="scores"),
    path("files/<int:pk>/score", scoring.score_file, name="score"),
    path("files/<int:pk>/keep-out", scoring.keep_out, name="keep-out"),
    path("files/<int:pk>/settle", meeting.settle_file, name="settle"),
    path("scores/<int:pk>/give-back", scoring.give_back, name="give-back"),
    path("evidence/<int:pk>", scoring.evidence_file, name="evidence"),
]
