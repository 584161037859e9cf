"""Rows of cells some of which are merged: each merged cell once, and nothing where it goes on below."""

from typing import NamedTuple

_MAX_OPEN = 200
"""Merged cells that may cross one row; beyond, they are read as if they were not merged."""


class Region(NamedTuple):
    """A merged cell, in rows and columns from 0."""

    top: int
    left: int
    bottom: int
    """Its last row."""
    right: int
    """Its last column."""


class Merges:
    """The merged cells of a table whose rows are read from the first to the last."""

    def __init__(self) -> None:
        self._waiting: list[Region] = []
        self._open: list[Region] = []
        self._sorted = True

    def add(self, region: Region) -> None:
        """Add a merged cell; one of a single cell counts for nothing."""
        if region.bottom > region.top or region.right > region.left:
            self._waiting.append(region)
            self._sorted = False

    def line(self, number: int, cells: list[str]) -> list[str | None]:
        """Return the cells of a row; "" where a merged cell goes on from above, None where it spreads to the right.

        Args:
            number: Rank of the row, never less than the last one asked for.
            cells: Texts of the row, one for each column.
        """
        if not self._sorted:
            self._waiting.sort(reverse=True)
            self._sorted = True
        while self._waiting and self._waiting[-1].top <= number:
            self._open.append(self._waiting.pop())
        del self._open[_MAX_OPEN:]
        self._open = [region for region in self._open if region.bottom >= number]
        found: list[str | None] = list(cells)
        for region in self._open:
            if region.top < number and region.left < len(found):
                found[region.left] = ""
            end = min(region.right + 1, len(found))
            if end > region.left + 1:
                found[region.left + 1 : end] = [None] * (end - region.left - 1)
        return found
