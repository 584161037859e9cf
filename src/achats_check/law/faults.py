"""Faults of rule files, gathered so that an author sees them all at once."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from achats_check.errors import RuleFileError


class Faults:
    """Faults found so far, each with its file, line and column."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def at(self, path: str) -> FileFaults:
        """Return a reporter for one file."""
        return FileFaults(self, path)

    def raise_if_any(self) -> None:
        """Raise a RuleFileError that tells every fault, when there is one."""
        if self.messages:
            raise RuleFileError(self.messages)


class FileFaults:
    """Reports the faults of one file."""

    def __init__(self, faults: Faults, path: str) -> None:
        self._faults = faults
        self.path = path

    def add(self, node: Any, key: str | int | None, message: str) -> None:
        """Record a fault at a key of a mapping, an item of a list, or the node itself."""
        line, column = _position(node, key)
        self._faults.messages.append(f"{self.path}:{line}:{column}: {message}")

    @property
    def count(self) -> int:
        """Number of faults recorded so far, all files together."""
        return len(self._faults.messages)


def _position(node: Any, key: str | int | None) -> tuple[int, int]:
    marks = getattr(node, "marks", None)
    if isinstance(marks, dict) and key in marks:
        return marks[key]  # type: ignore[no-any-return]
    if isinstance(marks, list) and isinstance(key, int) and key < len(marks):
        return marks[key]  # type: ignore[no-any-return]
    return getattr(node, "mark", (1, 1))


def did_you_mean(word: str, known: Any) -> str:
    """Return " Vouliez-vous dire « … » ?" when a known word is close, else ""."""
    close = get_close_matches(str(word), list(known), n=1, cutoff=0.6)
    return f" Vouliez-vous dire « {close[0]} » ?" if close else ""
