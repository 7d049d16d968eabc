"""Addresses of the room."""

from django.urls import path

from kheo.accounts import views

app_name = "accounts"

urlpatterns = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("profile", views.profile, name="profile"),
    path("password", views.change_password, name="password-change"),
    path("password/forgotten", views.forgotten_password, name="password-reset"),
    path("password/forgotten/sent", views.reset_sent, name="password-reset-sent"),
    path(
        "password/new/<str:person>/<str:token>",
        views.reset_password,
        name="password-reset-confirm",
    ),
    path("language", views.choose_language, name="language"),
    path("first-run", views.first_run, name="first-run"),
]
