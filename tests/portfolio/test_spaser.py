"""Who owes a SPASER, from declared purchases, and what estimates may say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from achats_check.law.context import Context
from achats_check.law.evaluate import judge_rule
from achats_check.law.rulebook import Rulebook
from achats_check.model.fact import ACHETEUR, DECLARED, KNOWN, Fact, FactSet, Value
from achats_check.portfolio.records import Spending
from achats_check.portfolio.spaser import STATUSES, SpaserDuty

MILLION = 100_000_000
"""Cents."""


def facts(year: int, **values: Value) -> FactSet:
    """What is known of a buyer."""
    stated = {f"acheteur.{name}": value for name, value in values.items()} | {"reference_date_achats": year}
    return FactSet([Fact(name, ACHETEUR, value, KNOWN, DECLARED) for name, value in stated.items()])


def status(book: Rulebook, year: int, low: int = 0, high: int = 0, **values: Value) -> str:
    """Ask the duty of a year, estimates in millions of euros."""
    spending = Spending(low * MILLION, high * MILLION)
    return SpaserDuty(book).status(facts(year, **values), date(year, 12, 31), spending)


@pytest.mark.parametrize(
    ("year", "category", "purchases", "expected"),
    [
        (2022, "commune", "100000000", "non_du"),
        (2022, "commune", "100000000.01", "du"),
        (2022, "commune", "60000000", "non_du"),
        (2023, "commune", "50000000", "non_du"),
        (2023, "commune", "50000000.01", "du"),
        (2022, "etat", "900000000", "non_du"),
        (2023, "etat", "900000000", "du"),
        (2022, "etablissement_sante", "900000000", "indetermine"),
        (2014, "region", "900000000", "non_du"),
    ],
)
def test_declared_purchases_settle_it(book: Rulebook, year: int, category: str, purchases: str, expected: str) -> None:
    """100 million, then 50 from 2023; local authorities, then everyone; strictly above."""
    assert status(book, year, 500, 900, categorie=category, achats_annuels_ht=Decimal(purchases)) == expected


@pytest.mark.parametrize(
    ("year", "low", "high", "expected"),
    [
        (2024, 51, 80, "probable"),
        (2024, 50, 51, "possible"),
        (2024, 10, 50, "indetermine"),
        (2024, 0, 0, "indetermine"),
        (2022, 60, 90, "indetermine"),
        (2022, 60, 101, "possible"),
        (2014, 900, 900, "non_du"),
    ],
)
def test_estimates_never_settle_it(book: Rulebook, year: int, low: int, high: int, expected: str) -> None:
    """Far above is likely, near is possible, below is not known: the data miss purchases."""
    assert status(book, year, low, high, categorie="metropole") == expected


def test_who_is_not_bound_owes_nothing(book: Rulebook) -> None:
    """The State before the law that bound it, whatever it spends; an unknown buyer cannot be told."""
    assert status(book, 2022, 900, 900, categorie="etat") == "non_du"
    assert status(book, 2022, 900, 900) == "indetermine"
    assert status(book, 2024, 900, 900) == "probable"


@settings(max_examples=100)
@given(
    st.sampled_from(["commune", "etat", "etablissement_sante", "bailleur_social", None]),
    st.integers(2013, 2027),
    st.integers(0, 120_000_000) | st.sampled_from([50_000_000, 50_000_001, 100_000_000, 100_000_001]),
)
def test_the_status_is_what_the_rule_says(book: Rulebook, category: str | None, year: int, purchases: int) -> None:
    """``du`` where the rule applies, ``non_du`` where it does not, whatever the buyer, the year and the amount."""
    stated: dict[str, Value] = {"achats_annuels_ht": Decimal(purchases)}
    known = facts(year, **stated, **({"categorie": category} if category else {}))
    rule = book.rule("spaser-adoption")
    assert rule is not None
    adopted = known.merged(Fact("acheteur.spaser.adopte", ACHETEUR, True, KNOWN, DECLARED))
    verdict = judge_rule(rule, Context(book, adopted, date(2026, 1, 1), ACHETEUR)).verdict
    expected = {"conforme": "du", "sans_objet": "non_du", "a_verifier": "indetermine"}[verdict]
    assert SpaserDuty(book).status(known, date(year, 12, 31), Spending()) == expected


def test_every_status_is_of_the_vocabulary(book: Rulebook) -> None:
    """What is written in the lines is what rules compare."""
    assert tuple(STATUSES) == book.vocabulary["portefeuille.spaser"].values
