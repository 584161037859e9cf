"""Tables with a row for each lot, read by column: "Lot | Intitulé | Nature", "N° | Désignation du lot | Délai"."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.clauses.lots import row_lot
from achats_check.facts.structure.scan import Text
from achats_check.facts.text import fold
from achats_check.model.document import Block
from achats_check.model.fact import Scope
from achats_check.patterns import compiled

_MOST_LOTS = 60


def cells_by_lot(text: Text, words: tuple[str, ...], title: str) -> Iterator[tuple[Block, str, Scope]]:
    """Yield the rows of tables of lots that have a column so titled, with the folded cell below it and the lot.

    Args:
        text: The document.
        words: Literals, one of which every such title holds.
        title: Pattern of the whole title.
    """
    for index in text.having(*words):
        header = text.blocks[index]
        ranks = range(1, len(header.cells)) if header.table is not None else ()
        titled = [rank for rank in ranks if compiled(title).fullmatch(fold(header.cells[rank]).strip())]
        for row, lot in lots_below(text, index) if titled else ():
            yield row, fold(row.cells[titled[0]]).strip(), lot


def lots_below(text: Text, header: int) -> Iterator[tuple[Block, Scope]]:
    """Yield the rows below the titles of a table of lots, each with its lot; none in a table of something else."""
    for later in text.rows_under(header, _MOST_LOTS):
        row = text.blocks[later]
        lot = row_lot(text.blocks, row)
        if lot is not None:
            yield row, lot
