"""A file to read, how people find it, and whether its parser must be kept apart."""

from pathlib import Path
from typing import NamedTuple


class PieceFile(NamedTuple):
    """A file to read."""

    path: Path
    """Where it is on disk."""
    shown: str
    """How people find it: the path they gave, or « archive.zip!/folder/file »."""
    given: bool = True
    """False when it was found in a folder or an archive."""


def needs_isolation(path: Path) -> bool:
    """Say whether a file is read by native code: a PDF, which PDFium reads.

    The other readers are Python over expat and zlib, under the limits of ``guards``.
    """
    try:
        with path.open("rb") as file:
            return b"%PDF-" in file.read(1024)
    except OSError:
        return False
