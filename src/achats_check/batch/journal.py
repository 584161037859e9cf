"""The journal of an audit: a line for each dossier that is done, so that nothing done is ever done again or lost.

JSON Lines, only ever appended to. A line is written in one go when its dossier is done, and pushed to the disk every
two seconds: a kill loses nothing that was written, a power cut loses two seconds of work. A last line cut short is
dropped on the next opening. The last line of a key counts.
"""

import json
import os
import time
import zlib
from base64 import b64decode, b64encode
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from achats_check.batch.disk import told

_SYNC_SECONDS = 2.0


class Entry(NamedTuple):
    """Where the line of a dossier stands."""

    name: str
    status: str
    start: int
    """First byte."""
    size: int


class Journal:
    """An open journal; use it as a context manager."""

    def __init__(self, path: Path) -> None:
        """Open a journal, or begin one.

        Raises:
            UsageError: It cannot be read or written.
        """
        self.path = path
        self.entries: dict[str, Entry] = {}
        """Lines by key."""
        self.dropped = 0
        """Lines that were cut short, or are no line of a journal, and were left out."""
        with told(path):
            path.touch()
            self._file = path.open("r+b")
            self._end = self._load()
        self._synced = time.monotonic()

    def __enter__(self) -> Self:
        """Return the journal."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Push what was written to the disk, and close."""
        try:
            self._sync()
        except OSError:  # a full disk was told when a line could not be written
            pass
        finally:
            self._file.close()

    def add(self, key: str, name: str, status: str, line: bytes) -> None:
        """Write the line of a dossier.

        Raises:
            UsageError: The disk is full, for instance; the lines before are safe.
        """
        with told(self.path):
            try:
                self._file.seek(self._end)
                self._file.write(line)
                self._file.flush()
                if time.monotonic() - self._synced > _SYNC_SECONDS:
                    self._sync()
            except OSError:
                self._cut()
                raise
        self.entries[key] = Entry(name, status, self._end, len(line))
        self._end += len(line)

    def read(self, key: str) -> dict[str, Any]:
        """Return the line of a dossier."""
        entry = self.entries[key]
        self._file.seek(entry.start)
        found: dict[str, Any] = json.loads(self._file.read(entry.size))
        return found

    def _load(self) -> int:
        """Index the lines; return where the next one goes."""
        end = 0
        for line in self._file:
            entry = _entry(line, end)
            if entry is None:
                self.dropped += 1
                if not line.endswith(b"\n"):
                    self._file.truncate(end)
                    break
            else:
                self.entries[entry[0]] = entry[1]
            end += len(line)
        return end

    def _cut(self) -> None:
        """Take back the beginning of a line that could not be written whole."""
        try:
            self._file.truncate(self._end)
        except OSError:  # then the next opening drops it
            return

    def _sync(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._synced = time.monotonic()


def _entry(line: bytes, start: int) -> tuple[str, Entry] | None:
    if not line.endswith(b"\n"):
        return None
    try:
        data = json.loads(line)
        return str(data["key"]), Entry(data["name"], data["dossier"]["status"], start, len(line))
    except (ValueError, KeyError, TypeError):
        return None


def packed(text: str) -> str:
    """Return a long text as a short one: the rows of a dossier say the same things many times."""
    return b64encode(zlib.compress(text.encode("utf-8", "backslashreplace"), 1)).decode("ascii")


def unpacked(text: str) -> str:
    """Return the text that ``packed`` made short."""
    return zlib.decompress(b64decode(text)).decode("utf-8")
