"""Amounts of a part of the duration: a year, each period, the first one."""

from __future__ import annotations

from collections.abc import Mapping

from achats_check.facts.structure.from_periods import INITIAL, PERIODIC, YEARLY
from achats_check.facts.structure.scan import Text
from achats_check.facts.structure.value_scope import EACH_PERIOD, FIRST_PERIOD, UNEQUAL, YEAR
from achats_check.patterns import compiled

_LINES = 2
_ROWS = 60


def part_of_duration(told: str, above: str = "") -> Mapping[str, str] | None:
    """Return the names of the candidates that carry an amount of a part of the duration, by fact.

    Args:
        told: Folded passage of the amount, with what announces it.
        above: What stands above it, heard only where the passage itself names no part.

    Returns:
        None when the amounts of the parts differ, or when nothing tells which part it is.
    """
    if compiled(UNEQUAL).search(f"{above}\n{told}"):
        return None
    return _part(told) or _part(above)


def _part(told: str) -> Mapping[str, str] | None:
    if compiled(FIRST_PERIOD).search(told):
        return INITIAL
    if compiled(EACH_PERIOD).search(told):
        return PERIODIC
    return YEARLY if compiled(YEAR).search(told) else None


def announcement(text: Text, index: int) -> str:
    """Return the lines that announce an amount: the one above it, the two above its table for a row."""
    table = text.blocks[index].table
    first = index
    while table is not None and max(0, index - _ROWS) < first and text.blocks[first - 1].table == table:
        first -= 1
    return "\n".join(text.folded[max(0, first - (1 if table is None else _LINES)) : first])
