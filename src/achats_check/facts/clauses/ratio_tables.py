"""Hours of insertion by slice of an amount told in a table, one row a lot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.clauses.headings import Headings
from achats_check.facts.clauses.hours import HOURS_CELL, LOT_CELL, MOST_ROWS, OF_A_CLAUSE, announced, heads_lots
from achats_check.facts.clauses.ratio import HOURS, OF_AN_AMOUNT, SLICE, tells_a_slice
from achats_check.facts.clauses.values import number
from achats_check.facts.codes import lot_number
from achats_check.facts.french import amounts
from achats_check.facts.text import Reading, fold
from achats_check.model.document import Block
from achats_check.model.fact import Scope
from achats_check.patterns import compiled

_OF_HOURS = compiled(r"\bheures?\b|\bh\b|\bnombre d'heures\b")
_BARE_AMOUNT = compiled(r"\s*\d{1,3}(?:[ .]?\d{3})+(?:,\d{2})?\s*")
_IN_EUROS = compiled(r"€|\beuros?\b")
_CONFIDENCE = 0.88


def find_ratio_tables(reading: Reading, texts: list[str], headings: Headings) -> Iterator[Candidate | NearMiss]:
    """Yield the ratio of each lot of a table "Lot | Heures par tranche | Tranche", or "Lot | Heures par tranche de …".

    Args:
        reading: The document.
        texts: Folded text by block.
        headings: Titles above each block.
    """
    for block in reading.document.blocks:
        text = texts[block.index]
        if block.kind != "row" or "tranche" not in text:
            continue
        cells, before = [fold(cell) for cell in block.cells], announced(headings, texts, block)
        column = _column(cells) if heads_lots(cells, before) and OF_A_CLAUSE.search(f"{text}\n{before}") else None
        if column is not None:
            yield from _rows(reading, texts, block, column, cells)


def _column(cells: Sequence[str]) -> int | None:
    """Return the rank of the column of the hours; one of its row must tell that they are those of a slice."""
    if not any(tells_a_slice(cell) for cell in cells[1:]):
        return None
    return next((rank for rank, cell in enumerate(cells) if rank and _OF_HOURS.search(cell)), None)


def _rows(
    reading: Reading, texts: list[str], header: Block, column: int, titles: Sequence[str]
) -> Iterator[Candidate | NearMiss]:
    for row in reading.document.blocks[header.index + 1 : header.index + 1 + MOST_ROWS]:
        if row.table != header.table or row.kind != "row":
            return
        lot, cells = LOT_CELL.match(texts[row.index]), [fold(cell) for cell in row.cells]
        hours = HOURS_CELL.fullmatch(cells[column]) if lot and len(cells) == len(titles) else None
        value, amount = (number(hours[1]) if hours else None), _slice(titles, cells)
        if lot is None or not value or amount is None:
            continue
        scope, evidence = Scope("lot", lot_number(lot[1])), reading.evidence(row)
        yield NearMiss("social.heures_insertion", evidence, OF_AN_AMOUNT, undecided=True)
        yield Candidate(HOURS, value, evidence, _CONFIDENCE, scope)
        yield Candidate(SLICE, amount, evidence, _CONFIDENCE, scope)


def _slice(titles: Sequence[str], cells: Sequence[str]) -> Decimal | None:
    """Return the amount of the slice: told once in the title of a column, or beside the hours of each lot."""
    for title, cell in zip(titles, cells, strict=False):
        if "tranche" not in title:
            continue
        told = f"{cell} €" if _IN_EUROS.search(title) and _BARE_AMOUNT.fullmatch(cell) else cell
        amount = next((a for text in (title, told) for a in amounts(text) if a.tax != "TTC"), None)
        if amount is not None:
            return amount.value
    return None
