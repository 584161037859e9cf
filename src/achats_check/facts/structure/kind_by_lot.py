"""The kind of purchase of each lot, told by a column of the table of lots: "Lot | Intitulé | Nature"."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate
from achats_check.facts.codes import lot_number
from achats_check.facts.structure.scan import said, text_of
from achats_check.facts.terms import Subject, opening
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import Scope
from achats_check.patterns import compiled

_COLUMN = (
    r"(?:nature|type|categorie)(?: d(?:u|e|es|e la|e l')? ?(?:marche|contrat|achat|lot|prestations?)s?)?"
    r"|marche|contrat"
)
_KIND = r"(?:marche (?:public )?(?:de )?)?(?:travaux|fournitures?|services?)"
"""A cell that says one kind and nothing else: "Fournitures et services" is none of them."""
_LOT = r"(?:lots?\b)?[ -]{0,2}(?:n ?° ?)?(\d{1,4})"
_ROWS = 60
_COLUMNS = 2


def find(reading: Reading, natures: Subject) -> Iterator[Candidate]:
    """Yield the ``type`` of each lot that a row of such a table gives.

    Args:
        reading: The piece.
        natures: What says the kind of a purchase.
    """
    text = text_of(reading)
    for index in text.having("lot"):
        header = [fold(cell).strip() for cell in text.blocks[index].cells]
        column = next((rank for rank, cell in enumerate(header) if rank and compiled(_COLUMN).fullmatch(cell)), None)
        if len(header) <= _COLUMNS or column is None:
            continue
        for later in text.rows_under(index, _ROWS):
            block = text.blocks[later]
            lot = compiled(_LOT).fullmatch(fold(block.cells[0]).strip())
            told = fold(block.cells[column]).strip()
            kind = (
                opening(natures["formulaires"], told.rpartition("de ")[2]) if compiled(_KIND).fullmatch(told) else None
            )
            if lot is not None and kind is not None:
                scope = Scope("lot", lot_number(lot[1]))
                yield said(reading, "type", kind, block, (0, len(block.text)), 0.9, scope)
