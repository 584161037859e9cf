"""Automatic numbers of OpenDocument: lists that go on from one another, and the outline of the headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.readers.docx.numbering import written

if TYPE_CHECKING:
    from achats_check.readers.opendocument.styles import Numbered

_FORMS = {"1": "decimal", "I": "upperRoman", "i": "lowerRoman", "A": "upperLetter", "a": "lowerLetter"}
_DEPTH = 10
"""Levels a list may have."""


class Counters:
    """The counts of one list, level by level."""

    def __init__(self) -> None:
        self._counts: list[int | None] = [None] * (_DEPTH + 1)

    def next(self, level: int, levels: dict[int, Numbered], start: int | None = None) -> str:
        """Count one more item and return its number: "6.2"; "" where the level has none.

        Args:
            level: Depth of the item, from 1.
            levels: The numbered levels of the list.
            start: Number this item starts again from, when it says one.
        """
        style = levels.get(level)
        if style is None or not 1 <= level <= _DEPTH:
            return ""
        current = self._counts[level]
        first = style.start if current is None else current + 1
        self._counts[level] = first if start is None else start
        for deeper in range(level + 1, _DEPTH + 1):
            self._counts[deeper] = None
        shown = range(max(level - style.displayed + 1, 1), level + 1)
        return ".".join(self._written(upper, levels) for upper in shown if upper in levels)

    def _written(self, level: int, levels: dict[int, Numbered]) -> str:
        count = self._counts[level]
        if count is None:
            count = self._counts[level] = levels[level].start
        return written(count, _FORMS.get(levels[level].form[:1], "decimal"))


class Lists:
    """The lists met so far: each starts again, unless it says which one it goes on."""

    def __init__(self) -> None:
        self.outline = Counters()
        self._named: dict[str, Counters] = {}
        self._last_of: dict[str, Counters] = {}

    def open(self, style: str, identifier: str, goes_on: str, follows: bool) -> Counters:
        """Return the counters of a list that starts.

        Args:
            style: Name of its list style.
            identifier: Its own identifier, or "".
            goes_on: Identifier of the list it continues, or "".
            follows: Whether it continues the last list of its style.
        """
        counters = self._named.get(goes_on) if goes_on else None
        if counters is None and follows:
            counters = self._last_of.get(style)
        counters = Counters() if counters is None else counters
        if identifier:
            self._named[identifier] = counters
        self._last_of[style] = counters
        return counters
