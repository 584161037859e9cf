"""Hours of insertion told in a table, one row a lot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.clauses.headings import Headings
from achats_check.facts.clauses.ratio import tells_a_slice
from achats_check.facts.clauses.sentences import sentence
from achats_check.facts.clauses.values import number
from achats_check.facts.clauses.yearly_hours import OF_A_YEAR, tells_a_year, tells_hours_of_a_year
from achats_check.facts.codes import lot_number
from achats_check.facts.structure.from_periods import YEARLY
from achats_check.facts.text import Reading, fold
from achats_check.model.document import Block
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

LOT_CELL = compiled(r"\s*(?:lots?\s*)?(?:n\s?°\s*)?(\d{1,2})\b(?!\s?(?:h\b|%|€|heures?\b))")
HOURS_CELL = compiled(r"\s*(\d{1,3}(?:[ .]\d{3})+|\d{1,6})(?:,\d{1,2})?\s*(?:heures?|h)?\s*")
_NONE = compiled(r"\W{0,3}(?:sans objet|non concernee?|neant|aucune?|non|so|s\.o\.?)\W{0,3}|\s*(?:/|-|–|—|0)\s*")
_NUMBER_COLUMN = compiled(r"\W{0,3}(?:n\s?°s?|no|numeros?)\W{0,3}")
_SET_ASIDE = ("social.insertion", "social.condition_execution")
MOST_ROWS = 60
_TOTAL = compiled(r"\W*(?:(?:sous-)?total|ensemble|somme)\b[^\t]{0,40}")
_SPAN = compiled(r"\(?\b\d{1,2} ?(?:\([a-z -]{2,16}\) ?)?(?:ans|annees|mois)\b\)?|\(\d\)")
"""How long a column is for, or the call of a note: "Heures d'insertion (4 ans)" heads figures and is none."""
OF_A_CLAUSE = compiled(
    r"\binsertion\b|clauses? sociales?|eloignee?s? d(?:e l'emploi|u (?:marche du )?travail)|(?:acces|retour) a l'emploi"
    r"|(?:retour|parcours|chemins?|passerelles?|tremplins?) (?:a |vers )l'emploi"
    r"|d'acces ou de retour|\b(?:demandeu\w+|privee?s?) d'emploi|publics? (?:eloigne|prioritaire)s?"
)
"""What the words around a table of hours by lot say when these are those of a social clause."""
_HOURS_FACT = "social.heures_insertion"
_OF_A_LOT = compiled(
    r"(?<![\d.,])(?P<hours>\d{1,3}(?:[ .]\d{3})+|\d{2,6}) ?(?:heures?|h)\b[^.;,\d()]{0,40}?"
    r"[ (](?:pour |au titre du |sur )?(?:le )?lot ?(?:n ?° ?)?(?P<lot>\d{1,2})\b"
)
"""The hours of one lot among those of several, told in one sentence: "2 600 heures (lot 1) et 1 450 heures (lot 2)"."""


def find_hours(reading: Reading, texts: list[str], headings: Headings) -> Iterator[Candidate | NearMiss]:
    """Yield the hours of each lot of a table "Lot | … | Heures d'insertion", and which lots it sets aside.

    Args:
        reading: The document.
        texts: Folded text by block.
        headings: Titles above each block.
    """
    for block in reading.document.blocks:
        text = texts[block.index]
        if block.kind != "row" or not any(word in text for word in ("heure", "insertion", "total")):
            continue
        column = _column([fold(cell) for cell in block.cells], announced(headings, texts, block))
        if column is not None and OF_A_CLAUSE.search(f"{text}\n{announced(headings, texts, block)}"):
            yield from _rows(reading, texts, block, column)


def shared_out(results: Sequence[Candidate | NearMiss], texts: Sequence[str]) -> Iterator[Candidate | NearMiss]:
    """Yield results as they are, and the hours that the sentence of some gives to each other lot.

    Args:
        results: What the passages of a piece say.
        texts: Folded text by block.
    """
    read = {(r.scope, r.evidence.location.block) for r in results if isinstance(r, Candidate) and r.name == _HOURS_FACT}
    for result in results:
        yield result
        here = result.evidence.location
        if (
            not isinstance(result, Candidate)
            or result.name != _HOURS_FACT
            or result.scope == MARCHE
            or here.block is None
        ):
            continue
        left, right = sentence(texts[here.block], here.start, here.end)
        for figure in _OF_A_LOT.finditer(texts[here.block], left, right):
            scope, value = Scope("lot", lot_number(figure["lot"])), number(figure["hours"])
            if value and (scope, here.block) not in read:
                read.add((scope, here.block))
                yield result._replace(scope=scope, value=value)


def _column(cells: Sequence[str], before: str) -> int | None:
    """Return the rank of the column of the hours, None when the row is no header of lots."""
    if not heads_lots(cells, before) or any(tells_a_slice(cell) for cell in cells):
        return None
    told = [rank for word in ("heure", "insertion") for rank, cell in enumerate(cells) if rank and word in cell]
    if not told and "heure" in before:
        return _column_of_totals(cells)
    hours = [rank for rank in told if not any(c.isdigit() for c in _SPAN.sub("", cells[rank]))]
    if not told or told[0] not in hours:
        return None
    return next((rank for rank in hours if "heure" in cells[rank] and not tells_a_year(cells[rank])), told[0])


def _column_of_totals(cells: Sequence[str]) -> int | None:
    """Return the rank of the one column that adds up the others: "Lot | Tranche ferme | TO 1 | Total"."""
    totals = [rank for rank, cell in enumerate(cells) if rank > 1 and cell.strip().startswith("total")]
    return totals[0] if len(totals) == 1 else None


def heads_lots(cells: Sequence[str], before: str) -> bool:
    """Tell whether the folded cells of a row head a table that has a row for each lot.

    Args:
        cells: The cells.
        before: What announces the table.
    """
    if len(cells) < 2 or any(c.isdigit() for c in cells[0]):
        return False
    return "lot" in cells[0] or (_NUMBER_COLUMN.fullmatch(cells[0]) is not None and "lot" in before)


def announced(headings: Headings, texts: list[str], header: Block) -> str:
    """Return the titles above a table and the two lines that announce it."""
    lines = texts[max(0, header.index - 2) : header.index]
    return "\n".join([headings.above(header.index), *lines])


def _around(reading: Reading, texts: list[str], header: Block, column: int) -> list[str]:
    """Return the header of a table, the two lines that announce it, and the one that follows it.

    Beside a column of hours by year, that of the whole contract is told by its own title.
    """
    cells = [fold(cell) for cell in header.cells]
    apart = not tells_a_year(cells[column]) and any("heure" in c and tells_a_year(c) for c in cells)
    lines = [*texts[max(0, header.index - 2) : header.index], cells[column] if apart else texts[header.index]]
    blocks = reading.document.blocks[header.index + 1 : header.index + 1 + MOST_ROWS]
    below = next((block for block in blocks if block.table != header.table), None)
    return lines if below is None or below.kind == "title" else [*lines, texts[below.index]]


def _rows(reading: Reading, texts: list[str], header: Block, column: int) -> Iterator[Candidate | NearMiss]:
    name = YEARLY[_HOURS_FACT] if tells_hours_of_a_year(_around(reading, texts, header, column)) else _HOURS_FACT
    for block in reading.document.blocks[header.index + 1 : header.index + 1 + MOST_ROWS]:
        if block.table != header.table or block.kind != "row":
            return
        lot = LOT_CELL.match(texts[block.index])
        cell = fold(block.cells[column]) if len(block.cells) > column else ""
        if lot is None and name == _HOURS_FACT and _TOTAL.match(texts[block.index]):
            yield from _whole(reading, block, cell)
        if lot is None or not cell.strip():
            continue
        scope = Scope("lot", lot_number(lot[1]))
        evidence = reading.evidence(block)
        if _NONE.fullmatch(cell):
            yield from (Candidate(fact, False, evidence, 0.9, scope) for fact in _SET_ASIDE)
        hours = HOURS_CELL.fullmatch(cell) if "heure" in texts[header.index] or "h" in cell else None
        value = number(hours[1]) if hours else None
        if not value:
            continue
        yield Candidate(name, value, evidence, 0.9, scope)
        if name != _HOURS_FACT:
            yield NearMiss(_HOURS_FACT, evidence, OF_A_YEAR, undecided=True)
        for told in ("social.volume", *_SET_ASIDE):
            yield Candidate(told, True, evidence, 0.9, scope)


def _whole(reading: Reading, block: Block, cell: str) -> Iterator[Candidate]:
    """Yield the hours of the whole contract, which the last row of the table adds up."""
    hours = HOURS_CELL.fullmatch(cell)
    value = number(hours[1]) if hours else None
    if value:
        yield Candidate(_HOURS_FACT, value, reading.evidence(block), 0.85)
