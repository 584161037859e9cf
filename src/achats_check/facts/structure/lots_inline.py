"""Lots listed in one sentence: "lot 1 : Gros œuvre ; lot 2 : Charpente ; lot 3 : Peinture"."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.codes import lot_number
from achats_check.facts.structure.scan import Text
from achats_check.patterns import compiled

_ITEM = (
    r"\blot (?:n ?° ?)?(\d{1,2}) ?[:–-] ?(?=[a-z])([^;:\n]{3,120}?)"
    r"(?=\s*(?:[;\n]|\.\s*$|\.\s|$)|[\s/,]+lot (?:n ?° ?)?\d{1,2} ?[:–-])"
)
_FIGURE = r"\b(?:\d+|une?|deux|trois|quatre|cinq|six|huit|dix|douze) ?(?:mois|ans?|jours|heures|h|€|euros|%)\b|\bvoir\b"


def inline_lots(text: Text) -> Iterator[tuple[int, str, int, int]]:
    """Yield (block, number, start and end of the name) of lots numbered from 1 in one block, two at least."""
    for index in text.having("lot"):
        items = list(compiled(_ITEM).finditer(text.folded[index]))
        numbers = [int(item[1]) for item in items]
        if len(items) < 2 or numbers != list(range(1, len(items) + 1)):
            continue
        if not any(compiled(_FIGURE).search(item[2]) for item in items):
            yield from ((index, lot_number(item[1]), *item.span(2)) for item in items)
