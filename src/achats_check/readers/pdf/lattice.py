"""Ruled tables: from the lines drawn on a page to the cells they enclose. Pure geometry, no text."""

from itertools import pairwise
from typing import NamedTuple

from achats_check.readers.pdf.shapes import Box

THIN = 3.0
"""A path thinner than this is a rule; in points, like every length here."""
SHORT = 4.0
"""Shorter rules are dots and dashes of an ornament."""
SNAP = 3.0
"""Rules closer than this are the same one."""
MAX_PATHS = 20_000
"""A page with more paths is a drawing…"""
MAX_CROSSINGS = 250_000
"""…and so is one with as many rules that might cross."""
_FRAME = 4
"""Rules of a plain frame."""
_WIDE, _HIGH, _FAR = 120.0, 18.0, 160.0
"""Least width and height of a table without a grid, and greatest distance between two of its rules."""


class Rule(NamedTuple):
    """A horizontal or vertical rule."""

    at: float
    """Its height on the page when horizontal, its abscissa when vertical."""
    start: float
    end: float


class Cell(NamedTuple):
    """A cell, merged ones included, and the place of its upper left corner in the grid."""

    row: int
    column: int
    box: Box


class Grid(NamedTuple):
    """A table: at least two columns and a frame."""

    box: Box
    columns: tuple[float, ...]
    """Abscissas of the vertical rules."""
    rows: tuple[tuple[Cell | None, ...], ...]
    """Cells of each row, left to right; None where a cell of a row above goes on."""


class Survey(NamedTuple):
    """What the rules of a page draw."""

    grids: list[Grid]
    """Tables, from top to bottom."""
    loose: list[Box]
    """Areas ruled like a table of which no grid can be made."""


def survey(paths: list[Box]) -> Survey:
    """Return the ruled tables among the drawn paths of a page, and the areas that may be tables.

    A frame around one cell is no table: its lines are plain text.
    """
    if len(paths) > MAX_PATHS:
        return Survey([], [])
    across, down = (_merged(rules) for rules in _rules(paths))
    if len(across) < 2 or len(across) * len(down) > MAX_CROSSINGS:
        return Survey([], [])
    if not down:
        return Survey([], _stacks(across))
    grids: list[Grid] = []
    loose: list[Box] = []
    alone: list[Rule] = []
    for h, v in _connected(across, down):
        grid = _grid(h, v)
        if grid is not None:
            grids.append(grid)
        elif not v:
            alone += h
        elif len(h) + len(v) > _FRAME:
            loose += _area(h)
    loose = [area for area in loose + _stacks(alone) if not any(_overlap(area, grid.box) for grid in grids)]
    return Survey(sorted(grids, key=lambda grid: -grid.box.top), loose)


def _area(across: list[Rule]) -> list[Box]:
    """Return the area some horizontal rules enclose, unless it is too small for a table."""
    if len(across) < 2:
        return []
    ys = [rule.at for rule in across]
    box = Box(min(r.start for r in across), min(ys), max(r.end for r in across), max(ys))
    return [box] if box.right - box.left >= _WIDE and box.top - box.bottom >= _HIGH else []


def _stacks(across: list[Rule]) -> list[Box]:
    """Return the areas of three horizontal rules or more, one above the other, that start and end alike."""
    stacks: list[list[Rule]] = []
    for rule in sorted(across, reverse=True):
        if rule.end - rule.start < _WIDE:
            continue
        for stack in stacks:
            last = stack[-1]
            if abs(last.start - rule.start) <= SNAP and abs(last.end - rule.end) <= SNAP and last.at - rule.at < _FAR:
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    return [box for stack in stacks if len(stack) > 2 for box in _area(stack)]


def _overlap(one: Box, other: Box) -> bool:
    across = one.left < other.right and other.left < one.right
    return across and one.bottom < other.top and other.bottom < one.top


def _rules(paths: list[Box]) -> tuple[list[Rule], list[Rule]]:
    across: list[Rule] = []
    down: list[Rule] = []
    for left, bottom, right, top in paths:
        wide, high = right - left, top - bottom
        if high <= THIN and wide > SHORT:
            across.append(Rule((top + bottom) / 2, left, right))
        elif wide <= THIN and high > SHORT:
            down.append(Rule((left + right) / 2, bottom, top))
        elif wide > SHORT and high > SHORT:
            across += (Rule(bottom, left, right), Rule(top, left, right))
            down += (Rule(left, bottom, top), Rule(right, bottom, top))
    return across, down


def _merged(rules: list[Rule]) -> list[Rule]:
    """Join rules that lie on the same line and touch."""
    rules.sort()
    bands: list[list[Rule]] = []
    for rule in rules:
        if bands and rule.at - bands[-1][0].at <= SNAP:
            bands[-1].append(rule)
        else:
            bands.append([rule])
    merged = []
    for band in bands:
        at = sum(rule.at for rule in band) / len(band)
        band.sort(key=lambda rule: rule.start)
        start, end = band[0].start, band[0].end
        for rule in band[1:]:
            if rule.start > end + SNAP:
                merged.append(Rule(at, start, end))
                start = rule.start
                end = rule.end
            end = max(end, rule.end)
        merged.append(Rule(at, start, end))
    return merged


