"""CPV codes, in all the shapes tender documents give them, and the kind of purchase they imply."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.clauses.lots import lot_numbers
from achats_check.facts.codes import cpv_code, lot_number
from achats_check.facts.structure.scan import Text, said, text_of
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

_CODE = (
    r"(?<![\d.,/-])(?:(\d{8})(?: ?- ?\d(?!\d))?|(\d{2}(?: \d{2}){3}|\d{3} \d{3} \d{2}"
    r"|\d{5} \d{3}|(?:\d{4} \d{4}|\d{6} \d{2}|\d{7} \d)(?=-\d))(?: ?- ?\d(?!\d))?|(\d{7}) ?- ?\d)(?![\d])"
)
"""A narrow column cuts a code anywhere: its check digit then tells it from two numbers."""
_SURE = r"(?<![\d.,/-])\d{8}-\d(?!\d)"
_ROW_OF_LOT = r"\s*(?:lot )?(?:n ?° ?)?(\d{1,2})\s*\t[^\t]{0,4}[a-z]{3}"
_LOTS = r"(?P<lots>lots? (?:n ?° ?)?\d{1,2}(?: ?(?:,|et|a|-) ?\d{1,2}){0,9})"
_LOTS_BEFORE = rf"{_LOTS}\W{{0,4}}$"
_LOTS_AFTER = rf"[^.;\n\d]{{0,80}}\bpour l\w+ {_LOTS}\b"
_REACH = 6
_LONGEST_TABLE = 120
Code = tuple[str, int, int]
"""A code, and its span."""
_ANCHORS = ("cpv", "vocabulaire commun", "code principal", "codes principaux")
_LISTS = ("nomenclature", "classification")
"""Titles of a list of codes that does not name the vocabulary: only a code with its check digit is read there."""


def find(reading: Reading) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield the codes of the market and of the lots, and ``type`` from their division."""
    yield Sought("cpv", ("CPV", "vocabulaire commun des marchés", "code à 8 chiffres"))
    text = text_of(reading)
    if not any(word in text.joined for word in (*_ANCHORS, *_LISTS)):
        return
    seen: set[int] = set()
    main: list[Candidate] = []
    named = text.having(*_ANCHORS)
    listed = [index for index in text.having(*_LISTS) if index not in named]
    for anchor in (*named, *listed):
        for index in (anchor, *_below(text, anchor)):
            if index in seen:
                continue
            codes = _codes(text, index, index == anchor, checked=anchor in listed)
            if not codes and index != anchor and text.blocks[index].kind == "title":
                break
            seen.update([index] if codes else [])
            for candidate in _said(reading, text, index, codes):
                yield candidate
                main += [candidate] if candidate.scope == MARCHE else []
    yield from (_kind(candidate) for candidate in main[:1])


def _below(text: Text, anchor: int) -> Iterator[int]:
    """Yield the few lines under what announces codes, and the rest of its table when it heads one."""
    table = text.blocks[anchor].table
    for rank, index in enumerate(text.following(anchor, _LONGEST_TABLE)):
        if rank >= _REACH and (table is None or text.blocks[index].table != table):
            return
        yield index


def _codes(text: Text, index: int, anchored: bool, *, checked: bool) -> list[Code]:
    folded = text.folded[index]
    loose = not checked and (anchored or "cpv" in text.around(index, _REACH, 0) or text.blocks[index].kind == "row")
    found = []
    for match in compiled(_CODE if loose else _SURE).finditer(folded):
        code = cpv_code(next(g for g in match.groups() if g) if loose else match.group()[:8])
        if code is not None:
            found.append((code, match.start(), match.end()))
    return found


def _said(reading: Reading, text: Text, index: int, codes: list[Code]) -> Iterator[Candidate]:
    if not codes:
        return
    scope = _lot(text, index)
    row = _lot_of_row(text, index) if scope == MARCHE else None
    if row is not None and len(codes) == 1:
        yield said(reading, "cpv", (codes[0][0],), text.blocks[index], codes[0][1:], 0.95, row)
    for scope_of_code, (code, start, end) in _each_of_its_lot(text.folded[index], codes) if scope == MARCHE else ():
        yield said(reading, "cpv", (code,), text.blocks[index], (start, end), 0.9, scope_of_code)
    value = tuple(dict.fromkeys(code for code, _, _ in codes))
    span = (codes[0][1], codes[-1][2])
    yield said(reading, "cpv", value, text.blocks[index], span, 0.95, scope)


def _kind(main: Candidate) -> Candidate:
    """The first code of a piece is the main one."""
    codes = main.value if isinstance(main.value, tuple) else ()
    kind = kind_of(str(codes[0]))
    return main._replace(name="type", value=kind, confidence=0.8, evidence=main.evidence._replace(value=kind))


def _lot(text: Text, index: int) -> Scope:
    """A row "3 | 45112500-0 | Terrassement" under a header "Lot(s)" gives the code of lot 3."""
    match = compiled(r"\s*(?:lot )?(?:n ?° ?)?(\d{1,2}[a-z]?)[\s:-]+\d{8}").match(text.folded[index])
    if match is None or "lot" not in text.around(index, _REACH, 0):
        return MARCHE
    return Scope("lot", lot_number(match[1]))


def _each_of_its_lot(folded: str, codes: list[Code]) -> list[tuple[Scope, Code]]:
    """Return each code with its lots in "CPV lot 1 : 90911200. CPV lot 2 : 79710000"; none if one has no lot."""
    found: list[tuple[Scope, Code]] = []
    starts = [start for _, start, _ in codes[1:]]
    for code, last, following in zip(codes, [0, *(end for _, _, end in codes)], [*starts, len(folded)], strict=False):
        before = compiled(_LOTS_BEFORE).search(folded, last, code[1])
        after = compiled(_LOTS_AFTER).match(folded, code[2], following)
        named = after or before
        if named is None:
            return []
        found += [(Scope("lot", lot), code) for lot in lot_numbers(named["lots"])]
    return found if len(codes) > 1 else []


def _lot_of_row(text: Text, index: int) -> Scope | None:
    """Return the lot of a row "3 | Terrassement | 45112500-0": its code is its own, and one of those of the market."""
    block = text.blocks[index]
    number = compiled(_ROW_OF_LOT).match(text.folded[index]) if block.kind == "row" and len(block.cells) > 2 else None
    if number is None or "lot" not in f"{fold(block.heading)}\n{text.around(index, _REACH, 0)}":
        return None
    return Scope("lot", lot_number(number[1]))


def kind_of(code: str) -> str:
    """Return the kind of purchase of a CPV code: division 45 is works, 50 to 98 services, the rest supplies."""
    division = int(code[:2])
    if division == 45:
        return "travaux"
    return "services" if division >= 50 else "fournitures"
