"""Amounts spread over the months of contracts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.portfolio.tables import contract, frame

from achats_check.portfolio.spending import spending


def years(**values: Any) -> dict[int, tuple[int, int]]:
    """Return the estimates of one contract by year, in euros."""
    found = spending(frame([contract(**values)]))
    return {year: (one.low // 100, one.high // 100) for (_, year), one in sorted(found.items())}


def test_an_amount_is_spread_over_its_months() -> None:
    """Twelve months from 1 October: three in the first year, nine in the next."""
    stated = {"execution__date_notification": date(2023, 10, 15), "duree_mois": 12, "execution__montant_ht": 120_000.0}
    assert years(**stated) == {2023: (30_000, 30_000), 2024: (90_000, 90_000)}


def test_a_ceiling_is_no_expenditure() -> None:
    """A framework agreement may cost nothing: only the upper estimate holds it."""
    assert years(duree_mois=10, forme="accord_cadre") == {2024: (0, 100_000)}


@pytest.mark.parametrize("months", [None, 241])
def test_an_unknown_duration_makes_no_lower_estimate(months: int | None) -> None:
    """Whole in its first year, in the upper estimate only; a senseless duration is unknown."""
    assert years(duree_mois=months) == {2024: (0, 100_000)}


@pytest.mark.parametrize(
    "values",
    [
        {"contrat": "concession"},
        {"regime": "livre_v"},
        {"execution__montant_ht": None},
        {"execution__date_notification": None},
        {"acheteur__siret": None},
    ],
)
def test_what_the_law_leaves_out_or_nobody_knows(values: dict[str, Any]) -> None:
    """Concessions and the contracts of book V are no purchases of a SPASER."""
    assert years(duree_mois=12, **values) == {}


@settings(max_examples=60)
@given(st.integers(1, 10**9), st.integers(1, 240), st.dates(date(2015, 1, 1), date(2030, 12, 31)))
def test_nothing_is_lost_in_spreading(cents: int, months: int, day: date) -> None:
    """The years add up to the amount, to the cent, and none is left out in between."""
    row = contract(execution__montant_ht=cents / 100, duree_mois=months, execution__date_notification=day)
    found = spending(frame([row]))
    assert sum(one.low for one in found.values()) == sum(one.high for one in found.values()) == cents
    last = day.year + (day.month - 1 + months - 1) // 12
    assert sorted(year for _, year in found) == list(range(day.year, last + 1))
