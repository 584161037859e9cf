"""The reports of this very program, which people keep beside the pieces: they quote them all and are none of them.

One is known by its first lines and by its last: a piece of the buyer's that opens with a report, or quotes one, is
longer than it, and stays a piece.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from achats_check.readers import guards
from achats_check.readers.encodings import decoded
from achats_check.readers.piece_file import head_of

if TYPE_CHECKING:
    from pathlib import Path

_KINDS = ("json", "text", "md")
_JSON = re.compile(r'\A[\[\s]*\{\s*"schema_version"\s*:.{0,60}"tool"\s*:\s*\{\s*"name"\s*:\s*"achats-check"')
_LAW = "Droit appliqué"
_TEXT = re.compile(rf"{_LAW} : [^·]{{5,120}}· \d+ règles? · (?:pièces? lues? :|aucune pièce lue)")
"""The line that every report has in its first paragraph, under the purchase, once its lines are put together."""
_NAMED = re.compile(r"══ .*")
"""What stands above each of several reports."""
_LAST = re.compile(r"(?:expliquer REGLE pour comprendre\)(?: · [\w-]+ : .*)?| ✗ \d+ ◇ \d+ \? \d+ ✓ \d+)\Z")
"""The end of the last paragraph of one report, with the rules that were not run, or of several."""


def is_own_report(path: Path, kind: str) -> bool:
    """Say whether a file is a report that a check wrote, in text or in JSON.

    Args:
        path: The file.
        kind: What ``sniff`` says it is.
    """
    if kind not in _KINDS:
        return False
    head = decoded(head_of(path), cut=True) or ""
    if kind == "json":
        return _JSON.match(_joined(head)) is not None
    return _opens(head) and _ends(path)


def _opens(head: str) -> bool:
    paragraphs = _paragraphs(head)
    if paragraphs and _NAMED.fullmatch(_joined(paragraphs[0])):
        del paragraphs[0]
    under_the_purchase = paragraphs[0].split("\n")[1:] if paragraphs else []
    first = next((rank for rank, line in enumerate(under_the_purchase) if line.startswith(_LAW)), None)
    return first is not None and _TEXT.match(_joined(" ".join(under_the_purchase[first:]))) is not None


def _ends(path: Path) -> bool:
    try:
        if path.stat().st_size > guards.MAX_TEXT_BYTES:
            return False
        paragraphs = _paragraphs(decoded(path.read_bytes()) or "")
    except OSError:
        return False
    return bool(paragraphs) and _LAST.search(_joined(paragraphs[-1])) is not None


def _paragraphs(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [part for part in "\n".join(lines).strip().split("\n\n") if part]


def _joined(text: str) -> str:
    return " ".join(text.split())
