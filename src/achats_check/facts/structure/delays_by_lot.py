"""The time to perform each lot, in a table "Lot | Désignation | Délai d'exécution", or all told in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from achats_check.facts.candidate import Candidate
from achats_check.facts.clauses.headings import Headings
from achats_check.facts.clauses.lots import lot_numbers
from achats_check.facts.codes import lot_number
from achats_check.facts.french import Duration, durations
from achats_check.facts.line_starts import LINE_START
from achats_check.facts.structure.lot_columns import lots_below
from achats_check.facts.structure.scan import Text, said
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import Scope
from achats_check.patterns import compiled

_PERFORMING = r"d(?:'|e l')execution|de (?:la )?realisation|d[eu]s? (?:travaux|chantier|prestations)"
_COLUMN = rf"\W*delais?\b(?: contractuels?| globaux| global| propres?)?(?P<told> (?:{_PERFORMING})[^\n]{{0,60}})?\W*"
"""Title of the column; alone, "Délai" says no more than the line above the table does."""
_BARE_TITLE = rf"{LINE_START}delais?(?: contractuels?| globaux| propres)?(?: (?:par|de chaque|des) lots?)?\W*"
"""A title that says which delays through the article it stands in: "3.1 Délais" of "3 Délais d'exécution"."""
_TITLED = rf"\bdelais? (?:{_PERFORMING})"
_STARTS = r"\bdelais?\b[^.\n]{0,40}\b(?:part|cour|debut|commenc|compt)\w*[^.\n]{0,60}\bordres? de service"
_OF_ORDERS = r"\bbons? de commande|\blivraison|\bcommandes?\b"
_UNIT_AFTER = r"(?:\d{1,2}|[a-z]+) ?(?:mois|semaines?|jours?|ans?)\b"
_ITS_LOTS = (
    r" ?(?:calendaires? ?|ouvres? ?)?,? ?\(?(?:pour |concernant |s'agissant d[eu]s? )?(?:les? )?"
    rf"(lots? (?:n ?° ?)?\d{{1,2}}\b(?! ?[:=])(?: ?(?:,|et|a) ?(?!{_UNIT_AFTER})(?:lots? )?\d{{1,2}}\b){{0,8}})"
)
"""After a time: "14 mois (lot 1)", "10 mois pour les lots 3 et 4"."""
_LOT_FIRST = (
    r"\blot (?:n ?° ?)?0?(\d{1,2}) ?(?:\([^()]{1,80}\) ?)?"
    r"(?:[:=–-] ?(?:de )?|(?:(?:est|sera) (?:fixe )?)?(?:de |a ))$"
)
"""Before a time: "lot 1 : 14 mois", "celui du lot 2 est de 20 mois"."""


def find_by_lot(reading: Reading, text: Text) -> Iterator[Candidate]:
    """Yield ``delai_execution_mois`` of each lot whose row gives it."""
    headings = cache(lambda: Headings(text.blocks))  # few pieces need them, and making them reads the whole piece
    for index in text.having("delai"):
        column = _column(text, index, headings)
        if column is None:
            continue
        for row, lot in lots_below(text, index):
            spell = next(durations(fold(row.cells[column])), None)
            if spell is not None:
                yield said(reading, "delai_execution_mois", spell.months, row, (0, len(row.text)), 0.9, lot)


def _column(text: Text, index: int, headings: Callable[[], Headings]) -> int | None:
    """Return the rank of the column of the times to perform in a row of titles; None in any other block."""
    block = text.blocks[index]
    if block.kind != "row" or block.table is None:
        return None
    for rank, cell in enumerate(block.cells):
        title = compiled(_COLUMN).fullmatch(fold(cell))
        if title is not None and (title["told"] or _tells_performing(text, index, headings)):
            return rank or None
    return None


def _tells_performing(text: Text, index: int, headings: Callable[[], Headings]) -> bool:
    """Tell whether what stands above a column "Délai" says that it is the time to perform the works."""
    above = text.around(index, 2, 0)
    if compiled(_PERFORMING).search(above):
        return True
    if compiled(_OF_ORDERS).search(above):
        return False
    if compiled(_STARTS).search(above):
        return True
    own, _, parents = headings().own(index).partition("\n")
    return compiled(_BARE_TITLE).fullmatch(own) is not None and compiled(_TITLED).search(parents) is not None


def told_in_sentence(passage: str) -> dict[Scope, Duration]:
    """Return the time of each lot of "14 mois (lot 1), 12 mois (lot 2)"; {} when fewer than two lots have their own."""
    told: dict[Scope, Duration] = {}
    for spell in durations(passage):
        after = compiled(_ITS_LOTS).match(passage, spell.end)
        before = compiled(_LOT_FIRST).search(passage[: spell.start])
        named = (lot_number(before[1]),) if before else lot_numbers(after[1]) if after else ()
        for number in named:
            told.setdefault(Scope("lot", number), spell)
    return told if len(told) > 1 else {}
