"""Durations in a column of a table of lots, with the renewals that its row tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from achats_check.facts.french import durations, number_in_letters, whole_months
from achats_check.facts.structure.lot_columns import lots_below
from achats_check.facts.structure.renewals import renewal_count
from achats_check.facts.structure.scan import Text
from achats_check.facts.structure.spells import Spell
from achats_check.facts.text import fold
from achats_check.model.document import Block
from achats_check.model.fact import Scope
from achats_check.patterns import compiled

_RENEWALS = ("reconduc", "renouvel")
_TOTAL = r"duree (?:totale|maxim\w+|globale)|(?:reconductions?|renouvellements?|periodes?) (?:compris|inclus)"
"""The column of the longest duration."""
_NONE = r"\W*(?:sans(?: objet| reconduction)?|aucune?|neant|non|0|pas de \w+)?\W*"
_SO_MANY = r"\W*(\d{1,2}|une?|deux|trois|quatre|cinq|six) ?(?:fois|x|reconductions?|renouvellements?|periodes?)\b"


def by_lot(text: Text) -> Iterator[Spell]:
    """Yield the durations of a table "Lot | … | Durée", each its lot's."""
    for index in text.having("duree"):
        header = [fold(cell).strip() for cell in text.blocks[index].cells]
        column = next((rank for rank, cell in enumerate(header) if cell.startswith("duree")), None)
        if not column:
            continue
        rows = [spell for row, lot in lots_below(text, index) for spell in _of_row(row, lot, header, column)]
        told = any(spell.whole for spell in rows)
        yield from (spell._replace(whole=told) for spell in rows)


def _of_row(block: Block, lot: Scope, header: Sequence[str], first: int) -> Iterator[Spell]:
    """Yield the duration of the lot of a row: a table that tells the renewals of one lot tells those of all."""
    cells = [fold(cell) for cell in block.cells]
    total = next((rank for rank, cell in enumerate(header) if compiled(_TOTAL).search(cell)), None)
    spell = next(durations(cells[first if total is None else total]), None)
    if spell is None:
        return
    months = whole_months(spell.months)
    aside = next((rank for rank, cell in enumerate(header) if rank != first and cell.startswith(_RENEWALS)), None)
    renewals = _renewals(cells[aside], months) if aside is not None else _renewals(cells[first][spell.end :], months)
    if total is not None:
        yield Spell(months, block, 0, len(block.text), lot, whole=True)
    elif renewals is not None and (aside is not None or renewals):
        yield Spell(months + renewals, block, 0, len(block.text), lot, whole=True)
    else:
        yield Spell(months, block, 0, len(block.text), lot)


def _renewals(told: str, initial: int) -> int | None:
    """Return the months of the renewals that a cell tells, as long as the first period unless it says otherwise."""
    if compiled(_NONE).fullmatch(told):
        return 0
    counted = compiled(_SO_MANY).match(told)
    figure = counted[1] if counted is not None else ""
    count = int(figure) if figure.isdigit() else number_in_letters(figure) if figure else renewal_count(told)
    if count is None:
        return None
    each = next(durations(told), None)
    return count * (whole_months(each.months) if each is not None else initial)
