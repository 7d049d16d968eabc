"""Builds what the wheel and an editable checkout need beside the code: catalogues and places."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles the catalogues and writes places.csv before files are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Run the tools of the project; they stand in files of their own, to be run by hand too."""
        root = Path(self.root)
        runpy.run_path(str(root / "tools/messages.py"))["compile_catalogues"](root)
        runpy.run_path(str(root / "tools/places.py"))["write_places"](root)
