"""Award criteria of a notice: their names, their weights in any code, and what they say of social and green matters."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from achats_check.facts.notices.fields import Field
from achats_check.facts.notices.found import Doubt, Found
from achats_check.facts.structure.weight_items import nature_of
from achats_check.facts.terms import Term, held, saying
from achats_check.facts.text import fold
from achats_check.patterns import compiled

_USUAL = (Decimal(100), Decimal(20), Decimal(10), Decimal(50), Decimal(60), Decimal(200), Decimal(1000))
"""Totals that weights written in words may have; any other sum was misread."""
_IN_NAME = (
    r"(?:[\s:(,–-]|pondere\w* (?:a|de)|ponderation|sur|coefficient)*(\d{1,3}(?:[.,]\d{1,3})?)\s*"
    r"(?:%|points?|pts?|pour ?cents?|/ ?100)?\s*\)?\s*[.;]?\s*$"
)
_RANKED = r"(?:(?:sous[- ]?)?cr[a-z]{2,8} ?)?(?:n ?[°o]? ?)?\d{1,2}(?:[.-]\d{1,2})?\W*"
"""A name that only tells the rank of a criterion, as software numbers them."""
_IN_TEXT = r"(?<![\d,.])(\d{1,3}(?:[.,]\d{1,3})?)\s*(?:%|points?\b|pts?\b|pour ?cents?\b|/ ?100)"
_NOTHING = r"\W*(?:voir|cf|se reporter|selon|conforme|unpublished|sans objet|/|-|\.)"
_PERCENTS = ("per-exa", "per-mid", "%")
_POINTS = ("poi-exa", "poi-mid", "")
_DECIMALS = ("dec-exa", "dec-mid")
_RANK = "ord-imp"
_LONGEST = 160
_SEARCHED = 2000
"""Characters of a criterion that are searched: real ones hold a few sentences."""
_AT_END = 60
"""Last characters of a name, where a weight may stand."""
_HUNDRED = Decimal(100)
_INCOMPLETE = 0.55
"""Confidence of a list that may lack a criterion: it accuses nobody."""
_ALONE = "critère seul et sans poids : les autres peuvent être dans les documents"


class Criterion(NamedTuple):
    """One criterion, as its fields give it."""

    field: Field
    """The field that names it, else the first one it has."""
    name: str
    detail: str = ""
    """Its description, when it has a name too."""
    kind: str = ""
    """"price", "cost", "quality", or ""."""
    weight: Decimal | None = None
    unit: str = ""
    """Code of the weight: "per-exa", "poi-exa", "dec-exa", "ord-imp" …"""


def number(text: str) -> Decimal | None:
    """Return the number of a weight field ("40", "40,5", "40 %"), or None."""
    match = compiled(r"\s*(\d{1,4}(?:[.,]\d{1,4})?)\s*(?:%|points?|pts?|/ ?100)?\s*$").match(fold(text[:_LONGEST]))
    try:
        found = Decimal(match[1].replace(",", ".")) if match else None
    except InvalidOperation:
        return None
    return Decimal(int(found)) if found is not None and found == found.to_integral_value() else found


def found_in(
    criteria: Sequence[Criterion],
    lot: str,
    natures: Sequence[Term],
    confidence: float = 0.95,
    *,
    binding: bool = True,
) -> Iterator[Found | Doubt]:
    """Yield ``criteres``, its order, and the social and environmental criteria of one list.

    Args:
        criteria: The criteria of a lot, or of the whole market.
        lot: Key of the lot in the notice, or "".
        natures: What criteria judge, by their names.
        confidence: Of a list whose weights are sound.
        binding: False in a notice that calls for no tender, an award say: it repeats criteria, at times not all.
    """
    named = [_named(item) for item in criteria]
    kept = [item for item in named if item.name and not compiled(_NOTHING).match(fold(item.name))]
    if not kept:
        return
    weights = _weights(kept)
    if weights and None not in weights:
        kept, weights = _without_details(kept, weights)
    if len(kept) == 1 and weights is None:
        yield Doubt("criteres", kept[0].field, _ALONE, words=kept[0].name)
        return
    total = sum((weight or Decimal(0) for weight in weights or ()), Decimal(0))
    if weights and not binding and total not in _USUAL:
        confidence = _INCOMPLETE
    if weights and all(item.unit.startswith("poi") for item in kept):
        yield Found("criteres.echelle", total, kept[0].field, confidence, lot)
    ranked = all(item.unit == _RANK for item in kept)
    if ranked:
        kept = sorted(kept, key=lambda item: item.weight or 0)
        yield Found("criteres.hierarchises", True, kept[0].field, confidence, lot)
    value = tuple(
        _item(item, weight, natures) for item, weight in zip(kept, weights or [None] * len(kept), strict=True)
    )
    yield Found("criteres", value, kept[0].field, confidence if weights or ranked else 0.8, lot)
    for family, nature in (("social", "social"), ("environnement", "environnemental")):
        yield from _family(family, nature, kept, weights, lot, confidence, natures)


def _named(item: Criterion) -> Criterion:
    """Return a criterion with its own name: « Critère 1 » has none but in its description."""
    if item.detail and compiled(_RANKED).fullmatch(fold(item.name).strip()):
        return item._replace(name=_tidy(item.detail))
    return item._replace(name=_tidy(item.name))


def _without_details(
    criteria: list[Criterion], weights: Sequence[Decimal | None]
) -> tuple[list[Criterion], list[Decimal | None]]:
    """Drop sub-criteria typed as criteria, when the list is worth 100 without them and more with them."""
    shares = [weight or Decimal(0) for weight in weights]
    kept, at = [], 0
    while at < len(shares):
        kept.append(at)
        at += 1 + _details(shares, at)
    if sum(shares) <= _HUNDRED or sum(shares[rank] for rank in kept) != _HUNDRED:
        return criteria, list(weights)
    return [criteria[rank] for rank in kept], [weights[rank] for rank in kept]


def _details(shares: Sequence[Decimal], at: int) -> int:
    """Return how many weights after one add up to it, two or more; else 0."""
    reached = Decimal(0)
    for count, share in enumerate(shares[at + 1 :], 1):
        reached += share
        if reached >= shares[at]:
            return count if count > 1 and reached == shares[at] else 0
    return 0


def _item(item: Criterion, weight: Decimal | None, natures: Sequence[Term]) -> dict[str, str | Decimal]:
    told: dict[str, str | Decimal] = {"nom": item.name, "nature": _nature(item, natures)}
    if weight is not None:
        told["poids"] = weight
    return told


def _nature(item: Criterion, natures: Sequence[Term]) -> str:
    if item.kind == "price":
        return "prix"
    nature = nature_of(fold(item.name), natures)
    if nature == "autre" and item.detail:
        nature = nature_of(fold(item.detail), natures)
    return "cout" if nature == "autre" and item.kind == "cost" else nature


def _tidy(name: str) -> str:
    words = " ".join(name[:_SEARCHED].split())
    end = max(0, len(words) - _AT_END)
    cut = compiled(_IN_NAME).search(fold(words), end)
    if cut is not None and cut.start() > 0 and any(c.isalpha() for c in words[: cut.start()]):
        words = words[: cut.start()]
    return words.strip(" :,-–(•.;")[:_LONGEST]


def _weights(criteria: Sequence[Criterion]) -> list[Decimal | None] | None:
    """Return the weight of each criterion, out of 100 when the codes say so; None when they say nothing sure."""
    coded = [item.weight for item in criteria]
    units = {item.unit for item in criteria}
    if any(weight is None for weight in coded) or _RANK in units or all(weight == 1 for weight in coded):
        return _written(criteria)
    sums = [weight for weight in coded if weight is not None]
    total = sum(sums, Decimal(0))
    if total <= 0 or any(weight < 0 for weight in sums):
        return _written(criteria)
    if total == 1 and units <= {*_DECIMALS, *_PERCENTS, *_POINTS}:
        return [weight * 100 for weight in sums]
    return list(sums)


def _written(criteria: Sequence[Criterion]) -> list[Decimal | None] | None:
    """Read weights in names ("Prix 40"), then in descriptions ("Prix des prestations 50.0 %"); all or none."""
    texts = [item.field.text[-_AT_END:] for item in criteria]
    whole = [f"{item.field.text} {item.detail}"[:_SEARCHED] for item in criteria]
    for pattern, searched in ((_IN_NAME, texts), (_IN_TEXT, whole)):
        matches = [compiled(pattern).search(fold(text)) for text in searched]
        found = [Decimal(match[1].replace(",", ".")) for match in matches if match]
        if len(found) == len(criteria) and len(found) > 1 and sum(found, Decimal(0)) in _USUAL:
            return list(found)
    return None


def _family(
    family: str,
    nature: str,
    criteria: Sequence[Criterion],
    weights: Sequence[Decimal | None] | None,
    lot: str,
    confidence: float,
    natures: Sequence[Term],
) -> Iterator[Found | Doubt]:
    own = [rank for rank, item in enumerate(criteria) if _nature(item, natures) == nature]
    for rank in own:
        yield Found(f"{family}.critere", True, criteria[rank].field, confidence, lot)
    if own and weights:
        total = sum((weights[rank] or Decimal(0) for rank in own), Decimal(0))
        yield Found(f"{family}.critere_poids", total, criteria[own[0]].field, confidence, lot)
    if own:
        return
    terms = tuple(saying(natures, nature))
    inside = next(
        (item for item in criteria if held(terms, fold(f"{item.field.text} {item.detail}"[:_SEARCHED]))), None
    )
    if inside is not None:  # a sub-criterion: it counts, its weight is not known
        yield Found(f"{family}.critere", True, inside.field, 0.75, lot)
