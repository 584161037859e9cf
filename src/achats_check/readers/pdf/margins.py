"""Running heads and feet: the lines that come back at the top or the bottom of page after page."""

from typing import TYPE_CHECKING, NamedTuple

from achats_check.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from achats_check.readers.pdf.shapes import Line, TableRows

SHARE = 0.4
"""Share of the pages a line must come back on, from the first that has it: odd and even pages may differ."""
BAND = 0.14
"""Share of the height of a page, at each end, where such lines stand."""
_DIGITS = compiled(r"\d+")
_PAGE_NUMBER = compiled(r"(?i)(?:page\s*)?\W{0,2}\d{1,4}\W{0,2}(?:\s*(?:/|sur|de|-)\s*\d{1,4})?\W{0,2}")


class Margins(NamedTuple):
    """What is the same on page after page."""

    keys: frozenset[tuple[str, str]]
    """("header" or "footer", text with its numbers made equal)."""

    def kind(self, line: "Line | TableRows", height: float) -> str:
        """Return "header", "footer", or "" for a line of the body."""
        side = side_of(line, height)
        if not side:
            return ""
        return side if (side, key_of(line)) in self.keys or _PAGE_NUMBER.fullmatch(line.text) else ""


def side_of(line: "Line | TableRows", height: float) -> str:
    """Return the margin a line stands in, or ""."""
    if line.bottom > height * (1 - BAND):
        return "header"
    return "footer" if line.top < height * BAND else ""


def key_of(line: "Line | TableRows") -> str:
    """Return the text of a line with every number made equal."""
    return _DIGITS.sub("#", " ".join(line.text.split()))


def find_margins(pages: "Sequence[tuple[float, Sequence[Line | TableRows]]]") -> Margins:
    """Find the running heads and feet of a document.

    Args:
        pages: Height, lines and ruled tables of each page.
    """
    if len(pages) < 2:
        return Margins(frozenset())
    seen: dict[tuple[str, str], list[int]] = {}
    for rank, (height, lines) in enumerate(pages):
        for key in {(side, key_of(line)) for line in lines if (side := side_of(line, height))}:
            seen.setdefault(key, []).append(rank)
    least = 2 if len(pages) < 4 else 3 if len(pages) < 8 else 4
    return Margins(frozenset(key for key, ranks in seen.items() if len(ranks) >= least and _is_steady(ranks)))


def _is_steady(ranks: list[int]) -> bool:
    """Tell whether a line comes back on most pages from the first to the last that have it: pieces bound together
    have each their own."""
    return len(ranks) >= SHARE * (ranks[-1] - ranks[0] + 1)
