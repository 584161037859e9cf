"""The reports of this very program, which people keep beside the pieces: they quote them all and are none of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from achats_check.readers.piece_file import head_of

if TYPE_CHECKING:
    from pathlib import Path

_KINDS = ("json", "text", "md")
_JSON = re.compile(r'\A[\[\s]*\{\s*"schema_version"\s*:.{0,60}"tool"\s*:\s*\{\s*"name"\s*:\s*"achats-check"')
_TEXT = re.compile(r"Droit appliqué : [^·]{5,120}· \d+ règles · pièces? ")
"""The line that every report in text has at its head, once its lines are put together."""


def is_own_report(path: Path, kind: str) -> bool:
    """Say whether a file is a report that a check wrote, in text or in JSON.

    Args:
        path: The file.
        kind: What ``sniff`` says it is.
    """
    if kind not in _KINDS:
        return False
    head = " ".join(head_of(path).decode("utf-8", "replace").split())
    return _JSON.match(head) is not None or _TEXT.search(head) is not None
