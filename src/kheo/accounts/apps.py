"""Registration of the room with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.accounts"
    label = "accounts"
