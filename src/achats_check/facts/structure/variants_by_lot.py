"""Variants that some lots admit and others forbid: "Lot 1 : variantes permises. Autres lots : pas de variante."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from achats_check.facts.candidate import Candidate
from achats_check.facts.clauses.lots import lot_numbers, row_lot
from achats_check.facts.structure.choices import EMPTY, TICKED
from achats_check.facts.structure.lot_columns import cells_by_lot
from achats_check.facts.structure.scan import Text, said
from achats_check.facts.terms import Subject, held
from achats_check.facts.text import Reading, fold
from achats_check.model.document import Block
from achats_check.model.fact import Scope
from achats_check.patterns import compiled

_PARTS = (
    r"(?<![ (][lrdn])[.;](?=\s|$)|\n| [-–—] (?=lots? )"
    r"|(?:,|,? (?:et|mais)) (?=(?:non |pas )?(?:autoris|admis|accept|permis|interdi|exclu|refus|proscri)\w*"
    r" (?:pour|sur|au|aux|dans)\b[^,.;]{0,12}\blots?\b)"
)
"""Where a sentence ends, or turns to other lots: "autorisées pour le lot 1, interdites pour le lot 2"."""
_EXCEPT = r"\b(?:sauf|hormis|excepte\w*|a l'exception|hors)\b"
_ONLY = (
    r"\b(?:exclusivement|uniquement|seulement) (?:pour|sur|au|dans) (?:le |les )?lots?\b"
    r"|\blots? (?:n ?°s? ?)?\d{1,2}(?:(?:, | et )\d{1,2})*,? (?:exclusivement|uniquement|seulement)\b"
    r"|\b(?:pour|sur) (?:le seul|les seuls) lots?\b"
)
"""What gives a thing to some lots and denies it of the others."""
_LABEL = r"\W{0,3}variantes?(?: libres?| facultatives?| autorisees?)?\W{0,3}"
_OPTIONS = r"\bpse\b|\bprestations? supplementaires?|\boptions?\b"
_COLUMN = r"variantes?(?: [\w']+){0,6}"
_ANSWERS = (
    rf"(?P<box>[{TICKED}{EMPTY}])|[.;](?=\s)| [-–—](?= lots? )"
    r"|,(?= ?(?:non |pas )?(?:autoris|admis|accept|interdi|exclu|refus))|/(?= ?(?:avec|sans|oui|non)\b)"
)
_ADMITTED, _FORBIDDEN = "autorisees", "interdites"
_OPPOSITE = {_ADMITTED: _FORBIDDEN, _FORBIDDEN: _ADMITTED}
_CONFIDENCE = 0.88
_LEAST_CELLS = 3
"""The label, and two lots at least."""


def find_by_lot(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate]:
    """Yield ``variantes`` for each lot that a sentence or a table tells, the other lots too when it speaks of them.

    Args:
        reading: The document.
        text: Its text.
        terms: What says that variants are admitted or forbidden.
    """
    yield from _in_rows(reading, text, terms)
    yield from _in_columns(reading, text, terms)
    for index in text.having("lot"):
        block = text.blocks[index]
        if block.kind == "row":
            parts = _answers(text.folded[index]) if _is_labelled(block) else iter(())
        elif block.kind != "title" and _is_about_variants(text, index):
            parts = _parts(text.folded[index])
        else:
            continue
        named: set[str] = set()
        for start, end in parts:
            for value, lots, others in _told(text.folded[index][start:end], terms):
                named.update(lots)
                given = lots if not others else tuple(sorted(_all_lots(text) - named))
                for lot in given:
                    yield said(reading, "variantes", value, block, (start, end), _CONFIDENCE, Scope("lot", lot))


def _is_labelled(row: Block) -> bool:
    """Tell whether a row of a summary answers to "Variantes"."""
    return len(row.cells) == 2 and compiled(_LABEL).fullmatch(fold(row.cells[0])) is not None


def _answers(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of what the row of a summary answers, without the boxes left empty."""
    start, told = folded.find("\t") + 1, True
    for mark in compiled(_ANSWERS).finditer(folded, start):
        if told:
            yield start, mark.start()
        start = mark.end()
        told = mark["box"] in TICKED if mark["box"] else told
    if told:
        yield start, len(folded)


def _is_about_variants(text: Text, index: int) -> bool:
    folded = text.folded[index]
    beside_options = compiled(_OPTIONS).search(folded) is not None
    return "variante" in folded or ("variante" in fold(text.blocks[index].heading) and not beside_options)


def _parts(folded: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in compiled(_PARTS).finditer(folded):
        yield start, stop.end()
        start = stop.end()
    yield start, len(folded)


def _told(part: str, terms: Subject) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Yield each value that a sentence gives to lots, those lots, and whether it is to all the others instead."""
    whole, apart, excepted = _cut(part)
    value = _value(whole, terms)
    if value is None:
        return
    lots = lot_numbers(whole)
    if apart and lot_numbers(excepted):
        yield _value(excepted, terms) or _OPPOSITE[value], lot_numbers(excepted), False
        if not lots:
            yield value, (), True
    if compiled(r"\b(?:autres|reste des) lots\b").search(whole):
        yield value, (), True
    elif lots and not compiled(_OPTIONS).search(whole):
        yield value, lots, False
        if value == _ADMITTED and compiled(_ONLY).search(whole):
            yield _FORBIDDEN, (), True


def _cut(part: str) -> tuple[str, bool, str]:
    mark = re.search(_EXCEPT, part)
    return (part, False, "") if mark is None else (part[: mark.start()], True, part[mark.end() :])


def _value(told: str, terms: Subject) -> str | None:
    if held(terms["refusees"], told):
        return _FORBIDDEN
    return _ADMITTED if held(terms["admises"], told) else None


def _all_lots(text: Text) -> set[str]:
    """Return the numbers of the lots that a piece names, in its sentences and its tables."""
    rows = (row_lot(text.blocks, block) for block in text.blocks if block.kind == "row")
    told = (lot for index in text.having("lot") for lot in lot_numbers(text.folded[index]))
    return {lot.id for lot in rows if lot is not None} | set(told)


def _in_columns(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate]:
    """Yield what the row "Variantes" of a table with a column for each lot says of each."""
    for index in text.having("variante"):
        start = 0
        for lot, cell in zip(lots_across(text, index), text.folded[index].split("\t"), strict=False):
            value = _value(cell.strip(), terms) if lot is not None else None
            if lot is not None and value is not None:
                yield said(
                    reading, "variantes", value, text.blocks[index], (start, start + len(cell)), _CONFIDENCE, lot
                )
            start += len(cell) + 1


def lots_across(text: Text, index: int) -> list[Scope | None]:
    """Return the lot of each cell of a row "Variantes" whose table heads its columns with lots, else nothing."""
    block = text.blocks[index]
    if block.kind != "row" or block.table is None or not compiled(_LABEL).match(text.folded[index].split("\t")[0]):
        return []
    header = index
    while header and text.blocks[header - 1].table == block.table:
        header -= 1
    named = [lot_numbers(cell) for cell in text.folded[header].split("\t")]
    if header == index or len(named) < _LEAST_CELLS or any(len(lots) != 1 for lots in named[1:]):
        return []
    return [None, *(Scope("lot", lots[0]) for lots in named[1:])]


def _in_rows(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate]:
    """Yield what the column "Variantes" of a table of lots says of each."""
    for row, cell, lot in cells_by_lot(text, ("variante",), _COLUMN):
        value = _value(cell, terms)
        if value is not None:
            yield said(reading, "variantes", value, row, (0, len(row.text)), _CONFIDENCE, lot)
