"""The kind of purchase of each lot, told by a column of the table of lots: "Lot | Intitulé | Nature"."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate
from achats_check.facts.structure.lot_columns import cells_by_lot
from achats_check.facts.structure.scan import Text, said
from achats_check.facts.terms import Subject, opening
from achats_check.facts.text import Reading
from achats_check.patterns import compiled

_TITLES = ("nature", "type", "categorie", "marche", "contrat")
_COLUMN = (
    r"(?:nature|type|categorie)(?: d(?:u|e|es|e la|e l')? ?(?:marche|contrat|achat|lot|prestations?)s?)?"
    r"|marche|contrat"
)
_KIND = r"(?:marche (?:public )?(?:de )?)?(travaux|fournitures?|services?)\W*"
"""A cell that says one kind and nothing else: "Fournitures et services" is none of them."""


def find_by_lot(reading: Reading, text: Text, natures: Subject) -> Iterator[Candidate]:
    """Yield the ``type`` of each lot whose row gives it.

    Args:
        reading: The piece.
        text: Its text.
        natures: What says the kind of a purchase.
    """
    for row, cell, lot in cells_by_lot(text, _TITLES, _COLUMN):
        told = compiled(_KIND).fullmatch(cell)
        kind = opening(natures["formulaires"], told[1]) if told is not None else None
        if kind is not None:
            yield said(reading, "type", kind, row, (0, len(row.text)), 0.92, lot)
