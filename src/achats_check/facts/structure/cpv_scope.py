"""Whose a CPV code is: the market's, or that of the lot whose row, section, heading or words it stands with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from achats_check.facts.clauses.lots import lot_numbers
from achats_check.facts.codes import lot_number
from achats_check.facts.old_form import lot_of_section
from achats_check.facts.structure.printed_notice import lot_at
from achats_check.facts.structure.scan import Text
from achats_check.facts.text import fold
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

Code = tuple[str, int, int]
"""A code, and its span."""
_NUMBER_AND_CODE = r"\s*(?:lot )?(?:n ?° ?)?(\d{1,2}[a-z]?)[\s:-]+\d{8}"
_ROW_OF_LOT = r"\s*(?:lot )?(?:n ?° ?)?(\d{1,2})\s*\t[^\t]{0,4}[a-z]{3}"
_LOTS = r"(?P<lots>lots? (?:n ?° ?)?\d{1,2}(?: ?(?:,|et|a|-) ?\d{1,2}){0,9})"
_LOTS_BEFORE = rf"{_LOTS}\W{{0,4}}$"
_LOTS_AFTER = rf"[^.;\n\d]{{0,80}}(?:\bpour l\w+ |\(){_LOTS}\b"
_NEXT_OF_LOT = r"(?: ?-\d)?[^.;\n\t\d]{1,120}"
"""Between two codes of one lot: "Lot 4 : 77211400-6 (coupe) et 77211500-7"."""
_HEADING = (
    r"\W*(?:lot )?lots?(?:\(s\))?[ -]?(?:n ?° ?|no ?|numero )?:? ?0{0,3}(\d{1,2})\b"
    r"(?! ?(?:,|et|a|ou|&|/) ?(?:le )?(?:lot )?\d)"
)
"""What opens a line on one lot: "Lot n° 3 : Menuiseries", "Lot LOT-0003" once its code is made plain."""
_OF_THE_LOT = r"\b(?:du|de ce|de chaque|du present) lot\b(?! ?(?:n ?°|no\b|numero|\d))"
_LONGEST_HEADING = 250
_REACH = 6
_FAR = 12
"""Lines between the heading of a lot and its code: the description of a lot takes a few."""


def codes_of_lots(
    text: Text, index: int, codes: Sequence[Code], headed: str | None, lots: Sequence[str]
) -> Iterator[tuple[Scope, Code]]:
    """Yield each code of a block with whose it is; none of "the lot" of which nothing tells the number.

    Args:
        text: The document.
        index: The block.
        codes: Its codes.
        headed: The lot under whose heading the block stands, as ``under_headings`` tells it.
        lots: The lots that the piece is about, such as that of an act of engagement.
    """
    whole = _of_row(text, index)
    if whole is None:
        section = lot_of_section(text.folded, index) or lot_at(text, index) or headed
        whole = Scope("lot", section) if section is not None else None
    if whole is not None:
        yield from ((whole, code) for code in codes)
        return
    folded = text.folded[index]
    if compiled(_OF_THE_LOT).search(folded, 0, codes[0][1]):
        yield from ((Scope("lot", lots[0]), code) for code in (codes if len(lots) == 1 else ()))
        return
    yield from _each_as_named(folded, codes)


def _each_as_named(folded: str, codes: Sequence[Code]) -> Iterator[tuple[Scope, Code]]:
    """Yield the codes of a sentence, those of the lots named before or after them, or beside their neighbours."""
    after: list[tuple[str, ...]] = []
    before: list[tuple[str, ...]] = []
    told = 0
    starts = [start for _, start, _ in codes[1:]]
    for code, last, following in zip(codes, [0, *(end for _, _, end in codes)], [*starts, len(folded)], strict=False):
        joined = bool(after) and _are_joined(folded, last, code[1])
        opening = compiled(_LOTS_BEFORE).search(folded, max(last, told), code[1])
        closing = compiled(_LOTS_AFTER).match(folded, code[2], following)
        told = closing.end() if closing is not None else told
        same = before[-1] if joined and told <= last else ()
        before.append(lot_numbers(opening["lots"]) if opening is not None else same)
        after.append(lot_numbers(closing["lots"]) if closing is not None else ())
    for rank in range(len(codes) - 2, -1, -1):
        if not (after[rank] or before[rank]) and _are_joined(folded, codes[rank][2], codes[rank + 1][1]):
            after[rank] = after[rank + 1]
    for code, closed, opened in zip(codes, after, before, strict=True):
        for scope in [Scope("lot", lot) for lot in closed or opened] or [MARCHE]:
            yield scope, code


def _are_joined(folded: str, end: int, start: int) -> bool:
    """Tell whether nothing but the name of the first stands between two codes of one sentence."""
    between = folded[end:start]
    return compiled(_NEXT_OF_LOT).fullmatch(between) is not None and "principal" not in between


def under_headings(text: Text, told: Mapping[int, Sequence[Code]]) -> dict[int, str]:
    """Return the lot whose heading each block of codes stands under: "Lot n° 3 : …", a description, "CPV : …".

    Lots that are only listed above the code of the market are told by this, that only the last of them has one.

    Args:
        text: The document.
        told: The codes of each block that tells some.
    """
    own = {index: lot for index in told if (lot := _headed(text, index)) is not None}
    below = {index: lot for index in told if index not in own and (lot := _heading_above(text, index, told))}
    return {**own, **below} if len({*below.values()}) > 1 else own


def _headed(text: Text, index: int) -> str | None:
    folded = text.folded[index]
    heading = compiled(_HEADING).match(folded) if len(folded) <= _LONGEST_HEADING else None
    return lot_number(heading[1]) if heading is not None else None


def _heading_above(text: Text, index: int, told: Mapping[int, Sequence[Code]]) -> str | None:
    """Return the lot of the first heading above, unless another code or another title stands between."""
    beside = True
    for above in range(index - 1, max(-1, index - 1 - _FAR), -1):
        beside = beside and above in told
        lot = _headed(text, above)
        if lot is not None:
            return lot
        if (above in told and not beside) or text.blocks[above].kind == "title":
            return None
    return None


def _of_row(text: Text, index: int) -> Scope | None:
    """Return the lot of a row "3 | 45112500-0 | Terrassement", or "3 | Terrassement | 45112500-0"."""
    block, folded = text.blocks[index], text.folded[index]
    number = compiled(_NUMBER_AND_CODE).match(folded)
    if number is not None and "lot" in text.around(index, _REACH, 0):
        return Scope("lot", lot_number(number[1]))
    number = compiled(_ROW_OF_LOT).match(folded) if block.kind == "row" and len(block.cells) > 2 else None
    if number is None or "lot" not in f"{fold(block.heading)}\n{text.around(index, _REACH, 0)}":
        return None
    return Scope("lot", lot_number(number[1]))
