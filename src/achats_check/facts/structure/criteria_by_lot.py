"""Tables of criteria by lot: "Critère | Lot 1 | Lots 2 et 3", or "Lots | Prix | Délai" with a row for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from achats_check.facts.clauses.lots import lot_numbers
from achats_check.facts.codes import lot_number
from achats_check.facts.structure.scan import Text
from achats_check.facts.structure.weight_items import Item, of_money, top_level, total
from achats_check.facts.structure.weights import depth_of, name_start
from achats_check.facts.terms import Term
from achats_check.facts.text import fold
from achats_check.model.fact import Scope
from achats_check.patterns import compiled

_LOTS = (
    r"(?:(?:ponderation|poids|coefficient|points?|note|%)s? ?)?[:(]? ?(?:pour )?(?:(?:le|les|du|des|au|aux) )?"
    r"(?P<lots>lots? ?(?:n ?° ?)?(?:\d{1,2}|[a-z])"
    r"(?: ?(?:,|et|&|/|-|a|au) ?(?:lot )?(?:n ?° ?)?(?:\d{1,2}|[a-z]))*) ?\)?"
)
_NONE = r"|[-–/]|sans objet|so|non concerne|0 ?%?"
_WEIGHT = r"(\d{1,3}(?:[.,]\d{1,2})?) ?(?:%|points?|pts?)?"
_ANNOUNCED = r"criteres?\b|ponderation|jugement|notation|attribution|(?:choix|analyse|examen|classement) des offres"
_PART = r"\W*dont\b"
"""A line that details the one above it, and whose weight is in it."""
_ABOVE = 4
_COLUMNS = 2
_WHOLE = 100
_NEARLY = range(90, 111)
"""Sums that a slip of the pen explains, beside a column of the same table that adds up to a hundred."""
_MOST = 24


def by_lot(text: Text, natures: Sequence[Term]) -> Iterator[tuple[list[Scope], list[Item], list[Item]]]:
    """Yield the lots of each column that adds up to a hundred and weighs the price, its criteria, and all its rows."""
    for index, columns in _tables_of_columns(text):
        rows = _rows(text, index)
        read = {column: _items(text, rows, column) for column in columns}
        whole = any(total(top_level(items)) == _WHOLE for items in read.values())
        for column, lots in columns.items():
            tops = top_level(read[column])
            sums = total(tops) == _WHOLE or (whole and int(total(tops)) in _NEARLY and len(tops) >= _COLUMNS)
            if sums and of_money(tops, natures):
                yield [Scope("lot", lot) for lot in lots], tops, read[column]
    for index in _tables_of_rows(text):
        for row in _rows(text, index):
            lots, items = _lots(_named_so(text.blocks[row].cells[0])), _across(text, index, row)
            if lots and total(items) == _WHOLE and of_money(items, natures):
                yield [Scope("lot", lot) for lot in lots], items, items


def _tables_of_rows(text: Text) -> Iterator[int]:
    """Yield the header of each table "Lots | Prix | Valeur technique", whose rows weigh the criteria of lots."""
    for index in text.having("lot"):
        cells = [fold(cell).strip() for cell in text.blocks[index].cells]
        if len(cells) > _COLUMNS and compiled(r"lots?(?: n ?°)?").fullmatch(cells[0]) and _of_criteria(text, index):
            yield index


def _across(text: Text, header: int, row: int) -> list[Item]:
    """Return the criteria that the header names, weighed by the cells of a row; [] when one holds something else."""
    block = text.blocks[row]
    items: list[Item] = []
    for name, cell in zip(text.blocks[header].cells[1:], block.cells[1:], strict=True):
        told = fold(cell).strip()
        weight = compiled(_WEIGHT).fullmatch(told)
        if weight is not None:
            value = Decimal(weight[1].replace(",", "."))
            items.append(Item(" ".join(name.split()), value, 0, block, 0, len(block.text), "%"))
        elif not compiled(_NONE).fullmatch(told):
            return []
    return items


def lot_headers(text: Text) -> Iterator[int]:
    """Yield the header of each table that weighs criteria by lot, in columns or in rows."""
    yield from (index for index, _ in _tables_of_columns(text))
    yield from _tables_of_rows(text)


def _tables_of_columns(text: Text) -> Iterator[tuple[int, dict[int, list[str]]]]:
    """Yield the header of each table with a column for each lot, or some, and the lots of each of its columns."""
    for index in text.having("lot"):
        header = [fold(cell).strip() for cell in text.blocks[index].cells]
        columns = {rank: lots for rank, cell in enumerate(header) if rank and (lots := _lots(cell))}
        if len(columns) >= 2 and len(columns) == len(header) - 1 and _of_criteria(text, index):
            yield index, columns


def _of_criteria(text: Text, header: int) -> bool:
    """Tell whether a table is announced as one of criteria: shares of costs add up to a hundred too."""
    above = "\n".join(text.folded[max(0, header - _ABOVE) : header + 1])
    return compiled(_ANNOUNCED).search(f"{fold(text.blocks[header].heading)}\n{above}") is not None


def _lots(cell: str) -> list[str]:
    match = compiled(_LOTS).fullmatch(cell)
    if match is None:
        return []
    if not compiled(r"\blots? (?:n ?° ?)?[a-z]\b").match(match["lots"]):
        return list(lot_numbers(match["lots"]))
    return [lot_number(found) for found in compiled(r"\b(?:\d{1,2}|[a-df-mo-z])\b").findall(match["lots"])]


def _named_so(cell: str) -> str:
    """Return the first cell of a row as a column would name its lots: "1 et 2" is "lots 1 et 2"."""
    told = fold(cell).strip(" :")
    return told if told.startswith("lot") else f"lots {told}"


def _rows(text: Text, header: int) -> list[int]:
    """Return the blocks of the table below its header, without its total."""
    total_row = compiled(r"\s*(?:total|somme)\b")
    return [later for later in text.rows_under(header, _MOST) if not total_row.match(text.folded[later])]


def _items(text: Text, rows: list[int], column: int) -> list[Item]:
    """Return the criteria of a column and what details them, [] when a cell of it holds something else."""
    items: list[Item] = []
    for row in rows:
        block, folded = text.blocks[row], text.folded[row]
        told = fold(block.cells[column]).strip()
        if compiled(_NONE).fullmatch(told):
            continue
        weight = compiled(_WEIGHT).fullmatch(told)
        name = " ".join(block.cells[0][name_start(folded) :].split())
        if weight is None or not name:
            return []
        value = Decimal(weight[1].replace(",", "."))
        depth = 2 if compiled(_PART).match(folded) else depth_of(folded)
        items.append(Item(name, value, depth, block, 0, len(block.text), "%"))
    return items
