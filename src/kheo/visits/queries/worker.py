"""The script that keeps sheets usable without a connection, as it lies in the package."""

from functools import lru_cache
from pathlib import Path

SCRIPT = Path(__file__).parent.parent / "static/visits/worker.js"


@lru_cache
def worker_script() -> str:
    """Return the text of the service worker."""
    return SCRIPT.read_text(encoding="utf-8")
