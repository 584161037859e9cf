"""Tables of criteria with a column for each lot: "Critère | Lot 1 | Lots 2 et 3"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from achats_check.facts.candidate import Candidate
from achats_check.facts.codes import lot_number
from achats_check.facts.structure.scan import Text, said
from achats_check.facts.structure.weights import nature_of
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import Scope, Value
from achats_check.patterns import compiled

_LOTS = r"lots? ?(?:n ?° ?)?(?:\d{1,2}|[a-z])(?: ?(?:,|et|&|/) ?(?:lot )?(?:n ?° ?)?(?:\d{1,2}|[a-z]))*"
_WEIGHT = r"(\d{1,3}(?:[.,]\d{1,2})?) ?(?:%|points?|pts?)?"
_CONFIDENCE = 0.9


def by_lot(reading: Reading, text: Text) -> Iterator[Candidate]:
    """Yield ``criteres`` of each lot whose column adds up to a hundred and weighs the price."""
    for index in text.having("lot"):
        header = [fold(cell).strip() for cell in text.blocks[index].cells]
        columns = {rank: lots for rank, cell in enumerate(header) if rank and (lots := _lots(cell))}
        if len(columns) < 2 or len(columns) != len(header) - 1:
            continue
        rows = _rows(text, index, len(header))
        for column, lots in columns.items():
            value = _criteria(text, rows, column)
            for row in rows if value else ():
                block = text.blocks[row]
                for lot in lots:
                    yield said(reading, "criteres", value, block, (0, len(block.text)), _CONFIDENCE, Scope("lot", lot))


def _lots(cell: str) -> list[str]:
    if not compiled(_LOTS).fullmatch(cell):
        return []
    return [lot_number(found) for found in compiled(r"\b(?:\d{1,2}|[a-df-mo-z])\b").findall(cell)]


def _rows(text: Text, header: int, width: int) -> list[int]:
    """Return the blocks of the table below its header, without its total."""
    rows = []
    for later in text.following(header, 24):
        block = text.blocks[later]
        if block.table != text.blocks[header].table or len(block.cells) != width:
            break
        if not compiled(r"\s*(?:total|somme)\b").match(text.folded[later]):
            rows.append(later)
    return rows


def _criteria(text: Text, rows: list[int], column: int) -> Value:
    """Return the criteria of a column, () when they are not the whole of a weighting."""
    found = []
    for row in rows:
        name, weight = (
            text.blocks[row].cells[0],
            compiled(_WEIGHT).fullmatch(fold(text.blocks[row].cells[column]).strip()),
        )
        if weight is None or not name.strip():
            return ()
        nature = nature_of(fold(name))
        found.append({"nom": " ".join(name.split()), "poids": Decimal(weight[1].replace(",", ".")), "nature": nature})
    priced = any(item["nature"] in ("prix", "cout") for item in found)
    return tuple(found) if priced and sum(item["poids"] for item in found) == 100 else ()
