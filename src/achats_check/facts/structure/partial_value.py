"""Amounts of a part of the duration: a year, each period, the first one."""

from __future__ import annotations

from collections.abc import Mapping

from achats_check.facts.structure.from_periods import INITIAL, PERIODIC, YEARLY
from achats_check.facts.structure.scan import Text
from achats_check.facts.terms import Subject, held

_LINES = 2
_ROWS = 60
_ITEMS = 8


def part_of_duration(terms: Subject, told: str, above: str = "") -> Mapping[str, str] | None:
    """Return the names of the candidates that carry an amount of a part of the duration, by fact.

    Args:
        terms: What says the value.
        told: Folded passage of the amount, with what announces it.
        above: What stands above it, heard only where the passage itself names no part.

    Returns:
        None when the amounts of the parts differ, or when nothing tells which part it is.
    """
    if held(terms["inegales"], f"{above}\n{told}"):
        return None
    return _part(terms, told) or _part(terms, above)


def _part(terms: Subject, told: str) -> Mapping[str, str] | None:
    if held(terms["premiere_periode"], told):
        return INITIAL
    if held(terms["chaque_periode"], told):
        return PERIODIC
    return YEARLY if held((*terms["annuel"], *terms["annee"]), told) else None


def announcement(text: Text, index: int) -> str:
    """Return the lines that announce an amount: the one above it or its list, the two above its table for a row."""
    table = text.blocks[index].table
    first = index
    while text.blocks[first].kind == "list_item" and max(0, index - _ITEMS) < first:
        first -= 1
    if first < index:
        return text.folded[first]
    while table is not None and max(0, index - _ROWS) < first and text.blocks[first - 1].table == table:
        first -= 1
    return "\n".join(text.folded[max(0, first - (1 if table is None else _LINES)) : first])
