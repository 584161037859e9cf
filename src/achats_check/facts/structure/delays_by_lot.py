"""The time to perform each lot, in a table "Lot | Désignation | Délai d'exécution"."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate
from achats_check.facts.clauses.lots import row_lot
from achats_check.facts.french import durations
from achats_check.facts.structure.scan import Text, said
from achats_check.facts.text import Reading, fold
from achats_check.patterns import compiled

_PERFORMING = r"d(?:'|e l')execution|de (?:la )?realisation|d[eu]s? (?:travaux|chantier|prestations)"
_COLUMN = rf"\W*delais?\b(?: contractuels?| globaux| global| propres?)?(?P<told> (?:{_PERFORMING})[^\n]{{0,60}})?\W*"
"""Title of the column; alone, "Délai" says no more than the line above the table does."""
_MOST_LOTS = 60


def find_by_lot(reading: Reading, text: Text) -> Iterator[Candidate]:
    """Yield ``delai_execution_mois`` of each lot whose row gives it."""
    for index in text.having("delai"):
        column = _column(text, index)
        if column is None:
            continue
        for later in text.rows_under(index, _MOST_LOTS):
            block = text.blocks[later]
            lot = row_lot(text.blocks, block)
            spell = next(durations(fold(block.cells[column])), None)
            if lot is not None and spell is not None:
                yield said(reading, "delai_execution_mois", spell.months, block, (0, len(text.folded[later])), 0.9, lot)


def _column(text: Text, index: int) -> int | None:
    """Return the rank of the column of the times to perform in a row of titles; None in any other block."""
    block = text.blocks[index]
    if block.kind != "row" or block.table is None:
        return None
    for rank, cell in enumerate(block.cells):
        title = compiled(_COLUMN).fullmatch(fold(cell))
        if title is not None and (title["told"] or compiled(_PERFORMING).search(text.around(index, 2, 0))):
            return rank or None
    return None
