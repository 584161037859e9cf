"""Ticks and values of a form put among the lines of its page, each where people see it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from achats_check.patterns import compiled
from achats_check.readers.pdf.shapes import NOWHERE, Line, TableRows

if TYPE_CHECKING:
    from achats_check.readers.pdf.engine import Page
    from achats_check.readers.pdf.form import Entry

_WORD = compiled(r"\S+")
_CLOSE = 0.5
"""Share of its height that a line has in common with an entry on the same row."""


def with_entries(page: Page, lines: list[Line], entries: list[Entry]) -> list[Line]:
    """Return the lines of a page with its entries among them; a line is cut where an entry stands within it.

    Args:
        page: The page, whose ``lines`` were read.
        lines: These lines.
        entries: What was filled in.
    """
    for entry in sorted(entries, key=lambda entry: (-entry.box.top, entry.box.left)):
        left, bottom, right, top = entry.box
        size = min(top - bottom, 12.0)
        mark = Line(entry.text, left, right, bottom, top, size, False, NOWHERE, NOWHERE)
        lines = _placed(page, lines, mark)
    return lines


def _placed(page: Page, lines: list[Line], mark: Line) -> list[Line]:
    beside = [rank for rank, line in enumerate(lines) if _on_a_row(line, mark)]
    if not beside:
        rank = sum(line.top >= mark.top for line in lines)
        return [*lines[:rank], mark, *lines[rank:]]
    before = [rank for rank in beside if lines[rank].left <= mark.left]
    if not before:
        return [*lines[: beside[0]], mark, *lines[beside[0] :]]
    rank = max(before, key=lambda rank: lines[rank].left)
    return [*lines[:rank], *_cut(page, lines[rank], mark), *lines[rank + 1 :]]


def _cut(page: Page, line: Line, mark: Line) -> list[Line]:
    """Return a line with the mark between its words, or after them."""
    if not line.is_on_page or line.right <= mark.left:
        return [line, mark]
    for before, after in pairwise(_WORD.finditer(line.text)):
        start = page.char_box(line.start + after.start()).left
        if start >= mark.left:
            ended = page.char_box(line.start + before.end() - 1).right
            first = line._replace(text=line.text[: before.end()], right=ended, end=line.start + before.end())
            rest = line._replace(text=line.text[after.start() :], left=start, start=line.start + after.start())
            return [first, mark, rest]
    return [line, mark]


def joined(items: list[Line | TableRows]) -> list[Line | TableRows]:
    """Return the items with each entry joined to the lines before and after it on the same row."""
    found: list[Line | TableRows] = []
    for item in items:
        last = found[-1] if found else None
        if (
            isinstance(item, Line)
            and isinstance(last, Line)
            and NOWHERE in (item.start, last.end)
            and _on_a_row(last, item)
        ):
            found[-1] = _together(last, item)
        else:
            found.append(item)
    return found


def _together(one: Line, other: Line) -> Line:
    """Return two lines as one, in the look of the one that is text."""
    text = one if one.start != NOWHERE else other
    return text._replace(
        text=f"{one.text} {other.text}", left=one.left, right=other.right, start=NOWHERE, end=other.end
    )


def _on_a_row(one: Line, other: Line) -> bool:
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared > _CLOSE * min(one.top - one.bottom, other.top - other.bottom)
