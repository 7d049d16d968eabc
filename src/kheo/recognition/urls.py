"""Addresses of the room."""

from django.urls import path

from kheo.recognition.views import (
    candidates,
    deciding,
    honour_forms,
    lists,
    papers,
    proposing,
    revoking,
)

app_name = "recognition"

PROPOSAL = "proposals/<int:pk>/"
DECISION = "decisions/<int:pk>/"

urlpatterns = [
    path("", lists.decision_list, name="list"),
    path("honours/", lists.honour_list, name="honours"),
    path("proposals/", lists.proposal_list, name="proposals"),
    path("proposals/new/", proposing.proposal_new, name="proposal-new"),
    path(PROPOSAL, proposing.proposal_detail, name="proposal"),
    path(f"{PROPOSAL}edit/", proposing.proposal_edit, name="proposal-edit"),
    path(f"{PROPOSAL}send/", proposing.proposal_send, name="proposal-send"),
    path(f"{PROPOSAL}take-back/", proposing.proposal_take_back, name="proposal-take-back"),
    path(f"{PROPOSAL}decline/", proposing.proposal_decline, name="proposal-decline"),
    path(f"{PROPOSAL}discard/", proposing.proposal_discard, name="proposal-discard"),
    path(f"{PROPOSAL}draw-up/", proposing.proposal_draw_up, name="proposal-draw-up"),
    path(f"{PROPOSAL}paper/<slug:fmt>/", papers.proposal_file, name="proposal-paper"),
    path(f"{PROPOSAL}candidates/", candidates.candidates_offered, name="offered"),
    path(f"{PROPOSAL}candidates/add/", candidates.candidates_add, name="candidates-add"),
    path(
        f"{PROPOSAL}candidates/council/",
        candidates.candidates_from_council,
        name="candidates-council",
    ),
    path(f"{PROPOSAL}candidates/by-hand/", candidates.candidates_by_hand, name="candidates-hand"),
    path(f"{PROPOSAL}candidates/remove/", candidates.candidates_remove, name="candidates-remove"),
    path("candidates/<int:pk>/", candidates.candidate_edit, name="candidate"),
    path(DECISION, deciding.decision_detail, name="decision"),
    path(f"{DECISION}edit/", deciding.decision_edit, name="decision-edit"),
    path(f"{DECISION}issue/", deciding.decision_issue, name="decision-issue"),
    path(f"{DECISION}announce/", deciding.decision_announce, name="decision-announce"),
    path(f"{DECISION}discard/", deciding.decision_discard, name="decision-discard"),
    path(f"{DECISION}revoke/", revoking.decision_revoke, name="decision-revoke"),
    path(f"{DECISION}paper/<slug:fmt>/", papers.decision_file, name="decision-paper"),
    path(f"{DECISION}certificates/", papers.certificate_file, name="certificates"),
    path(f"{DECISION}certificates/<int:part>/", papers.certificate_file, name="certificates-part"),
    path("history/exemplar/<int:pk>/", lists.exemplar_history, name="history-exemplar"),
    path("history/unit/<int:pk>/", lists.unit_history, name="history-unit"),
    path("history/person/<int:pk>/", lists.person_history, name="history-person"),
    path("forms/", honour_forms.honour_form_list, name="forms"),
    path("forms/<int:pk>/", honour_forms.honour_form_edit, name="form"),
]
