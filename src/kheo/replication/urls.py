"""Addresses of the room."""

from django.urls import path

from kheo.replication.views import course, lists, models

app_name = "replication"

urlpatterns = [
    path("", lists.list_models, name="list"),
    path("figures", lists.show_figures, name="figures"),
    path("models/<int:pk>", models.show_model, name="model"),
    path("models/<int:pk>/guide", models.edit_guide, name="guide"),
    path("models/<int:pk>/guide/turn", models.turn_guide, name="guide-turn"),
    path("files/<int:pk>", models.guide_file, name="file"),
    path("<int:pk>", course.show_replication, name="detail"),
]
