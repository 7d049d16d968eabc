"""Addresses of the room."""

from django.urls import path

from kheo.nominations.views import course, lists, proposal, ranking

app_name = "nominations"

urlpatterns = [
    path("", lists.list_nominations, name="list"),
    path("begin", lists.begin, name="begin"),
    path("<int:pk>", ranking.show_list, name="detail"),
    path("<int:pk>/rank", ranking.rank, name="rank"),
    path("<int:pk>/send", course.send, name="send"),
    path("<int:pk>/take-back", course.take_back, name="take-back"),
    path("<int:pk>/answer", course.answer, name="answer"),
    path("<int:pk>/proposal", proposal.proposal, name="proposal"),
    path("<int:pk>/proposal.<str:fmt>", proposal.proposal_file, name="proposal-file"),
]
