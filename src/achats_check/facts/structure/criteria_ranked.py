"""Award criteria that are ranked and not weighed: "Les critères, par ordre décroissant d'importance, sont :"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from achats_check.facts.structure.scan import Text
from achats_check.facts.structure.weight_items import Item
from achats_check.facts.structure.weights import name_start
from achats_check.model.document import Block
from achats_check.patterns import compiled

_OPENS = r":\s*$|\bsuivants?\b[^.\n]{0,40}$"
"""How the line ends above a list."""
_NUMBERED = r"\W{0,3}(?:\d{1,2}|[a-h])\s?[-.)°]"
_BULLET = r"\s*[-–•▪◦*]\s*(?=\d{1,2}\s?[-.)°])"
"""What stands before the number of a line that has both: "- 1. Qualité"."""
_CUT = r"\([^()]*$"
"""A line that ends inside a parenthesis goes on with the next one."""
_WEIGHED = r"\d ?(?:%|points?\b|pts?\b)|\bcoefficient|/ ?\d{2,3}\b"
_NAME_ENDS = r"\s*(?:[;:(\n]|\.(?:\s|$))|,\s*$"
_MOST, _FEWEST = 12, 2
_LONGEST = 160


def ranked_lines(text: Text, anchor: int) -> list[Item]:
    """Return the criteria listed below a line that ranks them, without any weight; none when one is weighed.

    Args:
        text: The document.
        anchor: Index of the block that says that criteria are ranked.
    """
    if compiled(_OPENS).search(text.folded[anchor]) is None:
        return []
    items: list[Item] = []
    cut = False
    for block in _listed(text, anchor):
        folded = text.folded[block.index]
        if compiled(_WEIGHED).search(folded):
            return []
        goes_on, cut = cut, compiled(_CUT).search(folded) is not None
        if goes_on:
            continue
        bullet = compiled(_BULLET).match(folded)
        first = bullet.end() if bullet else 0
        start = first + name_start(folded[first:])
        stop = compiled(_NAME_ENDS).search(folded, start)
        end = stop.start() if stop else len(folded)
        name = " ".join(block.text[start:end].split()).strip(" :,-–•.")
        if not 3 <= len(name) <= _LONGEST:
            return []
        items.append(Item(name, Decimal(0), 1, block, start, end, ""))
    return items if len(items) >= _FEWEST else []


def _listed(text: Text, anchor: int) -> Iterator[Block]:
    """Yield the lines of the list right below a line."""
    for index in text.following(anchor, _MOST):
        block = text.blocks[index]
        numbered = block.kind == "paragraph" and compiled(_NUMBERED).match(text.folded[index])
        if block.kind != "list_item" and not numbered:
            return
        yield block
