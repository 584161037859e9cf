"""The user's own cache folder: files that only this user could have written, or nothing.

A file is read only if this user owns it and its folder, and nobody else may write them; it is replaced whole,
so that a reader never sees half of one. A folder that cannot be written only costs time.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_WRITABLE_BY_OTHERS = 0o022
_SETTLED_NS = 2_000_000_000
"""Coarser than the dates of any file system in use."""


def read(name: str) -> bytes | None:
    """Return the content of a file; None when there is none that may be trusted."""
    folder = _folder()
    try:
        if not _private(folder.stat()):
            return None
        with (folder / name).open("rb") as stream:
            return stream.read() if _private(os.fstat(stream.fileno())) else None
    except OSError:
        return None


def write(name: str, content: bytes, *, older_than_ns: int | None = None) -> None:
    """Write a file.

    Args:
        name: Name inside the folder.
        content: The whole content.
        older_than_ns: When given, the file is kept only if it was written well after this time, by the clock
            of the file system: what it describes can then no longer change without a newer date.
    """
    from _thread import get_ident  # two threads of one process write the same file at the same time

    folder = _folder()
    temporary = folder / f".{name}.{os.getpid()}.{get_ident()}"
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        if older_than_ns is None or temporary.stat().st_mtime_ns - older_than_ns > _SETTLED_NS:
            temporary.replace(folder / name)
        else:
            temporary.unlink()


def keep_newest(suffix: str, count: int) -> None:
    """Delete all but the newest files of a kind: each change of a rule leaves one behind."""
    with suppress(OSError):
        found = sorted(_folder().glob(f"*{suffix}"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in found[count:]:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "achats-check"


def _private(found: os.stat_result) -> bool:
    """Say whether a file or folder belongs to this user and nobody else may write it."""
    getuid = getattr(os, "getuid", None)
    return getuid is None or (found.st_uid == getuid() and not found.st_mode & _WRITABLE_BY_OTHERS)
