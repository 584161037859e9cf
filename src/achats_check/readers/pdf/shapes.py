"""What stands where on a page: lines of text and rectangles, in points from its bottom left corner."""

from typing import NamedTuple

NOWHERE = -1
"""Rank of a character that is no part of the text of its page."""


class Line(NamedTuple):
    """A line of text."""

    text: str
    left: float
    right: float
    bottom: float
    """Foot of the last character: lower than that of the first when a broken word joins two lines."""
    top: float
    """Head of the first character."""
    size: float
    """Height of the first or the last character in its font, the taller: one may be a bullet or an exponent.

    PDFium's own font size leaves the scale of the text out."""
    bold: bool
    """Whether the first and the last characters are bold."""
    start: int
    """Rank of the first character on the page."""
    end: int
    """One past the rank of the last character."""

    @property
    def is_on_page(self) -> bool:
        """Whether its characters are those of the page from ``start`` on; those of a filled form are not."""
        return self.start != NOWHERE


class Box(NamedTuple):
    """A rectangle on a page."""

    left: float
    bottom: float
    right: float
    top: float


class TableRows(NamedTuple):
    """The rows of a table, at their place among the lines of a page."""

    columns: tuple[float, ...]
    """Abscissas of the vertical rules: a table goes on over pages that have the same."""
    rows: tuple[tuple[str, ...], ...]
    """Texts of the cells; "" for the rest of a merged cell."""
    bottom: float
    top: float

    @property
    def text(self) -> str:
        """Text of the whole table, as a running head drawn as a table is compared and kept."""
        return "\t".join(cell for cells in self.rows for cell in cells if cell)
