"""Addresses of the room."""

from django.urls import path

from kheo.notices import views

app_name = "notices"

urlpatterns = [
    path("", views.notice_list, name="list"),
    path("read", views.read_all, name="read"),
    path("<int:pk>/open", views.open_notice, name="open"),
    path("outbox", views.outbox, name="outbox"),
    path("messages/<int:pk>", views.message, name="message"),
    path("messages/<int:pk>/send", views.send, name="send"),
    path("messages/<int:pk>/cancel", views.cancel, name="cancel"),
]
