"""Lines that name an award criterion and its weight."""

import re
from collections.abc import Sequence
from decimal import Decimal

from achats_check.facts.structure.criteria_labels import lots_labelled
from achats_check.facts.structure.scan import Text
from achats_check.facts.structure.weight_details import head_of, out_of_a_hundred, without_details, without_parts
from achats_check.facts.structure.weight_items import OTHER, WEIGHT, WHOLE, Item, nature_of, tidy, top_level, total
from achats_check.facts.structure.weight_sentences import labelled_together, told_together
from achats_check.facts.terms import Term
from achats_check.model.document import Block
from achats_check.patterns import compiled

_ENDING = (
    rf"(?:[\s:(–-]|pondere[es]* (?:a|de)|,? ?compt\w{{1,3}}(?= pour)|sur|coef\w*|soit|pour|est de)*"
    rf"{WEIGHT}\s*(%|points?\b|pts?\b|pour ?cents?|/ ?\d{{2,3}})?\s*\)?\s*"
    r"(?:de la note(?! (?:sont|est|ser\w+)\b)[^\n]{0,30}|maximum|max)?\s*[.;,:]?\s*$"
)
_DETAILED = (
    r"(?<=[%s)]),? ?(?:dont|decompos|reparti|detaill|appreci|jugee?s?|analys|evalu|selon les sous"
    r"|soit\b|a savoir|comme suit|ainsi|au regard|au vu|en fonction|sur la base|comprenant|se (?:decompos|divis))\w*"
    r"[^%\d\n]{0,80}[:.]?\s*$"
    r"|(?<=[%s]) ?\((?!\s*\d)[^()\n%]{3,300}\)\s*[.;,]?\s*$"
    r"|(?<=[%s)])[,;.]? ?(?:la |sa )?(?:note|formule)\b ?(?:[:=]|est\b|sera\b|calcul|obtenu|attribue)[^\n]{0,200}$"
)
"""What follows the weight of a criterion before its parts, or how it is marked: "40 %, décomposés comme suit :"."""
_LABELLED = (
    rf"\W{{0,3}}(?:criteres? (?:de |d')\w+ ?[-:] ?)?(?:nom|libelle|intitule)? ?:? ?(?P<nom>[^\n\t]{{3,120}}?)"
    rf" ?[-/|,;] ?(?:ponderation|poids|coefficient) ?:? ?{WEIGHT} ?%?\s*$"
)
"""A notice's line: "Nom : Valeur technique / Pondération : 55"."""
_PART = rf"[\s:(,–-]*{WEIGHT}\s*(%|points?\b|pts?\b)"
_FIRST = (
    rf"[\s•o-]{{0,6}}{WEIGHT}\s*%(?:\s*(?::|-|pour\b|sur\b)|(?!\s*(?:d[eu]s?\b|d'|au\b|en\b|par\b|m(?:ini|axi))))\s*"
    r"(?:la |le |les |l')?([a-z][^\n\t;%]{2,90})[.;,]?$"
)
_INSIDE = rf"[\s:(,–-]+(?:pondere\w* (?:a|de)|\()?\s*{WEIGHT}\s*(%|points?\b|pts?\b)"
_NUMBERING = (
    r"\s*(?:criteres?|sous[- ]criteres?)?\s*(?:n ?°\s*)?((?:\d{1,2}[.)°-]){1,3}\d{0,2}|\d{1,2}|[a-z]\)|[a-np-z](?= ?- )"
    r"|[-•]|o(?=\s))?\s*[-:.)]?\s*"
)
_BARE = r"(?:\d[.,]\d{1,2}|\b(?:coef\w*|ponderation|poids|notee?s? sur)\s*:?\s*\d{1,3})\s*\)?\s*[.;,]?\s*$"
"""A weight without a unit: it has decimals, or its label beside it."""
_NUMBERED = r"\W{0,3}(\d{1,2}) ?[.)°-]{1,2} ?(?P<name>[a-z][^\n\t]{2,160}?) ?[:=] ?(?P<weight>\d{1,2})\s*[.;,]?"
_OF_A_PART = (
    r"(?:de la |de cette |sur la )note (?!(?:finale|globale|totale|generale|attribuee|sur \d)|de l'offre)\w"
    r"|d(?:u|e ce) (?:sous-)?critere|de la valeur technique"
)
"""What follows the weight of a sub-criterion: "50 % de la note technique"."""
_NAMED_CRITERION = r"\W{0,3}(?:\d{1,2}[.)°-]{0,2}\s?)?(?:sous[- ])?criteres? ?(?:n ?° ?)?\d"
"""A line that says it is a criterion may refer to an article: "Critère n° 3 : moyens de l'article 7 – 10 points"."""
_ARTICLE = (
    r"\barticles? (?:n ?° ?)?"
    r"(?:(?:[lrd]\.? ?)?\d|[ivx]{1,4}\b|d(?:u|e la) (?:present|code|c\.?c|cahier|rc\b|reglement|consultation))"
)
"""A line that cites one is a sentence: the articles whose quality is judged are goods."""
_MARK = r"note de (?!(?:calculs?|dimensionnement|presentation|synthese)\b)"
"""What a line that tells a mark says, and no criterion: a "note de calcul" is a paper that offers hold."""
_WEIGHTED_LINE = rf"(?:{_NAMED_CRITERION}|[^\n]{{3,300}}[\s:(–-]\d{{1,2}} ?(?:%|points?|pts?)\W*$)"
_HEAD = r"criteres?(?: d'attribution| de (?:jugement|choix|selection))?(?: des offres)?"
_SUM = r"\W*(?:total|somme|soit|note)\b"
_WINDOW = 24
_OF_ONE = (
    r"^(?![^\n]*\d ?(?:%|points?\b|pts\b))(?![^\n]*(?<!sous-)(?<!sous )criteres\b)"
    r"[^\n]*\bcritere (?!et\b|ou\b)[^\n]*\bsous[- ]criteres\b"
)
"""A sentence that announces what details one criterion, and gives no weight itself."""


