"""Addresses of the room."""

from django.urls import path

from kheo.organisations.views import access, changing, importing, people, tree

app_name = "organisations"

urlpatterns = [
    path("", tree.tree, name="tree"),
    path("options", tree.options, name="options"),
    path("new", changing.create, name="create"),
    path("import", importing.import_page, name="import"),
    path("import/apply", importing.import_apply, name="import-apply"),
    path("import/places", importing.places, name="import-places"),
    path("import/template", importing.template, name="import-template"),
    path("export", importing.export, name="export"),
    path("people", people.people, name="people"),
    path("people/invite", people.invite, name="invite"),
    path("invitations/<int:pk>/withdraw", people.withdraw, name="withdraw-invitation"),
    path("invitation/<str:token>", access.accept_invitation, name="accept-invitation"),
    path("seats/<int:pk>", people.seat_page, name="seat"),
    path("seats/<int:pk>/end", people.end_seat, name="end-seat"),
    path("seats/<int:pk>/account", people.close_account, name="close-account"),
    path("seats/<int:pk>/stand-in", people.stand_in, name="stand-in"),
    path("switch-seat", access.switch_seat, name="switch-seat"),
    path("no-seat", access.no_seat, name="no-seat"),
    path("first", access.first_organisation, name="first-organisation"),
    path("<int:pk>", tree.detail, name="detail"),
    path("<int:pk>/branch", tree.branch, name="branch"),
    path("<int:pk>/edit", changing.edit, name="edit"),
    path("<int:pk>/rename", changing.rename, name="rename"),
    path("<int:pk>/retype", changing.retype, name="retype"),
    path("<int:pk>/move", changing.move, name="move"),
    path("<int:pk>/affiliate", changing.affiliate, name="affiliate"),
    path("<int:pk>/dissolve", changing.dissolve, name="dissolve"),
]
