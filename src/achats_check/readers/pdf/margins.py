"""Running heads and feet: the lines that come back at the top or the bottom of most pages."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from achats_check.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from achats_check.readers.pdf.shapes import Line, TableRows

SHARE = 0.4
"""Share of the pages a line must come back on: odd and even pages may differ."""
BAND = 0.14
"""Share of the height of a page, at each end, where such lines stand."""
_DIGITS = compiled(r"\d+")
_PAGE_NUMBER = compiled(r"(?i)(?:page\s*)?\W{0,2}\d{1,4}\W{0,2}(?:\s*(?:/|sur|de|-)\s*\d{1,4})?\W{0,2}")


class Margins(NamedTuple):
    """What is the same on most pages."""

    keys: frozenset[tuple[str, str]]
    """("header" or "footer", text with its numbers made equal)."""

    def kind(self, line: Line | TableRows, height: float) -> str:
        """Return "header", "footer", or "" for a line of the body."""
        side = side_of(line, height)
        if not side:
            return ""
        return side if (side, key_of(line)) in self.keys or _PAGE_NUMBER.fullmatch(line.text) else ""


def side_of(line: Line | TableRows, height: float) -> str:
    """Return the margin a line stands in, or ""."""
    if line.bottom > height * (1 - BAND):
        return "header"
    return "footer" if line.top < height * BAND else ""


def key_of(line: Line | TableRows) -> str:
    """Return the text of a line with every number made equal."""
    return _DIGITS.sub("#", " ".join(line.text.split()))


def find_margins(pages: Sequence[tuple[float, Sequence[Line | TableRows]]]) -> Margins:
    """Find the running heads and feet of a document.

    Args:
        pages: Height, lines and ruled tables of each page.
    """
    if len(pages) < 2:
        return Margins(frozenset())
    counts: Counter[tuple[str, str]] = Counter()
    for height, lines in pages:
        counts.update({(side, key_of(line)) for line in lines if (side := side_of(line, height))})
    needed = max(2 if len(pages) < 4 else 3, SHARE * len(pages))
    return Margins(frozenset(key for key, count in counts.items() if count >= needed))
