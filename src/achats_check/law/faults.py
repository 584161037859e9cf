"""Faults of rule files, gathered so that an author sees them all at once."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from achats_check.errors import RuleFileError


class Faults:
    """Faults found so far, each with its file, line and column."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self._alike: dict[str, tuple[int, int]] = {}
        """Rank of the first of the faults told once, and how many others there are."""

    def at(self, path: str) -> FileFaults:
        """Return a reporter for one file."""
        return FileFaults(self, path)

    def raise_if_any(self) -> None:
        """Raise a RuleFileError that tells every fault, when there is one."""
        if self.messages:
            raise RuleFileError([self._with_others(rank) for rank in range(len(self.messages))])

    def add_once(self, place: str, message: str) -> None:
        """Record a fault that one cause repeats in many files: its first place, the others only counted."""
        first, others = self._alike.get(message, (len(self.messages), -1))
        self._alike[message] = (first, others + 1)
        if others < 0:
            self.messages.append(f"{place}: {message}")

    def _with_others(self, rank: int) -> str:
        others = sum(count for first, count in self._alike.values() if first == rank)
        told = f" De même à {others} autre{'s' if others > 1 else ''} endroit{'s' if others > 1 else ''}."
        return self.messages[rank] + (told if others else "")


class FileFaults:
    """Reports the faults of one file."""

    def __init__(self, faults: Faults, path: str) -> None:
        self._faults = faults
        self.path = path

    def add(self, node: Any, key: str | int | None, message: str) -> None:
        """Record a fault at a key of a mapping, an item of a list, or the node itself."""
        line, column = _position(node, key)
        self._faults.messages.append(f"{self.path}:{line}:{column}: {message}")

    def add_once(self, node: Any, key: str | int | None, message: str) -> None:
        """Record a fault of which the first place is enough, all files together."""
        line, column = _position(node, key)
        self._faults.add_once(f"{self.path}:{line}:{column}", message)

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
