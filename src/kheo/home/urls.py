"""Addresses of the room."""

from django.urls import path

from kheo.home import views
from kheo.home.views import calendar, search

app_name = "home"

urlpatterns = [
    path("", views.my_work, name="my-work"),
    path("audit", views.audit, name="audit"),
    path("search", search.search, name="search"),
    path("saved-views", search.saved_views, name="saved-views"),
    path("saved-views/<int:pk>/rename", search.rename_saved_view, name="rename-saved-view"),
    path("saved-views/<int:pk>/delete", search.delete_saved_view, name="delete-saved-view"),
    path("calendar", calendar.show_calendar, name="calendar"),
    path("calendar/address", calendar.renew_address, name="calendar-address"),
    path("calendar/address/close", calendar.close_address, name="calendar-address-close"),
    path("calendar/<str:token>.ics", calendar.calendar_feed, name="calendar-feed"),
    path("gallery", views.gallery, name="gallery"),
    path("healthz", views.health, name="health"),
]
