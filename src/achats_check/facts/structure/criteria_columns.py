"""Tables of criteria with more columns than a name and a weight: "Rang | Critère | Pondération | Appréciation"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from achats_check.facts.structure.criteria_rows import joined
from achats_check.facts.structure.scan import Text
from achats_check.facts.structure.weight_items import Item, of_money, top_level, total
from achats_check.facts.terms import Term
from achats_check.facts.text import fold
from achats_check.patterns import compiled

_NAME = (
    r"(?:(?:libelle|intitule|nom) du )?criteres?(?: d'attribution| de (?:jugement|choix|selection des offres))?"
    r"|intitules?|libelles?|noms?"
)
_WEIGHT = (
    r"(?:pond(?:erations?|\.)|poids|coefficients?|coef\.?|points?|bareme|note max\w*)"
    r"(?: \(?(?:%|en %|sur \d{2,3})\)?| \((?:en )?(?:pourcentage|points)[^()]{0,30}\))?"
)
_TYPE = r"types?(?: de criteres?)?"
_DESCRIPTION = r"descriptions?(?: du critere)?"
_UNNAMED = r"(?:critere )?(?:n ?° ?)?\d{0,2}\W{0,2}"
"""A cell of names that only counts the criteria: what they are is in another cell."""
_NUMBER = r"(\d{1,3}(?:[.,]\d{1,2})?) ?(%|points?|pts?)?"
_RANK = r"\W{0,3}(?:[Cc]rit[eè]re\s)?(?:[nN] ?° ?)?\d{1,2}(?:[.-]\d{1,2})?\s?[-–.):°]*\s*(?=\D)"
_DEEP = r"\D*\d{1,2}[.-]\d"
_TOTAL = r"\W*(?:total|somme)\b"
_ROWS = 24
_WHOLE, _TENTHS = 100, 10
_NEARLY = range(90, 111)
"""Sums of a table where a slip of the pen is told, and a misreading unlikely."""
_SEVERAL = 3
"""Columns from which the one after the name may hold something else than the weight."""


def in_columns(text: Text, natures: Sequence[Term]) -> Iterator[tuple[int, list[Item], list[Item]]]:
    """Yield the header of each such table, its criteria out of a hundred, and all its weighted rows.

    Args:
        text: The document.
        natures: What criteria judge, by their names; a table without a price is left out, and so is one whose weights
            make neither 100 nor 10, unless all its rows were read and only a slip explains their sum.
    """
    for index in text.having("critere", "intitule", "libelle", "ponderation"):
        header = [fold(cell).strip() for cell in text.blocks[index].cells]
        above = text.folded[index - 1] if index else ""
        if "critere" not in f"{text.folded[index]}\n{above}\n{fold(text.blocks[index].heading)}":
            continue
        names = _columns(header, _NAME)
        for weight in _columns(header, _WEIGHT) if names else ():
            items = _items(text, index, names[0], weight)
            items = items if _columns(header, _TYPE) else joined(items)
            apart = len(header) >= _SEVERAL or weight < names[0]
            tops = _out_of_a_hundred(top_level(items), apart=apart)
            slipped = apart and int(total(tops)) in _NEARLY and _is_whole(text, index, items, tops)
            if (total(tops) == _WHOLE or slipped) and of_money(tops, natures):
                yield index, tops, items
                break


def _is_whole(text: Text, header: int, items: Sequence[Item], tops: Sequence[Item]) -> bool:
    """Say whether all the rows of a table were read as criteria, none of its own details, and it ends on its page."""
    if len(tops) < _SEVERAL - 1 or len(tops) != len(items):
        return False
    read = {item.block.index for item in items}
    for later in text.following(header, _ROWS):
        if text.blocks[later].kind != "row":
            return later > max(read)
        if later not in read and not _sums(text.folded[later], total(tops)):
            return False
    return True


def _sums(folded: str, whole: Decimal) -> bool:
    """Say whether a row is that of the total, and the total that of the rows read."""
    figure = compiled(_NUMBER).search(folded) if compiled(_TOTAL).match(folded.strip()) else None
    return figure is not None and Decimal(figure[1].replace(",", ".")) == whole


def _columns(header: list[str], pattern: str) -> list[int]:
    return [rank for rank, cell in enumerate(header) if compiled(pattern).fullmatch(cell)]


def _out_of_a_hundred(tops: list[Item], *, apart: bool) -> list[Item]:
    """Return the criteria of coefficients out of ten as percentages; a name, then its weight, are read elsewhere."""
    if total(tops) == _TENTHS:
        return [item._replace(weight=item.weight * _TENTHS) for item in tops]
    return tops if apart else []


def _items(text: Text, header: int, name: int, weight: int) -> list[Item]:
    """Return the rows that have a weight in its column; a row without a name there details the one above."""
    items: list[Item] = []
    cells = [fold(cell).strip() for cell in text.blocks[header].cells]
    kinds = _columns(cells, _TYPE)
    others = _columns(cells, _DESCRIPTION) + kinds if kinds else []
    for later in text.rows_under(header, _ROWS):
        block = text.blocks[later]
        share = compiled(_NUMBER).fullmatch(fold(block.cells[weight]).strip())
        if share is None or compiled(_TOTAL).match(text.folded[later].strip()):
            continue
        own = _named(block.cells, name, others)
        value = Decimal(share[1].replace(",", "."))
        rank = compiled(_RANK).match(own)
        depth = 2 if not own or (rank is not None and compiled(_DEEP).match(rank[0])) else 0
        items.append(Item(own[rank.end() :] if rank else own, value, depth, block, 0, len(block.text), share[2] or ""))
    return items


def _named(cells: Sequence[str], name: int, others: Sequence[int]) -> str:
    """Return the name of a criterion: that of its own cell, else its description, else its type in a printed notice."""
    told = (" ".join(cells[rank].split()) for rank in (name, *others))
    own = " ".join(cells[name].split())
    return next((cell for cell in told if compiled(_UNNAMED).fullmatch(fold(cell)) is None), own)
