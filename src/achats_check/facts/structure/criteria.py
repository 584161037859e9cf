"""Award criteria with their weights, and what they say of social and environmental matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.clauses.lots import lot_numbers
from achats_check.facts.codes import lot_number
from achats_check.facts.old_form import lot_of_section
from achats_check.facts.structure import printed_notice
from achats_check.facts.structure.criteria_by_lot import by_lot, lot_headers
from achats_check.facts.structure.criteria_columns import in_columns
from achats_check.facts.structure.criteria_labels import labels_below, lots_above
from achats_check.facts.structure.criteria_ranked import ranked_lines
from achats_check.facts.structure.criteria_rows import joined
from achats_check.facts.structure.scan import Text, missed, said, sentence, text_of
from achats_check.facts.structure.weight_items import (
    CONCERNS,
    MONEY,
    Item,
    as_percentages,
    judged,
    nature_of,
    of_money,
    of_one_unit,
    top_level,
    total,
)
from achats_check.facts.structure.weights import announces_parts, one_left_out, weighted_lines
from achats_check.facts.terms import Subject, Term, found, held, opening, saying
from achats_check.facts.text import Reading, fold
from achats_check.model.document import Block
from achats_check.model.fact import MARCHE, Scope, Value
from achats_check.patterns import compiled

_TO_A_PAGE = "...."
"""What an entry of contents holds, and no sentence."""
_TOTALS = (100, 20, 50, 60, 80, 200)
_SCALE = r"(?:note|notee?s?|total|bareme|notation)[^.\n]{0,50} sur\s*/?\s*(\d{2,3})\b"
_PERCENT = r"%|\bpour ?cent|\bpourcentage"
_HUNDRED = r"\bsur (?:un total de )?100\b|/ ?100\b|\b100 (?:points?|pts)\b|\btotal\b[^.\n]{0,30}\b100\b"
"""What makes a sum of weights that is not 100 a slip, and not a count of points."""
_HEAD, _AROUND, _FAR = 2, 12, 60
"""Lines above the first weight that head it, those around that may tell the total, and those of its whole article."""
_JUDGES = r"\b(?:jury|panel|commission|comite)\b[^()\n\t;.]*(?:\([^()\n]*\))?"
_OF_OFFERS = r"\boffres?\b|\battribution"
"""What a title says when the award criteria are below it too: "examen des candidatures et des offres"."""
_OF_ALL = r"\bcriteres\b|\boffres?\b[^.]{0,30}\bavantageuse\b"
"""What an announcement of the whole list says, out of a hundred points, and the name of no criterion."""
_IN_ORDER = 0.7
"""How sure a list is whose lines nothing weighs."""
LABEL = "criteres.libelle"
"""Candidates for the names of criteria and sub-criteria: they tell no fact, and are held against the known ones."""
_SOUGHT = {
    "criteres": ("critères", "pondération", "jugement des offres"),
    "social.critere": ("insertion", "social", "handicap", "égalité"),
    "environnement.critere": ("environnement", "éco-responsabilité", "développement durable"),
    "criteres.hierarchises": ("ordre décroissant d'importance",),
}


def find(reading: Reading, terms: Subject) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield the criteria, their scale, and the social and environmental criteria among them."""
    for name, words in _SOUGHT.items():
        yield Sought(name, words)
    text = text_of(reading)
    natures = terms["natures"]
    for scopes, tops, items in by_lot(text, natures):
        for scope in scopes:
            yield from _criteria(reading, text, scope, tops, items, natures)
    for scope, tops, items in printed_notice.criteria(text, natures):
        yield from _criteria(reading, text, scope, tops, items, natures)
    tables = {text.blocks[header].table for header in lot_headers(text)}
    for index, tops, items in in_columns(text, natures):
        if text.blocks[index].table not in tables:
            tables.add(text.blocks[index].table)
            for scope in _scopes(text, index):
                yield from _criteria(reading, text, scope, tops, items, natures)
    yield from _ranked(reading, text, terms)
    yield from _price_alone(reading, text, terms)
    taken: set[int] = set()
    for index, announced in _anchors(text, terms):
        if index in taken:
            continue
        lines = weighted_lines(text, index, natures)
        items = joined([item for item in lines if item.block.table is None or item.block.table not in tables])
        tops = as_percentages(of_one_unit(top_level(items)))
        if not _plausible(tops, terms) or not (announced or of_money(tops, natures)):
            continue
        if _chooses_candidates(text.blocks[index], terms) and not of_money(tops, natures):
            continue
        if items[0].block.index in taken:
            continue
        taken.update(item.block.index for item in items)
        for scope in _scopes(text, index):
            own = [item for item in items if item in tops or not _is_of_other_lots(text, item, scope)]
            yield from _criteria(reading, text, scope, tops, own, natures)
    if not taken and not tables:
        for index in text.announced(terms["ordre"]):
            yield from _in_order(reading, text, index, terms)