def weighted_lines(text: Text, anchor: int, natures: Sequence[Term]) -> list[Item]:
    """Return the weighted lines that follow a sentence or a header that announces criteria."""
    items = told_together(text, anchor, natures)
    if len(items) > 1:
        return items
    own = (
        _line(text, anchor, -1, natures)
        if compiled(r"\W{0,3}criteres? (?:n ?° ?)?\d").match(text.folded[anchor])
        else None
    )
    items, misses, pending = [own] if own else [], 0, -1
    for index in text.following(anchor, _WINDOW):
        if index != anchor and (lots_labelled(text, index) or (not items and announces_parts(text, index))):
            break
        joined = labelled_together(text, index)
        if joined:
            items += joined
            misses, pending = 0, -1
            continue
        listed = [] if items else told_together(text, index, natures)
        if total(listed) == 100:
            return listed
        if items and (_is_another_list(text, index, items, natures) or _heads_another(text, index, items)):
            break
        item = _line(text, index, pending, natures)
        if item is not None:
            items.append(item._replace(depth=2) if _details_a_table(items, item) else item)
            misses, pending = 0, -1
            continue
        many = told_together(text, index, natures, whole=bool(items))
        if many:
            items += [item._replace(depth=2) for item in many] if items else many
            misses = 0
            continue
        pending = index if pending < 0 or compiled(r"\s*\d{1,2}\s*[-.)]?\s+\S").match(text.folded[index]) else pending
        misses += 1
        if misses > (3 if items else 4) or compiled(
            r"\s*(?:total|article|chapitre)\b|chaque candidat|methode de (?:calcul|notation)|note de l'offre"
        ).match(text.folded[index]):
            break
    return items or _numbered(text, anchor)


