"""Clauses of some lots only: "Ces conditions s'appliquent aux lots n° 01 et 02", said apart from the clause itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.clauses.headings import Headings
from achats_check.facts.clauses.lots import lot_numbers
from achats_check.facts.clauses.reach import CLAUSES
from achats_check.facts.clauses.sentences import denied
from achats_check.facts.codes import lot_number
from achats_check.facts.text import Reading, fold
from achats_check.model.document import Block
from achats_check.model.fact import MARCHE, Scope, Value
from achats_check.patterns import compiled

_FAMILIES = {
    "social": r"\bsocia(?:l|le|les|ux)\b|\binsertion\b(?! (?:paysagere|urbaine|architecturale))",
    "environnement": r"\benvironnement",
}
_LIMITED = compiled(
    r"\b(?:conditions?|clauses?|dispositions?|obligations?)(?P<subject>[^.;:\n]{0,60}?) "
    r"(?:s'applique(?:nt|ront|ra)?|concernent?|concernera|sont applicables|est applicable)\b"
    r"(?: uniquement| seulement| exclusivement| que)? (?:au |aux |le |les |l'|a )?"
    r"(?P<lots>(?:seuls? )?lots? (?:suivants? ?: ?)?[^.;:\n]{1,80})"
)
_TITLED_FAMILIES = {
    **_FAMILIES,
    "social": _FAMILIES["social"]
    + r"|eloignee?s? d(?:e l'emploi|u (?:marche du )?travail)|d'acces ou de retour a l'emploi",
}
"""The same, with what says them where the whole article is about them."""
_OF_A_TABLE = compiled(
    r"\bautres lots\b[^.;]{0,20}(?:\bne |\bn')(?:y )?(?:sont|seront) (?:pas|aucunement|nullement) "
    r"(?:concern|soumis|vis|assujett)"
    r"|\blots (?:\w+ ){0,2}?(?:design|mention|list|enumer|indiqu|vis|cit|fix|defin)\w* (?:ci-dessous|ci-apres"
    r"|(?:dans|par|au) (?:le |ce )?tableau)"
)
_LOT_ROW = compiled(r"\s*(?:lots?\s*)?(?:n\s?°\s*)?(\d{1,2})\b(?!\s?(?:h\b|%|€|heures?\b))")
_NEAR = 3
"""Lines between a sentence and the table it names."""
_LOTS = ".lots_concernes"
"""End of the name of the candidates that carry the lots of a family, which serve here only."""
_BACK = compiled(r"\b(?:ces|cette|lesdites?|ladite) $")
"""What sends back to the clause of the sentence before."""
_BEFORE = 320
_CONFIDENCE = 0.9
_SURE = 0.8
_OTHERS_CONFIDENCE = 0.8
_EQUALITY = "social.egalite"
"""A social clause that the words which limit one of insertion say nothing of."""


def find_limits(reading: Reading, texts: Sequence[str], headings: Headings) -> Iterator[Candidate]:
    """Yield the lots that the clauses of a family are limited to, under a name that serves here only.

    Args:
        reading: The document.
        texts: Folded text by block.
        headings: Titles above each block.
    """
    for block in reading.document.blocks:
        text = texts[block.index]
        if "lot" not in text:
            continue
        if "lots" in text and block.kind != "row":
            yield from _listed(reading, texts, headings, block)
        if "appliqu" not in text and "concern" not in text and "applicable" not in text:
            continue
        for match in _LIMITED.finditer(text):
            lots = lot_numbers(match["lots"])
            if not lots or denied(text, *match.span("lots")):
                continue
            above = texts[block.index - 1] if block.index else ""
            said = match["subject"]
            told = [family for family, words in _FAMILIES.items() if compiled(words).search(said)]
            if not told and _BACK.search(text, max(0, match.start() - 12), match.start()):
                around = f"{above} {text[: match.start()]}"[-_BEFORE:]
                told = [family for family, words in _FAMILIES.items() if compiled(words).search(around)]
            for family in told:
                yield Candidate(f"{family}{_LOTS}", lots, reading.evidence(block, *match.span()), _CONFIDENCE)


def _listed(reading: Reading, texts: Sequence[str], headings: Headings, block: Block) -> Iterator[Candidate]:
    """Yield the lots of the table that a line names: "les lots désignés ci-dessous ; les autres ne sont pas …"."""
    text = texts[block.index]
    match = next(reversed(list(_OF_A_TABLE.finditer(text))), None)
    lots = _lots_of_table(reading, texts, block.index) if match else ()
    told = f"{text}\n{headings.above(block.index)}" if lots else ""
    for family, words in _TITLED_FAMILIES.items() if lots else ():
        if match is not None and compiled(words).search(told):
            yield Candidate(f"{family}{_LOTS}", lots, reading.evidence(block, *match.span()), _CONFIDENCE)


def _lots_of_table(reading: Reading, texts: Sequence[str], index: int) -> tuple[str, ...]:
    """Return the lots that head the rows of the table just below a block, or just above it; () without one."""
    blocks = reading.document.blocks
    below = next((b for b in blocks[index + 1 : index + 1 + _NEAR] if b.kind == "row"), None)
    above = blocks[index - 1] if index and blocks[index - 1].kind == "row" else None
    near = below or above
    rows = [b for b in blocks if b.kind == "row" and b.table == near.table] if near is not None else []
    if not rows or "lot" not in fold(rows[0].cells[0] if rows[0].cells else ""):
        return ()
    found = (_LOT_ROW.match(texts[row.index]) for row in rows[1:])
    return tuple(dict.fromkeys(lot_number(match[1]) for match in found if match is not None))


def limited(
    found: Sequence[Candidate | NearMiss | Sought],
) -> list[Candidate | NearMiss | Sought]:
    """Give the clauses of a family to the lots that every piece limits them to, when they are not all the lots.

    Args:
        found: What was read in every piece of a dossier.
    """
    candidates = [item for item in found if isinstance(item, Candidate)]
    told: dict[str, set[Value]] = {}
    for item in candidates:
        if item.name.endswith(_LOTS):
            told.setdefault(item.name.removesuffix(_LOTS), set()).add(item.value)
    counts = {c.value for c in candidates if c.name == "nombre_lots" and c.confidence > _SURE}
    limits = {family: lots.pop() for family, lots in told.items() if len(lots) == 1}
    kept = {f: lots for f, lots in limits.items() if isinstance(lots, tuple) and len(lots) not in counts}
    if not kept:
        return list(found)
    return [*(given for item in found for given in _given(item, kept)), *_set_aside(candidates, kept)]


def _set_aside(candidates: Sequence[Candidate], limits: Mapping[str, Sequence[object]]) -> Iterator[Candidate]:
    """Yield that the lots which a clause is not for have none, where nothing else tells one of them."""
    numbered = dict.fromkeys(c.scope for c in candidates if c.scope.kind == "lot" and c.name == "objet")
    told = {(c.name, c.scope) for c in candidates}
    for item in candidates:
        family = item.name.removesuffix(_LOTS)
        if family == item.name or family not in limits or any(c.name == _EQUALITY for c in candidates):
            continue
        clauses = (name for name in CLAUSES if name.startswith(f"{family}."))
        for name in sorted(name for name in clauses if any(c.name == name and c.value is True for c in candidates)):
            others = (scope for scope in numbered if scope.id not in limits[family] and (name, scope) not in told)
            yield from (Candidate(name, False, item.evidence, _OTHERS_CONFIDENCE, scope) for scope in others)


def _given(
    item: Candidate | NearMiss | Sought, limits: Mapping[str, Sequence[object]]
) -> Iterator[Candidate | NearMiss | Sought]:
    lots = limits.get(item.name.partition(".")[0]) if isinstance(item, Candidate) else None
    if not lots or not isinstance(item, Candidate) or item.name not in CLAUSES or item.scope != MARCHE:
        yield item
    elif item.value is True:
        for lot in lots:
            yield item._replace(scope=Scope("lot", str(lot)))
    else:
        yield item