def _anchors(text: Text, terms: Subject) -> Iterator[tuple[int, bool]]:
    """Yield the lines below which criteria may stand, and whether they announce them by that name."""
    for index in text.announced((*terms["annonces"], *terms["titres"], *terms["ouvertures"])):
        folded = text.folded[index]
        announced = held(terms["annonces"], folded) is not None
        titled = text.blocks[index].kind == "title" and held(terms["titres"], folded) is not None
        titled = titled or opening(terms["ouvertures"], folded) is not None
        if not (announced or titled) or _TO_A_PAGE in folded or held(terms["leurres"], folded):
            continue
        if announces_parts(text, index):
            continue
        yield index, announced
        yield from ((label, announced) for label in labels_below(text, index))


def _scopes(text: Text, anchor: int) -> list[Scope]:
    """Return the lots that the anchor of a list, or a label above it, says it is for; else the whole market."""
    own = compiled(r"(?:pour le |^)lots? ?(?:n ?° ?)?(\d{1,2})\b").search(text.folded[anchor])
    lots = lots_above(text, anchor) or ((lot_number(own[1]),) if own else ())
    lots = lots or tuple(filter(None, (lot_of_section(text.folded, anchor),)))
    return [Scope("lot", lot) for lot in lots] or [MARCHE]


def _is_of_other_lots(text: Text, item: Item, scope: Scope) -> bool:
    """Tell whether an item details what the opening of its line says of other lots: "Sous-critères (lots 1 et 2) :"."""
    opening_words, colon, _ = text.folded[item.block.index].partition(":")
    lots = lot_numbers(opening_words) if colon and item.block.kind != "row" and scope != MARCHE else ()
    return bool(lots) and scope.id not in lots


def _price_alone(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate]:
    """ "Le prix est l'unique critère": one criterion that weighs everything, whatever the wording."""
    if reading.role not in ("AAPC", "RC", "CCP"):
        return
    for index in text.announced(terms["prix_seul"]):
        folded = text.folded[index]
        match = found(terms["prix_seul"], folded)
        if match is None or held(terms["prix_accompagne"], folded):
            continue
        value: Value = ({"nom": "Prix", "poids": Decimal(100), "nature": "prix"},)
        yield said(reading, "criteres", value, text.blocks[index], sentence(folded, *match.span()), 0.85)


def _plausible(tops: Sequence[Item], terms: Subject) -> bool:
    """One line with a weight is no list of criteria; a sum far from a usual total was misread."""
    if _about_candidates(tops, terms) or all(compiled(r"sous[- ]critere").search(fold(i.name)) for i in tops):
        return False
    if len(tops) == 1:
        return tops[0].weight == 100 and compiled(_OF_ALL).search(fold(tops[0].name)) is None
    if all("%" in item.unit for item in tops):
        return 90 <= total(tops) <= 110
    return len(tops) > 1 and (total(tops) in _TOTALS or 90 <= total(tops) <= 110)


def _about_candidates(tops: Sequence[Item], terms: Subject) -> bool:
    """Capacities and references, and no price: how candidates are chosen, not how offers are."""
    names = [fold(item.name) for item in tops]
    offers = [name for name in names if held(terms["candidats"], name) is None]
    own = len(names) - len(offers)
    return 2 * own >= len(names) > 0 and not any(nature_of(name, terms["natures"]) in MONEY for name in offers)


def _chooses_candidates(block: Block, terms: Subject) -> bool:
    """Tell whether the article, by its title, is on who is admitted, and says nothing of the offers."""
    title = fold(block.heading)
    return held(terms["choix_des_candidats"], title) is not None and not compiled(_OF_OFFERS).search(title)


def _criteria(
    reading: Reading, text: Text, scope: Scope, tops: Sequence[Item], items: Sequence[Item], natures: Sequence[Term]
) -> Iterator[Candidate]:
    complete = total(tops) == 100
    alike = len({item.block.table for item in tops} - {None}) == 1 or all("p" in item.unit for item in tops)
    told = total(tops) in _TOTALS or _out_of_a_hundred(text, tops)
    together = alike and (complete or (told and not one_left_out(text, items)))
    confidence = (0.95 if complete else 0.65 if together else 0.5) - (
        0.25 if reading.role in ("CCTP", "PRIX", "AE") else 0
    )
    value: Value = tuple({"nom": i.name, "poids": i.weight, "nature": nature_of(fold(i.name), natures)} for i in tops)
    for item in tops:
        candidate = said(reading, "criteres", value, item.block, (item.start, item.end), confidence, scope)
        yield candidate
    if total(tops) in _TOTALS:
        yield said(reading, "criteres.echelle", total(tops), tops[0].block, (tops[0].start, tops[0].end), 0.8, scope)
    for item in items:
        yield said(reading, LABEL, item.name, item.block, (item.start, item.end), confidence, scope)
    social, green = tuple(saying(natures, "social")), tuple(saying(natures, "environnemental"))
    for family, own, other in (("social", social, green), ("environnement", green, social)):
        yield from _family(reading, text, family, own, other, tops, items, natures, complete, confidence, scope)


