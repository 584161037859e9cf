"""CPV codes, in all the shapes tender documents give them, and the kind of purchase they imply."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.codes import cpv_code
from achats_check.facts.structure.cpv_scope import Code, codes_of_lots, under_headings
from achats_check.facts.structure.scan import Text, said, text_of
from achats_check.facts.text import Reading
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

_CODE = (
    r"(?<![\d.,/-])(?:(\d{8})(?: ?- ?\d(?!\d))?|(\d{2}(?: \d{2}){3}|\d{3} \d{3} \d{2}"
    r"|\d{5} \d{3}|(?:\d{4} \d{4}|\d{6} \d{2}|\d{7} \d)(?=-\d))(?: ?- ?\d(?!\d))?|(\d{7}) ?- ?\d)(?![\d])"
)
"""A narrow column cuts a code anywhere: its check digit then tells it from two numbers."""
_SURE = r"(?<![\d.,/-])\d{8}-\d(?!\d)"
_REACH = 6
_LONGEST_TABLE = 120
_ANCHORS = ("cpv", "vocabulaire commun", "code principal", "codes principaux")
_LISTS = ("nomenclature", "classification")
"""Titles of a list of codes that does not name the vocabulary: only a code with its check digit is read there."""


def find(reading: Reading) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield the codes of the market and of the lots, and ``type`` from their division."""
    yield Sought("cpv", ("CPV", "vocabulaire commun des marchés", "code à 8 chiffres"))
    text = text_of(reading)
    if not any(word in text.joined for word in (*_ANCHORS, *_LISTS)):
        return
    told = _told(text)
    headed = under_headings(text, told)
    main: list[Candidate] = []
    for index, codes in told.items():
        for candidate in _said(reading, text, index, codes, headed.get(index)):
            yield candidate
            main.append(candidate)
    yield from (_kind(candidate) for candidate in sorted(main, key=lambda c: c.scope != MARCHE)[:1])


def _told(text: Text) -> dict[int, list[Code]]:
    """Return the codes of each block that tells some, in the order in which what announces them is met."""
    told: dict[int, list[Code]] = {}
    named = text.having(*_ANCHORS)
    listed = [index for index in text.having(*_LISTS) if index not in named]
    for anchor in (*named, *listed):
        for index in (anchor, *_below(text, anchor)):
            if index in told:
                continue
            codes = _codes(text, index, index == anchor, checked=anchor in listed)
            if not codes and index != anchor and text.blocks[index].kind == "title":
                break
            if codes:
                told[index] = codes
    return told


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


def _said(reading: Reading, text: Text, index: int, codes: list[Code], headed: str | None) -> Iterator[Candidate]:
    own: dict[Scope, list[Code]] = {}
    for scope, code in codes_of_lots(text, index, codes, headed, reading.document.lots):
        own.setdefault(scope, []).append(code)
    for scope, same in own.items():
        value = tuple(dict.fromkeys(code for code, _, _ in same))
        yield said(reading, "cpv", value, text.blocks[index], (same[0][1], same[-1][2]), 0.95, scope)


def _kind(main: Candidate) -> Candidate:
    """The first code of a piece is the main one: that of a lot where none is told of the market."""
    codes = main.value if isinstance(main.value, tuple) else ()
    kind = kind_of(str(codes[0]))
    return main._replace(
        name="type", value=kind, confidence=0.8, scope=MARCHE, evidence=main.evidence._replace(value=kind)
    )


def kind_of(code: str) -> str:
    """Return the kind of purchase of a CPV code: division 45 is works, 50 to 98 services, the rest supplies."""
    division = int(code[:2])
    if division == 45:
        return "travaux"
    return "services" if division >= 50 else "fournitures"
