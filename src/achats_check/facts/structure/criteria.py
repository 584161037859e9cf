"""Award criteria with their weights, and what they say of social and environmental matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.structure.scan import Text, compiled, missed, said, sentence, text_of
from achats_check.facts.text import Reading, fold
from achats_check.model.document import Block
from achats_check.model.fact import MARCHE, Scope

_NATURES = (
    ("environnemental", r"eco-?\s?respons|developpement durable|environnement|ecolog|carbone|dechet|biodivers|emission|energetique|\brse\b"),
    ("social", r"insertion|socia[lu]|handicap|inclusi|egalite|emploi"),
    ("cout", r"cout (?:global|du cycle|complet)|cycle de vie"),
    ("prix", r"\bprix\b|\bcout|tarif|montant|financi|remise|honoraire|economique"),
    ("delai", r"delai|planning|calendrier|duree"),
    ("technique", r"techniq|qualite|methodolog|moyens|memoire|reference|organisation|service|competence|equipe|valeur|pertinence|performance"),
)
_ANCHOR = (
    r"criteres?[^.\n]{0,120}(?:ponder|suivants?|ci-dessous|ci-apres|poids|coefficient|classes?|hierarchis|\d|:\s*$)|criteres?\s+(?:d'attribution\s+)?(?:et |/ ?)?(?:sous[- ]criteres?\s+)?(?:ponderation|%|points|note|poids|coef)"
    r"|(?:juge|jugement|apprecie|choix|attribu|class)[^.\n]{0,120}criteres?|^\s*(?:\S+\s+)?criteres? (?:d'attribution|de jugement|de choix|de selection des offres)"
)
_NOT_ANCHOR = r"capacite|candidatures? (?:sont|seront)|criteres? de selection des candidat|\.{4,}"
_WEIGHT = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_ENDING = (
    rf"(?:[\s:(–-]|pondere[es]* (?:a|de)|sur|coef\w*|soit|pour|est de)*{_WEIGHT}\s*(%|points?\b|pts?\b|pour ?cents?|/ ?\d{{2,3}})?\s*\)?\s*(?:de la note[^\n]{{0,30}}|maximum|max)?\s*[.;,:]?\s*$"
)
_INLINE = rf"([a-z][^;:()%\n\t]{{3,90}}?)\s*(?:\(|:|\bpour\b|\bpondere\w* a\b|-)\s*(?:\(?ponderation ?:? ?)?{_WEIGHT}\s*(?:%|points?\b|pts\b|pour ?cents?)\s*\)?"
_NUMBERING = r"\s*(?:criteres?|sous[- ]criteres?)?\s*(?:n ?°\s*)?((?:\d{1,2}[.)-]){1,3}\d{0,2}|\d{1,2}|[a-z]\)|[-•o])?\s*[-:.)]?\s*"
_SCALE = r"(?:note|notee?s?|total|bareme|notation)[^.\n]{0,50} sur\s*/?\s*(\d{2,3})\b"
_WINDOW = 24
_SOUGHT = {
    "criteres": ("critères", "pondération", "jugement des offres"),
    "social.critere": ("insertion", "social", "handicap", "égalité"),
    "environnement.critere": ("environnement", "éco-responsabilité", "développement durable"),
    "criteres.hierarchises": ("ordre décroissant d'importance",),
}


class Item(NamedTuple):
    """A line that names a criterion and its weight."""

    name: str
    weight: Decimal
    depth: int
    """1 for a criterion, 2 for a numbered or announced sub-criterion, 0 when nothing tells."""
    block: Block
    start: int
    end: int
    unit: str


def find(reading: Reading) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield the criteria, their scale, and the social and environmental criteria among them."""
    for name, words in _SOUGHT.items():
        yield Sought(name, words)
    text = text_of(reading)
    if "critere" not in text.joined:
        return
    yield from _ranked(reading, text)
    taken: set[int] = set()
    for index in text.having("critere"):
        folded = text.folded[index]
        if index in taken or not compiled(_ANCHOR).search(folded) or compiled(_NOT_ANCHOR).search(folded):
            continue
        items = _items(text, index)
        tops = top_level(items)
        if not _plausible(tops):
            continue
        taken.update(item.block.index for item in items)
        yield from _criteria(reading, text, index, tops, items)


def nature_of(name: str) -> str:
    """Return the nature of a criterion from its folded name."""
    return next((nature for nature, pattern in _NATURES if compiled(pattern).search(name)), "autre")


