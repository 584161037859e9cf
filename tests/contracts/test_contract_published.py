"""Shapes and habits of publishers and consolidations, which no schema tells."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from contracts_builders import FIRM, OTHER_FIRM, SIRET, contract, defects, document, row, source, table


def one(folder: Path, **changes: Any) -> tuple[dict[str, Any], dict[tuple[str, str], int]]:
    """The row of a contract, and its defects."""
    (found,), report = source(folder, document(contract(**changes)))
    return found, defects(report)


def amended(*amendments: dict[str, Any]) -> dict[str, Any]:
    """The amendments of a contract, numbered."""
    return {"modifications": [{"modification": {"id": rank, **item}} for rank, item in enumerate(amendments, 1)]}


def firm(identifier: str, register: str = "SIRET") -> dict[str, Any]:
    """A holder."""
    return {"titulaire": {"id": identifier, "typeIdentifiant": register}}


def test_a_buyer_under_a_dotted_key(tmp_path: Path) -> None:
    """Some consolidations flatten the buyer, and it alone."""
    flat = {"acheteur": None, "acheteur.id": SIRET, "acheteur.nom": "Commune de Saint-Firmin"}
    found = row(tmp_path, **flat)
    assert (found["uid"], found["acheteur.siret"], found["acheteur.categorie"]) == (f"{SIRET}2024-11", SIRET, "commune")
    assert found["acheteur.nom"] == "Commune de Saint-Firmin"


def test_a_reserved_concession(tmp_path: Path) -> None:
    """Concessions have their own word for what is reserved."""
    said = {"considerationSociale": ["Concession réservée"]}
    found, wrong = one(tmp_path, nature="Concession de service", considerationsSociales=said)
    assert (found["considerations_sociales"], found["etat_sociales"]) == (["Concession réservée"], "declarees")
    assert (found["avis.objectif_social"], found["reservation.categorie"], wrong) == (True, None, {})


def test_the_cause_of_project_management_with_its_ligature(tmp_path: Path) -> None:
    """The schema writes one letter where others write two."""
    assert row(tmp_path, ccag="Maitrise d'œuvre")["ccag"] == "moe"
    assert row(tmp_path, ccag="Maîtrise d’œuvre")["ccag"] == "moe"


@pytest.mark.parametrize("field", ["dureeMois", "ccag", "marcheInnovant", "attributionAvance", "procedure", "codeCPV"])
def test_not_communicated_is_empty(field: str, tmp_path: Path) -> None:
    """ "NC" and "CDL" are no values outside the list: nothing is written there."""
    for written in ("NC", "CDL"):
        assert one(tmp_path, **{field: written})[1] == {}


def test_considerations_not_communicated(tmp_path: Path) -> None:
    """They are missing, and not refused."""
    found, wrong = one(tmp_path, considerationsSociales={"considerationSociale": ["NC"]})
    assert (found["considerations_sociales"], found["etat_sociales"], wrong) == (None, "manquantes", {})


def test_the_amount_of_the_other_kind_of_contract(tmp_path: Path) -> None:
    """Tables of both kinds fill with a zero the field that a contract does not have."""
    found, wrong = one(tmp_path, valeurGlobale=0.0)
    assert (found["execution.montant_ht"], wrong) == (80000, {})
    found, wrong = one(tmp_path, nature="Concession de service", montant=0, valeurGlobale=9e6)
    assert (found["execution.montant_ht"], wrong) == (9_000_000, {})
    assert one(tmp_path, montant=0, valeurGlobale=0)[1] == {("montant", "refuse"): 1, ("valeurGlobale", "refuse"): 1}


def test_holders_that_an_amendment_names_and_nobody_can_read(tmp_path: Path) -> None:
    """The holders were replaced: those of before are no longer known to hold it."""
    found, wrong = one(tmp_path, **amended({"titulaires": [firm("12345678901234")]}))
    assert (found["titulaires"], found["titulaires_noms"]) == (None, None)
    assert wrong[("modifications", "refuse")] == 1
    found, _ = one(tmp_path, **amended({"titulaires": [firm("12345678901234")]}, {"titulaires": [firm(OTHER_FIRM)]}))
    assert found["titulaires"] == [OTHER_FIRM]


@pytest.mark.parametrize("shape", [[{"titulaire": "typeIdentifiant"}, {"titulaire": "id"}], [], None, ""])
def test_an_amendment_without_holders(shape: Any, tmp_path: Path) -> None:
    """Names of fields in the place of their values say nothing: those of before hold it still."""
    assert row(tmp_path, **amended({"titulaires": shape}))["titulaires"] == [FIRM]


@pytest.mark.parametrize("depth", range(5))
def test_holders_in_lists_of_lists(depth: int, tmp_path: Path) -> None:
    """However deep a conversion put them."""
    nested: Any = [firm(OTHER_FIRM)["titulaire"]]
    for _ in range(depth):
        nested = [nested]
    assert row(tmp_path, **amended({"titulaires": nested}))["titulaires"] == [OTHER_FIRM]


@pytest.mark.parametrize(
    ("identifier", "register", "expected", "kind"),
    [
        ("99999999999", "TVA", None, "refuse"),
        ("NC", "NC", None, None),
        ("NC", "SIRET", None, None),
        (FIRM, "NC", [FIRM], None),
        (1000000000009, "SIRET", None, "refuse"),
        (5680000600001, "SIRET", ["05680000600001"], "repare"),
        (735000200007, "SIRET", ["00735000200007"], "repare"),
    ],
)
def test_identifiers_of_holders(identifier: Any, register: str, expected: Any, kind: Any, tmp_path: Path) -> None:
    """One digit repeated names nobody; a number lost the zeros of its SIRET, when SIREN and SIRET both check."""
    found, wrong = one(tmp_path, titulaires=[firm(identifier, register)])
    assert found["titulaires"] == expected
    assert wrong == ({} if kind is None else {("titulaires", kind): 1})


def test_the_day_of_publication_beside_one_to_come(tmp_path: Path) -> None:
    """An amendment published after the audit hides none of those that were."""
    days = ("2025-01-10", "2027-04-01")
    found = row(tmp_path, **amended(*({"datePublicationDonneesModification": day} for day in days)))
    assert found["date_publication"] == date(2025, 1, 10)


def test_amendments_in_no_order_that_name_other_holders(tmp_path: Path) -> None:
    """None of them is known to be the last."""
    several = [{"modification": {"titulaires": [firm(identifier)]}} for identifier in (FIRM, OTHER_FIRM)]
    found, wrong = one(tmp_path, modifications=several)
    assert (found["titulaires"], wrong) == (None, {("modifications", "refuse"): 1})


@pytest.mark.parametrize(
    ("said", "months", "amount", "refused"),
    [
        ({"dureeMois": 1, "montant": 1}, None, None, True),
        ({"dureeMois": 1, "montant": 22545}, 1, 22545, False),
        ({"dureeMois": 1}, 1, 80000, False),
        ({"dureeMois": 48, "montant": 1}, 48, None, True),
    ],
)
def test_an_amendment_filled_with_ones(said: Any, months: Any, amount: Any, refused: bool, tmp_path: Path) -> None:
    """A platform writes one month and one euro for what an amendment does not change: neither is believed."""
    found, wrong = one(tmp_path, **amended(said))
    assert (found["duree_mois"], found["execution.montant_ht"]) == (months, amount)
    assert (found["duree_initiale_mois"], found["montant_initial_ht"]) == (36, 80000)
    assert (("modifications/dureeMois", "refuse") in wrong) == (months is None)
    assert (("modifications/montant", "refuse") in wrong) == refused


def test_amendments_that_all_bear_one_number(tmp_path: Path) -> None:
    """Their days tell them apart; where both are the same, nothing does."""
    days = ("2025-03-01", "2025-01-01")
    several = [
        {"modification": {"id": 1, "dateNotificationModification": day, "montant": amount}}
        for day, amount in zip(days, (90000, 70000), strict=True)
    ]
    assert row(tmp_path, modifications=several)["execution.montant_ht"] == 90000
    same = [{"modification": {**item["modification"], "dateNotificationModification": days[0]}} for item in several]
    assert row(tmp_path, modifications=same)["execution.montant_ht"] is None


OLD = {"considerationsSociales": None, "considerationsEnvironnementales": None}
"""What makes a contract of the schema of 2019."""


@pytest.mark.parametrize("named", [False, True])
def test_the_number_of_amendments_at_the_end_of_an_identifier(named: bool, tmp_path: Path) -> None:
    """In 2019 it is part of the identifier: each publication of a contract bears another one."""

    def published(number: str, count: int, **changes: Any) -> dict[str, Any]:
        listed = [{"modification": {"id": rank, "montant": 80000 + rank}} for rank in range(1, count + 1)]
        own = {"uid": f"{SIRET}{number}"} if named else {}
        return (
            contract(id=number, datePublicationDonnees=f"2024-0{count + 1}-01", **own, **OLD, modifications=listed)
            | changes
        )

    first, second = published("2018k6l00", 0), published("2018k6l02", 2)
    (found,), quality = table(
        tmp_path, ("a.json", document(first, published("2018k6l01", 1))), ("b.json", document(second))
    )
    assert (found["uid"], found["avenants"], found["execution.montant_ht"]) == (f"{SIRET}2018k6l00", 2, 80002)
    assert found["montant_initial_ht"] == 80000
    assert quality.merge.superseded == 2
    twice = [{"modification": {"id": 1, "montant": 80001}}] * 2
    assert row(tmp_path, id="2018k6l02", **OLD, modifications=twice)["uid"] == f"{SIRET}2018k6l00"


@pytest.mark.parametrize(
    ("number", "count", "changes"),
    [
        ("2018k6l03", 2, {}),
        ("k6l02", 2, {}),
        ("201802", 2, {}),
        ("2018k6l02", 2, {"considerationsSociales": {"considerationSociale": ["Clause sociale"]}}),
    ],
)
def test_an_identifier_that_ends_by_chance(number: str, count: int, changes: Any, tmp_path: Path) -> None:
    """Another number than that of the amendments, no year, nothing between them, or the schema of 2022: it is kept."""
    listed = [{"modification": {"id": rank, "montant": 80000 + rank}} for rank in range(1, count + 1)]
    assert row(tmp_path, id=number, modifications=listed, **{**OLD, **changes})["uid"] == f"{SIRET}{number}"


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("CC DU VAL DE SAINT-FIRMIN", "epci"),
        ("CC SAINT-FIRMIN, LE LAC, LES SENTIERS", "epci"),
        ("CA SAINT-FIRMIN AGGLOMERATION", "epci"),
        ("CU DU GRAND SAINT-FIRMIN", "epci"),
        ("CCI DE SAINT-FIRMIN", None),
        ("CA DE SAINT-FIRMIN", None),
        ("COMMUNE DE SAINT-FIRMIN (MAIRIE)", "commune"),
    ],
)
def test_names_of_the_register_of_companies(name: str, category: str | None, tmp_path: Path) -> None:
    """It shortens those of groupings; two letters that may be a court of appeal say nothing alone."""
    assert row(tmp_path, acheteur={"nom": name}).get("acheteur.categorie") == category


def test_two_publications_of_one_day(tmp_path: Path) -> None:
    """What amendments change is said by that with more of them: the day of a contract may not move with them."""
    later = contract(modifications=[{"modification": {"id": 1, "montant": 90000}}])
    (found,), quality = table(tmp_path, ("a.json", document(later)), ("b.json", document(contract())))
    assert (found["execution.montant_ht"], found["montant_initial_ht"], found["avenants"]) == (90000, 80000, 1)
    assert (quality.merge.versions, quality.merge.disputed) == (1, {})


@pytest.mark.parametrize("wrapped", [False, True])
def test_holders_too_deep(wrapped: bool, tmp_path: Path) -> None:
    """A hostile nesting holds nobody, and stops nothing."""
    nested: Any = firm(FIRM)
    for _ in range(300):
        nested = {"titulaire": nested} if wrapped else [nested]
    assert row(tmp_path, titulaires=nested)["titulaires"] is None
