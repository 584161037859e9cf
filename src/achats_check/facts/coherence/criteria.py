"""Award criteria that agree under other names: what counts is the weights, and that of the price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from achats_check.facts.agreement import agree
from achats_check.facts.candidate import Candidate
from achats_check.facts.coherence.sides import UNSURE, Outcome, Side, compare
from achats_check.model.fact import Item, Value
from achats_check.wording import enum_label, format_number, shorten

CALL = ("AAPC", "RC", "CCP")
"""Pieces that say how offers are judged; the criteria of another one may be those of something else."""
_PRICED = ("prix", "cout")
_WHOLE = Decimal(100)
_SHORT = 40
"""Letters of the name of a criterion in a sentence that holds several lists."""


def compare_criteria(held: Sequence[Side]) -> Outcome | None:
    """Compare lists of criteria; only other weights, or another weight of the price, are certain to differ.

    Lists that do not add up to 100, that part one criterion in two or that swap two of them only raise a doubt.
    """
    weighted = [side._replace(readings=kept) for side in held if (kept := _weighted(side))]
    outcome = compare(weighted, lambda one, other: agree(one.value, other.value), _told, sure=0.7)
    if outcome is None or outcome.agrees:
        return outcome
    first, second = (e.value for e in outcome.evidence[:2])
    ours, theirs = sorted(weights(first)), sorted(weights(second))
    whole = sum(ours) == sum(theirs) == _WHOLE and len(ours) == len(theirs)
    called = all(evidence.role in CALL for evidence in outcome.evidence[:2])
    clear = called and whole and (ours != theirs or _price(first) != _price(second))
    return outcome if clear else outcome._replace(confidence=UNSURE)


def _told(candidate: Candidate) -> str:
    """Write a list of criteria as a reader compares it: "prix 40, technique 40, environnemental 20"."""
    items = _items(candidate.value)
    natures = [str(item.get("nature") or "autre") for item in items]
    return ", ".join(
        f"{_name(item, nature, natures)} {format_number(Decimal(str(item['poids'])))}"
        for item, nature in zip(items, natures, strict=True)
    )


def _name(item: Item, nature: str, natures: Sequence[str]) -> str:
    plain = nature not in ("autre", "technique") and natures.count(nature) == 1
    return enum_label(nature) if plain else shorten(str(item.get("nom", "")), _SHORT).lower()


def _weighted(side: Side) -> tuple[Candidate, ...]:
    return tuple(c for c in side.readings if weights(c.value))


def weights(value: Value | None) -> list[Decimal]:
    """Return the weights of a list of criteria; empty when one of them is missing."""
    found = [item.get("poids") for item in _items(value)]
    return [Decimal(str(weight)) for weight in found] if found and None not in found else []


def _price(value: Value | None) -> Decimal | None:
    """Return what the price weighs, None when no criterion is one."""
    found = [Decimal(str(item["poids"])) for item in _items(value) if item.get("nature") in _PRICED]
    return sum(found, Decimal(0)) if found else None


def _items(value: Value | None) -> list[Item]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, tuple) else []