def _out_of_a_hundred(text: Text, tops: Sequence[Item]) -> bool:
    """Tell whether weights are in percent, or their total is told to be 100: bare figures may be points."""
    first = tops[0].block.index
    if all("%" in item.unit for item in tops) or compiled(_PERCENT).search(text.around(first, _HEAD, 0)):
        return True
    near = text.around(first, _AROUND, _AROUND)
    return compiled(_HUNDRED).search(near) is not None or _says_it_for_each_lot(text, first)


def _says_it_for_each_lot(text: Text, first: int) -> bool:
    """Tell whether the article says, above the tables of the other lots, that offers are marked out of a hundred."""
    heading = text.blocks[first].heading
    above = range(first - 1, max(-1, first - 1 - _FAR), -1)
    return bool(heading) and any(
        text.blocks[index].heading == heading
        and "lot" in text.folded[index]
        and compiled(_HUNDRED).search(text.folded[index]) is not None
        for index in above
    )


def _family(
    reading: Reading,
    text: Text,
    family: str,
    own: Sequence[Term],
    other: Sequence[Term],
    tops: Sequence[Item],
    items: Sequence[Item],
    natures: Sequence[Term],
    complete: bool,
    confidence: float,
    scope: Scope,
) -> Iterator[Candidate]:
    named = [i for i in tops if held(own, judged(fold(i.name), natures))]
    subs = [i for i in items if i not in tops and held(own, judged(fold(i.name), natures))]
    for item in named or subs:
        sure = confidence if named else min(confidence, 0.75)
        yield said(reading, f"{family}.critere", True, item.block, (item.start, item.end), sure, scope)
    weighed = [i for i in named if nature_of(fold(i.name), natures) in CONCERNS]
    if weighed and complete and not any(held(other, fold(i.name)) for i in weighed):
        span = (weighed[0].start, weighed[0].end)
        name = f"{family}.critere_poids"
        yield said(reading, name, total(weighed), weighed[0].block, span, confidence, scope)
    elif not named and not subs:
        inside = next((i for i in items if held(own, _without_judges(text.folded[i.block.index]))), None)
        if inside is not None:
            yield said(reading, f"{family}.critere", True, inside.block, (0, len(inside.block.text)), 0.65, scope)


def _without_judges(folded: str) -> str:
    """Return a line without those who judge: an apprentice of the jury makes no social criterion of a taste."""
    return compiled(_JUDGES).sub(" ", folded)


def _of_others(block: Block, told: str, terms: Subject) -> bool:
    """Whether what is ranked, as its sentence or its title tells, are candidates or the projects of a contest."""
    decoys, title = terms["ordre_ailleurs"], fold(block.heading)
    of_offers = compiled(_OF_OFFERS).search(title) is not None
    return held(decoys, told) is not None or (held(decoys, title) is not None and not of_offers)


def _in_order(reading: Reading, text: Text, anchor: int, terms: Subject) -> Iterator[Candidate]:
    """Yield the criteria of a list that ranks them, and the concerns that they name."""
    natures = terms["natures"]
    items = ranked_lines(text, anchor) if "critere" in text.folded[anchor] else []
    if not of_money(items, natures) or _of_others(text.blocks[anchor], text.folded[anchor], terms):
        return
    value: Value = tuple({"nom": i.name, "nature": nature_of(fold(i.name), natures)} for i in items)
    for scope in _scopes(text, anchor):
        for item in items:
            span = (item.start, item.end)
            yield said(reading, "criteres", value, item.block, span, _IN_ORDER, scope)
            yield said(reading, LABEL, item.name, item.block, span, _IN_ORDER, scope)
            for nature, family in (("social", "social"), ("environnemental", "environnement")):
                if held(tuple(saying(natures, nature)), judged(fold(item.name), natures)):
                    yield said(reading, f"{family}.critere", True, item.block, span, _IN_ORDER, scope)


def _ranked(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate | NearMiss]:
    for index in text.announced(terms["ordre"]):
        folded = text.folded[index]
        match = found(terms["ordre"], folded)
        if match is not None and "critere" in text.around(index):
            left, right = sentence(folded, *match.span())
            if not _of_others(text.blocks[index], folded[left:right], terms):
                yield said(reading, "criteres.hierarchises", True, text.blocks[index], (left, right), 0.9)
    for index in text.having(" sur 100", "/100", " sur 20", "/ 100"):
        match = compiled(_SCALE).search(text.folded[index])
        if match is not None and int(match[1]) in (100, 20, 50, 60, 10):
            yield missed(
                reading,
                "criteres.echelle",
                text.blocks[index],
                match.span(),
                "note d'une offre, et non total des poids",
            )
