"""The same holder of reserved contracts again, beside a naive count."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.portfolio.tables import TOWN, contract, frame

from achats_check.law.rulebook import Rulebook
from achats_check.portfolio.records import Sign
from achats_check.portfolio.reserved import same_holders, whole_months

HOLDER = "11122233300011"


def award(uid: str, day: date, category: str | None = "ess", **values: Any) -> dict[str, Any]:
    """A reserved contract; of no known category, the list of considerations alone says it is reserved."""
    listed: dict[str, Any] = {"considerations_sociales": ["Marché réservé"], "etat_sociales": "declarees"}
    stated = {"execution__date_notification": day, "reservation__categorie": category, "titulaires": [HOLDER]}
    return contract(uid, **(listed | stated | values))


def signs(rows: list[dict[str, Any]], book: Rulebook) -> list[Sign]:
    """Return the awards that follow another."""
    return list(same_holders(frame(rows), book))


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2021, 3, 1), date(2024, 2, 29), 35),
        (date(2021, 3, 1), date(2024, 3, 1), None),
        (date(2024, 2, 29), date(2024, 3, 28), 0),
        (date(2024, 3, 1), date(2024, 3, 1), None),
    ],
)
def test_three_years_from_date_to_date(first: date, last: date, months: int | None, book: Rulebook) -> None:
    """The eve of the third anniversary is within three years, the anniversary is not, one same day is one award."""
    found = signs([award("a", first), award("b", last)], book)
    assert [sign.facts["portefeuille.ess.mois_depuis_precedent"] for sign in found] == (
        [] if months is None else [months]
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ["ess"]),
        ({"reservation__categorie": None}, [None]),
        ({"reservation__categorie": "handicap"}, []),
        ({"reservation__categorie": "aucune"}, []),
        ({"titulaires": ["11122233300029"]}, ["ess"]),
        ({"titulaires": ["99988877700011"]}, []),
        ({"titulaires": None}, []),
        ({"acheteur__siret": "23000002000019"}, []),
        ({"contrat": "concession"}, []),
        ({"execution__date_notification": None, "annee": 2024}, []),
    ],
)
def test_an_unknown_category_stays_unknown(values: dict[str, Any], expected: list[str | None], book: Rulebook) -> None:
    """Only two contracts known to be reserved to the ESS are; those known not to be are left out."""
    rows = [award("a", date(2023, 1, 1)), award("b", date(2024, 1, 1), **values)]
    assert [sign.facts.get("portefeuille.ess.categorie") for sign in signs(rows, book)] == expected


def test_a_sure_predecessor_comes_first(book: Rulebook) -> None:
    """A contract of unknown category in between does not hide one surely reserved to the ESS."""
    rows = [award("a", date(2022, 6, 1)), award("b", date(2023, 1, 1), None), award("c", date(2024, 1, 1))]
    last = signs(rows, book)[-1]
    assert last.facts["portefeuille.ess.categorie"] == "ess"
    assert [contract.uid for contract in last.contracts] == ["a", "c"]


AWARDS = st.lists(st.tuples(st.dates(date(2018, 1, 1), date(2025, 1, 1)), st.sampled_from(["ess", None])), max_size=9)


@settings(max_examples=60)
@given(AWARDS)
def test_every_award_within_three_years_of_another(book: Rulebook, drawn: list[tuple[date, str | None]]) -> None:
    """As a naive count finds them, whatever the order."""
    rows = [award(f"{rank:02}", day, category) for rank, (day, category) in enumerate(drawn)]
    found = {(s.contracts[1].uid, s.facts.get("portefeuille.ess.categorie")) for s in signs(rows[::-1], book)}
    expected = set()
    for rank, (day, category) in enumerate(drawn):
        near = [kind for other, kind in drawn if other < day and whole_months(other, day) < 36]
        if near:
            expected.add((f"{rank:02}", "ess" if category == "ess" and "ess" in near else None))
    assert found == expected
    assert all(sign.buyer == TOWN[:9] for sign in signs(rows, book))