def _is_another_list(text: Text, index: int, items: Sequence[Item], natures: Sequence[Term]) -> bool:
    """Say whether a sentence tells criteria of its own, in percent after a list in points: those of later contracts."""
    if text.folded[index].count("%") < 2 or any("%" in item.unit for item in items):
        return False
    return total(told_together(text, index, natures)) == WHOLE


def _heads_another(text: Text, index: int, items: Sequence[Item]) -> bool:
    """Say whether a row heads a table of criteria after a whole list: those of other lots, whatever names them."""
    if text.blocks[index].kind != "row" or total(items) != WHOLE:
        return False
    return any(compiled(_HEAD).fullmatch(cell.strip()) for cell in text.folded[index].split("\t"))


def _details_a_table(items: Sequence[Item], item: Item) -> bool:
    """Say whether a line below a table of criteria that is whole only says how one of them is marked."""
    tables = {read.block.table for read in items}
    return (
        len(tables) == 1
        and None not in tables
        and item.block.table is None
        and len(items) > 1
        and total(top_level(items)) == WHOLE
    )


def _numbered(text: Text, anchor: int) -> list[Item]:
    """Read "1. Prix : 40", "2. Qualité : 60": bare figures that close numbered lines, and add up to a hundred."""
    items: list[Item] = []
    for index in text.following(anchor, _WINDOW):
        match = compiled(_NUMBERED).fullmatch(text.folded[index].rstrip())
        if match is not None and int(match[1]) == len(items) + 1:
            block, weight = text.blocks[index], Decimal(match["weight"])
            raw = tidy(block.text[slice(*match.span("name"))])
            items.append(Item(raw, weight, 1, block, match.start("name"), match.end(), "points"))
        elif items:
            break
    return items if len(items) > 1 and total(items) == WHOLE else []


def announces_parts(text: Text, index: int) -> bool:
    """Say whether a sentence announces the sub-criteria of one criterion: what follows is no list of criteria."""
    return text.blocks[index].kind == "paragraph" and compiled(_OF_ONE).search(text.folded[index]) is not None


def _line(text: Text, index: int, pending: int, natures: Sequence[Term]) -> Item | None:
    """Read "2 - Valeur technique (60 %)", a row "Prix | 40 %", or a weight alone under its name."""
    folded = compiled(_DETAILED).sub("", head_of(without_details(out_of_a_hundred(text.folded[index])))).rstrip()
    block = text.blocks[index]
    if len(folded) > 400 or compiled(r"\s*(?:(?:le|la) )?(?:total|somme)\b|[^\t]*\t\s*lots? (?:n ?° ?)?\d").match(
        folded
    ):
        return None
    labelled = compiled(_LABELLED).match(folded)
    if labelled is not None and 0 < Decimal(labelled[2].replace(",", ".")) <= 100:
        raw = tidy(block.text[slice(*labelled.span("nom"))])
        return Item(raw, Decimal(labelled[2].replace(",", ".")), 0, block, labelled.start("nom"), len(folded), "points")
    ending = compiled(_ENDING).search(folded, max(0, len(folded) - 60))
    parts = _weights_beside(folded, ending)
    shares = [Decimal(part[1].replace(",", ".")) for part in parts]
    if len(shares) > 1 and shares[0] > shares[-1] and (len(shares) == 2 or shares[0] == sum(shares[1:])):
        ending = parts[0]
    elif len(shares) > 2:
        return None
    if ending is None and folded.lstrip().startswith("critere"):
        ending = compiled(_INSIDE).search(folded)
    if ending is None:
        return _weight_first(text, index, natures)
    weight = Decimal(ending[1].replace(",", "."))
    unit = (ending[2] or "").strip()
    opening = compiled(_NUMBERING).match(folded)
    start = opening.end() if opening else 0
    name = folded[start : ending.start()].strip(" :,(\t-–")
    if not any(c.isalpha() for c in name):
        return _weight_below(text, pending, weight, unit) if unit or block.kind == "row" else None
    if (
        not _is_weight(weight, unit, block, folded)
        or len(name) < 3
        or compiled(rf"{_MARK}|montant de l'offre|\b(?:offres?|lots?) (?:est|sont|sera)\b|formule|page").search(name)
        or (compiled(_ARTICLE).search(name) and not (unit and compiled(_NAMED_CRITERION).match(folded)))
    ):
        return None
    raw = without_parts(block.text[start : ending.start()].split("\t")[0], weight)
    part = compiled(_OF_A_PART).search(folded, ending.end(1)) is not None
    depth = 2 if part else _depth(folded, opening[1] if opening else None)
    return Item(tidy(raw), weight, depth, block, start, len(folded), unit)


