"""Addresses of the room."""

from django.urls import path

from kheo.home import views

app_name = "home"

urlpatterns = [
    path("", views.my_work, name="my-work"),
    path("audit", views.audit, name="audit"),
    path("gallery", views.gallery, name="gallery"),
    path("healthz", views.health, name="health"),
]
