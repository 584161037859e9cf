"""Small purchases of one family over twelve months, beside a naive count; and the holder they go to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.portfolio.tables import REGION, TOWN, direct, frame

from achats_check.law.rulebook import Rulebook
from achats_check.portfolio.records import Sign
from achats_check.portfolio.small_purchases import by_buyers, concentrated, small_purchases, split_families


def families(rows: list[dict[str, Any]], book: Rulebook) -> list[Sign]:
    """Return the families that reach the threshold."""
    return list(split_families(small_purchases(frame(rows), book)))


def total(sign: Sign) -> tuple[Any, ...]:
    """Return the number, the total and the last day of a family."""
    return sign.facts["portefeuille.famille.nombre"], sign.facts["portefeuille.famille.total_12_mois_ht"], sign.day


@pytest.mark.parametrize(
    ("amounts", "reached"),
    [((20_000, 20_000), True), ((20_000, 19_999.99), False), ((39_999.99, 0.01), True), ((40_000, 20_000), False)],
)
def test_the_threshold_is_strict(amounts: tuple[float, float], reached: bool, book: Rulebook) -> None:
    """A total that reaches 40 000 has passed it; a purchase of 40 000 is no small one."""
    rows = [direct(str(rank), date(2024, 3 + rank, 1), amount) for rank, amount in enumerate(amounts)]
    assert bool(families(rows, book)) is reached


@pytest.mark.parametrize(
    ("first", "last", "reached"),
    [
        (date(2023, 3, 1), date(2024, 2, 29), True),
        (date(2023, 3, 1), date(2024, 3, 1), False),
        (date(2023, 3, 2), date(2024, 3, 1), True),
        (date(2024, 2, 29), date(2025, 2, 28), True),
        (date(2024, 2, 29), date(2025, 3, 1), False),
        (date(2024, 5, 1), date(2024, 5, 1), True),
    ],
)
def test_twelve_months_end_the_eve_of_the_anniversary(first: date, last: date, reached: bool, book: Rulebook) -> None:
    """From 1 March to the last day of February: twelve months; the next 1 March opens others."""
    rows = [direct("a", first, 30_000), direct("b", last, 30_000)]
    assert bool(families(rows, book)) is reached


def test_the_threshold_is_that_of_the_day(book: Rulebook) -> None:
    """45 000 passed the threshold on 31 March 2026 and not on 1 April."""
    before = [direct("a", date(2026, 1, 10), 30_000), direct("b", date(2026, 3, 31), 15_000)]
    after = [direct("a", date(2026, 1, 10), 30_000), direct("b", date(2026, 4, 1), 15_000)]
    assert [total(sign) for sign in families(before, book)] == [(2, 45_000, date(2026, 3, 31))]
    assert families(after, book) == []


@pytest.mark.parametrize(
    "values",
    [
        {"procedure__type": "procedure_adaptee"},
        {"procedure__type": None},
        {"contrat": "concession"},
        {"marche_subsequent": True},
        {"innovant": True},
        {"regime": "defense_securite"},
        {"procedure__fondement": ["R2122-3"]},
        {"cpv": ["30192000"]},
        {"cpv": None},
        {"acheteur__siret": REGION},
        {"acheteur__siret": None},
        {"execution__montant_ht": None},
        {"execution__date_notification": None, "annee": 2024},
        {"type": "travaux"},
    ],
)
def test_what_is_no_purchase_of_the_family_is_left_out(values: dict[str, Any], book: Rulebook) -> None:
    """Another buyer, family, procedure or ground; an unknown day or amount: nothing to add up."""
    rows = [direct("a", date(2024, 3, 1), 30_000), direct("b", date(2024, 4, 1), 30_000, **values)]
    assert families(rows, book) == []


def test_a_ground_of_small_amount_is_one(book: Rulebook) -> None:
    """R2122-8 is the ground of small purchases."""
    rows = [direct(uid, date(2024, 3, 1), 30_000, procedure__fondement=["R2122-8"]) for uid in "ab"]
    assert len(families(rows, book)) == 1


def test_works_are_no_family(book: Rulebook) -> None:
    """What counts for works is the operation; by CPV when the type is not stated."""
    assert families([direct(uid, date(2024, 3, 1), 90_000, cpv=["45210000"]) for uid in "ab"], book) == []


def test_a_sign_names_its_contracts(book: Rulebook) -> None:
    """The purchases of the window, by day, and no other."""
    rows = [
        direct("old", date(2022, 1, 1), 39_000),
        direct("b", date(2024, 4, 1), 21_000),
        direct("a", date(2024, 3, 1), 20_000),
    ]
    (sign,) = families(rows, book)
    assert [contract.uid for contract in sign.contracts] == ["a", "b"]
    assert (sign.buyer, sign.key, sign.size, sign.facts["type"]) == ("210000012", "909", 2, "services")


DAYS = st.dates(date(2019, 6, 1), date(2027, 2, 1)) | st.sampled_from(
    [date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 1), date(2026, 3, 31), date(2026, 4, 1), date(2019, 12, 31)]
)
PURCHASES = st.lists(
    st.tuples(DAYS, st.integers(1, 65_000), st.sampled_from([TOWN, REGION]), st.sampled_from(["90910000", "30192000"])),
    max_size=14,
)


def naive_limit(day: date) -> int:
    """The threshold of supplies and services, in cents."""
    known = ((date(2026, 4, 1), 60_000), (date(2020, 1, 1), 40_000), (date.min, 25_000))
    return next(value for since, value in known if day >= since) * 100


def anniversary(day: date) -> tuple[int, int, int]:
    """The same day, a year later."""
    return day.year + 1, day.month, day.day


def naive(rows: list[dict[str, Any]]) -> Mapping[tuple[str, str, int], tuple[int, int, date]]:
    """Count by hand: for each day of a purchase, all those of the twelve months that end there."""
    small = [
        (row["acheteur.siret"][:9], row["cpv"][0][:3], row["execution.date_notification"], row["execution.montant_ht"])
        for row in rows
        if row["execution.montant_ht"] * 100 < naive_limit(row["execution.date_notification"])
    ]
    best: dict[tuple[str, str, int], tuple[int, int, date]] = {}
    for buyer, group, end, _ in sorted(small):
        inside = [
            amount
            for other, family, day, amount in small
            if (other, family) == (buyer, group) and day <= end and anniversary(day) > (end.year, end.month, end.day)
        ]
        cents = round(sum(inside) * 100)
        if len(inside) >= 2 and cents >= naive_limit(end):
            key = (buyer, group, end.year)
            if key not in best or cents > best[key][0]:
                best[key] = (cents, len(inside), end)
    return best


@settings(max_examples=60)
@given(PURCHASES, st.randoms(use_true_random=False))
def test_the_windows_are_those_of_a_naive_count(book: Rulebook, drawn: list[Any], order: Any) -> None:
    """Whatever the purchases and their order."""
    rows = [
        direct(str(rank), day, float(amount), acheteur__siret=buyer, cpv=[code])
        for rank, (day, amount, buyer, code) in enumerate(drawn)
    ]
    shuffled = list(rows)
    order.shuffle(shuffled)
    signs = families(shuffled, book)
    found = {
        (sign.buyer, sign.key, sign.day.year): (int(total(sign)[1] * 100), total(sign)[0], sign.day) for sign in signs
    }
    assert found == naive(rows)
    assert signs == families(rows, book)


def concentrations(rows: list[dict[str, Any]], book: Rulebook) -> list[tuple[Any, ...]]:
    """Return holder, number and share of each concentration."""
    names = ("titulaire", "nombre", "part")
    found = concentrated(small_purchases(frame(rows), book))
    return [tuple(sign.facts[f"portefeuille.concentration.{name}"] for name in names) for sign in found]


def test_the_holder_of_most_purchases(book: Rulebook) -> None:
    """Four of five to one enterprise, by its SIREN; a purchase without holder counts as another's."""
    same = [direct(str(rank), date(2024, 1, 1 + rank), 1_000, titulaires=[f"1112223330001{rank}"]) for rank in range(4)]
    unknown = direct("x", date(2024, 6, 1), 1_000, titulaires=None)
    assert [tuple(map(str, found)) for found in concentrations([*same, unknown], book)] == [
        ("111222333", "4", "0.8000")
    ]


