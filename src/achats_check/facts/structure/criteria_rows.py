"""Rows of a table whose first cell goes down over several: a criterion, and what details it beside."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from achats_check.facts.structure.weight_items import Item
from achats_check.facts.text import fold
from achats_check.patterns import compiled

_WEIGHT = r"\d{1,3}(?:[.,]\d{1,2})? ?(?:%|points?|pts?)?"
_NAME_AND_WEIGHT = r"([^\n]{1,160}?)[\s:(–-]+(\d{1,3}(?:[.,]\d{1,2})?) ?(?:%|points?|pts?)\W*"
_DETAILED = 3
"""Cells of a row that names a criterion, what details it, and a weight."""


def joined(items: Sequence[Item]) -> list[Item]:
    """Return the items with one for each criterion, its weight that of its rows; the rows below become sub-criteria.

    Args:
        items: Weighted lines in the order of the document.
    """
    found: list[Item] = []
    top = -1
    for item in items:
        if not _detailed(item):
            found.append(item)
            top = -1
        elif top >= 0 and _goes_on(found[top], item):
            if _is_named(found[top]):
                found[top] = found[top]._replace(weight=found[top].weight + item.weight)
            found.append(item._replace(name=_cell(item, 1) or item.name, depth=2))
        else:
            top = len(found) if any(sign.isalpha() for sign in _cell(item, 0)) else -1
            found.append(item)
    return [_without_its_weight(item) for item in found]


def _without_its_weight(item: Item) -> Item:
    """Return an item whose cell repeats its weight, "Prix : 45 points", under its name alone."""
    match = compiled(_NAME_AND_WEIGHT).fullmatch(item.name)
    told = match is not None and Decimal(match[2].replace(",", ".")) == item.weight
    return item._replace(name=match[1]) if match is not None and told else item


def _detailed(item: Item) -> bool:
    return item.block.kind == "row" and len(item.block.cells) >= _DETAILED


def _goes_on(first: Item, item: Item) -> bool:
    """Say whether a row belongs to the criterion of a row above: its first cell is empty, or says the same."""
    own = fold(_cell(item, 0))
    return item.block.table == first.block.table and _is_named(item) and own in ("", fold(_cell(first, 0)))


def _is_named(item: Item) -> bool:
    """Say whether the second cell of a row names a sub-criterion, and is no weight."""
    told = fold(_cell(item, 1))
    return any(sign.isalpha() for sign in told) and compiled(_WEIGHT).fullmatch(told) is None


def _cell(item: Item, rank: int) -> str:
    return " ".join(item.block.cells[rank].split())