def _items(text: Text, anchor: int) -> list[Item]:
    items = _inline(text, anchor)
    if len(items) > 1:
        return items
    items, misses, pending = [], 0, -1
    for index in text.following(anchor, _WINDOW):
        item = _line(text, index, pending)
        if item is not None:
            items.append(item)
            misses, pending = 0, -1
            continue
        many = _inline(text, index)
        if many:
            items += many
            misses = 0
            continue
        pending = index if pending < 0 or compiled(r"\s*\d{1,2}\s*[-.)]?\s+\S").match(text.folded[index]) else pending
        misses += 1
        if misses > (3 if items else 4) or compiled(r"\s*(?:total|article|chapitre)\b|chaque candidat|methode de (?:calcul|notation)|note de l'offre").match(text.folded[index]):
            break
    return items


def _line(text: Text, index: int, pending: int) -> Item | None:
    """Read "2 - Valeur technique (60 %)", a row "Prix | 40 %", or a weight alone under its name."""
    folded = text.folded[index].rstrip()
    block = text.blocks[index]
    if len(folded) > 400 or compiled(r"\s*(?:total|somme)\b").match(folded):
        return None
    ending = compiled(_ENDING).search(folded, max(0, len(folded) - 60))
    if ending is None:
        return None
    weight = Decimal(ending[1].replace(",", "."))
    unit = (ending[2] or "").strip()
    opening = compiled(_NUMBERING).match(folded)
    start = opening.end() if opening else 0
    name = folded[start : ending.start()].strip(" :(\t-–")
    if not any(c.isalpha() for c in name):
        return _weight_below(text, pending, block, weight, unit) if unit or block.kind == "row" else None
    if not _is_weight(weight, unit, block, folded) or len(name) < 3 or compiled(r"note de|montant de l'offre|formule|article|page").search(name):
        return None
    raw = block.text[start : ending.start()].split("\t")[0]
    return Item(_tidy(raw), weight, _depth(folded, opening[1] if opening else None), block, start, len(folded), unit)


def _is_weight(weight: Decimal, unit: str, block: Block, folded: str) -> bool:
    if not 0 < weight <= 100:
        return False
    return bool(unit) or block.kind == "row" or compiled(r"\d[.,]\d{1,2}\s*$").search(folded) is not None


def _weight_below(text: Text, pending: int, block: Block, weight: Decimal, unit: str) -> Item | None:
    if pending < 0 or not 0 < weight <= 100:
        return None
    folded = text.folded[pending]
    opening = compiled(_NUMBERING).match(folded)
    start = opening.end() if opening else 0
    cut = compiled(r"[,:\t(]").search(folded, start)
    end = cut.start() if cut else len(folded)
    owner = text.blocks[pending]
    return Item(_tidy(owner.text[start:end]), weight, _depth(folded, opening[1] if opening else None), owner, 0, len(folded.rstrip()), unit or "%")


def _tidy(raw: str) -> str:
    return " ".join(raw.split()).strip(" :-–(•.")[:160]


def _depth(folded: str, number: str | None) -> int:
    if "sous-critere" in folded[:30] or "sous critere" in folded[:30]:
        return 2
    if number is None:
        return 0
    if compiled(r"\d{1,2}[.-]\d{1,2}").match(number) and not number.endswith("-"):
        return 2
    return 1 if number[:1].isdigit() else 2 if number in "-•o" or number[1:] == ")" else 0


def _inline(text: Text, index: int) -> list[Item]:
    folded = text.folded[index]
    if "%" not in folded and "point" not in folded and "pts" not in folded:
        return []
    items = []
    for match in compiled(_INLINE).finditer(folded):
        weight = Decimal(match[2].replace(",", "."))
        name = _tidy(compiled(r"^(?:et|ou|le critere|critere|du|de|la|l'|le|les|pour)\s+").sub("", _tail(match[1])))
        start = match.start(1) + folded[match.start(1) : match.end(1)].rfind(name) if name in match[1] else match.start(1)
        if 0 < weight <= 100 and nature_of(name) != "autre":
            raw = _tidy(text.blocks[index].text[start : match.end(1)])
            items.append(Item(raw, weight, 0, text.blocks[index], start, match.end(), "%"))
    return items if len(items) > 1 else []


def _tail(name: str) -> str:
    """Keep what follows the last comma or list mark: "les critères suivants, le prix" is "le prix"."""
    return name.rsplit(",", 1)[-1].strip()


