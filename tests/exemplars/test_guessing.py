"""A guessed address answers 404 and leaves a trace of who asked for what."""

from django.urls import reverse

from kheo.audit.models import Entry
from kheo.exemplars.enums import State


def test_a_guessed_registration_is_not_found_and_leaves_a_trace(stage, client):
    row = stage.registration(State.SUBMITTED)
    client.force_login(
        stage.cast.stranger.user, backend="django.contrib.auth.backends.ModelBackend"
    )
    address = reverse("exemplars:detail", args=[row.pk])
    assert client.get(address).status_code == 404
    trace = Entry.objects.get(verb="access.refused")
    assert trace.after["path"] == address
    assert trace.seat_id == stage.cast.stranger.pk


def test_what_one_may_see_leaves_no_trace(stage, client):
    row = stage.registration(State.SUBMITTED)
    client.force_login(stage.clerk.user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("exemplars:detail", args=[row.pk])).status_code == 200
    assert not Entry.objects.filter(verb="access.refused").exists()
