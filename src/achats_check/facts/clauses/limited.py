"""Clauses of some lots only: "Ces conditions s'appliquent aux lots n° 01 et 02", said apart from the clause itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.clauses.lots import lot_numbers
from achats_check.facts.clauses.reach import CLAUSES
from achats_check.facts.clauses.sentences import denied
from achats_check.facts.text import Reading
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
_LOTS = ".lots_concernes"
"""End of the name of the candidates that carry the lots of a family, which serve here only."""
_BACK = compiled(r"\b(?:ces|cette|lesdites?|ladite) $")
"""What sends back to the clause of the sentence before."""
_BEFORE = 320
_CONFIDENCE = 0.9
_SURE = 0.8


def find_limits(reading: Reading, texts: Sequence[str]) -> Iterator[Candidate]:
    """Yield the lots that the clauses of a family are limited to, under a name that serves here only.

    Args:
        reading: The document.
        texts: Folded text by block.
    """
    for block in reading.document.blocks:
        text = texts[block.index]
        if "lot" not in text or ("appliqu" not in text and "concern" not in text and "applicable" not in text):
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
    return [given for item in found for given in _given(item, kept)] if kept else list(found)


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
