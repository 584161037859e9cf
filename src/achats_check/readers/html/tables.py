"""Tables of a web page: rows of cells, merged cells once, and tables that only lay the page out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.readers.looks import draft_of
from achats_check.readers.outline import Draft, row

if TYPE_CHECKING:
    from achats_check.readers.looks import Look

_MAX_SPAN = 1000
"""Columns or rows a cell may cover, as in the HTML standard."""


class Cell:
    """A cell being read: its paragraphs, and how far it reaches."""

    __slots__ = ("across", "down", "headed", "inner", "paragraphs")

    def __init__(self, across: str, down: str) -> None:
        self.across = _span(across)
        self.down = _span(down)
        self.paragraphs: list[tuple[str, Look]] = []
        self.inner: list[Draft] = []
        self.headed = False
        """Whether it holds a heading or a table: it is a part of the page, not of a table of values."""

    @property
    def text(self) -> str:
        """Its paragraphs, one a line."""
        return "\n".join(text for text, _ in self.paragraphs)


def _span(value: str) -> int:
    return min(max(int(value), 1), _MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 9 else 1


class Table:
    """A table being read."""

    def __init__(self, rank: int) -> None:
        self.rank = rank
        self.rows: list[list[Cell]] = []

    @property
    def is_layout(self) -> bool:
        """Whether the table only places parts of the page: one cell a row, or headings and tables in its cells."""
        several = any(len(cells) > 1 for cells in self.rows)
        return not several or any(cell.headed for cells in self.rows for cell in cells)

    def drafts(self) -> list[Draft]:
        """Return its rows, each merged cell once, then what its cells hold beside text."""
        if self.is_layout:
            return [draft for cells in self.rows for cell in cells for draft in _contents(cell)]
        found = []
        covering: list[list[int]] = []
        for cells in self.rows:
            texts = self._line(cells, covering)
            if any(texts):
                found.append(row(texts, self.rank))
        return found + [draft for cells in self.rows for cell in cells for draft in cell.inner]

    def _line(self, cells: list[Cell], covering: list[list[int]]) -> tuple[str, ...]:
        """Return the texts of a row, "" where a cell from above goes on.

        Args:
            cells: The cells that start in the row.
            covering: [column, columns, rows left] of each cell from above; updated.
        """
        texts: list[str] = []
        column, pending = 0, sorted(covering)
        started: list[list[int]] = []
        for cell in cells:
            while pending and pending[0][0] <= column:
                texts.append("")
                column += pending.pop(0)[1]
            texts.append(cell.text)
            if cell.down > 1:
                started.append([column, cell.across, cell.down])
            column += cell.across
        texts.extend("" for _ in pending)
        for reach in (*covering, *started):
            reach[2] -= 1
        covering[:] = [reach for reach in (*covering, *started) if reach[2] > 0]
        return tuple(texts)


def _contents(cell: Cell) -> list[Draft]:
    return [draft_of(text, look) for text, look in cell.paragraphs] + cell.inner
