"""Addresses of the room."""

from django.urls import path

from kheo.progress.views import catalogue, course, deeds, lists, results

app_name = "progress"

urlpatterns = [
    path("", lists.model_list, name="list"),
    path("ask", lists.ask, name="ask"),
    path("results", results.sums, name="results"),
    path("results.<str:fmt>", results.export_sums, name="results-export"),
    path("results/<slug:code>", results.behind, name="behind"),
    path("results/<slug:code>.<str:fmt>", results.export_behind, name="behind-export"),
    path("indicators", catalogue.indicator_list, name="indicators"),
    path("indicators/new", catalogue.indicator_new, name="indicator-new"),
    path("indicators/<int:pk>/edit", catalogue.indicator_edit, name="indicator-edit"),
    path("indicators/<int:pk>/retire", catalogue.indicator_retire, name="indicator-retire"),
    path("files/<int:pk>", course.download_file, name="file"),
    path("files/<int:pk>/small", course.small_photo, name="photo-small"),
    path("figures/<int:pk>/strike", deeds.strike, name="strike"),
    *(
        path(
            f"milestones/<int:pk>/{deed}",
            deeds.change_milestone,
            {"deed": deed},
            name=f"milestone-{deed}",
        )
        for deed in ("reach", "reopen", "remove")
    ),
    path("<int:pk>", course.model_detail, name="detail"),
    path("<int:pk>/new", course.new_update, name="new"),
    path("<int:pk>/results", course.edit_results, name="plan"),
    path("<int:pk>/milestones", deeds.new_milestone, name="milestone-new"),
    *(
        path(f"<int:pk>/{deed}", deeds.close, {"deed": deed}, name=deed)
        for deed in ("take-back", "stop", "merge", "resume")
    ),
]
