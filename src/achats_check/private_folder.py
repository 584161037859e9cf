"""The user's own cache folder: files that only this user could have written, or nothing.

A file is read only if this user owns it and its folder, and nobody else may write them; it is replaced whole,
so that a reader never sees half of one. A folder that cannot be written only costs time.
"""

from __future__ import annotations

import os
from contextlib import suppress

_WRITABLE_BY_OTHERS = 0o022


def read(name: str) -> bytes | None:
    """Return the content of a file; None when there is none that may be trusted."""
    folder = _folder()
    try:
        if not _private(os.stat(folder)):
            return None
        with open(os.path.join(folder, name), "rb") as stream:
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
    folder = _folder()
    with suppress(OSError):
        os.makedirs(folder, mode=0o700, exist_ok=True)
        temporary = os.path.join(folder, f".{name}.{os.getpid()}")
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            written = os.fstat(handle).st_mtime_ns
        if older_than_ns is None or written - older_than_ns > _SETTLED_NS:
            os.replace(temporary, os.path.join(folder, name))
        else:
            os.unlink(temporary)


_SETTLED_NS = 2_000_000_000
"""Coarser than the dates of any file system in use."""


def keep_newest(suffix: str, count: int) -> None:
    """Delete all but the newest files of a kind: each change of a rule leaves one behind."""
    folder = _folder()
    with suppress(OSError):
        paths = [os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(suffix)]
        for path in sorted(paths, key=os.path.getmtime, reverse=True)[count:]:
            os.unlink(path)


def _folder() -> str:
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return os.path.join(base or os.path.join(os.path.expanduser("~"), ".cache"), "achats-check")


def _private(found: os.stat_result) -> bool:
    """Say whether a file or folder belongs to this user and nobody else may write it."""
    getuid = getattr(os, "getuid", None)
    return getuid is None or (found.st_uid == getuid() and not found.st_mode & _WRITABLE_BY_OTHERS)
