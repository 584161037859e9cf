"""Pages set in columns: their lines in the order people read them, whatever the order of the file.

PDFium follows the file, and joins what stands on the same height: a gazette written line by line across its
columns comes as lines that each hold a piece of both. Columns of text are read one after the other; a column of
labels and one of values are read row by row.
"""

from collections import Counter
from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from achats_check.patterns import compiled
from achats_check.readers.pdf.shapes import Line, TableRows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from achats_check.readers.pdf.engine import Page

Item = Line | TableRows
_WORD = compiled(r"\S+")
_FEWEST = 5
"""Lines a column has at least."""
_GAP = 0.9
"""Least width of a gutter, in line heights: spaces between the words of a justified line stay under it."""
_MIDDLE = (0.22, 0.78)
"""Where a gutter may stand, as shares of the width of the text."""
_LONG = 0.7
"""Share of the width of the text from which a line may hold a piece of two columns."""
_SAMPLE = 6
_MARGIN = 40
"""Points looked at on each side of there: letters have not all the same width."""
_ALIGNED = 3.0
"""Points between the starts of lines of the same column."""
_FULL = 0.8
"""Share of the width of its column that most lines of a text fill."""
_MOST = 0.55
_DEPTH = 3
_ROWS, _LINES, _APART = 3, 5, 2
"""Fewest rows of a column of labels beside one of values, most lines of a row in both, and greatest space between
two rows, in line heights."""


class Layout(NamedTuple):
    """A page in reading order."""

    items: list[Item]
    gutters: tuple[float, ...] = ()
    """Abscissas between columns of text, from left to right."""


def in_reading_order(page: "Page", items: list[Item]) -> Layout:
    """Return what a page holds in reading order.

    Args:
        page: The page, still open.
        items: Its lines, in PDFium's order, and its ruled tables at their place.
    """
    if len(items) < _FEWEST:
        return Layout(items)
    gutters: list[float] = []
    arranged = _arranged(page, items, gutters, _DEPTH)
    return Layout(arranged, tuple(sorted(gutters)))


def _arranged(page: "Page", items: list[Item], gutters: list[float], depth: int) -> list[Item]:
    lines = [item for item in items if isinstance(item, Line) and item.is_on_page]
    gutter = _gutter(page, lines) if depth and len(lines) >= _FEWEST else None
    if gutter is None:
        return items
    pieces = [piece for item in items for piece in _split(page, item, gutter)]
    left, right = _sides(pieces, gutter)
    if not _side_by_side(left, right):
        return items
    if not (_is_text(left) and _is_text(right)):
        return _in_rows(items, gutter) if _goes_by_columns(items, gutter) else items
    arranged: list[Item] = []
    inner: list[float] = []
    for band in _bands(pieces, gutter):
        if len(band) == 1:
            arranged += band
            continue
        for side in _halves(band, gutter):
            arranged += _arranged(page, side, inner, depth - 1)
    if _zigzags(arranged):
        return items
    gutters += [gutter, *inner]
    return arranged


# --- Where columns part ---------------------------------------------------------------------------------------------


def _gutter(page: "Page", lines: list[Line]) -> float | None:
    """Return the abscissa where the lines of a second column start."""
    start, end = min(line.left for line in lines), max(line.right for line in lines)
    if not isfinite(end - start):
        return None
    low, high = (start + share * (end - start) for share in _MIDDLE)
    apart = Counter(round(line.left) for line in lines if low < line.left < high)
    common = [place for place in apart if _near(apart, place) >= 3]
    if common:
        return max(common, key=lambda place: _parting(lines, place)) - _ALIGNED
    within = Counter(_starts_within(page, lines, low, high, end - start))
    found = max(within, key=lambda place: (_near(within, place), -place), default=None)
    return None if found is None or _near(within, found) < 3 else found - _ALIGNED


def _near(places: Counter[int], place: int) -> int:
    return places[place - 1] + places[place] + places[place + 1]


def _parting(lines: list[Line], place: int) -> tuple[int, int]:
    """Return how well an abscissa parts lines in two columns: the smaller one, less those that run over it."""
    before = sum(line.right < place for line in lines)
    after = sum(line.left > place - _ALIGNED for line in lines)
    return min(before, after) - (len(lines) - before - after), -place


