"""Addresses of the room."""

from django.urls import path

from kheo.visits.views import advice, concluding, planning, schedule, sending, sheets, teams

app_name = "visits"

urlpatterns = [
    path("", schedule.visit_list, name="list"),
    path("<int:pk>", schedule.visit_detail, name="detail"),
    path("<int:pk>/edit", planning.visit_edit, name="edit"),
    path("<int:pk>/models", planning.visit_models, name="models"),
    path("<int:pk>/announce", planning.visit_announce, name="announce"),
    path("<int:pk>/cancel", planning.visit_cancel, name="cancel"),
    path("<int:pk>/record", concluding.visit_record, name="record"),
    path("<int:pk>/reopen", concluding.visit_reopen, name="reopen"),
    path("<int:pk>/remark", concluding.visit_remark, name="remark"),
    path("<int:pk>/minutes", concluding.visit_minutes, name="minutes"),
    path("<int:pk>/minutes.<str:fmt>", concluding.minutes_file, name="minutes-file"),
    path("teams", teams.team_list, name="teams"),
    path("teams/new", teams.team_new, name="team-new"),
    path("teams/<int:pk>", teams.team_detail, name="team"),
    path("teams/<int:pk>/edit", teams.team_edit, name="team-edit"),
    path("teams/<int:pk>/work", teams.team_work, name="team-work"),
    path("teams/<int:pk>/announce", teams.team_announce, name="team-announce"),
    path("teams/<int:team>/visits/new", planning.visit_new, name="new"),
    path("sheets/<int:pk>", sheets.sheet_fill, name="sheet"),
    path("sheets/<int:pk>/criteria", sheets.sheet_criteria, name="criteria"),
    path("sheets/<int:pk>/state", sending.sheet_state, name="sheet-state"),
    path("sheets/<int:pk>/send", sending.sheet_send, name="sheet-send"),
    path("sheets/<int:pk>/photos", sending.photo_send, name="photo-send"),
    path("entries/<int:pk>/settle", sheets.entry_settle, name="settle"),
    path("photos/<int:pk>", sheets.photo_show, name="photo"),
    path("photos/<int:pk>/small", sheets.photo_small, name="photo-small"),
    path("photos/<int:pk>/remove", sheets.photo_remove, name="photo-remove"),
    path("recommendations", advice.advice_list, name="advice"),
    path("recommendations/<int:pk>", advice.advice_detail, name="advice-detail"),
    path("recommendations/<int:pk>/answer", advice.advice_answer, name="advice-answer"),
    path("recommendations/<int:pk>/settle", advice.advice_settle, name="advice-settle"),
    path("recommendations/files/<int:pk>", advice.advice_file, name="advice-file"),
    path("worker", sending.worker, name="worker"),
]
