"""Notices printed in the European form used since 2023, whose section « 5.1. Lot : LOT-0001 » is each lot's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from achats_check.patterns import compiled

_LOT = (
    r"\W*(?:5\.1\.? ?lot ?: ?lot[- ]0*(?=\d{1,4}\b)"
    r"|lot ?:? ?lot[- ]0*(?=\d{1,4}\s*(?:\(bt-137[^()\n]{0,12}\)\s*)?$))(\d{1,4})"
)
"""« 5.1. Lot : LOT-0001 », or the same without its number on a line of its own, as platforms print it."""
_END = r"\W*(?:section )?(?:8|9|10|11)\b\.? ?[-–]?\s?(?:organisations?|informations? relatives? a l'avis)"


def sections(texts: Sequence[str], among: Iterable[int]) -> list[tuple[str, range]]:
    """Return the number of each lot with the lines under its heading, in their order; [] for any other text.

    Args:
        texts: Folded text of each block.
        among: Blocks that may be headings.
    """
    found: list[tuple[str, range]] = []
    for index in among:
        heading = compiled(_LOT).match(texts[index]) if "lot" in texts[index] else None
        if heading is not None and all(number != heading[1] for number, _ in found):
            found.append((heading[1], range(index + 1, _end(texts, index))))
    return found


def lots_by_line(texts: Sequence[str], among: Iterable[int]) -> dict[int, str]:
    """Return the lot of each line under the heading of one; {} for a notice of a single lot, and any other text.

    Args:
        texts: Folded text of each block.
        among: Blocks that may be headings.
    """
    found = sections(texts, among)
    return {line: number for number, lines in found for line in lines} if len(found) > 1 else {}


def _end(texts: Sequence[str], heading: int) -> int:
    """Return the line that ends the section of a lot: the next heading, or the first section on the whole notice."""
    for later in range(heading + 1, len(texts)):
        if compiled(_LOT).match(texts[later]) or compiled(_END).match(texts[later]):
            return later
    return len(texts)