def _starts_within(page: "Page", lines: list[Line], low: float, high: float, width: float) -> "Iterator[int]":
    """Yield where words start after a wide gap, in some long lines; none when the loosest one has no such gap."""
    long = [line for line in lines if line.right - line.left > _LONG * width]
    if len(long) < _FEWEST:
        return
    loosest = min(long, key=lambda line: len(line.text) * line.size / (line.right - line.left))
    if any(_gaps(page, loosest, low, high)):
        for line in long[:: max(len(long) // _SAMPLE, 1)][:_SAMPLE]:
            yield from map(round, _gaps(page, line, low, high))


def _gaps(page: "Page", line: Line, low: float, high: float) -> "Iterator[float]":
    """Yield where words start after a gap as wide as a gutter, between two abscissas."""
    across = len(line.text) / (line.right - line.left)
    first, last = (int((place - line.left) * across) for place in (low - _MARGIN, high + _MARGIN))
    ended: float | None = None
    for match in _WORD.finditer(line.text, max(first, 0), max(last, 0)):
        start = page.char_box(line.start + match.start()).left
        if ended is not None and low < start < high and start - ended > _GAP * line.size:
            yield start
        ended = page.char_box(line.start + match.end() - 1).right


def _split(page: "Page", item: Item, gutter: float) -> list[Item]:
    """Return the pieces of a line that holds a piece of two columns; else the item alone."""
    if isinstance(item, TableRows) or not (item.is_on_page and item.left < gutter < item.right):
        return [item]
    ended, end = item.left, 0
    for match in _WORD.finditer(item.text):
        start = page.char_box(item.start + match.start()).left
        if start >= gutter:
            if not end or start - ended < _GAP * item.size or ended > gutter:
                break
            first = item._replace(text=item.text[:end], right=ended, end=item.start + end)
            return [first, item._replace(text=item.text[match.start() :], left=start, start=item.start + match.start())]
        end = match.end()
        ended = page.char_box(item.start + end - 1).right
    return [item]


# --- What columns hold ----------------------------------------------------------------------------------------------


def _extent(item: Item) -> tuple[float, float]:
    return (item.left, item.right) if isinstance(item, Line) else (item.columns[0], item.columns[-1])


def _side(item: Item, gutter: float) -> int:
    """Return -1 for what stands left of a gutter, 1 for right, 0 for what crosses it."""
    left, right = _extent(item)
    if right <= gutter + _ALIGNED:
        return -1
    return 1 if left >= gutter - _ALIGNED else 0


def _sides(items: "Sequence[Item]", gutter: float) -> tuple[list[Line], list[Line]]:
    lines = [item for item in items if isinstance(item, Line)]
    return [line for line in lines if _side(line, gutter) < 0], [line for line in lines if _side(line, gutter) > 0]


def _side_by_side(left: list[Line], right: list[Line]) -> bool:
    """Tell whether two columns stand at the same height, for as many lines as a column has at least."""
    if min(len(left), len(right)) < _FEWEST:
        return False
    foot, head = min(line.bottom for line in left), max(line.top for line in left)
    beside = sum(foot < line.top and line.bottom < head for line in right)
    low, high = min(line.bottom for line in right), max(line.top for line in right)
    return min(beside, sum(low < line.top and line.bottom < high for line in left)) >= _FEWEST


def _is_text(column: list[Line]) -> bool:
    """Tell whether most lines of a column fill it, as those of paragraphs do and labels do not."""
    start, end = min(line.left for line in column), max(line.right for line in column)
    full = sum(line.right - start > _FULL * (end - start) for line in column)
    long = sum(len(line.text) for line in column) / len(column)
    return full > _MOST * len(column) and long > 20


def _bands(items: "Sequence[Item]", gutter: float) -> "Iterator[list[Item]]":
    """Yield what stands side by side between two items that cross the gutter, and each of these alone."""
    band: list[Item] = []
    for item in sorted(items, key=lambda item: -item.top):
        if _side(item, gutter):
            band.append(item)
            continue
        if band:
            yield band
        yield [item]
        band = []
    if band:
        yield band


def _halves(band: list[Item], gutter: float) -> tuple[list[Item], list[Item]]:
    return [item for item in band if _side(item, gutter) < 0], [item for item in band if _side(item, gutter) > 0]


def _zigzags(items: list[Item]) -> bool:
    """Tell whether what was put in order still goes from side to side at the same height: columns were not found."""
    lines = [item for item in items if isinstance(item, Line)]
    jumps = sum(_level(a, b) and (a.right < b.left or b.right < a.left) for a, b in pairwise(lines))
    return jumps > 0.1 * len(lines)


# --- Labels and values ----------------------------------------------------------------------------------------------


def _goes_by_columns(items: "Sequence[Item]", gutter: float) -> bool:
    """Tell whether the file writes a column, then climbs back to write the other."""
    sides = [_side(item, gutter) for item in items]
    changes = sum(a * b < 0 for a, b in pairwise(sides))
    return 0 < changes <= 3


def _in_rows(items: list[Item], gutter: float) -> list[Item]:
    """Return the items with each column of labels and its values as a table, where the file first wrote of it."""
    arranged = list(items)
    for band in _bands(items, gutter):
        lines = [item for item in band if isinstance(item, Line)]
        labels, values = _sides(lines, gutter)
        heads = [label for label in labels if any(_level(label, value) for value in values)]
        heads = [head for head in heads if not head.text[:1].islower()]
        members = _below(heads[0], lines) if heads else []
        if len(heads) >= _ROWS and len(members) < len(heads) * _LINES:
            arranged[min(map(arranged.index, members))] = _table(heads, members, gutter)
            arranged = [item for item in arranged if item not in members]
    return arranged


def _below(head: Line, lines: list[Line]) -> list[Line]:
    """Return the lines from the height of the first label down, as long as they follow closely."""
    found: list[Line] = []
    foot = head.bottom
    for line in lines:
        if line.top > head.top + 0.4 * head.size:
            continue
        if foot - line.top > _APART * line.size:
            break
        found.append(line)
        foot = min(foot, line.bottom)
    return found


def _table(heads: list[Line], lines: list[Line], gutter: float) -> TableRows:
    rows: list[tuple[list[str], list[str]]] = [([], []) for _ in heads]
    for line in lines:
        rank = sum(head.top >= line.top - 0.4 * line.size for head in heads) - 1
        rows[max(rank, 0)][_side(line, gutter) > 0].append(line.text)
    texts = tuple((" ".join(label), " ".join(value)) for label, value in rows)
    start, end = min(line.left for line in lines), max(line.right for line in lines)
    return TableRows((start, gutter, end), texts, min(line.bottom for line in lines), max(line.top for line in lines))


def _level(one: Line, other: Line) -> bool:
    return abs(one.top - other.top) < 0.4 * max(one.size, other.size)
