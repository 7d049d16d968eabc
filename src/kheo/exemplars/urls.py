"""Addresses of the room."""

from django.urls import URLPattern, path

from kheo.exemplars.views import reading

app_name = "exemplars"

urlpatterns: list[URLPattern] = [
    path("<int:pk>/", reading.show_registration, name="detail"),
    path("units/<int:pk>/", reading.show_unit_round, name="unit-round"),
]
