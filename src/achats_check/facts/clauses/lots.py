"""Lots named beside a passage: "le lot 6 est réservé…", "lots 2 et 3", an article per lot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from achats_check.facts.codes import lot_number
from achats_check.facts.old_form import lot_of_section
from achats_check.facts.text import fold
from achats_check.model.document import Block
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

_LIST = compiled(
    r"(?<!nombre de )(?<!nombre total de )\blots?\s*(?:n\s?[°o]s?\s?\.?\s*"
    r"|numeros?\s+)?(\d{1,3}(?!\d)(?:\s*(?:\([^()\d]{1,40}\)\s*)?(?:,|et|&|ou|/|-|a|au)\s*(?:(?:le|du|les)\s+)?"
    r"(?:lots?\s*)?(?:n\s?[°o]s?\s*)?\d{1,3}(?!\d|\s?\d{3}\b|\s?[%€]|\s?(?:h|mois|ans?|jours?"
    r"|heures)\b)){0,30})"
)
_RANGE = compiled(r"(\d+)\s*(?:a|au|-)\s*(?:(?:le|du)\s+)?(?:lots?\s*)?(?:n\s?[°o]s?\s*)?(\d+)")
EVERY = compiled(
    r"\b(?:tous les (?:lots|titulaires)|chaque (?:lot|titulaire|attributaire)(?! (?:d'un |des? |du )?lots?\b"
    r"| concerne)|chacun des lots(?! ?(?:n ?° ?)?\d)|l'ensemble des lots|tout lot)\b"
)
"""What gives something to every lot, in folded text."""
_THE_OTHERS = compiled(
    r"(?<!contrairement aux )(?<!difference des )(?<!inverse des )\b(?:autres lots|lots restants|reste des lots)\b"
)
"""Lots that are denied what others have: "Les autres lots n'ont aucune clause sociale"."""
_ITS_LOT = compiled(
    r"\s*(?:heures?\b|h\b|%|€|euros?)?\s*(?:ht\s*)?(?:de travail\s*)?(?:d'insertion\s*)?"
    r"(?:par an(?:nee)?\s*|annuelles?\s*|minimum\s*)?,?\s*(?:\((?=[^()]{1,24}\))|\b(?=pour|au|sur|dans))"
    r"(?:(?:pour|au titre du|sur|dans le cadre du|au)\s+)?(?:le\s+)?lot\s*(?:n\s?°\s*)?(\d{1,3})\b"
)
"""What follows a figure and names its lot: "1 200 heures pour le lot 1", "5 600 heures (lot 1)"."""
_EACH_OF = compiled(
    r"\bchacun des lots? ?(?:n ?°s? ?)?\d{1,2}(?:(?:, | et | a )(?:n ?° ?)?\d{1,2}\b(?! ?\d{3}\b| ?[%€])){1,12}"
)
"""Lots that one figure is for, each of them: "80 000 € pour chacun des lots 1 et 2"."""
_FIGURE = compiled(r"\d ?(?:heures?\b|h\b|%|€|euros?\b)")
_PART_END = compiled(r"[,;] (?!lot|le lot|pour|au titre)|\bet\b|\bcelui\b")
"""Where the part of a sentence that a figure stands in ends, and that of the next lot begins."""
_CELL = compiled(r"\W{0,3}(?:lot\s*(?:-0?)?)?(?:n\s?°\s*)?(\d{1,3}|[a-z]\d)(?:\s?[-–—:.]\s?[a-z][^\n]{0,160}|\W{0,3})")
"""The number of a lot in the column of lots, alone or before its title: "1 – Gros œuvre"."""
_LOT_COLUMN = compiled(r"\W{0,3}(?:(?:n\s?°s?|numeros?) (?:de |du |des )?)?lots?(?:\(s\))?(?: n\s?°)?\W{0,3}")
_NEXT_LOT = compiled(
    r"(?:[,;:]|\b(?:et|mais|tandis que|alors que))\s+(?:(?:seule?s?|pour|que|le|les|celui|ceux|du|des)\s+){0,3}lots?\s"
)
_SAYS = compiled(
    r"\b(?:comport|prevoi|contien|compren|inclu|impos|fait|font|fera|est\b|sont\b|sera\b|seront\b|a\b|ont\b|n'en)"
)
_THIS_LOT = compiled(r"\b(?:ce|present|le) lot\b(?! (?:n ?°|\d))|\blot (?:est |n'est pas |non )?reserve\b")
_ONLY_THIS_LOT = compiled(r"\W{0,3}(?:le |ce |present )?lot (?:est |n'est pas |non )?reserve\b(?!\s?[:?])")
"""A line of the form that a lot fills in: it may stand below its codes, its place, its value and its amounts."""
_LOT_HEAD = compiled(r"\W{0,3}lot(?:\(s\))? ?n ?° ?(\d{1,2})\b")
_ITS_OWN = compiled(r"\W{0,3}(?:(?:ce|le|present) lot\b(?! ?(?:n ?°|\d))|lot reserve\b)")
_RUN_IN_HEAD = compiled(r"\blot ?(?:n ?° ?)?(\d{1,2})\s{0,4}[:-]")
_BELOW_LOT, _FAR_BELOW_LOT = 8, 12
_NUMBER_COLUMN = compiled(r"\W{0,3}(?:n\s?°s?|numeros?)\W{0,3}")
_NAME_COLUMN = compiled(
    r"\W{0,3}(?:intitules?|designations?|libelles?|objets?|descriptions?|noms?) d(?:u|es) lots?\W{0,3}"
)
_BARE_NAME_COLUMN = compiled(r"\W{0,3}(?:intitules?|designations?|libelles?|objets?)(?: d(?:u|es) lots?)?\W{0,3}")
_ON_LOTS = compiled(
    r"[^a-z]{0,12}(?:article )?[\d.]{0,6}\W{0,6}"
    r"(?:(?:les |liste des |decoupage en |division en |decomposition en )?lots|allotissement)\W{0,3}"
)
"""Title of the article that lists the lots: the names in its table need not say of what."""
_STATES = compiled(
    r"\b(?:s'appliqu\w+|est|sont|sera|seront|doi(?:t|vent)|devra|devront|comporte|prevoit|concerne|compren\w+|fait|font)\b"
    r".{0,140}[.;]\s*$"
)
"""A paragraph of one sentence, taken for a title: what it says of lots is its own, and heads nothing."""
_OPENS = compiled(
    r"\W{0,3}(?:(?:article )?[a-z]?\d{0,2}(?:[.-]\d{1,2}){0,4}\s?[-–.):]{0,2}\s)?\W{0,2}(?:pour )?(?:le |les )?"
    r"(lots? ?(?:n ?°s? ?)?\d{1,2}(?:(?:, | et | a | & )(?:n ?° ?)?\d{1,2})*)(?: ?\([^()]{1,60}\))? ?[:–—]\s"
    r"|\W{0,3}(?:[a-z]{4,20} ){1,3}"
    r"\((lots? ?(?:n ?°s? ?)?\d{1,2}(?:(?:, | et | a | & )(?:n ?° ?)?\d{1,2})*)\) ?[:–—]\s"
)
"""What opens a paragraph on some lots: "6.7 Lot 3 : … ; aucune heure n'est demandée", "Social (lot 2) : …"."""
_MOST = 60
_BESIDE = 30


def lot_numbers(text: str) -> tuple[str, ...]:
    """Return the numbers of the lots a folded text names, in order, or () when it names none or all."""
    if "lot" not in text or EVERY.search(text):
        return ()
    found: list[str] = []
    for match in _LIST.finditer(text):
        found.extend(_expanded(match.group(1)))
    return tuple(dict.fromkeys(found))[:_MOST]


def _expanded(numbers: str) -> list[str]:
    spans: list[str] = []
    for low, high in _RANGE.findall(numbers):
        if int(low) < int(high) <= int(low) + _MOST:
            spans.extend(str(n) for n in range(int(low), int(high) + 1))
    singles = [lot_number(n) for n in re.findall(r"\d+", numbers)]
    return sorted({*spans, *singles}, key=int)


def scopes(sentence: str, heading: str) -> tuple[Scope, ...]:
    """Return the lots named in a sentence, else in the heading above it, else the whole market."""
    numbers = lot_numbers(sentence)
    if not numbers and not EVERY.search(sentence):
        numbers = _numbers_in_heading(heading)
    return tuple(Scope("lot", number) for number in numbers) or (MARCHE,)


@lru_cache(maxsize=256)
def _numbers_in_heading(heading: str) -> tuple[str, ...]:
    """Return the numbers of the lots that the titles of a heading name, one a line: it stands above many sentences.

    The number that opens a title is that of an article, whatever ends the one before: "aux deux lots", "7 – Pénalités".
    """
    titles = [title for title in heading.split("\n") if not _STATES.search(title)]
    if any(EVERY.search(title) for title in titles):
        return ()
    return tuple(dict.fromkeys(number for title in titles for number in lot_numbers(title)))[:_MOST]


def is_of_the_others(text: str, start: int, end: int) -> bool:
    """Tell whether the words before a passage give it to the lots that others leave: nothing is said of the market."""
    return _THE_OTHERS.search(text, start, end) is not None


def own_part(text: str, sentence: tuple[int, int], start: int, end: int) -> tuple[int, int]:
    """Return the part of a sentence that a passage is in, when it says one thing of a lot and another of the next.

    Args:
        text: Folded text of the block.
        sentence: Span of the sentence.
        start: First character of the passage.
        end: One past its last character; a passage over two parts is about the whole sentence.
    """
    left, right = sentence
    if text.find("lot", left, right) < 0:
        return sentence
    for turn in _NEXT_LOT.finditer(text, left, right):
        if not (_SAYS.search(text, left, turn.start()) and _SAYS.search(text, turn.end(), right)):
            continue
        if start < turn.start() < end:
            return sentence
        if turn.start() >= end:
            return left, turn.start()
        left = turn.start()
    return left, right


def figure_scopes(
    text: str, start: int, end: int, sentence: tuple[int, int], heading: str, figure_end: int | None = None
) -> tuple[Scope, ...]:
    """Return the lot a figure is about when its sentence names several, each with its own figure.

    Args:
        text: Folded text of the block.
        start: First character of the match that holds the figure.
        end: One past its last character.
        sentence: Span of the sentence.
        heading: Folded heading of the block.
        figure_end: One past the last character of the figure itself, when it is known.

    Returns:
        The lots, the whole market when none is named, or () when several are named and none is the figure's.
    """
    own = _ITS_LOT.match(text, figure_end) if figure_end is not None else None
    if own is not None:
        return (Scope("lot", lot_number(own[1])),)
    each = _EACH_OF.search(text, end, sentence[1])
    if each is not None:
        return tuple(Scope("lot", number) for number in lot_numbers(each.group())) or (MARCHE,)
    named = lot_numbers(text[slice(*sentence)])
    if len(named) < 2:
        return scopes(text[slice(*sentence)], heading)
    before = _named_before(text, sentence, figure_end if figure_end is not None else start)
    near = (
        before
        or lot_numbers(text[start:end])
        or lot_numbers(_PART_END.split(text[end : end + _BESIDE], maxsplit=1)[0])
        or lot_numbers(text[max(0, start - _BESIDE) : start])
    )
    return (Scope("lot", near[0]),) if len(near) == 1 else ()


def _named_before(text: str, sentence: tuple[int, int], figure: int) -> tuple[str, ...]:
    """Return the lots named last before a figure, when the sentence names a lot, then its figure, then another."""
    lots = list(_LIST.finditer(text, *sentence))
    first = _FIGURE.search(text, *sentence)
    if not lots or first is None or first.start() < lots[0].start():
        return ()
    return lot_numbers(next((match.group() for match in reversed(lots) if match.end() <= figure), ""))


def lot_of_notice(texts: Sequence[str], block: int) -> Scope | None:
    """Return the lot whose section of a notice holds a line, or that a line on "lot" stands below: "Lot N° 2 - …"."""
    of_section = lot_of_section(texts, block)
    if of_section is not None:
        return Scope("lot", of_section)
    if _THIS_LOT.search(texts[block]) is None:
        return None
    reach = _FAR_BELOW_LOT if _ONLY_THIS_LOT.match(texts[block]) else _BELOW_LOT
    for above in range(block - 1, max(-1, block - 1 - reach), -1):
        heads = _LOT_HEAD.match(texts[above])
        if heads is not None:
            return Scope("lot", lot_number(heads[1]))
    return None


def lot_before(text: str, start: int) -> Scope | None:
    """Return the lot that a sentence on "this lot" follows in its block: "Lot 2 - Tri. Lot réservé : …"; or None."""
    if _ITS_OWN.match(text, start) is None:
        return None
    heads = list(_RUN_IN_HEAD.finditer(text, 0, start))
    return Scope("lot", lot_number(heads[-1][1])) if heads else None


def opening_lots(text: str, start: int) -> tuple[Scope, ...]:
    """Return the lots that open a paragraph, for a passage in it; () when none does, or when it names another since.

    Args:
        text: Folded text of the block.
        start: First character of the passage.
    """
    opening = _OPENS.match(text)
    if opening is None or opening.end() > start:
        return ()
    lots = lot_numbers(opening[1] or opening[2])
    others = set(lot_numbers(text[opening.end() : start])).difference(lots)
    return () if others else tuple(Scope("lot", number) for number in lots)


def heads_lots(block: Block) -> bool:
    """Tell whether a block is the header of a table with a row for each lot: its words are told of those lots."""
    return block.kind == "row" and len(block.cells) > 1 and _LOT_COLUMN.fullmatch(fold(block.cells[0])) is not None


def row_lot(blocks: Sequence[Block], block: Block) -> Scope | None:
    """Return the lot of a row of a table whose first column is the number of the lot; None for any other block."""
    if block.kind != "row" or len(block.cells) < 2 or block.table is None:
        return None
    number = _CELL.fullmatch(fold(block.cells[0]))
    if number is None:
        return None
    for header in reversed(blocks[max(0, block.index - _MOST) : block.index]):
        if header.table != block.table:
            return None
        if header.cells and _counts_lots([fold(cell) for cell in header.cells], fold(header.heading)):
            return Scope("lot", lot_number(number[1]))
    return None


def _counts_lots(cells: Sequence[str], heading: str) -> bool:
    """Tell whether a row of titles numbers lots: "Lot | …", "N° | Intitulé du lot", "N° | …" under « Lots »."""
    if _LOT_COLUMN.fullmatch(cells[0]):
        return True
    if _NUMBER_COLUMN.fullmatch(cells[0]) is None:
        return False
    named = _BARE_NAME_COLUMN if _ON_LOTS.fullmatch(heading) else _NAME_COLUMN
    return any(named.fullmatch(cell) for cell in cells[1:])
