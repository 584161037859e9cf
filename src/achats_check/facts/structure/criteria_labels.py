"""Which lots a list of criteria is for: the line that stands above it, "Pour les lots n° 01 et 02 :"."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.clauses.lots import lot_numbers
from achats_check.facts.line_starts import LINE_START
from achats_check.facts.structure.scan import Text
from achats_check.patterns import compiled

_NUMBERS = (
    r"\d{1,2}(?: ?(?:,|et|&|/|-|a|au) ?(?:(?:le|les|du|des|pour) )?(?:lots? ?)?(?:n ?°s? ?)?\d{1,2}(?!\d| ?%)){0,20}"
)
_GROUP = (
    r"(?:(?:groupe|famille|ensemble|categorie|cas)s? (?:de lots? )?(?:n ?° ?)?(?:[a-z]|\d{1,2}|[ivx]{1,4}) ?[-:(] ?)?"
)
"""What may name the lots together before they are counted: "Groupe B – Lots 5, 6 et 9 :"."""
_LABEL = (
    rf"{LINE_START}{_GROUP}(?:criteres? (?:[a-z']+,? ){{0,6}}(?:[-:(] ?)?)?"
    r"(?:(?:pour|concernant|applicables?|propres?|relatifs?) )?(?:(?:le|les|au|aux|du|des) )?"
    rf"(?P<lots>lots? ?(?:n ?°s? ?|n[o°]? ?|numeros? )?{_NUMBERS})(?=\s*(?:$|[:,;.()\"–—-]|\s[a-z]))"
)
_NOT_LABEL = (
    r"\bcandidats?\b|\bsoumissionn|\breserve"
    r"|\b(?:est|sont|sera|seront)\b"
    r"(?! (?:\w+ ){0,2}?(?:not|jug|appreci|class|choisi|determin|evalu|ponder)\w*[^.]{0,60}:$)"
)
"""What a label does not say, unless it says how offers are judged: "Lot 1 - Les offres sont jugées ainsi :"."""
_FOR_SOME = (
    r"^(?![^\n]*\b(?:candidat|soumissionn|sous[- ]criteres))"
    r"[^\n]*\bcriteres\b[^.:;\d\n]{0,120}\b(?:(?:pour )?(?:le|les)|du|des|au|aux)\s"
    rf"(?P<lots>lots? ?(?:n ?°s? ?|n[o°]? ?|numeros? )?{_NUMBERS})\b(?! ?%)[^.:;\d\n]{{0,120}}"
    r"(?:\b(?:suivante?s?|ci-(?:apres|dessous)|comme suit)\b[^.:;\d\n]{0,40}[.:]?|:)\s*$"
)
"""A sentence that announces the list of some lots: "Les critères de jugement des offres des lots 1 et 2 sont : "."""
_HEAD_OF_WEIGHTS = r"(?:ponderation|poids|coefficient|bareme|points?|pts|note|%)s?(?: \(?(?:%|en %|sur \d{2,3})\)?)?"
"""The other cells of a row that names a lot where a table of criteria names its columns: "Lot 1 - Tonte | Points"."""
_LONGEST = 160
_FAR = 120
"""Blocks after the sentence that announces the criteria where the labels of its lists stand."""


def lots_labelled(text: Text, index: int) -> tuple[str, ...]:
    """Return the lots that a line says its list is for, () for any other line."""
    folded = _line(text, index)
    if "lot" not in folded:
        return ()
    if len(folded) > _LONGEST or not compiled(_LABEL).match(folded):
        trailing = compiled(rf"[:.]\s+(?P<own>{_LABEL}[^.;]{{0,60}})$").search(folded[-_LONGEST:])
        folded = trailing["own"] if trailing else folded
    match = compiled(_LABEL).match(folded) if len(folded) <= _LONGEST else None
    if match is None or compiled(_NOT_LABEL).search(folded):
        announced = compiled(_FOR_SOME).search(folded)
        return lot_numbers(announced["lots"]) if announced else ()
    return lot_numbers(match["lots"])


def _line(text: Text, index: int) -> str:
    """Return the folded text of a line, of a row whose cells are one, or of the name of a lot above its weights."""
    block = text.blocks[index]
    if block.kind != "row":
        return text.folded[index].strip()
    told = list(dict.fromkeys(cell.strip() for cell in text.folded[index].split("\t") if cell.strip()))
    headed = len(told) > 1 and all(compiled(_HEAD_OF_WEIGHTS).fullmatch(cell) for cell in told[1:])
    return told[0] if len(told) == 1 or headed else ""


def labels_below(text: Text, anchor: int) -> Iterator[int]:
    """Yield the lines that head the lists below a sentence, the last one of those that follow one another."""
    naming = {index for index in text.having("lot") if anchor < index}
    if not naming:
        return
    last = -1
    for later in text.following(anchor, _FAR):
        labelled = later in naming and bool(lots_labelled(text, later))
        if last >= 0 and not labelled:
            yield last
        last = later if labelled and not _weighs(text, later) else -1
        if labelled and last < 0:
            yield later
        if not labelled and text.blocks[later].kind == "title":
            return


def _weighs(text: Text, index: int) -> bool:
    """Say whether the label of a list holds the list itself: "Lot 1 : prix 60 %, délai 40 %"."""
    return compiled(r"\d ?(?:%|points?\b)").search(text.folded[index]) is not None


def lots_above(text: Text, index: int) -> tuple[str, ...]:
    """Return the lots of the labels that stand right above a line, one after the other, that line included."""
    found: list[str] = []
    for above in range(index, max(-1, index - 30), -1):
        if not text.folded[above].strip() or not text.is_body(above):
            continue
        own = lots_labelled(text, above)
        if above != index and (not own or _weighs(text, above)):
            break
        found = [*own, *found]
    return tuple(dict.fromkeys(found))
