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
_ANNOUNCED = r"criteres?\b|ponderation|jugement|notation|attribution|(?:choix|analyse|examen|classement) des offres"
_PART = r"\W*dont\b"
"""A line that details the one above it, and whose weight is in it."""
_ABOVE = 4
_CONFIDENCE = 0.9
_WHOLE = 100


def by_lot(reading: Reading, text: Text) -> Iterator[Candidate]:
    """Yield ``criteres`` of each lot whose column adds up to a hundred and weighs the price."""
    for index, columns in lot_tables(text):
        rows = _rows(text, index, len(text.blocks[index].cells))
        for column, lots in columns.items():
            value = _criteria(text, rows, column)
            for row in rows if value else ():
                block = text.blocks[row]
                for lot in lots:
                    yield said(reading, "criteres", value, block, (0, len(block.text)), _CONFIDENCE, Scope("lot", lot))


def lot_tables(text: Text) -> Iterator[tuple[int, dict[int, list[str]]]]:
    """Yield the header of each table of criteria by lot, and the lots of each of its columns."""
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
    if not compiled(_LOTS).fullmatch(cell):
        return []
    return [lot_number(found) for found in compiled(r"\b(?:\d{1,2}|[a-df-mo-z])\b").findall(cell)]


def _rows(text: Text, header: int, width: int) -> list[int]:
    """Return the blocks of the table below its header, without its total and its details."""
    rows = []
    for later in text.following(header, 24):
        block = text.blocks[later]
        if block.table != text.blocks[header].table or len(block.cells) != width:
            break
        if not compiled(rf"\s*(?:total|somme)\b|{_PART}").match(text.folded[later]):
            rows.append(later)
    return rows


def _criteria(text: Text, rows: list[int], column: int) -> Value:
    """Return the criteria of a column, () when they are not the whole of a weighting."""
    names, weights = [], []
    for row in rows:
        cells = text.blocks[row].cells
        weight = compiled(_WEIGHT).fullmatch(fold(cells[column]).strip())
        if weight is None or not cells[0].strip():
            return ()
        names.append(" ".join(cells[0].split()))
        weights.append(Decimal(weight[1].replace(",", ".")))
    natures = [nature_of(fold(name)) for name in names]
    if sum(weights) != _WHOLE or not {"prix", "cout"}.intersection(natures):
        return ()
    return tuple({"nom": n, "poids": w, "nature": k} for n, w, k in zip(names, weights, natures, strict=True))
