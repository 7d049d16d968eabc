"""Serves the style sheet of papers, which lives with their renderer, as papers/paper.css."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

from kheo.lib import papers

SHEET = "paper.css"
PREFIX = "papers"


class PaperFinder(BaseFinder):
    """Finds that one file; its neighbours are code and stay private."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.directory = Path(papers.__file__).parent

    # Django is renaming the second argument; taking both keeps this quiet on either side
    def find(self, path: str, **kwargs: Any) -> Any:  # type: ignore[override]
        """Return where the file is, or an empty list."""
        file = self.directory / SHEET
        if path != f"{PREFIX}/{SHEET}" or not file.exists():
            return []
        wants_all = kwargs.get("find_all") or kwargs.get("all")
        return [str(file)] if wants_all else str(file)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:  # noqa: ARG002
        """Yield the file for collecting."""
        if (self.directory / SHEET).exists():
            storage = FileSystemStorage(location=self.directory)
            storage.prefix = PREFIX  # type: ignore[attr-defined]
            yield SHEET, storage
