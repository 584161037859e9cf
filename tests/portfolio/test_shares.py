"""Bounds that hold whatever the unknowns are, and Wilson's interval."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achats_check.portfolio.records import Tally
from achats_check.portfolio.shares import share_of_amounts, share_of_contracts, wilson

COUNTS = st.integers(0, 50)


def test_every_state_is_kept_apart() -> None:
    """Three yes, one no, four missing, two outside the schema: from 30 to 90 %, 75 % of those that declare."""
    share = share_of_contracts(Tally((3, 1, 4, 2)))
    assert share is not None
    assert (share.low, share.high, share.declared) == (Decimal("0.3"), Decimal("0.9"), 0.75)


def test_nothing_known_is_said_of_nothing() -> None:
    """No contract has no share; contracts that say nothing lie between none and all, with no declared share."""
    assert share_of_contracts(Tally()) is None
    share = share_of_contracts(Tally((0, 0, 3, 2)))
    assert share is not None
    assert (share.low, share.high, share.declared, share.wilson) == (0, 1, None, None)


@given(COUNTS, COUNTS, st.lists(st.booleans(), max_size=40), st.integers(0, 40))
def test_the_bounds_hold_the_truth(yes: int, no: int, hidden: list[bool], cut: int) -> None:
    """Whatever the unknown contracts turn out to be, the true share lies between the bounds, to a ten-thousandth."""
    missing = len(hidden[:cut])
    share = share_of_contracts(Tally((yes, no, missing, len(hidden) - missing)))
    if share is None:
        assert yes + no + len(hidden) == 0
        return
    truth = Fraction(yes + sum(hidden), yes + no + len(hidden))
    assert Fraction(share.low) <= truth <= Fraction(share.high) + Fraction(1, 10_000)


@given(COUNTS, COUNTS, COUNTS)
def test_revealing_unknowns_only_narrows(yes: int, no: int, unknown: int) -> None:
    """One unknown fewer never moves a bound outwards."""
    before = share_of_contracts(Tally((yes, no, unknown + 1, 0)))
    for after in (
        share_of_contracts(Tally((yes + 1, no, unknown, 0))),
        share_of_contracts(Tally((yes, no + 1, unknown, 0))),
    ):
        assert before is not None
        assert after is not None
        assert before.low <= after.low <= after.high <= before.high


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.integers(0, 10_000))
def test_rounding_never_reaches_a_goal(yes: int, no: int, goal: int) -> None:
    """A share is at least a goal of ten-thousandths exactly when its lower bound is."""
    share = share_of_contracts(Tally((yes, no, 0, 0)))
    assert share is not None
    level = Fraction(goal, 10_000)
    assert (Fraction(yes, yes + no) >= level) == (Fraction(share.low) >= level)


def test_amounts_have_no_interval() -> None:
    """Euros are not drawn one by one."""
    share = share_of_amounts(Tally((1, 1, 1, 0), (30_00, 10_00, 60_00, 0)))
    assert share is not None
    assert (share.low, share.high, share.declared, share.wilson) == (Decimal("0.3"), Decimal("0.9"), 0.75, None)


@pytest.mark.parametrize(
    ("yes", "total", "low", "high"),
    [(0, 10, 0.0, 0.277533), (10, 10, 0.722467, 1.0), (5, 10, 0.236593, 0.763407), (30, 100, 0.218949, 0.395849)],
)
def test_wilson_as_published(yes: int, total: int, low: float, high: float) -> None:
    """Values of the usual tables."""
    found = wilson(yes, total)
    assert found is not None
    assert found == pytest.approx((low, high), abs=2e-5)


def test_wilson_of_nothing() -> None:
    """No observation, no interval."""
    assert wilson(0, 0) is None
