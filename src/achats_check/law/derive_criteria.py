"""Derived facts on the award criteria and the labels."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from achats_check.law.context import Context
from achats_check.law.records import number, records
from achats_check.model.fact import EXTRACTED

OPEN_NATURES = {None, "technique", "autre", "cout"}
"""Natures whose elements may take society or the environment into account without saying so in the name."""


def _criteria(context: Context) -> tuple[Mapping[str, Any], ...] | None:
    return records(context, "criteres")


def total_weight(context: Context) -> Decimal | None:
    """Add the weights, when every criterion has one."""
    weights = _weights(context)
    return sum(weights, Decimal(0)) if weights else None


def _weights(context: Context) -> list[Decimal] | None:
    found = [number(item.get("poids")) for item in _criteria(context) or ()]
    return None if None in found else [weight for weight in found if weight is not None]


def scale(context: Context) -> Decimal | None:
    """Return 100 when every weight is known and their sum looks like percentages."""
    total = total_weight(context)
    return Decimal(100) if total is not None and 80 <= total <= 120 else None


def stated(context: Context) -> bool | None:
    """Say whether criteria are stated."""
    found = _criteria(context)
    return None if found is None else bool(found)


def several(context: Context) -> bool | None:
    """Say whether more than one criterion is stated."""
    found = _criteria(context)
    return len(found) > 1 if found else None


def weighted(context: Context) -> bool | None:
    """Say whether every criterion has a weight; one criterion alone needs none.

    When only some weights were read in the documents, the others may have been lost in a table: unknown.
    """
    found = _criteria(context)
    if not found:
        return None
    held = [number(item.get("poids")) is not None for item in found]
    if all(held) or len(found) == 1:
        return True
    return None if any(held) and context.fact("criteres").origin == EXTRACTED else False


def life_cycle_cost(context: Context) -> bool | None:
    """Say that no criterion is a life-cycle cost when every nature is known and none could be."""
    found = _criteria(context)
    natures = {item.get("nature") for item in found or ()}
    return None if not found or natures & {None, "cout", "autre"} else False


def price_alone(context: Context) -> bool | None:
    """Say whether the price is the only criterion; a single life-cycle or global cost is not a price."""
    return _only(context, {"prix"})


def price_and_delay_alone(context: Context) -> bool | None:
    """Say whether the criteria are limited to price and delay."""
    return _only(context, {"prix", "delai"})


def _only(context: Context, natures: set[str]) -> bool | None:
    found = _criteria(context)
    if not found:
        return None
    held = [item.get("nature") for item in found]
    if any(nature is not None and nature not in natures for nature in held):
        return False
    return None if None in held else True


def environmental(context: Context) -> bool | None:
    """Say whether a criterion takes the environment into account, when the natures tell."""
    return _some(context, "environnemental")


def social(context: Context) -> bool | None:
    """Say whether a criterion is social, when the natures tell."""
    return _some(context, "social")


def _some(context: Context, nature: str) -> bool | None:
    found = _criteria(context)
    if not found:
        return None
    held = {item.get("nature") for item in found}
    if nature in held:
        return True
    return None if held & OPEN_NATURES else False


def environmental_weight(context: Context) -> Decimal | None:
    """Add the weights of the environmental criteria."""
    return _weight_of(context, "environnemental")


def social_weight(context: Context) -> Decimal | None:
    """Add the weights of the social criteria."""
    return _weight_of(context, "social")


def _weight_of(context: Context, nature: str) -> Decimal | None:
    weights = [number(item.get("poids")) for item in _criteria(context) or () if item.get("nature") == nature]
    known = [weight for weight in weights if weight is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(weights) else None


def label_required(context: Context) -> bool | None:
    """Say whether a label is required."""
    found = records(context, "labels")
    return None if found is None else bool(found)


def equivalence_accepted(context: Context) -> bool | None:
    """Say whether every label is required "or equivalent"; None when a piece is silent on one of them."""
    held = [item.get("equivalent_accepte") for item in records(context, "labels") or ()]
    if not held:
        return None
    if False in held:
        return False
    return None if None in held else True


def fair_trade(context: Context) -> bool | None:
    """Say whether one of the labels is a fair-trade label."""
    found = records(context, "labels")
    return True if any(item.get("commerce_equitable") is True for item in found or ()) else None
