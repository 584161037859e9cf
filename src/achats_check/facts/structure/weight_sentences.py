"""Criteria and weights told together in one sentence or line."""

from collections.abc import Sequence
from decimal import Decimal

from achats_check.facts.structure.scan import Text
from achats_check.facts.structure.weight_details import out_of_a_hundred, without_details
from achats_check.facts.structure.weight_items import OTHER, WEIGHT, WHOLE, Item, nature_of, of_money, tidy, total
from achats_check.facts.terms import Term
from achats_check.patterns import compiled

_INLINE = (
    rf"([a-z][^;:()%\n\t]{{3,90}}?)(?:\s*\([^()%\d\n]{{3,80}}\)(?=\s*(?::|pour\b)))?\s*(?:\(|:|\bpour\b"
    rf"|\bpondere\w* a\b"
    rf"|-|\s(?=\d))\s*(?:\(?ponderation ?:? ?)?{WEIGHT}\s*(?:%|points?\b|pts\b|pour ?cents?)\s*\)?"
)
_REVERSED = (
    rf"{WEIGHT}\s*(?:%|points?|pts)\s+(?:pour|au titre d[eu]|sur) (?:la |le |les |l')?"
    r"([a-z][^;,.:()%\n\t\d]{2,60}?)(?=\s*(?:[,;.()]|et\b|$))"
)
_LEAD = (
    r"^(?:(?:[a-z']{1,12} ){0,5}criteres?(?: [a-z']{1,14}){0,6} (?:sont|seront)(?: les suivants)?\W+(?:la |le "
    r"|les |l')?"
    r"|(?:(?:d'abord|puis|ensuite|enfin) )?(?:et|ou|le critere|critere|du|de|la|l'|le|les|pour)\s+"
    r"|(?:[\w.]{1,4} )?criteres?(?: d'attribution| de jugement| de choix)? ?[-:] ?)"
)
"""What stands before the name of a criterion in a sentence."""
_WEIGHT_WORDS = ("ponderation", "poids", "coefficient")
_WEIGHED = rf"([a-z][^;:()%\n\t/]{{1,80}}?) ?\((?:ponderation|poids|coefficient) ?:? ?{WEIGHT} ?(?:%|points?)?\)"
"""A notice's list on one line: "Qualité (pondération : 45) / Prix (pondération : 55)"."""
_MARKED = rf"([a-z][^;:()%\n\t,]{{2,60}}?),? notee?s? sur {WEIGHT}(?! ?[\d/])(?: points?)?\b"
"""« le prix, noté sur 40, et la valeur technique, notée sur 60 »."""
_LABELLED = (
    rf"\b(?:nom|intitule) ?: ?([a-z][^\n\t:]{{2,120}}?) ?[-/|,;] ?(?:ponderation|poids|coefficient) ?: ?{WEIGHT}"
)
"""Lines of a notice that were joined: "Nom : Qualité / Pondération : 45 Critère de coût - Nom : Prix / …"."""

_LIST_HEAD = r"[^:\n\t]{0,60}\bcriteres?\b[^:\n\t\d]{0,80}:"
_BARE_PARTS = r"[,;/\t]"
_BARE_PART = r"\s*(?:et )?(?:\d ?[.)°-] ?)?([a-z][^\d\n:()]{2,60}?) ?[:=(-]? ?(\d{1,3})\)?\s*"
"""A name and a figure without a unit, between two commas."""


def told_together(text: Text, index: int, natures: Sequence[Term], whole: bool = False) -> list[Item]:
    """Read "prix (60 %), valeur technique (40 %)"; nothing of a ``whole`` one with a part that is no criterion."""
    folded = without_details(out_of_a_hundred(text.folded[index]))
    weighed = any(word in folded for word in _WEIGHT_WORDS) and compiled(_WEIGHED).search(folded)
    told = _WEIGHED if weighed else _INLINE
    if "note" in folded and len(compiled(_MARKED).findall(folded)) > 1:
        told = _MARKED
    if told == _INLINE and "%" not in folded and "point" not in folded and "pts" not in folded:
        return _in_bare_figures(text, index, natures)
    in_points: list[Item] = []
    in_percents: list[Item] = []
    for match in compiled(told).finditer(folded):
        weight = Decimal(match[2].replace(",", "."))
        name = tidy(compiled(_LEAD).sub("", _tail(match[1])))
        start = (
            match.start(1) + folded[match.start(1) : match.end(1)].rfind(name) if name in match[1] else match.start(1)
        )
        if 0 < weight <= 100 and nature_of(name, natures) != OTHER and "critere" not in name:
            raw = tidy(text.blocks[index].text[start : match.end(1)])
            kept = in_percents if "%" in match.group() else in_points
            kept.append(Item(raw, weight, 0, text.blocks[index], start, match.end(), "%"))
        elif whole:
            return []
    if in_points and in_percents:  # points detail one of the percentages, or percentages what the points judge
        return next((items for items in (in_percents, in_points) if total(items) == WHOLE and len(items) > 1), [])
    items = in_percents or in_points
    if "sous-criter" in folded and not of_money(items, natures):
        return []
    return items if len(items) > 1 else _reversed(text, index, natures)


def labelled_together(text: Text, index: int) -> list[Item]:
    """Read a paragraph that joins several lines of a form, each criterion under its labels."""
    folded, block = text.folded[index], text.blocks[index]
    found = list(compiled(_LABELLED).finditer(folded)) if "nom" in folded or "itule" in folded else []
    return [
        Item(
            tidy(block.text[slice(*match.span(1))]),
            Decimal(match[2].replace(",", ".")),
            0,
            block,
            *match.span(),
            "points",
        )
        for match in (found if len(found) > 1 else [])
    ]


def _in_bare_figures(text: Text, index: int, natures: Sequence[Term]) -> list[Item]:
    """Read "Critères d'attribution : prix 55, valeur technique 35, délai 10": nothing but names, and a sum of 100."""
    folded, block = text.folded[index].rstrip(" ."), text.blocks[index]
    start = compiled(_LIST_HEAD).match(folded)
    at = start.end() if start else 0
    items: list[Item] = []
    for part in compiled(_BARE_PARTS).split(folded[at:]):
        match = compiled(_BARE_PART).fullmatch(part)
        if match is None or nature_of(match[1], natures) == OTHER:
            return []
        name = tidy(block.text[at + match.start(1) : at + match.end(1)])
        items.append(Item(name, Decimal(match[2]), 0, block, at + match.start(1), at + match.end(2), "%"))
        at += len(part) + 1
    return items if len(items) > 1 and total(items) == WHOLE and of_money(items, natures) else []


def _reversed(text: Text, index: int, natures: Sequence[Term]) -> list[Item]:
    """Read "70 points pour le prix et 30 points pour la valeur technique"."""
    items = [
        Item(
            tidy(text.blocks[index].text[slice(*match.span(2))]),
            Decimal(match[1].replace(",", ".")),
            0,
            text.blocks[index],
            *match.span(),
            "%",
        )
        for match in compiled(_REVERSED).finditer(text.folded[index])
        if nature_of(match[2], natures) != OTHER and "critere" not in match[2]
    ]
    return items if len(items) > 1 else []


def _tail(name: str) -> str:
    """Keep what follows the last comma or list mark: "les critères suivants, le prix" is "le prix"."""
    return name.rsplit(",", 1)[-1].strip()