def top_level(items: Sequence[Item]) -> list[Item]:
    """Return the criteria without their sub-criteria: numbered ones, or those whose sum is the weight above."""
    firsts = [item for item in items if item.depth == 1]
    if len(firsts) > 1 and any(item.depth == 2 for item in items):
        return firsts
    kept: list[Item] = []
    at = 0
    while at < len(items):
        kept.append(items[at])
        at += 1 + _children(items, at)
    return kept if _total(kept) <= _total(items) else list(items)


def _children(items: Sequence[Item], at: int) -> int:
    """Return how many items after ``at`` detail it: two or more whose weights sum to its own."""
    total = Decimal(0)
    for count, item in enumerate(items[at + 1 :], 1):
        total += item.weight
        if count > 1 and total == items[at].weight and _total(items) > 100:
            return count
        if total > items[at].weight:
            return 0
    return 0


def _total(items: Sequence[Item]) -> Decimal:
    return sum((item.weight for item in items), Decimal(0))


def _plausible(tops: Sequence[Item]) -> bool:
    """One line with a weight is no list of criteria; a sum far from a usual total was misread."""
    if len(tops) == 1:
        return tops[0].weight == 100
    return len(tops) > 1 and (_total(tops) in (100, 20, 10, 50, 60, 80, 200) or 90 <= _total(tops) <= 110)


def _criteria(reading: Reading, text: Text, anchor: int, tops: Sequence[Item], items: Sequence[Item]) -> Iterator[Candidate]:
    scope = _lot(text, anchor)
    complete = _total(tops) == 100
    confidence = (0.95 if complete else 0.7) - (0.25 if reading.role in ("CCTP", "PRIX", "AE") else 0)
    value = tuple({"nom": i.name, "poids": i.weight, "nature": nature_of(fold(i.name))} for i in tops)
    for item in tops:
        candidate = said(reading, "criteres", value, item.block, (item.start, item.end), confidence, scope)
        yield candidate
    if _total(tops) in (100, 20, 10, 50, 60, 80, 200):
        yield said(reading, "criteres.echelle", _total(tops), tops[0].block, (tops[0].start, tops[0].end), 0.8, scope)
    for family, nature in (("social", "social"), ("environnement", "environnemental")):
        yield from _family(reading, text, family, nature, tops, items, complete, confidence, scope)


def _family(
    reading: Reading,
    text: Text,
    family: str,
    nature: str,
    tops: Sequence[Item],
    items: Sequence[Item],
    complete: bool,
    confidence: float,
    scope: Scope,
) -> Iterator[Candidate]:
    pattern = compiled(dict(_NATURES)[nature])
    named = [i for i in tops if pattern.search(fold(i.name))]
    subs = [i for i in items if i not in tops and pattern.search(fold(i.name))]
    for item in named or subs:
        sure = confidence if named else min(confidence, 0.75)
        yield said(reading, f"{family}.critere", True, item.block, (item.start, item.end), sure, scope)
    if named and complete:
        weight = _total(named)
        yield said(reading, f"{family}.critere_poids", weight, named[0].block, (named[0].start, named[0].end), confidence, scope)
    elif not named and not subs:
        inside = next((i for i in items if pattern.search(text.folded[i.block.index])), None)
        if inside is not None:
            yield said(reading, f"{family}.critere", True, inside.block, (0, len(inside.block.text)), 0.65, scope)


def _lot(text: Text, anchor: int) -> Scope:
    match = compiled(r"(?:pour le |^)lots? ?(?:n ?° ?)?(\d{1,2})\b").search(text.folded[anchor])
    return Scope("lot", match[1].lstrip("0") or "0") if match else MARCHE


def _ranked(reading: Reading, text: Text) -> Iterator[Candidate | NearMiss]:
    for index in text.having("decroissant", "hierarchis"):
        folded = text.folded[index]
        match = compiled(r"ordre[^.\n]{0,30} decroissant|decroissant d'importance|hierarchis").search(folded)
        if match is not None and "critere" in text.around(index):
            yield said(reading, "criteres.hierarchises", True, text.blocks[index], sentence(folded, *match.span()), 0.9)
    for index in text.having(" sur 100", "/100", " sur 20", "/ 100"):
        match = compiled(_SCALE).search(text.folded[index])
        if match is not None and int(match[1]) in (100, 20, 50, 60, 10):
            yield missed(reading, "criteres.echelle", text.blocks[index], match.span(), "note d'une offre, et non total des poids")