@pytest.mark.parametrize(("others", "found"), [(2, 1), (3, 0)])
def test_who_has_less_than_half_is_not_looked_at(others: int, found: int, book: Rulebook) -> None:
    """Two of four are half of them; two of five are not."""
    rows = [direct(f"a{rank}", date(2024, 1, 1), 1_000) for rank in range(2)]
    rows += [direct(f"b{rank}", date(2024, 1, 1), 1_000, titulaires=[f"{rank}99"]) for rank in range(others)]
    assert len(concentrations(rows, book)) == found


@pytest.mark.parametrize("rows", [1, 2, 3, 100])
def test_a_buyer_is_never_parted(rows: int, book: Rulebook) -> None:
    """Taken some at a time, purchases are all there, each buyer whole."""
    drawn = [direct(str(rank), date(2024, 1, 1), 1_000, acheteur__siret=f"20000000{rank % 3}") for rank in range(7)]
    small = small_purchases(frame(drawn), book)
    chunks = list(by_buyers(small, rows))
    assert [uid for chunk in chunks for uid in chunk["uid"]] == small["uid"].to_list()
    buyers = [set(chunk["key"]) for chunk in chunks]
    assert sum(map(len, buyers)) == 3


def test_a_calendar_year_is_a_year(book: Rulebook) -> None:
    """Two purchases of two years are not repeated; one alone is nothing."""
    rows = [direct("a", date(2024, 12, 31), 1_000), direct("b", date(2025, 1, 1), 1_000)]
    assert concentrations(rows, book) == []


def test_holders_together_hold_each(book: Rulebook) -> None:
    """A joint award counts for each of its holders, once; names stand for missing numbers."""
    rows = [
        direct("a", date(2024, 1, 1), 1_000, titulaires=None, titulaires_noms=["Brume  Net", "brume net", "Autre"]),
        direct("b", date(2024, 1, 2), 1_000, titulaires=[], titulaires_noms=["BRUME NET"]),
    ]
    assert [found[:2] for found in concentrations(rows, book)] == [("nom:brume net", 2)]


def test_small_works_count_in_concentration(book: Rulebook) -> None:
    """The duty to vary operators holds for works under their own threshold."""
    rows = [direct(uid, date(2024, 1, 1), 99_999, cpv=["45210000"]) for uid in "ab"]
    assert len(concentrations(rows, book)) == 1
    rows = [direct(uid, date(2024, 1, 1), 100_000, cpv=["45210000"]) for uid in "ab"]
    assert concentrations(rows, book) == []
