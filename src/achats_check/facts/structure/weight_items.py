"""Criteria with their weights: what each is judged on, which are sub-criteria, in which unit they add up."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from achats_check.facts.terms import Term, held
from achats_check.facts.text import fold
from achats_check.model.document import Block
from achats_check.patterns import compiled

OTHER = "autre"
MONEY = frozenset({"prix", "cout"})
CONCERNS = frozenset({"social", "environnemental"})
WEIGHT = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_TENTHS = 10
WHOLE = 100
_FEW = 4


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


def nature_of(name: str, natures: Sequence[Term]) -> str:
    """Return the nature of a criterion from its folded name, "autre" when no term says it.

    The head of "Valeur technique (moyens, délais)" says it; the brackets do when most of what they hold is a concern.
    """
    whole = held(natures, judged(name, natures)) or OTHER
    head, _, details = name.partition("(")
    own = held(natures, head) if details else None
    if whole not in CONCERNS or own in CONCERNS:
        return own or whole
    return own if own is not None and _details_other_things(details, natures) else whole


def _details_other_things(details: str, natures: Sequence[Term]) -> bool:
    """Tell whether most of what a name details between brackets is no concern: "(reconditionnement, essais)"."""
    told = [part for part in compiled(r"[,;/)]|\bet\b").split(details) if part.strip()]
    return 2 * sum(held(natures, part) in CONCERNS for part in told) < len(told)


def judged(name: str, natures: Sequence[Term]) -> str:
    """Return what a folded name says is judged, without what it is for when the rest tells a concern by itself.

    "Parcours des apprentis pour le tri des déchets" judges the apprentices; "Moyens pour l'insertion", the insertion.
    """
    head = name.partition(" pour ")[0]
    return head if len(head) < len(name) and held(natures, head) in CONCERNS else name


def tidy(raw: str) -> str:
    """Return the name of a criterion without the marks around it nor the word that announces its weight."""
    name = " ".join(raw.split()).strip(" :,-–(•.")
    return compiled(r",? (?:notée?s?|pondérée?s?|[Pp]ondération)$").sub("", name).strip(" ,")[:160]


def top_level(items: Sequence[Item]) -> list[Item]:
    """Return the criteria without their sub-criteria: numbered ones, or those whose sum is the weight above."""
    whole = [item for item in items if item.depth != 2]
    if len(whole) > 1 and total(whole) == 100:
        return whole
    firsts = [item for item in items if item.depth == 1]
    if len(firsts) > 1 and (total(firsts) == 100 or any(item.depth == 2 for item in items)):
        return firsts
    kept: list[Item] = []
    at = 0
    while at < len(items):
        kept.append(items[at])
        at += 1 + _children(items, at)
    return kept if total(kept) <= total(items) else list(items)


def _children(items: Sequence[Item], at: int) -> int:
    """Return how many items after ``at`` detail it: two or more whose weights sum to its own."""
    reached = Decimal(0)
    for count, item in enumerate(items[at + 1 :], 1):
        reached += item.weight
        if count > 1 and reached == items[at].weight and total(items) > 100:
            return count
        if reached > items[at].weight:
            return 0
    return 0


def of_one_unit(items: Sequence[Item]) -> list[Item]:
    """Return the items without what is told in another unit: points that detail percentages are no criteria.

    A short list that mixes both is a slip of the pen, and stays whole; a longer one that no unit sums up says nothing.
    """
    percents = [item for item in items if "%" in item.unit or "cent" in item.unit]
    if len(percents) in (0, len(items)) or not all(item.unit for item in items):
        return list(items)
    if len(percents) > 1 and total(percents) == WHOLE:
        return percents
    return list(items) if len(items) <= _FEW and total(items) == WHOLE else []


def as_percentages(items: Sequence[Item]) -> list[Item]:
    """Return the items with weights out of 100 when they are coefficients that add up to one, or ten said so."""
    whole = total(items)
    if whole != 1 and not (whole == _TENTHS and all("coef" in fold(item.block.text) for item in items)):
        return list(items)
    return [item._replace(weight=item.weight * 100 / whole) for item in items]


def of_money(items: Iterable[Item], natures: Sequence[Term]) -> bool:
    """Say whether one of the items is a price or a cost."""
    return any(nature_of(fold(item.name), natures) in MONEY for item in items)


def total(items: Sequence[Item]) -> Decimal:
    """Return the sum of the weights."""
    return sum((item.weight for item in items), Decimal(0))
