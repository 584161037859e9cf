"""Shares of which a part is unknown: certain bounds, and what those who declare would say of all.

The bounds are certain: every unknown is supposed "non", then "oui". Wilson's interval is not: it supposes that the
contracts that declare are drawn like the others, which nobody knows.
"""

from decimal import ROUND_DOWN, Decimal
from math import sqrt
from typing import NamedTuple

from achats_check.portfolio.records import Tally

_Z = 1.959963984540054
"""Quantile of the normal law for 95 % of confidence."""
_GRID = Decimal("0.0001")


class Share(NamedTuple):
    """A share, from 0 to 1, as far as it is known."""

    low: Decimal
    """If no unknown contract were one; rounded down to a ten-thousandth, which keeps every "au moins" exact."""
    high: Decimal
    """If every unknown contract were one."""
    declared: float | None
    """Among those that declare; None when none does."""
    wilson: tuple[float, float] | None
    """Interval at 95 % around ``declared``, for counts only."""


def share_of_contracts(tally: Tally) -> Share | None:
    """Return the share of contracts; None when there is none."""
    yes, no, *unknown = tally.contracts
    found = _share(yes, no, sum(unknown))
    return found and found._replace(wilson=wilson(yes, yes + no))


def share_of_amounts(tally: Tally) -> Share | None:
    """Return the share of the known amounts; None when there is none."""
    yes, no, *unknown = tally.cents
    return _share(yes, no, sum(unknown))


def _share(yes: int, no: int, unknown: int) -> Share | None:
    total = yes + no + unknown
    if total <= 0:
        return None
    declared = round(yes / (yes + no), 6) if yes + no else None
    return Share(_part(yes, total), _part(yes + unknown, total), declared, None)


def _part(part: int, total: int) -> Decimal:
    return (Decimal(part) / Decimal(total)).quantize(_GRID, ROUND_DOWN)


def wilson(yes: int, total: int) -> tuple[float, float] | None:
    """Return Wilson's interval at 95 % for a proportion; None without any observation.

    Source:
        E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
    """
    if total <= 0:
        return None
    share, square = yes / total, _Z * _Z
    middle = share + square / (2 * total)
    spread = _Z * sqrt(share * (1 - share) / total + square / (4 * total * total))
    low, high = ((middle + sign * spread) / (1 + square / total) for sign in (-1, 1))
    return (0.0 if yes == 0 else round(low, 6)), (1.0 if yes == total else round(high, 6))