def _all_cross(across: list[Rule], down: list[Rule]) -> bool:
    """Tell whether every rule crosses all those of the other kind, as in a table without merged cells."""
    left, right = min(v.at for v in down) + SNAP, max(v.at for v in down) - SNAP
    foot, head = min(h.at for h in across) + SNAP, max(h.at for h in across) - SNAP
    return all(h.start <= left and right <= h.end for h in across) and all(
        v.start <= foot and head <= v.end for v in down
    )


def _connected(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Group the rules that cross or touch, directly or through others."""
    if _all_cross(across, down):
        return [(across, down)]
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, h in enumerate(across):
        for j, v in enumerate(down, len(across)):
            if h.start - SNAP <= v.at <= h.end + SNAP and v.start - SNAP <= h.at <= v.end + SNAP:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index in range(len(parent)):
        pair = groups.setdefault(root(index), ([], []))
        if index < len(across):
            pair[0].append(across[index])
        else:
            pair[1].append(down[index - len(across)])
    return list(groups.values())


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    ys = sorted({rule.at for rule in across}, reverse=True)
    xs = sorted({rule.at for rule in down})
    if len(ys) < 2 or len(xs) < 3:
        return None
    if _all_cross(across, down):
        return Grid(Box(xs[0], ys[-1], xs[-1], ys[0]), tuple(xs), _plain_rows(xs, ys))
    owner = _owners(across, down, xs, ys)
    rows = []
    for r in range(len(ys) - 1):
        cells = _row(owner, r, xs, ys)
        if cells is None:
            return None
        rows.append(cells)
    if sum(len([cell for cell in cells if cell is not None]) > 1 for cells in rows) == 0:
        return None
    return Grid(Box(xs[0], ys[-1], xs[-1], ys[0]), tuple(xs), tuple(rows))


def _plain_rows(xs: list[float], ys: list[float]) -> tuple[tuple[Cell | None, ...], ...]:
    """Return the cells of a table of which none is merged."""
    return tuple(
        tuple(Cell(r, c, Box(left, foot, right, head)) for c, (left, right) in enumerate(pairwise(xs)))
        for r, (head, foot) in enumerate(pairwise(ys))
    )


_Owners = list[list[tuple[int, int]]]
"""For each unit of the grid, the upper left unit of the cell it belongs to."""


def _owners(across: list[Rule], down: list[Rule], xs: list[float], ys: list[float]) -> _Owners:
    at_x, at_y = _by_place(down), _by_place(across)
    owner: _Owners = [[(r, c) for c in range(len(xs) - 1)] for r in range(len(ys) - 1)]
    for r in range(len(ys) - 1):
        middle = (ys[r] + ys[r + 1]) / 2
        for c in range(len(xs) - 1):
            if c and not _covers(at_x[xs[c]], middle):
                owner[r][c] = owner[r][c - 1]
            elif r and not _covers(at_y[ys[r]], (xs[c] + xs[c + 1]) / 2):
                owner[r][c] = owner[r - 1][c]
    return owner


def _by_place(rules: list[Rule]) -> dict[float, list[Rule]]:
    places: dict[float, list[Rule]] = {}
    for rule in rules:
        places.setdefault(rule.at, []).append(rule)
    return places


def _covers(rules: list[Rule], place: float) -> bool:
    return any(rule.start - SNAP <= place <= rule.end + SNAP for rule in rules)


def _row(owner: _Owners, r: int, xs: list[float], ys: list[float]) -> tuple[Cell | None, ...] | None:
    """Return the cells of a row; None when a merged cell is not a rectangle."""
    cells: list[Cell | None] = []
    here, below = owner[r], owner[r + 1] if r + 1 < len(owner) else []

    def goes_on(column: int, unit: tuple[int, int]) -> bool:
        return (column + 1 < len(here) and here[column + 1] == unit) or bool(below and below[column] == unit)

    for unit in dict.fromkeys(owner[r]):
        row, first = unit
        if row == r and not goes_on(first, unit):
            cells.append(Cell(r, first, Box(xs[first], ys[r + 1], xs[first + 1], ys[r])))
            continue
        span = [c for c, other in enumerate(owner[r]) if other == unit]
        if span != list(range(span[0], span[0] + len(span))) or span[0] != first:
            return None
        if row < r:
            cells.append(None)
            continue
        last = r
        while last + 1 < len(owner) and owner[last + 1][first] == unit:
            last += 1
            if [c for c, other in enumerate(owner[last]) if other == unit] != span:
                return None
        cells.append(Cell(r, first, Box(xs[first], ys[last + 1], xs[span[-1] + 1], ys[r])))
    return tuple(cells)
