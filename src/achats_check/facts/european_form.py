"""Notices printed in the European form used since 2023, whose section « 5.1. Lot : LOT-0001 » is each lot's."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from achats_check.patterns import compiled

_LOT = (
    r"\W*(?:5\.1\.? ?lot ?: ?lot[- ]0*(?=\d{1,4}\b)"
    r"|lot ?:? ?lot[- ]0*(?=\d{1,4}\s*(?:\(bt-137[^()\n]{0,12}\)\s*)?$))(\d{1,4})"
)
"""« 5.1. Lot : LOT-0001 », or the same without its number on a line of its own, as platforms print it."""
_END = r"\W*(?:section )?(?:8|9|10|11)\b\.? ?[-–]?\s?(?:organisations?|informations? relatives? a l'avis)"


class Part(NamedTuple):
    """What stands under the heading of one lot."""

    number: str
    blocks: range


def parts_of(texts: Sequence[str], among: Iterable[int]) -> list[Part]:
    """Return the part of each lot, in their order; [] for any other text.

    Args:
        texts: Folded text of each block.
        among: Blocks that may be headings.
    """
    found: list[Part] = []
    for index in among:
        heading = compiled(_LOT).match(texts[index]) if "lot" in texts[index] else None
        if heading is not None and all(part.number != heading[1] for part in found):
            found.append(Part(heading[1], range(index + 1, _end(texts, index))))
    return found


def _end(texts: Sequence[str], heading: int) -> int:
    """Return the line that ends the section of a lot: the next heading, or the first section on the whole notice."""
    for later in range(heading + 1, len(texts)):
        if compiled(_LOT).match(texts[later]) or compiled(_END).match(texts[later]):
            return later
    return len(texts)
