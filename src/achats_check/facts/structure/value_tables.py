"""Amounts in a column of a table of lots."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.codes import lot_number
from achats_check.facts.french import amounts, bare_amount
from achats_check.facts.structure.partial_value import announcement, part_of_duration
from achats_check.facts.structure.scan import Text, missed, said
from achats_check.facts.structure.value_scope import of_a_part
from achats_check.facts.terms import Subject, held
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

_BOTH_LABELS = (
    r"(?:[\w°() ]{0,40}\b)?(?:montant |seuil )?minim(?:um|al)[^\d\n]{0,24}?(?:montant |seuil )?maxim(?:um|al)"
    r"[^\d\n]{0,24}"
)
_BOTH_AMOUNTS = r"(?<![\d,.])\d{1,3}(?: \d{3})*,\d{2}(?: ?€)? (\d{1,3}(?: \d{3})*,\d{2})(?: ?€)?$"
"""Both have their cents: without them nothing tells where the first one ends."""
_ALL_YEARS = r"\b(?:[2-9]|1\d|deux|trois|quatre|cinq|six|sept|huit) ans\b|\b(?:1[3-9]|[2-9]\d) ?mois\b"
_OF_A_PERIOD = (
    r"\W{0,3}(?:(?:la |pour la |pour l')?"
    r"(?:\d{1,2}(?:re|ere|er|e|eme)|premiere|deuxieme|seconde|troisieme|quatrieme) )?"
    r"(?:(?:periode|annee|an|reconduction|exercice)\b|20\d\d\b"
    r"|(?:du )?\d{1,2}(?:er)? [a-z]{3,9} 20\d\d|(?:du )?\d{1,2}/\d{1,2}/\d{2,4})"
)
"""How a row opens that is of one year, or of one period between renewals, of several."""
_MONEY = r"€|eur|\bht\b|montant|valeur"
_IN_EUROS = r"€|\beuros?\b|hors taxes?|\bmontants?\b"
"""What announces a table of money whose columns name no unit: "Les montants sont fixés comme suit, en euros :"."""
_TOTAL = r"\W{0,3}(?:soit )?(?:un |au )?total(?: general| des lots| des deux lots| estime| ht)?\W{1,4}(?:de )?(?=\d)"
_COLUMNS = (("valeur_maximale_ht", ("maxim", "plafond")), ("valeur_estimee_ht", ("estim",)))
"""Facts a table of lots gives, and words that the header of their column holds."""


def in_tables(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate | NearMiss]:
    """Yield the rows under a header "Lot | Montant minimum | Montant maximum" or "Lot | Intitulé | Valeur estimée"."""
    for name, words in _COLUMNS:
        for index in text.having(*words):
            column = _column(text, index, words, terms)
            if column is None:
                continue
            block = text.blocks[index]
            if name == "valeur_maximale_ht":
                yield said(reading, "accord_cadre.maximum_fixe", True, block, (0, len(block.text)), 0.8)
            last = len(text.blocks) if len(block.cells) > 1 else min(len(text.blocks), index + 2)
            for later in range(index + 1, last):
                if text.blocks[later].table != block.table:
                    yield from _total_below(reading, text, terms, name, later)
                    break
                yield from _cell(reading, text, terms, name, index, later, column)


def in_broken_tables(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate]:
    """Yield the ceilings of tables whose cells became lines: both labels, then both amounts, side by side."""
    for index in text.having("minim"):
        folded, around = text.folded[index], text.around(index, 2, 0)
        if text.blocks[index].cells or not compiled(_BOTH_LABELS).fullmatch(folded.strip()):
            continue
        if of_a_part(around, terms) and not held(terms["duree_entiere"], around):
            continue
        lot = MARCHE
        for later in text.following(index, 4):
            below = text.folded[later].strip()
            named = compiled(r"lots? (?:n ?° ?|no ?)?(\d{1,2}|[a-z]\d)\b").match(below)
            lot = Scope("lot", lot_number(named[1])) if named else lot
            both = compiled(_BOTH_AMOUNTS).search(below)
            value = bare_amount(both[1]) if both else None
            if value:
                block = text.blocks[later]
                yield said(reading, "valeur_maximale_ht", value, block, (0, len(block.text)), 0.82, lot)
                yield said(reading, "accord_cadre.maximum_fixe", True, block, (0, len(block.text)), 0.82)
                break


def _total_below(reading: Reading, text: Text, terms: Subject, name: str, index: int) -> Iterator[Candidate]:
    """Read "Total : 1 910 000 € HT" in the line below a table of lots: the sum of what its column gives."""
    folded = text.folded[index]
    amount = next(amounts(folded), None) if compiled(_TOTAL).match(folded) else None
    if amount is not None and amount.tax != "TTC" and not of_a_part(folded, terms):
        yield said(reading, name, amount.value, text.blocks[index], (0, len(folded)), 0.85)


def _column(text: Text, index: int, words: tuple[str, ...], terms: Subject) -> int | None:
    """Return the rank of the column of money that a header names, that of the whole duration first, or None."""
    block = text.blocks[index]
    headers = [fold(cell) for cell in block.cells]
    named = [rank for rank, cell in enumerate(headers) if any(word in cell for word in words)]
    whole = [rank for rank in named if _of_all_years(headers[rank], terms)]
    column = next(iter((*whole, *named)), None)
    if column is None or block.table is None or compiled(r"quantit|ttc").search(headers[column]):
        return None
    if len(headers) == 1 and not compiled(r"(?:montant )?maximum").match(headers[0]):
        return None
    below = "".join(text.folded[index + 1 : index + 2])
    of_money = compiled(_MONEY).search(text.folded[index]) or "€" in below
    return column if of_money or compiled(_IN_EUROS).search(announcement(text, index)) else None


def _of_all_years(header: str, terms: Subject) -> bool:
    """Say whether the header of a column is that of the whole duration: another one may tell the years."""
    told = held(terms["duree_entiere"], header) is not None or compiled(_ALL_YEARS).search(header) is not None
    return told and not of_a_part(header, terms)


def _cell(
    reading: Reading, text: Text, terms: Subject, name: str, header: int, index: int, column: int
) -> Iterator[Candidate | NearMiss]:
    cells = text.blocks[index].cells
    if len(cells) != len(text.blocks[header].cells):
        return
    value = bare_amount(fold(cells[column]).replace("ht", "").strip())
    if value is None or value <= 0:
        return
    start = sum(len(cell) + 1 for cell in cells[:column])
    span = (start, start + len(cells[column]))
    context = f"{announcement(text, header)}\n{text.folded[header]}"
    part = None
    whole = _of_all_years(fold(text.blocks[header].cells[column]), terms)
    if not whole and of_a_part(context, terms) and not held(terms["duree_entiere"], context):
        yield missed(reading, name, text.blocks[index], span, "montant d'une année ou d'une période")
        part = part_of_duration(terms, context)
        if part is None:
            return
    if compiled(_OF_A_PERIOD).match(fold(cells[0])) and not _of_all_years(fold(cells[0]), terms):
        yield missed(reading, name, text.blocks[index], span, "montant d'une année ou d'une période")
        return
    number = compiled(r"\s*(?:lot )?(?:n ?° ?)?(\d{1,2}|[a-z]\d)\b(?! ?\d{3})").match(text.folded[index])
    label = "".join(fold(cells[0]).split())  # a narrow column cuts its words
    lonely = (
        "total" in text.folded[index]
        or label == "total"
        or held(terms["tous_les_lots"], text.folded[index]) is not None
    )
    if name == "valeur_estimee_ht" and not number and not lonely:
        return
    scope = Scope("lot", lot_number(number[1])) if number and not lonely else MARCHE
    told = name if part is None else part[name]
    yield said(reading, told, value, text.blocks[index], (0, len(text.blocks[index].text)), 0.88, scope)