def _weights_beside(folded: str, ending: re.Match[str] | None) -> list[re.Match[str]]:
    """Return the weights of the cell that a line ends with: its own one, then those of what details it."""
    if ending is None:
        return []
    start = folded.rfind("\t", 0, ending.start(1)) + 1
    return list(compiled(_PART).finditer(folded, start))


def _weight_first(text: Text, index: int, natures: Sequence[Term]) -> Item | None:
    """Read "- 60 % : valeur technique"."""
    folded = text.folded[index].rstrip()
    match = compiled(_FIRST).match(folded)
    if match is None or not 0 < Decimal(match[1].replace(",", ".")) <= 100 or nature_of(match[2], natures) == OTHER:
        return None
    block = text.blocks[index]
    raw = tidy(block.text[match.start(2) : match.end(2)])
    return Item(raw, Decimal(match[1].replace(",", ".")), 0, block, match.start(2), len(folded), "%")


def _is_weight(weight: Decimal, unit: str, block: Block, folded: str) -> bool:
    if not 0 < weight <= 100:
        return False
    return bool(unit) or block.kind == "row" or compiled(_BARE).search(folded) is not None


def _weight_below(text: Text, pending: int, weight: Decimal, unit: str) -> Item | None:
    if pending < 0 or not 0 < weight <= 100:
        return None
    folded = text.folded[pending]
    opening = compiled(_NUMBERING).match(folded)
    start = opening.end() if opening else 0
    cut = compiled(r"[,:\t(]").search(folded, start)
    end = cut.start() if cut else len(folded)
    owner = text.blocks[pending]
    return Item(
        tidy(owner.text[start:end]),
        weight,
        _depth(folded, opening[1] if opening else None),
        owner,
        0,
        len(folded.rstrip()),
        unit or "%",
    )


def name_start(folded: str) -> int:
    """Return where the name of a criterion starts, after its number or its bullet."""
    opening = compiled(_NUMBERING).match(folded)
    return opening.end() if opening else 0


def depth_of(folded: str) -> int:
    """Return the depth that the number or the bullet of a line gives it, 0 when it has none."""
    opening = compiled(_NUMBERING).match(folded)
    return _depth(folded, opening[1] if opening else None)


def _depth(folded: str, number: str | None) -> int:
    if "sous-critere" in folded[:30] or "sous critere" in folded[:30]:
        return 2
    if number is None:
        return 0
    if compiled(r"\d{1,2}[.-]\d{1,2}").match(number):
        return 2
    return 1 if number[:1].isdigit() else 2 if number in "-•o" or number[1:] == ")" else 0


def one_left_out(text: Text, items: Sequence[Item]) -> bool:
    """Say whether a line among those read, or just below them, weighs a criterion too and was not read as one."""
    read = {item.block.index for item in items}
    for index in range(min(read), min(max(read) + 3, len(text.blocks))):
        folded = text.folded[index]
        if index not in read and compiled(_WEIGHTED_LINE).match(folded) and not compiled(_SUM).match(folded):
            return True
    return False
