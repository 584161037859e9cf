"""What a built wheel holds beside the sources: the rules, validated and ready to use (``achats_check.cache.shipped``).

Reading the YAML and running the examples of every rule takes some hundred times what reading the result back does,
and would be done again at each command of a container or of a user whose folders cannot be written.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ReadyRules(BuildHookInterface):
    """Loads the rules of the source tree and adds the result to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the rules where the builder takes them; an editable installation reads the YAML of the checkout."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from achats_check import cache
        from achats_check.rules import ready_made

        self._folder = TemporaryDirectory()
        ready = Path(self._folder.name) / cache.SHIPPED
        ready.write_bytes(ready_made(root / "rules"))
        build_data["force_include"][str(ready)] = f"achats_check/{cache.SHIPPED}"
