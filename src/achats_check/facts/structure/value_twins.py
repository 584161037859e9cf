"""Amounts under the same label again and again: those of lots that nothing names, and not one amount disputed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.structure.from_periods import INITIAL, PERIODIC, YEARLY
from achats_check.facts.structure.scan import Text
from achats_check.model.fact import MARCHE, Value
from achats_check.patterns import compiled

_FIGURES = r"[\d .,]*\d"
_LOTS = r"\blots\b|\balloti"
_REASON = "montants différents sous la même étiquette, chacun d'un lot que rien ne nomme"
_FACTS = {part: name for parts in (YEARLY, PERIODIC, INITIAL) for name, part in parts.items()}
"""The fact that the amounts of a part of the duration are counted for."""


def without_twins(
    found: Iterable[Candidate | NearMiss | Sought], text: Text
) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield what was found, near misses in the place of amounts of the market told by one label with another amount.

    Args:
        found: What was read of the values in a piece.
        text: The piece. One that speaks of no lots contradicts itself, and both amounts stay.
    """
    items = list(found)
    told: dict[tuple[str, str, str], set[Value]] = defaultdict(set)
    for item in items:
        if isinstance(item, Candidate) and item.scope == MARCHE:
            told[_label(item, text)].add(item.value)
    several = {label for label, values in told.items() if len(values) > 1}
    lots = bool(several) and compiled(_LOTS).search(text.joined) is not None
    for item in items:
        if lots and isinstance(item, Candidate) and item.scope == MARCHE and _label(item, text) in several:
            yield NearMiss(_FACTS.get(item.name, item.name), item.evidence, _REASON)
        else:
            yield item


def _label(candidate: Candidate, text: Text) -> tuple[str, str, str]:
    """Return the fact with the heading and the line of its passage, the figures of which are set aside."""
    place = candidate.evidence.location
    return candidate.name, place.heading, compiled(_FIGURES).sub("0", text.folded[place.block or 0].strip())
