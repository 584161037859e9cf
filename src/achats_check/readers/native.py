"""Which files are read by a parser that is not ours, and so in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def needs_isolation(path: Path) -> bool:
    """Say whether a file is read by native code: a PDF, which PDFium reads.

    The other readers are Python over expat and zlib, under the limits of ``guards``.
    """
    try:
        with path.open("rb") as file:
            return b"%PDF-" in file.read(1024)
    except OSError:
        return False
