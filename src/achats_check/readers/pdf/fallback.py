"""pdfplumber, for the few pages whose rules draw a table that our lattice cannot close.

It costs twenty times what a page costs and a fifth of a second to import: it is woken only for a page that
speaks of criteria, lots, amounts or durations, and its cells only serve when every word of the area falls in one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from achats_check.patterns import compiled
from achats_check.readers.pdf.lattice import Cell, Grid
from achats_check.readers.pdf.shapes import Box

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_PAGES = 12
"""Pages of a document handed to pdfplumber; a consultation has two or three tables that matter."""
MAX_CHARACTERS = 12_000
"""A fuller page is a listing."""
_MATTERS = compiled(r"(?i)crit[eè]re|pond[eé]ration|\blots?\b|montant|m[ai][nx]imum|\bcpv\b|dur[eé]e")
_MARGIN = 2.0
"""Points left around an area, so that its outer rules belong to it."""
_WAYS: tuple[dict[str, Any], ...] = (
    {"vertical_strategy": "lines", "horizontal_strategy": "lines"},
    {
        "vertical_strategy": "text",
        "horizontal_strategy": "lines",
        "min_words_vertical": 2,
        "intersection_y_tolerance": 24,
    },
    {"vertical_strategy": "text", "horizontal_strategy": "text", "min_words_vertical": 2},
)
"""How pdfplumber is asked: by the rules; by aligned words between horizontal rules; by aligned words alone."""


def may_matter(text: str) -> bool:
    """Tell whether the text of a page holds a word of a table worth the cost."""
    return len(text) <= MAX_CHARACTERS and _MATTERS.search(text) is not None


class Fallback:
    """The tables pdfplumber sees in a PDF, at most `MAX_PAGES` pages of it.

    Args:
        path: The PDF.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pages: set[int] = set()

    def grids(self, number: int, area: Box) -> Iterator[Grid]:
        """Yield what may be the table of an area, the most faithful to its rules first.

        Args:
            number: Rank of the page from 1.
            area: Where the rules stand, on a page that is not turned.
        """
        if number not in self._pages and len(self._pages) >= MAX_PAGES:
            return
        self._pages.add(number)
        yield from filter(None, map(_grid, _tables(self._path, number, area)))


_Cells = list[list["tuple[float, float, float, float] | None"]]
"""Rows of cells (left, bottom, right, top); None where pdfplumber sees none."""


def _tables(path: Path, number: int, area: Box) -> Iterator[_Cells]:
    """Yield the tables of an area, way after way: the next one is tried when the last gave nothing good."""
    import logging

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        import pdfplumber

        with pdfplumber.open(path, pages=[number]) as pdf:
            page = pdf.pages[0]
            if not page.rotation and tuple(page.mediabox[:2]) == (0, 0):
                yield from _found(page, area)
    except Exception:  # pdfminer raises anything on a damaged file: its page stays text
        return


def _found(page: Any, area: Box) -> Iterator[_Cells]:
    height = float(page.height)
    left, right = max(area.left - _MARGIN, 0), min(area.right + _MARGIN, float(page.width))
    top, bottom = max(height - area.top - _MARGIN, 0), min(height - area.bottom + _MARGIN, height)
    part = page.crop((left, top, right, bottom))
    for settings in _WAYS:
        for table in part.find_tables(settings):
            yield [[cell and _flipped(cell, height) for cell in row.cells] for row in table.rows]


def _flipped(cell: tuple[float, float, float, float], height: float) -> tuple[float, float, float, float]:
    left, top, right, bottom = cell
    return (float(left), height - float(bottom), float(right), height - float(top))


def _grid(rows: _Cells) -> Grid | None:
    boxes = [cell for cells in rows for cell in cells if cell]
    columns = sorted({side for left, _, right, _ in boxes for side in (left, right)})
    if len(rows) < 2 or len(columns) < 3:
        return None
    frame = Box(columns[0], min(bottom for _, bottom, _, _ in boxes), columns[-1], max(top for _, _, _, top in boxes))
    found = (
        tuple(cell and Cell(rank, columns.index(cell[0]), Box(*cell)) for cell in cells)
        for rank, cells in enumerate(rows)
    )
    return Grid(frame, tuple(columns), tuple(found))
