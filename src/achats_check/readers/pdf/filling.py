"""Words of a page put into the cells of a table."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from achats_check.patterns import compiled
from achats_check.readers.pdf.shapes import TableRows

if TYPE_CHECKING:
    from achats_check.readers.pdf.engine import Page
    from achats_check.readers.pdf.lattice import Cell, Grid
    from achats_check.readers.pdf.shapes import Box, Line

_WORD = compiled(r"\S+")
_NEW_LINE = compiled(r"[-–•●▪]\s|[\ue000-\uf8ff]")
_BORDER = 1.0
"""Points a character may overrun the frame of its table."""


class Filling:
    """A table while its cells are being filled."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._cells = [cell for cells in grid.rows for cell in cells if cell is not None]
        self._by_column = [self._crossing(c) for c in range(len(grid.columns) - 1)]
        self._heads = [[-cell.box.top for cell in cells] for cells in self._by_column]
        self._texts: dict[Cell, list[str]] = {}
        self._lines: dict[Cell, int] = {}

    def cell_of(self, page: Page, index: int) -> Cell | None:
        """Return the cell the centre of a character falls in."""
        return self.cell_at(*page.char_centre(index))

    def cell_at(self, x: float, y: float) -> Cell | None:
        """Return the cell a point falls in."""
        column = min(max(bisect_right(self.grid.columns, x) - 1, 0), len(self._by_column) - 1)
        below = bisect_right(self._heads[column], -y)
        for cell in self._by_column[column][max(below - 2, 0) : below + 1]:
            left, bottom, right, top = cell.box
            if left - _BORDER <= x <= right + _BORDER and bottom - _BORDER <= y <= top + _BORDER:
                return cell
        return None

    def _crossing(self, column: int) -> list[Cell]:
        """Return the cells that stand in a column, or over it, from top to bottom."""
        middle = (self.grid.columns[column] + self.grid.columns[column + 1]) / 2
        crossing = (cell for cell in self._cells if cell.box.left < middle < cell.box.right)
        return sorted(crossing, key=lambda cell: -cell.box.top)

    def put(self, cell: Cell, text: str, line: Line) -> None:
        """Add words to a cell; the first one of another line may start a new item there."""
        texts = self._texts.setdefault(cell, [])
        if texts:
            same_line = self._lines[cell] == line.start
            texts.append("\n" if not same_line and _NEW_LINE.match(text + " ") else " ")
        texts.append(text)
        self._lines[cell] = line.start

    def finished(self) -> TableRows:
        """Return the rows, without those that hold nothing."""
        margin = self._empty_margin()
        kept = (tuple(c for c in cells if c is None or c not in margin) for cells in self.grid.rows)
        rows = (tuple(self._text(cell) for cell in cells) for cells in kept)
        box = self.grid.box
        return TableRows(self.grid.columns, tuple(row for row in rows if any(row)), box.bottom, box.top)

    def _empty_margin(self) -> set[Cell]:
        """Return the cells of a first column that holds icons only: they would shift labels and values."""
        edge = self.grid.columns[1] + _BORDER
        narrow = {cell for cell in self._cells if cell.column == 0 and cell.box.right <= edge}
        return set() if any(cell in self._texts for cell in narrow) else narrow

    def _text(self, cell: Cell | None) -> str:
        return "" if cell is None else "".join(self._texts.get(cell, ()))


def distribute(page: Page, line: Line, fillings: list[Filling]) -> tuple[Line | None, list[Filling]]:
    """Put the words of a line into cells; return what is left of it and the tables it touched."""
    outside: list[tuple[int, int]] = []
    used: list[Filling] = []
    for start, end, found in _pieces(page, line, fillings):
        if found is None:
            outside.append((start, end))
            continue
        filling, cell = found
        filling.put(cell, " ".join(line.text[start:end].split()), line)
        if filling not in used:
            used.append(filling)
    if not outside:
        return None, used
    if not used:
        return line, used
    text = " ".join(line.text[start:end] for start, end in outside)
    return line._replace(text=text), used


_Place: TypeAlias = "tuple[Filling, Cell] | None"
"""The table and the cell a character falls in."""


def _pieces(page: Page, line: Line, fillings: list[Filling]) -> list[tuple[int, int, _Place]]:
    """Return the words of a line as spans with their place, cut where one runs over the border of a cell; a single
    span for a line that starts and ends in the same cell."""
    if not line.is_on_page:
        return [(0, len(line.text), _place_at(line, fillings))]
    first, last = (_place(page, index, fillings) for index in (line.start, line.end - 1))
    if first is not None and first == last:
        return [(0, len(line.text), first)]
    words = [match.span() for match in _WORD.finditer(line.text)]
    places = [first, *(_place(page, line.start + start, fillings) for start, _ in words[1:])]
    spans = []
    for (start, end), place, following in zip(words, places, [*places[1:], None], strict=True):
        ends_there = end - start == 1 or (place is not None and place == following)
        if ends_there or place == _place(page, line.start + end - 1, fillings):
            spans.append((start, end, place))
        else:
            spans.extend(_cut(page, line, start, end, fillings))
    return spans


def _cut(page: Page, line: Line, start: int, end: int, fillings: list[Filling]) -> list[tuple[int, int, _Place]]:
    places = [_place(page, line.start + index, fillings) for index in range(start, end)]
    cuts = [start, *(start + i for i in range(1, len(places)) if places[i] != places[i - 1]), end]
    return [(here, after, places[here - start]) for here, after in pairwise(cuts)]


def _place(page: Page, index: int, fillings: list[Filling]) -> _Place:
    """Return the table and the cell a character falls in."""
    for filling in fillings:
        cell = filling.cell_of(page, index)
        if cell is not None:
            return filling, cell
    return None


def _place_at(line: Line, fillings: list[Filling]) -> _Place:
    """Return the table and the cell the centre of a line falls in."""
    x, y = (line.left + line.right) / 2, (line.bottom + line.top) / 2
    places = ((filling, cell) for filling in fillings if (cell := filling.cell_at(x, y)) is not None)
    return next(places, None)


def meets(box: Box, line: Line) -> bool:
    """Tell whether a line stands at the height of a table."""
    return max(line.bottom, line.top) >= box.bottom and min(line.bottom, line.top) <= box.top
