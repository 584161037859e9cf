"""Tables that rules announce without closing: read by the fallback, kept only when no word is lost or cut."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from achats_check.patterns import compiled
from achats_check.readers.pdf.fallback import may_matter
from achats_check.readers.pdf.filling import Filling

if TYPE_CHECKING:
    from achats_check.readers.pdf.engine import Page
    from achats_check.readers.pdf.fallback import Fallback
    from achats_check.readers.pdf.lattice import Cell, Grid
    from achats_check.readers.pdf.shapes import Box, Line

_WORD = compiled(r"\S+")
_FIGURE = compiled(r"\d\s?(?:%|points?|€(?:\s?(?:HT|TTC))?)?$")
_GAP = 0.7
"""Least space between two columns, in line heights: the space between two words stays under a half."""


def rescued(page: Page, lines: list[Line], areas: list[Box], fallback: Fallback) -> list[Grid]:
    """Return the tables of the areas of a page whose rules make no grid.

    An area is asked about only when two of its lines hold a gap as wide as one between columns.
    """
    if not areas or page.is_turned or not may_matter(page.text):
        return []
    grids = []
    for area in areas:
        inside = [line for line in lines if line.is_on_page and _is_inside(area, line)]
        if sum(_has_gap(page, line) for line in inside) > 1:
            found = (grid for grid in fallback.grids(page.number, area) if _fits(page, inside, grid))
            grids.extend([grid for grid in [next(found, None)] if grid is not None])
    return grids


def _is_inside(area: Box, line: Line) -> bool:
    middle = (line.bottom + line.top) / 2
    return area.bottom < middle < area.top and line.left < area.right and line.right > area.left


def _has_gap(page: Page, line: Line) -> bool:
    words = [match.span() for match in _WORD.finditer(line.text)]
    return any(_space(page, line, a[1], b[0]) > _GAP * line.size for a, b in pairwise(words))


def _space(page: Page, line: Line, end: int, start: int) -> float:
    """Return the width between the end of a word and the start of the next one."""
    return page.char_box(line.start + start).left - page.char_box(line.start + end - 1).right


def _fits(page: Page, lines: list[Line], grid: Grid) -> bool:
    """Tell whether every word falls in one cell, columns stand apart and no row holds the figures of two."""
    filling = Filling(grid)
    filled: dict[int, set[int]] = {}
    with_figures: set[int] = set()
    for line in lines:
        cells = _cells(page, line, filling)
        if cells is None:
            return False
        for cell in cells:
            filled.setdefault(cell.row, set()).add(cell.column)
        row = cells[-1].row
        if len(set(cells)) > 1 and _FIGURE.search(line.text):
            if row in with_figures:
                return False
            with_figures.add(row)
    return sum(len(columns) > 1 for columns in filled.values()) > 1


def _cells(page: Page, line: Line, filling: Filling) -> list[Cell] | None:
    """Return the cell of each word of a line; None when one has none, is cut, or stands too near the next column."""
    cells: list[Cell] = []
    last = 0
    for match in _WORD.finditer(line.text):
        start, end = match.span()
        first, second = (filling.cell_of(page, line.start + index) for index in (start, end - 1))
        if first is None or first != second:
            return None
        if cells and first != cells[-1] and _space(page, line, last, start) < _GAP * line.size:
            return None
        cells.append(first)
        last = end
    return cells
