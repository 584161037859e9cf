"""Rows of the table of contracts: buyer, amount, and the state of each consideration."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from tests.portfolio.tables import contract, frame

from achats_check.portfolio.reading import consultations, contracts


def one(**values: Any) -> dict[str, Any]:
    """Read one contract."""
    return contracts(frame([contract(**values)])).collect().row(0, named=True)


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"acheteur__siret": "21000001200011"}, "210000012"),
        ({"acheteur__siret": "210 000 012 00011"}, "210000012"),
        ({"acheteur__siret": "210000012"}, "210000012"),
        ({"acheteur__siret": "12", "acheteur__nom": "  Ville  de BRUME "}, "nom:ville de brume"),
        ({"acheteur__siret": None, "acheteur__nom": "Ville de Brume"}, "nom:ville de brume"),
        ({"acheteur__siret": None, "acheteur__nom": "  "}, None),
        ({"acheteur__siret": None}, None),
    ],
)
def test_a_buyer_is_its_siren_else_its_name(values: dict[str, Any], key: str | None) -> None:
    """Establishments of one buyer are one; a wrong number is no number."""
    assert one(**values)["key"] == key


SOCIAL = ("sociale", "clause_sociale", "critere_social", "reservee")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "manquante manquante manquante manquante"),
        ({"etat_sociales": "manquantes"}, "manquante manquante manquante manquante"),
        ({"etat_sociales": "hors_champ"}, "hors_champ hors_champ hors_champ hors_champ"),
        ({"etat_sociales": "absence_declaree"}, "non non non non"),
        ({"social__condition_execution": True}, "oui oui manquante manquante"),
        ({"social__condition_execution": False}, "manquante non manquante manquante"),
        (
            {"social__critere": True, "etat_sociales": "declarees", "considerations_sociales": ["Critère social"]},
            "oui non oui non",
        ),
        ({"etat_sociales": "declarees", "considerations_sociales": ["Marché réservé"]}, "oui non non oui"),
        (
            {"etat_sociales": "declarees", "considerations_sociales": ["Clause sociale", "Marché réservé"]},
            "oui oui non oui",
        ),
        (
            {"etat_sociales": "declarees", "considerations_sociales": ["Pas de considération sociale"]},
            "non non non non",
        ),
        ({"etat_sociales": "declarees"}, "manquante manquante manquante manquante"),
        ({"reservation__categorie": "ess"}, "oui manquante manquante oui"),
        ({"reservation__categorie": "aucune"}, "manquante manquante manquante non"),
        ({"social__condition_execution": True, "etat_sociales": "hors_champ"}, "oui oui hors_champ hors_champ"),
    ],
)
def test_what_is_declared_is_kept_apart(values: dict[str, Any], expected: str) -> None:
    """Yes, declared absence, empty field and missing field are four things; a list that is given names them all."""
    row = one(**values)
    assert " ".join(row[name] for name in SOCIAL) == expected


def test_the_environment_too() -> None:
    """A criterion is a consideration; what is not the list's own business does not count."""
    assert one(environnement__critere=True)["environnementale"] == "oui"
    assert one(etat_environnementales="absence_declaree")["environnementale"] == "non"
    listed = {"etat_environnementales": "declarees", "considerations_environnementales": ["Clause environnementale"]}
    assert one(**listed)["environnementale"] == "oui"
    assert one(etat_sociales="absence_declaree")["environnementale"] == "manquante"


@pytest.mark.parametrize(
    ("amount", "cents"),
    [(0.1, 10), (1234.565, 123_457), (-1.0, None), (float("nan"), None), (float("inf"), None), (1e13, None), (0.0, 0)],
)
def test_amounts_are_cents(amount: float, cents: int | None) -> None:
    """A negative, infinite or senseless amount is unknown."""
    found = one(execution__montant_ht=amount)["cents"]
    assert found == cents or abs((found or 0) - (cents or 0)) <= 1


@pytest.mark.parametrize(
    ("dtype", "value"), [(pl.Int64, 12), (pl.Decimal(18, 4), Decimal("12.00")), (pl.Float32, 12.0), (pl.Float64, 12.0)]
)
def test_any_number_will_do(dtype: Any, value: Any) -> None:
    """The amount may be of any numeric type."""
    table = frame([contract()]).with_columns(pl.Series("execution.montant_ht", [value], dtype=dtype))
    assert contracts(table).collect()["cents"].to_list() == [1200]


@pytest.mark.parametrize("value", [2**63 - 1, 10**13, -1, 92_233_720_368_547_759])
def test_a_huge_whole_amount_is_unknown(value: int) -> None:
    """It would not fit in cents, and would come back as another amount."""
    table = frame([contract()]).with_columns(pl.Series("execution.montant_ht", [value], dtype=pl.Int64))
    assert contracts(table).collect()["cents"].to_list() == [None]


def test_a_senseless_year_is_no_year() -> None:
    """A number that is no year does not stop the others."""
    rows = [contract("a", annee=None, execution__date_notification=None), contract("b")]
    table = frame(rows).with_columns(pl.Series("annee", [10**12, 2024], dtype=pl.Int64))
    assert contracts(table).collect()["year"].to_list() == [None, 2024]


def test_a_table_may_lack_columns() -> None:
    """What a table does not have is unknown."""
    table = pl.LazyFrame({"uid": ["a"], "acheteur.siret": ["21000001200011"], "annee": [2024]})
    row = contracts(table).collect().row(0, named=True)
    assert (row["key"], row["year"], row["cents"], row["sociale"], row["concession"]) == (
        "210000012",
        2024,
        None,
        "manquante",
        False,
    )


def test_a_code_may_be_text() -> None:
    """Codes separated by semicolons are read as a list; the first is the main one."""
    table = frame([contract()]).with_columns(cpv=pl.lit("90910000 ; 45000000"))
    assert contracts(table).collect()["division"].to_list() == ["90"]
    assert one(cpv=None)["division"] == ""
    assert one(cpv=["x"])["division"] == ""


def test_the_year_of_a_consultation_is_that_of_its_launch() -> None:
    """A consultation is seldom notified."""
    row = contract(execution__date_notification=None, date_lancement=date(2023, 5, 1))
    assert consultations(frame([row])).collect()["year"].to_list() == [2023]
