"""Reading typed values out of facts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from achats_check.law.view import View
from achats_check.model.fact import ABSENT


def number(value: Any) -> Decimal | None:
    """Return a number as Decimal; None for anything else."""
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def records(view: View, name: str) -> tuple[Mapping[str, Any], ...] | None:
    """Return the records of a list fact; () when known absent, None when unknown or disputed."""
    if view.fact(name).status == ABSENT:
        return ()
    value = view.known(name)
    return tuple(item for item in value if isinstance(item, Mapping)) if isinstance(value, tuple) else None
