"""Least turnovers asked lot by lot, in a table of lots or in the column "Niveau minimal" of the pieces to produce."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest

from achats_check.facts.candidate import Candidate
from achats_check.facts.codes import lot_number
from achats_check.facts.french import amounts, bare_amount
from achats_check.facts.structure.scan import Text, said, text_of
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

TURNOVER = "chiffre_affaires_minimal_ht"
_ASKED = r"\bminim(?:um|al|aux|ale)\b|\bexige\b|\brequis\b|\bplancher\b|\bau moins\b"
_LEVEL = r"\bniveaux? (?:annuels? )?minim|\bminim\w+ (?:exige|requis)|\bplancher\b"
"""The title of a column whose turnover the lines above name: "Montant minimum" may be that of the contract."""
_TURNOVER = r"\bchiffres? d'affaires\b|\bc\.?a\b\.?(?= (?:annuel|minim|ht|global|exige))"
_THOUSANDS = r"\bk ?€|\bk ?euros?\b|\bmilliers\b"
_LOT = r"\s*(?:lots? )?(?:n ?° ?)?(\d{1,2})\b(?! ?\d{3})"
_ASKED_OF = r"\blots? ?(?:n ?° ?)?(\d{1,2})\s?(?::|[-–—=](?=\s?\d))"
"""What opens, in one cell, the part of a lot: "Lot 1 : 400 000 € HT - Lot 2 : 300 000 € HT"."""
_NOT_OF_ALL = r"\blots?\b|\bfois\b|\bcumul|\btotal"
"""What makes a lone amount that of some lots, of several years, or a multiple."""
_ABOVE = 2
_CONFIDENCE = 0.88


def find(reading: Reading) -> Iterator[Candidate]:
    """Yield ``chiffre_affaires_minimal_ht`` of each lot of such a table."""
    text = text_of(reading)
    for index in text.having("affaires", "minim"):
        column, level = _column(text, index), _column_of_levels(text, index)
        for later in _rows_below(text, index) if column is not None or level is not None else ():
            if column is not None:
                yield from _row(reading, text, index, later, column)
            elif level is not None:
                yield from _row_of_turnover(reading, text, index, later, level)


def _rows_below(text: Text, header: int) -> Iterator[int]:
    for later in range(header + 1, len(text.blocks)):
        if text.blocks[later].table != text.blocks[header].table:
            return
        yield later


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


def _column_of_levels(text: Text, index: int) -> int | None:
    """Return the rank of the column "Niveau minimal" of a table of what candidates produce; None for any other."""
    block = text.blocks[index]
    if block.table is None:
        return None
    named = [rank for rank, cell in enumerate(block.cells) if rank and compiled(_LEVEL).search(fold(cell))]
    return named[0] if len(named) == 1 else None


def _row_of_turnover(reading: Reading, text: Text, header: int, index: int, column: int) -> Iterator[Candidate]:
    """Read the level beside "Déclaration concernant le chiffre d'affaires", of each lot or of the whole market."""
    block = text.blocks[index]
    if len(block.cells) != len(text.blocks[header].cells) or not compiled(_TURNOVER).search(fold(block.cells[0])):
        return
    for value, scope in _levels(fold(block.cells[column])):
        yield said(reading, TURNOVER, value, block, (0, len(block.text)), _CONFIDENCE, scope)


def _levels(told: str) -> Iterator[tuple[Decimal, Scope]]:
    parts = list(compiled(_ASKED_OF).finditer(told))
    for part, after in zip_longest(parts, parts[1:]):
        amount = next(amounts(told[part.end() : after.start() if after else len(told)]), None)
        if amount is not None and amount.value > 0:
            yield amount.value, Scope("lot", lot_number(part[1]))
    if not parts and not compiled(_NOT_OF_ALL).search(told):
        every = [amount.value for amount in amounts(told)]
        if len(every) == 1 and every[0] > 0:
            yield every[0], MARCHE


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
