"""Least turnovers asked lot by lot: rows under a header "Lot | Chiffre d'affaires annuel minimal"."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate
from achats_check.facts.codes import lot_number
from achats_check.facts.french import amounts, bare_amount
from achats_check.facts.structure.scan import Text, said, text_of
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import Scope
from achats_check.patterns import compiled

TURNOVER = "chiffre_affaires_minimal_ht"
_ASKED = r"\bminim(?:um|al|aux|ale)\b|\bexige\b|\brequis\b|\bplancher\b|\bau moins\b"
_LEVEL = r"\bniveaux? (?:annuels? )?minim|\bminim\w+ (?:exige|requis)|\bplancher\b"
"""The title of a column whose turnover the lines above name: "Montant minimum" may be that of the contract."""
_TURNOVER = r"\bchiffres? d'affaires\b|\bc\.?a\b\.?(?= (?:annuel|minim|ht|global|exige))"
_THOUSANDS = r"\bk ?€|\bk ?euros?\b|\bmilliers\b"
_LOT = r"\s*(?:lots? )?(?:n ?° ?)?(\d{1,2})\b(?! ?\d{3})"
_ABOVE = 2
_CONFIDENCE = 0.88


def find(reading: Reading) -> Iterator[Candidate]:
    """Yield ``chiffre_affaires_minimal_ht`` of each lot of such a table."""
    text = text_of(reading)
    for index in text.having("affaires", "minim"):
        column = _column(text, index)
        if column is None:
            continue
        for later in range(index + 1, len(text.blocks)):
            if text.blocks[later].table != text.blocks[index].table:
                break
            yield from _row(reading, text, index, later, column)


def _column(text: Text, index: int) -> int | None:
    """Return the rank of the column of the least turnovers, None when a block heads no table of them."""
    block = text.blocks[index]
    cells = [fold(cell) for cell in block.cells]
    if (
        block.table is None
        or len(cells) < 2
        or not compiled(r"\W{0,3}(?:lots?|n ?° ?(?:du |de )?lot)\b").match(cells[0])
    ):
        return None
    before = text.around(index, _ABOVE, 0)
    named = [rank for rank, cell in enumerate(cells) if rank and _names_turnover(cell, before)]
    return named[0] if len(named) == 1 else None


def _names_turnover(cell: str, before: str) -> bool:
    """Tell whether a column is that of a least turnover, by its title or by it and the lines above the table."""
    turnover, asked = compiled(_TURNOVER), compiled(_ASKED)
    if turnover.search(cell):
        return asked.search(cell) is not None or compiled(r"\bniveaux? minim").search(before) is not None
    return compiled(_LEVEL).search(cell) is not None and turnover.search(before) is not None


def _row(reading: Reading, text: Text, header: int, index: int, column: int) -> Iterator[Candidate]:
    block, heads = text.blocks[index], text.blocks[header].cells
    number = compiled(_LOT).match(text.folded[index])
    if number is None or len(block.cells) != len(heads):
        return
    told = fold(block.cells[column])
    amount = next(amounts(told), None)
    value = amount.value if amount is not None else bare_amount(told.replace("ht", "").strip())
    if value is None or value <= 0:
        return
    if amount is None and compiled(_THOUSANDS).search(fold(heads[column])):
        value *= 1000
    yield said(reading, TURNOVER, value, block, (0, len(block.text)), _CONFIDENCE, Scope("lot", lot_number(number[1])))
