"""Addresses of the room."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from kheo.home import views

app_name = "home"

urlpatterns = [
    path("", views.my_work, name="my-work"),
    path("gallery", views.gallery, name="gallery"),
    path("healthz", views.health, name="health"),
    path("language", login_not_required(set_language), name="language"),
]
