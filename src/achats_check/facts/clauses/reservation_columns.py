"""Reservations told in a column of a table of lots: "Lot | Intitulé | Lot réservé (oui/non)"."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate
from achats_check.facts.clauses.lots import row_lot
from achats_check.facts.clauses.reservation import kinds_named
from achats_check.facts.clauses.values import articles
from achats_check.facts.text import Reading, fold
from achats_check.facts.word_index import blocks_of
from achats_check.model.document import Block
from achats_check.model.fact import Scope
from achats_check.patterns import compiled

_COLUMN = compiled(
    r"\W{0,3}(?:lots? |marches? )?(?:reserv(?:ation|ee?s?))(?: (?:du lot|oui ?/ ?non|esat|siae|ess))?\W{0,6}[^\n]{0,40}"
)
_WORD = "reserv"
"""What the title of such a column holds."""
_NOT_COLUMN = compiled(r"heures?|reception|levee")
_NONE = compiled(r"\W{0,3}(?:non(?: reservee?)?|neant|sans objet|aucune?|so)\W{0,3}|\s*[/–—-]\s*")
_ROLES = ("AAPC", "RC", "CCP", "CCAP", "AE")
_BOTH = frozenset({"handicap", "insertion"})
_MOST_ROWS = 60
_CONFIDENCE = 0.9


def find_reservation_columns(reading: Reading) -> Iterator[Candidate]:
    """Yield the category and the article of each lot of a table that has a column for them.

    Args:
        reading: The document.
    """
    if reading.role not in _ROLES:
        return
    blocks = reading.document.blocks
    for index in blocks_of(reading.words.with_item(_WORD)):
        header = blocks[index]
        column = _column(header) if header.kind == "row" else None
        if column is None:
            continue
        for row in blocks[header.index + 1 : header.index + 1 + _MOST_ROWS]:
            if row.table != header.table or len(row.cells) != len(header.cells):
                break
            lot = row_lot(blocks, row)
            if lot is not None:
                yield from _cell(reading, row, fold(row.cells[column]), lot)


def _column(header: Block) -> int | None:
    cells = [fold(cell).strip() for cell in header.cells]
    found = (
        rank for rank, cell in enumerate(cells) if rank and _COLUMN.fullmatch(cell) and not _NOT_COLUMN.search(cell)
    )
    return next(found, None)


def _cell(reading: Reading, row: Block, cell: str, lot: Scope) -> Iterator[Candidate]:
    evidence = reading.evidence(row)
    if _NONE.fullmatch(cell):
        yield Candidate("reservation.categorie", "aucune", evidence, _CONFIDENCE, lot)
        return
    kinds = kinds_named(cell)
    category = "handicap_et_insertion" if kinds == _BOTH else next(iter(kinds), None) if len(kinds) == 1 else None
    if category is not None:
        yield Candidate("reservation.categorie", category, evidence, _CONFIDENCE, lot)
        cited = articles(cell)
        yield from [Candidate("reservation.fondement", cited, evidence, _CONFIDENCE, lot)] if cited else []
