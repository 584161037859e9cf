"""The ruled tables of a page in place of the lines they hold; what falls outside stays plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.readers.pdf.filling import Filling, distribute, meets
from achats_check.readers.pdf.lattice import survey
from achats_check.readers.pdf.rescue import rescued

if TYPE_CHECKING:
    from achats_check.readers.pdf.engine import Page
    from achats_check.readers.pdf.fallback import Fallback
    from achats_check.readers.pdf.shapes import Line, TableRows


def lay_out(page: Page, lines: list[Line], fallback: Fallback) -> list[Line | TableRows]:
    """Return the lines of a page with each ruled table in place of the lines it holds.

    Args:
        page: The page, whose ``lines`` were read.
        lines: These lines.
        fallback: What reads the areas whose rules make no grid.
    """
    found = survey(page.path_boxes())
    grids = found.grids + rescued(page, lines, found.loose, fallback)
    if not grids:
        return list(lines)
    fillings = [Filling(grid) for grid in grids]
    laid: list[Line | Filling] = []
    for line in lines:
        near = [filling for filling in fillings if meets(filling.grid.box, line)]
        if not near:
            laid.append(line)
            continue
        left_over, used = distribute(page, line, near)
        laid.extend(filling for filling in used if filling not in laid)
        if left_over is not None:
            laid.append(left_over)
    return [item.finished() if isinstance(item, Filling) else item for item in laid]
