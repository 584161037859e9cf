"""Releases as the French consolidation of award data writes them: no tender, all in the award and its contract."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from contracts_builders import FIRM, OTHER_FIRM, SIRET, defects, source

OCID = "ocds-x-1"
AWARD: dict[str, Any] = {
    "id": f"{OCID}-award-1",
    "description": "Entretien des sentiers",
    "status": "active",
    "date": "2024-05-15T00:00:00+02:00",
    "value": {"amount": 80000, "currency": "EUR"},
    "suppliers": [{"id": FIRM, "name": "A"}, {"id": OTHER_FIRM, "name": "B"}],
    "items": [{"id": "1", "classification": {"scheme": "CPV", "id": "77310000-6"}}],
    "contractPeriod": {"durationInDays": 1098},
}
AMENDED: dict[str, Any] = {
    "id": f"{OCID}-contract-1",
    "awardID": AWARD["id"],
    "value": {"amount": 90000, "currency": "EUR"},
    "period": {"durationInDays": 1464},
    "amendments": [
        {"id": "1", "date": "2024-09-01T00:00:00Z", "description": "Avenant 1"},
        {"id": "2", "date": "2025-01-10T00:00:00Z", "description": "Avenant 2"},
    ],
}


def read(folder: Path, **parts: Any) -> dict[str, Any]:
    """The row of one release."""
    release = {
        "ocid": OCID,
        "id": f"{OCID}-00",
        "date": "2025-02-01T00:00:00Z",
        "tag": ["award"],
        "parties": [{"id": SIRET, "name": "Commune de Saint-Firmin", "roles": ["buyer"]}],
        "buyer": {"id": SIRET, "name": "Commune de Saint-Firmin"},
        "awards": [AWARD],
        **parts,
    }
    (found,), report = source(folder, json.dumps({"version": "1.1", "releases": [release]}), "a.json")
    assert defects(report) == {}
    return found


def test_what_only_the_award_says(tmp_path: Path) -> None:
    """Its object, its duration, its suppliers."""
    found = read(tmp_path)
    assert (found["objet"], found["cpv"], found["acheteur.siret"]) == ("Entretien des sentiers", ["77310000"], SIRET)
    assert (found["duree_mois"], found["execution.montant_ht"]) == (36, 80000)
    assert (found["titulaires"], found["titulaires_noms"]) == ([FIRM, OTHER_FIRM], ["A", "B"])
    assert (found["execution.date_notification"], found["avenants"]) == (date(2024, 5, 15), 0)


def test_an_amended_contract(tmp_path: Path) -> None:
    """The award keeps what was first agreed; the contract says what it is worth now."""
    found = read(tmp_path, tag=["contractAmendment"], contracts=[AMENDED])
    assert (found["montant_initial_ht"], found["execution.montant_ht"]) == (80000, 90000)
    assert (found["duree_initiale_mois"], found["duree_mois"], found["avenants"]) == (36, 48, 2)
    assert found["date_publication"] == date(2025, 2, 1)


def test_an_amended_contract_that_says_no_more(tmp_path: Path) -> None:
    """Neither value nor period: what was first agreed stands."""
    bare = {name: AMENDED[name] for name in ("id", "awardID", "amendments")}
    found = read(tmp_path, contracts=[bare])
    assert (found["execution.montant_ht"], found["duree_mois"], found["avenants"]) == (80000, 36, 2)


def test_an_amended_contract_without_the_value_of_its_award(tmp_path: Path) -> None:
    """What it was first worth is unknown."""
    award = {name: value for name, value in AWARD.items() if name not in ("value", "contractPeriod")}
    found = read(tmp_path, awards=[award], contracts=[AMENDED])
    assert (found["montant_initial_ht"], found["execution.montant_ht"]) == (None, 90000)
    assert (found["duree_initiale_mois"], found["duree_mois"]) == (None, 48)


def test_a_contract_for_each_supplier_of_an_award(tmp_path: Path) -> None:
    """Each repeats the value of the award, which is counted once; other values are added."""
    once = [{"awardID": AWARD["id"], "value": AWARD["value"], "period": {"durationInDays": 1098}}] * 2
    found = read(tmp_path, contracts=once)
    assert (found["execution.montant_ht"], found["duree_mois"]) == (80000, 36)
    shares = [{"awardID": AWARD["id"], "value": {"amount": amount, "currency": "EUR"}} for amount in (30000, 40000)]
    assert read(tmp_path, contracts=shares)["execution.montant_ht"] == 70000
