"""Files given several times under several names: their content is read once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from achats_check.readers.piece_file import PieceFile, size_of

if TYPE_CHECKING:
    from pathlib import Path


def without_repeated(files: Sequence[PieceFile]) -> tuple[list[PieceFile], list[tuple[str, str]]]:
    """Keep one of the files that hold the same bytes, the one with the shortest name: a copy is called « (copie) ».

    Returns:
        The files to read, and for each other its path with that of the file read instead.
    """
    sizes: dict[int, list[int]] = {}
    for rank, file in enumerate(files):
        sizes.setdefault(size_of(file.path), []).append(rank)
    firsts: dict[bytes, PieceFile] = {}
    repeated: dict[int, PieceFile] = {}
    alike = [rank for size, same in sizes.items() if size > 0 and len(same) > 1 for rank in same]
    for rank in sorted(alike, key=lambda rank: (len(files[rank].shown), rank)):
        first = firsts.setdefault(_digest(files[rank].path), files[rank])
        if first is not files[rank]:
            repeated[rank] = first
    kept = [file for rank, file in enumerate(files) if rank not in repeated]
    return kept, [(files[rank].shown, first.shown) for rank, first in sorted(repeated.items())]


def _digest(path: Path) -> bytes:
    """Return the fingerprint of a file; one that cannot be read is like no other."""
    from hashlib import file_digest

    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").digest()
    except OSError:
        return str(path).encode("utf-8", "surrogateescape")
