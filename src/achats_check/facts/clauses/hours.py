"""Hours of insertion told in a table, one row a lot."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.clauses.headings import Headings
from achats_check.facts.clauses.values import number
from achats_check.facts.clauses.yearly_hours import OF_A_YEAR, tells_hours_of_a_year
from achats_check.facts.codes import lot_number
from achats_check.facts.structure.from_periods import YEARLY
from achats_check.facts.text import Reading, fold
from achats_check.model.document import Block
from achats_check.model.fact import Scope
from achats_check.patterns import compiled

_LOT = compiled(r"\s*(?:lots?\s*)?(?:n\s?°\s*)?(\d{1,2})\b(?!\s?(?:h|%|€|heures?))")
_HOURS = compiled(r"\s*(\d{1,3}(?:[ .]\d{3})+|\d{1,6})(?:,\d{1,2})?\s*(?:heures?|h)?\s*")
_MOST_ROWS = 60
_HOURS_FACT = "social.heures_insertion"


def find_hours(reading: Reading, texts: list[str], headings: Headings) -> Iterator[Candidate | NearMiss]:
    """Yield ``social.heures_insertion`` and ``social.volume`` of each lot of a table "Lot | … | Heures d'insertion".

    Args:
        reading: The document.
        texts: Folded text by block.
        headings: Titles above each block.
    """
    for block in reading.document.blocks:
        text = texts[block.index]
        if block.kind != "row" or "lot" not in text or "heure" not in text:
            continue
        column = _column(block)
        if column is not None and ("insertion" in text or "insertion" in _before(headings, texts, block)):
            yield from _rows(reading, texts, block, column)


def _column(header: Block) -> int | None:
    cells = [fold(cell) for cell in header.cells]
    if len(cells) < 2 or "lot" not in cells[0] or any(c.isdigit() for c in "".join(cells)):
        return None
    return next((rank for rank, cell in enumerate(cells) if rank and "heure" in cell), None)


def _before(headings: Headings, texts: list[str], header: Block) -> str:
    """Return the titles above a table and the two lines that announce it."""
    lines = texts[max(0, header.index - 2) : header.index]
    return "\n".join([headings.above(header.index), *lines])


def _around(reading: Reading, texts: list[str], header: Block) -> list[str]:
    """Return the header of a table, the two lines that announce it, and the one that follows it."""
    lines = texts[max(0, header.index - 2) : header.index + 1]
    blocks = reading.document.blocks[header.index + 1 : header.index + 1 + _MOST_ROWS]
    below = next((block for block in blocks if block.table != header.table), None)
    return lines if below is None or below.kind == "title" else [*lines, texts[below.index]]


def _rows(reading: Reading, texts: list[str], header: Block, column: int) -> Iterator[Candidate | NearMiss]:
    name = YEARLY[_HOURS_FACT] if tells_hours_of_a_year(_around(reading, texts, header)) else _HOURS_FACT
    for block in reading.document.blocks[header.index + 1 : header.index + 1 + _MOST_ROWS]:
        if block.table != header.table or block.kind != "row":
            return
        lot = _LOT.match(texts[block.index])
        hours = _HOURS.fullmatch(fold(block.cells[column])) if len(block.cells) > column else None
        value = number(hours[1]) if hours else None
        if lot is None or not value:
            continue
        scope = Scope("lot", lot_number(lot[1]))
        evidence = reading.evidence(block)
        yield Candidate(name, value, evidence, 0.9, scope)
        if name != _HOURS_FACT:
            yield NearMiss(_HOURS_FACT, evidence, OF_A_YEAR, undecided=True)
        for told in ("social.volume", "social.insertion", "social.condition_execution"):
            yield Candidate(told, True, evidence, 0.9, scope)
