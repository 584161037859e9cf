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
    return b"%PDF-" in head_of(path)


def is_folder(path: Path) -> bool:
    """Say whether a path leads to a folder; no for one that the system refuses to look at."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_file(path: Path) -> bool:
    """Say whether a path leads to a file; no for one that the system refuses to look at."""
    try:
        return path.is_file()
    except OSError:
        return False


def head_of(path: Path) -> bytes:
    """Return the first bytes of a file; none for what cannot be read, or is no file: a pipe would wait for ever."""
    try:
        if not is_file(path):
            return b""
        with path.open("rb") as file:
            return file.read(1024)
    except OSError:
        return b""


def size_of(path: Path) -> int:
    """Return the size of a file in bytes; 0 for one that cannot be read."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
