"""All addresses: one prefix per room."""

from django.urls import include, path

handler400 = "kheo.home.views.bad_request"
handler403 = "kheo.home.views.permission_denied"
handler404 = "kheo.home.views.page_not_found"
handler500 = "kheo.home.views.server_error"

urlpatterns = [
    path("", include("kheo.home.urls")),
    path("account/", include("kheo.accounts.urls")),
    path("organisations/", include("kheo.organisations.urls")),
    path("notices/", include("kheo.notices.urls")),
    path("documents/", include("kheo.directives.urls")),
    path("documents/", include("kheo.planning.urls")),
    path("tasks/", include("kheo.assignments.urls")),
    path("rounds/", include("kheo.rounds.urls")),
    path("registrations/", include("kheo.exemplars.urls")),
    path("intake/", include("kheo.intake.urls")),
    path("criteria/", include("kheo.criteria.urls")),
    path("progress/", include("kheo.progress.urls")),
    path("nominations/", include("kheo.nominations.urls")),
    path("visits/", include("kheo.visits.urls")),
    path("appraisal/", include("kheo.appraisal.urls")),
    path("councils/", include("kheo.councils.urls")),
    path("recognition/", include("kheo.recognition.urls")),
    path("replication/", include("kheo.replication.urls")),
    path("reviews/", include("kheo.reviews.urls")),
    path("reports/", include("kheo.reporting.urls")),
]
