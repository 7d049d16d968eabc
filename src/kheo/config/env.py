"""Strict readers of the environment, and the data directory."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from platformdirs import user_data_path

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


class EnvironmentValueError(ValueError):
    """An environment variable holds something that cannot be used."""


def text(name: str, default: str = "") -> str:
    """Return the variable as it stands."""
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    """Return a yes or no.

    :raises EnvironmentValueError: when the value is neither.
    """
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE | FALSE:
        return value.lower() in TRUE
    raise EnvironmentValueError(f"{name}={value!r}: expected one of 1, true, yes, 0, false, no")


def number(name: str, default: int) -> int:
    """Return a whole number.

    :raises EnvironmentValueError: when the value is not one.
    """
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    try:
        return int(value)
    except ValueError as error:
        raise EnvironmentValueError(f"{name}={value!r}: expected a whole number") from error


def words(name: str, default: str) -> list[str]:
    """Return a comma-separated list without blanks."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def data_directory() -> Path:
    """Return the directory that holds the database, the files and the secret; made if missing."""
    path = Path(text("KHEO_DATA_DIR") or user_data_path("kheo", appauthor=False)).expanduser()
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def secret_key(directory: Path) -> str:
    """Return the signing secret: from the environment, else from a file made once."""
    if key := text("KHEO_SECRET_KEY"):
        return key
    path = directory / "secret-key"
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def database(directory: Path) -> dict[str, object]:
    """Return the Django database settings for ``DATABASE_URL``, or for the embedded SQLite.

    :raises EnvironmentValueError: for an address that is neither postgres:// nor sqlite:///.
    """
    url = text("DATABASE_URL")
    parts = urlsplit(url)
    if not url or parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path[1:]) if url else str(directory / "kheo.sqlite3"))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise EnvironmentValueError("DATABASE_URL: expected postgres://… or sqlite:///…")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(name: str) -> dict[str, object]:
    # IMMEDIATE: a writer queues at its start instead of failing in the middle. WAL with
    # synchronous=NORMAL survives a crash of the program; a power cut may lose the last instants.
    level = text("KHEO_SQLITE_SYNCHRONOUS", "NORMAL").upper()
    if level not in {"NORMAL", "FULL", "EXTRA"}:
        raise EnvironmentValueError("KHEO_SQLITE_SYNCHRONOUS: expected NORMAL, FULL or EXTRA")
    pragmas = (
        f"PRAGMA journal_mode=WAL; PRAGMA synchronous={level}; PRAGMA foreign_keys=ON; "
        "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456; PRAGMA cache_size=-65536;"
    )
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options}
